"""Models of loaded wording: words first, then sentences."""

from collections.abc import Mapping
from typing import Any

from ..linear.composed import BIAS, BiasModel
from ..model_files.container import ModelFile
from ..stance_bias.bias import BiasReader
from ..wording.encoders import Encoder
from .protocol import AppliedTask, Packed
from .sentence import SENTENCE
from .weights import pack_words, unpack_words


class BiasTask(AppliedTask[BiasModel]):
    """A model of sentences with one of words beside it."""

    model = BiasModel

    def knows(self, manifest: Mapping[str, Any]) -> bool:
        """Go by the task's name."""
        return bool(manifest["task"] == BIAS)

    def pack(self, model: BiasModel) -> Packed:
        """Give both models; see `AppliedTask`."""
        head, arrays, texts = SENTENCE.pack(model.sentences)
        return head, arrays | pack_words(model.words, model.word_threshold), texts

    def unpack(self, file: ModelFile) -> BiasModel:
        """Read and check; see `AppliedTask`."""
        words, threshold = unpack_words(file.arrays)
        return BiasModel(words, SENTENCE.unpack(file), threshold)

    def reader(self, model: BiasModel, encoder: Encoder | None = None) -> BiasReader:
        """Give what finds loaded wording in articles."""
        return BiasReader.of(model)


LOADED = BiasTask()
