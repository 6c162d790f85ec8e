"""Models of named features: kind and source type together, either alone, or another column by the same features."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...data.arrays import Floats64
from ..attribution.extractor import Candidate
from ..kinds.article_features import described_sentences
from ..kinds.word_features import reads_words
from ..language.article_tokens import View
from ..linear.label_pairs import OUTPUTS, PAIRED, VOICE, column_chances
from ..linear.named import SentenceModel
from ..model_files.container import ModelFile
from ..model_files.declared import (
    FRACTION,
    MANIFEST,
    MOST_LABELS,
    Array,
    Declared,
    Keys,
    ListOf,
    Names,
    named_weights,
    read_parts,
    wrong,
)
from ..model_files.error_arrays import pack_errors, unpack_errors
from ..model_files.manifest import NAME, WORD_READER
from ..word_reader.reader import WordReader, check_word_reader
from ..wording.encoders import Encoder
from .protocol import AppliedTask, Arrays, Packed

PARTS: Declared = {
    "features": Names("features"),
    "weights": named_weights("features", "labels"),
    "bias": Array(("labels",)),
    "scale": Array(("labels|1",)),
    "shift": Array(("labels|1",)),
}
_OWN = Keys({"labels": ListOf(NAME, MOST_LABELS, 2, distinct=True), "threshold": FRACTION}, {"reader": WORD_READER})


@dataclass(frozen=True, slots=True)
class SentenceReader:
    """Labels the sentences of articles in one column.

    Parameters
    ----------
    model : SentenceModel
    column : str
        Of a model of kind and source type: which of the two.
    word_reader : WordReader, optional
        The one that the model was trained with.
    """

    model: SentenceModel
    column: str
    word_reader: WordReader | None = None

    @property
    def labels(self) -> Sequence[str]:
        """The labels, in the order of the chances."""
        return PAIRED[self.column] if self.model.task == VOICE else self.model.labels

    def chances(self, tokens: View, title: str | None, candidates: Sequence[Candidate]) -> Floats64:
        """Give the chance of each label; see `ColumnReader`."""
        rows = described_sentences(tokens, candidates, reads_words(self.model.features), self.word_reader)
        if self.model.task == VOICE:
            return column_chances(self.model.outputs(rows), self.column)
        return np.asarray(self.model.predict(rows), dtype=np.float64)


def check_without_reader(file: ModelFile) -> None:
    """Refuse a word reader in the file of a model that would not look at it.

    Raises
    ------
    WrongContentsError
    """
    if "reader" in file.manifest:
        raise wrong(f"{MANIFEST}reader", "left out for this task", file.manifest["reader"])


class SentenceTask(AppliedTask[SentenceModel]):
    """Linear models of named features."""

    model = SentenceModel

    def pack(self, model: SentenceModel) -> Packed:
        """Give names, weights and calibration; see `AppliedTask`."""
        head = {
            "task": model.task,
            "labels": list(model.labels),
            "features": len(model.features),
            "threshold": float(model.threshold),
        }
        listed, measured = pack_errors(model.errors)
        arrays: Arrays = {
            **measured,
            "weights": model.weights.astype(np.float16),
            **{name: getattr(model, name).astype(np.float32) for name in ("bias", "scale", "shift")},
        }
        more = {"errors": listed, "reader": dict(model.reader or {})}
        return head | {key: value for key, value in more.items() if value}, arrays, {"features": list(model.features)}

    def unpack(self, file: ModelFile) -> SentenceModel:
        """Check and build; see `AppliedTask`."""
        _OWN.check(file.manifest, MANIFEST)
        task, labels = file.manifest["task"], tuple(file.manifest["labels"])
        if task == VOICE and labels != OUTPUTS:
            raise wrong(f"{MANIFEST}labels", f"those of a model of kind and source type ({', '.join(OUTPUTS)})")
        parts = read_parts(file, PARTS, {"labels": len(labels)})
        errors = unpack_errors(file.manifest.get("errors", []), file.arrays)
        threshold, reader = float(file.manifest["threshold"]), file.manifest.get("reader")
        return SentenceModel(task, labels, **parts, threshold=threshold, errors=errors, reader=reader)

    def reader(self, model: SentenceModel, encoder: Encoder | None = None) -> SentenceReader:
        """Give what reads the model's own column; of kind and source type, the kind."""
        return self.read_with(model, None)

    def word_reader(self, model: SentenceModel) -> Mapping[str, str] | None:
        """Give the word reader that the model was trained with."""
        return model.reader

    def read_with(self, model: SentenceModel, word_reader: WordReader | None) -> SentenceReader:
        """Give what labels sentences with the help of a word reader; see `AppliedTask`."""
        check_word_reader(model.reader, word_reader, model.task)
        return SentenceReader(model, "kind" if model.task == VOICE else model.task, word_reader if model.reader else None)


SENTENCE = SentenceTask()
