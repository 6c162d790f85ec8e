"""A verdict: what speaks for or against a score, in a sentence, with the figure behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from ...data.arrays import Floats64, Strings
from ...data.records import LabelledArticle
from ..evaluation.predictions import Predictions
from ..evaluation.result import OWN_DATA, Evaluation
from ..measures.scores import DRAWS, drawn_confusions, macro_f1

GOOD, DOUBTFUL, BAD, UNKNOWN = "good", "doubtful", "bad", "unknown"
MARKS: Mapping[str, str] = {GOOD: "✓", DOUBTFUL: "?", BAD: "✗", UNKNOWN: "–"}
"""The sign of each mark, from good to bad; *unknown* is what this evaluation cannot tell."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one check says.

    Parameters
    ----------
    check : str
        Its name.
    mark : str
        One of `MARKS`.
    verdict : str
        One plain sentence, or two.
    figure : mapping of str to Any
        What it rests on.
    """

    check: str
    mark: str
    verdict: str
    figure: Mapping[str, Any]

    @property
    def sign(self) -> str:
        """The mark as a sign and a word: it does not rely on colour."""
        return f"{MARKS[self.mark]} {self.mark}"


class Judged(NamedTuple):
    """What a check looks at: an evaluation, the predictions of its first repeat, and the articles that were scored."""

    evaluation: Evaluation
    first: Predictions
    articles: tuple[LabelledArticle, ...]

    def drawn(self, predicted: Strings) -> Floats64:
        """Draw articles, and give the macro F1 of labels for the sentences of the first repeat in each draw.

        Returns
        -------
        ndarray of shape (n_draws,)
            The same articles are drawn in every call, so that differences are paired.
        """
        names = sorted({*self.first.truth.tolist(), *predicted.tolist()})
        return macro_f1(drawn_confusions(self.first.truth, predicted, self.first.groups, names, DRAWS)[0])

    def drawn_model(self) -> Floats64:
        """Give the macro F1 of the model in each draw, the mean over the repeats; shape (n_draws,)."""
        of = self.evaluation._predictions
        names = sorted({*of.truth.tolist(), *of.predicted.tolist()})
        drawn = macro_f1(drawn_confusions(of.truth, of.predicted, of.groups, names, DRAWS, of.repeat))
        return np.asarray(drawn.mean(axis=0))


def evaluate_with(of: Evaluation, option: str) -> str:
    """Write the command that scores the same with another option: the verdicts are printed by commands that lack it."""
    label = [] if of.column == of.task else ["--label", of.column]
    data = [] if of.data["name"] == OWN_DATA else ["--data", "…"]
    return f"`{' '.join(['sayso', 'evaluate', of.task, *label, *data, option])}`"


def span(ends: tuple[float, float]) -> str:
    """Write an interval with two decimals, the lower end first.

    >>> span((0.3, -0.0012))
    '0.00 to 0.30'
    """
    low, high = sorted(ends)
    return f"{low:z.2f} to {high:z.2f}"


def share(part: float) -> str:
    """Write a part of 1 in whole per cent.

    >>> share(0.125)
    '12 %'
    """
    return f"{100 * part:.0f} %"
