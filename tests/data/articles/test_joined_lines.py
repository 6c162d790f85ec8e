import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sayso.data.articles.files import read_articles
from sayso.data.articles.sentences import find_sentences
from sayso.data.articles.text.joined_lines import joined_lines

PARAGRAPHS = (
    "The board of the Velm waterworks will raise its prices for the third time in two years, and the mayor of Orla "
    "will have to explain it to the people who drink the water.",
    "“Nobody asked us before the vote,” councillor Bo Stark said on Tuesday. The ministry in Tarn, which approves "
    "the prices, declined to comment on the plan.",
    "Economists at the Kerrow Institute said the price would have to double before 2030 unless the state paid for "
    "the new pumps itself.",
)
PLAIN = "\n\n".join(PARAGRAPHS)
SENTENCES = [span.of(PLAIN) for span in find_sentences(PLAIN)]
WIDTHS = (35, 60, 70, 72, 80, 110)


def wrapped(text, width, **options):
    return "\n".join(textwrap.wrap(text, width, break_on_hyphens=False, **options))


def found(text):
    return [span.of(text) for span in find_sentences(text)]


@pytest.mark.parametrize("width", WIDTHS)
def test_wrapped_paragraphs_are_joined(width):
    body = "\n\n".join(wrapped(p, width) for p in PARAGRAPHS)
    assert joined_lines(body) == PLAIN
    assert joined_lines(f"Water to cost more\nBy Ann Roe\n{body}") == f"Water to cost more\nBy Ann Roe\n{PLAIN}"


@pytest.mark.parametrize("mark", ["> ", ">", ">> ", "| "])
@pytest.mark.parametrize("width", WIDTHS)
def test_quoted_mail_loses_its_marks(mark, width):
    body = "\n\n".join(wrapped(p, width) for p in PARAGRAPHS)
    assert joined_lines("\n".join(mark + line for line in body.split("\n"))) == PLAIN
    assert joined_lines("\n".join((mark + line).rstrip() for line in body.split("\n"))) == PLAIN


@pytest.mark.parametrize("width", WIDTHS)
def test_double_spaced_lines_are_joined(width):
    lines = [line for p in PARAGRAPHS for line in wrapped(p, width).split("\n")]
    assert found(joined_lines("\n\n".join(lines))) == SENTENCES
    spaced = "\n\n\n".join("\n\n".join(wrapped(p, width).split("\n")) for p in PARAGRAPHS)
    assert found(joined_lines(spaced)) == SENTENCES


@pytest.mark.parametrize("width", WIDTHS)
def test_paragraphs_without_an_empty_line_between_are_told_by_their_indent(width):
    body = "\n".join(wrapped(p, width, initial_indent="   ") for p in PARAGRAPHS)
    assert joined_lines(body) == "   " + "\n   ".join(PARAGRAPHS)


@pytest.mark.parametrize("mark", ["- ", "* ", "• ", "1. ", "(a) "])
@pytest.mark.parametrize("indent", ["", "   "])
def test_items_of_a_list_stay_apart(mark, indent):
    items = [
        "The board met on Monday in the town hall, and nobody came to hear it or to vote.",
        "It will meet again in June, the mayor said, unless the state pays for the pumps.",
    ]
    body = "\n".join(wrapped(item, 60, initial_indent=mark, subsequent_indent=indent) for item in items)
    given = joined_lines("\n\n".join(wrapped(p, 60) for p in PARAGRAPHS) + "\n\n" + body)
    assert given == PLAIN + "\n\n" + "\n".join(mark + item for item in items)


@pytest.mark.parametrize(
    "block",
    [
        "Name      Votes     Share\nRoe       1,200     40%\nStark     900       30%",
        "| Name | Votes |\n| Roe | 1,200 |",
        "the sea is wide\nthe boats are small\nand nobody came\nto the harbour at all",
        "Read more: https://velm.example/" + "a1b2" * 50,
        "From: Ann Roe <ann@velm.example>\nSubject: Water to cost more in the towns of Velm and of Orla\nDate: 4 March",
    ],
)
@pytest.mark.parametrize("width", [60, 72])
def test_what_was_never_wrapped_stays(block, width):
    body = "\n\n".join(wrapped(p, width) for p in PARAGRAPHS)
    assert joined_lines(f"{body}\n\n{block}") == f"{PLAIN}\n\n{block}"


@pytest.mark.parametrize(
    "text",
    [
        PLAIN,
        PLAIN.replace("\n\n", "\n"),
        "Water to cost more\n" + PLAIN,
        "salt\npepper\nsugar\nbutter",
        "- milk\n- eggs\n- bread",
        "Water to cost more\nby Ann Roe\nThe board met.",
        "> 50 people came\n\nNobody spoke.",
        ".box {\n  width: 10px;\n  float: left;\n}",
    ],
)
def test_a_paragraph_a_line_stays_as_it_is(text):
    assert joined_lines(text) is text


def test_lines_in_capitals_are_joined():
    body = wrapped(PARAGRAPHS[0].upper(), 60)
    assert joined_lines(body) == PARAGRAPHS[0].upper()


def test_where_the_depth_of_quoted_mail_changes_a_paragraph_ends():
    asked = ">> Will the board sell the\n>> station this year?"
    text = f"Ann wrote:\n{asked}\n> Not this year, and not\n> the next one either.\n\nGood."
    assert joined_lines(text).split("\n\n") == [
        "Ann wrote:",
        "Will the board sell the station this year?",
        "Not this year, and not the next one either.",
        "Good.",
    ]


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("They took the rail-\nway home.", "They took the railway home."),
        ("The gov-\nernment fell.", "The government fell."),
        ("The ex-\npected vote failed.", "The expected vote failed."),
        ("A soft\u00ad\nware firm left.", "A software firm left."),
        ("A well-\nknown man left.", "A well-known man left."),
        ("A two-\nyear plan failed.", "A two-year plan failed."),
        ("A 43-\nyear-old man left.", "A 43-year-old man left."),
        ("It took 10-\n20 days.", "It took 10-20 days."),
        ("The UN-\nled talks failed.", "The UN-led talks failed."),
        ("She backs two-\nand three-year terms.", "She backs two- and three-year terms."),
        ("The zin-\nkard rose. A zinkard fell.", "The zinkard rose. A zinkard fell."),
        ("The zin-\nkard rose. A zin-kard fell.", "The zin-kard rose. A zin-kard fell."),
        ("The rail-\nway line. The rail-way is old.", "The rail-way line. The rail-way is old."),
    ],
)
def test_a_divided_word_is_whole_and_a_compound_keeps_its_hyphen(text, joined):
    assert joined_lines(text) == joined


def test_words_divided_in_wrapped_lines_are_whole():
    text = (
        "The board said on Monday that the old sta-\ntion in the town of Orla would be sold to\n"
        "a firm from Velm before the summer of 2029-\n30, and that the line of the old Anglo-\nVelmish railway would close."
    )
    assert joined_lines(text) == (
        "The board said on Monday that the old station in the town of Orla would be sold to a firm from Velm "
        "before the summer of 2029-30, and that the line of the old Anglo-Velmish railway would close."
    )


def test_a_dash_at_a_line_end_keeps_its_spaces():
    text = (
        "The mayor of the old town of Velm — who slept\n— said on Monday that the great hall by the\n"
        "sea would be sold to a firm from the south—\na ruin since the war—before the end of June."
    )
    assert joined_lines(text) == (
        "The mayor of the old town of Velm — who slept — said on Monday that the great hall by the "
        "sea would be sold to a firm from the south—a ruin since the war—before the end of June."
    )


def test_reading_says_once_that_lines_were_joined(tmp_path):
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text("\n\n".join(wrapped(p, 70) for p in PARAGRAPHS), encoding="utf-8")
    (tmp_path / "c.txt").write_text(PLAIN, encoding="utf-8")
    told = []
    articles = list(read_articles([str(tmp_path)], notice=told.append))
    assert [article.text.strip() for article in articles] == [PLAIN] * 3
    assert told == [
        f"In 2 articles (first {tmp_path / 'a.txt'}), broken lines were joined; start and end count in the changed text."
    ]


def test_posts_and_soft_hyphens_are_said_in_the_same_words(tmp_path):
    post = (
        "The mayor wrote on X:\n\nIda Berg\n@idaberg\nThe quay stays shut until May.\n10:14 AM · May 4, 2024\n\nNobody came."
    )
    (tmp_path / "a.txt").write_text(post, encoding="utf-8")
    (tmp_path / "b.txt").write_text("The har\u00adbour stays shut. Nobody came to see it.", encoding="utf-8")
    told = []
    texts = [
        article.text for article in read_articles([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")], notice=told.append)
    ]
    assert "“The quay stays shut until May.”" in texts[0]
    assert texts[1] == "The harbour stays shut. Nobody came to see it."
    changed = "start and end count in the changed text."
    assert told == [
        f"In 1 article ({tmp_path / 'a.txt'}), pasted posts were put in quotation marks; {changed}",
        f"In 1 article ({tmp_path / 'b.txt'}), soft hyphens (invisible) were removed; {changed}",
    ]


@given(st.text(st.sampled_from("ab .-\n>|\u00adA1—"), max_size=120))
def test_no_letter_is_lost(text):
    assert [c for c in joined_lines(text) if c.isalnum()] == [c for c in text if c.isalnum()]


@given(st.text(st.sampled_from("ab .-\nA1—"), max_size=120))
def test_joining_twice_joins_no_more_words(text):
    once = joined_lines(text)
    assert joined_lines(once).replace(" ", "").replace("\n", "") == once.replace(" ", "").replace("\n", "")


@pytest.mark.parametrize("unit", [">", "> \n", "a-\n", "a\n", "|", "\n> a", "- \n", "a \n b\n"])
def test_a_long_run_of_anything_is_joined_in_time(unit):
    assert isinstance(joined_lines(unit * (200_000 // len(unit))), str)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("The board met at night to choose a baker, who takes over in", "May, officials said."),
        ("The board met at night and quarrelled for hours with Prime Minister", "Ann Roe over the water."),
        ("The board met at night over the price of the water of Velm, as Dr.", "Roe had asked."),
    ],
)
def test_a_long_line_that_cannot_end_goes_on_before_a_capital(above, below):
    text = f"The board of the Velm waterworks met after a dispute with the\nmayor of Orla.\n{above}\n{below}"
    assert found(joined_lines(text))[1:] == [f"{above} {below}"]


def test_a_short_line_or_one_above_a_byline_ends():
    text = "The price that the board of Velm asked the town for\nBy Ann Roe\nWhat it is for\nThe board met and\nwent."
    assert joined_lines(text) == text.replace("and\nwent", "and went")


def test_soft_hyphens_go(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("The coun\u00adcil met in the coun\u00ad\ncil hall.", encoding="utf-8")
    assert [article.text for article in read_articles([path])] == ["The council met in the council hall."]
