import numpy as np
import pytest
from builders import tokens_of

from sayso.classify.attribution.extractor import Candidate
from sayso.classify.attribution.source_ends import whole_source, with_descriptions
from sayso.train.attribution.marked_tokens import Gold, with_whole_sources


def whole(text, name, taken=""):
    """Give the source that begins with a name in a text of one sentence, where some of its words are taken."""
    seen = tokens_of(text)
    assert len(seen.sentences) == 1
    first, last = at(seen, name)
    end = whole_source(seen, (first, last), range(*at(seen, taken)) if taken else ())[1]
    return seen.span(first, end).of(text)


def at(seen, phrase):
    """Give the tokens of a phrase."""
    start = seen.text.index(phrase)
    return tuple(np.searchsorted(seen.starts, [start, start + len(phrase)]).tolist())


@pytest.mark.parametrize(
    ("text", "name", "source"),
    [
        ("Anna Roe, a farmer from Ems, said no.", "Anna Roe", "Anna Roe, a farmer from Ems"),
        ("“No,” said Anna Roe, 43, who heads the union.", "Anna Roe", "Anna Roe, 43, who heads the union"),
        ("“No,” said Anna Roe, a clerk in Ems, Ohio, who voted.", "Anna Roe", "Anna Roe, a clerk in Ems, Ohio, who voted"),
        ("Anna Roe (D-Ohio) said no.", "Anna Roe", "Anna Roe (D-Ohio)"),
        ("Senator Roe, R-Fla., said no.", "Senator Roe", "Senator Roe, R-Fla."),
        ("Anna Roe, chief executive of Elk Motors, said no.", "Anna Roe", "Anna Roe, chief executive of Elk Motors"),
        ("Anna Roe, the union's president, said no.", "Anna Roe", "Anna Roe, the union's president"),
    ],
)
def test_the_description_behind_a_name_belongs_to_the_source(text, name, source):
    assert whole(text, name, "said") == source


@pytest.mark.parametrize(
    "text",
    [
        "Anna Roe, speaking in Ems, said no.",
        "Anna Roe, however, said no.",
        "Anna Roe, in a letter to the president, said no.",
        "Anna Roe, Ben Cole and Eva Dunn said no.",
        "Anna Roe said no, the president added.",
        "Anna Roe (the rest of what these brackets hold is long enough to be no party) said no.",
        "“No,” said Anna Roe, Ohio.",  # a place goes with a description only
    ],
)
def test_what_else_stands_behind_a_name_does_not(text):
    assert whole(text, "Anna Roe", "said") == "Anna Roe"


def test_a_description_runs_into_no_cue_and_nothing_said():
    assert whole("Anna Roe, who said so, left.", "Anna Roe", "said") == "Anna Roe"
    assert whole("Anna Roe, a loss for Ems is a loss.", "Anna Roe", "loss for Ems is a loss") == "Anna Roe"


def test_the_sources_of_nested_attributions_are_whole_too():
    text = "Police said Anna Roe, a clerk, denied Ben Cole, 40, had left."
    seen = tokens_of(text)
    inner = Candidate(0, at(seen, "denied"), at(seen, "Anna Roe"), np.arange(*at(seen, "Ben Cole, 40, had left")))
    told = Candidate(0, at(seen, "said"), at(seen, "Police"), np.arange(*at(seen, text[12:-1])), nested=(inner,))
    bare = Candidate(0, at(seen, "said"), None, np.arange(*at(seen, "left")))
    one, other = with_descriptions(seen, [told, bare])
    assert seen.span(*one.source).of(text) == "Police"
    assert seen.span(*one.nested[0].source).of(text) == "Anna Roe, a clerk"
    assert other.source is None


def test_marked_sources_are_learned_with_their_descriptions():
    seen = tokens_of("Anna Roe, a clerk who said no, left. Ben Coe, a baker, said it rained. They agreed.")
    roe, coe, they = (at(seen, name) for name in ("Anna Roe", "Ben Coe", "They"))
    second = at(seen, "said it")[0]
    marked = [
        Gold(at(seen, "said no")[0], at(seen, "said"), roe, frozenset(range(*at(seen, "no,")))),
        Gold(second, (second, second + 1), coe, frozenset(range(*at(seen, "it rained")))),
        Gold(at(seen, "agreed")[0], at(seen, "agreed"), they, frozenset()),
        Gold(-1, None, None, frozenset(range(*at(seen, "it rained")))),
    ]
    whole = [seen.span(*g.source).of(seen.text) if g.source else None for g in with_whole_sources(seen, marked)]
    # of Anna Roe the description runs into the cue
    assert whole == ["Anna Roe", "Ben Coe, a baker", "They", None]
    assert [(g.anchor, g.cue, g.content) for g in with_whole_sources(seen, marked)] == [
        (g.anchor, g.cue, g.content) for g in marked
    ]
