"""Scores of parts of the data, and of groups that the model has never seen."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from ....data.records import LabelledArticle
from ...evaluation.result import Evaluation
from ...measures.slices import Slice, slices, slices_by
from ..printed import COUNT, INTERVAL, SCORE, TEXT, PrintedTable, slug
from .section import GIVEN_MODEL, Section, first_repeat


@dataclass(frozen=True)
class Slices(Section[Evaluation]):
    """The scores by outlet, year, length and whatever else is known of a sentence."""

    name = "slices"
    title = "Slices"
    macro = "slices"

    slices: Mapping[str, Sequence[Slice]]

    @classmethod
    def compute(cls, evaluation: Evaluation, articles: Sequence[LabelledArticle]) -> Self:
        """Score the slices of each column."""
        return cls(evaluation, slices(first_repeat(evaluation)))

    @property
    def is_empty(self) -> bool:
        """Tell that the data says nothing of its sentences to slice by."""
        return not any(self.slices.values())

    def printed_tables(self) -> Iterator[PrintedTable]:
        """Give a table a column."""
        for n, (column, rows) in enumerate(self.slices.items(), 1):
            # the number keeps columns apart whose names come to the same in a file's name
            yield _printed(f"slices-{n}-{slug(column)}", f"Scores by {column}.", rows)


@dataclass(frozen=True)
class UnseenGroups(Section[Evaluation]):
    """The scores of groups that were held out whole."""

    name = "groups"
    title = "Unseen groups"
    heading = "Groups not seen in training"
    macro = "groups"

    unseen_groups: Sequence[Slice]

    @classmethod
    def applies(cls, evaluation: Evaluation) -> bool:
        """Tell whether groups were held out."""
        return evaluation.grouped is not None

    @classmethod
    def lacks(cls, evaluation: Evaluation) -> Mapping[str, str]:
        """Name the groups where none were held out."""
        if cls.applies(evaluation):
            return {}
        reason = "no column was given whose groups are held out as a whole (--group outlet)"
        return {"unseen groups": GIVEN_MODEL if evaluation.folds is None else reason}

    @classmethod
    def compute(cls, evaluation: Evaluation, articles: Sequence[LabelledArticle]) -> Self:
        """Score each group by the model that has seen nothing of it."""
        predictions, grouped = first_repeat(evaluation), evaluation.grouped
        assert grouped is not None  # or else the section does not apply
        values, predicted = predictions.about[grouped.column], predictions.others["unseen_group"]
        return cls(evaluation, slices_by(values, predictions, predicted))

    def printed_tables(self) -> Iterator[PrintedTable]:
        """Give one table, a row a group."""
        grouped = self._evaluation.grouped
        assert grouped is not None  # or else the section does not apply
        yield _printed("unseen-groups", f"Scores by {grouped.column}, each held out whole.", self.unseen_groups)


def _printed(name: str, caption: str, rows: Sequence[Slice]) -> PrintedTable:
    columns = [
        ("slice", TEXT),
        ("sentences", COUNT),
        ("articles", COUNT),
        ("macro F1", SCORE),
        ("95 % interval", INTERVAL),
        ("accuracy", SCORE),
        ("accuracy, 95 % interval", INTERVAL),
    ]
    values = [(s.name, s.n, s.articles, s.macro_f1, s.interval, s.accuracy, s.accuracy_interval) for s in rows]
    few = " Slices of fewer than 30 sentences are too small to draw conclusions." if any(s.few for s in rows) else ""
    return PrintedTable(name, f"{caption}{few}", columns, values)
