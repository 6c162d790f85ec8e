"""Nexis Uni: cover page, "Body", "End of Document"."""

import pytest

from sayso.data.articles.files import read_articles

COVER = """\
Date and Time: Thursday, June 6, 2024 4:12:00 PM CEST
Job Number: 224000001
Documents (2)
1. Ferry to Harrowfen sails again
Client/Matter: -None-
Search Terms: Quillmouth AND ferry
Search Type: Terms and Connectors
Narrowed by:

Content Type
Narrowed by
News
Sources: Quillmouth Courier; Content Type: News

2. Bees return to the fen
Client/Matter: -None-
Search Terms: Quillmouth AND ferry
Search Type: Terms and Connectors
Narrowed by:

Content Type
Narrowed by
News
Sources: The Fen Telegraph; Content Type: News



"""
FERRY = """\
Ferry to Harrowfen sails again
Quillmouth Courier
June 4, 2024 Tuesday 9:33 AM GMT
Final Edition

Copyright 2024 Courier Press Ltd All Rights Reserved

Section: LOCAL; Pg. 3
Length: 29 words
Byline: Ada Penhallow
Dateline: QUILLMOUTH
Highlight: A year ashore ends
Body


The ferry to Harrowfen left at dawn with forty people on board.
“We waited a year for this,” said its captain, Tom Orrick.

Graphic

The ferry at its pier. PHOTO: Courier
Classification


Language: ENGLISH
Publication-Type: Newspaper
Subject: FERRIES (91%); PORTS (70%)
Load-Date: June 5, 2024


End of Document



"""
BEES = """\
Bees return to the fen
The Fen Telegraph
June 3, 2024 Monday

Length: 17 words
Body


Wild bees were counted in the fen again, the survey of the county found.
Nobody knows why.

Load-Date: June 3, 2024


End of Document
"""


def read(path, content, encoding="utf-8"):
    path.write_bytes(content.encode(encoding))
    errors, notices = [], []
    articles = list(read_articles([str(path)], on_error=errors.append, notice=notices.append))
    return articles, [str(error) for error in errors], notices


def test_one_article_out_of_each_article_in(tmp_path):
    path = tmp_path / "nexis.txt"
    (ferry, bees), errors, notices = read(path, COVER + FERRY + BEES)
    assert (errors, notices) == ([], [])
    assert [ferry.id, bees.id] == [f"{path}:1", f"{path}:2"]
    assert (ferry.title, ferry.outlet, ferry.language) == ("Ferry to Harrowfen sails again", "Quillmouth Courier", "en")
    assert ferry.date == "2024-06-04"
    assert ferry.extra == {
        "section": "LOCAL; Pg. 3",
        "length": "29 words",
        "byline": "Ada Penhallow",
        "dateline": "QUILLMOUTH",
        "highlight": "A year ashore ends",
    }
    assert ferry.text == (
        "The ferry to Harrowfen left at dawn with forty people on board.\n"
        "“We waited a year for this,” said its captain, Tom Orrick."
    )
    assert (bees.title, bees.outlet, bees.extra) == ("Bees return to the fen", "The Fen Telegraph", {"length": "17 words"})
    assert bees.date == "2024-06-03"
    assert bees.text.startswith("Wild bees were counted")
    assert bees.text.endswith("Nobody knows why.")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_it_is_known_in_whatever_encoding(tmp_path, encoding, line_end):
    articles, errors, _ = read(tmp_path / "nexis.txt", (COVER + FERRY + BEES).replace("\n", line_end), encoding)
    assert errors == []
    assert [article.text[:4] for article in articles] == ["The ", "Wild"]
    assert "“We waited a year for this,”" in articles[0].text


def test_without_a_cover_page(tmp_path):
    articles, errors, notices = read(tmp_path / "ferry.txt", FERRY)
    assert [article.title for article in articles] == ["Ferry to Harrowfen sails again"]
    assert (errors, notices) == ([], [])


def test_spaces_that_do_not_break_and_no_empty_lines(tmp_path):
    content = "\n".join(line for line in (COVER + FERRY + BEES).replace(": ", ":\u00a0").split("\n") if line)
    articles, _, notices = read(tmp_path / "nexis.txt", content)
    assert [(article.title, article.outlet) for article in articles] == [
        ("Ferry to Harrowfen sails again", "Quillmouth Courier"),
        ("Bees return to the fen", "The Fen Telegraph"),
    ]
    assert articles[0].extra["byline"] == "Ada Penhallow"
    assert articles[0].text.endswith("Tom Orrick.")
    assert notices == []


def test_lines_of_printed_pages_are_left_out(tmp_path):
    printed = FERRY.replace("on board.\n", "on board.\nPage 1 of 2\nFerry to Harrowfen sails again\n")
    (ferry, _), _, _ = read(tmp_path / "nexis.txt", COVER + printed + BEES)
    assert "on board.\n“We waited" in ferry.text


def test_fewer_articles_than_the_cover_says_are_told(tmp_path):
    path = tmp_path / "nexis.txt"
    _, errors, notices = read(path, COVER.replace("(2)", "(12)") + FERRY + BEES)
    assert errors == []
    assert notices == [
        f"{path}: the export announces 12 documents, but 2 were found; missing: 3 to 12. Export the "
        "others as well if you need them."
    ]


def test_a_file_that_was_cut_off_gives_what_is_there_and_says_so(tmp_path):
    path = tmp_path / "nexis.txt"
    articles, errors, notices = read(path, COVER + FERRY + BEES.partition("\nNobody")[0])
    assert articles[1].text == "Wild bees were counted in the fen again, the survey of the county found."
    assert errors == []
    assert notices == [f"{path}: article 2 ends without the usual closing lines; check that the file is complete."]


def test_exports_that_were_put_together_are_counted_each(tmp_path):
    path = tmp_path / "both.txt"
    articles, _, notices = read(path, (COVER + FERRY + BEES) + "\ufeff" + COVER + FERRY)
    assert [article.id for article in articles] == [f"{path}:{number}" for number in (1, 2, 3)]
    assert articles[2].title == "Ferry to Harrowfen sails again"
    assert notices == [
        f"{path}: the export announces 2 documents, but 1 was found; missing: 2. Export the others as well if you need them."
    ]


def test_an_article_without_a_text_is_an_error_with_its_number(tmp_path):
    path = tmp_path / "nexis.txt"
    paywalled = FERRY.replace(FERRY[FERRY.index("The ferry to") : FERRY.index("Graphic")], "")
    articles, errors, _ = read(path, COVER + paywalled + BEES)
    assert [article.id for article in articles] == [f"{path}:2"]
    assert errors == [
        f"{path}:1: the export has no full text of “Ferry to Harrowfen sails again”; leave it out, or "
        "export it with its text."
    ]


def test_other_interfaces_have_other_words(tmp_path):
    german = """\
Fähre fährt wieder
Quillmouther Bote
4. Juni 2024 Dienstag

Copyright 2024 Bote Verlag Alle Rechte vorbehalten

Rubrik: LOKALES; S. 3
Länge: 8 Wörter
Autor: Ada Penhallow
Body

Die Fähre fuhr am Morgen ab.

Classification

Sprache: GERMAN; Deutsch

End of Document
"""
    (ferry,), errors, _ = read(tmp_path / "nexis.txt", german)
    assert errors == []
    assert (ferry.title, ferry.outlet, ferry.language) == ("Fähre fährt wieder", "Quillmouther Bote", "de")
    assert ferry.date == "2024-06-04"
    assert ferry.extra == {"section": "LOKALES; S. 3", "length": "8 Wörter", "byline": "Ada Penhallow"}
    assert ferry.text == "Die Fähre fuhr am Morgen ab."


def test_lines_of_text_that_look_like_labels_are_text(tmp_path):
    words = "Update: the road is open.\nSubject: ferries, he wrote.\n“We waited"
    (ferry, _), _, _ = read(tmp_path / "nexis.txt", COVER + FERRY.replace("“We waited", words) + BEES)
    assert f"on board.\n{words}" in ferry.text


def test_labels_without_their_heading_close_a_text(tmp_path):
    bare = FERRY.replace("Classification\n", "").replace("Graphic\n\nThe ferry at its pier. PHOTO: Courier\n", "")
    (ferry,), _, _ = read(tmp_path / "nexis.txt", bare)
    assert ferry.text.endswith("Tom Orrick.")


def test_without_the_lines_that_end_a_document(tmp_path):
    corrected = FERRY.replace("Graphic\n", "Correction\n\nIt left at noon.\nCorrection-Date: June 6, 2024\n")
    content = (COVER + corrected + BEES).replace("End of Document\n", "")
    (ferry, bees), errors, notices = read(tmp_path / "nexis.txt", content)
    assert (errors, notices) == ([], [])
    assert ferry.text.endswith("Tom Orrick.")
    assert (bees.title, bees.outlet) == ("Bees return to the fen", "The Fen Telegraph")
    assert bees.text.endswith("Nobody knows why.")


def test_blogs_corrections_and_what_was_left_of_pictures(tmp_path):
    content = (
        FERRY.replace("Quillmouth Courier\n", "Quillmouth Courier\n(Tides)\n", 1)
        .replace("Section: LOCAL", "Distribution: Local Desk\nSection: LOCAL")
        .replace("Tom Orrick.\n", "Tom Orrick.\nPHOTO: (PHOTOGRAPH BY A. ROE)\nhttp://www.courier.example\n")
    )
    undated = BEES.replace("June 3, 2024 Monday", "Correction Appended", 1)
    (ferry, bees), _, _ = read(tmp_path / "nexis.txt", content + undated)
    assert (ferry.title, ferry.outlet, ferry.date) == ("Ferry to Harrowfen sails again", "Quillmouth Courier", "2024-06-04")
    assert ferry.text.endswith("Tom Orrick.")
    assert (bees.title, bees.outlet, bees.date) == ("Bees return to the fen", "The Fen Telegraph", None)


def test_without_the_line_that_begins_the_text(tmp_path):
    (ferry, bees), errors, _ = read(tmp_path / "nexis.txt", (COVER + FERRY + BEES).replace("Body\n", ""))
    assert errors == []
    assert ferry.text.startswith("The ferry to Harrowfen left")
    assert (ferry.extra["byline"], bees.extra["length"]) == ("Ada Penhallow", "17 words")
    assert bees.text.startswith("Wild bees were counted")


def test_an_abstract_with_a_heading_says_nothing_twice(tmp_path):
    content = FERRY.replace("Body\n", "Body\n\nABSTRACT\n\nThe ferry is back.\n\nFULL TEXT\n")
    (ferry,), _, _ = read(tmp_path / "nexis.txt", content)
    assert ferry.text.startswith("The ferry to Harrowfen left")


def test_prose_that_names_the_end_of_a_document_is_prose(tmp_path):
    articles, _, _ = read(tmp_path / "a.txt", "It rained.\nEnd of Document\n")
    assert [article.text for article in articles] == ["It rained.\nEnd of Document\n"]


PRINTED = """\
User Name: A. Reader
Date and Time: Thursday, June 6, 2024
Documents (2)
1. Ferry to Harrowfen sails again
2. Bees return to the fen
Page 1 of 3
Ferry to Harrowfen sails again
Ferry to Harrowfen sails again
Quillmouth Courier
June 4, 2024 Tuesday
Length: 9 words
Body
The ferry left.
Page 2 of 3
Ferry to Harrowfen sails again
It came back. End of Document
Page 3 of 3
Bees return to the fen
Bees return to the fen
The Fen Telegraph
June 3, 2024 Monday
Length: 9 words
Body
Wild bees were counted again. End of Document
"""


def test_the_text_of_a_printed_export_has_titles_on_each_page(tmp_path):
    (ferry, bees), errors, notices = read(tmp_path / "nexis.txt", PRINTED)
    assert (errors, notices) == ([], [])
    assert (ferry.title, ferry.outlet) == ("Ferry to Harrowfen sails again", "Quillmouth Courier")
    assert ferry.text == "The ferry left.\nIt came back."
    assert (bees.title, bees.outlet) == ("Bees return to the fen", "The Fen Telegraph")
    assert bees.text == "Wild bees were counted again."
