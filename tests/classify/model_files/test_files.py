import json
import math
import zipfile
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.classify.attribution.candidate_rerank import N_MEASURES
from sayso.classify.attribution.extractor import AttributionModel
from sayso.classify.attribution.word_features import Words
from sayso.classify.linear.hashed import Weights
from sayso.classify.model_files.container import read_model, write_model
from sayso.classify.model_files.files import SentenceModel, load, save
from sayso.classify.wording.model import TextModel
from sayso.classify.wording.recipe import Recipe
from sayso.errors import SaysoError


def make_sentence_model(**changed):
    """Two features, three labels; every weight is exact in 16 bits."""
    about = {
        "task": "topic",
        "labels": ("war", "money", "sport"),
        "features": ["tank", "bank"],
        "weights": np.array([[2, 0, -1], [-0.5, 1.5, 0]], np.float32),
        "bias": np.array([0, 0, 1], np.float32),
    }
    return SentenceModel(**(about | changed))


def make_weights(keys, n_outputs):
    values = np.arange(len(keys) * n_outputs, dtype=np.int8).reshape(len(keys), n_outputs)
    return Weights(np.array(keys, np.int32), values, 0.25, np.full(n_outputs, 0.5, np.float32))


def make_attribution_model():
    words = Words({"said": (3, 4), "bank": (1, 300)}, {"said": 2, ":": 5})
    parts = {
        field.name: make_weights([7, 70_000], 7 if field.name == "argument" else 1)
        for field in fields(AttributionModel)
        if field.name not in ("words", "rerank", "threshold", "reader", "reach")
    }
    rerank = np.linspace(-1, 1, N_MEASURES + 1)
    return AttributionModel(words, **parts, reach=make_weights([], 1), rerank=rerank, threshold=0.25)


def test_a_score_is_the_softmax_of_the_summed_weights():
    scores = make_sentence_model().scores({"tank": 1.0, "bank": 2.0, "rain": 9.0})
    logits = (2 - 1, 3, -1 + 1)  # tank once, bank twice, and the bias of sport
    total = sum(math.exp(x) for x in logits)
    assert scores.tolist() == pytest.approx([math.exp(x) / total for x in logits], abs=1e-6)


def test_without_features_the_bias_speaks():
    scores = make_sentence_model().scores({})
    assert scores.tolist() == pytest.approx([1 / (2 + math.e), 1 / (2 + math.e), math.e / (2 + math.e)], abs=1e-6)


def test_calibration_stretches_and_shifts():
    model = make_sentence_model(scale=np.array([2, 1, 1], np.float32), shift=np.array([0, 0, -3], np.float32))
    assert model.outputs([{"tank": 1.0}]).tolist() == [[4.0, 0.0, -3.0]]
    assert make_sentence_model(scale=np.array([0.5], np.float32)).outputs([{}]).tolist() == [[0.0, 0.0, 0.5]]


def test_no_sentence_gives_no_row():
    assert make_sentence_model().predict([]).shape == (0, 3)


@settings(deadline=None)
@given(st.lists(st.dictionaries(st.sampled_from(["tank", "bank", "rain", ""]), st.floats(-5, 5)), max_size=6))
def test_many_sentences_at_once_score_as_one_by_one(batch):
    model = make_sentence_model()
    together = model.predict(batch)
    assert together.shape == (len(batch), 3)
    for row, features in zip(together, batch, strict=True):
        assert row.tolist() == pytest.approx(model.scores(features).tolist(), abs=1e-6)
        assert row.sum() == pytest.approx(1, abs=1e-5)


def test_what_a_feature_added_stands_above_what_it_added_to_the_rivals():
    model = make_sentence_model()
    features = {"bank": 1.0, "tank": 2.0, "rain": 5.0}
    described = model.vocabulary.describe([features])
    assert [model.names[column] for column in described.column] == ["bank", "tank"]
    # twice tank: 2 × (2 − (2 + 0 − 1) / 3); bank: −0.5 − (−0.5 + 1.5 + 0) / 3
    assert model.added(described, [("war", model.labels)]).tolist() == pytest.approx([-5 / 6, 10 / 3])
    assert model.added(described, [("war", ())]).tolist() == [-0.5, 4.0]
    assert model.added(described, [("war", ("war", "sport"))]).tolist() == [-0.25, 3.0]


def test_a_name_stands_once():
    with pytest.raises(ValueError, match="a feature occurs twice"):
        make_sentence_model(features=["tank", "tank"])


def test_arrays_that_do_not_fit_are_refused():
    with pytest.raises(ValueError, match="3 labels and 1 features do not fit"):
        make_sentence_model(features=["tank"])
    with pytest.raises(ValueError, match="do not fit arrays"):
        make_sentence_model(scale=np.ones(2, np.float32))


def test_a_sentence_model_comes_back(tmp_path):
    path = tmp_path / "topic.sayso"
    model = make_sentence_model(threshold=0.5, scale=np.array([2, 1, 1], np.float32))
    save(model, path, seed=7, scores={"f1": 0.5})
    found = load(path)
    assert isinstance(found, SentenceModel)
    assert (found.task, found.labels, found.features) == ("topic", ("war", "money", "sport"), ["tank", "bank"])
    assert found.threshold == 0.5
    batch = [{"tank": 1.0}, {"bank": 0.3}]
    assert found.predict(batch).tolist() == model.predict(batch).tolist()
    manifest = read_model(path).manifest
    assert manifest["seed"] == 7
    assert manifest["scores"] == {"f1": 0.5}
    assert manifest["features"] == 2


def test_weights_are_kept_in_16_bits_and_lose_next_to_nothing(tmp_path):
    rng = np.random.default_rng(0)
    names = [f"f{n}" for n in range(500)]
    weights = rng.normal(0, 1, (500, 4)).astype(np.float32)
    model = SentenceModel("kind", tuple("abcd"), names, weights, np.zeros(4, np.float32))
    save(model, tmp_path / "m.sayso")
    assert read_model(tmp_path / "m.sayso").arrays["weights"].dtype == np.float16
    batch = [dict.fromkeys(rng.choice(names, 30).tolist(), 1.0) for _ in range(200)]
    before, after = model.predict(batch), load(tmp_path / "m.sayso").predict(batch)
    assert np.abs(before - after).max() < 0.003
    assert (before.argmax(axis=1) == after.argmax(axis=1)).all()


def test_an_attribution_model_comes_back(tmp_path):
    model, path = make_attribution_model(), tmp_path / "a.sayso"
    save(model, path, seed=1)
    found = load(path)
    assert isinstance(found, AttributionModel)
    assert found.words.clusters == model.words.clusters
    assert found.words.priors == model.words.priors
    assert found.rerank.tolist() == model.rerank.tolist()
    assert found.threshold == 0.25
    for field in fields(AttributionModel):
        if isinstance(weights := getattr(model, field.name), Weights):
            other = getattr(found, field.name)
            assert other.keys.tolist() == weights.keys.tolist()
            assert other.values.tolist() == weights.values.tolist()
            assert other.values.dtype == np.int8
            assert (other.scale, other.bias.tolist()) == (0.25, weights.bias.tolist())


def test_the_same_model_gives_the_same_bytes(tmp_path):
    for model in (make_sentence_model(), make_attribution_model()):
        save(model, tmp_path / "one.sayso", seed=1)
        save(model, tmp_path / "two.sayso", seed=1)
        assert (tmp_path / "one.sayso").read_bytes() == (tmp_path / "two.sayso").read_bytes()


def test_what_the_model_says_itself_cannot_be_said_of_it(tmp_path):
    with pytest.raises(ValueError, match="'labels' is a key that the model itself sets"):
        save(make_sentence_model(), tmp_path / "m.sayso", labels=["a"])


def alter(path, out, *, manifest=None, arrays=None, texts=None):
    """Write a model file anew, true to its manifest, with other contents."""
    found = read_model(path)
    kept = {name: array for name, array in (found.arrays | (arrays or {})).items() if array is not None}
    write_model(out, found.manifest | (manifest or {}), kept, found.texts | (texts or {}))


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"manifest": {"task": None}}, r"key task must be a string of at most 1,000 characters, not null"),
        (
            {"manifest": {"task": "to\npic"}},
            r"key task must be a name without line breaks and control characters, not 'to\\npic'",
        ),
        ({"manifest": {"labels": "war"}}, r"key labels must be a list of 0 to 10,000 items, not 'war'"),
        ({"manifest": {"labels": ["war", "war", "sport"]}}, r"key labels must be a list without duplicates"),
        (
            {"manifest": {"labels": ["war", "mon\x1bey", "sport"]}},
            r"key labels\[1\] must be a name without line breaks and control characters, not 'mon\\x1bey'",
        ),
        (
            {"manifest": {"labels": ["war", "money"]}},
            r"array weights must be an array of the shape \(features, labels\) with labels = 2, not \(2, 3\)",
        ),
        ({"manifest": {"threshold": 1.5}}, r"key threshold must be a number from 0 to 1, not 1.5"),
        ({"manifest": {"threshold": "high"}}, r"key threshold must be a number from 0 to 1, not 'high'"),
        (
            {"texts": {"features": ["tank"]}},
            r"array weights must be an array of the shape \(features, labels\) with features = 1, not \(2, 3\)",
        ),
        ({"texts": {"features": ["tank", 5]}}, r"list features\[1\] must be a string of at most 100,000 characters, not 5"),
        ({"texts": {"features": {"tank": 1}}}, r"list features must be a list of 0 to 2,000,000 items, not an object of 1"),
        ({"arrays": {"weights": None}}, r"array weights is missing"),
        ({"arrays": {"weights": np.zeros((2, 4))}}, r"array weights must be .* with labels = 3, not \(2, 4\)"),
        (
            {"arrays": {"bias": np.zeros(4)}},
            r"array bias must be an array of the shape \(labels\) with labels = 3, not \(4,\)",
        ),
        ({"arrays": {"scale": np.zeros((3, 3))}}, r"array scale must be an array of 1 dimension, not 2"),
    ],
)
def test_parts_that_do_not_fit_together_are_refused(tmp_path, changes, message):
    save(make_sentence_model(), tmp_path / "topic.sayso")
    alter(tmp_path / "topic.sayso", tmp_path / "odd.sayso", **changes)
    with pytest.raises(SaysoError, match=rf"odd\.sayso: the {message}.*; train the model again\.$"):
        load(tmp_path / "odd.sayso")


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {"texts": {"words": ["said"]}},
            r"array clusters must be an array of the shape \(words, 2\) with words = 1, not \(3, 2\)",
        ),
        ({"texts": {"words": "said"}}, r"list words must be a list of 0 to 2,000,000 items, not 'said'"),
        ({"texts": {"words": [":", "bank", 3]}}, r"list words\[2\] must be a string of at most 100,000 characters, not 3"),
        ({"arrays": {"clusters": np.zeros(3)}}, r"array clusters must be an array of 2 dimensions, not 1"),
        ({"arrays": {"rerank": np.zeros(2)}}, r"array rerank must be an array of the shape \(32\), not \(2,\)"),
        ({"arrays": {"scales": np.zeros(1)}}, r"array scales must be an array of the shape \(7\), not \(1,\)"),
        (
            {"arrays": {"cue_steps": np.array([7, 0], np.uint8)}},
            r"array cue_steps must be an array of steps above 0 that sum to less than 4,194,304",
        ),
        (
            {"arrays": {"cue_steps": np.array([7, 1 << 22], np.uint32)}},
            r"array cue_steps must be an array of steps above 0 that sum to less than 4,194,304",
        ),
        (
            {"arrays": {"cue_steps": np.array([-1, 5], np.int32)}},
            r"array cue_steps must be an array of numbers from 0 to 4,194,304, not -1",
        ),
        (
            {"arrays": {"cue_values": np.zeros((2, 2), np.int8)}},
            r"array cue_values must be an array of the shape \(cue weights, 1\), not \(2, 2\)",
        ),
        (
            {"arrays": {"cue_values": np.full((2, 1), 128, np.int16)}},
            r"array cue_values must be an array of numbers from -128 to 127, not 128",
        ),
        ({"arrays": {"cue_values": np.zeros((2, 1))}}, r"array cue_values must be an array of whole numbers, not 'float64'"),
        ({"arrays": {"argument_bias": np.zeros(6)}}, r"array argument_bias must be an array of the shape \(7\), not \(6,\)"),
        ({"arrays": {"reach_steps": None}}, r"array reach_steps is missing"),
        ({"manifest": {"threshold": -1}}, r"key threshold must be a number from 0 to 1, not -1"),
    ],
)
def test_parts_of_an_attribution_model_that_do_not_fit_are_refused(tmp_path, changes, message):
    save(make_attribution_model(), tmp_path / "a.sayso")
    alter(tmp_path / "a.sayso", tmp_path / "odd.sayso", **changes)
    with pytest.raises(SaysoError, match=rf"odd\.sayso: the {message}.*; train the model again\.$"):
        load(tmp_path / "odd.sayso")


def test_an_attribution_model_of_older_versions_has_no_judge(tmp_path):
    model = make_attribution_model()
    save(model, tmp_path / "a.sayso")
    arrays = {"judge_steps": None, "judge_values": None, "judge_bias": None, "scales": np.full(6, 0.25)}
    alter(tmp_path / "a.sayso", tmp_path / "old.sayso", arrays=arrays)
    found = load(tmp_path / "old.sayso")
    assert len(found.judge.keys) == 0
    assert found.judge.bias.tolist() == [0]
    assert found.cue.keys.tolist() == model.cue.keys.tolist()


def make_part(task, labels, n_features, rng):
    """A model of some of thirty features; every weight is exact in 16 bits."""
    names = rng.permutation([f"w{n}" for n in range(30)])[:n_features].tolist()
    weights = rng.integers(-8, 9, (n_features, len(labels))).astype(np.float32) / 4
    return SentenceModel(task, labels, names, weights, rng.integers(-8, 9, len(labels)).astype(np.float32))


def make_text_model(n_targets, n_labels, n_columns, again=False, seed=0):
    rng = np.random.default_rng(seed)
    labels = tuple(f"label {n}" for n in range(n_labels))
    of_targets = {f"target {n}": make_part("topic", labels, int(rng.integers(0, 9)), rng) for n in range(n_targets)}
    columns = [make_part(f"column {n}", tuple("abcdefgh"[: 2 + n % 7]), 4, rng) for n in range(n_columns)]
    return TextModel(
        make_part("topic", labels, 12, rng),
        Recipe(),
        tuple(columns),
        make_part("topic", labels, 5, rng) if again else None,
        own=of_targets,
        share=0.5,
        targets={target: (f"the {target}",) for target in of_targets},
    )


def parts_of(model):
    return [model.sentences, *model.also, *([model.before] if model.before else []), *model.own.values()]


@settings(max_examples=25, deadline=None)
@given(
    n_targets=st.integers(0, 120),
    n_labels=st.integers(2, 60),
    n_columns=st.integers(0, 40),
    again=st.booleans(),
    seed=st.integers(0, 99),
)
def test_any_number_of_targets_labels_and_columns_comes_back(tmp_path_factory, n_targets, n_labels, n_columns, again, seed):
    path = tmp_path_factory.mktemp("any") / "topic.sayso"
    model = make_text_model(n_targets, n_labels, n_columns, again, seed)
    save(model, path)
    found = load(path)
    assert (list(found.own), found.targets, found.share) == (list(model.own), model.targets, 0.5)
    assert len(parts_of(found)) == len(parts_of(model))
    for kept, part in zip(parts_of(found), parts_of(model), strict=True):
        assert (kept.task, kept.labels, kept.features) == (part.task, part.labels, part.features)
        assert kept.weights.tolist() == part.weights.tolist()
        assert kept.bias.tolist() == part.bias.tolist()


def test_what_could_not_be_loaded_is_not_written(tmp_path):
    path = tmp_path / "topic.sayso"
    path.write_text("mine")
    with pytest.raises(SaysoError, match=rf"^{path} is not written: the key labels\[1\] must be a name without line breaks"):
        save(make_sentence_model(labels=("war", "money\n", "sport")), path)
    assert path.read_text() == "mine"


def test_models_of_older_files_have_members_of_their_own(tmp_path):
    model = make_text_model(3, 2, 2, again=True)
    save(model, tmp_path / "new.sayso")
    packed = read_model(tmp_path / "new.sayso")
    older = [*model.also, model.before, *model.own.values()]
    arrays = {name: array for name, array in packed.arrays.items() if not name.startswith("earlier_")}
    for n, part in enumerate(older):
        arrays |= {f"earlier_{n}_weights": part.weights.astype(np.float16), f"earlier_{n}_bias": part.bias}
    texts = {"features": packed.texts["features"]} | {f"earlier_{n}_features": part.features for n, part in enumerate(older)}
    write_model(tmp_path / "old.sayso", packed.manifest, arrays, texts)
    old, new = (parts_of(load(tmp_path / f"{name}.sayso")) for name in ("old", "new"))
    assert [(m.features, m.weights.tolist(), m.bias.tolist()) for m in old] == [
        (m.features, m.weights.tolist(), m.bias.tolist()) for m in new
    ]


@pytest.mark.parametrize(
    ("name", "wrong", "message"),
    [
        ("earlier_sizes", np.array([-1, 1, 1], np.int8), "from 0 to 2,000,000, not -1"),
        ("earlier_sizes", np.array([1, 1], np.int8), r"\(models\) with models = 3, not \(2,\)"),
        ("earlier_sizes", np.array([2_000_000, 2_000_000, 1], np.int32), "sizes that sum to at most 4,000,000, not 4000001"),
        ("earlier_sizes", np.array([0, 1, 1], np.int8), r"\(features\) with features = 2, not \(3,\)"),
        ("earlier_features", np.array([0, 1, 99], np.int8), "from 0 to 2, not 99"),
        ("earlier_features", np.array([0, 1, -1], np.int8), "from 0 to 2, not -1"),
        ("earlier_weights", np.zeros(5, np.float16), r"\(weights\) with weights = 6, not \(5,\)"),
        ("earlier_bias", np.zeros(7, np.float32), r"\(biases\) with biases = 6, not \(7,\)"),
    ],
)
def test_packed_models_that_do_not_fit_are_refused(tmp_path, name, wrong, message):
    rng = np.random.default_rng(0)
    own = {f"target {n}": make_part("topic", ("a", "b"), 1, rng) for n in range(3)}
    save(TextModel(make_part("topic", ("a", "b"), 1, rng), Recipe(), own=own), tmp_path / "topic.sayso")
    alter(tmp_path / "topic.sayso", tmp_path / "bad.sayso", arrays={name: wrong})
    with pytest.raises(SaysoError, match=rf"bad\.sayso: the array earlier_.*{message}; train"):
        load(tmp_path / "bad.sayso")


def test_a_model_with_a_last_stage_of_older_versions_is_refused(tmp_path):
    save(TextModel(make_sentence_model(), Recipe()), tmp_path / "topic.sayso")
    alter(tmp_path / "topic.sayso", tmp_path / "old.sayso", arrays={"last_line": np.zeros(9), "last_table": np.eye(3)})
    with pytest.raises(
        SaysoError, match=r"old\.sayso: this model was trained with an older version of " r"sayso .*; train it again\."
    ):
        load(tmp_path / "old.sayso")


def test_a_manifest_without_a_task_is_refused(tmp_path):
    write_model(tmp_path / "odd.sayso", {}, {}, {})
    with pytest.raises(SaysoError, match=r"odd\.sayso: the key task is missing; train"):
        load(tmp_path / "odd.sayso")


def test_the_manifest_can_be_read_by_people(tmp_path):
    save(make_sentence_model(), tmp_path / "topic.sayso", seed=7)
    with zipfile.ZipFile(tmp_path / "topic.sayso") as archive:
        lines = archive.read("manifest.json").decode().splitlines()
    assert lines[1:3] == [' "format": 1,', ' "task": "topic",']
    assert json.loads("\n".join(lines))["seed"] == 7
