"""Delimited text: which delimiter, and whether quotation marks quote fields or are words of the text."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.data.articles.notices import Notices
from sayso.data.tabular.delimited import delimited_rows
from sayso.errors import SaysoError


def read(content, name="x.tsv"):
    """Give the cells of each row below the header, or what is wrong with it, and what is told."""
    told = []
    raw = content if isinstance(content, bytes) else content.encode()
    notices = Notices(told.append)
    _, rows = delimited_rows(io.BytesIO(raw), name, notices)
    found = [str(row) if isinstance(row, SaysoError) else list(row.values()) for _, row in rows]
    notices.tell_counts()
    return found, [line.removeprefix(f"{name}: ") for line in told]


AS_WORDS = "no fields are quoted, so quotation marks are read as part of the text and each line as a row."
AS_QUOTING = "quotation marks are read as the marks around quoted fields"


@pytest.mark.parametrize(
    "lines",
    [
        ['1\t"Rain will fall\twet', "2\tDry.\tdry", '3\tHe said no."\twet'],  # both readings have three fields a row
        ['1\t"No," she said.\twet', "2\tDry.\tdry"],
        ['1\t"Rain fell."\twet', "2\tDry.\tdry"],  # no writer quotes a field that has no need of it, and no other
        ['1\t"Rain fell\twet', "2\tDry.\tdry"],
    ],
)
def test_marks_of_a_table_with_tabs_that_is_not_quoted_are_words(lines):
    assert read("\n".join(["id\tsentence\tlabel", *lines])) == ([line.split("\t") for line in lines], [AS_WORDS])


@pytest.mark.parametrize(
    ("lines", "cells", "more"),
    [
        (['1\t"She said ""no"" twice."', "2\tDry."], [["1", 'She said "no" twice.'], ["2", "Dry."]], "."),
        (
            ['1\t"Rain\tfell."', "2\tDry."],
            [["1", "Rain\tfell."], ["2", "Dry."]],
            "; 1 of 2 rows have a line break or a tab inside a field (row 1).",
        ),
        (
            ["1\tDry.", '2\t"Rain\nfell and fell."'],
            [["1", "Dry."], ["2", "Rain\nfell and fell."]],
            "; 1 of 2 rows have a line break or a tab inside a field (row 2).",
        ),
    ],
)
def test_marks_of_a_table_with_tabs_that_is_quoted_are_none_of_the_text(lines, cells, more):
    assert read("\n".join(["id\tsentence", *lines])) == (cells, [AS_QUOTING + more])


NIGHT = "It rained in Osk.\n\nRoe met Poe, and Poe left."


@pytest.mark.parametrize(("delimiter", "called"), [(",", "comma"), (";", "semicolon"), ("|", "bar"), ("\t", "tab")])
def test_paragraphs_of_quoted_fields_are_no_rows_though_their_lines_have_as_many_fields(delimiter, called):
    """Unquoted, each of these lines has the two fields of the header."""
    night, dry = NIGHT.replace(",", delimiter), "Roe stayed.\n\nIt was dry, said Poe.".replace(",", delimiter)
    table = f'id{delimiter}text\n1{delimiter}"{night}"\n2{delimiter}"{dry}"\n3{delimiter}Short one.\n'
    name = "x.tsv" if delimiter == "\t" else "x.csv"
    assert read(table, name) == (
        [["1", night], ["2", dry], ["3", "Short one."]],
        [f"{AS_QUOTING}; 2 of 3 rows have a line break or a {called} inside a field (row 1, 2)."],
    )


def test_a_quoted_header_says_that_fields_are_quoted():
    assert read('"id"\t"sentence"\n1\t"Rain fell."\n') == ([["1", "Rain fell."]], [AS_QUOTING + "."])


def test_a_row_with_a_stray_tab_is_told_and_stops_no_other():
    rows, _ = read('id\tsentence\n1\t"No," she\tsaid.\n2\tDry.\n3\t"So," he said.\n')
    assert rows == [
        "x.tsv:1: 3 fields, but the header has 2; remove the delimiter from its text.",
        ["2", "Dry."],
        ["3", '"So," he said.'],
    ]


@pytest.mark.parametrize(
    ("content", "cells"),
    [
        ("a,b\n1,Rain; hail\n", [["1", "Rain; hail"]]),
        ("a;b\n1;Rain, hail, snow\n", [["1", "Rain, hail, snow"]]),
        ("a|b\n1|Rain, hail\n", [["1", "Rain, hail"]]),
        ("a\tb\n1\tRain, hail\n", [["1", "Rain, hail"]]),
        ("id;text,words\n1;Rain\n2;Hail\n", [["1", "Rain"], ["2", "Hail"]]),  # by the header alone both could be
        ("sep=;\r\na;b\r\n1;Rain, hail\r\n", [["1", "Rain, hail"]]),
        ("\n\r\na;b\n\n1;Rain\n\n", [["1", "Rain"]]),
        ("a;b;;\n1;Rain;;\n", [["1", "Rain", ""]]),
        ("a,b\r1,Rain\r2,Hail\r", [["1", "Rain"], ["2", "Hail"]]),
        ('a, b\n"Rain, hail", "wet"\n"Snow, fog", "cold"\n', [["Rain, hail", "wet"], ["Snow, fog", "cold"]]),
        ('a,b\n"He said \\"no, never\\".",1\n"Rain, hail",2\n', [['He said "no, never".', "1"], ["Rain, hail", "2"]]),
        ("a\tb\n1\tRain\twet\n2\tHail\tcold\n", [["1", "Rain", "wet"], ["2", "Hail", "cold"]]),  # R writes row names so
        ("a,b\n1\n", [["1", None]]),
    ],
)
def test_the_usual_ways_of_writing_tables_are_told_apart(content, cells):
    assert read(content, "x.csv")[0] == cells


def test_a_row_with_one_more_field_is_no_numbered_row():
    rows, _ = read("text,kind\nRain, hail,narrative\n", "x.csv")
    assert rows == ["x.csv:1: 3 fields, but the header has 2; put fields that contain the delimiter in quotation marks."]


def test_a_header_in_the_midst_of_a_table_is_no_row():
    rows, told = read("a,b\n1,Rain\na, b\n2,Hail\na,b\n", "x.csv")
    assert (rows, told) == (
        [["1", "Rain"], ["2", "Hail"]],
        ["repeated header rows left out: 2 times, first at x.csv:2."],
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
def test_unicode_is_read_whatever_its_form(encoding):
    content = 'id\ttext\n1\t"Café ""–"""\n2\tRain fell all day long\n'
    assert read(content.encode(encoding))[0] == [["1", 'Café "–"'], ["2", "Rain fell all day long"]]


def test_a_guessed_encoding_is_told_once():
    rows, told = read("id;text\n1;“No,” said the café’s owner\n".encode("cp1252"), "x.csv")
    assert rows == [["1", "“No,” said the café’s owner"]]
    assert told == ["not UTF-8; read as cp1252, which is a guess. Convert it to UTF-8 to be sure."]


def test_a_byte_that_is_broken_makes_no_other_encoding_of_utf8():
    rows, told = read("id;text\n1;“No,” said the café’s “owner”.\n".encode() + b"2;It froze.\xff\n", "x.csv")
    assert rows == [["1", "“No,” said the café’s “owner”."], ["2", "It froze.\ufffd"]]
    assert told == ["some characters are not UTF-8 and are lost (U+FFFD); save the table as UTF-8 to keep them."]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", r"^x\.tsv: the first line has no column names; start the file with a line such as id,title,text\.$"),
        ("PK\x03\x04", r"^x\.tsv: this is a zip archive or an office document"),
        (
            'a\t"b\n1\t2\t3\n',
            r"^x\.tsv: the header row is broken \(unexpected end of data\); put the column names in quotation marks\.$",
        ),
    ],
)
def test_what_is_no_table_is_refused(content, message):
    with pytest.raises(SaysoError, match=message):
        read(content)


def test_a_quotation_that_does_not_end_is_told_by_row_and_line():
    rows, _ = read('a,b\n"Rain, hail",1\n"Snow, fog\n', "x.csv")
    assert rows[0] == ["Rain, hail", "1"]
    assert rows[1].startswith(
        "x.csv:2: broken quoting at line 3 (unexpected end of data); double the quotation marks inside the field."
    )


CELLS = st.text(st.characters(codec="utf-8", exclude_characters='\t\r\n\0\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\ufeff "'))
QUOTED = st.builds("{}{}".format, st.sampled_from(['"', '"“', ""]), CELLS)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(QUOTED.filter(bool), QUOTED.filter(bool)), min_size=1, max_size=6))
def test_a_line_of_an_unquoted_table_is_a_row_with_all_of_its_words(rows):
    content = "\n".join("\t".join(("1", *row)) for row in [("sentence", "label"), *rows]).replace("1", "id", 1)
    assert [found[1:] for found in read(content + "\n")[0]] == [list(row) for row in rows]
