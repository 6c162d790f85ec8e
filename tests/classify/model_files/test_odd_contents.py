"""Model files whose digests are right and whose contents are odd: one line, or a model that works."""

import copy
import json
import math
import warnings
from dataclasses import fields, is_dataclass, replace

import numpy as np
import pytest
from builders import build_attribution, build_voice
from forged_models import forge, npy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sayso.classify.annotation.annotator import load_annotator
from sayso.classify.attribution.word_features import Words
from sayso.classify.linear.composed import BiasModel, StanceModel, WordThresholds
from sayso.classify.linear.hashed import Weights
from sayso.classify.linear.known_errors import Errors
from sayso.classify.linear.named import SentenceModel
from sayso.classify.model_files.container import read_model
from sayso.classify.model_files.files import load, save
from sayso.classify.wording.model import TextModel
from sayso.classify.wording.recipe import Recipe
from sayso.data.articles.sentences import find_sentences
from sayso.data.records import Article
from sayso.data.scheme import BIASES, KINDS, STANCES
from sayso.errors import SaysoError
from sayso.train.report.methods import manifest_text
from sayso.train.report.tables import manifest_lines
from sayso.train.report.used import used_by_model

TEXT = "Ida Berg, the mayor of Velair, said that the bridge was safe. “It is a shameless lie,” the dockers' union claimed."
ABOUT = {
    "data": [{"name": "town news", "articles": 3, "sentences": 20, "digest": "0f" * 32}],
    "seed": 1,
    "versions": {"sayso": "0.1.0", "nupunkt": "0.8.0"},
    "scores": {"macro_f1": 0.5, "interval": [0.4, 0.6], "accuracy": 0.5, "folds": 5, "articles": 3, "sentences": 20},
    "seen": "0123456789" * 3,
    "corpora": ["polnear"],
    "learned_beside": {"bias": "0f" * 32},
    "adapted_from": {"name": "town.sayso", "digest": "0f" * 32},
}


def hashed(n_outputs=1):
    values = np.arange(3 * n_outputs, dtype=np.int8).reshape(3, n_outputs)
    return Weights(np.array([7, 70_000, 4_000_000], np.int32), values, 0.05, np.zeros(n_outputs, np.float32))


def linear(task, labels, features=("gram: lie", "quoted", "word 1")):
    n = len(labels)
    weights = np.arange(len(features) * n, dtype=np.float32).reshape(-1, n) / 4
    return SentenceModel(task, tuple(labels), list(features), weights, np.zeros(n, np.float32), threshold=0.3)


def make_models():
    known = np.full((6, 4, 4), 2.0) + 8 * np.eye(4)
    yield replace(build_voice(), errors=(Errors("town news", "kind", KINDS, known, known / 2),))
    attribution = build_attribution()
    weights = {f.name: hashed(7 if f.name == "argument" else 1) for f in fields(attribution) if f.name not in _UNWEIGHTED}
    yield replace(attribution, words=Words({"said": (3, 4), "claimed": (3, 1)}, {"said": 6}), **weights)
    yield BiasModel(hashed(), linear("bias", BIASES), WordThresholds(0.5, 1.0))
    told_from = np.array([0.5, 0.6, 1.1], np.float32)
    second = linear("stance", STANCES, ("itself 0", "article 1"))
    yield StanceModel(linear("stance", STANCES), second, np.zeros(3, np.float32), told_from)
    recipe = Recipe(article=True, again=True, also=("mood",), loaded=True, default=True, known=True, judged=True)
    topics = linear("topic", ("war", "trade"))
    also, own = (linear("mood", ("calm", "angry")),), {"Velair": linear("topic", ("war", "trade"), ("quoted",))}
    rest = {"tried": (("words 1-2", 0.5),), "share": 0.5, "targets": {"Velair": ("the town",)}, "blend": {"wording": 1.0}}
    yield TextModel(topics, recipe, also, topics, hashed(), own=own, **rest)
    of_stance = {"recipe": Recipe(seen=True, own=True, mentions=True), "own": {}, "told_from": (0.4, 0.4, 1.5)}
    yield TextModel(linear("stance", STANCES), **(rest | of_stance))


_UNWEIGHTED = ("words", "rerank", "threshold", "reader")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A folder with a file of each sort, and with the two models that annotating cannot do without."""
    folder = tmp_path_factory.mktemp("models")
    for n, model in enumerate(make_models()):
        save(model, folder / f"{n}.sayso", **ABOUT)
    save(build_voice(), folder / "voice.sayso")
    save(build_attribution(), folder / "attribution.sayso")
    return folder


@pytest.fixture(scope="module")
def whole(folder):
    """What the files hold: manifest, arrays, texts."""
    return [[file.manifest, file.arrays, file.texts] for n in range(6) if (file := read_model(folder / f"{n}.sayso"))]


ODD_NUMBERS = [0, 1, -1, 2, 0.5, -0.5, 1e300, -1e300, 1e-320, 10**400, -(10**400), 2**63, 12_000]
ODD_TEXTS = ["", " ", "x", "a\nb", "\x1b[31m", "\u202e", "=1+1", "../../x", "bias", "biased", "x" * 20_000]
SCALARS = st.none() | st.booleans() | st.sampled_from(ODD_NUMBERS) | st.sampled_from(ODD_TEXTS) | st.text(max_size=5)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(ODD_TEXTS), inner, max_size=3)
)
SIDES = st.sampled_from([0, 1, 2, 3, 4, 7, 10])
SHAPES = st.lists(SIDES, max_size=3).map(tuple) | st.sampled_from([(0, 10**7), (10**7, 0), (0, 2), (3, 0, 10**6)])
TYPES = st.sampled_from(["i1", "u1", "u2", "i8", "u8", "f2", "f4", "f8"])
FILLINGS = st.sampled_from([0, 1, -1, 127, 255, 65_504, 1e6, -1e6, 1e300, -1e300, math.inf, math.nan, 2**63])


def places(value, before=()):
    """List the places of all values in JSON, as keys and numbers."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, of in inner for place in [(*before, key), *places(of, (*before, key))]]


def put(data, value, root):
    """Change a random place of JSON: put something odd there, nest it, drop it, or add to it."""
    place = data.draw(st.sampled_from(places(root)))
    for key in place[:-1]:
        root = root[key]
    key, how = place[-1], data.draw(st.sampled_from(["replace", "drop", "nest", "twice", "add"]))
    old = root.pop(key)
    changed = {"replace": value, "nest": [old], "twice": [old, old], "add": {"more": old, "odd": value}, "drop": None}[how]
    if how != "drop":
        root.update({key: changed}) if isinstance(root, dict) else root.insert(key, changed)


def filled(shape, kind, value):
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        return np.full(shape, value).astype(kind)


def changed_array(data, array):
    """Give an array of another shape, type or filling; None for none."""
    how = data.draw(st.sampled_from(["fill", "shape", "type", "cut", "repeat", "turn", "one", "drop"]))
    kind, value, array = data.draw(TYPES), data.draw(FILLINGS), np.atleast_1d(array)
    one = array.astype("f8")
    if how == "one" and one.size:
        one.flat[data.draw(st.integers(0, one.size - 1))] = value
    if how in ("fill", "shape"):
        return filled(data.draw(SHAPES) if how == "shape" else array.shape, kind, value)
    others = {"type": filled(array.shape, kind, array), "cut": array[:-1], "one": one, "drop": None}
    return others[how] if how in others else array[::-1] if how == "turn" else np.concatenate([array, array])


def write_changed(data, path, manifest, arrays, texts):
    """Write a model file of which one to three parts are odd."""
    manifest, arrays, texts = copy.deepcopy(manifest), dict(arrays), copy.deepcopy(texts)
    for _ in range(data.draw(st.integers(1, 3))):
        what = data.draw(st.sampled_from(["manifest", "manifest", "array", "array", "text"]))
        if what == "array" and arrays:
            name = data.draw(st.sampled_from(sorted(arrays)))
            arrays[name] = changed_array(data, arrays[name])
            arrays = {name: array for name, array in arrays.items() if array is not None}
        else:
            put(data, data.draw(VALUES), texts if what == "text" and texts else manifest)
    members = {f"{name}.npy": npy(np.ascontiguousarray(array).reshape(array.shape)) for name, array in arrays.items()}
    members |= {f"{name}.json": json.dumps(text, ensure_ascii=False).encode() for name, text in texts.items()}
    forge(path, sorted(members.items(), key=lambda one: (one[0].endswith(".json"), one[0])), **manifest)


def arrays_in(value):
    """Find all arrays that an object holds."""
    if isinstance(value, np.ndarray):
        return [value]
    if is_dataclass(value):
        value = [getattr(value, f.name) for f in fields(value)]
    inner = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
    return [array for of in inner for array in arrays_in(of)]


def annotated(path, folder):
    """Annotate a short text with a file, if annotating has use for it."""
    try:
        annotator = load_annotator([str(path)], folder, bias=False)
    except SaysoError:
        return
    targets = ["Velair", "Ida Berg=the mayor"] if annotator.stance else ()
    article = Article("a1", TEXT)
    annotation = annotator.annotate_sentences(article, find_sentences(TEXT), 2, targets)
    assert json.dumps(annotation.to_dict(), allow_nan=False)


@pytest.mark.filterwarnings("error")
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_file_with_odd_contents_is_refused_in_a_line_or_works(folder, whole, data):
    path = folder / "odd.sayso"
    write_changed(data, path, *data.draw(st.sampled_from(whole)))
    refused = ""
    try:
        manifest = read_model(path).manifest
        assert all(isinstance(text, str) for line in manifest_lines(manifest) for text in line)
        assert used_by_model(manifest)
        assert isinstance(manifest_text(manifest), str)
        model = load(path)
        assert sum(array.nbytes for array in arrays_in(model)) < 100 * path.stat().st_size
    except SaysoError as error:
        refused = str(error)
    assert not refused or (refused.startswith(f"{path}: ") and "\n" not in refused)
    assert "do not fit together" not in refused  # which part it is, is said
    annotated(path, folder)
