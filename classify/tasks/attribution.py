"""Models of attributions: sources, cues, contents, and which belong together."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..attribution.candidate_rerank import N_MEASURES
from ..attribution.extractor import N_LABELS, AttributionModel, Extractor
from ..attribution.word_features import Words
from ..linear.composed import ATTRIBUTION
from ..model_files.container import ModelFile
from ..wording.encoders import Encoder
from .protocol import AppliedTask, Arrays, Packed
from .weights import fraction, names_of, no_weights, pack_weights, smallest, unpack_weights

STEPS = {"glance": 1, "cue": 1, "argument": N_LABELS, "content": 1, "source": 1, "reach": 1, "judge": 1}
"""The steps of the extractor that have weights, and how many outputs each has; models of older versions have no judge."""


class AttributionTask(AppliedTask[AttributionModel]):
    """Hashed weights, a step each, and the words that they know."""

    model = AttributionModel

    def knows(self, manifest: Mapping[str, Any]) -> bool:
        """Go by the task's name."""
        return bool(manifest["task"] == ATTRIBUTION)

    def pack(self, model: AttributionModel) -> Packed:
        """Give words and weights; see `AppliedTask`."""
        words = model.words
        names = sorted({*words.clusters, *words.priors})
        clusters = np.array([words.clusters.get(name, (0, 0)) for name in names], np.int64).reshape(-1, 2)
        priors = np.array([words.priors.get(name, 0) for name in names], np.int64)
        weights = {step: getattr(model, step) for step in STEPS}
        arrays: Arrays = {"clusters": smallest(clusters), "priors": smallest(priors)}
        arrays["rerank"] = model.rerank.astype(np.float64)
        for step, of_step in weights.items():
            arrays |= pack_weights(of_step, step)
        arrays["scales"] = np.array([of_step.scale for of_step in weights.values()], np.float64)
        n_weights = sum(len(of_step.keys) for of_step in weights.values())
        head = {"task": ATTRIBUTION, "labels": [], "features": n_weights, "threshold": float(model.threshold)}
        return head, arrays, {"words": names}

    def unpack(self, file: ModelFile) -> AttributionModel:
        """Read and check; see `AppliedTask`."""
        arrays, names = file.arrays, names_of(file.texts["words"])
        scales, rerank = arrays["scales"], arrays["rerank"].astype(np.float64)
        steps = STEPS if "judge_steps" in arrays else {step: n for step, n in STEPS.items() if step != "judge"}
        if rerank.shape != (N_MEASURES + 1,) or scales.shape != (len(steps),):
            raise ValueError("rerank")
        pairs = zip(names, zip(*arrays["clusters"].T.tolist(), strict=True), strict=True)
        clusters = {name: pair for name, pair in pairs if pair[0]}
        priors = {name: n for name, n in zip(names, arrays["priors"].tolist(), strict=True) if n}
        weights = {
            step: unpack_weights(arrays, step, float(scale), n_outputs)
            for (step, n_outputs), scale in zip(steps.items(), scales, strict=True)
        }
        weights.setdefault("judge", no_weights(1))
        threshold = fraction(file.manifest["threshold"])
        return AttributionModel(Words(clusters, priors), **weights, rerank=rerank, threshold=threshold)

    def reader(self, model: AttributionModel, encoder: Encoder | None = None) -> Extractor:
        """Give what finds the attributions of articles."""
        return Extractor.of(model)


ATTRIBUTIONS = AttributionTask()
