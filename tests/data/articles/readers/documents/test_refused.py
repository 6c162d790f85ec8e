import pytest
from document_files import read_bytes, read_file, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
OPEN = "application/vnd.oasis.opendocument."


def old(name):
    return OLE + bytes(100_000) + name.encode("utf-16-le") + bytes(100)


@pytest.mark.parametrize(
    ("name", "raw", "line"),
    [
        ("a.doc", old("WordDocument"), "this is an old Word document (.doc), which is not read; save it as .docx."),
        ("a.docx", old("EncryptedPackage"), "this is an encrypted office document, which is not read; save it without a"),
        ("a.msg", old("__properties_version1.0"), "this is a mail of Outlook (.msg), which is not read; save it as .eml."),
        ("a.ppt", old("PowerPoint Document"), "this is slides (.ppt), which is not read; save their text as .docx or"),
        ("a.wps", old("MatOST"), "this is a Works document (.wps), which is not read; save it as .docx."),
        ("a.doc", OLE, "this is an old office document, which is not read; save it as .docx."),
        (
            "a.pptx",
            zipped({"[Content_Types].xml": "", "ppt/presentation.xml": ""}),
            "this is slides (.pptx), which is not read; save their text as .docx or plain text.",
        ),
        (
            "a.odp",
            zipped({"mimetype": f"{OPEN}presentation"}),
            "this is slides (.odp), which is not read; save their text as .odt or plain text.",
        ),
        ("a.pages", zipped({"Index/Document.iwa": ""}), "this is a Pages document, which is not read; export it as .docx."),
        ("a.mobi", bytes(60) + b"BOOKMOBI", "this is a Kindle book, which is not read; convert it to EPUB."),
        ("a.pst", b"!BDN" + bytes(9), "this is a store of mails of Outlook (.pst), which is not read; export its mails as"),
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
