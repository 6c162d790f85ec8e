"""Models of loaded wording: words first, then sentences."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ...data.scheme import BIASES
from ..linear.composed import BIAS, BiasModel, WordThresholds
from ..model_files.container import ModelFile
from ..model_files.declared import MANIFEST, Array, Declared, read_parts, wrong
from ..stance_bias.bias import BiasReader
from ..wording.encoders import Encoder
from .protocol import AppliedTask, Packed
from .sentence import SENTENCE, check_without_reader
from .weights import WORDS, pack_words, unpack_words

_TOLD: Declared = {"told": Array((len(WordThresholds()),), np.float64)}


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
        """Check and build; see `AppliedTask`."""
        sentences = SENTENCE.unpack(file)
        check_without_reader(file)
        if missing := [label for label in BIASES if label not in sentences.labels]:
            raise wrong(f"{MANIFEST}labels", f"labels of which one is {missing[0]!r}", list(sentences.labels))
        words, threshold = unpack_words(read_parts(file, WORDS, {}))
        told = read_parts(file, _TOLD, {})["told"] if "told" in file.arrays else (threshold, threshold)  # as in older files
        return BiasModel(words, sentences, WordThresholds(*map(float, told)))

    def reader(self, model: BiasModel, encoder: Encoder | None = None) -> BiasReader:
        """Give what finds loaded wording in articles."""
        return BiasReader.of(model)


LOADED = BiasTask()
