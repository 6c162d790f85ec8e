"""What all exports as text have in common: streams, encodings, paragraphs of documents, glued files."""

import tempfile
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sayso.data.articles.files import read_articles
from sayso.data.articles.notices import Notices
from sayso.data.articles.reader import Document
from sayso.data.articles.readers.archives.exports import archive_articles
from sayso.data.records import Article

NEXIS = """\
{title}
Quillmouth Courier
June 4, 2024 Tuesday

Section: LOCAL
Length: 29 words
Body

{text}

Load-Date: June 5, 2024

End of Document

"""


def nexis(title="Ferry", text="The ferry left."):
    return NEXIS.format(title=title, text=text)


def read(path):
    errors, notices = [], []
    articles = list(read_articles([str(path)], on_error=errors.append, notice=notices.append))
    return articles, [str(error) for error in errors], notices


def of_paragraphs(paragraphs):
    notices = []
    document = Document("export.docx", None, None, Notices(notices.append), None)
    found = archive_articles(paragraphs, document)
    return None if found is None else [(a.id, a.title, a.text) if isinstance(a, Article) else str(a) for a in found]


def test_paragraphs_of_a_document_that_are_an_export_give_its_articles():
    paragraphs = [
        "Date and Time: Thursday, June 6, 2024\nJob Number: 1\nDocuments (2)",
        "1. Ferry\nClient/Matter: -None-\nSearch Terms: ferry",
        "2. Bees\nClient/Matter: -None-\nSearch Terms: ferry",
        *(
            "Ferry",
            "Quillmouth Courier",
            "June 4, 2024",
            "\nSection: LOCAL",
            "Length: 2 words",
            "Body",
            "It left.",
            "It came.",
        ),
        "\nEnd of Document",
        *(
            "Bees",
            "The Fen Telegraph",
            "June 3, 2024",
            "Length: 2 words",
            "Body",
            "",
            "Bees flew.",
            "Load-Date: June 3, 2024",
        ),
        "End of Document",
    ]
    assert of_paragraphs(paragraphs) == [
        ("export.docx:1", "Ferry", "It left.\n\nIt came."),
        ("export.docx:2", "Bees", "Bees flew."),
    ]


def test_a_table_of_factivas_codes_in_a_document():
    cells = [
        *("HD", "Ferry", "WC", "2 words", "PD", "4 June 2024", "SN", "Courier", "LP", "It left.", "TD", "It came."),
        *("AN", "Document QUILLC0020240604ek640000a"),
    ]
    in_rows = [f"{code}\t{words}" for code, words in zip(cells[::2], cells[1::2], strict=True)]
    for paragraphs in (cells, in_rows):
        assert of_paragraphs(paragraphs) == [("QUILLC0020240604ek640000a", "Ferry", "It left.\n\nIt came.")]


def test_lines_within_a_paragraph_stay_together():
    paragraphs = [
        *("1 of 1 DOCUMENTS", "Quillmouth Courier", "June 4, 2024 Tuesday\nEdition 1;\nCounty", "Ferry sails\nagain"),
        *("BYLINE: Ada Penhallow", "LENGTH: 4 words", "HIGHLIGHT: A year\nashore ends", "It left.", "It came.\nIt stayed."),
        *("LOAD-DATE: June 5, 2024", "Copyright 2024 Courier Press"),
    ]
    assert of_paragraphs(paragraphs) == [("export.docx:1", "Ferry sails again", "It left.\n\nIt came.\nIt stayed.")]


def test_paragraphs_of_other_documents_are_one_article():
    assert of_paragraphs(["Ferry", "The ferry left.", "It came back."]) is None
    assert of_paragraphs([]) is None


def test_pieces_in_another_encoding_are_read_right(tmp_path):
    path = tmp_path / "glued.txt"
    quoted = nexis(text="“We left,” said André.")
    path.write_bytes(quoted.encode("cp1252") + quoted.encode() + b"\xef\xbb\xbf" + quoted.encode("cp1252"))
    articles, errors, notices = read(path)
    assert [article.text for article in articles] == ["“We left,” said André."] * 3
    assert errors == []
    assert notices == [f"{path}: not UTF-8; read as cp1252, which is a guess. Convert it to UTF-8 to be sure."]


def test_text_between_articles_is_told(tmp_path):
    path = tmp_path / "a.txt"
    stray = "A note of somebody else. " + "It has words. " * 30
    path.write_text(nexis() + nexis() + stray + "\nEnd of Document\n" + nexis(), encoding="utf-8")
    articles, errors, notices = read(path)
    assert len(articles) == 3
    assert errors == []
    assert notices == [
        f"Text outside the articles left out: once, at {path}, after article 2 (“A note of somebody else. It has words. I”)."
    ]


def test_an_archive_of_binary_pieces_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes((nexis() + nexis(text="\0" * 40) + nexis()).encode())
    articles, errors, _ = read(path)
    assert len(articles) == 2
    assert len(errors) == 1
    assert f"{path}:2: binary data" in errors[0]


def test_a_table_with_an_export_in_a_cell_is_a_table(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'id,text,note\n1,"{nexis()}{nexis()}",x\n', encoding="utf-8")
    articles, errors, _ = read(path)
    assert errors == []
    assert [article.id for article in articles] == ["1"]


@pytest.mark.parametrize("name", ["export.txt", "export", "export.TXT", "export.md"])
def test_an_export_is_known_whatever_it_is_called(tmp_path, name):
    path = tmp_path / name
    path.write_text(nexis("Ferry") + nexis("Bees"), encoding="utf-8")
    assert [article.title for article in read(path)[0]] == ["Ferry", "Bees"]


def test_memory_does_not_grow_with_the_export(tmp_path):
    path = tmp_path / "large.txt"
    article = nexis(text="The ferry left at dawn, and came back. " * 250)
    path.write_text(article * 250, encoding="utf-8")
    assert path.stat().st_size > 2_400_000
    tracemalloc.start()
    n_articles = sum(1 for _ in read_articles([str(path)]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert n_articles == 250
    assert peak < 1_600_000  # the file is read in pieces of 262 kB


LEXIS = """\
                               {number} of {total} DOCUMENTS

                              Quillmouth Courier

                             June 4, 2024 Tuesday

{title}

LENGTH: 29 words

{text}

LOAD-DATE: June 5, 2024

"""
FACTIVA = """\
HD  {title}
WC  29 words
PD  4 June 2024
SN  Quillmouth Courier
CY  (c) 2024 Courier Press

TD
{text}

AN  Document QUILLC0020240604ek64{number:05}

"""
PROQUEST = """\
____________________________________________________________

Document {number} of {total}

{title}

Publication info: Quillmouth Courier ; Quillmouth [Quillmouth]04 June 2024: A.3.

Abstract: None available.

Full text: {text}

Publication title: Quillmouth Courier; Quillmouth

Publication date: Jun 4, 2024

ProQuest document ID: 3000{number}

"""
IRAMUTEQ = "**** *source_quillmouth_courier *date_2024-06-04 *title_{title}\n{text}\n\n"

words = st.lists(st.text("abcdefghij", min_size=2, max_size=9), min_size=1, max_size=12)
sentences = words.map(lambda found: " ".join(found).capitalize() + ".")
texts = st.lists(sentences, min_size=1, max_size=5).map("\n\n".join)
titles = words.map(lambda found: " ".join(found[:5]).capitalize())


@pytest.mark.parametrize("export", [NEXIS, LEXIS, FACTIVA, PROQUEST, IRAMUTEQ])
@given(articles=st.lists(st.tuples(titles, texts), min_size=1, max_size=5))
@settings(max_examples=25, deadline=None)
def test_whatever_is_exported_is_read_back(export, articles):
    pieces = [
        export.format(
            title=title.replace(" ", "_") if export is IRAMUTEQ else title, text=text, number=n, total=len(articles)
        )
        for n, (title, text) in enumerate(articles, 1)
    ]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "export.txt")
        path.write_text("".join(pieces), encoding="utf-8")
        found, errors, notices = read(path)
    assert (errors, notices) == ([], [])
    assert [(article.title, article.text) for article in found] == articles
    assert {(article.outlet or "").lower() for article in found} == {"quillmouth courier"}
    assert {article.date for article in found} == {"2024-06-04"}
