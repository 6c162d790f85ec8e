"""The shapes in which programs write a table as JSON."""

import pytest

from sayso.data.tabular.json_tables import rows_of_json, sentences_of

ROWS = [{"text": "Rain fell.", "label": "wet"}, {"text": "It froze.", "label": "cold"}]


@pytest.mark.parametrize(
    "value",
    [
        ROWS,
        {"data": ROWS, "version": 2},
        {"text": ["Rain fell.", "It froze."], "label": ["wet", "cold"]},
        {"text": {"0": "Rain fell.", "1": "It froze."}, "label": {"0": "wet", "1": "cold"}},
        {"columns": ["text", "label"], "index": [0, 1], "data": [["Rain fell.", "wet"], ["It froze.", "cold"]]},
        {"features": [{"name": "text"}], "rows": [{"row_idx": n, "row": row} for n, row in enumerate(ROWS)]},
    ],
)
def test_a_table_is_read_in_every_shape(value):
    assert rows_of_json(value) == ROWS


def test_an_index_that_does_not_count_rows_is_kept():
    by_index = {"17": ROWS[0], "19": ROWS[1]}
    assert rows_of_json(by_index) == [{"id": "17", **ROWS[0]}, {"id": "19", **ROWS[1]}]
    split = {"columns": ["text"], "index": [17], "data": [["Rain fell."]]}
    assert rows_of_json(split) == [{"index": 17, "text": "Rain fell."}]


@pytest.mark.parametrize("value", [3, "Rain fell.", {}, {"text": "Rain fell."}, {"a": ROWS, "b": ROWS}, {"a": [1]}])
def test_what_is_no_table_gives_no_rows(value):
    assert rows_of_json(value) is None


def test_the_sentences_of_an_article_are_rows_of_their_own():
    article = {"id": 7, "outlet": "Orla Post", "text": "Rain fell. It froze.", "tags": ["a"], "sentences": ROWS}
    assert list(sentences_of(article, "x:1")) == [{"article": 7, "outlet": "Orla Post", **row} for row in ROWS]
    assert list(sentences_of({"sentences": ROWS}, "x:1")) == [{"article": "x:1", **row} for row in ROWS]
    assert list(sentences_of(ROWS[0], "x:1")) == [ROWS[0]]
