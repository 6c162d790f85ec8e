import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.data.project.records import Entry
from sayso.train.serve.contents.listing import PER_PAGE, SORTS, Wanted, list_articles


def entry(name, n_sentences=4, outlet=None, date=None, done=False, **labelled):
    return Entry(name, name, name.title(), outlet, date, None, "en", n_sentences, labelled, done, 0)


ENTRIES = [
    entry("bridge", 8, "Lund Echo", "2024-03-01", kind=8, done=True),
    entry("anchor", 4, None, "2024-05-01", kind=1, bias=2),
    entry("circus", 6, "Aldmar Post", None),
]


def names(query, entries=ENTRIES):
    return [line.entry.key for line in list_articles(entries, Wanted.of(query)).lines]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, ["circus", "anchor", "bridge"]),
        ({"sort": "old"}, ["bridge", "anchor", "circus"]),
        ({"sort": "title"}, ["anchor", "bridge", "circus"]),
        ({"sort": "outlet"}, ["circus", "bridge", "anchor"]),  # without an outlet last
        ({"sort": "date"}, ["anchor", "bridge", "circus"]),
        ({"sort": "begun"}, ["bridge", "anchor", "circus"]),  # 8 of 8, 2 of 4, 0 of 6
        ({"sort": "left"}, ["circus", "anchor", "bridge"]),  # 6, 2, 0 left
        ({"sort": "nonsense"}, ["circus", "anchor", "bridge"]),
        ({"open": "1"}, ["circus", "anchor"]),
        ({"q": "ECHO 2024-03"}, ["bridge"]),
        ({"q": "echo 2025"}, []),
    ],
)
def test_articles_are_found_and_put_in_order(query, expected):
    assert names(query) == expected


def test_the_project_is_summed_up_whatever_is_shown():
    listing = list_articles(ENTRIES, Wanted.of({"q": "nowhere"}))
    assert (listing.n_found, listing.n_articles, listing.n_sentences, listing.n_done) == (0, 3, 18, 1)
    assert listing.labelled == {"kind": 9, "bias": 2}


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        (ENTRIES, "anchor"),  # the last one that was begun and is not done
        ([ENTRIES[0], ENTRIES[2]], "circus"),
        ([ENTRIES[0]], None),
        ([], None),
    ],
)
def test_what_to_go_on_with(entries, expected):
    go_on = list_articles(entries, Wanted()).go_on
    assert (go_on and go_on.key) == expected


def test_a_long_list_is_cut_into_pages():
    entries = [entry(f"n{k}") for k in range(2 * PER_PAGE + 1)]
    assert names({"sort": "old"}, entries)[-1] == f"n{PER_PAGE - 1}"
    assert names({"sort": "old", "page": "3"}, entries) == [f"n{2 * PER_PAGE}"]
    last = list_articles(entries, Wanted.of({"page": "99"}))
    assert (last.wanted.page, last.n_pages) == (3, 3)  # the last there is


def test_an_address_keeps_what_was_asked_for():
    wanted = Wanted.of({"q": "a&b", "open": "1", "sort": "title", "page": "2"})
    assert wanted.address(3) == "/?q=a%26b&open=1&sort=title&page=3"
    assert Wanted().address(1) == "/"


def row(table, number, done=False, **labelled):
    name = f"{table}:{number}"
    return Entry(name, name, None, None, None, None, "en", 1, labelled, done, 0)


ROWS = [row("lab.csv", 9, kind=1), ENTRIES[0], row("lab.csv", 10), row("lab.csv", 2), row("other.csv", 1)]


def test_rows_of_a_table_without_articles_are_one_line_with_what_is_left_to_label():
    lines = list_articles(ROWS, Wanted.of({"sort": "old"})).lines
    assert [(line.table, line.entry.key, line.n_sentences) for line in lines] == [
        ("lab.csv", "lab.csv:2", 3),
        ("", "bridge", 8),
        ("", "other.csv:1", 1),  # a row alone is shown by its words
    ]
    assert lines[0].labelled == {"kind": 1}


def test_the_rows_of_one_table_are_a_list_of_their_own():
    assert names({"sort": "old", "table": "lab.csv"}, ROWS) == ["lab.csv:9", "lab.csv:10", "lab.csv:2"]
    assert Wanted.of({"table": "lab.csv"}).address(2) == "/?table=lab.csv&page=2"


@given(st.dictionaries(st.sampled_from(["q", "open", "sort", "page", "table"]), st.text()))
def test_no_address_breaks_the_list(query):
    listing = list_articles(ENTRIES, Wanted.of(query))
    assert len(listing.lines) <= len(ENTRIES)
    assert listing.wanted.sort in SORTS
