"""What the methods text says, and the example of it in the documentation."""

from pathlib import Path
from types import SimpleNamespace

import pytest
from builders import labelled_article

from sayso.classify.model_files.shipped import shipped_model
from sayso.classify.wording.knowledge import measure_names
from sayso.classify.wording.recipe import Recipe
from sayso.data.display import sentences_in_articles
from sayso.train.held_out_attributions import FITTED
from sayso.train.report import methods
from sayso.train.report.recipe_text import recipe_text
from sayso.train.report.used import TOGETHER, built_in, used_by, used_by_run

EXAMPLE = (
    (Path(__file__).parents[3] / "docs/evaluation.md")
    .read_text(encoding="utf-8")
    .partition("```text\n")[2]
    .partition("```")[0]
)


def test_the_example_in_the_docs_has_the_sentences_of_today():
    first, second = (" ".join(part.split()) for part in EXAMPLE.split("\n\n"))
    for sentence in (methods._LEARNED[TOGETHER], methods._MACRO, methods._OF_SOURCE[FITTED]):
        assert sentence in second
    assert f"has {sentences_in_articles(8061, 407)}. The evaluation covers" in first


def test_a_given_model_is_described_by_its_file():
    kind, learned = methods.given_model(f"sayso evaluate kind --data news --model {shipped_model('voice')} --report kind")
    assert kind == methods._LEARNED[TOGETHER]
    assert learned.startswith("The model was fitted on sayso corpus (8,061 sentences in 407 articles) and PolNeAR 1.0 (")
    assert learned.endswith(", seed 0.")
    assert methods.given_model("sayso evaluate kind --model gone.sayso") == []


def test_sentences_are_joined_to_paragraphs_and_empty_ones_left_out():
    assert methods.paragraphs(["One.", "", "Two."], ["Three."]) == "One. Two.\n\nThree.\n"


def test_data_without_a_digest_is_named_with_its_size():
    assert methods.data_sentence({"name": "news", "sentences": 2, "articles": 1}) == (
        "The dataset news has 2 sentences in 1 article."
    )
    assert methods.data_sentence({"name": "news", "sentences": 2, "articles": 1, "digest": "0123456789abcdef"}) == (
        "The dataset news (SHA-256 of the content: 0123456789ab…) has 2 sentences in 1 article."
    )


def own_labels(meta=None):
    """A column of the user's own, of four articles."""
    lines = [("The ferry leaves at noon.", "calm"), ("What a disgrace this ferry is.", "angry"), ("It rained.", "calm")]
    return [
        labelled_article(f"a{n}", *((line, {"extra": {"tone": tone}}) for line, tone in lines), meta=meta or {})
        for n in range(4)
    ]


def told_of(articles, command="sayso evaluate tone --data news"):
    folds = SimpleNamespace(task="tone", column="tone", folds=2)
    return methods._model(folds, articles, command)[0]


def test_the_text_classifier_is_told_in_prose():
    n_measures = len(measure_names(judged=True))
    assert told_of(own_labels()) == (
        "The label was predicted by a blend of two L2-penalised logistic regressions (scikit-learn; C is the "
        "inverse strength of the penalty): (1) with C = 1 on sequences of one or two words and sequences of 2 "
        "to 5 characters within words, weighted by inverse document frequency; quotation marks, cues, "
        "attributions and sources of the sentence and its neighbours, and its place in the article; the "
        "labels that a first model predicted for the neighbouring sentences, in a second pass; (2) with C = "
        f"0.01 on {n_measures} measures of the sentence that need no training on these labels: words of "
        "sayso's word lists, evaluations, tense, person, form, quotation and attribution, among them the "
        "probabilities that sayso's built-in models give for each kind, each source type and loaded wording; "
        "how much each of them counts was decided within the training articles, and the blend was calibrated "
        "by temperature scaling on held-out training articles. Sentences were weighted by the inverse "
        "frequency of their label in the training articles. The built-in models learned from none of these "
        "articles."
    )


def test_options_of_the_command_are_told_too():
    said = told_of(own_labels(), "sayso evaluate tone --data news --encoder wordllama --search")
    assert "a blend of three L2-penalised logistic regressions" in said
    assert "(3) with C = 3 on sentence vectors of the encoder wordllama alone;" in said
    assert said.endswith("a search inside each fold's training articles began, which chose the final ones.")


def test_what_the_recipe_lacks_is_not_told():
    plain = recipe_text(Recipe(words=(1, 1), chars=(3, 3), across=True, balance=0.6, also=("genre", "desk")))
    assert plain == (
        "The label was predicted by an L2-penalised logistic regression (scikit-learn; C, the inverse strength of the "
        "penalty, is 1) on single words and sequences of 3 characters across words, weighted by inverse document frequency; "
        "predictions for genre, desk. It was calibrated by temperature scaling on held-out training articles. Sentences "
        "were weighted by the inverse frequency of their label in the training articles, raised to the power 0.6."
    )


def test_built_in_models_that_give_features_are_cited_with_what_they_learned_from():
    found = used_by(SimpleNamespace(human=None, folds=2, task="tone", column="tone"), own_labels())
    assert found.corpora == built_in("voice").corpora == ("polnear",)


@pytest.mark.parametrize("place", ["options", "itself"])
def test_a_run_or_an_audit_that_was_made_with_a_reader_cites_its_methods(place):
    reader = {"reader": {"name": "no such reader", "digest": "0123456789abcdef"}}
    found = used_by_run({"models": {}, **({"options": reader} if place == "options" else reader)})
    assert (found.corpora, found.methods) == ((), ("biaffine links", "minilm", "nupunkt"))
    assert used_by_run({"models": {}, "options": {"reader": None}}).methods == ("nupunkt",)


def test_a_model_with_a_reader_is_described_by_its_file():
    manifest = {"task": "attribution", "reader": {"name": "minilm", "digest": "0123"}, "data": []}
    assert methods.manifest_text(manifest) == (
        f"{methods._ATTRIBUTION} The features also include what a word reader, a small transformer, makes of each article: "
        "minilm (digest 0123)."
    )


def test_ways_of_a_comparison_are_described_as_those_of_an_evaluation_are():
    own = methods.way_text("own", "tone", own_labels())
    assert own.startswith(told_of(own_labels()))
    plain = methods.way_text("plain", "tone", own_labels())
    assert "C, the inverse strength of the penalty, is 0.1) on the words of the sentence" in plain
    adapted = methods.way_text("adapted", "kind", own_labels())
    assert adapted.startswith(f"{methods._LEARNED[TOGETHER]} The model was fitted on sayso corpus (8,061 sentences")
    assert adapted.endswith(methods._ADAPTED)
    assert methods.way_text("package", "kind", own_labels()).endswith("It was not fitted on these sentences.")
    assert methods.way_text("most_frequent", "tone", own_labels()) == ""


def test_what_an_evaluation_says_of_its_model_is_taken_from_its_methods_text():
    assert methods.kept_text(f"Data.\n\nA model. Of oats. {methods._MACRO} Computed.\n") == "A model. Of oats."
    assert methods.kept_text("Data.\n\nRewritten by hand.\n") == ""


def test_events_are_told_only_where_the_data_names_them():
    assert methods._same(own_labels()) == "articles with the same text"
    assert methods._same(own_labels({"group": "the ferry"})) == "articles with the same text or on the same event"
