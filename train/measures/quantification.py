"""Whether corrected shares are nearer to the truth: each part of the labelled articles, corrected by the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...classify.linear.known_errors import Errors
from ...classify.linear.quantification import Shares, estimate_shares, measure_errors
from ...data.arrays import Floats64, Ints, Strings

Table = tuple[tuple[str, ...], list[tuple[str, ...]]]
_PARTS = 5
_SEED = 0
_WAYS = ("adjusted", "probabilistic")
_NAMES = {"raw": "counted", "adjusted": "adjusted count", "probabilistic": "probabilistic adjusted count"}


@dataclass(frozen=True, slots=True, eq=False)
class ShareReport:
    """True shares of labels beside counted and corrected ones.

    Parameters
    ----------
    column : str
    labels : tuple of str
    articles : int
    true : ndarray of shape (n_labels,)
        Shares of all labelled sentences.
    estimates : dict of str to ndarray of shape (n_labels,)
        ``raw``, and where it can be corrected ``adjusted`` and ``probabilistic``: the mean over the parts, each
        corrected by the errors on the others and weighed by its sentences.
    errors : dict of str to float
        Mean distance from the true share, over parts and labels.
    covered : dict of str to float
        How many of the parts' 95 % intervals hold the true share of the part; for ways with intervals.
    note : str
    """

    column: str
    labels: tuple[str, ...]
    articles: int
    true: Floats64
    estimates: dict[str, Floats64]
    errors: dict[str, float]
    covered: dict[str, float]
    note: str

    def as_json(self) -> dict[str, Any]:
        """Give plain values; shares are from 0 to 1."""
        rows = {"true": self.true, **self.estimates}
        return {
            "column": self.column,
            "articles": self.articles,
            "labels": {label: {name: float(of[k]) for name, of in rows.items()} for k, label in enumerate(self.labels)},
            "mean_error": dict(self.errors),
            "covered": dict(self.covered),
            "note": self.note,
        }

    def tables(self) -> list[tuple[str, Table]]:
        """Give the report as tables with their titles, shares in per cent."""
        rows = {"true": self.true, **self.estimates}
        header = ("label", *(_NAMES.get(name, name) for name in rows))
        lines = [(label, *(percent(of[k]) for of in rows.values())) for k, label in enumerate(self.labels)]
        errors = ("mean distance from the truth", "", *(percent(self.errors[name]) for name in self.estimates))
        title = f"shares of {self.column} in per cent, each part corrected by the errors on the others"
        return [(title, (header, [*lines, errors]))]


def percent(share: float) -> str:
    """Write a share of 1 in per cent.

    >>> percent(0.12345)
    '12.3'
    """
    return f"{100 * share:.1f}"


def report_shares(
    truth: Sequence[str] | Strings,
    predicted: Sequence[str] | Strings,
    chances: Floats64,
    groups: Ints,
    labels: Sequence[str],
    *,
    column: str = "label",
) -> ShareReport:
    """Compare counted and corrected shares with the true ones.

    Parameters
    ----------
    truth, predicted : sequence of str, length n_sentences
        The predictions are those of models that had not seen the article.
    chances : ndarray of shape (n_sentences, n_labels)
        Calibrated, in the order of ``labels``.
    groups : ndarray of int, shape (n_sentences,)
        Number of each sentence's article.
    labels : sequence of str
        All that occur.
    column : str
        What was predicted.
    """
    number = {label: k for k, label in enumerate(labels)}
    told = np.array([number[str(x)] for x in truth], dtype=np.int64)
    given = np.array([number[str(x)] for x in predicted], dtype=np.int64)
    articles, article = np.unique(groups, return_inverse=True)
    part_of = np.random.default_rng(_SEED).permutation(len(articles))[article] % min(_PARTS, len(articles))
    found: list[tuple[Floats64, Shares]] = []
    for part in np.unique(part_of):
        here = part_of == part
        errors = _errors(column, labels, told[~here], given[~here], chances[~here], article[~here])
        counted = _errors(column, labels, told[here], given[here], chances[here], article[here])
        shares = estimate_shares(column, labels, counted.given.sum(axis=1), counted.chances.sum(axis=1), errors)
        found.append((np.bincount(told[here], minlength=len(labels)) / here.sum(), shares))
    return _report(column, tuple(labels), len(articles), np.bincount(told, minlength=len(labels)) / len(told), found)


def _errors(column: str, labels: Sequence[str], told: Ints, given: Ints, chances: Floats64, article: Ints) -> Errors:
    return measure_errors("these data", column, labels, told, given, chances, article, most=len(told))


def _report(
    column: str, labels: tuple[str, ...], n_articles: int, true: Floats64, found: Sequence[tuple[Floats64, Shares]]
) -> ShareReport:
    weights = np.array([of.counts.sum() for _, of in found])
    estimates = {"raw": np.average([of.raw for _, of in found], axis=0, weights=weights)}
    errors = {"raw": float(np.mean([np.abs(of.raw - part) for part, of in found]))}
    covered: dict[str, float] = {}
    for way in _WAYS:
        parts = [(part, getattr(of, way)) for part, of in found]
        if any(estimate is None for _, estimate in parts):
            continue
        estimates[way] = np.average([estimate.shares for _, estimate in parts], axis=0, weights=weights)
        errors[way] = float(np.mean([np.abs(estimate.shares - part) for part, estimate in parts]))
        if all(estimate.low is not None for _, estimate in parts):
            covered[way] = float(np.mean([(e.low <= part) & (part <= e.high) for part, e in parts]))
    note = next((of.note for _, of in found if of.adjusted is None), "")
    return ShareReport(column, labels, n_articles, true, estimates, errors, covered, note)
