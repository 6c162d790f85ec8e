"""Models of the stance of sentences towards targets."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..linear.composed import STANCE, StanceModel
from ..linear.named import SentenceModel
from ..model_files.container import ModelFile
from ..model_files.declared import Array, Declared, Names, named_weights, read_parts
from ..stance_bias.stance import StanceReader
from ..wording.encoders import Encoder
from .protocol import AppliedTask, Packed
from .sentence import PARTS, SENTENCE, check_without_reader

_SECOND = "second_"  # begins the names of what the second model has
_OWN: Declared = {"decision": Array(("labels",)), "told_from": Array(("labels",), low=0)}
_OF_SECOND: Declared = {
    f"{_SECOND}features": Names(f"{_SECOND}features"),
    f"{_SECOND}weights": named_weights(f"{_SECOND}features", "labels"),
    **{f"{_SECOND}{name}": PARTS[name] for name in ("bias", "scale", "shift")},
}


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
        """Check and build; see `AppliedTask`."""
        check_without_reader(file)
        first, sizes = SENTENCE.unpack(file), {"labels": len(file.manifest["labels"])}
        own = {name: form for name, form in _OWN.items() if name == "decision" or name in file.arrays}
        parts, second = read_parts(file, own, sizes), None
        if f"{_SECOND}features" in file.texts:
            of = read_parts(file, _OF_SECOND, sizes)
            of = {name.removeprefix(_SECOND): part for name, part in of.items()}
            second = SentenceModel(first.task, first.labels, **of, threshold=first.threshold)
        return StanceModel(first, second, parts["decision"], parts.get("told_from"))

    def reader(self, model: StanceModel, encoder: Encoder | None = None) -> StanceReader:
        """Give what judges the sentences of articles towards targets."""
        return StanceReader(model)


STANCES = StanceTask()
