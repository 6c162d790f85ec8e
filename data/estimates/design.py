"""The predictors of a regression: columns of a table as columns of numbers."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...errors import SaysoError
from ..arrays import Bools, Floats64
from .tables import Table

INTERCEPT = "intercept"
_CATEGORY = re.compile(r"C\((.*)\)")
MOST_VALUES = 30
"""Values of one predictor that are told apart."""
_LEAST_NUMBERS = 3  # different numbers; two are two groups
_DEPENDENT = 1e-9  # a column that the others explain but for so much of its length adds nothing


@dataclass(frozen=True, slots=True)
class Predictor:
    """A predictor as it was asked for.

    Parameters
    ----------
    name : str
    baseline : str or None
        The value that the others are compared with; None for the most frequent one.
    is_category : bool
        Numbers are taken for names of groups.
    """

    name: str
    baseline: str | None = None
    is_category: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Design:
    """Predictors as numbers.

    Parameters
    ----------
    terms : tuple of str
        The intercept first; ``outlet: Herald`` for a group, ``year`` for a number.
    matrix : ndarray of shape (n_sentences, n_terms)
        Rows that are not ``known`` mean nothing.
    known : ndarray of bool, shape (n_sentences,)
        Whether all predictors are known.
    baselines : mapping of str to str
        Predictor to the value that its groups are compared with.
    """

    terms: tuple[str, ...]
    matrix: Floats64
    known: Bools
    baselines: Mapping[str, str]


def parse_predictors(words: Sequence[str]) -> list[Predictor]:
    """Read predictors: ``outlet``, ``outlet=Post`` with a baseline, ``C(year)`` for numbers that name groups.

    >>> parse_predictors(["outlet=Post,C(year)"])[1]
    Predictor(name='year', baseline=None, is_category=True)

    Raises
    ------
    SaysoError
        If one is named twice, or none is.
    """
    found = []
    for word in (part.strip() for text in words for part in text.split(",")):
        name, _, baseline = word.partition("=")
        match = _CATEGORY.fullmatch(name.strip())
        found.append(Predictor((match[1] if match else name).strip(), baseline.strip() or None, bool(match or baseline)))
    names = [p.name for p in found]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None or not all(names):
        raise SaysoError(f"--on {','.join(words)}: {'a name is missing' if twice is None else f'{twice} is given twice'}.")
    return found


def build_design(table: Table, predictors: Sequence[Predictor], others: Mapping[str, Sequence[str]] | None = None) -> Design:
    """Make a column of numbers of each predictor, or of each of its groups.

    Parameters
    ----------
    table : Table
    predictors : sequence of Predictor
    others : mapping of str to sequence of str, optional
        What stands in the place of a column of the table.

    Raises
    ------
    SaysoError
        If a column is missing, has one value or too many, or tells nothing that the others do not.
    """
    terms, columns = [INTERCEPT], [np.ones(len(table))]
    known, baselines = np.ones(len(table), dtype=np.bool_), {}
    for predictor in predictors:
        values = (others or {}).get(predictor.name) or table.values(predictor.name)
        there = np.array([bool(value) for value in values])
        known &= there
        numbers = None if predictor.is_category else as_numbers(values)
        if numbers is not None:
            terms.append(predictor.name)
            columns.append(np.where(there, numbers, 0))
            continue
        baseline, groups = _groups(values, predictor, table.name)
        baselines[predictor.name] = baseline
        terms += [f"{predictor.name}: {group}" for group in groups]
        columns += [np.array([value == group for value in values], dtype=np.float64) for group in groups]
    matrix = np.stack(columns, axis=1)
    _check_independent(matrix[known], terms)
    return Design(tuple(terms), matrix, known, baselines)


def as_numbers(values: Sequence[str]) -> Floats64 | None:
    """Give values as numbers, 0 for empty ones; None where they are not numbers, or fewer than three different ones."""
    if len({*values} - {""}) < _LEAST_NUMBERS:
        return None
    try:
        numbers = np.array([float(value or 0) for value in values])
    except ValueError:
        return None
    return numbers if np.isfinite(numbers).all() else None


def _groups(values: Sequence[str], predictor: Predictor, where: str) -> tuple[str, list[str]]:
    """Give the baseline, and the groups that are compared with it."""
    counts = Counter(value for value in values if value)
    if len(counts) < 2:
        raise SaysoError(f"{where}: {predictor.name} has the same value, {next(iter(counts))!r}, in all rows; leave it out.")
    if len(counts) > MOST_VALUES:
        raise SaysoError(
            f"{where}: {predictor.name} has {len(counts):,} values; at most {MOST_VALUES} groups are supported."
        )
    if predictor.baseline is not None and predictor.baseline not in counts:
        known = ", ".join(sorted(counts))
        raise SaysoError(f"{where}: {predictor.name} is never {predictor.baseline!r}; its values are {known}.")
    baseline = predictor.baseline or max(sorted(counts), key=lambda name: counts[name])
    return baseline, sorted(counts.keys() - {baseline})


def _check_independent(matrix: Floats64, terms: Sequence[str]) -> None:
    """Refuse a column that the ones before it explain."""
    if not len(matrix):
        raise SaysoError("no sentence has a value for all predictors.")
    lengths = np.linalg.norm(matrix, axis=0)
    kept: list[Floats64] = []
    for k, term in enumerate(terms):
        rest = matrix[:, k] / max(lengths[k], 1e-300)
        for _ in range(2):  # once more for what rounding left
            for direction in kept:
                rest = rest - (direction @ rest) * direction
        left = float(np.linalg.norm(rest))
        if left < _DEPENDENT**0.5 and k:
            raise SaysoError(f"{term} is fully determined by the other predictors; leave one of them out.")
        kept.append(rest / max(left, 1e-300))
