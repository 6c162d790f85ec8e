"""Answers of several people to one task: what all say is the label, and each one's stands beside it."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from ....errors import SaysoError
from .record import Answers, Record

Meant = Callable[[str, str], tuple[str, str]]
"""Gives the column and the value that a question and its label stand for: spellings of one label are the same."""


def merged(records: Sequence[Record], meant: Meant, unused: Counter[str]) -> Record:
    """Make one record of several answers to one task.

    What everybody says is kept. Where people differ there is no label; what each of them said becomes a column such as
    ``kind_by_ann``.

    Parameters
    ----------
    records : sequence of Record
    meant : callable of (str, str)
        Gives the column and the value of a label.
    unused : Counter of str
        Takes the number of tasks on which people differ.

    Raises
    ------
    SaysoError
        If people marked stretches, and not the same ones.
    """
    first = records[0]
    answers_by_person = _by_person(records)
    if len(answers_by_person) < 2:
        first.answers = next(iter(answers_by_person.values()), Answers())
        return first
    _check_spans(first.where, answers_by_person)
    by_person = {person: _by_control(answers) for person, answers in answers_by_person.items()}
    controls = dict.fromkeys(control for labels in by_person.values() for control in labels)
    agreed: list[tuple[str, str]] = []
    for control in controls:
        labels = [of[control] for of in by_person.values() if control in of]
        if len({frozenset(meant(control, label) for label in theirs) for theirs in labels}) == 1:
            agreed += [(control, label) for label in labels[0]]
        else:
            unused[
                f"tasks on which annotators differ in {control or 'the label'}: left unlabelled, with "
                "each annotator's label in a column of its own"
            ] += 1
    first.by_person = {person: of for person, of in by_person.items()}
    some = next(iter(answers_by_person.values()))
    first.answers = Answers(agreed, some.spans, some.relations)
    return first


def _by_person(records: Iterable[Record]) -> dict[str, Answers]:
    """Put together all answers of one person to a task: binary questions ask for one label at a time."""
    answers_by_person: dict[str, Answers] = {}
    for record in records:
        if record.answers:
            theirs = answers_by_person.setdefault(_column_name(record.person), Answers())
            theirs.asked |= record.answers.asked
            theirs.whole += [label for label in record.answers.whole if label not in theirs.whole]
            theirs.spans += record.answers.spans
            theirs.relations += record.answers.relations
    return answers_by_person


def _check_spans(where: str, answers_by_person: dict[str, Answers]) -> None:
    spans = {tuple(sorted((s.control, s.label, s.start, s.end) for s in of.spans)) for of in answers_by_person.values()}
    if len(spans) > 1:
        people = ", ".join(person or "?" for person in answers_by_person)
        raise SaysoError(
            f"{where}: annotations by several people ({people}); export each person's annotations to a file of their own."
        )


def _by_control(answers: Answers) -> dict[str, list[str]]:
    labels_by_control: dict[str, list[str]] = {}
    for control, label in answers.whole:
        labels_by_control.setdefault(control, []).append(label)
    return labels_by_control


def _column_name(person: str) -> str:
    return re.sub(r"\W+", "_", person).strip("_")
