import zipfile

import pytest
from document_files import docx, paragraph, read_bytes, word_run, zipped

from sayso.data.articles.readers.documents.word import docx_paragraphs
from sayso.errors import SaysoError

DELETED = "<w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
ALTERNATIVES = "<mc:Choice>{0}</mc:Choice><mc:Fallback><w:pict>{0}</w:pict></mc:Fallback>"
BOX = f"<w:r><mc:AlternateContent>{ALTERNATIVES}</mc:AlternateContent></w:r>"


def paragraphs(*body, **parts):
    return docx_paragraphs(docx("".join(body), **parts), "a.docx")


def test_deleted_words_are_out_and_inserted_ones_in():
    inserted = f"<w:ins>{word_run('today')}</w:ins>"
    assert paragraphs(paragraph("She would ", DELETED, "resign ", inserted, ".")) == ["She would resign today."]


def test_moved_words_stand_where_they_went():
    body = [
        paragraph(f"<w:moveFrom>{word_run('Snow fell.')}</w:moveFrom>", "Rain fell."),
        paragraph(f"<w:moveTo>{word_run('Snow fell.')}</w:moveTo>"),
    ]
    assert paragraphs(*body) == ["Rain fell.", "Snow fell."]


def test_a_paragraph_whose_end_was_deleted_goes_on():
    body = [paragraph("The mayor ", properties="<w:rPr><w:del/></w:rPr>"), paragraph("left.")]
    assert paragraphs(*body) == ["The mayor left."]


def test_a_deleted_row_is_out_and_cells_are_paragraphs():
    row = "<w:tr><w:trPr>{}</w:trPr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    rows = row.format("", paragraph("Orla"), paragraph("12")) + row.format("<w:del/>", paragraph("Tolland"), paragraph("9"))
    assert paragraphs(f"<w:tbl>{rows}</w:tbl>") == ["Orla", "12"]


@pytest.mark.parametrize("mark", ["<w:vanish/>", "<w:strike/>", "<w:dstrike w:val='1'/>", "<w:rStyle w:val='Gone'/>"])
def test_hidden_and_struck_words_are_out(mark):
    style = "<w:style w:styleId='{}'><w:basedOn w:val='{}'/><w:rPr>{}</w:rPr></w:style>"
    styles = f"<w:styles NAMES>{style.format('Out', '', '<w:vanish/>')}{style.format('Gone', 'Out', '<w:b/>')}</w:styles>"
    assert paragraphs(paragraph("The mayor ", word_run("never ", mark), "left."), word__styles=styles) == ["The mayor left."]


def test_a_style_hides_a_paragraph_but_not_the_words_that_say_otherwise():
    styles = "<w:styles NAMES><w:style w:styleId='Gone'><w:rPr><w:strike/></w:rPr></w:style></w:styles>"
    body = paragraph("Old. ", word_run("New.", "<w:strike w:val='0'/>"), properties="<w:pStyle w:val='Gone'/>")
    assert paragraphs(body, word__styles=styles) == ["New."]


def test_hyphens_tabs_and_line_ends_are_characters():
    words = "<w:t>well</w:t><w:noBreakHyphen/><w:t>known har</w:t><w:softHyphen/><w:t>bour</w:t>"
    body = f"<w:r>{words}<w:br/><w:t>a</w:t><w:tab/><w:t>b</w:t></w:r>"
    tabs = '<w:tabs><w:tab w:val="left"/></w:tabs>'
    assert paragraphs(paragraph(body, properties=tabs)) == ["well\u2011known harbour\na\tb"]


def test_a_page_break_ends_a_paragraph():
    assert paragraphs(paragraph("One.", '<w:r><w:br w:type="page"/></w:r>', "Two.")) == ["One.", "Two."]


def test_a_text_box_comes_once_and_after_the_paragraph_it_hangs_on():
    box = BOX.format(f"<w:txbxContent>{paragraph('In the box.')}</w:txbxContent>")
    assert paragraphs(paragraph("The mayor ", box, "left."), paragraph("Rain fell.")) == [
        "The mayor left.",
        "In the box.",
        "Rain fell.",
    ]


def test_the_words_of_a_link_are_read_and_its_code_is_not():
    mark = "<w:r><w:fldChar w:fldCharType='{}'/></w:r>"
    code = word_run("PAGE").replace("w:t", "w:instrText")
    link = (
        mark.format("begin")
        + code
        + word_run("hidden code")
        + mark.format("separate")
        + word_run("a report")
        + mark.format("end")
    )
    inserted = f"<w:sdt><w:sdtContent><w:hyperlink>{word_run('of May')}</w:hyperlink></w:sdtContent></w:sdt>"
    assert paragraphs(paragraph("See ", link, " ", inserted, ".")) == ["See a report of May."]


def test_a_drop_cap_joins_its_word():
    body = [paragraph("T", properties="<w:framePr w:dropCap='drop'/>"), paragraph("he mayor left.")]
    assert paragraphs(*body) == ["The mayor left."]


def test_contents_and_prompts_are_out():
    gallery = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr>{}</w:sdt>'
    )
    prompt = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr>{}</w:sdt>"
    inner = f"<w:sdtContent>{paragraph('Chapter 1 … 3')}</w:sdtContent>"
    assert paragraphs(gallery.format(inner), prompt.format(inner), paragraph("Rain fell.")) == ["Rain fell."]


def test_the_text_may_stand_in_a_part_of_another_name():
    to_text = 'Type="http://purl.oclc.org/ooxml/officeDocument/relationships/officeDocument" Target="/word/text2.xml"'
    links = f"<Relationships><Relationship {to_text}/></Relationships>"
    words = "<w:p><w:r><w:t>Rain fell.</w:t></w:r></w:p>"
    strict = f'<w:document xmlns:w="http://purl.oclc.org/ooxml/wordprocessingml/main">{words}</w:document>'
    raw = zipped({"[Content_Types].xml": "", "_rels/.rels": links, "word\\text2.xml": strict})
    assert docx_paragraphs(raw, "a.docx") == ["Rain fell."]


def test_properties_become_title_byline_and_a_last_resort_of_a_day(tmp_path):
    about = (
        "<dc:title>Harbour plan stalls</dc:title><dc:creator>Ada Moor</dc:creator>"
        "<dcterms:created>2024-03-04T10:00:00Z</dcterms:created>"
    )
    (article,), errors, notices = read_bytes(tmp_path, "a.docx", docx(paragraph("Rain fell."), about))
    assert (article.title, article.extra, article.date[:10], article.text) == (
        "Harbour plan stalls",
        {"byline": "Ada Moor"},
        "2024-03-04",
        "Rain fell.",
    )
    assert errors == []
    assert notices == ["Articles dated by the day their document was written: once, at FILE."]


@pytest.mark.parametrize("title", ["Document1", "Microsoft Word - story3.doc", "story.docx", r"C:\texts\a b.rtf", "***", ""])
def test_what_programs_write_as_title_and_author_is_none(tmp_path, title):
    template = "<dc:creator>python-docx</dc:creator><dcterms:created>2013-12-23T23:15:00Z</dcterms:created>"
    about = f"<dc:title>{title}</dc:title>{template}"
    (article,), _, notices = read_bytes(tmp_path, "a.docx", docx(paragraph("Rain fell."), about))
    assert (article.title, article.extra, article.date, notices) == (None, {}, None, [])


def test_what_is_left_out_is_told(tmp_path):
    note = "<w:r><w:footnoteReference w:id='2'/></w:r>"
    raw = docx(paragraph("Rain", note, " fell", note, ".") + "<w:altChunk/>")
    (article,), _, notices = read_bytes(tmp_path, "a.docx", raw)
    assert article.text == "Rain fell."
    assert notices == [
        "Footnotes and endnotes left out: once, at FILE.",
        "Files inserted into Word documents left out: once, at FILE.",
    ]


def test_a_word_document_is_known_whatever_it_is_called(tmp_path):
    raw = docx(paragraph("Rain fell."))
    assert [article.text for article in read_bytes(tmp_path, "a.txt", raw)[0]] == ["Rain fell."]


@pytest.mark.parametrize("name", ["a.docx", "word/a.docx", "~a.pptx"])
def test_an_archive_that_holds_documents_uncompressed_is_none(tmp_path, name):
    slides = zipped({"[Content_Types].xml": "", "ppt/presentation.xml": "", "xl/a.xml": ""}, zipfile.ZIP_STORED)
    held = {
        name: docx(paragraph("Rain fell.")) if name.endswith("docx") else slides,
        "b.docx": docx(paragraph("Snow fell.")),
    }
    texts = [article.text for article in read_bytes(tmp_path, "a", zipped(held, zipfile.ZIP_STORED))[0]]
    assert texts == (["Rain fell.", "Snow fell."] if name.endswith("docx") else ["Snow fell."])


def test_a_damaged_one_is_one_line(tmp_path):
    raw = docx(paragraph("Rain fell. " * 1000))
    assert read_bytes(tmp_path, "a.docx", raw[: len(raw) // 2])[1] == [
        "FILE: this Word document is damaged or incomplete (File is not a zip file); get the file again."
    ]


def test_one_without_text_is_one_line(tmp_path):
    assert read_bytes(tmp_path, "a.docx", docx(paragraph(" ")))[1] == ["FILE: no text; leave it out."]
    picture = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
    assert read_bytes(tmp_path, "a.docx", docx(paragraph(picture)))[1] == [
        "FILE: pictures only, no text; run text recognition (OCR) on it first."
    ]


def test_a_zip_that_is_no_word_document_is_refused():
    with pytest.raises(SaysoError, match=r"a\.docx: no text part in this Word document; save it as \.docx again\."):
        docx_paragraphs(zipped({"a.txt": "Rain fell."}), "a.docx")


def test_broken_xml_is_refused():
    with pytest.raises(SaysoError, match=r"a\.docx: word/document\.xml: broken XML"):
        docx_paragraphs(docx("<w:p>"), "a.docx")


EXPORT = """Night trains return to the coast

The Orla Post

May 2, 2023 Tuesday

Copyright 2023 Orla Post All Rights Reserved

Section: NEWS; Pg. 4

Length: 14 words

Byline: Ada Moor

Body

The state railway will run night trains to the coast again from June.

Load-Date: May 3, 2023

End of Document"""


def test_an_export_of_an_archive_gives_its_articles(tmp_path):
    lines = f"{EXPORT}\n\n{EXPORT.replace('trains', 'buses')}".split("\n\n")
    articles, errors, _ = read_bytes(tmp_path, "a.docx", docx("".join(paragraph(line) for line in lines)))
    assert errors == []
    assert [(a.title, a.outlet) for a in articles] == [
        ("Night trains return to the coast", "The Orla Post"),
        ("Night buses return to the coast", "The Orla Post"),
    ]
    assert articles[0].text.endswith("The state railway will run night trains to the coast again from June.")


def test_a_document_that_looks_like_several_articles_says_so(tmp_path):
    story = paragraph("By Ada Moor") + paragraph("The council of Orla met on Tuesday and spoke of rain. " * 10)
    (_,), errors, notices = read_bytes(tmp_path, "a.docx", docx(story * 3))
    assert errors == []
    assert notices[0].startswith("FILE: looks like several articles (")
    assert notices[0].endswith("), but is read as one; save each as a document of its own.")


def test_headings_of_the_first_level_are_titles(tmp_path):
    styles = "<w:styles NAMES><w:style w:styleId='Titre1'><w:name w:val='heading 1'/></w:style></w:styles>"
    heading = paragraph("Night trains return", properties="<w:pStyle w:val='Titre1'/>")
    story = paragraph("The council of Orla met on Tuesday and spoke of rain. " * 10)
    about = "<dc:title>A template</dc:title>"
    (article,), _, notices = read_bytes(tmp_path, "a.docx", docx(heading + story, about, word__styles=styles))
    assert (article.title, notices) == ("Night trains return", [])
    (article,), _, notices = read_bytes(tmp_path, "a.docx", docx(story + heading + story, about, word__styles=styles))
    assert (article.title, notices) == ("A template", [])
    (_,), _, notices = read_bytes(tmp_path, "a.docx", docx((heading + story) * 3, about, word__styles=styles))
    assert notices == [
        "FILE: looks like several articles (3 headings), but is read as one; save each as a document of its own."
    ]
