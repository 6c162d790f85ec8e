"""Measure how much memory annotating takes, by how many articles there are and where they come from.

    python benchmarks/memory.py [--most 100000] [--from file]... [--format jsonl] [OPTION of sayso annotate]...

The articles are short and invented: sentences of English whose names and nouns come from a generator of words, common ones
often and new ones again and again, as in real text; so whatever is kept for each word or each article shows. They are read
from a file of JSON lines, from a folder with a text file each, and from standard input. The peak is that of the process
that annotates (``VmHWM`` of Linux), to the end of its output.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

LEAST = 1000
SOURCES = {"file": "news.jsonl", "folder": "texts", "stdin": "-"}
_SYLLABLES = [first + vowel + last for first in "bdfgklmnprstv" for vowel in "aeiou" for last in ("", "l", "n", "r", "s")]
_TAIL = 0.3  # how slowly words grow rare: ten times as many articles have five times as many words
_FIRST = ("Anna", "Mark", "Laura", "Peter", "Maria", "James", "Ruth", "David", "Helen", "Omar")
_SENTENCES = (  # N is a noun, P a proper name, F a first name, D a number
    "The N of P was closed on Monday after a long N near the N and the river.",
    "F P, the head of the P Office, said that the N would be open again in two weeks.",
    "“We have lost our N, and nobody has told us why,” said F P, a farmer from P.",
    "According to the P ministry, more than D people had to leave their N during the night.",
    "P told reporters that the N had been checked last year, but the P Union denied it.",
    "Nobody in the N knew who had paid for the N, which stood empty for most of the winter.",
    "Police in P claimed that D boats were found in a N behind the old N.",
    "He said he would not go back to P until the N was finished.",
    "A N and a N were taken to the N on Friday, and the road to P is still shut.",
    "The shameless N of P was, experts at the University of P warned, “only the first N of many”.",
)


def articles(n: int) -> Iterator[str]:
    """Give the texts of articles of four sentences, the same ones each time."""
    chance = random.Random(1)
    for _ in range(n):
        first, second, third, fourth = [_filled(sentence, chance) for sentence in chance.sample(_SENTENCES, 4)]
        yield f"{first} {second}\n\n{third} {fourth}\n"


def _filled(sentence: str, chance: random.Random) -> str:
    makers = {
        "N": lambda: _word(chance),
        "P": lambda: _word(chance).title(),
        "F": lambda: chance.choice(_FIRST),
        "D": lambda: str(chance.randrange(3, 900)),
    }
    words = [(word[:1], word[1:]) if word.rstrip(",.") in makers else (word, "") for word in sentence.split(" ")]
    return " ".join([(makers[word]() if word in makers else word) + mark for word, mark in words])


def _word(chance: random.Random) -> str:
    """Make a word: the more often its number comes up, the fewer syllables it has."""
    number = int(chance.paretovariate(_TAIL)) % 10**9 + len(_SYLLABLES)
    word = ""
    while number:
        number, syllable = divmod(number, len(_SYLLABLES))
        word += _SYLLABLES[syllable]
    return word


def write(folder: Path, n: int) -> None:
    """Write articles as a file of JSON lines and as a folder."""
    (folder / SOURCES["folder"]).mkdir()
    with open(folder / SOURCES["file"], "w", encoding="utf-8") as lines:
        for number, text in enumerate(articles(n)):
            lines.write(json.dumps({"id": f"a{number}", "text": text}) + "\n")
            (folder / SOURCES["folder"] / f"{number:06}.txt").write_text(text, encoding="utf-8")


def measure(folder: Path, source: str, options: list[str]) -> tuple[float, float]:
    """Annotate from one source, and give the peak in MB and the seconds of processor time."""
    before = os.times()
    with open(folder / SOURCES["file"], "rb") as lines:
        done = subprocess.run(
            [sys.executable, __file__, "--run", "annotate", SOURCES[source], *options],
            cwd=folder,
            stdin=lines,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=True,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
    after = os.times()
    taken = after.children_user + after.children_system - before.children_user - before.children_system
    return float(done.stderr.splitlines()[-1]), taken


def run(words: list[str]) -> None:
    """Run a command in this process, and end standard error with its peak in MB."""
    from sayso.cli import app

    try:
        app(words)
    finally:
        status = Path("/proc/self/status").read_text(encoding="utf-8")
        peak = next(line.split()[1] for line in status.splitlines() if line.startswith("VmHWM"))
        print(f"{int(peak) / 1000:.1f}", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(description=str(__doc__).splitlines()[0])
    parser.add_argument("--most", type=int, default=100_000)
    parser.add_argument("--format", default="jsonl")
    parser.add_argument("--from", dest="sources", action="append", choices=SOURCES)
    given, more = parser.parse_known_args()
    print(f"{'articles':>9}  {'from':8} {'peak':>9}  {'CPU':>8}")
    n = LEAST
    while n <= given.most:
        with tempfile.TemporaryDirectory() as folder:
            write(Path(folder), n)
            for source in given.sources or SOURCES:
                peak, taken = measure(Path(folder), source, ["--format", given.format, *more])
                print(f"{n:9,}  {source:8} {peak:6.1f} MB  {taken:6.1f} s", flush=True)
        n *= 10


if __name__ == "__main__":
    if sys.argv[1:2] == ["--run"]:
        run(sys.argv[2:])
    else:
        main()
