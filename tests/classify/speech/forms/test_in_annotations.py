import pytest

from sayso.classify.annotation.annotator import load_annotator
from sayso.data.records import Article


@pytest.fixture(scope="module")
def annotator():
    return load_annotator(bias=False)


def test_turns_are_quotations_of_the_label(annotator):
    text = "Mladenov: The state has kept its word. We have paid.\n\nHost: And the opposition?\n\nMladenov: It has no plan."
    rows = annotator.annotate(Article("radio", text))
    assert [row.kind for row in rows] == ["quote"] * 4
    assert [row.source for row in rows] == ["Mladenov", None, "Host", "Mladenov"]
    assert [row.cue for row in rows] == [None] * 4
    assert rows[2].source_type == "media"
    assert len(rows[0].attributions[0].content) == 1


def test_a_colon_headline_has_a_source_and_no_cue(annotator):
    [row, _] = annotator.annotate(
        Article("dog", "Police: Man killed by own dog\n\nThe man lived alone on a farm near Velm.")
    )
    assert (row.kind, row.source_type, row.source, row.cue) == ("official_claim", "state", "Police", None)


def test_a_quotation_over_paragraphs_is_one_attribution(annotator):
    text = (
        "“We were never asked,” said Kaja Moll, head of the fishers’ union.\n\n“Two boats are gone.\n\n"
        "“Who will answer?”\n\nIt rained."
    )
    rows = annotator.annotate(Article("boats", text))
    assert [row.kind for row in rows] == ["quote", "quote", "quote", "narrative"]
    [found] = rows[0].attributions
    assert [c.of(text) for c in found.content] == ["“We were never asked,”", "“Two boats are gone.\n\n“Who will answer?”"]
    assert not rows[1].attributions
    assert not rows[2].attributions


def test_a_quotation_without_a_cue_names_who_was_introduced(annotator):
    text = "Ada Brenn has sold fish on the pier for 40 years.\n\n“I have never seen the water like this. It is brown.”"
    rows = annotator.annotate(Article("fish", text))
    [found] = rows[1].attributions
    assert (found.speaker, found.source, found.cue, found.quoted) == ("Ada Brenn", None, None, True)
