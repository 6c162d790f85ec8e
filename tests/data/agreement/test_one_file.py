import re

import pytest
from builders import run_sayso, write_rows

from sayso.data.agreement.annotators import annotator_of, match_units
from sayso.data.agreement.by_words import placed_by_words
from sayso.data.agreement.one_file import annotators_of_table, annotators_of_tables
from sayso.data.articles.notices import Notices
from sayso.data.records import label_of
from sayso.data.rows.labelled_rows import articles_of
from sayso.data.rows.recognition.names import USUAL, RowNames
from sayso.errors import SaysoError

TEXTS = ("Rain fell on Ems.", "The mayor left.", "It stopped.")


def read(tmp_path, rows, column=None):
    return annotators_of_table(write_rows(tmp_path / "all.jsonl", rows), USUAL, column, Notices())


def labels(annotator, column="topic"):
    return {
        s.span.of(labelled.article.text): label_of(s, column)
        for labelled in annotator.articles.values()
        for s in labelled.sentences
    }


def long(who="annotator"):
    return [
        {"article": "a", "text": text, "topic": topic, who: name}
        for name, topics in (("anna", "xyx"), ("ben", "xx"))
        for text, topic in zip(TEXTS if name == "anna" else TEXTS[1:], topics, strict=True)
    ]


def test_a_column_names_who_labelled_a_row(tmp_path):
    anna, ben = read(tmp_path, long())
    assert (anna.name, ben.name) == ("anna", "ben")
    assert labels(ben) == {TEXTS[1]: "x", TEXTS[2]: "x"}
    assert [(unit.text, unit.n) for unit in match_units([anna, ben])] == [(TEXTS[1], 1), (TEXTS[2], 2)]


def test_the_column_can_be_named(tmp_path):
    assert [annotator.name for annotator in read(tmp_path, long("who_did_it"), "who_did_it")] == ["anna", "ben"]


def test_each_annotator_may_have_a_column(tmp_path):
    rows = [{"text": TEXTS[0], "topic_by_anna": "sea", "topic_by_llm": "land"}, {"text": TEXTS[1], "topic_by_anna": "sea"}]
    anna, llm = read(tmp_path, rows)
    assert (labels(anna), labels(llm)) == ({TEXTS[0]: "sea", TEXTS[1]: "sea"}, {TEXTS[0]: "land", TEXTS[1]: None})


@pytest.mark.parametrize(("rows", "column", "message"), [
    ([{"text": TEXTS[0], "topic": "sea"}], None, "but no column says who labelled a row. Give one file per annotator"),
    ([{"text": TEXTS[0], "topic": "sea", "coder": "anna"}], None, "but column 'coder' has only one, 'anna'."),
    ([{"text": TEXTS[0], "topic": "sea"}], "who", "no column 'who' (--annotator-column); it has 'text', 'topic'."),
    ([*long(), {"text": TEXTS[0], "article": "b", "topic": "x"}], None, "all.jsonl:6: annotator is empty; fill in who"),
])  # fmt: skip
def test_a_table_without_two_annotators_is_refused(tmp_path, rows, column, message):
    with pytest.raises(SaysoError, match=re.escape(message)):
        read(tmp_path, rows, column)


def test_people_in_one_table_meet_a_machine_in_another(tmp_path):
    people = write_rows(tmp_path / "people.jsonl", long())
    machine = write_rows(tmp_path / "llm.jsonl", [{"article": "a", "text": text, "topic": "x"} for text in TEXTS])
    done = run_sayso("data", "agree", people, machine, "--annotator-column", "annotator", "--as-machine", "llm")
    assert "topic: llm (machine) compared with anna, ben; 3 sentences in 1 article" in done.stdout
    with pytest.raises(SaysoError, match=r"annotator 'anna' is also in another file; join these files into one table"):
        annotators_of_tables([people, people], RowNames(), "annotator", Notices())


def of(name, *rows):
    return annotator_of(name, articles_of((f"x:{i}", row) for i, row in enumerate(rows)))


ALL = of("llm", *({"article": "a", "n": n, "text": text, "topic": "x"} for n, text in enumerate(TEXTS)))


def test_some_sentences_in_another_order_are_found_by_their_words():
    some = of("anna", *({"article": "a", "text": text, "topic": "y", "outlet": "Post"} for text in (TEXTS[2], TEXTS[0])))
    llm, anna = placed_by_words([ALL, some])
    assert llm is ALL
    assert [(unit.n, unit.text) for unit in match_units([llm, anna])] == [(0, TEXTS[0]), (2, TEXTS[2])]
    assert anna.articles["a"].article.outlet == "Post"


def test_sentences_without_an_article_are_found_by_their_words():
    alone = of("anna", *({"article": f"text {i}", "n": 0, "text": text, "topic": "y"} for i, text in enumerate(TEXTS[1:])))
    anna = placed_by_words([alone, ALL])[0]
    assert [unit.n for unit in match_units([anna, ALL])] == [1, 2]


def test_of_sentences_without_an_article_those_that_are_there_are_found():
    rows = [{"article": f"text {i}", "n": 0, "text": text, "topic": "y"} for i, text in enumerate((TEXTS[2], "Snow fell."))]
    anna = placed_by_words([ALL, of("anna", *rows)])[1]
    assert {name: [s.n for s in labelled.sentences] for name, labelled in anna.articles.items()} == {"a": [2], "text 1": [0]}


def test_words_that_are_not_there_change_nothing():
    other = of("anna", {"article": "a", "n": 0, "text": "Snow fell on Ems.", "topic": "y"})
    assert placed_by_words([ALL, other])[1].articles == other.articles
    same = of("anna", {"article": "a", "n": 1, "text": TEXTS[1], "topic": "y"})
    assert placed_by_words([ALL, same])[1].articles == same.articles
    boilerplate = of("anna", *({"article": "b", "n": n, "text": text} for n, text in enumerate((TEXTS[0], "Snow fell."))))
    assert placed_by_words([ALL, boilerplate])[1].articles == boilerplate.articles


def test_what_two_annotators_tell_of_an_article_may_differ_and_what_one_tells_parts_it(tmp_path):
    rows = [
        {"text": text, "date": date, "topic": topic, "annotator": name}
        for name, own in (("anna", "2024-05-01"), ("ben", "2024-05-02"))
        for text, date, topic in ((TEXTS[0], own, "x"), (TEXTS[1], "2024-03-01", "x"), (TEXTS[1], "2024-03-02", "y"))
    ]
    units = match_units(read(tmp_path, rows))
    assert [(unit.text, [s.extra["topic"] for s in unit.sentences]) for unit in units] == [
        (TEXTS[0], ["x", "x"]),
        (TEXTS[1], ["x", "x"]),
        (TEXTS[1], ["y", "y"]),
    ]


def test_sentences_without_an_article_are_found_whatever_their_quotation_marks():
    curly = of("anna", {"article": "text 1", "text": "“Rain’s due,” he said.", "topic": "x"})
    straight = of("ben", {"article": "text 2", "text": '"Rain\'s  due," he said.', "topic": "y"})
    (unit,) = match_units(placed_by_words([curly, straight]))
    assert [s.extra["topic"] for s in unit.sentences] == ["x", "y"]
