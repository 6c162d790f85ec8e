from dataclasses import replace

import numpy as np
import pytest

from sayso.classify.attribution.extractor import Candidate
from sayso.classify.kinds.decisions import confirmed, decided
from sayso.classify.kinds.reading import Reading
from sayso.classify.language.article_tokens import view
from sayso.classify.linear.label_pairs import OUTPUTS
from sayso.data.articles.sentences import find_sentences
from sayso.data.scheme import SOURCE_TYPES

NOTHING = np.zeros((1, len(OUTPUTS)), dtype=np.float32)


def reading(text, **fields):
    """Read a sentence of which the words behind the third are said."""
    viewed = view(text, find_sentences(text))
    return Reading.of(viewed, [Candidate(2, (2, 3), (0, 2), np.arange(3, len(viewed.words)), **fields)])


def test_hearsay_is_of_unnamed_people():
    outputs = decided(reading("The mill reportedly burned.", form="hearsay"), NOTHING)[0]
    assert OUTPUTS[2 + outputs[2:].argmax()] == "unnamed"
    assert outputs[1] > 0


@pytest.mark.parametrize(
    ("text", "likeliest"),
    [
        ("The ministry said that the mill burned.", {"state"}),
        ("Anna Velm said that the mill burned.", {"individual"}),  # a name, and nothing else
        ("The quorl said that the mill burned.", set(SOURCE_TYPES) - {"political", "none"}),  # nothing at all
    ],
)
def test_whoever_speaks_tells_the_type(text, likeliest):
    scores = decided(reading(text), NOTHING)[0, 2:]
    assert {OUTPUTS[2 + n] for n in np.flatnonzero(scores == scores.max())} == likeliest


def test_sentences_of_one_speaker_have_one_type():
    text = "Zora Velm said the mill burned. Velm said it was old."
    viewed = view(text, find_sentences(text))
    first, second = (viewed.words.index("said"), viewed.words.index("said", 5))
    found = [
        Candidate(first, (first, first + 1), (0, first), np.arange(first + 1, 6)),
        Candidate(second, (second, second + 1), (second - 1, second), np.arange(second + 1, len(viewed.words))),
    ]
    outputs = np.zeros((2, len(OUTPUTS)), dtype=np.float32)
    outputs[0, 2] = 4.0  # the model takes the first sentence for one of a ministry
    scores = decided(Reading.of(viewed, found), outputs)
    assert scores[0, 2:] == pytest.approx(scores[1, 2:])
    assert OUTPUTS[2 + scores[1, 2:].argmax()] == "state"


@pytest.mark.parametrize(
    ("form", "source_type"),
    [("broadcast", "media"), ("unauthorised", "organisation"), ("law", "state"), ("contract", "organisation")],
)
def test_a_form_tells_the_type_of_a_source_that_nobody_knows(form, source_type):
    read = reading("The quonk said that the mill burned.", form=form)
    assert read.resolved[2].source_type == source_type


@pytest.mark.parametrize(
    ("text", "score", "chance_of_none", "told"),
    [
        ("Anna Velm said that it rained.", 0.5, 0.5, True),
        ("Anna Velm said that it rained.", 0.5, 0.99, False),  # 0 - 0.12 × 4.6 - 0.05 = -0.6 < -0.2
        ("Anna Velm said that it rained.", 0.59, 0.99, False),  # 0.36 - 0.6 = -0.24
        ("Anna Velm said that it rained.", 0.62, 0.99, True),
        ("Anna Velm passed the bill there.", 0.5, 0.5, False),  # no word of speech: 0 - 0.3 < -0.2
        ("Anna Velm passed the bill there.", 0.55, 0.5, True),
    ],
)
def test_a_sentence_of_nobody_has_to_be_outweighed(text, score, chance_of_none, told):
    read = reading(text, score=score)
    assert bool(confirmed(read.view, read.candidates, 0.45, [chance_of_none])) == told


def test_a_form_needs_no_other_word():
    read = reading("Anna Velm passed the bill there.", score=0.5, form="headline")
    assert confirmed(read.view, read.candidates, 0.45, [0.999]) == list(read.candidates)


def test_who_acts_before_a_quotation_of_another_sentence_keeps_it():
    read = reading("Anna Velm left the hall at noon. “This is a farce.”", score=0.5)
    [candidate] = read.candidates  # its content is all behind the cue: the hall and the quotation
    assert confirmed(read.view, [candidate], 0.45, [0.99, 0.1]) == [candidate]
    assert confirmed(read.view, [replace(candidate, content=candidate.content[:5])], 0.45, [0.99, 0.1]) == []


def test_a_newspaper_that_asks_is_media_whatever_firm_has_its_name():
    [candidate] = reading("Anna Velm said that it rained.", form="question").candidates
    assert reading("Anna Velm said that it rained.", form="question").bearers[candidate.anchor].source_type == "media"
