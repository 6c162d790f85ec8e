"""What tests are made of: models that stand in for trained ones."""

from dataclasses import fields

import numpy as np

from sayso.classify.attribution.candidate_rerank import N_MEASURES
from sayso.classify.attribution.extractor import AttributionModel
from sayso.classify.attribution.word_features import Words
from sayso.classify.linear.hashed import Weights
from sayso.classify.linear.label_pairs import OUTPUTS
from sayso.classify.model_files.files import SentenceModel
from sayso.data.scheme import SOURCE_TYPES


def build_voice(threshold=0.5, strength=6.0):
    """Say what the rule says, with a chance that grows with ``strength``."""
    features = ["rule: quote", *(f"rule type: {label}" for label in SOURCE_TYPES)]
    weights = np.zeros((len(features), len(OUTPUTS)), np.float32)
    weights[0, 0] = 2 * strength
    weights[-1, 1] = -2 * strength
    for n in range(len(SOURCE_TYPES) - 1):
        weights[1 + n, 2 + n] = strength
    bias = np.array([-strength, strength, *[0] * 8], np.float32)
    return SentenceModel("voice", OUTPUTS, features, weights, bias, threshold=threshold)


def build_attribution():
    """Find nothing: no word reaches the chance of a cue."""
    parts = {}
    for field in fields(AttributionModel):
        if field.name not in ("words", "rerank", "threshold"):
            n = 7 if field.name == "argument" else 1
            parts[field.name] = Weights(np.zeros(0, np.int32), np.zeros((0, n), np.int8), 1.0, np.full(n, -20, np.float32))
    return AttributionModel(Words({}, {}), **parts, rerank=np.zeros(N_MEASURES + 1), threshold=0.4)
