from dataclasses import replace

import pytest
from builders import labelled_article, span_of

from sayso.classify.annotation.records import AnnotatedSentence, BiasLabel, FoundAttribution
from sayso.data.codebook.codebook import Column
from sayso.data.project.records import Entry
from sayso.data.records import Attribution
from sayso.train.serve.contents.article import article_after, in_force, in_order, page_values

WORDS = "The port said that the pier would shut."


def article(**labels):
    """Make an article of one sentence with labels."""
    return labelled_article("pier", (WORDS, labels))


def guess(labelled, **about):
    """Make the models' view of the first sentence: an official claim by an organisation, and not sure of it."""
    text = labelled.article.text
    found = FoundAttribution(span_of(text, "The port"), span_of(text, "said"), (span_of(text, "the pier would shut"),))
    types = {"organisation": 0.5, "expert": 0.2, "unnamed": 0.2, "none": 0.1}
    kinds = {"official_claim": 0.4, "narrative": 0.3, "independent_assessment": 0.2, "quote": 0.1}
    (s,) = labelled.sentences
    made = AnnotatedSentence(
        *(0, s.span, s.span.of(text), "official_claim", "organisation", kinds, types),
        **{"abstain": True, "source": None, "cue": None},
    )
    return replace(made, attributions=(replace(found, tone="distancing", source_type="organisation"),), **about)


def test_without_labels_the_models_view_is_in_force():
    labelled = article()
    assert in_force(labelled, labelled.sentences[0], guess(labelled)) == guess(labelled)


def test_a_persons_label_is_sure_and_the_models_other_label_stays():
    labelled = article(kind="official_claim")
    made = in_force(labelled, labelled.sentences[0], guess(labelled))
    assert (made.kind, made.kind_scores, made.abstain) == ("official_claim", {"official_claim": 1.0}, False)
    assert (made.source_type, made.source_type_scores["organisation"]) == ("organisation", 0.5)


@pytest.mark.parametrize(
    ("labels", "together"),
    [
        ({"kind": "narrative"}, ("narrative", "unnamed")),  # 0.2, and none has 0.1
        ({"kind": "independent_assessment"}, ("independent_assessment", "expert")),
        ({"source_type": "none"}, ("narrative", "none")),
        ({"source_type": "expert"}, ("independent_assessment", "expert")),  # 0.2, and quote has 0.1
    ],
)
def test_of_the_models_other_labels_the_likeliest_that_goes_together_is_taken(labels, together):
    labelled = article(**labels)
    made = in_force(labelled, labelled.sentences[0], guess(labelled))
    assert (made.kind, made.source_type) == together


def test_a_persons_attribution_has_the_tone_that_the_models_give_its_cue():
    labelled = article(attributions=())
    text = labelled.article.text
    own = Attribution(span_of(text, "port"), span_of(text, "said"), speaker="Port of Tolm")
    s = replace(labelled.sentences[0], attributions=(own,))
    (made,) = in_force(labelled, s, guess(labelled)).attributions
    assert (made.source, made.speaker, made.tone) == (span_of(text, "port"), "Port of Tolm", "distancing")
    assert (made.content, made.source_type) == ((), "organisation")


def test_without_models_only_what_a_person_labelled_is_known():
    labelled = article(kind="quote")
    assert in_force(labelled, labelled.sentences[0], None) is None
    labelled = article(kind="quote", source_type="state", loaded=("shut",))
    made = in_force(labelled, labelled.sentences[0], None)
    assert (made.kind, made.source_type) == ("quote", "state")
    assert made.bias == BiasLabel("biased", 1.0, (span_of(WORDS, "shut"),))


def test_the_page_counts_what_is_known():
    labelled = labelled_article("two", (WORDS, {"kind": "official_claim", "source_type": "state"}), "Nobody came.")
    values = page_values(labelled, [])
    assert (values["n_known"], values["profile"].kinds["official_claim"].sentences, values["strip_label"]) == (
        1,
        1,
        "official claim",
    )
    assert [(part.state, part.kind, part.at, part.words) for part in values["shown"]] == [
        ("own", "official_claim", 0, 8),
        ("open", "", 8, 2),
    ]
    assert [part.spelled for part in values["shown"]] == [
        "Sentence 1: official claim, your label",
        "Sentence 2: not labelled",
    ]


def test_attributions_are_asked_right_behind_kind_and_source_type():
    named = [Column(name) for name in ("topic", "kind", "source_type", "bias", "attribution")]
    assert [c.name for c in in_order(named)] == ["topic", "kind", "source_type", "attribution", "bias"]
    first = [Column(name) for name in ("attribution", "kind", "bias")]
    assert [c.name for c in in_order(first)] == ["kind", "attribution", "bias"]
    alone = [Column(name) for name in ("topic", "attribution")]
    assert [c.name for c in in_order(alone)] == ["topic", "attribution"]


def test_the_next_article_is_one_that_is_not_done():
    entries = [
        Entry(key, key, None, None, None, None, None, 1, {}, done, 0) for key, done in zip("abcd", (0, 0, 1, 0), strict=True)
    ]
    assert article_after(entries, "b").key == "d"
    assert article_after(entries, "d").key == "a"
    assert article_after(entries[1:3], "b") is None
