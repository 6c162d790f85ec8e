"""Measure how often the kind and source type that our rules give PolNeAR's sentences are right.

    python benchmarks/polnear_check.py [POLNEAR/data/train]

Reads polnear-check.tsv beside it: sentences of PolNeAR's training part, drawn by seed, each of another article, with the
labels that the rules gave and those that a reader gave who saw the sentence and its neighbours but not the rules' labels.
``.`` is page furniture, which has no label. The rules were mended after the first sample had been read; the second was read
afterwards. With the corpus at hand the rules are asked anew. Prints one JSON object: agreement with its 95 % interval
(Wilson), and the commonest disagreements (given, judged).
"""

import csv
import json
import math
import sys
from collections import Counter
from pathlib import Path

from sayso.data.corpora.polnear.corpus import read_polnear
from sayso.data.corpora.polnear.kinds import label_article

Row = dict[str, str]


def load(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def ask_anew(rows: list[Row], part: Path) -> list[Row]:
    """Give the rows with the labels of today's rules."""
    wanted = {row["article"] for row in rows}
    articles = {a.article.id: label_article(a) for a in read_polnear(part) if a.article.id in wanted}
    sentences = [articles[row["article"]].sentences[int(row["n"])] for row in rows]
    return [
        {**row, "given_kind": str(s.kind), "given_type": str(s.source_type)} for row, s in zip(rows, sentences, strict=True)
    ]


def wilson(hits: int, n: int) -> list[float]:
    """Return the 95 % interval of a share."""
    z = 1.959964
    middle = (hits + z * z / 2) / (n + z * z)
    half = z / (n + z * z) * math.sqrt(hits * (n - hits) / n + z * z / 4)
    return [round(middle - half, 3), round(middle + half, 3)]


def agreement(rows: list[Row], label: str) -> dict[str, object]:
    pairs = [(row[f"given_{label}"], row[f"judged_{label}"]) for row in rows]
    hits = sum(given == judged for given, judged in pairs)
    wrong = Counter(f"{given}, {judged}" for given, judged in pairs if given != judged)
    return {"same": round(hits / len(pairs), 3), "same_95": wilson(hits, len(pairs)), "most": dict(wrong.most_common(6))}


def main() -> None:
    rows = load(Path(__file__).parent / "polnear-check.tsv")
    if len(sys.argv) > 1:
        rows = ask_anew(rows, Path(sys.argv[1]))
    out = {}
    for sample in ("first", "second"):
        mine = [row for row in rows if row["sample"] == sample]
        out[sample] = {
            "sentences": len(mine),
            "furniture": sum(row["judged_kind"] == "." for row in mine),
            "kind": agreement(mine, "kind"),
            "source_type": agreement(mine, "type"),
        }
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
