"""Models of the stance of sentences towards targets."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..linear.composed import STANCE, StanceModel
from ..linear.named import SentenceModel
from ..model_files.container import ModelFile
from ..stance_bias.stance import StanceReader
from ..wording.encoders import Encoder
from .protocol import AppliedTask, Packed
from .sentence import PARTS, SENTENCE
from .weights import names_of

_SECOND = "second_"  # begins the names of what the second model has


class StanceTask(AppliedTask[StanceModel]):
    """A model of sentences as targets see them, and one of what the first says around them."""

    model = StanceModel

    def knows(self, manifest: Mapping[str, Any]) -> bool:
        """Go by the task's name."""
        return bool(manifest["task"] == STANCE)

    def pack(self, model: StanceModel) -> Packed:
        """Give both models; see `AppliedTask`."""
        head, arrays, texts = SENTENCE.pack(model.first)
        arrays["decision"] = model.decision.astype(np.float32)
        if model.told_from is not None:
            arrays["told_from"] = model.told_from.astype(np.float32)
        if model.second is not None:
            _, second, names = SENTENCE.pack(model.second)
            arrays |= {_SECOND + name: array for name, array in second.items()}
            texts[f"{_SECOND}features"] = names["features"]
        return head, arrays, texts

    def unpack(self, file: ModelFile) -> StanceModel:
        """Read and check; see `AppliedTask`."""
        first, decision = SENTENCE.unpack(file), file.arrays["decision"].astype(np.float32)
        told_from = file.arrays["told_from"].astype(np.float32) if "told_from" in file.arrays else None
        if not {array.shape for array in (decision, told_from) if array is not None} <= {(len(first.labels),)}:
            raise ValueError("decision")
        return StanceModel(first, self._second(file, first), decision, told_from)

    def _second(self, file: ModelFile, first: SentenceModel) -> SentenceModel | None:
        if f"{_SECOND}features" not in file.texts:
            return None
        names = names_of(file.texts[f"{_SECOND}features"])
        weights, bias, scale, shift = (file.arrays[_SECOND + name].astype(np.float32) for name in PARTS)
        return SentenceModel(first.task, first.labels, names, weights, bias, scale, shift, first.threshold)

    def reader(self, model: StanceModel, encoder: Encoder | None = None) -> StanceReader:
        """Give what judges the sentences of articles towards targets."""
        return StanceReader(model)


STANCES = StanceTask()
