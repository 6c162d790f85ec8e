"""Effects: regressions of a label on columns of its sentences, or of a figure on a label, by machine alone and corrected."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...errors import SaysoError
from ..arrays import Floats64, Ints
from ..display import counted
from .clusters import number
from .design import Design, Predictor, as_numbers, build_design
from .regression import Fit, Side, fit_corrected, fit_naive
from .sample import Sample
from .shares import Labels

LINEAR, LOGISTIC = "linear", "logistic"
MODELS = (LINEAR, LOGISTIC)
_POSITIVE = frozenset("1 yes true y biased".split())
_FEW = 5  # sentences of the sample in a group; with fewer its interval is marked


@dataclass(frozen=True, slots=True)
class Term:
    """A coefficient.

    Parameters
    ----------
    name : str
    n_people : int or None
        Sentences of the sample in the group; None of a number.
    naive, naive_low, naive_high : float
        By machine labels taken for right.
    value, error, low, high : float
        Corrected, its standard error by article, and the 95 % interval.
    """

    name: str
    n_people: int | None
    naive: float
    naive_low: float
    naive_high: float
    value: float
    error: float
    low: float
    high: float

    @property
    def is_thin(self) -> bool:
        """Tell whether so few sentences of the sample are in the group that the interval may be too narrow."""
        return self.n_people is not None and self.n_people < _FEW


@dataclass(frozen=True, slots=True)
class Effects:
    """A regression.

    Parameters
    ----------
    outcome : str
        ``kind = quote``, or a column of figures.
    model : str
    sentences, articles, sample : int
    baselines : mapping of str to str
        Predictor to the value that its groups are compared with.
    trust : float
        How much the machine's labels count, from 0 (the sample alone) to 1.
    terms : tuple of Term
    notes : tuple of str
    """

    outcome: str
    model: str
    sentences: int
    articles: int
    sample: int
    baselines: Mapping[str, str]
    trust: float
    terms: tuple[Term, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked.

    Parameters
    ----------
    column : str
        The column with labels by machine and people.
    predictors : sequence of Predictor
    labels : sequence of str
        The labels that are outcomes; without any those that say yes, or else all.
    outcome : str or None
        Another column that is the outcome: then the labels are a predictor.
    model : str
        One of `MODELS`.
    """

    column: str
    predictors: Sequence[Predictor]
    labels: Sequence[str] = ()
    outcome: str | None = None
    model: str = LINEAR


def measure_effects(sample: Sample, question: Question) -> list[Effects]:
    """Fit the regressions that are asked for: one for each label, or one of another outcome.

    Raises
    ------
    SaysoError
        If a label or column is not there, or a regression has no solution.
    """
    labels = sample.labels(question.column)
    is_predictor = any(p.name == question.column for p in question.predictors)
    if question.outcome is None and is_predictor:
        raise SaysoError(
            f"{question.column} is both outcome and predictor; give the column that it should explain with --outcome NAME."
        )
    if question.outcome is not None:
        if not is_predictor:
            raise SaysoError(f"--outcome {question.outcome}: {question.column} must then be one of the predictors (--on).")
        return [_on_label(sample, labels, question, question.outcome)]
    design = build_design(sample.machine, question.predictors)
    return [_of_label(labels, design, question, label) for label in _outcomes(labels, question)]


def _outcomes(labels: Labels, question: Question) -> list[str]:
    """Give the labels that are outcomes; of two one is enough, the other's effects are the same with the sign turned."""
    missing = [label for label in question.labels if label not in labels.names]
    if missing:
        raise SaysoError(f"--label {missing[0]!r}: {question.column} is one of {', '.join(labels.names)}.")
    if question.labels:
        return list(question.labels)
    said = [label for label in labels.names if label.casefold() in _POSITIVE]
    if len(labels.names) == 2:
        return said if len(said) == 1 else [labels.names[1]]
    return list(labels.names)


def _of_label(labels: Labels, design: Design, question: Question, label: str) -> Effects:
    """Fit whether sentences have a label."""
    wanted = labels.names.index(label)
    machine = Side(design.matrix, (labels.machine == wanted).astype(np.float64))
    people = Side(design.matrix, (labels.people == wanted).astype(np.float64))
    return _effects(machine, people, labels, design, (f"{question.column} = {label}", question.model))


def _on_label(sample: Sample, labels: Labels, question: Question, outcome: str) -> Effects:
    """Fit another column on the labels, which are the machine's or people's."""
    names = np.array([*labels.names, ""])
    by_machine = names[labels.machine]
    by_people = np.where(labels.people >= 0, names[labels.people], by_machine)
    designs = [
        build_design(sample.machine, _with_baseline(question, labels), {question.column: values.tolist()})
        for values in (by_machine, by_people)
    ]
    if designs[0].terms != designs[1].terms:
        raise SaysoError(f"{question.column}: people or the machine never used any of the labels {', '.join(labels.names)}.")
    values = sample.machine.values(outcome)
    figures = _figures(values, outcome, question.model)
    known = designs[0].known & np.array([bool(value) for value in values])
    design = Design(designs[0].terms, designs[0].matrix, known, designs[0].baselines)
    sides = Side(designs[0].matrix, figures), Side(designs[1].matrix, figures)
    return _effects(*sides, labels, design, (outcome, question.model))


def _with_baseline(question: Question, labels: Labels) -> list[Predictor]:
    """Compare labels with the machine's most frequent one, whoever gave them, unless another was named."""
    counts = np.bincount(labels.machine[labels.machine >= 0], minlength=len(labels.names))
    usual = labels.names[int(counts.argmax())]
    return [
        Predictor(p.name, p.baseline or usual, is_category=True) if p.name == question.column else p
        for p in question.predictors
    ]


def _figures(values: Sequence[str], outcome: str, model: str) -> Floats64:
    """Give an outcome as numbers; of two values the second, or the one that says yes, is 1."""
    numbers = as_numbers(values)
    if numbers is None:
        different = sorted({*values} - {""})
        if len(different) != 2:
            raise SaysoError(
                f"--outcome {outcome}: the column must hold numbers or exactly two different values; it "
                f"has {len(different):,}."
            )
        one = next((value for value in different if value.casefold() in _POSITIVE), different[1])
        numbers = np.array([float(value == one) for value in values])
    if model == LOGISTIC and not set(numbers.tolist()) <= {0.0, 1.0}:
        raise SaysoError(f"--outcome {outcome}: --model logistic needs a column with exactly two values.")
    return numbers


def _effects(machine: Side, people: Side, labels: Labels, design: Design, asked: tuple[str, str]) -> Effects:
    """Fit by machine alone and corrected, on the sentences of which everything is known."""
    outcome, model = asked
    kept = np.flatnonzero(design.known)
    some = labels.where(kept)
    machine, people = (Side(side.predictors[kept], side.outcome[kept]) for side in (machine, people))
    _check_sample(some, design)
    by_machine = np.flatnonzero(some.machine >= 0)
    naive_side = Side(machine.predictors[by_machine], machine.outcome[by_machine])
    naive = fit_naive(naive_side, number(some.articles[by_machine]), model == LOGISTIC)
    found = fit_corrected(machine, people, some.weights, some.articles, model == LOGISTIC)
    n_unknown = len(design.known) - len(kept)
    notes = [f"{counted(n_unknown, 'sentence')} left out, because a predictor has no value."] if n_unknown else []
    in_sample = people.predictors[some.people >= 0]
    return Effects(
        outcome,
        model,
        len(kept),
        len(np.unique(some.articles)),
        int((some.people >= 0).sum()),
        design.baselines,
        found.trust,
        tuple(_terms(design, naive, found, in_sample)),
        tuple(notes),
    )


def _check_sample(labels: Labels, design: Design) -> None:
    n, needed = int((labels.people >= 0).sum()), 2 * len(design.terms) + 8
    if n < needed:
        raise SaysoError(
            f"the sample has {counted(n, 'sentence')} of these, but estimating "
            f"{counted(len(design.terms), 'coefficient')} requires {needed}."
        )
    there = (design.matrix[design.known][labels.people >= 0] != 0).any(axis=0)
    lacking = next((term for term, seen in zip(design.terms, there, strict=True) if ": " in term and not seen), None)
    if lacking is not None:
        raise SaysoError(
            f"the sample has no sentence of {lacking}, so the machine's errors there are unknown; label "
            "some sentences there."
        )
    if len(np.unique(labels.articles[labels.people >= 0])) < 2:
        raise SaysoError(
            "all sentences labelled by people are from one article, so differences between articles cannot be estimated."
        )


def _terms(design: Design, naive: Fit, found: Fit, in_sample: Floats64) -> list[Term]:
    columns: Sequence[Floats64] = (naive.beta, naive.low, naive.high, found.beta, found.error, found.low, found.high)
    sizes: Ints = (in_sample != 0).sum(axis=0)
    return [
        Term(name, int(sizes[k]) if ": " in name else None, *(float(values[k]) for values in columns))
        for k, name in enumerate(design.terms)
    ]
