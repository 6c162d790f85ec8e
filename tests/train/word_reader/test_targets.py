"""What a network learns of a labelled article."""

import pytest
from builders import span_of

from sayso.classify.language.article_tokens import view
from sayso.classify.word_reader.reads import CONTENT, CUE, SOURCE
from sayso.data.records import Article, Attribution, LabelledArticle, Sentence, Span
from sayso.data.scheme import KINDS, SOURCE_TYPES
from sayso.train.word_reader.targets import UNKNOWN, Targets

TEXT = "Mayor Roe said the pier is safe. It rained."
PRIORS = {"said": 0.6}


@pytest.fixture
def targets():
    said = Attribution(
        span_of(TEXT, "Mayor Roe"), span_of(TEXT, "said"), (span_of(TEXT, "the pier is safe"),), None, "state"
    )
    sentences = (
        Sentence(0, Span(0, 32), kind="official_claim", source_type="state", attributions=(said,)),
        Sentence(1, Span(33, 43)),
    )
    labelled = LabelledArticle(Article("a", TEXT), sentences)
    return Targets.of(view(TEXT, [s.span for s in sentences]), labelled, PRIORS, 0.5)


def test_words_begin_a_role_or_go_on_with_it(targets):
    assert targets.tags[:, SOURCE].tolist() == [1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0]
    assert targets.tags[:, CUE].tolist() == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    assert targets.tags[:, CONTENT].tolist() == [0, 0, 0, 1, 2, 2, 2, 0, 0, 0, 0]


def test_the_main_word_of_a_cue_knows_the_type_of_its_source(targets):
    assert targets.main.tolist() == [0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0]
    assert targets.source_type[2] == SOURCE_TYPES.index("state")
    assert set(targets.source_type.tolist()) == {SOURCE_TYPES.index("state"), UNKNOWN}


def test_words_are_linked_to_their_cue(targets):
    linked = targets.linked(2, targets.view.forms * 0 + range(11))
    assert linked[:, SOURCE].nonzero()[0].tolist() == [0, 1]
    assert linked[:, CUE].nonzero()[0].tolist() == [2]
    assert linked[:, CONTENT].nonzero()[0].tolist() == [3, 4, 5, 6]


def test_a_sentence_without_label_teaches_none(targets):
    assert targets.kinds.tolist() == [KINDS.index("official_claim"), UNKNOWN]
    assert targets.types.tolist() == [SOURCE_TYPES.index("state"), UNKNOWN]
    assert targets.weight == 0.5
