"""Estimators that read articles with a word reader; a stand-in takes the network's place."""

import json

import numpy as np
import pytest
from marked_articles import reports
from sklearn.base import clone
from tiny_readers import attribution_with

import sayso
from sayso.classify.model_files.container import read_model
from sayso.classify.model_files.files import save
from sayso.classify.model_files.shipped import mark_of, marks_of, seen_by, shipped_model
from sayso.classify.word_reader.reader import CARD
from sayso.data.records import Article, Attribution, Span
from sayso.errors import SaysoError
from sayso.train.attribution.fit import FittedAttribution
from sayso.train.estimators import attribution
from sayso.train.estimators.attribution import AttributionExtractor
from sayso.train.estimators.cross_validation import cross_validate
from sayso.train.estimators.kind import KindClassifier
from sayso.train.probe import StandInReader

X = ["The ministry said the tax would rise.", "Rain fell on Tolle.", "“It was cold,” said Ines Tolk.",
     "The mayor said the road was safe.", "The ferry left Aldmar at six.", "“We held on,” said Ben Aru."]  # fmt: skip
KINDS = ["official_claim", "narrative", "quote"] * 2
SEEN = (
    "The bakers of Osk will bake at night again, Ola Penn told the Tolle Courier. Flour has been short since the mill at "
    "the weir burnt down in March. A new one is to be built by the winter after next."
)
TOLD = Attribution(Span(45, 53), Span(54, 58), (Span(0, 43),))
NAMED = {"name": "stand-in", "digest": "0" * 16}


class Stand:
    """Reads, says which one it is, and where its models are: all that a reader must do."""

    def __init__(self, folder=None, digest=NAMED["digest"]):
        reader = StandInReader()
        self.name, self.digest, self.read, self.read_all = "stand-in", digest, reader.read, reader.read_all
        if folder is not None:
            self.folder = folder

    def as_json(self):
        return {"name": self.name, "digest": self.digest}

    def model(self, task):
        return self.folder / f"{task}.sayso"


@pytest.fixture(scope="module")
def marked():
    made = [reports(n) for n in range(20)]
    return [text for text, _ in made], [found for _, found in made]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The folder of a reader that learned from one article; a model of attributions is in it."""
    folder = tmp_path_factory.mktemp("stand-in")
    save(attribution_with(NAMED), folder / "attribution.sayso")
    card = {"seen": marks_of([Article("x", SEEN)]), "data": [{"name": "PolNeAR 1.0", "articles": 1}]}
    (folder / CARD).write_text(json.dumps(card))
    return folder


@pytest.fixture(scope="module")
def extractor(marked, folder):
    return AttributionExtractor(reader=Stand(folder)).fit(*marked)


def test_attributions_are_learned_with_a_reader_and_the_model_names_it(marked, extractor, folder, tmp_path):
    assert extractor.model_.reader == NAMED
    assert extractor.score(*marked) > 0.9
    extractor.save(tmp_path / "attribution.sayso")
    manifest = read_model(tmp_path / "attribution.sayso").manifest
    assert (manifest["reader"], manifest["corpora"]) == (NAMED, ["polnear"])
    own = {mark_of(Article("1", text)) for text in marked[0]}
    assert seen_by(manifest) == own | {mark_of(Article("x", SEEN))}
    back = sayso.load_model(tmp_path / "attribution.sayso", reader=Stand())
    text = reports(77)[0]
    assert back.predict([text]) == extractor.predict([text])
    assert back.about_["seen"] == manifest["seen"]


@pytest.mark.parametrize(
    ("reader", "message"),
    [
        (None, r"^this model needs the reader 'stand-in'; set reader to its name or folder\.$"),
        (Stand(digest="1" * 16), r"^AttributionExtractor: .* 'stand-in' \(digest 0+\), not 'stand-in' \(digest 1+\);"),
    ],
    ids=["none", "another"],
)
def test_a_model_needs_the_reader_that_it_was_trained_with(extractor, reader, message):
    with pytest.raises(ValueError, match=message):
        clone(extractor).set_params(reader=reader).of(extractor.model_).predict(["Ines Tolk said no."])


def test_what_is_wrong_with_a_reader_is_said_when_a_model_is_loaded(extractor, tmp_path):
    path = tmp_path / "attribution.sayso"
    extractor.save(path)
    with pytest.raises(ValueError, match=r"attribution\.sayso: this model needs the reader 'stand-in' \(digest 0+\), not "):
        sayso.load_model(path, reader=Stand(digest="1" * 16))
    with pytest.raises(
        SaysoError, match=r"^nowhere: no reader of this name \(minilm\), and no folder with a reader\.json\."
    ):
        sayso.load_model(path, reader="nowhere")
    with pytest.raises(
        SaysoError, match=r"attribution\.sayso: this model was trained without a reader; leave out reader\.$"
    ):
        sayso.load_model(shipped_model("attribution"), reader=Stand())


def test_a_reader_is_a_parameter_like_others(folder):
    for estimator in (AttributionExtractor(reader="minilm"), KindClassifier(reader=folder)):
        assert clone(estimator).get_params() == estimator.get_params()
        assert clone(estimator).set_params(reader=None).reader is None
    for estimator in (AttributionExtractor(reader=3), KindClassifier(reader=3)):
        with pytest.raises(ValueError, match=r"^reader must be a name, the folder of a reader, or None, not 3\.$"):
            estimator.fit(X, KINDS)


def test_articles_that_the_reader_learned_from_are_refused_or_left_out(marked, folder, extractor, monkeypatch):
    texts, found = marked
    X, y = [*texts, SEEN], [*found, [TOLD]]
    with pytest.raises(
        ValueError,
        match=r"^the reader 'stand-in' learned from 1 of these 21 articles or near-duplicates of them \(the first is "
        r"'21'\), and is surer of them than of others; leave them out, or give no reader\.$",
    ):
        AttributionExtractor(reader=Stand(folder)).fit(X, y)
    fitted = FittedAttribution(extractor.model_, [])
    monkeypatch.setattr(attribution, "fit_attribution", lambda articles, **_: fitted)
    found = cross_validate(AttributionExtractor(reader=Stand(folder)), X, y, n_folds=2)
    assert found.articles == 20
    assert found.notes == (
        "Read with the word reader stand-in (digest 0000000000000000), which learned from PolNeAR 1.0 (1 article).",
        "Left out: 1 of 21 articles, because the reader 'stand-in' learned from 1 of them.",
    )


@pytest.mark.parametrize("together", [True, False])
def test_kinds_are_learned_with_a_reader(folder, tmp_path, together):
    other = {"other": ["state", "none", "individual"] * 2} if together else {}
    classifier = KindClassifier(reader=Stand(folder), together=together).fit(X, KINDS, **other)
    assert classifier.model_.reader == NAMED
    assert sum(name.startswith("read ") for name in classifier.model_.features) > 4
    classifier.save(tmp_path / "kind.sayso")
    manifest = read_model(tmp_path / "kind.sayso").manifest
    assert manifest["learned_beside"] == {"attribution": read_model(folder / "attribution.sayso").digest}
    back = sayso.load_model(tmp_path / "kind.sayso", reader=Stand(folder))
    assert np.array_equal(back.predict_proba(X), classifier.predict_proba(X))
    assert back.predict(X).tolist() == classifier.predict(X).tolist()
    with pytest.raises(ValueError, match=r"^this model needs the reader 'stand-in'; set reader to its name or folder\.$"):
        sayso.load_model(tmp_path / "kind.sayso").predict(X)


def test_the_attributions_of_a_reader_take_the_place_of_the_built_in_ones(folder, monkeypatch):
    asked = []
    place = "sayso.classify.model_files.shipped_attributions.shipped_extractor"
    monkeypatch.setattr(place, lambda: asked.append("built-in"))
    KindClassifier(reader=Stand(folder)).fit(X, KINDS).predict(X)
    assert asked == []
