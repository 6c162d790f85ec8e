"""Where a machine errs otherwise than elsewhere: by label, outlet, length or any column, told only where it is settled."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from ....errors import SaysoError
from ...arrays import Bools, Floats64, Ints, Strings
from ...articles.metadata.dates import year_of
from ...estimates.clusters import UNSEEN, number, p_value, spread, student
from ...records import LabelledArticle, label_of
from ...rows.places import ABOUT_ARTICLE
from ...rows.suggestions import own_labels
from ..annotators import Annotator
from .judged import Judged

SURE = 0.05
"""A difference is settled whose p, by Holm's method for all that were looked at, is below."""
LEAST = 20
"""Sentences of a group that is looked at, and outside of it."""
LEAST_ARTICLES = 5
MOST_VALUES = 12
"""Groups of one column that are looked at, the largest."""
LENGTH = "length"
_LENGTHS = ((10, "up to 10 words"), (20, "11 to 20 words"), (30, "21 to 30 words"))
_LONGEST = "more than 30 words"
_USUAL = ("outlet", "year", "language")


@dataclass(frozen=True, slots=True)
class Bias:
    """How a machine's errors in some sentences differ from those in others, or from none.

    Parameters
    ----------
    column, value : str
        The group; empty where it is all sentences.
    label : str or None
        Whose share the machine raises or lowers; None where any error counts.
    n, n_others : int
        Sentences of the group and outside of it.
    inside, outside : float
        Errors, or by how much the machine raises the label's share, in the group and outside of it (where the group is all
        sentences: 0).
    difference, low, high : float
        Inside less outside, with its own 95 % interval.
    p, adjusted_p : float
        Of no difference; and for all that was looked at (Holm 1979).
    """

    column: str
    value: str
    label: str | None
    n: int
    n_others: int
    inside: float
    outside: float
    difference: float
    low: float
    high: float
    p: float
    adjusted_p: float = 1.0

    @property
    def is_settled(self) -> bool:
        """Tell whether it may be said."""
        return self.adjusted_p < SURE


def biases(of: Judged, groups: Mapping[str, Strings]) -> list[Bias]:
    """Look for biases; the surest first.

    Parameters
    ----------
    of : Judged
    groups : mapping of str to ndarray of str, shape (n_sentences,)
        Column to what it says of each sentence; empty for nothing.
    """
    kept = of.is_settled
    given, settled, articles = of.given[kept], of.settled[kept], number(of.ratings.articles[kept])
    if len(given) < LEAST or len(np.unique(articles)) < LEAST_ARTICLES:
        return []
    errors = (given != settled).astype(np.float64)
    gains = {label: (given == k).astype(np.float64) - (settled == k) for k, label in enumerate(of.labels)}
    if len(gains) == 2:
        gains.pop(of.labels[0])  # the other's with the sign turned
    found = [_of_all(label, gain, articles) for label, gain in gains.items()]
    for column, values in groups.items():
        for value, inside in _groups(values[kept], articles):
            found.append(_of_group((column, value, None), errors, inside, articles))
            found += [_of_group((column, value, label), gain, inside, articles) for label, gain in gains.items()]
    adjusted = holm([bias.p for bias in found])
    found = [replace(bias, adjusted_p=p) for bias, p in zip(found, adjusted, strict=True)]
    return sorted(found, key=lambda bias: (bias.p, bias.column, bias.value, bias.label or ""))


def _groups(values: Strings, articles: Ints) -> Iterator[tuple[str, Bools]]:
    """Yield the groups of a column that are large enough, the largest first."""
    counts = Counter(value for value in values.tolist() if value)
    for value, n in sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:MOST_VALUES]:
        inside = np.asarray(values == value)
        smallest = min(len(np.unique(articles[rows])) for rows in (inside, ~inside)) if 0 < n < len(values) else 0
        if min(n, len(values) - n) >= LEAST and smallest >= LEAST_ARTICLES:
            yield value, inside


def _of_all(label: str, gain: Floats64, articles: Ints) -> Bias:
    n, mean = len(gain), float(gain.mean())
    influence = (gain - mean) / n
    size = UNSEEN / (n + 1) ** 2
    low, high, p = _tested(mean, influence, articles, (size, len(np.unique(articles))))
    return Bias("", "", label, n, 0, mean, 0.0, mean, low, high, p)


def _of_group(what: tuple[str, str, str | None], values: Floats64, inside: Bools, articles: Ints) -> Bias:
    n, n_others = int(inside.sum()), int((~inside).sum())
    mean, rest = float(values[inside].mean()), float(values[~inside].mean())
    influence = np.where(inside, (values - mean) / n, (rest - values) / n_others)
    size = UNSEEN / (n + 1) ** 2 + UNSEEN / (n_others + 1) ** 2
    fewest = min(len(np.unique(articles[rows])) for rows in (inside, ~inside))
    low, high, p = _tested(mean - rest, influence, articles, (size, fewest))
    return Bias(*what, n, n_others, mean, rest, mean - rest, low, high, p)


def _tested(difference: float, influence: Floats64, articles: Ints, unseen: tuple[float, int]) -> tuple[float, float, float]:
    """Give the 95 % interval of a difference, and p.

    Parameters
    ----------
    difference : float
    influence : ndarray of shape (n_sentences,)
    articles : ndarray of int, shape (n_sentences,)
    unseen : (float, int)
        What is added to the variance for errors that were not seen, and the articles of the smaller group.
    """
    added, n_articles = unseen
    error = float(np.sqrt(spread(influence[:, None], articles, n_articles).variance[0] + added))
    half = float(student(n_articles - 1)) * error
    return difference - half, difference + half, float(p_value(difference / error, n_articles - 1))


def holm(p_values: Sequence[float]) -> list[float]:
    """Adjust p for how many there are (Holm 1979).

    >>> holm([0.01, 0.04, 0.03])
    [0.03, 0.06, 0.06]
    """
    order = sorted(range(len(p_values)), key=lambda i: p_values[i])
    adjusted, least = [0.0] * len(p_values), 0.0
    for rank, i in enumerate(order):
        least = max(least, min(1.0, (len(p_values) - rank) * p_values[i]))
        adjusted[i] = least
    return adjusted


def groups_of(
    of: Judged, annotators: Sequence[Annotator], asked: Sequence[str], labels: Sequence[str]
) -> dict[str, Strings]:
    """Tell of each sentence which groups it belongs to.

    Parameters
    ----------
    of : Judged
    annotators : sequence of Annotator
        What any of them knows of a sentence or its article counts.
    asked : sequence of str
        Columns; without any outlet, year, language and every column that is no label.
    labels : sequence of str
        Columns that are labels.

    Raises
    ------
    SaysoError
        If nobody knows anything of a column that is asked for.
    """
    found = {name: _values(of, annotators, name) for name in asked or _known(of, annotators, labels)}
    empty = next((name for name in asked if not any(found[name].tolist())), None)
    if empty is not None:
        there = ", ".join(_known(of, annotators, labels)) or "none"
        raise SaysoError(f"--by {empty}: no sentence has a value in this column; available columns: {there}.")
    words = [len(unit.text.split()) for unit in of.units]
    found[LENGTH] = np.array([next((name for most, name in _LENGTHS if n <= most), _LONGEST) for n in words], dtype=np.str_)
    return found


def _known(of: Judged, annotators: Sequence[Annotator], labels: Sequence[str]) -> list[str]:
    """Name the columns that part the sentences."""
    names = dict.fromkeys(_USUAL)
    for labelled in _articles(of, annotators):
        names |= dict.fromkeys(name for name in labelled.meta if name != "split")
        names |= dict.fromkeys(name for s in labelled.sentences[:1] for name in own_labels(s))
    return [name for name in names if name not in labels and any(_values(of, annotators, name).tolist())]


def _articles(of: Judged, annotators: Sequence[Annotator]) -> Iterator[LabelledArticle]:
    for name in dict.fromkeys(unit.article for unit in of.units):
        for annotator in annotators:
            if name in annotator.articles:
                yield annotator.articles[name]


def _values(of: Judged, annotators: Sequence[Annotator], name: str) -> Strings:
    """Give what is known of each sentence, by whoever knows it first."""
    found = []
    for unit in of.units:
        known = (
            _value(annotator.articles[unit.article], label_of(s, name), name)
            for annotator, s in zip(annotators, unit.sentences, strict=True)
            if s is not None
        )
        found.append(next((value for value in known if value), ""))
    return np.array(found, dtype=np.str_)


def _value(labelled: LabelledArticle, of_sentence: str | None, name: str) -> str:
    if of_sentence:
        return of_sentence
    article, short = labelled.article, name.removeprefix(ABOUT_ARTICLE)
    if name == "year":
        return year_of(article.date or "")
    of_article = getattr(article, short) if short in ("outlet", "date", "language") else None
    return of_article or article.extra.get(short) or labelled.meta.get(short) or labelled.meta.get(name) or ""
