"""What a machine's labels of one column may be used for, by rules that ``docs/label.md`` gives."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...display import counted
from .agreement import AlternativeTest, Coefficient, LabelQuality
from .bias import Bias

AS_IS, CORRECTED, NOT, TOO_FEW = "use as is", "use with a correction", "do not use", "too few sentences to tell"
LEAST = 50
"""Sentences by people; with fewer nothing is said."""
LEAST_AS_IS = 100
"""Sentences by people before labels are used as they are."""
MARGIN = 0.05
"""By how much a machine may agree less with people than these among themselves."""
RELIABLE = 0.8
"""Krippendorff's alpha from which labels are called reliable: asked of a machine beside one person."""
USELESS = 0.3
"""Krippendorff's alpha below which a correction gains less than a tenth over the labels of people alone."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What may be done with the labels, and why.

    Parameters
    ----------
    words : str
        `AS_IS`, `CORRECTED`, `NOT` or `TOO_FEW`.
    advice : str
        What to do.
    reasons : tuple of str
    """

    words: str
    advice: str
    reasons: tuple[str, ...]


_ADVICE = {
    AS_IS: "its labels are as good as a person's; check again for another topic, language or model",
    CORRECTED: "do not use its labels uncorrected; sayso shares and sayso effects correct shares and "
    "regressions with a random sample labelled by people",
    NOT: "labels by people alone are as good or better: a correction would gain almost nothing",
    TOO_FEW: f"label at least {LEAST} sentences, drawn at random",
}


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the verdict is drawn from.

    Parameters
    ----------
    n : int
        Sentences that people settled on.
    n_people : int
    coefficients : tuple of Coefficient
    labels : tuple of LabelQuality
    test : AlternativeTest or None
    biases : sequence of Bias
    """

    n: int
    n_people: int
    coefficients: tuple[Coefficient, ...]
    labels: tuple[LabelQuality, ...]
    test: AlternativeTest | None
    biases: Sequence[Bias]

    def of(self, name: str) -> Coefficient:
        """Give a coefficient."""
        return next(of for of in self.coefficients if of.name == name)


def judge(evidence: Evidence) -> Verdict:
    """Draw the verdict."""
    if evidence.n < LEAST:
        return _verdict(TOO_FEW, [f"People agree on a label for {counted(evidence.n, 'sentence')}."])
    if useless := _is_useless(evidence):
        return _verdict(NOT, [useless])
    is_as_good, why = _is_as_good(evidence)
    against = [*_against(evidence)]
    words = AS_IS if is_as_good and not against else CORRECTED
    return _verdict(words, [why, *against])


def _verdict(words: str, reasons: Sequence[str]) -> Verdict:
    return Verdict(words, _ADVICE[words], tuple(reasons))


def _is_useless(evidence: Evidence) -> str | None:
    alpha = evidence.of("alpha").machine
    if alpha.value is None:
        return "Everybody gave the same label, so nothing can be said about other labels."
    shown = f"alpha with people {alpha.shown()}"
    if alpha.low is not None and alpha.low <= 0:
        return f"Its agreement with people is not clearly better than chance: {shown}."
    if (alpha.value if alpha.high is None else alpha.high) < USELESS:
        return f"Its agreement with people is little better than chance: {shown}."
    return None


def _is_as_good(evidence: Evidence) -> tuple[bool, str]:
    """Tell whether the machine agrees with people as they do among themselves, and how that is known."""
    if evidence.n_people < 2 or evidence.of("same").difference.value is None:
        why = "one labelled" if evidence.n_people < 2 else "no two people labelled the same sentence"
        alpha = evidence.of("alpha").machine
        low = alpha.value if alpha.low is None else alpha.low
        is_good = low is not None and low >= RELIABLE
        limit = "above" if is_good else "not clearly above"
        return is_good, (
            f"How well people agree among themselves is unknown: {why}. In that case alpha with people "
            f"must be {RELIABLE} or "
            f"more; it is {alpha.shown()}, {limit} that limit."
        )
    if (test := evidence.test) is not None:
        won = sum(person.passed for person in test.people)
        verb = "passes" if test.passed else "does not pass"
        return test.passed, (
            f"It {verb} the alternative annotator test: with epsilon {test.epsilon}, it is as good as "
            f"{won} of {len(test.people)} "
            f"people, winning rate {test.winning_rate:.2f}."
        )
    same = evidence.of("same").difference
    low = same.value if same.low is None else same.low
    is_good = low is not None and low >= -MARGIN
    said = "It agrees with people as well as" if is_good else "It may agree with people less well than"
    if same.high is not None and same.high < -MARGIN:
        said = "It agrees with people less well than"
    return (
        is_good,
        f"{said} people agree among themselves: difference in agreement {same.shown()}, with {-MARGIN} as the limit.",
    )


def _against(evidence: Evidence) -> Iterator[str]:
    """Yield what speaks against using the labels as they are."""
    if evidence.n < LEAST_AS_IS:
        yield f"People agree on {counted(evidence.n, 'sentence')}; using the labels as they are requires {LEAST_AS_IS}."
    same = evidence.of("same").difference
    if evidence.test is not None and same.value is not None and same.value < -MARGIN:
        yield f"It agrees with people less well than people agree among themselves: difference in agreement {same.shown()}."
    for bias in evidence.biases:
        if bias.is_settled:
            yield bias_in_words(bias)
    for label in evidence.labels:
        if label.n_people and label.recall.hits == 0:
            yield f"It finds none of the {counted(label.n_people, 'sentence')} labelled {label.label!r} by people."


def bias_in_words(bias: Bias) -> str:
    """Say in a sentence what was found."""
    interval = f"{100 * bias.low:+.1f} to {100 * bias.high:+.1f}"
    where = f"Where {bias.column} is {bias.value!r}"
    if bias.label is None:
        more = "more" if bias.difference > 0 else "less"
        return (
            f"{where} it errs {more} often: in {bias.inside:.1%} of labels, elsewhere in "
            f"{bias.outside:.1%} ({interval} points)."
        )
    often = "too often" if bias.inside > 0 else "too seldom"
    if not bias.column:
        return f"It gives {bias.label!r} {often}: {100 * bias.inside:+.1f} points ({interval})."
    way = "raises" if bias.difference > 0 else "lowers"
    return (
        f"{where} it {way} the share of {bias.label!r} compared with elsewhere: {100 * bias.inside:+.1f} points, elsewhere "
        f"{100 * bias.outside:+.1f} (difference {interval})."
    )
