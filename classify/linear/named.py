"""The model of a sentence task at work: weights of named features, and what spoke for a label."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from ...data.arrays import Floats32, Floats64, softmax
from .feature_matrix import Described, Vocabulary
from .known_errors import Errors
from .label_pairs import OUTPUTS, VOICE

Batch = Described | Sequence[Mapping[str, float]]
Rivals = tuple[str, tuple[str, ...]]
"""A label, and the labels that it competes with."""


@dataclass(frozen=True, slots=True, eq=False)
class SentenceModel:
    """A linear model that labels sentences from named features.

    A label's chance is the softmax of ``scale * (features @ weights + bias) + shift``.

    Parameters
    ----------
    task : str
    labels : tuple of str, length n_labels
    features : sequence of str, length n_features
    weights : ndarray of float32, shape (n_features, n_labels)
    bias : ndarray of float32, shape (n_labels,)
    scale, shift : ndarray of float32, shape (n_labels,)
        The calibration; ones and zeros change nothing.
    threshold : float
        Below this chance of the likeliest label the model abstains.
    errors : tuple of Errors
        What it made of held-out articles, by which counts are corrected; first those to prefer.
    reader : mapping of str to str, or None
        Name and digest of the word reader that features come from.

    Examples
    --------
    >>> weights, bias = np.array([[3, 0]], np.float32), np.array([-1, 0], np.float32)
    >>> model = SentenceModel("kind", ("quote", "narrative"), ["quoted"], weights, bias)
    >>> model.scores({"quoted": 1.0, "never seen": 1.0}).round(2)
    array([0.88, 0.12], dtype=float32)
    """

    task: str
    labels: tuple[str, ...]
    features: Sequence[str]
    weights: Floats32
    bias: Floats32
    scale: Floats32 = field(default_factory=lambda: np.ones(1, np.float32))
    shift: Floats32 = field(default_factory=lambda: np.zeros(1, np.float32))
    threshold: float = 0.0
    errors: tuple[Errors, ...] = ()
    reader: Mapping[str, str] | None = None
    vocabulary: Vocabulary = field(init=False, repr=False)
    names: list[str] = field(init=False, repr=False)
    _table: Floats32 = field(init=False, repr=False)
    _rows: dict[Rivals, int] = field(init=False, repr=False)
    _above: list[Floats64] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Check the shapes; number the features by name, so that of equal reasons the first by name counts."""
        n = len(self.labels)
        shapes = (self.weights.shape, self.bias.shape, self.scale.shape, self.shift.shape)
        if shapes[:2] != ((len(self.features), n), (n,)) or any(s not in ((n,), (1,)) for s in shapes[2:]):
            raise ValueError(f"{n} labels and {len(self.features)} features do not fit arrays of {shapes}.")
        order = sorted(range(len(self.features)), key=self.features.__getitem__)
        vocabulary = Vocabulary(self.features[row] for row in order)
        if len(vocabulary) < len(order):
            raise ValueError("a feature occurs twice.")
        object.__setattr__(self, "vocabulary", vocabulary)
        object.__setattr__(self, "names", list(self.vocabulary))
        object.__setattr__(self, "_table", self.weights[order])
        object.__setattr__(self, "_rows", {})
        object.__setattr__(self, "_above", [])

    @property
    def is_paired(self) -> bool:
        """Whether it gives kind and source type together; a column of the user's own may have the same name."""
        return self.task == VOICE and self.labels == OUTPUTS

    def scores(self, features: Mapping[str, float]) -> Floats32:
        """Give the chance of each label; they sum to 1. Features that the model never saw count nothing."""
        chances: Floats32 = self.predict([features])[0]
        return chances

    def predict(self, batch: Batch) -> Floats32:
        """Give the chances of many sentences at once.

        Parameters
        ----------
        batch : Described, or sequence of mapping of str to float
            Described with this model's vocabulary, or by name.

        Returns
        -------
        ndarray of shape (n_sentences, n_labels)
        """
        return softmax(self.outputs(batch))

    def outputs(self, batch: Batch) -> Floats32:
        """Give the calibrated scores of each sentence, before they become chances.

        Returns
        -------
        ndarray of shape (n_sentences, n_labels)
        """
        return self.logits(batch) * self.scale + self.shift

    def logits(self, batch: Batch) -> Floats32:
        """Sum the weights of each sentence's features and the bias, before calibration."""
        d = self._described(batch)
        weighed = self._table.take(d.column, axis=0) * d.value.astype(np.float32)[:, None]
        sums = np.empty((d.n, len(self.labels)), np.float32)
        for label, column in enumerate(weighed.T):
            sums[:, label] = np.bincount(d.sentence, column, d.n)
        return sums + self.bias

    @property
    def constants(self) -> Floats32:
        """Give the calibrated scores of a sentence without features, shape (n_labels,)."""
        return np.asarray(self.bias * self.scale + self.shift)

    def _described(self, batch: Batch) -> Described:
        return batch if isinstance(batch, Described) else self.vocabulary.describe(batch)

    def added(self, described: Described, asked: Sequence[Rivals]) -> Floats64:
        """Give what each feature of each sentence added to a label's score, above what it added to its rivals' on average.

        Parameters
        ----------
        described : Described
            With this model's vocabulary.
        asked : sequence of (str, tuple of str), length n_sentences
            The label, and those that it competes with.

        Returns
        -------
        ndarray of shape (n_entries,)
        """
        rows = {one: self._row(one) for one in dict.fromkeys(asked)}
        picked = np.array([rows[one] for one in asked], dtype=np.int64)
        return np.asarray(self._above[0][picked[described.sentence], described.column] * described.value)

    def _row(self, asked: Rivals) -> int:
        """Give the row of `_above` that holds each feature's weight for a label above its rivals' mean, computed once."""
        if asked not in self._rows:
            label, against = asked
            weights = self._table * np.broadcast_to(self.scale, self.bias.shape)
            rivals = weights[:, [self.labels.index(name) for name in against]]
            mean = rivals.mean(axis=1) if against else np.float32(0)
            above = (weights[:, self.labels.index(label)] - mean).astype(np.float64)
            self._rows[asked] = len(self._rows)
            self._above[:] = [np.concatenate([*self._above, above[None]])]
        return self._rows[asked]
