"""Compare what the importers read with the counts that the corpora's own documentation states.

Usage: python benchmarks/corpora_counts.py CORPORA

CORPORA holds a folder of each corpus: polnear, babe, basil, semeval2016, gwsd, ukraine-news-bias, news-discourse, without
their held-out parts. Exits with 1 where a count differs.
"""

import sys
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path

from sayso.data.corpora.reader import GROUP
from sayso.data.corpora.registry import CORPORA, import_corpus
from sayso.data.records import LabelledArticle, Sentence

Articles = list[LabelledArticle]


def sentences(articles: Articles) -> list[Sentence]:
    return [s for a in articles for s in a.sentences]


def stances(articles: Articles) -> str:
    return counted(label for s in sentences(articles) for label in s.stance.values())


def extra(articles: Articles, name: str, label: str) -> int:
    return sum(s.extra.get(name) == label for s in sentences(articles))


def counted(labels: Iterable[str | None]) -> str:
    return ", ".join(f"{label} {n}" for label, n in sorted(Counter(map(str, labels)).items()))


def basil_spans(articles: Articles) -> int:
    """Count spans, with those of headlines."""
    import json

    inside = sum(len(json.loads(s.extra["bias_spans"])) for s in sentences(articles) if "bias_spans" in s.extra)
    return inside + sum("title_bias" in a.meta for a in articles)


EXPECTED: dict[str, list[tuple[str, object, Callable[[Articles], object]]]] = {
    "polnear": [
        ("articles", 924, len),
        ("by split", "train 840, validation 84", lambda a: counted(x.meta["split"] for x in a)),
    ],
    "babe": [
        ("sentences", 2959, lambda a: len(sentences(a))),
        ("bias", "None 1, biased 1467, neutral 1491", lambda a: counted(s.bias for s in sentences(a))),
    ],
    "basil": [
        ("articles", 210, len),
        ("events", 70, lambda a: len({x.meta[GROUP] for x in a})),
        ("sentences, without 4 empty ones", 5628 - 4, lambda a: len(sentences(a))),
        ("spans", 1250, basil_spans),
        ("sentences with a span", 1168, lambda a: sum(s.bias == "biased" for s in sentences(a))),
        ("lexical", 303, lambda a: extra(a, "lexical", "yes")),
        ("informational", 898, lambda a: extra(a, "informational", "yes")),
    ],
    "semeval2016": [
        ("tweets", 2914, lambda a: len(sentences(a))),
        ("stance", "against 1395, favor 753, neutral 766", stances),
    ],
    "gwsd": [
        ("sentences", 1641, lambda a: len(sentences(a))),
        ("stance", "against 323, favor 627, neutral 691", stances),
    ],
    "ukraine-news-bias": [
        ("articles", 70, len),
        ("sentences", 1628, lambda a: len(sentences(a))),
        ("slanted", 270, lambda a: extra(a, "slant", "slanted")),
        ("articles with one", 24, lambda a: sum(any(s.extra["slant"] == "slanted" for s in x.sentences) for x in a)),
    ],
    "news-discourse": [
        ("by split", "train 502, validation 100", lambda a: counted(x.meta["split"] for x in a)),
        ("sentences", 13441, lambda a: len(sentences(a))),
        ("content types", 9, lambda a: len({s.extra["content_type"] for s in sentences(a)})),
        # the documentation counts marks of exactly the form S12; 18 more are cut short or hold spaces
        ("speech, with 18 damaged marks", 4210 + 18, lambda a: extra(a, "speech", "yes")),
    ],
}


def main() -> None:
    folder = Path(sys.argv[1])
    assert EXPECTED.keys() == CORPORA.keys()
    n_wrong = 0
    print("corpus\twhat\tstated\tread")
    for name, figures in EXPECTED.items():
        articles = import_corpus(name, folder / name, notice=lambda line: print(line, file=sys.stderr))
        for what, stated, count in figures:
            found = count(articles)
            n_wrong += found != stated
            print(f"{name}\t{what}\t{stated}\t{found}{'' if found == stated else '  <- differs'}")
    sys.exit(bool(n_wrong))


if __name__ == "__main__":
    main()
