"""What a split is like: how large its sides are, how even their labels, and what leaks from one to another."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations
from typing import Any

import numpy as np

from ...errors import SaysoError
from ..arrays import Floats64
from ..display import Rows, Table, counted
from ..records import LABEL_COLUMNS, LabelledArticle, label_of
from ..rows.places import SPLITS
from ..rows.suggestions import own_labels
from .near_articles import BOILERPLATE, near_articles, shared_sentences
from .split import Placed, Rule, split_articles

_TRIES, _HASHES = 200, 500_000  # seeds that are tried, as long as they need no more hashes than these
_LEAKS = {
    "ids": "article ids",
    "texts": "articles with the same text",
    "near": "near-duplicate articles",
    "sentences": "sentences of 8 or more words that occur in at most 10 articles",
    "boilerplate": "boilerplate: sentences that occur in more than 10 articles",
}


@dataclass(frozen=True, slots=True)
class Leaks:
    """What stands on more than one side.

    Parameters
    ----------
    ids : int
        Ids of articles.
    texts : int
        Pairs of articles with the same text.
    near : int
        Pairs of nearly the same article.
    sentences : int
        Sentences of eight words or more in ten articles or fewer.
    boilerplate : int
        Sentences in more articles than ten. They join nothing: the only figure that may be above 0.
    example : str
        Two articles of the first leak; empty where nothing leaks.
    """

    ids: int
    texts: int
    near: int
    sentences: int
    boilerplate: int
    example: str = ""


def find_leaks(articles: Sequence[LabelledArticle]) -> Leaks:
    """Count what stands on more than one side of a split, whoever made it."""
    sides = [a.split for a in articles]
    words = [" ".join(a.article.text.split()) for a in articles]
    near = [(i, j) for i, j, _ in near_articles(articles, worth=lambda i, j: sides[i] != sides[j])]
    crossing = [of for of in shared_sentences(articles) if len({sides[i] for i in of}) > 1]
    telling = [of for of in crossing if len(of) <= BOILERPLATE]
    pairs = near + [(of[0], next(i for i in of if sides[i] != sides[of[0]])) for of in telling]
    return Leaks(
        ids=_crossing([a.article.id for a in articles], sides),
        texts=_crossing(words, sides),
        near=len(near),
        sentences=len(telling),
        boilerplate=len(crossing) - len(telling),
        example=" and ".join(f"{articles[i].article.id!r} ({sides[i]})" for i in pairs[0]) if pairs else "",
    )


def check_no_leaks(leaks: Leaks) -> None:
    """Refuse a split in which the same thing stands on two sides, as one that was kept may have it."""
    if leaks.ids or leaks.texts or leaks.near or leaks.sentences:
        raise SaysoError(
            f"{leaks.example or 'an article'} are in different splits but share content: ids "
            f"{leaks.ids}, texts {leaks.texts}, near-duplicates {leaks.near}, sentences "
            f"{leaks.sentences}. Nothing was written; remove one of them."
        )


def _crossing(keys: Sequence[str], sides: Sequence[str]) -> int:
    """Count the pairs of sides that share a key."""
    where: dict[str, set[str]] = {}
    for key, side in zip(keys, sides, strict=True):
        where.setdefault(key, set()).add(side)
    return sum(len(list(combinations(of, 2))) for of in where.values())


def label_columns(articles: Sequence[LabelledArticle]) -> list[str]:
    """Name the columns that have labels: ours, then the user's own."""
    own = sorted({name for a in articles for s in a.sentences for name in own_labels(s)})
    return [name for name in (*LABEL_COLUMNS, *own) if any(label_of(s, name) for a in articles for s in a.sentences)]


def seed_chooser(
    articles: Sequence[LabelledArticle], column: str
) -> Callable[[Rule, Sequence[str], Sequence[Sequence[int]]], int]:
    """Give what chooses the seed whose sides are most alike in size and in the labels of a column.

    Choosing among whole random splits keeps them what they are: where an article goes still depends on its id
    and the seed alone (rerandomisation; Morgan and Rubin, Annals of Statistics 2012).

    Raises
    ------
    SaysoError
        If no sentence has such a label.
    """
    counts, names = _label_counts(articles, column)
    if not names:
        raise SaysoError(f"no sentence has a label {column!r} to stratify by.")

    def choose(rule: Rule, heads: Sequence[str], groups: Sequence[Sequence[int]]) -> int:
        of_groups = np.array([np.append(counts[list(group)].sum(axis=0), len(group)) for group in groups])
        tries = range(max(1, min(_TRIES, _HASHES // max(len(heads), 1))))
        return min(tries, key=lambda seed: (_unevenness(Rule(rule.by, rule.shares, seed), heads, of_groups), seed))

    return choose


def _unevenness(rule: Rule, heads: Sequence[str], of_groups: Floats64) -> float:
    """Add up, over sides, how far size and labels are from those that the shares ask for."""
    sides = np.array([SPLITS.index(rule.side_of(head)) for head in heads])
    whole = of_groups.sum(axis=0)
    total = 0.0
    for number, share in enumerate(rule.shares):
        there = of_groups[sides == number].sum(axis=0)
        if share:
            labels = there[:-1] / max(there[:-1].sum(), 1) - whole[:-1] / max(whole[:-1].sum(), 1)
            total += abs(there[-1] / whole[-1] - share) / share + np.abs(labels).sum() / 2
    return total


def _label_counts(articles: Sequence[LabelledArticle], column: str) -> tuple[Floats64, list[str]]:
    """Count each label in each article: shape (n_articles, n_labels), and the labels."""
    counts = [Counter(label for s in a.sentences if (label := label_of(s, column))) for a in articles]
    names = sorted({name for of_article in counts for name in of_article})
    table = np.array([[of_article[name] for name in names] for of_article in counts], dtype=np.float64)
    return table.reshape(len(counts), len(names)), names


def split_and_describe(
    articles: Sequence[LabelledArticle], rule: Rule, kept: Mapping[str, str], stratify: str | None
) -> tuple[Placed, dict[str, Any]]:
    """Place articles as `split_articles` does, refuse a split that leaks, and describe it.

    Parameters
    ----------
    articles, rule, kept
        As for `split_articles`.
    stratify : str or None
        The column by whose labels the seed is chosen.
    """
    placed = split_articles(articles, rule, kept, seed_chooser(articles, stratify) if stratify else None)
    leaks = find_leaks(placed.articles)
    check_no_leaks(leaks)
    return placed, describe_split(placed, leaks, label_columns(articles))


def describe_split(placed: Placed, leaks: Leaks, columns: Sequence[str]) -> dict[str, Any]:
    """Describe a split as plain values: its rule, sides, labels and leaks."""
    rule, articles = placed.rule, placed.articles
    sides = {side: [a for a in articles if a.split == side] for side in rule.sides}
    return {
        "rule": str(rule),
        "groups": placed.groups,
        "largest_group": placed.largest,
        "articles": len(articles),
        "left_out": placed.left_out,
        "sides": {
            side: {
                "wanted": rule.shares[SPLITS.index(side)],
                "articles": len(there),
                "share_of_articles": len(there) / len(articles),
                "sentences": (n := _n_sentences(there)),
                "share_of_sentences": n / max(_n_sentences(articles), 1),
            }
            for side, there in sides.items()
        },
        "labels": {column: _prevalence(articles, sides, column) for column in columns},
        "leaks": asdict(leaks),
    }


def _n_sentences(articles: Sequence[LabelledArticle]) -> int:
    return sum(len(a.sentences) for a in articles)


def _prevalence(
    articles: Sequence[LabelledArticle], sides: dict[str, list[LabelledArticle]], column: str
) -> dict[str, dict[str, float | None]]:
    """Give each label's prevalence in the whole and on each side; None where a side has no label of the column."""
    counts, names = _label_counts(articles, column)
    parts = {"all": counts.sum(axis=0)}
    for side in sides:
        parts[side] = counts[[a.split == side for a in articles]].sum(axis=0)
    return {
        name: {part: float(of[i] / of.sum()) if of.sum() else None for part, of in parts.items()}
        for i, name in enumerate(names)
    }


def notes_on_split(placed: Placed, kept: Mapping[str, str]) -> Iterator[str]:
    """Say what a person must know of a split besides its tables.

    Parameters
    ----------
    placed : Placed
    kept : mapping of str to str
        The sides of articles of an earlier split, by their ids.
    """
    names = {a.article.id for a in placed.articles}
    if kept:
        n_kept = len(names & kept.keys())
        yield f"{counted(n_kept, 'article')} stay in their split, {len(names) - n_kept:,} new."
    if n_gone := len(kept.keys() - names):
        yield f"{counted(n_gone, 'article')} of the earlier split are no longer in the data and are not in this split."
    if placed.left_out:
        shown = ", ".join(placed.left_out[:5])
        yield f"Left out because they are near-duplicates of articles in two splits: {len(placed.left_out):,} ({shown})."
    if 2 * placed.largest > len(names) > 2:
        yield (
            f"{placed.largest:,} of {len(names):,} articles are connected as near-duplicates and stay "
            "together, so the splits cannot have the requested sizes."
        )


def split_tables(described: dict[str, Any]) -> Iterator[tuple[str, Table]]:
    """Give what `describe_split` returned as tables with their titles."""
    sides = described["sides"]
    header = ("side", "wanted", "articles", "share", "sentences", "share of sentences")
    rows: Rows = [
        (
            side,
            f"{of['wanted']:.1%}",
            f"{of['articles']:,}",
            f"{of['share_of_articles']:.1%}",
            f"{of['sentences']:,}",
            f"{of['share_of_sentences']:.1%}",
        )
        for side, of in sides.items()
    ]
    yield f"split {described['rule']}", (header, rows)
    for column, labels in described["labels"].items():
        table: Rows = [(name, *("-" if x is None else f"{x:.1%}" for x in of.values())) for name, of in labels.items()]
        yield (
            f"{column}: largest difference from the whole dataset {_furthest(labels):.1f} points",
            (("label", "all", *sides), table),
        )
    leaks: Rows = [(name, f"{described['leaks'][key]:,}") for key, name in _LEAKS.items()]
    yield "leakage check: content shared between splits", (("what", "n"), leaks)


def _furthest(labels: dict[str, dict[str, float | None]]) -> float:
    """Give the largest distance of a label's share on a side from its share in the whole, in points of 100."""
    return max(
        (100 * abs(x - (of["all"] or 0)) for of in labels.values() for x in of.values() if x is not None), default=0.0
    )
