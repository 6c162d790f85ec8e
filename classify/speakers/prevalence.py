"""How frequent labels are in many articles: by outlet, month or any column, corrected where the models know their errors."""

from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from ...data.articles.metadata.dates import iso_date
from ...data.records import Article
from ...data.scheme import KINDS, SOURCE_TYPES
from ..annotation.annotator import Annotator
from ..annotation.records import AnnotatedSentence
from ..linear.known_errors import Errors
from ..linear.quantification import FEW_ARTICLES, Shares, estimate_shares
from .headline import n_in_headline

LABELS = {"kind": KINDS, "source_type": SOURCE_TYPES}
NOT_KNOWN = ""
"""The group of articles that say nothing of a column."""
_FIELDS = ("outlet", "date", "language", "title", "url", "id")
_OF_DATE = {"month": len("2024-05"), "year": len("2024")}
_OTHERS = "the other label is predicted by a separate model, which changes both"


def group_of(article: Article, column: str) -> str:
    """Give what an article says of a column: a field, a column of its table, or ``month`` and ``year`` of its date.

    >>> group_of(Article("a", "It rained.", date="2024-05-19"), "month")
    '2024-05'
    """
    value = article.extra.get(column)
    if value is None and column in _FIELDS:
        value = getattr(article, column)
    if value is None and column in _OF_DATE:
        n_characters, day = _OF_DATE[column], iso_date(article.date or "") or ""
        value = day[:n_characters] if len(day) >= n_characters else None  # of a year alone no month is known
    return value or NOT_KNOWN


def errors_of(annotator: Annotator) -> Mapping[str, Errors | str]:
    """Give for kind and source type the errors to correct by, or why there are none."""
    if annotator.kind and annotator.source_type:
        return dict.fromkeys(LABELS, _OTHERS)
    errors: dict[str, Errors | str] = {}
    for column, own, other in (
        ("kind", annotator.kind, annotator.source_type),
        ("source_type", annotator.source_type, annotator.kind),
    ):
        model = own or annotator.voice
        known = [e for e in model.errors if (e.column, e.labels) == (column, LABELS[column])] if model else []
        if other:
            errors[column] = _OTHERS
        else:
            errors[column] = known[0] if known else "the model file has no error rates; train it again"
    return errors


def label_sums(article: Article, annotated: Sequence[AnnotatedSentence]) -> list[float]:
    """Give how many sentences have each label, kinds before source types, and then the sum of each label's chances.

    The headline is left out, as in all counts; see `headline`.
    """
    counted = annotated[n_in_headline(article, annotated) :]
    n_labelled = dict.fromkeys((*KINDS, *SOURCE_TYPES), 0.0)
    for a in counted:
        n_labelled[a.kind] += 1
        n_labelled[a.source_type] += 1
    kinds = [sum(a.kind_scores[label] for a in counted) for label in KINDS]
    types = [sum(a.source_type_scores[label] for a in counted) for label in SOURCE_TYPES]
    return [*n_labelled.values(), *kinds, *types]


@dataclass(slots=True)
class PrevalenceCounts:
    """Counts the labels of articles, and estimates how frequent each is.

    Parameters
    ----------
    by : sequence of str
        Columns to part the articles by, one after the other.
    errors : mapping of str to Errors or str
        See `errors_of`.
    """

    by: Sequence[str]
    errors: Mapping[str, Errors | str]
    _rows: "array[float]" = field(default_factory=lambda: array("d"))
    _groups: list[tuple[str, ...]] = field(default_factory=list)

    def add(self, article: Article, annotated: Sequence[AnnotatedSentence]) -> None:
        """Count an article."""
        self.add_row(article, label_sums(article, annotated))

    def add_row(self, article: Article, sums: Sequence[float]) -> None:
        """Count an article by the `label_sums` of its sentences."""
        self._groups.append(tuple(group_of(article, column) for column in self.by))  # first: it is what could fail
        self._rows.extend(sums)

    def without(self, numbers: Collection[int]) -> None:
        """Take articles out again, by their numbers in the order in which they were added, from 0."""
        if not numbers:
            return
        kept = [number for number in range(len(self._groups)) if number not in numbers]
        rows = np.array(self._rows).reshape(len(self._groups), -1)
        self._rows = array("d", rows[kept].ravel().tolist())
        self._groups = [self._groups[number] for number in kept]

    def unknown_columns(self) -> list[str]:
        """Name the columns that no article says anything of."""
        return [column for k, column in enumerate(self.by) if not any(groups[k] for groups in self._groups)]

    def estimates(self) -> Iterator[tuple[str, str, Shares]]:
        """Yield column, its value, and the estimate for the articles that have it; empty strings stand for all articles."""
        rows = np.array(self._rows).reshape(len(self._groups), 2 * (len(KINDS) + len(SOURCE_TYPES)))
        for column in LABELS:
            yield "", "", self._estimate(column, rows)
        for k, by in enumerate(self.by):
            values = np.array([groups[k] for groups in self._groups], dtype=np.str_)
            for value in sorted(set(values.tolist()), key=lambda v: (v == NOT_KNOWN, v)):
                for column in LABELS:
                    yield by, value, self._estimate(column, rows[values == value])

    def _estimate(self, column: str, rows: Any) -> Shares:
        labels, errors = LABELS[column], self.errors[column]
        half, first = len(KINDS) + len(SOURCE_TYPES), 0 if column == "kind" else len(KINDS)
        labelled, chances = (rows[:, start + first : start + first + len(labels)] for start in (0, half))
        if isinstance(errors, str):
            return estimate_shares(column, labels, labelled, chances, None, errors)
        return estimate_shares(column, labels, labelled, chances, errors)


def is_thin(prevalence: Shares) -> bool:
    """Tell whether there are so few articles that an interval may be too narrow for rare labels."""
    return prevalence.articles < FEW_ARTICLES
