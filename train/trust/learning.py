"""The check whether more labels would still help."""

from ..measures.learning_curve import LearningCurve, grows, learning_curve
from .verdict import DOUBTFUL, GOOD, UNKNOWN, Judged, Verdict, evaluate_with

FLAT = 0.01
"""A last doubling that surely brought less macro F1 than this is flat."""


def judge_curve(judged: Judged) -> Verdict | None:
    """Judge the last doubling of the training sentences; nothing to say of a given model."""
    of = judged.evaluation
    if of.folds is None:
        return None
    if not grows(of._curve):
        said = "Too few articles for a learning curve."
        if not of._curve:
            said = f"No learning curve; {evaluate_with(of, '--report DIR')} draws it."
        return Verdict("learning curve", UNKNOWN, said, {})
    first = judged.first
    return judge_doubling(learning_curve(first.truth, first.groups, of._curve, first.labels, len(first)))


def judge_doubling(curve: LearningCurve) -> Verdict:
    """Say whether the curve still rises."""
    low, high = curve.doubling_interval
    figure = {"doubling": curve.doubling, "interval": curve.doubling_interval}
    brought = f"the last doubling of the sentences brought {curve.doubling:+.2f} macro F1 ({low:+.2f} to {high:+.2f})"
    if low > 0:
        return Verdict("learning curve", DOUBTFUL, f"Still rising: {brought}. More labels would help.", figure)
    if high < FLAT:
        return Verdict("learning curve", GOOD, f"Flat: {brought}. More labels would hardly help.", figure)
    return Verdict("learning curve", DOUBTFUL, f"It is unclear whether it still rises: {brought}.", figure)
