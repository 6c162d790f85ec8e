"""The text classifier as annotating and scoring need it: linear models of named features, one after another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from .bias import Tokens, joined_rows
from .features import Features
from .hashed import Table, Weights
from .recipe import Recipe
from .sentence_model import SentenceModel

if TYPE_CHECKING:  # scipy is for training
    from .laid_out import LaidOut
    from .text_rows import TextRows

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Strings = NDArray[np.str_]
STEPS = (-2, -1, 1, 2)


@dataclass(frozen=True, slots=True, eq=False)
class TextModel:
    """A classifier of sentences, and the models whose answers it looks at.

    Parameters
    ----------
    sentences : SentenceModel
        Gives the label; of a stance, what all targets share.
    recipe : Recipe
    also : tuple of SentenceModel
        A model of each column that is learned along.
    before : SentenceModel or None
        The first pass, whose answers for the sentences around are features; None without a second one.
    words : Weights or None
        A model of words, which tells loaded ones; None where none were marked.
    encoder : mapping or None
        Name and digest of the encoder whose vectors are features.
    tried : tuple of (str, float)
        The settings that were searched, and their macro F1 inside the training articles; the best first.
    own : mapping of str to SentenceModel
        What is learned from the sentences towards one target alone, where there are enough.
    share : float
        From 0 to 1: how much these have to say; the rest is what all targets share.
    """

    sentences: SentenceModel
    recipe: Recipe
    also: tuple[SentenceModel, ...] = ()
    before: SentenceModel | None = None
    words: Weights | None = None
    encoder: Mapping[str, Any] | None = None
    tried: tuple[tuple[str, float], ...] = ()
    own: Mapping[str, SentenceModel] = field(default_factory=dict)
    share: float = 0.0

    @property
    def task(self) -> str:
        """The task's name."""
        return self.sentences.task

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels, in the order of the chances."""
        return self.sentences.labels

    def describe(self, rows: "TextRows") -> "LaidOut":
        """Give all features of sentences, what the earlier models say among them."""
        laid = rows.laid
        said = [(model.task, model.labels, laid_logits(model, laid)) for model in self.also]
        before = None if self.before is None else laid_logits(self.before, laid)
        names, values = said_features(said, before, self.labels, rows.groups)
        laid = laid.beside(names, values)
        return laid if self.words is None else laid.with_rows(loaded_features(word_scores(self.words, rows.tokens), rows))

    def logits(self, laid: "LaidOut", targets: Strings) -> Floats:
        """Give the scores of each label before calibration.

        Parameters
        ----------
        laid : LaidOut
            As `describe` gives it.
        targets : ndarray of str, shape (n_rows,)

        Returns
        -------
        ndarray of shape (n_rows, n_labels)
        """
        found = laid_logits(self.sentences, laid)
        for target, own in self.own.items():
            here = np.flatnonzero(targets == target)
            if len(here):
                found[here] = blended(found[here], laid_logits(own, laid.take(here)), self.share)
        return found

    def outputs(self, rows: "TextRows") -> Floats:
        """Give the calibrated scores of each label.

        Returns
        -------
        ndarray of shape (n_rows, n_labels)
        """
        return self.logits(self.describe(rows), rows.targets) * self.sentences.scale + self.sentences.shift


def blended(shared: Floats, own: Floats, share: float) -> Floats:
    """Put together what the shared model says, and what the target's own does."""
    return (1 - share) * shared + share * own


def word_scores(words: Weights, tokens: Sequence[Tokens]) -> list[NDArray[np.float32]]:
    """Score the words of sentences."""
    if not tokens:
        return []
    scores = Table.of(words).scores(np.concatenate([t.hashes for t in tokens]))[0]
    return np.split(scores, np.cumsum([len(t.whose) for t in tokens])[:-1])


def loaded_features(scores: Sequence[NDArray[np.float32]], rows: "TextRows") -> list[Features]:
    """Describe sentences by how loaded their words are, and those around them."""
    found: list[Features] = [{} for _ in scores]
    for group in np.unique(rows.groups):
        index = np.flatnonzero(rows.groups == group).tolist()
        for i, row in zip(index, joined_rows([(scores[i], rows.tokens[i].whose) for i in index]), strict=True):
            found[i] = {f"loaded {name}": value for name, value in row.items()}
    return found


def laid_logits(model: SentenceModel, laid: "LaidOut") -> Floats:
    """Do what `SentenceModel.logits` does, for all sentences of a matrix at once."""
    known = {name: i for i, name in enumerate(model.features)}
    at = np.array([known.get(name, -1) for name in laid.names], dtype=np.int64)
    weights = np.zeros((len(at), len(model.labels)), np.float32)
    weights[at >= 0] = model.weights[at[at >= 0]]
    return np.asarray(laid.matrix @ weights + model.bias, dtype=np.float64)


def chances(logits: Floats) -> Floats:
    """Turn scores into chances.

    Parameters
    ----------
    logits : ndarray of shape (n_rows, n_labels)
    """
    odds = np.exp(logits - logits.max(axis=1, keepdims=True))
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def said_features(
    also: Sequence[tuple[str, Sequence[str], Floats]], before: Floats | None, labels: Sequence[str], groups: Ints
) -> tuple[list[str], NDArray[np.float32]]:
    """Make features of what earlier models say.

    Parameters
    ----------
    also : sequence of (str, sequence of str, ndarray of shape (n_rows, n_labels))
        The columns that are learned along, their labels, and what their models say.
    before : ndarray of shape (n_rows, n_labels) or None
        The outputs of the first pass.
    labels : sequence of str
        Of the first pass.
    groups : ndarray of int, shape (n_rows,)
        Number of each sentence's article; its sentences stand together, in order.

    Returns
    -------
    list of str, ndarray of shape (n_rows, n_features)
    """
    names: list[str] = []
    parts = [np.zeros((len(groups), 0))]
    for column, kinds, logits in also:
        names += [f"likely {column}: {kind}" for kind in kinds]
        parts.append(logits - logits.mean(axis=1, keepdims=True))
    if before is not None:
        names += [f"at first: {label}" for label in labels]
        names += [f"at first, {step:+d}: {label}" for step in STEPS for label in labels]
        names += [f"rest of the article: {label}" for label in labels]
        parts += [before - before.mean(axis=1, keepdims=True), *around(chances(before), groups)]
    return names, np.concatenate(parts, axis=1).astype(np.float32)


def around(likely: Floats, groups: Ints) -> list[Floats]:
    """Give the chances of the sentences around each, then the mean of its article's others; 0 where there is none.

    Returns
    -------
    list of ndarray of shape (n_rows, n_labels)
        One for each of ``STEPS``, and the mean.

    Examples
    --------
    >>> likely = np.array([[0.9, 0.1], [0.2, 0.8], [0.5, 0.5]])
    >>> around(likely, np.array([0, 0, 1]))[2].tolist()
    [[0.2, 0.8], [0.0, 0.0], [0.0, 0.0]]
    """
    n = len(groups)
    found: list[Floats] = []
    for step in STEPS:
        at = np.arange(n) + step
        inside = (at >= 0) & (at < n)
        inside[inside] = groups[at[inside]] == groups[inside]
        part = np.zeros_like(likely)
        part[inside] = likely[at[inside]]
        found.append(part)
    _, number, counts = np.unique(groups, return_inverse=True, return_counts=True)
    total = np.zeros((len(counts), likely.shape[1]))
    np.add.at(total, number, likely)
    return [*found, (total[number] - likely) / np.maximum(counts[number] - 1, 1)[:, None]]
