"""Checks of what the model says of single sentences: how sure it is, and which labels it doubts."""

import numpy as np

from ...data.arrays import Bools, Floats64
from ..measures.calibration import calibration, expected_error
from ..measures.examples import likely_wrong
from .verdict import BAD, DOUBTFUL, GOOD, Judged, Verdict, share

CALIBRATED, UNCALIBRATED = 0.05, 0.1
"""Expected calibration errors up to which chances are good, and from which they mislead."""
CLEAN, DOUBTED = 0.05, 0.15
"""Parts of the labels that look wrong up to which labels are clean, and from which many need another look."""
_DRAWS = 200


def judge_calibration(judged: Judged) -> Verdict:
    """Judge whether chances mean what they say."""
    of = judged.first
    measured = calibration(of.truth, of.chances, of.labels)
    sure, right = of.chances.max(axis=1), np.array(of.labels)[of.chances.argmax(axis=1)] == of.truth
    chance = expected_by_chance(sure)
    figure = {
        "ece": measured.ece,
        "ece_by_chance": chance,
        "brier": measured.brier,
        "confidence": float(sure.mean()),
        "accuracy": float(right.mean()),
    }
    mark = GOOD if measured.ece <= CALIBRATED else BAD if measured.ece > max(UNCALIBRATED, chance) else DOUBTFUL
    return Verdict("calibration", mark, _calibration_sentence(measured.ece, chance, sure, right), figure)


def _calibration_sentence(ece: float, chance: float, sure: Floats64, right: Bools) -> str:
    said = (
        f"Confidence is off by {share(ece)} on average: mean confidence {share(sure.mean())}, {share(right.mean())} correct"
    )
    if ece <= CALIBRATED:
        return f"{said}."
    if ece <= chance:
        return f"{said}; with so few sentences, chance alone could give as much."
    gap = float(sure.mean() - right.mean())
    how = (
        "overconfident"
        if gap > ece / 2
        else "underconfident"
        if gap < -ece / 2
        else "overconfident for some labels and underconfident for others"
    )
    return f"{said}; the model is {how}."


def expected_by_chance(sure: Floats64) -> float:
    """Give the expected calibration error that chances without fault stay below in 95 of 100 draws of the truth.

    Parameters
    ----------
    sure : ndarray of shape (n_sentences,)
        Chances of the labels that were given.

    Examples
    --------
    >>> expected_by_chance(np.ones(5))
    0.0
    """
    rng = np.random.default_rng(0)
    return float(np.quantile([expected_error(sure, rng.random(len(sure)) < sure) for _ in range(_DRAWS)], 0.95))


def judge_labels(judged: Judged) -> Verdict:
    """Count the labels that look wrong."""
    n, doubted = len(judged.first), len(likely_wrong(judged.first, len(judged.first)))
    part = doubted / n
    mark = GOOD if part <= CLEAN else DOUBTFUL if part <= DOUBTED else BAD
    who = "Models that were not trained on them disagree with" if judged.evaluation.folds else "The model disagrees with"
    said = f"{who} {doubted:,} of {n:,} labels ({share(part)})"
    said += "." if mark == GOOD else ": either these labels are wrong, or the model is weak."
    return Verdict("labels", mark, said, {"doubted": doubted, "labels": n, "share": part})
