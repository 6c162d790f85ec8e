"""Scores of predicted labels, with an interval from resampled articles."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from sklearn.metrics import accuracy_score, confusion_matrix, f1_score, precision_recall_fscore_support

from ...data.arrays import Floats64, Ints, Strings

Labels = Sequence[str] | Strings
DRAWS = 2000
"""Draws of articles for an interval. With so many its ends move by 0.0003 from seed to seed (macro F1, kind, our corpus),
with 500 by 0.0008; three decimals are printed."""
_SEED = 0  # of the resampling: the same predictions always give the same interval


@dataclass(frozen=True, slots=True)
class LabelScore:
    """How well one label is found, from 0 to 1; ``support`` is how many sentences have it."""

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
        _confusion(truth, predicted, names),
    )


def _confusion(truth: Labels, predicted: Labels, names: Sequence[str]) -> tuple[tuple[int, ...], ...]:
    if len(names) == 1:  # scikit-learn warns of it
        return ((len(truth),),)
    return tuple(tuple(map(int, row)) for row in confusion_matrix(truth, predicted, labels=names))


@dataclass(frozen=True, slots=True)
class FoldScore:
    """The scores of one fold: articles and sentences held out, macro F1 over their labels, accuracy, F1 of each label."""

    repeat: int
    fold: int
    articles: int
    sentences: int
    macro_f1: float
    accuracy: float
    labels: Mapping[str, float]


def score_folds(truth: Labels, predicted: Labels, groups: Ints, repeat: Ints, fold: Ints) -> list[FoldScore]:
    """Score each fold of each repeat on its own."""
    folds = []
    for r, k in sorted(set(zip(repeat.tolist(), fold.tolist(), strict=True))):
        of = (repeat == r) & (fold == k)
        t, p = np.asarray(truth)[of], np.asarray(predicted)[of]
        names = np.unique(t)
        f1 = f1_score(t, p, labels=names, average=None, zero_division=0.0)
        of_labels = {str(name): float(x) for name, x in zip(names, f1, strict=True)}
        scores = float(f1.mean()), float(accuracy_score(t, p)), of_labels
        folds.append(FoldScore(r, k, len(np.unique(groups[of])), len(t), *scores))
    return folds


def score_repeats(truth: Labels, predicted: Labels, groups: Ints, repeat: Ints, order: Sequence[str] = ()) -> Score:
    """Score repeats as `score` does: macro F1 and accuracy are means over them, the rest is of the first."""
    turns = [np.flatnonzero(repeat == r) for r in np.unique(repeat)]
    truth, predicted = np.asarray(truth), np.asarray(predicted)
    scores = [score(truth[of], predicted[of], groups[of], order) for of in turns]
    if len(scores) == 1:
        return scores[0]
    names = sorted({str(x) for x in truth} | {str(x) for x in predicted})
    return replace(
        scores[0],
        macro_f1=float(np.mean([s.macro_f1 for s in scores])),
        accuracy=float(np.mean([s.accuracy for s in scores])),
        interval=macro_interval(truth, predicted, groups, names, repeat=repeat),
    )


def macro_interval(
    truth: Labels,
    predicted: Labels,
    groups: Ints,
    names: Sequence[str],
    draws: int = DRAWS,
    repeat: Ints | None = None,
) -> tuple[float, float]:
    """Give the 95 % interval of the macro F1: articles are drawn again and again, with replacement.

    Sentences of an article are alike, so resampling sentences would make the interval too narrow.

    Parameters
    ----------
    truth, predicted : sequence of str, length n_sentences
    groups : ndarray of int, shape (n_sentences,)
        Number of each sentence's article.
    names : sequence of str
        All labels.
    draws : int
    repeat : ndarray of int, shape (n_sentences,), optional
        Number of the repeat; the interval is that of the mean over repeats.
    """
    return interval(macro_f1(drawn_confusions(truth, predicted, groups, names, draws, repeat)).mean(axis=0))


def accuracy_interval(truth: Labels, predicted: Labels, groups: Ints, draws: int = DRAWS) -> tuple[float, float]:
    """Give the 95 % interval of the accuracy, by drawing articles as `macro_interval` does."""
    right = np.where(np.asarray(truth) == np.asarray(predicted), "right", "wrong")
    drawn = drawn_confusions(right, right, groups, ["right", "wrong"], draws)[0]
    return interval(drawn[:, 0, 0] / drawn.sum(axis=(1, 2)))


def f1_intervals(truth: Labels, predicted: Labels, groups: Ints, draws: int = DRAWS) -> dict[str, tuple[float, float]]:
    """Give the 95 % interval of the F1 of each label, by drawing articles as `macro_interval` does.

    Draws in which nobody has a label, nor was any given it, say nothing of it.
    """
    names = sorted({str(x) for x in truth} | {str(x) for x in predicted})
    drawn = drawn_confusions(truth, predicted, groups, names, draws)[0]
    right = np.diagonal(drawn, axis1=-2, axis2=-1)
    there = drawn.sum(axis=-1) + drawn.sum(axis=-2)
    f1 = 2 * right / np.maximum(there, 1)
    return {name: interval(f1[there[:, i] > 0, i]) for i, name in enumerate(names)}


def interval(drawn: Floats64) -> tuple[float, float]:
    """Give the middle 95 % of drawn figures."""
    low, high = np.quantile(drawn, [0.025, 0.975])
    return float(low), float(high)


def drawn_confusions(
    truth: Labels,
    predicted: Labels,
    groups: Ints,
    names: Sequence[str],
    draws: int = DRAWS,
    repeat: Ints | None = None,
) -> Floats64:
    """Draw articles with replacement and count what was predicted for what in each draw.

    The same articles are drawn in every call with as many of them, so that differences are paired.

    Returns
    -------
    ndarray of shape (n_repeats, draws, n_labels, n_labels)
        True labels in rows.
    """
    counts = article_counts(truth, predicted, groups, names, repeat)
    n_turns, n_articles, _ = counts.shape
    return (article_draws(n_articles, draws) @ counts).reshape(n_turns, draws, len(names), len(names))


def article_counts(
    truth: Labels, predicted: Labels, groups: Ints, names: Sequence[str], repeat: Ints | None = None
) -> Floats64:
    """Count what was predicted for what in each article.

    Returns
    -------
    ndarray of shape (n_repeats, n_articles, n_labels * n_labels)
        The cells of each confusion matrix, true labels first.
    """
    number = {name: i for i, name in enumerate(names)}
    cells = np.array([number[str(t)] * len(names) + number[str(p)] for t, p in zip(truth, predicted, strict=True)])
    _, article = np.unique(groups, return_inverse=True)
    _, turn = np.unique(np.zeros(len(cells)) if repeat is None else repeat, return_inverse=True)
    counts = np.zeros((int(turn.max()) + 1, int(article.max()) + 1, len(names) ** 2))
    np.add.at(counts, (turn, article, cells), 1)
    return counts


@lru_cache(maxsize=2)
def article_draws(n_articles: int, draws: int = DRAWS) -> Floats64:
    """Tell how often each article is drawn in each draw.

    Returns
    -------
    ndarray of shape (draws, n_articles)
        Every row sums to ``n_articles``; the same in every call.
    """
    drawn = np.random.default_rng(_SEED).integers(0, n_articles, (draws, n_articles))
    return np.stack([np.bincount(d, minlength=n_articles) for d in drawn]).astype(np.float64)


def macro_f1(confusion: Floats64) -> Floats64:
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
    n_true, n_predicted = confusion.sum(axis=-1), confusion.sum(axis=-2)
    f1 = 2 * right / np.maximum(n_true + n_predicted, 1)
    occurs = n_true > 0
    return np.asarray((f1 * occurs).sum(axis=-1) / np.maximum(occurs.sum(axis=-1), 1))
