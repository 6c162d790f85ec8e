"""ProQuest, EBSCO, Gale, NewsBank, and other texts that name every field."""

import pytest

from sayso.data.articles.files import read_articles

RULE = "_" * 60
FERRY = "The ferry to Harrowfen left at dawn with forty people on board.\n\n“We waited a year,” said the captain."
BEES = "Wild bees were counted in the fen again, the survey of the county found. Subject: unknown, as it noted."

PROQUEST = f"""\
{RULE}

Report Information from ProQuest
06 June 2024 16:12

{RULE}

Document 1 of 2

Ferry to Harrowfen sails again

Author: Penhallow, Ada

Publication info: Quillmouth Courier ; Quillmouth [Quillmouth]04 June 2024: A.3.

ProQuest document link

Abstract: “We waited a year,” said the captain.

Links: Find a copy

Full text: {FERRY}

Credit: By Ada Penhallow

Subject: Ferries; Ports

Publication title: Quillmouth Courier; Quillmouth

Pages: A.3

Publication date: Jun 4, 2024

Section: Local

ISSN: 00000000

Language of publication: English

ProQuest document ID: 300000001

Document URL: https://example.org/300000001

Copyright: (Copyright (c) 2024 Courier Press Ltd)

Database: County Newsstand

{RULE}

Document 2 of 2

Bees return to the fen

Publication info: The Fen Telegraph ; Harrowfen [Harrowfen]03 June 2024: 9.

Abstract: None available.

Full text: {BEES}

Publication year: 2024

ProQuest document ID: 300000002

Database: County Newsstand

{RULE}

Contact ProQuest

Copyright © 2024 ProQuest LLC. All rights reserved.
"""
HEADINGS = f"""\
Document 1 of 1

Ferry to Harrowfen sails again: [1]

Penhallow, Ada. Quillmouth Courier; Quillmouth [Quillmouth]. 04 June 2024: A.3.

ProQuest document link

ABSTRACT (ENGLISH)

“We waited a year,” said the captain.

FULL TEXT

{FERRY}

DETAILS

Subject: Ferries; Ports

Publication title: Quillmouth Courier; Quillmouth

Publication date: Jun 4, 2024

ProQuest document ID: 300000001
"""
EBSCO = f"""\
Record: 1
Title: Ferry to Harrowfen sails again
Authors: Penhallow, Ada
Source: Quillmouth Courier. 06/04/2024, p3. 1p.
Document Type: Article
Subject Terms: FERRIES
Abstract: The article reports on a ferry.
Full Text Word Count: 21
Accession Number: QC20240604
Database: Regional Newspapers

Ferry to Harrowfen sails again

{FERRY}

~~~~~~~~

By Ada Penhallow

Copyright of Quillmouth Courier is the property of Courier Press Ltd and its content may not be copied.
Record: 2
Title: Bees return to the fen
Source: Fen Telegraph, The. 06/03/2024, p9.
Accession Number: FT20240603
Database: Regional Newspapers

{BEES}
"""
GALE = f"""\
Title: Ferry to Harrowfen sails again
Author(s): Ada Penhallow
Source: Quillmouth Courier. (June 4, 2024): News: p3.
Document Type: Article
Full Text:
{FERRY}

Copyright: COPYRIGHT 2024 Courier Press Ltd
Source Citation (MLA 9th Edition)
Penhallow, Ada. "Ferry to Harrowfen sails again." Quillmouth Courier, 4 June 2024.
Gale Document Number: GALE|A100000001

Title: Bees return to the fen
Source: The Fen Telegraph. (June 3, 2024): p9.
Full Text:
{BEES}
Copyright: COPYRIGHT 2024 Telegraph Group
Gale Document Number: GALE|A100000002
"""
NEWSBANK = f"""\
Paper: Quillmouth Courier
Title: Ferry to Harrowfen sails again
Date: June 4, 2024
Section: Local
Page: 3
Author: Ada Penhallow

{FERRY}

Copyright (c) 2024 Quillmouth Courier
Record Number: 24QC0604

Paper: The Fen Telegraph
Title: Bees return to the fen
Date: June 3, 2024
Page: 9

{BEES}
Record Number: 24FT0603
"""
NEWER_NEWSBANK = f"""\
Ferry to Harrowfen sails again
June 4, 2024 | Quillmouth Courier
Author: Ada Penhallow
Section: Local
Page: 3

{FERRY}

Record: 24QC0604
Copyright, 2024, Quillmouth Courier. All rights reserved.

Bees return to the fen
June 3, 2024 | The Fen Telegraph
Author: Tom Orrick
Section: Nature

{BEES}

Record: 24FT0603
Copyright, 2024, The Fen Telegraph.
"""
OLDER_GALE = f"""\
Title: Ferry to Harrowfen sails again
Source: Quillmouth Courier. (June 4, 2024): p3.
Full Text: COPYRIGHT 2024 Courier Press
Byline: Ada Penhallow
{FERRY}
Gale Document Number: GALE|A100000001

Title: Bees return to the fen
Source: The Fen Telegraph. (June 3, 2024): p9.
Full Text: COPYRIGHT 2024 Telegraph Group
{BEES}
Gale Document Number: GALE|A100000002
"""
GERMAN_PROQUEST = f"""\
{RULE}

Dokument 1 von 1

Ferry to Harrowfen sails again

Autor: Penhallow, Ada

Zusammenfassung: Nicht verfügbar

Volltext: {FERRY}

Thema: Ferries

Publikationstitel: Quillmouth Courier; Quillmouth

Publikationsdatum: Jun 4, 2024

ProQuest-Dokument-ID: 300000001

Datenbank: County Newsstand
"""
PLAIN_FIELDS = f"""\
Headline: Ferry to Harrowfen sails again
Source: Quillmouth Courier
Date: 4 June 2024
By: Ada Penhallow
Text: {FERRY}
==========
Headline: Bees return to the fen
Source: The Fen Telegraph
Date: 3 June 2024
Text: {BEES}
"""


def read(path, content):
    path.write_text(content, encoding="utf-8")
    errors, notices = [], []
    articles = list(read_articles([str(path)], on_error=errors.append, notice=notices.append))
    return articles, [str(error) for error in errors], notices


@pytest.mark.parametrize(
    ("content", "ids", "byline"),
    [
        (PROQUEST, ("300000001", "300000002"), "Penhallow, Ada"),
        (EBSCO, ("QC20240604", "FT20240603"), "Penhallow, Ada"),
        (GALE, ("GALE|A100000001", "GALE|A100000002"), "Ada Penhallow"),
        (NEWSBANK, ("24QC0604", "24FT0603"), "Ada Penhallow"),
        (NEWER_NEWSBANK, ("24QC0604", "24FT0603"), "Ada Penhallow"),
        (OLDER_GALE, ("GALE|A100000001", "GALE|A100000002"), "Ada Penhallow"),
        (PLAIN_FIELDS, (":1", ":2"), "Ada Penhallow"),
        (PLAIN_FIELDS.replace("Text: ", "\n"), (":1", ":2"), "Ada Penhallow"),
    ],
    ids=["proquest", "ebsco", "gale", "newsbank", "newer-newsbank", "older-gale", "fields", "fields-and-text"],
)
def test_one_article_out_of_each_article_in(tmp_path, content, ids, byline):
    path = tmp_path / "export.txt"
    (ferry, bees), errors, notices = read(path, content)
    assert (errors, notices) == ([], [])
    assert [article.id.removeprefix(str(path)) for article in (ferry, bees)] == list(ids)
    assert (ferry.title, bees.title) == ("Ferry to Harrowfen sails again", "Bees return to the fen")
    assert ferry.outlet == "Quillmouth Courier"
    assert bees.outlet in ("The Fen Telegraph", "Fen Telegraph, The")
    assert ferry.extra["byline"] == byline
    assert ferry.date == "2024-06-04"
    assert bees.date == "2024-06-03"
    assert ferry.text == FERRY
    assert bees.text == BEES


def test_proquests_headings_in_capitals(tmp_path):
    (ferry,), errors, notices = read(tmp_path / "p.txt", HEADINGS)
    assert (errors, notices) == ([], [])
    assert (ferry.id, ferry.outlet, ferry.text) == ("300000001", "Quillmouth Courier", FERRY)


def test_proquests_german_interface(tmp_path):
    (ferry,), errors, notices = read(tmp_path / "p.txt", GERMAN_PROQUEST)
    assert (errors, notices) == ([], [])
    assert (ferry.id, ferry.outlet, ferry.date) == ("300000001", "Quillmouth Courier", "2024-06-04")
    assert (ferry.extra, ferry.text) == ({"byline": "Penhallow, Ada"}, FERRY)


def test_proquest_gives_section_language_and_address(tmp_path):
    (ferry, _), _, _ = read(tmp_path / "p.txt", PROQUEST)
    assert (ferry.language, ferry.url, ferry.extra["section"]) == ("en", "https://example.org/300000001", "Local")


@pytest.mark.parametrize("words", ["Not available.", "Full text not available", "None available.", ""])
def test_an_abstract_alone_is_no_article(tmp_path, words):
    path = tmp_path / "p.txt"
    articles, errors, _ = read(path, PROQUEST.replace(FERRY, words))
    assert [article.id for article in articles] == ["300000002"]
    assert errors == [
        f"{path}:1: the export has no full text of “Ferry to Harrowfen sails again”; leave it out, or "
        "export it with its text."
    ]


def test_proquest_without_the_field_of_the_text(tmp_path):
    path = tmp_path / "p.txt"
    _, errors, _ = read(path, PROQUEST.replace(f"Full text: {FERRY}\n", ""))
    assert len(errors) == 1
    assert f"{path}:1: the export has no full text" in errors[0]


def test_fewer_documents_than_proquest_says(tmp_path):
    path = tmp_path / "p.txt"
    _, _, notices = read(path, PROQUEST.replace("2 of 2", "2 of 9").replace("1 of 2", "1 of 9"))
    assert notices == [
        f"{path}: the export announces 9 documents, but 2 were found; missing: 3 to 9. Export the others "
        "as well if you need them."
    ]


def test_buttons_and_captions_below_the_text_are_left_out(tmp_path):
    words = f"Enlarge this image.\n\n{FERRY}\n\nEnlarge this image.\n\nPhotograph\n\nThe ferry at its pier. (A. Roe)"
    (ferry, _), _, _ = read(tmp_path / "p.txt", PROQUEST.replace(FERRY, words))
    assert ferry.text == FERRY


def test_one_block_of_fields_is_a_text(tmp_path):
    articles, _, _ = read(tmp_path / "a.txt", PLAIN_FIELDS.partition("=====")[0])
    assert len(articles) == 1
    assert articles[0].text.startswith("Headline: Ferry")


def test_an_interview_with_labels_is_a_text(tmp_path):
    talk = "Text: the mayor's own.\nAuthor: who wrote it?\nMayor: I did.\nAuthor: alone?\nMayor: with friends.\n"
    articles, _, _ = read(tmp_path / "a.txt", talk)
    assert [article.text for article in articles] == [talk]
