"""What saving, loading and annotating need to know of a sort of model, and of what reads articles with it."""

from collections.abc import Mapping, Sequence
from typing import Any, Generic, Protocol, TypeVar

from numpy.typing import NDArray

from ...data.arrays import Floats64
from ...data.records import Span
from ..attribution.extractor import Candidate
from ..kinds.features import MainAttribution
from ..language.article_tokens import View
from ..linear.composed import ATTRIBUTION
from ..model_files.container import JSON, ModelFile
from ..stance_bias.stance import Judged
from ..stance_bias.targets import Target
from ..word_reader.reader import WordReader
from ..wording.encoders import Encoder

M = TypeVar("M")
Arrays = dict[str, NDArray[Any]]
Packed = tuple[dict[str, Any], Arrays, dict[str, JSON]]
"""What a model file holds: manifest, arrays, texts."""


class ColumnReader(Protocol):
    """Gives the sentences of articles a label of one column."""

    @property
    def labels(self) -> Sequence[str]:
        """The labels, in the order of the chances."""
        ...

    def chances(self, tokens: View, title: str | None, candidates: Sequence[Candidate]) -> Floats64:
        """Give the chance of each label for the sentences of an article.

        Returns
        -------
        ndarray of shape (n_sentences, n_labels)
        """
        ...


class BiasReader(ColumnReader, Protocol):
    """Tells which sentences are biased, and by which words."""

    @property
    def by_words(self) -> bool:
        """Whether a sentence is told as biased only where words of it are told."""
        ...

    def loaded_words(
        self, views: Sequence[View], titles: Sequence[str | None], candidates: Sequence[Sequence[Candidate]]
    ) -> list[tuple[Floats64, list[tuple[Span, ...]]]]:
        """Give for each article the chances, shape (n_sentences, n_labels), and the loaded words that are told."""
        ...


class StanceReader(Protocol):
    """Tells the stance of sentences towards targets."""

    @property
    def labels(self) -> Sequence[str]:
        """The labels, in the order of the chances."""
        ...

    def stances(
        self,
        tokens: View,
        title: str | None,
        candidates: Sequence[Candidate],
        spoken: Sequence[MainAttribution],
        targets: Sequence[Target],
    ) -> list[Judged]:
        """Judge the sentences of an article towards each target.

        Returns
        -------
        list of Judged, length n_targets
        """
        ...

    def never_told(self) -> list[str]:
        """Name the labels that are never told: at no chance were enough of them right."""
        ...

    def unknown(self, targets: Sequence[Target]) -> list[str]:
        """Name the targets that the model cannot judge for want of having learned of them."""
        ...


class AppliedTask(Generic[M]):
    """A sort of model.

    Attributes
    ----------
    model : type
        The class of its models.
    any_column : bool
        It labels columns of the user's own too.
    """

    model: type[M]
    any_column = False

    def knows(self, manifest: Mapping[str, Any]) -> bool:
        """Tell by a manifest whether the file holds a model of this sort."""
        raise NotImplementedError

    def pack(self, model: M) -> Packed:
        """Give what a model file keeps."""
        raise NotImplementedError

    def unpack(self, file: ModelFile) -> M:
        """Check what a file holds, and build the model that was packed.

        Raises
        ------
        WrongContentsError
            If a key, a text or an array is missing, or is not as declared.
        """
        raise NotImplementedError

    def reader(self, model: M, encoder: Encoder | None = None) -> Any:
        """Give what reads articles with a model: a `ColumnReader`, `BiasReader` or `StanceReader`."""
        raise NotImplementedError

    def looks_at(self, model: M) -> tuple[str, ...]:
        """Name the package's models whose answers may be features of a model."""
        return (ATTRIBUTION,)

    def encoder(self, model: M) -> Mapping[str, Any] | None:
        """Give name and digest of the encoder whose vectors the model looks at; None without one."""
        return None

    def word_reader(self, model: M) -> Mapping[str, str] | None:
        """Give name and digest of the word reader that the model's features come from; None without one."""
        return None

    def read_with(self, model: M, word_reader: WordReader | None) -> Any:
        """Do what `reader` does for a model that has a `word_reader`.

        Raises
        ------
        SaysoError
            If it is not the one that is given.
        """
        raise NotImplementedError
