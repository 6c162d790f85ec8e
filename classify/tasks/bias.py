"""Models of loaded wording: words first, then sentences."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..linear.composed import BIAS, BiasModel, WordThresholds
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
        told = np.array(model.thresholds, np.float64)
        return head, arrays | pack_words(model.words, model.thresholds.listed) | {"told": told}, texts

    def unpack(self, file: ModelFile) -> BiasModel:
        """Read and check; see `AppliedTask`."""
        words, threshold = unpack_words(file.arrays)
        told = file.arrays.get("told", np.array([threshold, threshold]))  # older files have one threshold
        return BiasModel(words, SENTENCE.unpack(file), WordThresholds(*told.astype(np.float64).tolist()))

    def reader(self, model: BiasModel, encoder: Encoder | None = None) -> BiasReader:
        """Give what finds loaded wording in articles."""
        return BiasReader.of(model)


LOADED = BiasTask()
