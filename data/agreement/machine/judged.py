"""A machine's labels of one column beside people's, and the label that people settled on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ....errors import SaysoError
from ...arrays import Bools, Ints
from ...records import LABEL_COLUMNS
from ..annotators import Annotator, Unit, columns_by_annotator, labelled_units
from ..coefficients import MISSING, Pair, Ratings, ratings_of


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """Sentences that a machine and at least one person labelled in one column.

    Parameters
    ----------
    column : str
    machine : str
    people : tuple of str
        Those who labelled some of the sentences.
    ratings : Ratings
        The machine's labels first, then those of people in their order.
    settled : ndarray of int, shape (n_sentences,)
        Number of the label that most people gave; -1 where none has more votes than all others.
    units : sequence of Unit, length n_sentences
    """

    column: str
    machine: str
    people: tuple[str, ...]
    ratings: Ratings
    settled: Ints
    units: Sequence[Unit]

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that somebody gave."""
        return self.ratings.labels

    @property
    def given(self) -> Ints:
        """The machine's labels."""
        return np.asarray(self.ratings.codes[:, 0])

    @property
    def is_settled(self) -> Bools:
        """Whether people settled on a label."""
        return np.asarray(self.settled != MISSING)

    @property
    def with_people(self) -> list[Pair]:
        """The machine with each person."""
        return [(0, i) for i in range(1, len(self.people) + 1)]

    @property
    def among_people(self) -> list[Pair]:
        """Each pair of people."""
        n = len(self.people) + 1
        return [(i, j) for i in range(1, n) for j in range(i + 1, n)]


def judge_columns(
    annotators: Sequence[Annotator],
    units: Sequence[Unit],
    machine: str,
    machines: Sequence[str],
    columns: Sequence[str] = (),
) -> list[Judged]:
    """Set a machine's labels beside people's, column by column.

    Columns of the user's own that all annotators fill in alike tell something of the sentences and are no labels, unless
    there are no others.

    Parameters
    ----------
    annotators : sequence of Annotator
    units : sequence of Unit
    machine : str
        The annotator that is judged.
    machines : sequence of str
        All annotators that are no people.
    columns : sequence of str
        Only these.

    Raises
    ------
    SaysoError
        If the machine and people have no label column in common.
    """
    names = [annotator.name for annotator in annotators]
    own, people = names.index(machine), [i for i, name in enumerate(names) if name not in machines]
    found = []
    for column, rows in labelled_units(units).items():
        kept = [(unit, labels) for unit, labels in rows if labels[own] and any(labels[i] for i in people)]
        if kept and (not columns or column in columns):
            there = [i for i in people if any(labels[i] for _, labels in kept)]
            found.append(_judged(column, kept, [own, *there], names))
    if not found:
        what = repr(columns[0]) if columns else "any label column"
        raise SaysoError(
            f"{machine}: no sentence has {what} from this annotator and from people; "
            f"{columns_by_annotator(annotators, units)}"
        )
    labels = [of for of in found if columns or of.column in LABEL_COLUMNS or _differ(of)]
    return labels or found


def _judged(
    column: str, rows: Sequence[tuple[Unit, Sequence[str | None]]], order: Sequence[int], names: Sequence[str]
) -> Judged:
    units = [unit for unit, _ in rows]
    numbers = {article: i for i, article in enumerate(dict.fromkeys(unit.article for unit in units))}
    ratings = ratings_of([[labels[i] for i in order] for _, labels in rows], [numbers[unit.article] for unit in units])
    own, *people = (names[i] for i in order)
    return Judged(column, own, tuple(people), ratings, settled_label(ratings.codes[:, 1:], len(ratings.labels)), units)


def settled_label(codes: Ints, n_labels: int) -> Ints:
    """Give the label that has more votes than any other; -1 for none.

    >>> settled_label(np.array([[0, 0, 1], [0, 1, -1], [1, -1, -1]]), 2)
    array([ 0, -1,  1])
    """
    votes = (codes[:, :, None] == np.arange(n_labels)).sum(axis=1)
    most = votes.max(axis=1, keepdims=True)
    is_alone = (votes == most).sum(axis=1) == 1
    return np.where(is_alone & (most[:, 0] > 0), votes.argmax(axis=1), MISSING)


def _differ(of: Judged) -> bool:
    codes = of.ratings.codes
    people = codes[:, 1:]
    return bool(((people != codes[:, :1]) & (people != MISSING)).any())
