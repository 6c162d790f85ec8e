"""Models of labels that are made of more than one linear model."""

from dataclasses import dataclass
from typing import NamedTuple

from ...data.arrays import Floats32
from .hashed import Weights
from .named import SentenceModel

ATTRIBUTION, BIAS, STANCE = "attribution", "bias", "stance"


class Composed:
    """A model of labels that is made of more than one; its task and labels are those of its main part."""

    __slots__ = ()

    @property
    def main(self) -> SentenceModel:
        """The model that gives task and labels."""
        raise NotImplementedError

    @property
    def task(self) -> str:
        """The task's name."""
        return self.main.task

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels, in the order of the chances."""
        return self.main.labels


class WordThresholds(NamedTuple):
    """The scores from which on words are told: those of the lists of loaded words, and all others."""

    listed: float = 0.0
    unlisted: float = 0.0


_ZERO = WordThresholds()


@dataclass(frozen=True, slots=True, eq=False)
class BiasModel(Composed):
    """A model of words, and one of sentences that looks at what the first says of their words.

    Parameters
    ----------
    words : Weights
        One output: above 0 a word is likelier loaded than not.
    sentences : SentenceModel
        Of the task ``bias``; its threshold is the chance from which on a sentence is told, if words of it are.
    thresholds : WordThresholds
    """

    words: Weights
    sentences: SentenceModel
    thresholds: WordThresholds = _ZERO

    @property
    def main(self) -> SentenceModel:
        """The model that gives task and labels."""
        return self.sentences


@dataclass(frozen=True, slots=True, eq=False)
class StanceModel(Composed):
    """A model of a sentence as seen from a target, and one that looks at what the first says of the sentences around.

    Parameters
    ----------
    first : SentenceModel
        Of the task ``stance``; it knows all targets together, and beside that those that had sentences enough.
    second : SentenceModel or None
        None where sentences stand alone.
    decision : ndarray of float32, shape (n_labels,)
        Added to the logarithms of the chances before the likeliest label is taken: rare labels are worth as much
        as frequent ones.
    told_from : ndarray of float32, shape (n_labels,), or None
        The chance from which each label is told, above 1 for one that is never told; None where none is.
    """

    first: SentenceModel
    second: SentenceModel | None
    decision: Floats32
    told_from: Floats32 | None = None

    @property
    def main(self) -> SentenceModel:
        """The model that gives task and labels."""
        return self.first
