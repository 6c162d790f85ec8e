"""The text classifier as annotating and scoring need it: linear models of named features, one after another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, Self, TypeVar

import numpy as np

from ...data.arrays import Floats32, Floats64, Ints, Strings, softmax
from ..kinds.features import Features
from ..linear.composed import Composed
from ..linear.hashed import Table, Weights
from ..linear.named import SentenceModel
from ..linear.neighbours import STEPS, around
from ..stance_bias.bias import Tokens, joined_rows
from .recipe import Recipe


class Laid(Protocol):
    """Features of sentences: in training a sparse matrix (`LaidOut`), at work names and values (`reader.Named`)."""

    def take(self, index: Ints, /) -> Self:
        """Give some of the sentences."""
        ...

    def logits(self, model: SentenceModel, /) -> Floats64:
        """Score all sentences."""
        ...

    def beside(self, names: Sequence[str], values: Floats32, /) -> Self:
        """Add features: ``values`` has the shape (n_sentences, n_new)."""
        ...

    def with_rows(self, rows: Sequence[Features], /) -> Self:
        """Add features by name, a row for each sentence."""
        ...


L = TypeVar("L", bound=Laid)
L_co = TypeVar("L_co", bound=Laid, covariant=True)


class Sentences(Protocol[L_co]):
    """What the classifier looks at: `train.wording.rows.TextRows`, or the `reader.Page` of an article."""

    @property
    def laid(self) -> L_co:
        """The features."""
        ...

    @property
    def targets(self) -> Strings:
        """Towards whom; empty strings where there is nobody."""
        ...

    @property
    def groups(self) -> Ints:
        """Number of each sentence's article."""
        ...

    @property
    def tokens(self) -> list[Tokens]:
        """The words; none where loaded ones are not looked for."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class TextModel(Composed):
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
    word_threshold : float
        Words that score less are not told.
    targets : mapping of str to tuple of str
        The targets that it learned from, and their other names.
    blend : mapping of str to float
        How much each of the models that make up the last one has to say, 1 in all; empty where there is one.
    encoder : mapping or None
        Name and digest of the encoder whose vectors are features.
    tried : tuple of (str, float)
        The settings that were searched, and their macro F1 inside the training articles; the best first.
    own : mapping of str to SentenceModel
        What is learned from the sentences towards one target alone, where there are enough.
    share : float
        From 0 to 1: how much these have to say; the rest is what all targets share.
    told_from : tuple of float
        Of stances: the chance from which each label is told, above 1 for one that is never told; empty where none is.
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
    word_threshold: float = 0.0
    targets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    told_from: tuple[float, ...] = ()
    blend: Mapping[str, float] = field(default_factory=dict)

    @property
    def main(self) -> SentenceModel:
        """The model that gives task and labels."""
        return self.sentences

    @property
    def chosen(self) -> tuple[str, ...]:
        """What the training articles decided: the settings, where they were searched; how much targets' own models say."""
        settings = (self.tried[0][0],) if self.tried else ()
        if any(self.blend.values()):  # of very few sentences, no model tells them apart: then all shares are 0
            settings = (*settings, ", ".join(f"weight of {name}: {share:g}" for name, share in self.blend.items()))
        return (*settings, f"weight of the targets' own models: {self.share:g}") if self.own else settings

    def describe(self, rows: Sentences[L]) -> L:
        """Give all features of sentences, what the earlier models say among them."""
        laid = rows.laid
        said = [(model.task, model.labels, laid.logits(model)) for model in self.also]
        before = None if self.before is None else laid.logits(self.before)
        names, values = said_features(said, before, self.labels, rows.groups)
        laid = laid.beside(names, values)
        if self.words is None or not rows.tokens:
            return laid
        return laid.with_rows(loaded_features(word_scores(self.words, rows.tokens), rows))

    def logits(self, laid: Laid, rows: Sentences[L]) -> Floats64:
        """Give the scores of each label before calibration.

        Parameters
        ----------
        laid : Laid
            As `describe` gives it for the rows.
        rows : Sentences

        Returns
        -------
        ndarray of shape (n_rows, n_labels)
        """
        found = laid.logits(self.sentences)
        for target, own in self.own.items():
            here = np.flatnonzero(rows.targets == target)
            if len(here):
                found[here] = blended(found[here], laid.take(here).logits(own), self.share)
        return found

    def outputs(self, rows: Sentences[L]) -> Floats64:
        """Give the calibrated scores of each label.

        Returns
        -------
        ndarray of shape (n_rows, n_labels)
        """
        return self.logits(self.describe(rows), rows) * self.sentences.scale + self.sentences.shift


def blended(shared: Floats64, own: Floats64, share: float) -> Floats64:
    """Put together what the shared model says, and what the target's own does."""
    return (1 - share) * shared + share * own


def word_scores(words: Weights, tokens: Sequence[Tokens]) -> list[Floats32]:
    """Score the words of sentences."""
    if not tokens:
        return []
    scores = Table.of(words).scores(np.concatenate([t.hashes for t in tokens]))[0]
    return np.split(scores, np.cumsum([len(t.whose) for t in tokens])[:-1])


def loaded_features(scores: Sequence[Floats32], rows: Sentences[L]) -> list[Features]:
    """Describe sentences by how loaded their words are, and those around them."""
    found: list[Features] = [{} for _ in scores]
    for group in np.unique(rows.groups):
        index = np.flatnonzero(rows.groups == group).tolist()
        for i, row in zip(index, joined_rows([(scores[i], rows.tokens[i].whose) for i in index]), strict=True):
            found[i] = {f"loaded {name}": value for name, value in row.items()}
    return found


def said_features(
    also: Sequence[tuple[str, Sequence[str], Floats64]], before: Floats64 | None, labels: Sequence[str], groups: Ints
) -> tuple[list[str], Floats32]:
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
        parts += [before - before.mean(axis=1, keepdims=True), *around(softmax(before), groups)]
    return names, np.concatenate(parts, axis=1).astype(np.float32)
