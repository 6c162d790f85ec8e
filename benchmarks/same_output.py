"""Does a build give the same bytes as the one before? Runs the commands on real and on own data, and compares.

    python benchmarks/same_output.py SHARED OUT --sayso PATH            # of the build before
    python benchmarks/same_output.py SHARED OUT2 --sayso PATH --against OUT

SHARED holds ``articles`` and ``corpora``. Each command writes into OUT; with ``--against`` every file that differs, lacks or
is new is listed, and the exit code is 1 where there is any. ``--only NAME`` runs the commands whose name begins with NAME.
"""

import argparse
import filecmp
import os
import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
CORPORA = ("polnear", "babe", "basil", "semeval2016", "gwsd", "ukraine-news-bias", "news-discourse")
EXCHANGE = {
    "label-studio": ".json", "prodigy": ".jsonl", "brat": "", "conll": ".conll", "web-annotation": ".jsonl",
    "csv": ".csv", "parquet": ".parquet", "jsonl": ".jsonl",
}  # fmt: skip
TARGETS = "--target Ukraine=Kyiv --target Russia"
FIRST = f"""
annotate-all       annotate OUT/scraped.txt ARTICLES {TARGETS} -o OUT/all.jsonl
annotate-shares    annotate OUT/few.jsonl -o OUT/few.csv --shares OUT/shares.json --by outlet
annotate-profile   annotate OUT/few.jsonl -o OUT/few.json --profile OUT/profile.csv
annotate-parquet   annotate OUT/few.jsonl {TARGETS} -o OUT/few.parquet
annotate-why       annotate OUT/few.jsonl --why 3 -o OUT/why.jsonl
annotate-html      annotate OUT/few.jsonl {TARGETS} -f html -o OUT/pages
annotate-page      annotate OUT/scraped.txt -o OUT/scraped.html
annotate-brat      annotate OUT/few.jsonl -f brat -o OUT/brat
annotate-terminal  annotate OUT/scraped.txt {TARGETS} > OUT/scraped.terminal
annotate-compare   annotate OUT/scraped.txt ARTICLES/kharkiv-scraped.txt --compare > OUT/two.terminal
audit              audit OUT/few.jsonl --out OUT/audit --by topic
build-annotated    data build OUT/all.jsonl -o OUT/built-annotated
build-page         data build OUT/pages -o OUT/built-pages
build-prelabel     data build OUT/scraped.txt --prelabel -o OUT/prelabelled
suggest            data suggest OUT/few.jsonl --n 30 -o OUT/queue.csv
show               data show --examples 2 > OUT/show.txt
check              data check OUT/prelabelled > OUT/check.txt
"""
LAST = """
unlikely           data check OUT/reread-csv --unlikely 20 > OUT/unlikely.txt
split              data split OUT/built-annotated -o OUT/split
rules              data rules OUT/built-annotated --rules OUT/rules.toml > OUT/rules.txt
agree              data agree OUT/export-csv.csv OUT/few.csv > OUT/agree.txt
babe               evaluate bias --data OUT/corpus-babe --json > OUT/evaluate-babe.json
semeval            evaluate stance --data OUT/corpus-semeval2016 --json > OUT/evaluate-semeval.json
train-babe         train bias --data OUT/corpus-babe -o OUT/babe.sayso
babe-applied       annotate OUT/few.jsonl --model OUT/babe.sayso -o OUT/by-babe.jsonl
report-kind        evaluate kind --seed 1 --report OUT/report.html
compare            compare rule plain --task kind --seed 1 --json > OUT/compare.json
"""
RULES = '[[rule]]\nname = "according"\ncolumn = "kind"\nlabel = "official_claim"\npattern = "according to"\n'


def commands(shared: Path, out: Path) -> dict[str, list[str]]:
    """Name each command; ``>`` before a file takes its standard output."""
    lines = FIRST.strip().splitlines()
    lines += [f"import-{name} data import {name} CORPORA/{name} -o OUT/corpus-{name}" for name in CORPORA]
    for form, suffix in EXCHANGE.items():
        file = f"OUT/export-{form}{suffix}"
        lines.append(f"export-{form} data export OUT/built-annotated -f {form} -o {file}")
        lines.append(f"reread-{form} data build {file} -o OUT/reread-{form}")
    lines += LAST.strip().splitlines()
    for task in ("kind", "source_type", "stance", "bias", "attribution"):
        lines.append(f"evaluate-{task} evaluate {task} --seed 1 --json > OUT/evaluate-{task}.json")
    places = {"OUT": out, "ARTICLES": shared / "articles", "CORPORA": shared / "corpora"}
    return {name: [placed(word, places) for word in words] for name, *words in map(str.split, lines)}


def placed(word: str, places: dict[str, Path]) -> str:
    """Put a folder's path in the place of its name."""
    name, slash, rest = word.partition("/")
    return f"{places[name]}{slash}{rest}" if name in places else word


def prepare(shared: Path, out: Path) -> None:
    """Write what the commands read: the example, 40 articles, a rule."""
    (out / "scraped.txt").write_bytes((HERE / "examples" / "scraped.txt").read_bytes())
    news = (shared / "articles" / "news-500.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    (out / "few.jsonl").write_text("".join(news[:40]), encoding="utf-8")
    (out / "rules.toml").write_text(RULES, encoding="utf-8")


def run(named: dict[str, list[str]], sayso: str, out: Path) -> None:
    """Run each command, and keep what it said; an output folder of an earlier run is in the way, so take a new one."""
    env = {**os.environ, "COLUMNS": "120", "SOURCE_DATE_EPOCH": "0"}
    for name, words in named.items():
        start = time.perf_counter()
        file = words[words.index(">") + 1] if ">" in words else None
        done = subprocess.run(
            [sayso, *(words[: words.index(">")] if file else words)], capture_output=True, env=env, stdin=subprocess.DEVNULL
        )
        if file:
            Path(file).write_bytes(done.stdout)
        (out / f"{name}.said").write_bytes(f"exit {done.returncode}\n".encode() + done.stdout[-4000:] + done.stderr)
        print(f"{name:24}exit {done.returncode}  {time.perf_counter() - start:6.1f} s", flush=True)


def compare(old: Path, new: Path, whole: bool) -> int:
    """List the files that differ, and with ``whole`` those that are not there any more."""
    there = [new, old] if whole else [new]
    names = sorted({str(p.relative_to(root)) for root in there for p in root.rglob("*") if p.is_file()})
    wrong = [name for name in names if not same(old, new, name)]
    for name in wrong:
        print("differs:", name)
    print(f"{len(names) - len(wrong)} of {len(names)} files are the same")
    return bool(wrong)


def same(old: Path, new: Path, name: str) -> bool:
    """Compare a file, but for the folder's own name in it."""
    a, b = old / name, new / name
    if not (a.is_file() and b.is_file()):
        return False
    return filecmp.cmp(a, b, shallow=False) or a.read_bytes().replace(bytes(old), b"OUT") == b.read_bytes().replace(
        bytes(new), b"OUT"
    )


def main() -> None:
    """Run what is asked for."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("shared", type=Path)
    asked.add_argument("out", type=Path)
    asked.add_argument("--sayso", default="sayso")
    asked.add_argument("--against", type=Path)
    asked.add_argument("--only", default="")
    given = asked.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    given.out = given.out.resolve()
    named = {
        name: words for name, words in commands(given.shared.resolve(), given.out).items() if name.startswith(given.only)
    }
    prepare(given.shared, given.out)
    run(named, given.sayso, given.out)
    if given.against:
        sys.exit(compare(given.against.resolve(), given.out, not given.only))


if __name__ == "__main__":
    main()
