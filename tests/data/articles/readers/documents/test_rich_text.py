import pytest
from document_files import read_bytes
from hypothesis import given
from hypothesis import strategies as st

from sayso.data.articles.readers.documents.rich_text import rtf_paragraphs


def paragraphs(body, head=r"\ansi\ansicpg1252"):
    return rtf_paragraphs(rf"{{\rtf1{head} {body}}}".encode("latin-1"))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"She would {\deleted not }resign.", "She would resign."),
        (r"She would \deleted not \deleted0 resign.", "She would resign."),
        (r"She {\revised now }left.", "She now left."),
        (r"Rain \v hidden \v0 fell.", "Rain fell."),
        (r"Rain {\strike never }fell.", "Rain fell."),
        (r"Rain\b\v never\v0  fell\b\v0.", "Rain fell."),
        (r"Rain \striked1 never \striked0 fell.", "Rain fell."),
        (r"Rain \strike never \plain fell.", "Rain fell."),
        (r"Rain{\super 1{\footnote A note.}} fell.", "Rain1 fell."),
        (r"{\header Kerrow Post\par}Rain fell.{\footerf 7}", "Rain fell."),
        (r"{\*\annotation Check this.}Rain fell.", "Rain fell."),
        (r'See {\field{\*\fldinst{HYPERLINK "http://example.org"}}{\fldrslt{\ul a report}}}.', "See a report."),
        (r"{\listtext\f3 \uf095\tab}Rain fell.", "Rain fell."),
        (r"\u8220?No\u8221? \'96 caf\'e9 \endash\rquote", "“No” – café –’"),
        (r"{\uc0 \u8220 No\u8221 }", "“No”"),
        (r"\u-10179?\u-8638?", "🙂"),
        (r"well\_known har\-bour, Mr~Roe\~Jr", "well\u2011known harbour, Mr~Roe\xa0Jr"),
        (r"{\upr{caf?}{\*\ud{caf\u233 e}}}", "café"),
        (r"Rain {\pict\pngblip 89504e47}fell\{s\}.", "Rain fell{s}."),
        ("Rain {\\pict\\bin4 {{{{}fell.", "Rain fell."),
        (r"Rain \bin-11 fell.", "Rain fell."),  # a length below 0 must not lead back, again and again
        ("caf\xe9 \x93No\x94", "café “No”"),
        (r"One.\line Two.", "One.\nTwo."),
    ],
)
def test_a_paragraph_is_what_a_reader_sees(body, text):
    assert paragraphs(body) == [text]


@pytest.mark.parametrize("end", [r"\par ", "\\\n", r"\page ", r"\sect ", r"\column ", r"\cell ", r"\row "])
def test_what_ends_a_paragraph(end):
    assert paragraphs(f"One.{end}Two.") == ["One.", "Two."]


def test_a_deleted_end_of_a_paragraph_joins_it_with_the_next():
    assert paragraphs(r"The mayor {\deleted\par }left.\par Rain fell.") == ["The mayor left.", "Rain fell."]


def test_a_text_box_comes_once_and_after_the_paragraph_it_hangs_on():
    words = r"{\*\shpinst\shpleft0{\sp{\sn a}{\sv b}}{\shptxt \pard In the \b box.\par}}"
    box = rf"{{\shp{words}{{\shprslt{{\*\do{{\dptxbxtext In the box.\par}}}}}}}}"
    assert paragraphs(rf"The mayor {box}left.\par Rain fell.") == ["The mayor left.", "In the box.", "Rain fell."]


def test_other_code_pages():
    fonts = r"{\fonttbl{\f0\fcharset0 A;}{\f1\fcharset238 B;}}"
    assert paragraphs(rf"{fonts}\f0 \'e9 {{\f1 \'9a}}") == ["é š"]
    assert paragraphs(r"\'8e", head=r"\mac") == ["é"]
    assert paragraphs(r"\'e9", head=r"\ansi\ansicpg1251") == ["й"]
    assert paragraphs(r"\'e9", head=r"\ansi\ansicpg0") == ["é"]


def test_utf8_that_should_not_be_there_is_read():
    assert rtf_paragraphs("{\\rtf1\\ansi “No,” said André.}".encode()) == ["“No,” said André."]


def test_properties_and_what_was_left_out(tmp_path):
    about = rb"{\info{\title Caf\'e9 closes}{\author Ada Moor}{\creatim\yr2024\mo3\dy4\hr9}}"
    raw = rb"{\rtf1\ansi" + about + rb"Rain{\footnote A.}{\footnote B.}.\par}"
    (article,), errors, notices = read_bytes(tmp_path, "a.rtf", raw)
    assert (article.title, article.extra, article.date) == ("Café closes", {"byline": "Ada Moor"}, "2024-03-04")
    assert article.text == "Rain."
    assert errors == []
    assert notices == [
        "Footnotes and endnotes left out: once, at FILE.",
        "Articles dated by the day their document was written: once, at FILE.",
    ]


def test_it_is_known_whatever_it_is_called(tmp_path):
    assert [article.text for article in read_bytes(tmp_path, "a.txt", rb"{\rtf1 Rain fell.}")[0]] == ["Rain fell."]


def test_one_without_text_is_one_line(tmp_path):
    assert read_bytes(tmp_path, "a.rtf", rb"{\rtf1\ansi{\stylesheet{\s0 Normal;}}\par}")[1] == [
        "FILE: no text; leave it out."
    ]


@given(
    st.lists(
        st.sampled_from(
            ["{", "}", "\\", "\\par", "\\u", "\\u8220", "\\'9", "\\'93", "\\*", "\\bin9", "\\uc", "a", " ", "\\v"]
        )
    )
)
def test_whatever_comes_is_read_without_an_error(tokens):
    assert all(paragraph.strip() for paragraph in rtf_paragraphs("".join(["{\\rtf1 ", *tokens]).encode()))
