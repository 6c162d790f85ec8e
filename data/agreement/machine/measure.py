"""Everything that is said of a machine as one more annotator."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ....errors import SaysoError
from ...estimates.clusters import Proportion
from ..annotators import Annotator, Unit
from .agreement import (
    EPSILON,
    AlternativeTest,
    Coefficient,
    LabelQuality,
    accuracy,
    alternative_test,
    coefficients,
    label_quality,
)
from .bias import Bias, biases, groups_of
from .judged import Judged, judge_columns
from .precision import Precision, precisions
from .verdict import Evidence, Verdict, judge


@dataclass(frozen=True, slots=True)
class MachineReport:
    """A machine's labels of one column beside people's.

    Parameters
    ----------
    machine, column : str
    people : tuple of str
    sentences, articles : int
        That the machine and people labelled.
    settled : int
        Sentences of which one label has more votes of people than any other.
    coefficients : tuple of Coefficient
    accuracy : Proportion
        Of the label that people settled on.
    labels : tuple of LabelQuality
    test : AlternativeTest or None
    precision : tuple of Precision
    biases : tuple of Bias
    verdict : Verdict
    """

    machine: str
    column: str
    people: tuple[str, ...]
    sentences: int
    articles: int
    settled: int
    coefficients: tuple[Coefficient, ...]
    accuracy: Proportion
    labels: tuple[LabelQuality, ...]
    test: AlternativeTest | None
    precision: tuple[Precision, ...]
    biases: tuple[Bias, ...]
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked of machines.

    Parameters
    ----------
    machines : sequence of str
        The annotators that are no people.
    columns : sequence of str
        Label columns; without any all.
    by : sequence of str
        Columns to look for biases by; without any those that there are.
    epsilon : float
        Of the alternative annotator test.
    """

    machines: Sequence[str]
    columns: Sequence[str] = ()
    by: Sequence[str] = ()
    epsilon: float = EPSILON


def measure_machines(annotators: Sequence[Annotator], units: Sequence[Unit], asked: Asked) -> list[MachineReport]:
    """Judge each machine by people, column by column.

    Raises
    ------
    SaysoError
        If a machine is no annotator, there are no people, or nothing is labelled by both.
    """
    names = [annotator.name for annotator in annotators]
    machines = [name if name in names else Path(name).stem for name in asked.machines]
    unknown = next((asked.machines[i] for i, name in enumerate(machines) if name not in names), None)
    if unknown is not None:
        raise SaysoError(f"--as-machine {unknown}: no annotator has this name; the annotators are {', '.join(names)}.")
    if set(machines) >= set(names):
        raise SaysoError("all annotators are given as machines (--as-machine); at least one must be a person.")
    found = []
    for machine in dict.fromkeys(machines):
        judged = judge_columns(annotators, units, machine, machines, asked.columns)
        columns = [of.column for of in judged]
        found += [_report(of, annotators, asked, columns) for of in judged]
    return found


def _report(of: Judged, annotators: Sequence[Annotator], asked: Asked, columns: Sequence[str]) -> MachineReport:
    of_pairs, labels, right = coefficients(of), label_quality(of), accuracy(of)
    test, n = alternative_test(of, asked.epsilon), int(of.is_settled.sum())
    found = biases(of, groups_of(of, annotators, asked.by, columns))
    return MachineReport(
        machine=of.machine,
        column=of.column,
        people=of.people,
        sentences=len(of.units),
        articles=len({unit.article for unit in of.units}),
        settled=n,
        coefficients=of_pairs,
        accuracy=right,
        labels=labels,
        test=test,
        precision=precisions(n, right, of_pairs, labels),
        biases=tuple(found),
        verdict=judge(Evidence(n, len(of.people), of_pairs, labels, test, found)),
    )
