import csv
import re
from pathlib import Path

import pytest
from builders import json_rows, labelled_article, write_rows
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.data.agreement.annotators import annotator_of, count_unmatched, labels_by_column, match_units, measure_agreement
from sayso.data.agreement.disputes import check_names, find_disputes, read_decisions, write_disputes
from sayso.data.agreement.spans import likeness, n_matched, pieces_of, span_agreement
from sayso.data.records import Article, Attribution, LabelledArticle, Sentence, Span
from sayso.data.rows.labelled_rows import articles_of
from sayso.errors import SaysoError

TEXTS = ("Rain fell on Hull.", "The mayor said it would stop.", "It did not.")


def labelled(name="rain", *, labels=({}, {}, {}), texts=TEXTS):
    rows = [{"article": name, "n": n, "text": text, **of} for n, (text, of) in enumerate(zip(texts, labels, strict=True))]
    return articles_of((f"x:{i}", row) for i, row in enumerate(rows))[0]


def annotators(*articles_of_each):
    return [annotator_of(name, articles) for name, articles in zip(("anna", "ben", "cora"), articles_of_each, strict=False)]


def test_sentences_are_matched_by_article_and_number():
    one, other = annotators([labelled()], [labelled(), labelled("sun")])
    units = match_units([one, other])
    assert [(u.article, u.n, u.before, u.text, u.after) for u in units] == [
        ("rain", 0, "", TEXTS[0], TEXTS[1]),
        ("rain", 1, TEXTS[0], TEXTS[1], TEXTS[2]),
        ("rain", 2, TEXTS[1], TEXTS[2], ""),
    ]


def test_different_words_under_one_number_are_named():
    other = labelled(texts=(TEXTS[0], "The mayor said it would not stop.", TEXTS[2]))
    message = (
        "ben: article 'rain', sentence 1 is 'The mayor said it would not stop.', but 'The mayor "
        "said it would stop.' in anna; all annotators must label the same text."
    )
    with pytest.raises(SaysoError, match=f"^{re.escape(message)}$"):
        match_units(annotators([labelled()], [other]))


@pytest.mark.parametrize("words", [
    "“It’s  late,” she\u00a0said.", "\ufeff\"It's late,\" she said.", "„It's late,‟ she\nsaid.",
])  # fmt: skip
def test_white_space_and_the_style_of_quotation_marks_are_no_difference(words):
    plain = labelled(labels=[{}], texts=['"It\'s late," she said.'])
    (unit,) = match_units(annotators([plain], [labelled(labels=[{}], texts=[words])]))
    assert unit.text == '"It\'s late," she said.'


def test_an_id_twice_is_named():
    with pytest.raises(SaysoError, match=r"^anna: two articles have the id 'rain'; give each its own id\.$"):
        annotators([labelled(), labelled()])


def test_nothing_in_common_is_said():
    with pytest.raises(
        SaysoError, match=r"^anna and ben: no sentences in common; sentences are matched by article and n\.$"
    ):
        match_units(annotators([labelled()], [labelled("sun")]))


def test_sentences_that_nobody_else_has_are_counted():
    both = annotators([labelled()], [labelled(), labelled("sun")])
    assert list(count_unmatched(both, match_units(both))) == [("ben", 3, 6)]


def test_every_column_and_target_is_compared():
    one = labelled(labels=({"kind": "quote", "stance": {"town": "favor"}, "topic": "sky"}, {}, {}))
    other = labelled(labels=({"kind": "narrative", "stance": {"town": "against", "sea": "favor"}}, {}, {}))
    unit = match_units(annotators([one], [other]))[0]
    assert labels_by_column(unit) == {
        "kind": ("quote", "narrative"),
        "stance: town": ("favor", "against"),
        "stance: sea": (None, "favor"),
        "topic": ("sky", None),
    }


def test_columns_by_one_annotator_alone_are_not_measured():
    one = labelled(labels=({"kind": "quote", "topic": "sky"}, {"kind": "quote"}, {"kind": "narrative"}))
    other = labelled(labels=({"kind": "quote"}, {"kind": "narrative"}, {"kind": "narrative"}))
    both = annotators([one], [other])
    found = measure_agreement(both, match_units(both))
    assert [(of.column, of.units, of.overall.same.value) for of in found.columns] == [("kind", 3, pytest.approx(2 / 3))]
    # pe = (2/3 * 1/3 + 1/3 * 2/3) = 4/9, po = 2/3
    assert found.columns[0].overall.kappa.value == pytest.approx((2 / 3 - 4 / 9) / (5 / 9))
    assert {label: n for label, (n, _) in found.columns[0].labels.items()} == {"narrative": 3, "quote": 3}
    with pytest.raises(
        SaysoError, match=r"^no sentence has 'topic' from two annotators; columns with labels from two: kind\.$"
    ):
        measure_agreement(both, match_units(both), ["topic"])


def test_spans_are_compared_by_their_place_in_the_sentence():
    spans = {"source": {"start": 19, "end": 28}, "cue": {"start": 29, "end": 33}, "content": [{"start": 34, "end": 47}]}
    one = labelled(labels=({"attributions": []}, {"attributions": [spans]}, {"attributions": []}))
    shifted = LabelledArticle(
        Article("rain", "\n\n" + one.article.text),
        tuple(
            Sentence(
                s.n,
                Span(s.span.start + 2, s.span.end + 2),
                attributions=tuple(Attribution(Span(25, 30), Span(31, 35), (Span(36, 49),)) for _ in s.attributions),
            )
            for s in one.sentences
        ),
        complete=frozenset({"attribution"}),
    )
    found = {of.role: of for of in span_agreement([{"rain": one}, {"rain": shifted}])}
    assert found["cue"].exact.value == found["content"].exact.value == 1
    # "The mayor" and "mayor" share 5 of 9 characters
    assert (found["source"].exact.value, found["source"].overlap.value) == (0, 1)
    assert found["source"].spans == (1, 1)
    assert "loaded" not in found


def test_articles_where_one_did_not_look_for_spans_do_not_count():
    marked = labelled(
        labels=({"attributions": [{"cue": {"start": 0, "end": 4}}]}, {"attributions": []}, {"attributions": []})
    )
    assert span_agreement([{"rain": marked}, {"rain": labelled()}]) == []


def test_a_span_over_two_sentences_is_two_pieces():
    assert pieces_of([Span(13, 22)], labelled()) == ((0, 13, 18), (1, 0, 3))


def test_spans_are_matched_best_first_and_once():
    one, other = [((0, 0, 10),), ((0, 0, 8),)], [((0, 0, 8),), ((0, 20, 24),)]
    assert n_matched(one, other, likeness) == 1
    assert n_matched(one, [*other, ((0, 0, 12),)], likeness) == 2


def test_disputes_stand_worst_first_with_what_is_beside_them():
    one = labelled(labels=({"kind": "narrative", "bias": "neutral"}, {"kind": "quote"}, {"kind": "narrative"}))
    other = labelled(labels=({"kind": "quote", "bias": "biased"}, {"kind": "quote"}, {"kind": "quote"}))
    both = annotators([one], [other])
    found = find_disputes(both, match_units(both))
    assert [(d.unit.n, d.column, d.answers) for d in found] == [
        (0, "kind", ("narrative", "quote")),  # of 6 labels 2 and 4: by chance 16 of 30 pairs differ
        (0, "bias", ("neutral", "biased")),
        (2, "kind", ("narrative", "quote")),
    ]
    assert [d.weight for d in found] == [pytest.approx(30 / 16), 1, pytest.approx(30 / 16)]
    assert [d.column for d in find_disputes(both, match_units(both), ["bias"])] == ["bias"]


def test_marked_words_are_disputed_as_a_whole():
    attribution = {"source": {"start": 19, "end": 28}, "cue": {"start": 29, "end": 33}, "content": []}
    one = labelled(labels=({"attributions": []}, {"attributions": [attribution]}, {"attributions": []}))
    other = labelled(labels=({"attributions": []},) * 3)
    both = annotators([one], [other])
    (found,) = find_disputes(both, match_units(both))
    assert (found.unit.n, found.column, found.answers) == (1, "attributions", ("[The mayor | said | -]", "nothing"))


@pytest.mark.parametrize("name", ["d.csv", "d.jsonl"])
def test_a_file_of_disputes_is_filled_in_and_read(tmp_path, name):
    one = labelled(labels=({"kind": "quote"}, {"kind": "quote"}, {}), texts=("=1+1, she said.", TEXTS[1], TEXTS[2]))
    other = labelled(
        labels=({"kind": "narrative"}, {"kind": "narrative"}, {}), texts=("=1+1, she said.", TEXTS[1], TEXTS[2])
    )
    both = annotators([one], [other])
    path = tmp_path / name
    write_disputes(find_disputes(both, match_units(both)), ["anna", "ben"], path)
    assert read_decisions(path) == {}
    if name == "d.csv":
        rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
        assert rows[0]["text"] == "'=1+1, she said."
        path.write_text(
            path.read_text(encoding="utf-8").replace("quote,narrative,", "quote,narrative,quote", 1), encoding="utf-8"
        )
    else:
        rows = json_rows(path.read_text(encoding="utf-8"))
        assert rows[0]["text"] == "=1+1, she said."
        rows[0]["decision"] = " quote "
        write_rows(path, rows)
    assert [(key, of.words) for key, of in read_decisions(path).items()] == [(("rain", 0, "kind"), "quote")]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("article,n,decision\na,0,quote\n", "d.csv:1: no column 'column'; give the file written by sayso data agree"),
        ("article,n,column,decision\na,x,kind,quote\n", "d.csv:1: n is 'x'; it must be a whole number, 0 or more."),
        ("article,n,column,decision\na,0,kind,quote\na,0,kind,narrative\n", "d.csv:2: 'narrative', but 'quote' at d.csv:1;"),
        ('article,n,column,decision\na,0,kind,"quo, te', "d.csv:1: broken quoting at line 2"),
        ("", "d.csv: the file is empty; give one row per sentence."),
    ],
)
def test_a_broken_file_of_decisions_is_named_by_row(tmp_path, monkeypatch, text, message):
    monkeypatch.chdir(tmp_path)
    Path("d.csv").write_text(text, encoding="utf-8")
    with pytest.raises(SaysoError, match=f"^{re.escape(message)}"):
        read_decisions(Path("d.csv"))


def test_an_annotator_cannot_be_called_as_a_column():
    with pytest.raises(
        SaysoError, match=r"^'text' cannot be an annotator's name, because the file has a " r"column of that name; rename"
    ):
        check_names(["text", "ben"])


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 20), st.integers(1, 9)), min_size=1, max_size=6))
def test_what_is_marked_the_same_agrees_wholly(places):
    spans = tuple(Attribution(cue=Span(start, start + n)) for start, n in places)
    article = labelled_article("a", ("x" * 40, {"attributions": spans}))
    (found,) = span_agreement([{"a": article}, {"a": article}])
    assert (found.exact.value, found.overlap.value) == (1, 1)
