from importlib.resources import files

import numpy as np
import pytest
from builders import build_voice
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.classify.annotation.feature_words import in_words
from sayso.classify.annotation.reasons import CONSTANT, REST, TOLD, Decision, Evidence, decisions
from sayso.classify.linear.label_pairs import OUTPUTS
from sayso.classify.model_files.files import SentenceModel, load
from sayso.data.scheme import KINDS, SOURCE_TYPES

NAMES = ["quoted share", "quoted: 0.5 or more", "rule cue: say", "cue: say", "words: under 6", "a question"]
WEIGHTS = np.array([[2, 0, 0], [1, 0, 0], [0, 3, 0], [0, 1, 0], [0, 0, 0.5], [-1, 0, 0]], np.float32)
MODEL = SentenceModel(
    "kind",
    ("quote", "claim", "narrative"),
    NAMES,
    WEIGHTS,
    np.array([-1, 0, 1], np.float32),
    scale=np.array([2], np.float32),
    shift=np.array([0.5, 0, 0], np.float32),
)
FEATURES = {"quoted share": 0.5, "quoted: 0.5 or more": 1.0, "cue: say": 1.0, "rule cue: say": 1.0, "a question": 1.0}


def explain(decision, features, n, cue=None, told=0.0):
    """Explain a decision; what the form and the speaker tell is added to every output."""
    model = decision.model
    described = model.vocabulary.describe([features])
    outputs = model.outputs(described)
    return Evidence.of(model, described, outputs, outputs + np.float32(told), [cue]).explain([decision], n)[0]


def score(decision, features):
    return float(decision.model.outputs([features])[0].astype(np.float64) @ decision.weights)


@pytest.fixture(scope="module")
def shipped():
    return load(files("sayso.classify") / "models" / "voice.sayso")


def test_features_of_one_meaning_are_summed_and_all_add_up_to_the_score():
    # quote: 2 × (2 × 0.5 + 1) in quotation marks, 2 × −1 for the question, 2 × −1 + 0.5 to start with
    decision = Decision(MODEL, "quote", ())
    assert explain(decision, FEATURES, 5) == [("50 % in quotation marks", 4.0), ("a question", -2.0), (CONSTANT, -1.5)]
    assert score(decision, FEATURES) == 0.5


def test_what_is_not_shown_is_everything_else():
    decision = Decision(MODEL, "quote", ())
    assert explain(decision, FEATURES, 1) == [("50 % in quotation marks", 4.0), (REST, -2.0), (CONSTANT, -1.5)]
    assert explain(decision, FEATURES, 0) == [(REST, 2.0), (CONSTANT, -1.5)]


def test_what_form_and_speaker_tell_is_a_reason_among_the_others():
    decision = Decision(MODEL, "quote", ())
    shown = [("50 % in quotation marks", 4.0), (TOLD, 3.0), (REST, -2.0), (CONSTANT, -1.5)]
    assert explain(decision, FEATURES, 2, told=3.0) == shown  # 3.5 in all
    assert explain(decision, FEATURES, 1, told=5.0) == [(TOLD, 5.0), (REST, 2.0), (CONSTANT, -1.5)]


def test_against_rivals_the_score_stands_above_their_mean():
    # outputs: quote 0.5, claim 2 × 4, narrative 2; the claim stands 8 − 10.5 / 3 above the mean
    decision = Decision(MODEL, "claim", MODEL.labels)
    assert score(decision, FEATURES) == pytest.approx(4.5)
    reasons = explain(decision, FEATURES, 9, "says")
    assert reasons[0] == ("cue: says", pytest.approx(8 - 8 / 3))
    assert sum(weight for _, weight in reasons) == pytest.approx(4.5)


def test_a_label_that_was_refused_is_told_with_signs_turned():
    decision = Decision(MODEL, "quote", (), -1.0)
    assert explain(decision, FEATURES, 5) == [("50 % in quotation marks", -4.0), ("a question", 2.0), (CONSTANT, 1.5)]


def test_which_model_decided():
    voice, kind = build_voice(), SentenceModel("kind", KINDS, [], np.zeros((0, 4), np.float32), np.zeros(4, np.float32))
    found = decisions(voice, None, None, "quote", "state")
    assert {task: (d.label, d.against, d.sign) for task, d in found.items()} == {
        "kind": ("quote", (), 1),
        "source_type": ("state", OUTPUTS[2:], 1),
    }
    found = decisions(voice, None, None, "narrative", "none")
    assert [(d.label, d.sign) for d in found.values()] == [("attributed", -1), ("attributed", -1)]
    found = decisions(voice, kind, None, "official_claim", "state")
    assert (found["kind"].model, found["kind"].against) == (kind, KINDS)


def test_every_feature_of_the_shipped_model_has_words(shipped):
    assert [name for name in shipped.features if in_words(name, {}) is None] == []


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_reasons_of_the_shipped_model_sum_to_its_score_without_a_rest(shipped, data):
    names = data.draw(st.lists(st.sampled_from(shipped.features), max_size=40, unique=True))
    features = {name: data.draw(st.floats(0, 1, width=32)) for name in names}
    label = data.draw(st.sampled_from(OUTPUTS))
    decision = Decision(shipped, label, OUTPUTS[2:] if label in OUTPUTS[2:] else (), data.draw(st.sampled_from([1.0, -1.0])))
    reasons = explain(decision, features, len(features))
    assert sum(weight for _, weight in reasons) == pytest.approx(score(decision, features), abs=1e-4)
    assert all(abs(weight) < 1e-3 for words, weight in reasons if words == REST)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("quoted: 0.65 or more", "71 % in quotation marks"),
        ("coverage: 0.4 or more, cue elsewhere", "64 % of the words are attributed"),
        ("attributed: 0.85 or more, no source", "attribution found, 92 % sure"),
        ("cue: deny", "cue: deny"),
        ("source word: ministry", "source word: ministry"),
        ("source holds: state body (weak)", "the source holds a body: state, perhaps"),
        ("last source first: state body", "the source before holds a body: state"),
        ("rule cue group: act, after", "sort of cue: an act of speech (warn, promise, accuse), after what is said"),
        ("cue stands: under 0.15", "the cue stands at the start"),
        ("-2: quote", "sentence but one before: quote"),
        ("+1: none", "no sentence after"),
        ("+1 type: none", "sentence after: not attributed"),
        ("rule: official_claim", "the word lists alone say: official claim"),
        ("rule type: none", "the word lists alone say: not attributed"),
        ("words: 20 or more", "length: 20 or more words"),
        ("before the quotation: ,", "before the quotation: a comma"),
        *((f"read kind: {kind}", "the transformer's estimate of the kind") for kind in KINDS),
        *((f"read type: {name}", "the transformer's estimate of the source type") for name in SOURCE_TYPES),
        *((f"read source: {name}", "the transformer's estimate of who this source is") for name in SOURCE_TYPES[:-1]),
        ("what nobody made", None),
        ("cue", None),
        ("+3: quote", None),
        ("source holds: nonsense", None),
    ],
)
def test_names_in_words(name, words):
    measured = {"quoted share": 0.71, "said by somebody": 0.64, "attribution's chance": 0.92}
    assert in_words(name, measured) == words
