"""A sample that people labelled, found again among the sentences that a machine labelled."""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from ...errors import SaysoError
from ..arrays import Bools, Floats64, Ints
from ..display import counted
from ..records import LABEL_COLUMNS
from ..rows.label_values import written_alike
from ..rows.recognition.names import listed
from ..tabular.column_names import find_column, is_administration
from .clusters import number
from .shares import Labels
from .tables import PROBABILITIES, Table

_MOST_VALUES = 30  # of a column by which a sample is compared with all sentences
_UNLIKELY = 0.001  # p below which a sample is said to be no simple random one


@dataclass(frozen=True, slots=True)
class Names:
    """The columns that a user named; None for the usual names.

    Parameters
    ----------
    id, text, article : str or None
        What tells sentences apart; the sentence; its article.
    probability : str or None
        The probability that a sentence was drawn for the sample.
    machine : str or None
        The column of the machine's labels, where it is called otherwise than that of people's.
    date_order : str or None
        The order of the numbers of dates, one of `dates.ORDERS`.
    """

    id: str | None = None
    text: str | None = None
    article: str | None = None
    probability: str | None = None
    machine: str | None = None
    date_order: str | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Sample:
    """Sentences labelled by machine, and which of them people labelled.

    Parameters
    ----------
    machine, people : Table
        The same table where both sorts of labels stand in one file.
    rows : ndarray of int, shape (n_people_rows,)
        For each row of ``people`` its row of ``machine``.
    articles : ndarray of int, shape (n_sentences,)
        Number of each sentence's article.
    by_article : bool
        Whether a column told the articles; otherwise each sentence counts as one.
    names : Names
    """

    machine: Table
    people: Table
    rows: Ints
    articles: Ints
    by_article: bool
    names: Names

    def columns(self, about: Collection[str] = ()) -> list[str]:
        """Name the label columns that both have.

        A column of the user's own that says the same of every sentence in both is none, if another one differs: it tells
        something else of the sentences, and was copied.

        Parameters
        ----------
        about : collection of str
            Columns that tell something else.
        """
        theirs = [name for name in self.people.label_columns() if name != self.names.machine]
        if self.names.machine is not None:
            return [name for name in theirs if name not in about] or theirs
        shared = [name for name in self.machine.label_columns() if name in theirs]
        differ = [name for name in shared if name in LABEL_COLUMNS or self._differ(name)]
        found = differ or shared
        return [name for name in found if name not in about] or found

    def _differ(self, column: str) -> bool:
        by_machine = self.machine.cells(column)
        pairs = zip(self.rows.tolist(), self.people.cells(column), strict=True)
        return any(label and by_machine[row] != label for row, label in pairs)

    def labels(self, column: str) -> Labels:
        """Give the labels of a column by machine and people.

        Raises
        ------
        SaysoError
            If the column is missing, people gave one sentence two labels, or all labels are others than the machine's.
        """
        by_machine = _labels_in(self.machine, self.names.machine or column)
        by_people = written_alike(_labels_in(self.people, column), by_machine)
        names = sorted({*by_machine, *by_people} - {""})
        numbers = {name: i for i, name in enumerate(names)} | {"": -1}
        people = np.full(len(self.machine), -1, dtype=np.int64)
        for place, row, label in zip(self.people.places, self.rows.tolist(), by_people, strict=True):
            if label and people[row] >= 0 and names[people[row]] != label:
                raise SaysoError(
                    f"{place}: {label!r}, but {names[people[row]]!r} in another row of the same "
                    "sentence; decide between them, for example with sayso data agree and sayso data merge."
                )
            people[row] = numbers[label] if label else people[row]
        machine = np.array([numbers[label] for label in by_machine], dtype=np.int64)
        if not set(machine[machine >= 0]) & set(people[people >= 0]):
            raise SaysoError(
                f"{self.people.name}: column {column!r} shares no label with the machine: people used "
                f"{listed(sorted({*by_people} - {''}), 5)}, the machine {listed(sorted({*by_machine} - {''}), 5)}."
            )
        return Labels(tuple(names), machine, people, self._probability(people), self.articles)

    def _probability(self, people: Ints) -> Floats64 | None:
        """Give the probability of each sentence to be drawn, of those that were."""
        for table in (self.people, self.machine):
            name = find_column(table.columns, (self.names.probability,) if self.names.probability else PROBABILITIES)
            if name is not None:
                break
        else:
            if self.names.probability:
                raise SaysoError(
                    f"{self.people.name}: no column {self.names.probability!r}; it has {listed(table.columns)}."
                )
            return None
        found = np.ones(len(self.machine))
        rows = self.rows if table is self.people else np.arange(len(self.machine))
        for place, row, cell in zip(table.places, rows.tolist(), table.cells(name), strict=True):
            if people[row] >= 0:
                found[row] = _probability_of(cell, name, place)
        return found


def _probability_of(cell: str, name: str, place: str) -> float:
    try:
        value = float(cell)
    except ValueError:
        value = np.nan
    if not 0 < value <= 1:
        shown = repr(cell) if cell else "empty"
        raise SaysoError(
            f"{place}: {name} is {shown}; it must be the probability that the sentence was drawn, above 0 and at most 1."
        )
    return value


def _labels_in(table: Table, column: str) -> list[str]:
    if column not in table.columns:
        labels = table.label_columns()
        raise SaysoError(f"{table.name}: no column {column!r}; columns with labels in it: {listed(labels)}.")
    return table.cells(column)


def find_sample(machine: Table, people: Table, names: Names) -> Sample:
    """Find the sentences that people labelled among those that the machine labelled.

    Sentences are found by the column that was named, or else by the first of these under which most are found: article
    and number, article and words, an id, words alone.

    Raises
    ------
    SaysoError
        If one is not there; the message names it.
    """
    article = machine.part("article", names.article)
    articles = number(_articles(machine.cells(article))) if article else np.arange(len(machine))
    if people is machine:
        return Sample(machine, people, np.arange(len(machine)), articles, article is not None, names)
    best: tuple[str, list[int]] | None = None
    for how, ours, theirs in _keys(machine, people, names):
        rows = _rows_of(ours, theirs)
        if best is None or sum(row >= 0 for row in rows) > sum(row >= 0 for row in best[1]):
            best = how, rows
    if best is None:
        raise SaysoError(
            f"{people.name}: rows cannot be matched with the sentences of {machine.name}; both files "
            "need the same id column (--id-column), article and n, or the text."
        )
    _check_found(machine, people, *best)
    return Sample(machine, people, np.array(best[1]), articles, article is not None, names)


def _articles(cells: Sequence[str]) -> list[str]:
    """Give each row its article; a row that names none is one of its own."""
    return [f"a {cell}" if cell else f"row {i}" for i, cell in enumerate(cells)]


def _keys(machine: Table, people: Table, names: Names) -> Iterator[tuple[str, list[str], list[str]]]:
    """Yield ways to tell sentences: what they are called, and the key of each row of the two tables; empty for none."""
    if names.id is not None:
        ours, theirs = (table.cells(table.part("text", names.id) or "") for table in (machine, people))
        yield repr(names.id), ours, theirs
        return
    tables = (machine, people)
    parts = {
        part: [table.part(part, named if named in table.columns else None) for table in tables]
        for part, named in (("article", names.article), ("n", None), ("text", names.text), ("target", None))
    }
    cells = {
        part: [table.cells(column) for table, column in zip(tables, columns, strict=True) if column]
        for part, columns in parts.items()
    }
    both = {part: of for part, of in cells.items() if len(of) == 2}
    target = ("target",) if "target" in both else ()
    for way in (("article", "n"), ("article", "text"), *((name,) for name in _ids(machine, people)), ("text",)):
        for part in way:
            if part not in cells and part in machine.columns:
                both[part] = [table.cells(part) for table in tables]
        if all(part in both for part in way):
            keys = [[_key(row) for row in zip(*(both[part][i] for part in (*way, *target)), strict=True)] for i in (0, 1)]
            yield " and ".join(way), keys[0], keys[1]


def _key(parts: tuple[str, ...]) -> str:
    return "\0".join(" ".join(part.split()) for part in parts) if all(parts) else ""


def _ids(machine: Table, people: Table) -> list[str]:
    """Name the columns of both that tell every row of the machine's apart."""
    there = set(people.columns)
    shared = [name for name in machine.columns if name in there and is_administration(name)]
    return [name for name in shared if len(set(machine.cells(name))) == len(machine)]


def _rows_of(ours: Sequence[str], theirs: Sequence[str]) -> list[int]:
    """Give for each of their keys the row of ours; -1 for none. Of equal sentences the first is taken for the first."""
    rows: defaultdict[str, deque[int]] = defaultdict(deque)
    for row, key in enumerate(ours):
        rows[key].append(row)
    found = []
    for key in theirs:
        there = rows.get(key) if key else None
        found.append(there[0] if there else -1)
        if there and len(there) > 1:
            there.popleft()
    return found


def _check_found(machine: Table, people: Table, how: str, rows: Sequence[int]) -> None:
    missing = [i for i, row in enumerate(rows) if row < 0]
    if not missing:
        return
    text = people.part("text")
    words = people.cells(text)[missing[0]] if text else ""
    shown = f" ({words[:60] + '…' if len(words) > 60 else words})" if words else ""
    more = "" if len(missing) == 1 else f", nor are {len(missing) - 1:,} others of {len(people):,}"
    hint = "Draw the sample from the sentences that the machine labelled."
    if len(people) > len(machine):
        hint = f"Check whether the files are swapped: {machine.name} should hold all sentences, {people.name} the sample."
    place = people.places[missing[0]]
    raise SaysoError(f"{place}: this sentence{shown} is not in {machine.name}{more} (matched by {how}). {hint}")


def doubt_sample(labels: Labels, about: Sequence[tuple[str, Sequence[str]]] = ()) -> str | None:
    """Say where a sample that is taken for a simple random one is unlike all sentences; None where it may be one.

    Parameters
    ----------
    labels : Labels
    about : sequence of (str, sequence of str)
        Columns that tell more of each sentence.
    """
    sampled = labels.people >= 0
    if labels.probability is not None or sampled.all() or not sampled.any():
        return None
    names = np.array([*labels.names, ""])
    tests = [("the machine's label is", names[labels.machine], value) for value in labels.names]
    for column, values in about:
        different = sorted(set(values) - {""})
        if len(different) <= _MOST_VALUES:
            tests += [(f"{column} is", np.array(values), value) for value in different]
    worst = min(((_chance(of == value, sampled), what, of == value, value) for what, of, value in tests), key=lambda t: t[0])
    p, what, hits, value = worst
    if p * len(tests) >= _UNLIKELY:
        return None
    return (
        f"The sample does not look like a simple random sample: {what} {value!r} in "
        f"{hits[sampled].mean():.0%} of it, but in {hits.mean():.0%} of all sentences. If it is not one, "
        "the corrected figures are wrong; give the probability that each sentence was drawn with (--pi-column)."
    )


def _chance(hits: Bools, sampled: Bools) -> float:
    """Give the two-sided chance that a random sample holds so unlike a part of the hits."""
    from scipy.stats import hypergeom

    n, n_hits, n_sample, found = len(hits), int(hits.sum()), int(sampled.sum()), int(hits[sampled].sum())
    of = hypergeom(n, n_hits, n_sample)
    return float(min(1.0, 2 * min(of.cdf(found), of.sf(found - 1))))


def told_of_sample(labels: Labels, by_article: bool) -> list[str]:
    """Say what is taken for granted of the sample."""
    lines = []
    if labels.probability is None and (labels.people < 0).any():
        n = int((labels.people >= 0).sum())
        lines.append(
            "No column holds the probability that a sentence was drawn (--pi-column), so the "
            f"{counted(n, 'sentence')} in the sample are treated as a simple random sample of the {len(labels.people):,}."
        )
    if not by_article:
        lines.append(
            "No column names the article, so sentences are treated as independent; if they are not, the "
            "intervals are too narrow."
        )
    n_without = Counter((labels.machine < 0).tolist())[True]
    if n_without:
        lines.append(f"{counted(n_without, 'sentence')} without a machine label, counted as having none of the labels.")
    return lines
