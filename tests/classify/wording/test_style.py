import numpy as np
import pytest

from sayso.classify.language.article_tokens import view
from sayso.classify.wording.features import BLOCKS
from sayso.classify.wording.style import COUNTS, style_features
from sayso.data.articles.sentences import find_sentences
from sayso.data.records import Span


def style_of(text, *, whose=0):
    """Give what the measures tell of one sentence, those that are 0 left out."""
    seen = view(text, [Span(0, len(text))])
    found = style_features(seen, np.full(len(seen.words), whose, dtype=np.int64))
    return {name: values.item() for name, values in found.items() if values.item()}


@pytest.mark.parametrize(
    ("text", "name", "count"),
    [
        ("Perhaps they could wait.", "style: possible", 2),
        ("They should, they must.", "style: obligation", 2),
        ("It is sort of finished.", "style: hedge", 1),
        ("Of course it rained.", "style: certain", 1),
        ("Sadly, the bridge fell.", "style: attitude", 1),
        ("We didn't ask them.", "style: negation", 1),
        ("We didn't ask them.", "tense: past", 1),
        ("We'd like our bridge back.", "person: we", 2),
        ("We'd like our bridge back.", "style: future", 1),
        ("The mayor opened it and left.", "tense: past", 2),
        ("The ferry is late.", "tense: form of be", 1),
        ("I told you so!", "person: I", 1),
        ("I told you so!", "person: you", 1),
        ("I told you so!", "form: exclamations", 1),
        ("Who paid? Why?", "form: questions", 2),
        ("Who paid? Why?", "form: question words", 2),
        ("In 1998 some 40 of 512 boats sank.", "form: numbers", 3),
        ("In 1998 some 40 of 512 boats sank.", "form: years", 1),
        ("The NHS paid.", "form: words in capitals", 1),
        ("A careless, spiteful answer.", "form: adjectives by their endings", 2),
        ("The happiest and luckier ones.", "form: comparatives by their endings", 2),
    ],
)
def test_words_are_counted(text, name, count):
    assert style_of(text)[name] == pytest.approx(np.log1p(count))


def test_judging_words_are_told_by_whose_they_are():
    own, quoted = style_of("An absurd plan."), style_of("An absurd plan.", whose=2)
    assert own["evaluation: loaded, the outlet's own"] == quoted["evaluation: loaded, somebody else's"] == np.log(2)
    assert "evaluation: loaded, somebody else's" not in own
    assert own["evaluation: negative"] == np.log(2)
    assert own["evaluation: share"] == pytest.approx(5 / 3)  # one word of three


def test_shares_and_length():
    found = style_of("The ferry left the port.")
    assert found["form: share of the"] == pytest.approx(4 * 2 / 5)
    assert found["form: length"] == pytest.approx(np.log(6))
    assert found["form: letters a word"] == pytest.approx((3 + 5 + 4 + 3 + 4) / 5 / 2)
    assert found["tense: past rather than present"] == 1.0


def test_a_few_quoted_words_are_told_from_a_quotation():
    found = style_of("The “peace” plan, “which nobody in the harbour had read”, failed.")
    assert found["quotation: a few words"] == found["quotation: longer"] == np.log(2)
    assert found["quotation: share"] == pytest.approx(2 * 8 / 11)


def test_the_sentences_of_an_article_are_told_apart():
    text = "Perhaps. It rained. Who knows?"
    seen = view(text, find_sentences(text))
    found = style_features(seen, np.zeros(len(seen.words), dtype=np.int64))
    assert (found["style: possible"] > 0).tolist() == [True, False, False]
    assert (found["form: questions"] > 0).tolist() == [False, False, True]


def test_names_begin_with_a_block():
    assert {name.partition(": ")[0] for name in COUNTS} <= set(BLOCKS)


def test_an_article_without_sentences_has_none():
    seen = view("", [])
    assert {len(values) for values in style_features(seen, np.zeros(0, dtype=np.int64)).values()} == {0}
