"""Global Warming Stance Dataset as its authors publish it.

Luo, Card, Jurafsky: Detecting Stance in Media On Global Warming, Findings of EMNLP 2020.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from ...errors import SaysoError
from ..articles.notices import Say
from ..citing.reference import Reference
from ..records import Article, LabelledArticle, Sentence
from .reader import Corpus, find_in, lay_out, read_records, tell_counts

TARGET = "climate change is a serious concern"
_ALIASES = ("climate change", "global warming")
_STANCES = {"agree": "favor", "disagree": "against", "neutral": "neutral"}
_WORKERS = tuple(f"worker_{n}" for n in range(8))
_COLUMNS = ("sent_id", "sentence", *_WORKERS, *_STANCES, "guid", "in_held_out_test")


def _read(path: Path, notice: Say) -> Iterator[LabelledArticle]:
    """Read ``GWSD.tsv``; the screening sentences, which have no probabilities, are left out and counted."""
    table = find_in(path, CORPUS.title, "GWSD.tsv")
    counts: Counter[str] = Counter()
    seen: set[str] = set()
    for where, row in read_records(table, "\t", _COLUMNS):
        if any(row[name] for name in _STANCES):
            counts["sentences whose text occurred before, each read as an article of its own"] += row["sentence"] in seen
            seen.add(row["sentence"])
            yield _article(row, where)
        elif row["sent_id"].startswith("s"):
            counts["rows of screening sentences, left out"] += 1
        else:
            raise SaysoError(f"{where}: no probabilities; use the file as its authors published it.")
    tell_counts(counts, table, notice)


def _article(row: Mapping[str, str], where: str) -> LabelledArticle:
    chances = {ours: _chance(row[theirs], theirs, where) for theirs, ours in _STANCES.items()}
    if not 0.99 < sum(chances.values()) < 1.01:
        raise SaysoError(f"{where}: the probabilities add up to {sum(chances.values()):.3f}, not 1.")
    text, (span,) = lay_out([("", row["sentence"])])
    votes = Counter(row[name] for name in _WORKERS if row[name])
    extra = {f"stance_p_{ours}": f"{chance:.6f}" for ours, chance in chances.items()}
    extra["stance_votes"] = ", ".join(f"{label} {n}" for label, n in sorted(votes.items()))
    stance = max(chances, key=lambda label: chances[label])
    return LabelledArticle(
        Article(row["guid"], text),
        (Sentence(0, span, stance={TARGET: stance}, extra=extra),),
        {TARGET: _ALIASES},
        frozenset({"stance"}),
        {"split": "test" if row["in_held_out_test"] == "True" else "train"},
    )


def _chance(cell: str, name: str, where: str) -> float:
    try:
        chance = float(cell)
    except ValueError:
        chance = -1.0
    if not 0 <= chance <= 1:
        raise SaysoError(f"{where}: {name} is {cell!r}; it must be a probability from 0 to 1.")
    return chance


CORPUS = Corpus(
    title="GWSD",
    home="https://github.com/yiweiluo/GWStance",
    licence=None,
    labels={
        "agree, disagree, neutral": "the largest is the stance (favor, against, neutral) towards "
        f"{TARGET!r}; all three are kept as columns: stance_p_favor, stance_p_against, stance_p_neutral",
        "worker_0 to worker_7": "column stance_votes, such as: agrees 5, neutral 3",
        "in_held_out_test": "split test, otherwise train; each sentence is an article of its own",
        "s0 to s4": "screening sentences without probabilities: left out and counted",
    },
    read=_read,
    references=(
        Reference(
            "luo2020detecting",
            "inproceedings",
            "Detecting Stance in Media On Global Warming",
            ("Luo, Yiwei", "Card, Dallas", "Jurafsky, Dan"),
            "2020",
            {
                "booktitle": "Findings of the Association for Computational Linguistics: EMNLP 2020",
                "pages": "3296--3315",
                "doi": "10.18653/v1/2020.findings-emnlp.296",
            },
        ),
    ),
)
