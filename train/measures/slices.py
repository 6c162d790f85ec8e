"""Scores of parts of the data: by outlet, by date, by length, and by whatever else is known of a sentence."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...data.arrays import Ints, Strings
from ...data.articles.metadata.dates import year_of
from ...data.records import LABEL_COLUMNS, LabelledArticle, Sentence, label_of
from ...data.rows.places import ABOUT, ABOUT_ARTICLE
from ...errors import SaysoError
from ..evaluation.predictions import Predictions, Unit
from .scores import Labels, accuracy_interval, score

FEW = 30
"""With fewer sentences a slice's figures say little."""
MOST = 20
"""Values of one column that are told apart; the rarer ones stand together."""
OTHERS = "all others"
UNKNOWN = "not known"
_QUOTED = re.compile("[“”„«»\"]|(?<!\\w)[‘'](?=\\w)")
_YEAR = re.compile(r"\d{4}")
_LENGTHS = ((10, "up to 10 words"), (20, "11 to 20 words"), (30, "21 to 30 words"))
_LONGEST = "more than 30 words"


@dataclass(frozen=True, slots=True)
class Slice:
    """The scores of some of the sentences, with 95 % intervals over their articles; ``few`` where n is under `FEW`."""

    name: str
    n: int
    articles: int
    macro_f1: float
    interval: tuple[float, float]
    accuracy: float
    accuracy_interval: tuple[float, float]
    few: bool


def slice_columns(
    articles: Sequence[LabelledArticle], units: Sequence[Unit], column: str, more: Sequence[str] = ()
) -> dict[str, Strings]:
    """Tell of each labelled sentence what slices it belongs to.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    units : sequence of Unit
    column : str
        That is predicted; it makes no slices.
    more : sequence of str
        Columns of the data to slice by as well.

    Raises
    ------
    SaysoError
        If one of those is not in the data.
    """
    of = [(articles[u.article], articles[u.article].sentences[u.sentence]) for u in units]
    ways: dict[str, Callable[[LabelledArticle, Sentence], str]] = {
        "outlet": lambda a, _: a.article.outlet or "",
        "date": lambda a, _: year_of(a.article.date or ""),
        "topic": lambda a, s: value_of(a, s, "topic"),
        "length": lambda a, s: _length(len(s.span.of(a.article.text).split())),
        "quotation": lambda a, s: "has quotation marks" if _QUOTED.search(s.span.of(a.article.text)) else "has none",
        "source type": lambda _, s: s.source_type or "",
    }
    values_by_column = {name: np.array([way(a, s) for a, s in of], dtype=np.str_) for name, way in ways.items()}
    values_by_column["target"] = np.array([u.target for u in units], dtype=np.str_)
    for name in more:
        values_by_column[name] = column_values(articles, units, name)
    own = column.replace("_", " ")
    several = {name: values for name, values in values_by_column.items() if len(set(values) - {""}) > 1}
    return {name: values for name, values in several.items() if name not in (column, own)}


def column_values(articles: Sequence[LabelledArticle], units: Sequence[Unit], name: str) -> Strings:
    """Give a column of the data for each labelled sentence.

    Raises
    ------
    SaysoError
        If no sentence and no article has it.
    """
    values = [value_of(articles[u.article], articles[u.article].sentences[u.sentence], name) for u in units]
    if not any(values):
        there = ", ".join(sorted(_columns(articles))) or "none"
        raise SaysoError(f"no sentence has a value in column {name!r}; columns in the data: {there}.")
    return np.array(values, dtype=np.str_)


def value_of(labelled: LabelledArticle, sentence: Sentence, name: str) -> str:
    """Give what a column says of a sentence: its own label, or what is known of its article; empty for nothing.

    What is known of the article can be named with ``article_`` before it, as datasets write it, or without.
    """
    if name in ABOUT:
        return getattr(labelled.article, name) or ""
    of_article = name.removeprefix(ABOUT_ARTICLE)
    if name == "article":
        return labelled.article.id
    return label_of(sentence, name) or labelled.meta.get(name) or labelled.meta.get(of_article, "")


def _columns(articles: Sequence[LabelledArticle]) -> Iterator[str]:
    """Name the columns as a dataset's files do."""
    for name in ABOUT:
        if any(getattr(a.article, name) for a in articles):
            yield name
    yield from {ABOUT_ARTICLE + name for a in articles for name in a.meta if name != "split"}
    yield from {name for a in articles for s in a.sentences for name in s.extra}
    yield from (name for name in LABEL_COLUMNS if any(label_of(s, name) for a in articles for s in a.sentences))


def _length(n: int) -> str:
    return next((name for most, name in _LENGTHS if n <= most), _LONGEST)


def slices(predictions: Predictions) -> dict[str, list[Slice]]:
    """Score the slices of each column: the largest first; lengths and years in their order."""
    return {name: slices_by(values, predictions) for name, values in predictions.about.items()}


def slices_by(values: Strings, predictions: Predictions, predicted: Labels | None = None) -> list[Slice]:
    """Score the sentences of each value of a column."""
    counts = Counter(str(v) for v in values)
    unknown = counts.pop("", 0)
    names = sorted(counts, key=_order(counts, {str(v) for v in values} <= {*(n for _, n in _LENGTHS), _LONGEST}))
    kept = names[:MOST] if len(names) > MOST + 1 else names
    labels = np.asarray(predictions.predicted if predicted is None else predicted)
    chosen = [(name, values == name) for name in kept]
    if len(kept) < len(names):
        chosen.append((f"{OTHERS} ({len(names) - len(kept)})", ~np.isin(values, [*kept, ""])))
    if unknown:
        chosen.append((UNKNOWN, values == ""))
    of = predictions
    return [_slice(name, of.truth[rows], labels[rows], of.groups[rows], of.labels) for name, rows in chosen]


def _order(counts: Mapping[str, int], by_length: bool) -> Callable[[str], tuple[int, str]]:
    if by_length:
        names = [*(name for _, name in _LENGTHS), _LONGEST]
        return lambda name: (names.index(name), "")
    if all(_YEAR.fullmatch(name) for name in counts):
        return lambda name: (0, name)
    return lambda name: (-counts[name], name)


def _slice(name: str, truth: Labels, predicted: Labels, groups: Ints, labels: Sequence[str]) -> Slice:
    of = score(truth, predicted, groups, labels)
    accuracy = accuracy_interval(truth, predicted, groups)
    n = len(truth)
    return Slice(name, n, len(np.unique(groups)), of.macro_f1, of.interval, of.accuracy, accuracy, n < FEW)
