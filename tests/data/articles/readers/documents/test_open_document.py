import pytest
from document_files import read_bytes, zipped

MIME = "application/vnd.oasis.opendocument.text"
NAMES = (
    " ".join(
        f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{prefix}:1.0"'
        for prefix in ("office", "text", "style", "draw", "table", "meta", "manifest")
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:svg="urn:svg"'
)
STYLE = '<style:style style:name="{}" style:parent-style-name="{}"><style:text-properties {}/></style:style>'
STYLES = "".join(
    (
        STYLE.format("Out", "", 'text:display="none"'),
        STYLE.format("Child", "Out", 'style:font-name="A"'),
        STYLE.format("Struck", "", 'style:text-line-through-style="solid" style:text-line-through-type="single"'),
        STYLE.format("Plain", "", 'style:text-line-through-style="none" style:text-line-through-type="none"'),
    )
)


def document(body, root="office:document-content", meta=""):
    return (
        f'<{root} {NAMES} office:mimetype="{MIME}"><office:meta>{meta}</office:meta>'
        f"<office:automatic-styles>{STYLES}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></{root}>"
    )


def odt(body, meta="", **others):
    parts = {"mimetype": MIME, "content.xml": document(body), "meta.xml": document("", "office:document-meta", meta)}
    return zipped(parts | others)


def paragraphs(folder, body):
    (article,), errors, _ = read_bytes(folder, "a.odt", odt(body))
    assert errors == []
    return article.text.split("\n\n")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ('She would <text:change text:change-id="c"/>resign.', "She would resign."),
        (
            "She left<text:note><text:note-citation>1</text:note-citation><text:p>A note.</text:p></text:note> today.",
            "She left today.",
        ),
        ("She <office:annotation><dc:creator>Ada</dc:creator><text:p>Check.</text:p></office:annotation>left.", "She left."),
        ('Rain <text:span text:style-name="Out">never </text:span>fell.', "Rain fell."),
        ('Rain <text:span text:style-name="Child">never </text:span>fell.', "Rain fell."),
        ('Rain <text:span text:style-name="Struck">never </text:span>fell.', "Rain fell."),
        ('Rain <text:span text:style-name="Plain">surely </text:span>fell.', "Rain surely fell."),
        ('A<text:s/>b<text:s text:c="3"/>c<text:tab/>d<text:line-break/>e', "A b c\td e"),
        ("Rain\n        <text:span>fell</text:span>\n   today.", "Rain fell today."),
        (
            "A <text:a>link<text:span>ed</text:span></text:a> word\u2011like well\xad-known.",
            "A linked word\u2011like well-known.",
        ),
        ('Rain <text:hidden-text text:string-value="x">no</text:hidden-text>fell.', "Rain fell."),
    ],
)
def test_a_paragraph_is_what_a_reader_sees(tmp_path, body, text):
    assert paragraphs(tmp_path, f"<text:p>{body}</text:p>") == [text]


def test_deleted_paragraphs_and_contents_are_out(tmp_path):
    deleted = "<text:tracked-changes><text:deletion><text:p>Snow fell.</text:p></text:deletion></text:tracked-changes>"
    contents = "<text:table-of-content><text:index-body><text:p>Chapter 1</text:p></text:index-body></text:table-of-content>"
    hidden = (
        '<text:section text:display="none"><text:p>Hail.</text:p></text:section><text:p text:style-name="Out">Ice.</text:p>'
    )
    assert paragraphs(tmp_path, f"{deleted}{contents}{hidden}<text:h>Weather</text:h><text:p>Rain fell.</text:p>") == [
        "Weather",
        "Rain fell.",
    ]


def test_lists_and_cells_are_paragraphs(tmp_path):
    items = "<text:list><text:list-item><text:p>One.</text:p></text:list-item></text:list>"
    cells = "<table:table><table:table-row><table:table-cell><text:p>Two.</text:p></table:table-cell></table:table-row>"
    cells += "</table:table>"
    assert paragraphs(tmp_path, items + cells) == ["One.", "Two."]


def test_a_text_box_comes_once_and_after_the_paragraph_it_hangs_on(tmp_path):
    box = "<draw:frame><draw:text-box><text:p>In the box.</text:p></draw:text-box><svg:title>A box</svg:title></draw:frame>"
    assert paragraphs(tmp_path, f"<text:p>The mayor {box}left.</text:p><text:p>Rain fell.</text:p>") == [
        "The mayor left.",
        "In the box.",
        "Rain fell.",
    ]


META = (
    "<dc:title>Harbour plan stalls</dc:title><meta:initial-creator>Ada Moor</meta:initial-creator>"
    "<meta:creation-date>2024-03-04T10:00:00.5</meta:creation-date>"
)


def test_properties_and_what_was_left_out(tmp_path):
    (article,), errors, notices = read_bytes(tmp_path, "a.odt", odt("<text:p>Rain<text:note/> fell.</text:p>", META))
    assert (article.title, article.extra, article.date[:10]) == ("Harbour plan stalls", {"byline": "Ada Moor"}, "2024-03-04")
    assert (article.text, errors) == ("Rain fell.", [])
    assert notices == [
        "Footnotes and endnotes left out: once, at FILE.",
        "Articles dated by the day their document was written: once, at FILE.",
    ]


def test_a_flat_document_is_read(tmp_path):
    raw = (
        b'<?xml version="1.0" encoding="UTF-8"?>\n'
        + document("<text:p>Rain fell.</text:p>", "office:document", META).encode()
    )
    for name in ("a.fodt", "a.txt"):
        (article,), errors, _ = read_bytes(tmp_path, name, raw)
        assert (article.text, article.title, errors) == ("Rain fell.", "Harbour plan stalls", [])


def test_one_that_is_known_whatever_it_is_called(tmp_path):
    assert [article.text for article in read_bytes(tmp_path, "a.txt", odt("<text:p>Rain fell.</text:p>"))[0]] == [
        "Rain fell."
    ]


PICTURE = "<text:p><draw:frame><draw:image/></draw:frame></text:p>"


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        (odt(""), "no text; leave it out."),
        (odt(PICTURE), "pictures only, no text; run text recognition (OCR) on it first."),
        (odt("", **{"META-INF/manifest.xml": "<m:encryption-data/>"}), "this OpenDocument text is encrypted; save it"),
        (odt("")[:99], "this OpenDocument text is damaged or incomplete (File is not a zip file); get the file again."),
        (zipped({"mimetype": MIME}), "no content.xml in this OpenDocument text; save it as .odt again."),
        (odt("", **{"content.xml": "<a/>"}), "not a text document; save it as .odt or plain text."),
    ],
    ids=["empty", "pictures", "encrypted", "cut off", "no content", "no text document"],
)  # fmt: skip
def test_what_cannot_be_read_is_one_line(tmp_path, raw, line):
    articles, (error,), _ = read_bytes(tmp_path, "a.odt", raw)
    assert articles == []
    assert error.startswith(f"FILE: {line}")


def test_headings_of_the_first_level_are_titles(tmp_path):
    story = f"<text:p>{'The council of Orla met on Tuesday and spoke of rain. ' * 10}</text:p>"
    heading = '<text:h text:outline-level="1">Night trains return</text:h>'
    (article,), _, notices = read_bytes(tmp_path, "a.odt", odt(heading + story, "<dc:title>A template</dc:title>"))
    assert (article.title, notices) == ("Night trains return", [])
    (_,), _, notices = read_bytes(tmp_path, "a.odt", odt((heading + story) * 3))
    assert notices == [
        "FILE: looks like several articles (3 headings), but is read as one; save each as a document of its own."
    ]
