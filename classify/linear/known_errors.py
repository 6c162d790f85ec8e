"""What a model made of sentences whose label is known: kept in its file, to correct counts by."""

from dataclasses import dataclass

import numpy as np

from ...data.arrays import Bools, Floats64

_BLURRED = 1e-3  # a rate matrix with a smaller singular value cannot be turned round
_MOVED = 1e-3  # along a direction of length 1: a label that moves less is hardly touched


@dataclass(frozen=True, slots=True, eq=False)
class Errors:
    """What a classifier made of sentences whose label is known, in articles that it had not seen.

    Parameters
    ----------
    data : str
        Name of the labelled data.
    column : str
        What was predicted: ``kind``, ``source_type``, or a label column of the user's own.
    labels : tuple of str
    given : ndarray of shape (n_articles, n_labels, n_labels)
        How many sentences of a true label (row) were given a label (column).
    chances : ndarray of shape (n_articles, n_labels, n_labels)
        The chances of the labels (columns), summed over the sentences of a true label (row).
    """

    data: str
    column: str
    labels: tuple[str, ...]
    given: Floats64
    chances: Floats64

    def __post_init__(self) -> None:
        """Check the shapes."""
        n = len(self.labels)
        if self.given.shape != self.chances.shape or self.given.shape[1:] != (n, n):
            raise ValueError(f"{n} labels do not fit arrays of {self.given.shape} and {self.chances.shape}.")

    @property
    def unknown(self) -> str | None:
        """Say why nothing can be corrected by these errors; None where it can."""
        n_articles = (self.given.sum(axis=2) > 0).sum(axis=0)
        if (n_articles < 2).any():
            label = self.labels[int(n_articles.argmin())]
            return f"{label!r} occurs in fewer than two of the articles on which errors were measured"
        for counted in (self.given, self.chances):
            if blurred_labels(rates_of(counted.sum(axis=0))[None]).any():
                return "the model confuses the labels too often"
        return None


def rates_of(errors: Floats64) -> Floats64:
    """Turn counts by true label (rows) into rates; columns are the true labels then, and each sums to 1."""
    return np.swapaxes(errors / np.maximum(errors.sum(axis=-1, keepdims=True), 1e-12), -1, -2)


def blurred_labels(rates: Floats64) -> Bools:
    """Find the labels whose shares the rates do not tell.

    Parameters
    ----------
    rates : ndarray of shape (n_matrices, n_labels, n_labels)
        See `rates_of`.

    Returns
    -------
    ndarray of bool, shape (n_matrices, n_labels)
        True for labels whose shares can change together while hardly anything else is counted.
    """
    _, sizes, directions = np.linalg.svd(rates)
    moved = np.abs(directions) > _MOVED  # a row a direction in which shares can change
    return np.asarray((moved & (sizes < _BLURRED)[..., None]).any(axis=1))
