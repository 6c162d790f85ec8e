import pytest

from sayso.classify.kinds.kind_rule import apply_rule, clause_within
from sayso.classify.language.article_tokens import view
from sayso.data.articles.sentences import find_sentences


def guessed(text):
    viewed = view(text, find_sentences(text))
    return viewed, apply_rule(viewed)


def words(viewed, tokens):
    return None if tokens is None else " ".join(viewed.words[slice(*tokens)])


@pytest.mark.parametrize(
    ("text", "kind", "source_type", "source", "cue"),
    [
        ("The harbour froze in the night.", "narrative", "none", None, None),
        ("The ministry said the harbour froze.", "official_claim", "state", "The ministry", "said"),
        ("The harbour froze, according to the ministry.", "official_claim", "state", "the ministry", "according to"),
        ("“The harbour froze,” said Ada Velm.", "quote", "individual", "Ada Velm", "said"),
        ("The harbour “froze” in the night.", "narrative", "none", None, None),  # one word of six is quoted
        ("Minister: The harbour froze.", "official_claim", "state", "Minister", None),
    ],
)
def test_a_sentence_is_whoever_its_governing_clause_names(text, kind, source_type, source, cue):
    viewed, [guess] = guessed(text)
    found = (guess.kind, guess.source_type, words(viewed, guess.source), words(viewed, guess.cue))
    assert found == (kind, source_type, source, cue)


def test_sentences_without_a_cue_or_a_quotation_are_nobodys():
    _, guesses = guessed("It froze. It froze hard. The ministry said it froze. It froze again.")
    assert [(g.source_type, g.quoted) for g in guesses] == [("none", 0.0), ("none", 0.0), ("state", 0.0), ("none", 0.0)]


@pytest.mark.parametrize(
    ("text", "types"),
    [
        ("“It froze hard.” “It froze again.”", ["individual", "individual"]),  # nobody is named
        ("The ministry said it froze. Snow fell. “It froze hard.”", ["state", "none", "state"]),  # the last one
        ("“It froze hard.” The ministry said it froze.", ["state", "state"]),  # nobody before: the next one
        ("The ministry said it froze. “It froze hard.” The party said it froze.", ["state", "state", "political"]),
        ("The ministry said it froze. “It froze hard. We saw it,” said the party.", ["state", "political", "political"]),
    ],
)
def test_a_quote_that_names_nobody_is_that_of_its_quotation_or_of_the_last_one(text, types):
    assert [guess.source_type for guess in guessed(text)[1]] == types


def test_of_clauses_as_strong_as_each_other_the_first_governs():
    viewed, [guess] = guessed("The ministry said the party said it froze.")
    assert words(viewed, guess.source) == "The ministry"


def test_a_part_of_a_sentence_is_governed_by_what_stands_in_it():
    text = "The ministry said it froze, while the party said it thawed."
    viewed = view(text, find_sentences(text))
    [(first, last)] = viewed.sentences
    party = viewed.lower.index("party") - 1
    whole, part = clause_within(viewed, 0, first, last), clause_within(viewed, 0, party, last)
    assert [words(viewed, clause.source) for clause in (whole, part)] == ["The ministry", "the party"]
    assert clause_within(viewed, 0, viewed.lower.index("it"), party) is None


def test_a_cue_in_quotation_marks_governs_nothing():
    _, [guess] = guessed("Snow fell on “The Mayor Said So” in Ems for a third day.")
    assert guess.cue is None
