"""What is said of a machine as tables, as sentences, and as plain values."""

from collections.abc import Iterator
from typing import Any

from ...display import Rows, Table, counted, p_shown
from ...estimates.clusters import Proportion
from ..coefficients import Figure
from ..report import plain_figure
from .agreement import AlternativeTest, LabelQuality, LeftOut
from .bias import Bias
from .measure import MachineReport
from .precision import TARGETS, Precision

_NAMES = {"same": "same", "kappa": "Cohen's kappa", "alpha": "Krippendorff's alpha"}


def machine_tables(of: MachineReport) -> Iterator[tuple[str, Table]]:
    """Give the figures of a machine in one column as tables with their titles."""
    people = ", ".join(of.people)
    size = f"{counted(of.sentences, 'sentence')} in {counted(of.articles, 'article')}"
    yield (
        f"{of.column}: {of.machine} (machine) compared with {people}; {size}",
        (("agreement", "machine with people (95 %)", "people among themselves (95 %)", "difference (95 %)"), _agreement(of)),
    )
    names = ("label", "by people", "by machine", "precision (95 %)", "recall (95 %)", "F1 (95 %)")
    title = (
        "by label, compared with the person's label" if len(of.people) == 1 else "by label, compared with the majority label"
    )
    yield title, (names, [_label(label) for label in of.labels])
    if of.test:
        columns = ("left out", "sentences", "machine as good", "person as good", "p", "")
        yield _test_title(of.test), (columns, [_left_out(person) for person in of.test.people])
    if of.precision:
        wanted = tuple(f"for ±{target}" for target in TARGETS)
        yield (
            f"precision with {counted(of.settled, 'sentence')} labelled by people, and how many more would be needed",
            (("figure", "now ±", *wanted, "design effect"), [_precision(row) for row in of.precision]),
        )
    settled: Rows = [_bias(bias) for bias in of.biases if bias.is_settled]
    if settled:
        where = ("where", "label", "sentences", "there", "elsewhere", "difference (95 %)", "p (Holm)")
        yield f"statistically clear biases, of {len(of.biases):,} checked", (where, settled)


def verdict_lines(of: MachineReport) -> Iterator[str]:
    """Say in sentences what may be done with the labels."""
    yield f"{of.machine}, {of.column}: {of.verdict.words.upper()}. {_sentence(of.verdict.advice)}"
    yield from (f"- {reason}" for reason in of.verdict.reasons)
    if of.biases and not any(bias.is_settled for bias in of.biases):
        yield f"- No statistically clear bias among the {len(of.biases):,} checked."


def _sentence(words: str) -> str:
    return f"{words[0].upper()}{words[1:]}."


def _agreement(of: MachineReport) -> Rows:
    unknown = "unknown: one person only" if len(of.people) == 1 else "unknown: no sentence labelled by two"
    rows: Rows = []
    for row in of.coefficients:
        people = unknown if row.people.value is None else row.people.shown()
        rows.append((_NAMES[row.name], row.machine.shown(), people, row.difference.shown()))
    return [*rows, ("accuracy", shown(of.accuracy), "-", "-")]


def shown(figure: Proportion) -> str:
    """Write a proportion down.

    >>> shown(Proportion(0.5, 0.25, 0.75, 4, 8)), shown(Proportion(None, None, None, 0, 0))
    ('0.500 (0.250 to 0.750)', '-')
    """
    return Figure(figure.value, figure.low, figure.high).shown()


def _label(of: LabelQuality) -> tuple[str, ...]:
    return (of.label, f"{of.n_people:,}", f"{of.n_machine:,}", shown(of.precision), shown(of.recall), shown(of.f1))


def _test_title(test: AlternativeTest) -> str:
    says = "passed" if test.passed else "not passed"
    return (
        f"alternative annotator test, epsilon {test.epsilon}: winning rate {test.winning_rate:.2f} ({says}), "
        f"mean advantage probability {test.advantage:.3f}"
    )


def _left_out(of: LeftOut) -> tuple[str, ...]:
    said = "too few" if of.p is None else "won" if of.passed else "not won"
    p = "-" if of.p is None else p_shown(of.p)
    return (of.person, f"{of.sentences:,}", f"{of.machine:.1%}", f"{of.person_wins:.1%}", p, said)


def _precision(of: Precision) -> tuple[str, ...]:
    design = "-" if of.design is None else f"{of.design:.2f}"
    return (of.figure, f"{of.half_width:.3f}", *(f"{n:,}" for n in of.needed), design)


def _bias(of: Bias) -> tuple[str, ...]:
    where = f"{of.column} {of.value}" if of.column else "all sentences"
    sign = "" if of.label is None else "+"
    ends = f"{100 * of.difference:+.1f} ({100 * of.low:+.1f} to {100 * of.high:+.1f})"
    there, elsewhere = (f"{100 * value:{sign}.1f} %" for value in (of.inside, of.outside))
    what = "any error" if of.label is None else of.label
    return (where, what, f"{of.n:,}", there, elsewhere if of.column else "-", ends, p_shown(of.adjusted_p))


def describe_machine(of: MachineReport) -> dict[str, Any]:
    """Give everything as plain values; figures that are not defined are null."""
    return {
        "machine": of.machine,
        "column": of.column,
        "people": list(of.people),
        "sentences": of.sentences,
        "articles": of.articles,
        "settled": of.settled,
        "agreement": {
            row.name: {
                "machine": plain_figure(row.machine),
                "people": plain_figure(row.people),
                "difference": plain_figure(row.difference),
            }
            for row in of.coefficients
        },
        "accuracy": _plain(of.accuracy),
        "labels": {
            label.label: {
                "n_people": label.n_people,
                "n_machine": label.n_machine,
                "precision": _plain(label.precision),
                "recall": _plain(label.recall),
                "f1": _plain(label.f1),
            }
            for label in of.labels
        },
        "alternative_annotator_test": _plain_test(of.test),
        "precision": [
            {
                "figure": row.figure,
                "half_width": row.half_width,
                "needed": {str(target): n for target, n in zip(TARGETS, row.needed, strict=True)},
                "design_effect": row.design,
            }
            for row in of.precision
        ],
        "biases": [_plain_bias(bias) for bias in of.biases],
        "verdict": {"words": of.verdict.words, "advice": of.verdict.advice, "reasons": list(of.verdict.reasons)},
    }


def _plain(of: Proportion) -> dict[str, Any]:
    interval = None if of.low is None else [of.low, of.high]
    return {"value": of.value, "interval": interval, "hits": of.hits, "n": of.n, "design_effect": of.design}


def _plain_test(test: AlternativeTest | None) -> dict[str, Any] | None:
    if test is None:
        return None
    return {
        "epsilon": test.epsilon,
        "winning_rate": test.winning_rate,
        "advantage": test.advantage,
        "passed": test.passed,
        "people": [
            {
                "left_out": person.person,
                "sentences": person.sentences,
                "machine": person.machine,
                "person": person.person_wins,
                "p": person.p,
                "passed": person.passed,
            }
            for person in test.people
        ],
    }


def _plain_bias(of: Bias) -> dict[str, Any]:
    return {
        "column": of.column or None,
        "value": of.value or None,
        "label": of.label,
        "sentences": of.n,
        "others": of.n_others,
        "inside": of.inside,
        "outside": of.outside,
        "difference": of.difference,
        "interval": [of.low, of.high],
        "p": of.p,
        "adjusted_p": of.adjusted_p,
        "settled": of.is_settled,
    }
