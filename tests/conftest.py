"""Fake models stand in for trained ones: the voice model says what the rule says, the extractor finds nothing."""

from dataclasses import fields

import numpy as np
import pytest

from sayso.data.scheme import SOURCE_TYPES
from sayso.train.attribution import AttributionModel
from sayso.train.hashed import Weights
from sayso.train.models import SentenceModel, save
from sayso.train.pairs import OUTPUTS
from sayso.train.rerank import N_MEASURES
from sayso.train.words import Words


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
            n = 7 if field.name in ("argument", "revision") else 1
            parts[field.name] = Weights(np.zeros(0, np.int32), np.zeros((0, n), np.int8), 1.0, np.full(n, -20, np.float32))
    return AttributionModel(Words({}, {}), **parts, rerank=np.zeros(N_MEASURES + 1), threshold=0.4)


@pytest.fixture(scope="session")
def make_voice():
    return build_voice


@pytest.fixture(scope="session")
def make_attribution():
    return build_attribution


@pytest.fixture(scope="session")
def fake_models(tmp_path_factory):
    """Give a folder with both model files."""
    folder = tmp_path_factory.mktemp("models")
    save(build_voice(), folder / "voice.sayso")
    save(build_attribution(), folder / "attribution.sayso")
    return folder
