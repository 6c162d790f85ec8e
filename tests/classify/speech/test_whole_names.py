import numpy as np
import pytest
from builders import spans_in_a_row

from sayso.classify.attribution.extractor import Candidate
from sayso.classify.language.article_tokens import view
from sayso.classify.speech.whole_names import whole_names


def mended(text, source, cue, content=""):
    """Give source, cue and content of the attribution as words; what is said is all behind the cue, where not given."""
    seen = view(text, spans_in_a_row([text]))
    first, last = seen.words.index(source.split()[0]), seen.words.index(source.split()[-1]) + 1
    anchor = seen.words.index(cue)
    said = sorted(map(seen.words.index, content.split())) or range(anchor + 1, len(seen.words))
    candidate = Candidate(anchor, (anchor, anchor + 1), (first, last), np.array(said))
    found = whole_names(seen, [candidate])
    return [
        (" ".join(seen.words[slice(*c.source)]), seen.words[c.anchor], [seen.words[i] for i in c.content]) for c in found
    ]


@pytest.mark.parametrize(
    ("text", "source", "whole"),
    [
        ("Carl “Bud” Lowe said no.", "Lowe", "Carl “ Bud ” Lowe"),
        ("Carl “Bud” Lowe said no.", "Carl", "Carl “ Bud ” Lowe"),
        ("Tobias ‘The Anvil’ Hale said no.", "Hale", "Tobias “ The Anvil ” Hale"),
        ("Gen. T. J. “Bud” Lowe, Jr. said no.", "Jr.", "Gen. T . J . “ Bud ” Lowe , Jr."),
        ("Gus “the Hat” Lowe said no.", "Gus", "Gus “ the Hat ” Lowe"),
        ("Brenn, Lowe and Pryce said no.", "Lowe and Pryce", "Brenn , Lowe and Pryce"),
        ("In Velm, Lowe and Pryce said no.", "Lowe and Pryce", "Lowe and Pryce"),
        ("Lowe said no.", "Lowe", "Lowe"),
    ],
)
def test_a_source_is_the_whole_name_or_all_names(text, source, whole):
    ((found, _, _),) = mended(text, source, "said")
    assert found == whole


def test_a_nickname_is_not_what_is_said():
    ((_, _, content),) = mended("Carl “Bud” Lowe said no.", "Lowe", "said", "“ Bud ” no")
    assert content == ["no"]
    ((_, _, content),) = mended("Carl “Bud” Lowe told reporters it burned.", "Lowe", "told", "Bud")
    assert content == ["it", "burned"]
    assert mended("Not so, said Carl “Bud” Lowe.", "Lowe", "said", "Bud") == []


def test_who_gives_way_to_the_noun_before_it():
    ((source, cue, content),) = mended("An officer who would not be named said it burned.", "who", "would")
    assert (source, cue, content) == ("An officer", "said", ["it", "burned", "."])
    ((source, _, _),) = mended("An officer who left early told us it burned.", "who", "told")
    assert source == "An officer"


def test_who_stays_where_the_clause_itself_tells():
    ((source, _, _),) = mended("Ana Roe, who said it burned, left.", "who", "said")
    assert source == "who"


def test_a_clause_hung_on_the_source_is_not_said():
    text = "It burned, said an officer, who would not be named."
    ((source, _, content),) = mended(text, "an officer", "said", "It burned , who would not be named")
    assert source == "an officer"
    assert "named" not in content
