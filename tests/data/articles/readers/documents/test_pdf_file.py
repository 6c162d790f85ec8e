import sys

import pytest
from document_files import pdf, read_bytes

from sayso.data.articles.readers.documents.pdf import layout

LEFT = [
    "The council of Orla will open the rail-",
    "way station again from the first of",
    "June, after a break of eleven years and",
    "ten months of hard work on its old roof.",
]
RIGHT = ["the state had paid for it without", "asking anybody who lived there.", "Nobody came to see it on Tuesday."]
PICTURE = "q 100 0 0 100 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q"


def column(x, y, lines, size=10, step=12):
    """Place lines below each other."""
    return [(x, y - n * step, size, line) for n, line in enumerate(lines)]


def read(folder, *pages, **about):
    return read_bytes(folder, "a.pdf", pdf(*pages, **about))


def paragraphs(folder, *pages):
    (article,), errors, _ = read(folder, *pages)
    assert errors == []
    return article.text.split("\n\n")


def test_columns_are_read_one_after_the_other_below_what_spans_them(tmp_path):
    foot = [(300, 40, 9, "12")]
    torn = ["Economists said in May that", "the line would lose money, and that"]
    page = [(50, 715, 24, "Harbour plan stalls"), *column(50, 660, LEFT + torn), *foot, *column(320, 660, RIGHT)]
    assert paragraphs(tmp_path, page) == [
        "Harbour plan stalls",
        "The council of Orla will open the railway station again from the first of June, after a break of eleven years and "
        "ten months of hard work on its old roof. Economists said in May that the line would lose money, and that the state "
        "had paid for it without asking anybody who lived there. Nobody came to see it on Tuesday.",
    ]


def test_heads_and_feet_of_pages_are_out(tmp_path):
    edge = [(50, 770, 10, "KERROW POST"), (280, 30, 9, "Page {} of 2")]
    pages = [[(x, y, size, words.format(n)) for x, y, size, words in edge] for n in (1, 2)]
    assert paragraphs(tmp_path, pages[0] + column(50, 700, LEFT[:1]), pages[1] + column(50, 700, LEFT[1:])) == [
        "The council of Orla will open the railway station again from the first of June, after a break of eleven years and "
        "ten months of hard work on its old roof."
    ]


def test_the_same_words_in_the_middle_of_two_pages_stay(tmp_path):
    page = [(50, 400, 10, "Nobody came.")]
    assert paragraphs(tmp_path, page, page) == ["Nobody came.", "Nobody came."]


@pytest.mark.parametrize(
    ("above", "below", "joined"),
    [
        ("They took the rail-", "way to the coast.", "They took the railway to the coast."),
        ("It was in the years 2010-", "2020 that it closed.", "It was in the years 2010-2020 that it closed."),
        ("It is a well-", "known hall.", "It is a well-known hall."),
        ("They met in the Anglo-", "Saxon hall.", "They met in the Anglo-Saxon hall."),
    ],
)
def test_words_divided_at_the_end_of_a_line_are_whole(tmp_path, above, below, joined):
    assert paragraphs(tmp_path, column(50, 700, [above, below])) == [joined]


@pytest.mark.parametrize("in_line", [True, False])
def test_a_drop_cap_joins_its_word(tmp_path, in_line):
    cap = [(50, 632 if in_line else 640, 40, "T")]
    beside = column(
        80 if in_line else 78, 650, ["he council of Orla will open the station", "again from June after many years of a"]
    )
    below = column(50, 626, ["break, it said on Tuesday. The mayor did not", "come to the hall."])
    assert paragraphs(tmp_path, cap + beside + below)[0].startswith(
        "The council of Orla will open the station again from June"
    )


def test_a_drop_cap_that_is_a_word_stays_one(tmp_path):
    page = [
        (50, 632, 40, "A"),
        *column(80, 650, ["council met in Orla, and the other", "council met in the hall of its town."]),
    ]
    assert paragraphs(tmp_path, page)[0].startswith("A council met in Orla")


def test_numbers_of_notes_and_the_notes_are_out(tmp_path):
    first = [(50, 700, 10, "The council of Orla"), (134, 704, 6, "1"), (138, 700, 10, " met on Tuesday, and")]
    second = [(50, 688, 10, "it has 12 seats and 5 km"), (159, 692, 6, "2"), (163, 688, 10, " of land.")]
    note = [(50, 80, 7, "1 See the report of the council, page 4.")]
    (article,), _, notices = read(tmp_path, [*first, *second, *note])
    assert article.text == "The council of Orla met on Tuesday, and it has 12 seats and 5 km2 of land."
    assert notices == ["Footnotes and endnotes left out: once, at FILE."]


def test_words_that_a_line_goes_through_are_out_and_underlined_ones_are_not(tmp_path):
    words = (50, 700, 10, "The mayor did not resign today.")  # "not " runs from 116.7 to 133.4 points
    (article,), _, notices = read(tmp_path, [words, "117 703 m 133 703 l S", "50 698.5 m 200 698.5 l S"])
    assert article.text == "The mayor did resign today."
    assert notices == ["Struck-out words in PDFs left out: once, at FILE."]


def test_a_line_set_in_begins_a_paragraph(tmp_path):
    first = [
        (62, 700, 10, "The council of Orla will open the station for"),
        *column(50, 688, ["the people of the town, as it said on Tuesday in", "the hall."]),
    ]
    second = [(62, 664, 10, "Nobody came to see it, though there was cake for"), (50, 652, 10, "all who did.")]
    assert paragraphs(tmp_path, first + second) == [
        "The council of Orla will open the station for the people of the town, as it said on Tuesday in the hall.",
        "Nobody came to see it, though there was cake for all who did.",
    ]


def test_wide_spaces_tear_no_line_apart(tmp_path):
    lines = column(
        50, 700, ["The council of Orla will open the railway", "", "again from June, it said on Tuesday evening."]
    )
    torn = [(50, 688, 10, "station"), (125, 688, 10, "which had"), (205, 688, 10, "closed")]
    assert paragraphs(tmp_path, [line for line in lines if line[3]] + torn) == [
        "The council of Orla will open the railway station which had closed again from June, it said on Tuesday evening."
    ]


def test_double_spaced_lines_are_paragraphs(tmp_path):
    lines = [
        "The council of Orla met on Tuesday, and",
        "Mayor Anna Roe of the city said that the",
        "Tolland railway will open for everybody.",
        "Nobody came to see it, though there was",
        "Orla cake for all who did.",
    ]
    assert paragraphs(tmp_path, column(50, 700, lines * 2, step=26)) == [" ".join(lines)] * 2


def test_cells_are_read_row_by_row(tmp_path):
    cells = [(50, 700, 10, "Orla"), (300, 700, 10, "12"), (50, 660, 10, "Tolland"), (300, 660, 10, "9")]
    assert paragraphs(tmp_path, cells) == ["Orla", "12", "Tolland", "9"]


def test_ligatures_are_letters_and_bold_is_printed_once(tmp_path):
    (article,), _, _ = read(tmp_path, [(50, 700, 10, "The mayor left."), (50.3, 700, 10, "The mayor left.")])
    assert article.text.count("T") == 1


INFO = "/Title (Harbour plan stalls) /Author (Ada Moor) /CreationDate (D:20240304100000Z')"


def test_properties_are_what_is_known_of_the_article(tmp_path):
    (article,), _, notices = read(tmp_path, column(50, 700, LEFT), info=INFO)
    assert (article.title, article.extra, article.date) == ("Harbour plan stalls", {"byline": "Ada Moor"}, "2024-03-04")
    assert notices == ["Articles dated by the day their document was written: once, at FILE."]
    (article,), _, _ = read(tmp_path, column(50, 700, LEFT), info="/Title (Microsoft Word - a.doc) /Author (user)")
    assert (article.title, article.extra, article.date) == (None, {}, None)


def test_a_scan_says_so(tmp_path):
    assert read(tmp_path, [PICTURE])[1] == [
        "FILE: this PDF is a scan: pictures only, no text; run text recognition (OCR) on it first."
    ]
    (article,), errors, notices = read(tmp_path, [PICTURE], column(50, 700, LEFT), [PICTURE])
    assert article.text.startswith("The council of Orla")
    assert errors == []
    assert notices == ["Pages with pictures only, no text, left out: 2 times, first at FILE page 1."]


RAW = pdf(column(50, 700, LEFT))


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (pdf([]), "no text in this PDF; leave it out, or run text recognition (OCR) on it first."),
        (RAW[: len(RAW) // 2], "this PDF is damaged ("),
        (b"%PDF-1.4\nrubbish", "this PDF is damaged ("),
        (b"", "no text in this PDF"),
    ],
)
def test_what_cannot_be_read_is_one_line(tmp_path, raw, line):
    articles, (error,), _ = read_bytes(tmp_path, "a.pdf", raw)
    assert articles == []
    assert "\n" not in error
    assert error.startswith(f"FILE: {line}") or raw == b""


def test_it_is_known_whatever_it_is_called_and_whatever_stands_before(tmp_path):
    for name, raw in (("a.txt", RAW), ("a.pdf", b"\r\nrubbish\r\n" + RAW)):
        assert read_bytes(tmp_path, name, raw)[0][0].text.startswith("The council of Orla")


def test_without_the_library_a_line_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pdfminer.high_level", None)
    assert read_bytes(tmp_path, "a.pdf", RAW)[1] == [
        'FILE: reading PDF needs pdfminer; install it with: pip install "sayso[files]"'
    ]


def test_words_that_stand_in_the_same_place_on_two_pages_by_chance_stay(tmp_path):
    head = [(50, 770, 10, "KERROW POST")]
    first = [(50, 740, 10, "The council met, and it spoke of the"), (320, 740, 10, "plan.")]
    second = [(50, 740, 10, "Nobody came to the hall on that"), (320, 740, 10, "plan.")]
    text = " ".join(paragraphs(tmp_path, head + first, head + second))
    assert text.count("plan.") == 2
    assert "KERROW" not in text


def test_a_full_line_goes_on_in_the_next_column_whatever_it_begins_with(tmp_path):
    left = [
        "The council of Orla met on Tuesday in",
        "its hall, where it spoke with Mayor",
        "Anna Roe, and with the old chairman",
    ]
    right = ["Benno Hall of the railway, who said", "no. Nobody asked him why, and he did", "not say so."]
    assert paragraphs(tmp_path, column(50, 600, left) + column(320, 600, right)) == [" ".join(left + right)]


def test_a_newspaper_page_says_that_it_looks_like_several_articles(tmp_path):
    lines = ["The council of Orla met on Tuesday in its hall, and the"] * 6
    stories = [
        part
        for top in (700, 500, 300)
        for part in [(50, top, 20, "Council meets in the hall"), *column(50, top - 30, lines)]
    ]
    assert read(tmp_path, stories)[2] == [
        "FILE: looks like several articles (3 headings), but is read as one; save each as a document of its own."
    ]
    assert read(tmp_path, stories[:14])[2] == []


def test_letters_equally_near_to_each_other_come_in_the_same_order_wherever_memory_is_free(tmp_path, monkeypatch):
    raw = pdf([(99999999999999, 690, 11, "Rain fell.")])  # a distance that large is the same to every letter
    raw = raw.replace(b"/Font", b"/Fond")  # without its font each letter stands alone
    (before,), _, _ = read_bytes(tmp_path, "a.pdf", raw)
    layout._make_steady.cache_clear()
    monkeypatch.setattr("pdfminer.layout.id", lambda thing: -id(thing), raising=False)  # as if it were filled from its end
    (after,), _, _ = read_bytes(tmp_path, "a.pdf", raw)
    assert after.text == before.text


def test_a_page_of_any_size_with_letters_of_any_size_is_read_in_little_memory(tmp_path):
    strokes = "100 100 m 200 100 l S"
    raw = pdf([(50, 690, 10**9, "Rain fell."), (50, 400, 11, "Snow fell."), strokes])
    raw = raw.replace(b"[0 0 600 800]", b"[0 0 99999999999 99999999999]")
    (article,), errors, _ = read_bytes(tmp_path, "a.pdf", raw)
    assert (sorted(article.text.split("\n\n")), errors) == (["Rain fell.", "Snow fell."], [])
