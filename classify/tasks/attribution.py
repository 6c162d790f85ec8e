"""Models of attributions: sources, cues, contents, and which belong together."""

from collections.abc import Mapping
from typing import Any

import numpy as np

from ..attribution.candidate_rerank import N_MEASURES, READ_NAMES
from ..attribution.extractor import N_LABELS, AttributionModel, Extractor
from ..attribution.word_features import N_PRIORS, Words
from ..linear.composed import ATTRIBUTION
from ..model_files.container import ModelFile
from ..model_files.declared import FRACTION, MANIFEST, Array, Declared, Keys, Names, read_parts
from ..model_files.manifest import WORD_READER
from ..word_reader.reader import WordReader
from ..wording.encoders import Encoder
from .protocol import AppliedTask, Arrays, Packed
from .weights import declared_weights, no_weights, pack_weights, smallest, unpack_weights

STEPS = {"glance": 1, "cue": 1, "argument": N_LABELS, "content": 1, "source": 1, "reach": 1, "judge": 1}
"""The steps of the extractor that have weights, and how many outputs each has; models of older versions have no judge."""

PARTS: Declared = {
    "words": Names("words"),
    "clusters": Array(("words", 2), np.int64, 0, 1 << 16),
    "priors": Array(("words",), np.int64, 0, N_PRIORS - 1),
    "rerank": Array((N_MEASURES + 1,), np.float64, -1e12, 1e12),  # few examples that a measure separates have large weights
}
RERANK_READ = Array((N_MEASURES + len(READ_NAMES) + 1,), np.float64, -1e12, 1e12)
"""With a word reader."""
_OWN = Keys({"threshold": FRACTION}, {"reader": WORD_READER})


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
        if model.reader:
            head["reader"] = dict(model.reader)
        return head, arrays, {"words": names}

    def unpack(self, file: ModelFile) -> AttributionModel:
        """Read and check; see `AppliedTask`."""
        steps = STEPS if "judge_steps" in file.arrays else {step: n for step, n in STEPS.items() if step != "judge"}
        declared = {**PARTS, "scales": Array((len(steps),), np.float64)}
        if reader := file.manifest.get("reader"):
            declared["rerank"] = RERANK_READ
        for step, n_outputs in steps.items():
            declared.update(declared_weights(step, n_outputs))
        _OWN.check(file.manifest, MANIFEST)
        parts = read_parts(file, declared, {})
        names, fine_coarse, priors = parts["words"], parts["clusters"].tolist(), parts["priors"].tolist()
        clusters = {name: (fine, coarse) for name, (fine, coarse) in zip(names, fine_coarse, strict=True) if fine}
        words = Words(clusters, {name: n for name, n in zip(names, priors, strict=True) if n})
        weights = {s: unpack_weights(parts, s, scale) for s, scale in zip(steps, parts["scales"].tolist(), strict=True)}
        weights.setdefault("judge", no_weights(1))
        threshold = float(file.manifest["threshold"])
        return AttributionModel(words, **weights, rerank=parts["rerank"], threshold=threshold, reader=reader)

    def reader(self, model: AttributionModel, encoder: Encoder | None = None) -> Extractor:
        """Give what finds the attributions of articles."""
        return self.read_with(model, None)

    def word_reader(self, model: AttributionModel) -> Mapping[str, str] | None:
        """Give the word reader that the model was trained with."""
        return model.reader

    def read_with(self, model: AttributionModel, word_reader: WordReader | None) -> Extractor:
        """Give what finds the attributions of articles with the help of a word reader; see `AppliedTask`."""
        return Extractor.of(model, word_reader)


ATTRIBUTIONS = AttributionTask()
