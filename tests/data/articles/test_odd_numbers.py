"""What looks like a number and is none that Python reads: superscripts, circled digits, thousands of digits."""

import pytest

from sayso.classify.api.in_python import in_python
from sayso.classify.archives.inputs import Part
from sayso.classify.language.source_types import judge
from sayso.data.articles.files import read_articles
from sayso.data.articles.metadata.dates import iso_date
from sayso.data.corpora.reader import need_whole
from sayso.errors import SaysoError

MANY = "9" * 5000  # Python reads 4,300 digits


@pytest.mark.parametrize("digit", ["²", "①", "⁴", MANY])
def test_an_age_is_a_number_that_can_be_one(digit):
    assert judge(["Hanna", "Kos", ",", digit, ","]) == judge(["Hanna", "Kos"])


@pytest.mark.parametrize("age", ["43", "٤٣", "４３", "४३"])
def test_an_age_may_be_written_in_any_digits(age):
    found = judge(["Hanna", "Kos", ",", age, ","])
    assert found is not None
    assert found.source_type == "individual"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.txt", f"1 of {MANY} DOCUMENTS\n\nThe ferry was late.\n"),
        ("a.txt", f"Documents ({MANY})\n\nThe ferry was late.\n"),
        ("a.txt", f"Document {MANY} of 3\n\nThe ferry was late.\n"),
        ("a.html", f"<p>The ferry was late. &#{MANY}; &#²;</p>"),
        ("a.vtt", f"WEBVTT\n\n00:01.000 --> 00:02.000\nThe ferry was late. &#{MANY};\n"),
        ("a.jsonl", f'{{"text": "The ferry was late.", "n": 1e999, "date": "{MANY}"}}\n'),
        ("a.csv", f"text,date\nThe ferry was late.,{MANY}\n"),
        ("a.md", f"{MANY}. The ferry was late.\n\n²). It rained.\n"),
        ("a.rtf", rf"{{\rtf1 The ferry was late.\u{MANY[:400]} \bin-{MANY[:400]} }}"),
        ("a.eml", f"From: a@ems.example\nDate: {MANY}\nSubject: Ferry\n\nThe ferry was late.\n"),
    ],
)
def test_a_text_with_such_numbers_is_read(tmp_path, name, text):
    (tmp_path / name).write_text(text, encoding="utf-8")
    (article,) = read_articles([str(tmp_path / name)])
    assert "The ferry was late." in article.text


def test_seconds_before_1970_are_counted_without_the_system_which_may_have_none():
    assert iso_date("-200000000") == "1963-08-31"  # 2,315 days before 1970: 2,192 to 1964, then 31 + 30 + 31 + 30 + 1


@pytest.mark.parametrize("words", [f"1/{MANY}", "²/3", "1/٣"])
def test_a_part_of_a_run_has_plain_numbers(words):
    with pytest.raises(SaysoError, match="give the number of the part and the number of parts"):
        Part.parse(words)


def test_an_option_keeps_a_value_that_is_no_number():
    assert in_python("Too few; give --folds ².") == "Too few; give n_folds='²'."


@pytest.mark.parametrize(("value", "n"), [(7, 7), ("-7", -7), ("007", 7)])
def test_a_corpus_may_write_its_numbers_as_text(value, n):
    assert need_whole({"mark": {"start": value}}, "a.json: span 1", "mark", "start") == n


@pytest.mark.parametrize("value", [None, "²", MANY, 1.5, [], {}])
def test_a_corpus_with_something_else_for_a_number_is_refused(value):
    with pytest.raises(SaysoError, match=r"a\.json: span 1: start is .*, not a whole number"):
        need_whole({"start": value}, "a.json: span 1", "start")
