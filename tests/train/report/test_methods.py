"""What the methods text says, and the example of it in the documentation."""

from pathlib import Path

from sayso.classify.model_files.shipped import shipped_model
from sayso.data.display import sentences_in_articles
from sayso.train.held_out_attributions import FITTED
from sayso.train.report import methods
from sayso.train.report.used import TOGETHER

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
