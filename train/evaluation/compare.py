"""Two sets of predictions on the same sentences: which is better, by how much, and whether that is settled.

Articles are what is drawn, swapped and counted: sentences of an article are alike, and tests over sentences would find
differences that are not there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ...data.arrays import Floats64, Strings
from ...errors import SaysoError
from ..folds.unseen import TOO_GOOD
from ..measures.as_json import plain
from ..measures.scores import (
    DRAWS,
    Score,
    article_counts,
    drawn_confusions,
    interval,
    macro_f1,
    score,
    score_folds,
    score_repeats,
)
from .predictions import Predictions

PERMUTATIONS = 10_000
SURE = 0.05
"""A difference is settled only where every test that is given has a smaller p."""
_SEED, _BLOCK = 0, 1000


@dataclass(frozen=True, slots=True)
class FoldDifference:
    """Macro F1 of both on one held-out fold."""

    repeat: int
    fold: int
    a: float
    b: float


@dataclass(frozen=True, slots=True)
class ResampledTest:
    """Corrected resampled t-test over the folds (Nadeau, Bengio, Machine Learning 2003).

    Parameters
    ----------
    difference : float
        Mean over the folds.
    t : float
    p : float
        Two-sided, with as many degrees of freedom as folds less one.
    """

    difference: float
    t: float
    p: float


@dataclass(frozen=True, slots=True)
class Flip:
    """A sentence that the two label differently; ``text`` is empty where only predictions were given."""

    article: str
    n: int
    target: str
    truth: str
    a: str
    b: str
    text: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Comparison:
    """B beside A.

    Parameters
    ----------
    a_name, b_name : str
    articles, sentences : int
        That both have labelled.
    a, b : Score
    usual : str
        The most frequent label of the sentences.
    usual_score : Score
        Of that label given to every sentence.
    difference : float
        Macro F1 of B less that of A; with repeats the mean.
    interval : (float, float)
        95 % of it, by drawing articles, the same for both.
    permutation_p : float
        How often a difference as large comes about where articles change sides at random.
    resampled : ResampledTest or None
        None where the two do not come from the same folds.
    folds : tuple of FoldDifference
    b_better, a_better, even : int
        Articles in which B, A or neither has more sentences right; of the first repeat.
    mended, broken, other : tuple of Flip
        Wrong in A and right in B; right in A and wrong in B; differently wrong. Of the first repeat.
    notes : tuple of str
    """

    a_name: str
    b_name: str
    articles: int
    sentences: int
    a: Score
    b: Score
    usual: str
    usual_score: Score
    difference: float
    interval: tuple[float, float]
    permutation_p: float
    resampled: ResampledTest | None
    folds: tuple[FoldDifference, ...]
    b_better: int
    a_better: int
    even: int
    mended: tuple[Flip, ...]
    broken: tuple[Flip, ...]
    other: tuple[Flip, ...]
    notes: tuple[str, ...]

    def __repr__(self) -> str:
        """Give the verdict."""
        return f"Comparison: {self.verdict}"

    @property
    def sign(self) -> int:
        """1 where differences are given as B less A, -1 where as A less B: the better one first."""
        return -1 if self.difference < 0 else 1

    @property
    def usual_name(self) -> str:
        """What the row of the most frequent label is called; it says where others are as frequent."""
        most = max(x.support for x in self.a.labels)
        others = [x.label for x in self.a.labels if x.support == most and x.label != self.usual]
        tied = f", tied with {others[0] if len(others) == 1 else f'{len(others)} other labels'}" if others else ""
        return f"always the most frequent label ({self.usual}{tied})"

    @property
    def difference_name(self) -> str:
        """What the difference is called, with the sign that it has in the verdict."""
        return " minus ".join(self.names)

    @property
    def names(self) -> tuple[str, str]:
        """The better one by macro F1, and the other; of two that are even B and A."""
        return (self.b_name, self.a_name) if self.sign > 0 else (self.a_name, self.b_name)

    @property
    def doubts(self) -> tuple[str, ...]:
        """Say what speaks against taking the difference for settled; empty where nothing does."""
        if self.interval[0] <= 0 <= self.interval[1]:
            return ("the interval includes 0",)
        found = []
        if self.permutation_p >= SURE:
            found.append(f"p = {self.permutation_p:.4f} by the permutation test")
        if self.resampled and self.resampled.p >= SURE:
            found.append(f"p = {self.resampled.p:.4f} by the t-test over folds")
        elif self.resampled and self.resampled.difference * self.difference < 0:
            found.append("the mean over the folds has the opposite sign")
        if any(note.endswith(TOO_GOOD) for note in self.notes):
            found.append("some of the articles are not new to a model")
        return tuple(found)

    @property
    def verdict(self) -> str:
        """Say it in a sentence: of the better one, whichever was named first."""
        return self._told(self.sign)

    @property
    def verdict_of_b(self) -> str:
        """Say it in a sentence of B, with the signs of ``difference`` and ``interval``."""
        return self._told(1)

    def _told(self, sign: int) -> str:
        """Say it of B (1) or of A (-1)."""
        one, other = (self.b_name, self.a_name) if sign > 0 else (self.a_name, self.b_name)
        low, high = sorted(100 * sign * end for end in self.interval)
        by, is_more = abs(100 * self.difference), sign * self.difference > 0
        if by < 0.05:
            said = f"{one} and {other} score the same"
        elif self.doubts:
            more = "higher" if is_more else "lower"
            said = f"No clear difference between {one} and {other}: {one} scores {by:.1f} points of macro F1 {more}"
        else:
            said = f"{one} is {'better' if is_more else 'worse'} than {other} by {by:.1f} points of macro F1"
        settled = f"not certain: {', '.join(self.doubts)}" if self.doubts else "all tests confirm it"
        return f"{said}, 95 % interval {low:z.1f} to {high:z.1f}; {settled}."

    @property
    def cautions(self) -> tuple[str, ...]:
        """Say what macro F1 alone would hide: accuracy that says the opposite, or is below that of the usual label."""
        found = []
        gained = self.b.accuracy - self.a.accuracy
        if gained * self.difference < 0 and abs(gained) >= 0.0005:
            better, worse = self.names
            found.append(f"By accuracy, however, {worse} is better than {better}, by {abs(100 * gained):.1f} points.")
        beaten = [
            name for name, of in ((self.a_name, self.a), (self.b_name, self.b)) if of.accuracy < self.usual_score.accuracy
        ]
        if beaten:
            found.append(
                f"Always giving the most frequent label ({self.usual}) has more sentences correct than "
                f"{' and '.join(beaten)}: accuracy {self.usual_score.accuracy:.3f}."
            )
        return tuple(found)

    def as_json(self) -> dict[str, Any]:
        """Give plain values."""
        found: dict[str, Any] = plain(self)
        return {"verdict": self.verdict, "cautions": list(self.cautions), **found}


def compare(a: Predictions, b: Predictions, a_name: str = "A", b_name: str = "B") -> Comparison:
    """Compare two sets of predictions.

    Parameters
    ----------
    a, b : Predictions
    a_name, b_name : str

    Raises
    ------
    SaysoError
        If they have no sentences in common, or those have other labels.
    """
    a, b, notes = aligned(a, b)
    names = sorted({*map(str, a.truth), *map(str, a.predicted), *map(str, b.predicted)})
    labels = tuple(dict.fromkeys((*a.labels, *b.labels)))
    drawn = [
        macro_f1(drawn_confusions(of.truth, of.predicted, of.groups, names, DRAWS, of.repeat)).mean(axis=0) for of in (a, b)
    ]
    scores = [score_repeats(of.truth, of.predicted, of.groups, of.repeat, labels) for of in (a, b)]
    folds = _fold_differences(a, b)
    first, second = a.first(), b.first()
    flipped = np.flatnonzero(first.predicted != second.predicted)
    flips = [_flip(first, second, i) for i in flipped.tolist()]
    articles = _by_article(second) - _by_article(first)
    usual = most_frequent(first.truth)
    difference = scores[1].macro_f1 - scores[0].macro_f1
    return Comparison(
        a_name=a_name,
        b_name=b_name,
        articles=len(articles),
        sentences=len(first),
        a=scores[0],
        b=scores[1],
        usual=usual,
        usual_score=score(first.truth, np.full(len(first), usual), first.groups, labels),
        difference=difference,
        interval=interval(drawn[1] - drawn[0]),
        permutation_p=permutation_test(a, b, names),
        resampled=resampled_test(folds, _test_over_train(a)) if len(folds) > 1 else None,
        folds=tuple(folds),
        b_better=int((articles > 0).sum()),
        a_better=int((articles < 0).sum()),
        even=int((articles == 0).sum()),
        mended=tuple(f for f in flips if f.b == f.truth),
        broken=tuple(f for f in flips if f.a == f.truth),
        other=tuple(f for f in flips if f.truth not in (f.a, f.b)),
        notes=tuple(notes),
    )


def most_frequent(labels: Strings) -> str:
    """Give the label that most sentences have; of several the first by name."""
    names, counts = np.unique(labels, return_counts=True)
    return str(names[int(counts.argmax())])


def aligned(a: Predictions, b: Predictions) -> tuple[Predictions, Predictions, list[str]]:
    """Put the sentences that both have into one order.

    Raises
    ------
    SaysoError
        If there are none, or their labels differ.
    """
    where = {key: i for i, key in enumerate(_keys(b))}
    pairs = [(i, where[key]) for i, key in enumerate(_keys(a)) if key in where]
    if not pairs:
        raise SaysoError("the two have no sentences in common; compare predictions on the same data.")
    left, right = np.array(pairs).T
    kept_a, kept_b = a.take(left), b.take(right)
    if n := int((kept_a.truth != kept_b.truth).sum()):
        raise SaysoError(f"{n} sentences have different labels in the two; compare predictions made with the same labels.")
    notes = [
        f"Left out: {n:,} predictions by {name} on sentences that the other does not have."
        for name, n in (("A", len(a) - len(pairs)), ("B", len(b) - len(pairs)))
        if n
    ]
    return kept_a, replace(kept_b, groups=kept_a.groups), notes


def _keys(found: Predictions) -> list[tuple[object, ...]]:
    columns = (found.articles, found.n, found.start, found.digest, found.target, found.repeat)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def _fold_differences(a: Predictions, b: Predictions) -> list[FoldDifference]:
    if (a.fold < 0).any() or (a.fold != b.fold).any():
        return []
    both = [score_folds(of.truth, of.predicted, of.groups, of.repeat, of.fold) for of in (a, b)]
    return [FoldDifference(x.repeat, x.fold, x.macro_f1, y.macro_f1) for x, y in zip(*both, strict=True)]


def _test_over_train(found: Predictions) -> float:
    """Give the size of a test side as a multiple of the training side's, of folds of one size."""
    return 1 / (len(np.unique(found.fold)) - 1)


def resampled_test(folds: Sequence[FoldDifference], test_over_train: float) -> ResampledTest:
    """Test the differences of folds; their training sides overlap, so the variance is corrected.

    Parameters
    ----------
    folds : sequence of FoldDifference
        Two or more.
    test_over_train : float
        Sentences of a test side for each of the training side.

    Examples
    --------
    >>> folds = [FoldDifference(0, k, 0.5, 0.5 + d) for k, d in enumerate([0.02, 0.04, 0.06])]
    >>> found = resampled_test(folds, 0.5)
    >>> round(found.difference, 3), round(found.t, 3), round(found.p, 3)
    (0.04, 2.191, 0.16)
    """
    from scipy.stats import t as student

    differences = np.array([f.b - f.a for f in folds])
    n, mean, variance = len(differences), float(differences.mean()), float(differences.var(ddof=1))
    if variance == 0:
        return ResampledTest(mean, 0.0 if mean == 0 else float(np.sign(mean)) * 1e9, 1.0 if mean == 0 else 0.0)
    t = mean / np.sqrt((1 / n + test_over_train) * variance)
    return ResampledTest(mean, float(t), float(2 * student.sf(abs(t), n - 1)))


def permutation_test(a: Predictions, b: Predictions, names: Sequence[str], draws: int = PERMUTATIONS) -> float:
    """Let each article's predictions change sides or stay, at random, and count the differences that are as large.

    Returns
    -------
    float
        Two-sided p; the observed arrangement counts as one of them.
    """
    counts_a, counts_b = (article_counts(of.truth, of.predicted, of.groups, names, of.repeat) for of in (a, b))
    swap = counts_b - counts_a
    rng = np.random.default_rng(_SEED)
    observed = _difference(counts_a.sum(axis=1, keepdims=True), counts_b.sum(axis=1, keepdims=True))[0]
    as_large = 0
    for start in range(0, draws, _BLOCK):
        swapped = rng.integers(0, 2, (min(_BLOCK, draws - start), swap.shape[1])) @ swap
        found = _difference(counts_a.sum(axis=1, keepdims=True) + swapped, counts_b.sum(axis=1, keepdims=True) - swapped)
        as_large += int((np.abs(found) >= abs(observed) - 1e-12).sum())
    return (1 + as_large) / (1 + draws)


def _difference(a: Floats64, b: Floats64) -> Floats64:
    """Give the mean over repeats of B's macro F1 less A's, from cells of shape (n_repeats, n_draws, n_cells)."""
    n = round(a.shape[-1] ** 0.5)
    f1 = [macro_f1(cells.reshape(*cells.shape[:-1], n, n)) for cells in (a, b)]
    return np.asarray((f1[1] - f1[0]).mean(axis=0))


def _by_article(found: Predictions) -> Floats64:
    """Count the right sentences of each article."""
    _, article = np.unique(found.groups, return_inverse=True)
    return np.asarray(np.bincount(article, found.right), dtype=np.float64)


def _flip(a: Predictions, b: Predictions, i: int) -> Flip:
    return Flip(str(a.articles[i]), int(a.n[i]), str(a.target[i]), str(a.truth[i]), str(a.predicted[i]), str(b.predicted[i]))
