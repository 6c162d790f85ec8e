import pytest
from builders import labelled_article
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.data.project.disk.tables import articles_in, dataset_schema, is_ours, stamp_of, table_of
from sayso.data.records import Attribution, Span
from sayso.data.scheme import KINDS
from sayso.errors import SaysoError

_SCHEMA = dataset_schema(["topic", "article_country", "mood"])
_words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), min_size=1, max_size=20).filter(
    lambda words: words.strip()
)
_cells = _words.filter(lambda words: not words.isspace())


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(_words, st.sampled_from((None, *KINDS)), _cells), min_size=1, max_size=4), _cells)
def test_an_article_comes_back_from_its_rows(parts, country):
    labels = [
        (words, {"kind": kind, "extra": {"topic": topic}, "attributions": (Attribution(cue=Span(0, 1), speaker=topic),)})
        for words, kind, topic in parts
    ]
    labelled = labelled_article("Tolm 1", *labels, gap="\n\n", targets={country: (country, "it")}, meta={"country": country})
    table = table_of(labelled, _SCHEMA)
    assert table.schema.equals(_SCHEMA, check_metadata=True)
    assert is_ours(table.schema)
    assert stamp_of(table.schema) is None
    assert articles_in(table, "train") == [labelled]


def test_what_no_table_can_hold_is_told():
    with pytest.raises(SaysoError, match=r"^'half \\udc80': cannot be stored in a table \(.*\); correct its text\.$"):
        table_of(labelled_article("half \udc80", "It rained."), _SCHEMA)
    with pytest.raises(SaysoError, match=r"^Tolm: kind 'rumour' is not one of quote, official_claim"):
        table_of(labelled_article("Tolm", ("It rained.", {"kind": "rumour"})), _SCHEMA)
