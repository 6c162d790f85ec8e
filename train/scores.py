"""Scores of predicted labels, with an interval from resampled articles."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score, precision_recall_fscore_support

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Labels = Sequence[str] | NDArray[np.str_]
DRAWS = 2000
_SEED = 0  # of the resampling: the same predictions always give the same interval


@dataclass(frozen=True, slots=True)
class LabelScore:
    """How well one label is found; shares from 0 to 1, ``support`` is how many sentences have it."""

    label: str
    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, slots=True)
class Score:
    """How well labels are predicted.

    Parameters
    ----------
    macro_f1 : float
        Mean F1 of the labels that the data has.
    interval : (float, float)
        95 % of it, from resampled articles.
    accuracy : float
    labels : tuple of LabelScore
        Those of the data, and those predicted without being in it.
    confusion : tuple of tuple of int
        A row for each label of the data and a column for each predicted one, in the order of ``labels``.
    """

    macro_f1: float
    interval: tuple[float, float]
    accuracy: float
    labels: tuple[LabelScore, ...]
    confusion: tuple[tuple[int, ...], ...]

    def as_json(self) -> dict[str, Any]:
        """Give plain values."""
        return {
            "macro_f1": self.macro_f1,
            "interval": list(self.interval),
            "accuracy": self.accuracy,
            "labels": {
                s.label: {"precision": s.precision, "recall": s.recall, "f1": s.f1, "support": s.support}
                for s in self.labels
            },
            "confusion": {"labels": [s.label for s in self.labels], "rows": [list(r) for r in self.confusion]},
        }


def score(truth: Labels, predicted: Labels, groups: Ints, order: Sequence[str] = ()) -> Score:
    """Compare predicted labels with the true ones.

    Parameters
    ----------
    truth, predicted : sequence of str, length n_sentences
        At least one.
    groups : ndarray of int, shape (n_sentences,)
        Number of each sentence's article.
    order : sequence of str
        In which labels are listed; those not in it follow by name.
    """
    there = {str(x) for x in truth} | {str(x) for x in predicted}
    names = [x for x in order if x in there] + sorted(there - set(order))
    in_truth = [x for x in names if x in set(truth)]
    parts = precision_recall_fscore_support(truth, predicted, labels=names, zero_division=0.0)
    return Score(
        float(f1_score(truth, predicted, labels=in_truth, average="macro", zero_division=0.0)),
        macro_interval(truth, predicted, groups, names),
        float(accuracy_score(truth, predicted)),
        tuple(
            LabelScore(name, float(p), float(r), float(f), int(n)) for name, p, r, f, n in zip(names, *parts, strict=True)
        ),
        tuple(tuple(map(int, row)) for row in confusion_matrix(truth, predicted, labels=names)),
    )


def macro_interval(
    truth: Labels, predicted: Labels, groups: Ints, names: Sequence[str], draws: int = DRAWS
) -> tuple[float, float]:
    """Give the 95 % interval of the macro F1: articles are drawn again and again, with replacement.

    Sentences of an article are alike, so resampling sentences would make the interval too narrow.
    """
    number = {name: i for i, name in enumerate(names)}
    cells = np.array([number[str(t)] * len(names) + number[str(p)] for t, p in zip(truth, predicted, strict=True)])
    _, article = np.unique(groups, return_inverse=True)
    n_articles = int(article.max()) + 1
    counts = np.zeros((n_articles, len(names) ** 2))
    np.add.at(counts, (article, cells), 1)
    rng = np.random.default_rng(_SEED)
    times = np.stack([np.bincount(d, minlength=n_articles) for d in rng.integers(0, n_articles, (draws, n_articles))])
    drawn = (times @ counts).reshape(draws, len(names), len(names))
    low, high = np.quantile(macro_f1(drawn), [0.025, 0.975])
    return float(low), float(high)


def macro_f1(confusion: Floats) -> Floats:
    """Compute the macro F1 of confusion matrices over the labels that occur in the truth of each.

    Parameters
    ----------
    confusion : ndarray of shape (..., n_labels, n_labels)
        True labels in rows.

    Examples
    --------
    >>> macro_f1(np.array([[2, 0, 0], [1, 1, 0], [0, 0, 0]])).round(3)
    np.float64(0.733)
    """
    right = np.diagonal(confusion, axis1=-2, axis2=-1)
    true, given = confusion.sum(axis=-1), confusion.sum(axis=-2)
    f1 = 2 * right / np.maximum(true + given, 1)
    there = true > 0
    return np.asarray((f1 * there).sum(axis=-1) / np.maximum(there.sum(axis=-1), 1))
