"""Linear and logistic regressions on machine labels, corrected by a random sample that people labelled.

What is solved are the normal equations of a regression, with machine labels in all sentences and, weighed by how the
sample was drawn, the difference that people's labels make to them. With full trust in the machine that is design-based
supervised learning [1]_: for a linear regression, least squares on ``machine + weight * (people - machine)``. The trust
is chosen so that the coefficients vary least [2]_; without any it is the regression on the sample alone. Either the
outcome or a predictor may be the machine's.

References
----------
.. [1] N. Egami, M. Hinck, B. M. Stewart, H. Wei, "Using imperfect surrogates for downstream inference: Design-based
   supervised learning for social science applications of large language models", NeurIPS 2023.
.. [2] A. N. Angelopoulos, J. C. Duchi, T. Zrnic, "PPI++: Efficient prediction-powered inference", 2023.
"""

from dataclasses import dataclass

import numpy as np

from ...errors import SaysoError
from ..arrays import Floats64, Ints
from .clusters import spread, student, sums_by_cluster

_STEPS, _STILL = 100, 1e-9
_HALVINGS = 30
_WIDEST = 15.0  # log odds: chances that far from a half mean that labels are told apart without error
_UNSEEN = 0.25
"""Squared errors of a sort that the sample does not show. So many are added to the variance of a coefficient: where a
machine hardly errs, few sentences of a group may hold no error, and nothing varies. Without it the intervals of a group of
seven sentences held the truth in 86 % (``benchmarks/machine_labels.py``)."""
_MOST_LEVERAGE = 0.8  # of one sentence: its residual is blown up by 5 at most


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """Predictors and outcome of all sentences, by machine or by people.

    Parameters
    ----------
    predictors : ndarray of shape (n_sentences, n_terms)
    outcome : ndarray of shape (n_sentences,)
        By people it counts where the weight is not 0.
    """

    predictors: Floats64
    outcome: Floats64

    def moments(self, beta: Floats64, logistic: bool) -> Floats64:
        """Give each sentence's part of the normal equations: shape (n_sentences, n_terms)."""
        return np.asarray(self.predictors * (self.outcome - _mean(self.predictors @ beta, logistic))[:, None])

    def slope(self, beta: Floats64, logistic: bool, weights: Floats64) -> Floats64:
        """Give minus the derivative of the weighed moments' sum: shape (n_terms, n_terms)."""
        return np.asarray((self.predictors * (weights * self.curvature(beta, logistic))[:, None]).T @ self.predictors)

    def curvature(self, beta: Floats64, logistic: bool) -> Floats64:
        """Give how fast each sentence's expected outcome changes with its linear predictor."""
        if not logistic:
            return np.ones(len(self.outcome))
        chance = _mean(self.predictors @ beta, logistic)
        return np.asarray(chance * (1 - chance))


def _mean(linear: Floats64, logistic: bool) -> Floats64:
    return np.asarray(0.5 + 0.5 * np.tanh(linear / 2)) if logistic else linear


@dataclass(frozen=True, slots=True, eq=False)
class Fit:
    """Coefficients of a regression.

    Parameters
    ----------
    beta, error, low, high : ndarray of shape (n_terms,)
        Coefficients, their standard errors by article, and 95 % intervals.
    freedom : ndarray of shape (n_terms,)
        Degrees of freedom of each.
    trust : float
        How much the machine's labels count, from 0 to 1.
    """

    beta: Floats64
    error: Floats64
    low: Floats64
    high: Floats64
    freedom: Floats64
    trust: float


def fit_naive(machine: Side, articles: Ints, logistic: bool) -> Fit:
    """Fit as if the machine's labels were right: a plain regression, with errors by article."""
    equations = _Equations(machine, machine, np.ones(len(machine.outcome)), logistic)
    beta = equations.solve(0.0)
    inverse, n_articles = np.linalg.inv(equations.slope(beta, 0.0)), max(len(np.unique(articles)), 2)
    varies = spread(equations.moments(beta, 0.0) @ inverse.T, articles, n_articles)
    half = student(n_articles - 1) * varies.error
    return Fit(beta, varies.error, beta - half, beta + half, np.full(len(beta), n_articles - 1.0), 1.0)


def fit_corrected(
    machine: Side, people: Side, weights: Floats64, articles: Ints, logistic: bool, trust: float | None = None
) -> Fit:
    """Fit on machine labels corrected by people's.

    Parameters
    ----------
    machine, people : Side
        Of the same sentences and terms.
    weights : ndarray of shape (n_sentences,)
        For how many sentences each of the sample stands, 0 outside of it.
    articles : ndarray of int, shape (n_sentences,)
        Number of each sentence's article.
    logistic : bool
    trust : float, optional
        How much the machine's labels count, from 0 to 1; without it, so much that the coefficients vary least.

    Raises
    ------
    SaysoError
        If the equations have no solution: too few labels of people, or a predictor that tells the outcome without error.
    """
    equations = _Equations(machine, people, weights, logistic)
    n_articles = len(np.unique(articles[weights > 0]))
    if trust is None:
        trust = equations.best_trust(equations.first(), articles)
    return _fitted(equations, trust, articles, n_articles)


@dataclass(frozen=True, slots=True, eq=False)
class _Equations:
    """The corrected normal equations."""

    machine: Side
    people: Side
    weights: Floats64
    logistic: bool

    def moments(self, beta: Floats64, trust: float) -> Floats64:
        by_machine = trust * (1 - self.weights)[:, None] * self.machine.moments(beta, self.logistic)
        return np.asarray(by_machine + self.weights[:, None] * self.people.moments(beta, self.logistic))

    def slope(self, beta: Floats64, trust: float) -> Floats64:
        by_machine = self.machine.slope(beta, self.logistic, trust * (1 - self.weights))
        return np.asarray(by_machine + self.people.slope(beta, self.logistic, self.weights))

    def solve(self, trust: float) -> Floats64:
        """Solve by Newton's steps, halved where they lead away; a linear regression needs one."""
        beta = np.zeros(self.machine.predictors.shape[1])
        total = self.moments(beta, trust).sum(axis=0)
        scale = max(1.0, float(np.abs(total).max()))
        for _ in range(_STEPS):
            step = self._step(beta, total, trust)
            for _ in range(_HALVINGS):
                after = self.moments(beta + step, trust).sum(axis=0)
                if np.linalg.norm(after) <= np.linalg.norm(total) + _STILL * scale:
                    break
                step = step / 2
            beta, total = beta + step, after
            if np.abs(total).max() <= _STILL * scale * 10:
                break
        else:
            raise SaysoError(_UNSOLVED)
        if self.logistic and np.abs(self.machine.predictors @ beta).max() > _WIDEST:
            raise SaysoError(_UNSOLVED)
        return beta

    def first(self) -> Floats64:
        """Solve with full trust, or where that has no solution with none: shares by corrected outcomes may be negative."""
        try:
            return self.solve(1.0)
        except SaysoError:
            return self.solve(0.0)

    def _step(self, beta: Floats64, total: Floats64, trust: float) -> Floats64:
        try:
            step = np.linalg.solve(self.slope(beta, trust), total)
        except np.linalg.LinAlgError as error:
            raise SaysoError(_UNSOLVED) from error
        if not np.isfinite(step).all():
            raise SaysoError(_UNSOLVED)
        return np.asarray(step, dtype=np.float64)

    def best_trust(self, beta: Floats64, articles: Ints) -> float:
        """Give the trust with the least variance: the mean over coefficients, each by how sure the sample alone makes it."""
        turned = np.linalg.inv(self.slope(beta, 1.0)).T
        by_people = self.weights[:, None] * self.people.moments(beta, self.logistic)
        by_machine = (1 - self.weights)[:, None] * self.machine.moments(beta, self.logistic)
        alone, change = (sums_by_cluster(part @ turned, articles) for part in (by_people, by_machine))
        kept = slice(1, None) if alone.shape[1] > 1 else slice(None)  # the intercept only where there is nothing else
        size = np.maximum((alone**2).sum(axis=0)[kept], 1e-300)
        varies = ((change**2).sum(axis=0)[kept] / size).sum()
        return float(np.clip(-((alone * change).sum(axis=0)[kept] / size).sum() / varies, 0, 1)) if varies else 0.0


_UNSOLVED = (
    "the regression has no solution: the sample is too small, or a predictor determines the outcome "
    "completely. Label more sentences, leave a predictor out, or use --model linear."
)


def _fitted(equations: _Equations, trust: float, articles: Ints, n_articles: int) -> Fit:
    """Solve, and tell how sure the coefficients are."""
    beta = equations.solve(trust)
    inverse = np.linalg.inv(equations.slope(beta, trust))
    people, weights = equations.people, equations.weights
    reach = weights[:, None] * (people.predictors @ inverse.T)  # what a change of 1 in an outcome does to the coefficients
    leverage = people.curvature(beta, equations.logistic) * (reach * people.predictors).sum(axis=1)
    grown = 1 / (1 - np.clip((1 - trust) * leverage, 0, _MOST_LEVERAGE))  # what fitting took from the residuals
    varies = spread((equations.moments(beta, trust) * grown[:, None]) @ inverse.T, articles, n_articles)
    n = int((weights > 0).sum())
    varies = varies.with_more(n / max(n - len(beta) * trust, 1), _UNSEEN * _typical(reach**2) * _size(people.outcome))
    return Fit(beta, varies.error, beta - varies.half_width, beta + varies.half_width, varies.freedom, trust)


def _typical(squares: Floats64) -> Floats64:
    """Average squares over the sentences that they belong to: each weighs as much as it counts."""
    return np.asarray((squares**2).sum(axis=0) / np.maximum(squares.sum(axis=0), 1e-300))


def _size(outcome: Floats64) -> float:
    """Give the squared size of an error: 1 of a label, the variance of other figures."""
    return 1.0 if outcome.min() >= 0 and outcome.max() <= 1 else float(outcome.var())
