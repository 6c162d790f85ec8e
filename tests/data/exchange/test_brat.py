from functools import partial

from builders import labelled_article, span_of
from hypothesis import given
from hypothesis import strategies as st

from sayso.data.exchange.brat import CONFIGURATION, standoff
from sayso.data.exchange.standoff import parse_standoff
from sayso.data.records import Article, Attribution, LabelledArticle, Sentence
from sayso.data.scheme import KINDS, SOURCE_TYPES

TEXT = "“It is safe,” she\nsaid. “Nobody was hurt.” Rain fell."


span = partial(span_of, TEXT)


SHE = Attribution(span("she"), span("said"), (span("“It is safe,”"), span("“Nobody was hurt.”")), source_type="state")


def test_sentences_are_marks_and_attributions_events():
    labelled = LabelledArticle(
        Article("a", TEXT),
        (
            Sentence(0, span("“It is safe,” she\nsaid."), kind="quote", source_type="state", attributions=(SHE,)),
            Sentence(1, span("Rain fell.")),
        ),
    )
    assert standoff(labelled).splitlines() == [
        "T1\tquote 0 17;18 23\t“It is safe,” she said.",
        "A1\tSourceType T1 state",
        "T2\tSource 14 17\tshe",
        "T3\tCue 18 22\tsaid",
        "T4\tContent 0 13;24 42\t“It is safe,” “Nobody was hurt.”",
        "T5\tAttribution 18 22\tsaid",
        "E1\tAttribution:T5 Source:T2 Cue:T3 Content:T4",
        "A2\tSourceType E1 state",
    ]


def test_labels_of_ones_own_columns_are_shown_in_a_note():
    own = {"topic": "trade\nand more", "mood": "calm"}
    found = Sentence(0, span("Rain fell."), kind="narrative", extra=own)
    assert standoff(LabelledArticle(Article("a", TEXT), (found,))).splitlines() == [
        "T1\tnarrative 43 53\tRain fell.",
        "#1\tAnnotatorNotes T1\ttopic: trade and more; mood: calm",
    ]


def test_what_an_attribution_lacks_is_left_out():
    found = (Attribution(content=(span("Rain fell."),)), Attribution(source=span("she")), Attribution())
    lines = standoff(LabelledArticle(Article("a", TEXT), (Sentence(0, span("Rain fell."), attributions=found),)))
    assert [line.split("\t")[1] for line in lines.splitlines() if line[0] == "E"] == [
        "Attribution:T2 Content:T1",
        "Attribution:T4 Source:T3",
    ]


@given(st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), min_size=1, max_size=40))
def test_marks_give_back_their_text_in_lines(text):
    labelled = labelled_article("a", (text, {"kind": "quote"}))
    if not text.strip():
        return
    (mark,) = parse_standoff(standoff(labelled)).marks.values()
    assert "".join("".join(piece.of(text).split()) for piece in mark.spans) == "".join(text.split())
    assert not any("\n" in piece.of(text) for piece in mark.spans)


def test_the_configuration_names_every_label():
    for label in (*KINDS, *SOURCE_TYPES):
        assert label in CONFIGURATION
    assert "Attribution Source?:Source, Cue?:Cue, Content+:Content" in CONFIGURATION
