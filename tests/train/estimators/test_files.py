"""The command and a notebook make the same file of the same data, and every model file is an estimator."""

import json
from dataclasses import replace

import numpy as np
import pytest
from builders import labelled_article, run_sayso

from sayso.classify.model_files.container import read_model
from sayso.classify.model_files.shipped import shipped_model
from sayso.data.datasets.build import read_labelled
from sayso.data.datasets.folder import write_dataset
from sayso.data.scheme import BIASES, KINDS, STANCES
from sayso.errors import SaysoError
from sayso.train.estimators.attribution import AttributionExtractor
from sayso.train.estimators.bias import BiasClassifier
from sayso.train.estimators.files import load_model
from sayso.train.estimators.kind import KindClassifier
from sayso.train.estimators.sentence_in import SentenceIn
from sayso.train.estimators.stance import StanceClassifier
from sayso.train.estimators.text import TextClassifier

SENTENCES = (
    ("narrative", "none", "calm", "Rain fell on the valley for {n} days."),
    ("official_claim", "state", "dull", "The ministry said {n} loans were repaid."),
    ("quote", "individual", "loud", "“We won by {n},” said Ana Bravo."),
)
WAYS = {"kind": KindClassifier(), "source_type": KindClassifier(column="source_type", seed=3),
        "mood": TextClassifier(column="mood"), "bias": BiasClassifier(), "stance": StanceClassifier()}  # fmt: skip


STANCES_IN_ORDER = ("favor", "against", "neutral")


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    articles = [
        labelled_article(
            f"a{i}",
            *(
                (text.format(n=10 * i + n), {"kind": kind, "source_type": source_type, "extra": {"mood": mood}}
                 | {"bias": "biased" if n else "neutral", "stance": {"the valley": STANCES_IN_ORDER[n]}})
                for n, (kind, source_type, mood, text) in enumerate(SENTENCES)
            ),
            targets={"the valley": ()},
        )
        for i in range(6)
    ]  # fmt: skip
    folder = tmp_path_factory.mktemp("data") / "labelled"
    write_dataset(articles, folder)
    return folder


@pytest.mark.parametrize("task", WAYS)
def test_the_command_and_the_estimator_write_the_same_file(data, tmp_path, task):
    estimator = WAYS[task]
    done = run_sayso("train", task, "--data", data, "--no-scores", "--seed", estimator.seed, "--out", tmp_path / "by.sayso")
    assert done.exit_code == 0, done.stderr
    estimator.fit(read_labelled([data])).save(tmp_path / "own.sayso", data_name="labelled")
    assert (tmp_path / "own.sayso").read_bytes() == (tmp_path / "by.sayso").read_bytes()


def test_sentences_in_articles_give_the_weights_that_the_command_gives(data, tmp_path):
    run_sayso("train", "mood", "--data", data, "--no-scores", "--out", tmp_path / "by.sayso")
    X, y, _ = SentenceIn.labelled(read_labelled([data]), "mood")
    TextClassifier(column="mood").fit(X, y).save(tmp_path / "own.sayso")
    assert read_model(tmp_path / "own.sayso").digest == read_model(tmp_path / "by.sayso").digest


def test_what_an_estimator_saves_annotates_and_is_shown(data, tmp_path):
    model, article = tmp_path / "mood.sayso", tmp_path / "article.txt"
    TextClassifier(column="mood").fit(read_labelled([data])).save(model)
    article.write_text("Rain fell on the valley for 3 days. The ministry said 4 loans were repaid.")
    done = run_sayso("annotate", article, "--model", model, "--format", "jsonl")
    assert [json.loads(line)["mood"] for line in done.stdout.splitlines()] == ["calm", "dull"]
    shown = run_sayso("model", "show", model).stdout
    assert "labels\tcalm, dull, loud" in shown
    assert "articles seen\t6;" in shown


TEXT = "The pier is safe, harbour master Ines Tolk said. The reckless council caved in to the union. It rained."


@pytest.mark.parametrize(
    ("name", "sort", "labels"),
    [
        ("voice", KindClassifier, ["official_claim", "narrative", "narrative"]),
        ("bias", BiasClassifier, ["neutral", "biased", "neutral"]),
        ("stance", StanceClassifier, ["neutral", "against", "favor"]),
    ],
)
def test_the_built_in_models_are_estimators(name, sort, labels):
    model = load_model(shipped_model(name))
    assert type(model) is sort
    target = "the council" if name == "stance" else None
    lines = ["The pier is safe, harbour master Ines Tolk said.", "The reckless council caved in.", "It rained."]
    if name == "stance":
        lines = ["The council met on Monday.", "Residents condemned the council.", "Residents praised the council."]
    article = labelled_article("a", *lines)
    X = [SentenceIn(article.article, s.span, target) for s in article.sentences]
    assert model.predict(X).tolist() == labels
    assert np.allclose(model.predict_proba(X).sum(axis=1), 1)
    assert model.classes_.tolist() == list({"voice": KINDS, "bias": BIASES, "stance": STANCES}[name])


def test_a_model_of_kind_and_source_type_predicts_either():
    types = load_model(shipped_model("voice"), column="source_type")
    assert types.predict(["The ministry said the pier was old.", "It rained."]).tolist() == ["state", "none"]
    with pytest.raises(SaysoError, match=r": this model predicts 'kind', not 'topic'; leave out column\.$"):
        load_model(shipped_model("voice"), column="topic")
    with pytest.raises(SaysoError, match=r"^nowhere\.sayso: No such file or directory"):
        load_model("nowhere.sayso")


def test_the_extractor_of_the_built_in_model_gives_attributions():
    extractor = load_model(shipped_model("attribution"))
    assert type(extractor) is AttributionExtractor
    (first,), (none,) = [extractor.predict([TEXT])[0]], [extractor.predict(["It rained."])[0]]
    assert none == []
    (a,) = first
    assert (a.source.of(TEXT), a.cue.of(TEXT), a.speaker) == ("harbour master Ines Tolk", "said", "Ines Tolk")
    assert [span.of(TEXT) for span in a.content] == ["The pier is safe"]


def test_a_column_is_learned_along_from_labelled_articles(data):
    articles = read_labelled([data])
    fitted = TextClassifier(column="mood", also=("kind",)).fit(articles)
    assert [part.task for part in fitted.model_.also] == ["kind"]
    with pytest.raises(ValueError, match=r"^also colour: no sentence has a label in this column"):
        TextClassifier(column="mood", also=("colour",)).fit(articles)


def test_a_model_with_an_encoder_asks_for_it(data):
    fitted = TextClassifier(column="mood").fit(read_labelled([data]))
    needing = fitted.of(replace(fitted.model_, encoder={"name": "potion", "digest": "0123"}))
    with pytest.raises(ValueError, match=r"^this model needs the encoder 'potion'; set encoder to its name or folder\.$"):
        needing.predict(["It rained."])


def test_an_adapted_model_is_an_estimator(data, tmp_path):
    out = tmp_path / "kind.sayso"
    done = run_sayso("train", "kind", "--adapt", "package", "--data", data, "--no-scores", "--out", out)
    assert done.exit_code == 0, done.stderr
    model = load_model(out)
    assert model.predict(["“We won,” said Ana Bravo.", "It rained."]).tolist() == ["quote", "narrative"]
    model.save(tmp_path / "again.sayso")
    assert (tmp_path / "again.sayso").read_bytes() == out.read_bytes()
