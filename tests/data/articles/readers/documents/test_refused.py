import pytest
from document_files import read_bytes, read_file, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
OPEN = "application/vnd.oasis.opendocument."


def old(name):
    return OLE + bytes(100_000) + name.encode("utf-16-le") + bytes(100)


@pytest.mark.parametrize(
    ("name", "raw", "line"),
    [
        ("a.doc", old("WordDocument"), "this is an old Word document (.doc), which cannot be read; save it as .docx."),
        ("a.docx", old("EncryptedPackage"), "this is an encrypted office document, which cannot be read; save it without a"),
        ("a.msg", old("__properties_version1.0"), "this is an Outlook mail (.msg), which cannot be read; save it as .eml."),
        ("a.ppt", old("PowerPoint Document"), "this is slides (.ppt), which cannot be read; save their text as .docx or"),
        ("a.wps", old("MatOST"), "this is a Works document (.wps), which cannot be read; save it as .docx."),
        ("a.doc", OLE, "this is an old office document, which cannot be read; save it as .docx."),
        (
            "a.pptx",
            zipped({"[Content_Types].xml": "", "ppt/presentation.xml": ""}),
            "this is slides (.pptx), which cannot be read; save their text as .docx or plain text.",
        ),
        (
            "a.odp",
            zipped({"mimetype": f"{OPEN}presentation"}),
            "this is slides (.odp), which cannot be read; save their text as .odt or plain text.",
        ),
        (
            "a.pages",
            zipped({"Index/Document.iwa": ""}),
            "this is a Pages document, which cannot be read; export it as .docx.",
        ),
        ("a.mobi", bytes(60) + b"BOOKMOBI", "this is a Kindle book, which cannot be read; convert it to EPUB."),
        ("a.pst", b"!BDN" + bytes(9), "this is an Outlook mail store (.pst), which cannot be read; export its mails as"),
    ],
)  # fmt: skip
def test_a_line_says_what_it_is_and_what_to_do(tmp_path, name, raw, line):
    articles, (error,), _ = read_bytes(tmp_path, name, raw)
    assert articles == []
    assert error.startswith(f"FILE: {line}")


def test_in_a_folder_they_are_left_out_and_counted(tmp_path):
    (tmp_path / "a.txt").write_text("Rain fell.")
    (tmp_path / "b.doc").write_bytes(OLE)
    articles, errors, (notice,) = read_file(tmp_path)
    assert ([article.text for article in articles], errors) == (["Rain fell."], [])
    assert "left out" in notice
    assert ".doc 1" in notice
