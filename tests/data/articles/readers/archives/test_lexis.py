"""LexisNexis and nexis.com: "1 of 3 DOCUMENTS", labels in capitals."""

import pytest

from sayso.data.articles.files import read_articles

COVER = """\



Download Request: Selected Items: 1-3
Time Of Request: Thursday, June 06, 2024  16:12:31

Terms: (quillmouth and ferry)


Source: Quillmouth Courier
Project ID: None



"""
FERRY = """\
                               1 of 3 DOCUMENTS



                              Quillmouth Courier

                            June 4, 2024 Tuesday
                                   Edition 1;
                                    County

Ferry to Harrowfen sails again after a year ashore, and the town
turns out to see it

BYLINE: Ada Penhallow

SECTION: LOCAL; Pg. 3

LENGTH: 29 words

The ferry to Harrowfen left at dawn with forty people on board, and most of
them had waited a year.

"We knew it would come back," said its captain, Tom Orrick.

LOAD-DATE: June 5, 2024

LANGUAGE: ENGLISH

GRAPHIC: The ferry at its pier. Picture by
the Courier

PUBLICATION-TYPE: Newspaper


                       Copyright 2024 Courier Press Ltd
                              All Rights Reserved

"""
BEES = """\
                               2 of 3 DOCUMENTS


                        Copyright 2024 Telegraph Group
                              All Rights Reserved
                              The Fen Telegraph

                             June 3, 2024, Monday

Bees return to the fen

SECTION: Pg. 9

LENGTH: 17 words

DATELINE: HARROWFEN

HIGHLIGHT: A survey counted them
in May

Wild bees were counted in the fen again, the survey of the county found.

CORRECTION: An earlier count was wrong.

LOAD-DATE: June 3, 2024

"""
FOG = """\
                               3 of 3 DOCUMENTS



                              Quillmouth Courier

                             June 1, 2024 Saturday

Fog

LENGTH: 4 words

Fog held the boats.

LOAD-DATE: June 2, 2024

LANGUAGE: ENGLISH


                       Copyright 2024 Courier Press Ltd
                              All Rights Reserved
"""


def read(path, content, encoding="utf-8"):
    path.write_bytes(content.encode(encoding))
    errors, notices = [], []
    articles = list(read_articles([str(path)], on_error=errors.append, notice=notices.append))
    quiet = [line for line in notices if "broken lines were joined" not in line]
    return articles, [str(error) for error in errors], quiet


def test_one_article_out_of_each_article_in(tmp_path):
    path = tmp_path / "lexis.txt"
    (ferry, bees, fog), errors, notices = read(path, COVER + FERRY + BEES + FOG)
    assert (errors, notices) == ([], [])
    assert [article.id for article in (ferry, bees, fog)] == [f"{path}:{number}" for number in (1, 2, 3)]
    assert ferry.title == "Ferry to Harrowfen sails again after a year ashore, and the town turns out to see it"
    assert (ferry.outlet, ferry.language) == ("Quillmouth Courier", "en")
    assert ferry.date == "2024-06-04"
    assert ferry.extra == {"byline": "Ada Penhallow", "section": "LOCAL; Pg. 3", "length": "29 words"}
    assert ferry.text == (
        "The ferry to Harrowfen left at dawn with forty people on board, and most of them had waited a year.\n\n"
        '"We knew it would come back," said its captain, Tom Orrick.'
    )
    assert (bees.title, bees.outlet) == ("Bees return to the fen", "The Fen Telegraph")
    assert bees.date == "2024-06-03"
    assert bees.extra["highlight"] == "A survey counted them in May"
    assert bees.text == "Wild bees were counted in the fen again, the survey of the county found."
    assert (fog.title, fog.text) == ("Fog", "Fog held the boats.")


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8-sig", "utf-16"])
def test_it_is_known_in_whatever_encoding(tmp_path, encoding):
    articles, errors, _ = read(tmp_path / "l.txt", (COVER + FERRY + BEES + FOG).replace("\n", "\r\n"), encoding)
    assert [article.title[:4] for article in articles] == ["Ferr", "Bees", "Fog"]
    assert errors == []


def test_without_indents_and_empty_lines(tmp_path):
    lines = (line.strip() for line in (COVER + FERRY + FOG).split("\n"))
    content = "\n".join(line for line in lines if line and line != "County").replace("town\nturns", "town turns")
    (ferry, fog), _, _ = read(tmp_path / "l.txt", content)
    assert ferry.title == "Ferry to Harrowfen sails again after a year ashore, and the town turns out to see it"
    assert (ferry.outlet, ferry.extra["length"]) == ("Quillmouth Courier", "29 words")
    assert ferry.text.startswith("The ferry to Harrowfen")
    assert ferry.text.endswith("Tom Orrick.")
    assert fog.text == "Fog held the boats."


def test_missing_documents_are_told(tmp_path):
    path = tmp_path / "l.txt"
    _, _, notices = read(path, FERRY + FOG)
    assert notices == [
        f"{path}: the export announces 3 documents, but 2 were found; missing: 2. Export "
        "the others as well if you need them."
    ]


def test_a_later_part_of_a_search_says_which(tmp_path):
    path = tmp_path / "l.txt"
    content = FERRY.replace("1 of 3", "501 of 1,200") + BEES.replace("2 of 3", "502 of 1,200")
    articles, _, notices = read(path, content)
    assert len(articles) == 2
    assert notices == [
        f"{path}: the export announces 1,200 documents, but 2 were found; missing: 1 to 500, 503 to "
        "1,200. Export the others as well if you need them."
    ]


def test_an_article_that_is_only_a_picture_is_an_error(tmp_path):
    path = tmp_path / "l.txt"
    picture = BEES.replace("Wild bees were counted in the fen again, the survey of the county found.", "")
    articles, errors, _ = read(path, FERRY + picture + FOG)
    assert [article.id for article in articles] == [f"{path}:1", f"{path}:3"]
    assert errors == [
        f"{path}:2: the export has no full text of “Bees return to the fen”; leave it out, or export it with its text."
    ]


def test_a_label_that_follows_the_head_at_once_is_no_text(tmp_path):
    path = tmp_path / "l.txt"
    bare = (
        "1 of 1 DOCUMENTS\n\nQuillmouth Courier\n\nJune 4, 2024 Tuesday\n\nFog keeps boats in\n\n"
        "LENGTH: 40 words\nGRAPHIC: A boat in the fog\n\nLOAD-DATE: June 5, 2024\n"
    )
    articles, errors, _ = read(path, bare)
    assert articles == []
    assert errors == [
        f"{path}:1: the export has no full text of “Fog keeps boats in”; leave it out, or export it with its text."
    ]


@pytest.mark.parametrize(
    ("begin", "labels", "close", "day", "language"),
    [
        ("Dokument 1 von 1", "AUTOR: Ada Penhallow\n\nRUBRIK: LOKALES\n\nLÄNGE: 6 Wörter",
         "UPDATE: 5. Juni 2024\n\nSPRACHE: GERMAN; Deutsch\n\nPUBLICATION-TYPE: Zeitung", "4. Juni 2024 Dienstag", "de"),
        ("Document 1 de 1", "AUTEUR: Ada Penhallow\n\nRUBRIQUE: LOCALES\n\nLONGUEUR: 6 mots",
         "SUJET: FERRIES (91%)\n\nDATE-CHARGEMENT: 5 juin 2024\n\nLANGUE: FRENCH; Français", "4 juin 2024 mardi", "fr"),
    ],
)  # fmt: skip
def test_other_interfaces_have_other_words(tmp_path, begin, labels, close, day, language):
    content = (
        f"  {begin}\n\n\n   Bote\n\n   {day}\n\nDie Titelzeile\n\n{labels}\n\nEs regnet seit drei Tagen hier.\n\n{close}\n"
    )
    (article,), errors, _ = read(tmp_path / "l.txt", content)
    assert errors == []
    assert (article.title, article.outlet, article.language) == ("Die Titelzeile", "Bote", language)
    assert (article.date, article.extra["byline"]) == ("2024-06-04", "Ada Penhallow")
    assert article.text == "Es regnet seit drei Tagen hier."


def test_capitals_in_the_text_are_text(tmp_path):
    words = "FOR SALE: one old ferry.\n\nNOTE: the pier is closed.\n\nCITY: nobody came.\n\n"
    (ferry,), _, _ = read(tmp_path / "l.txt", FERRY.replace('"We knew', f'{words}"We knew'))
    assert f"\n\n{words}" in ferry.text


def test_labels_before_the_sure_ones_close_a_text(tmp_path):
    labels = "SUBJECT: FERRIES (91%);\nPORTS (70%)\n\nCITY: QUILLMOUTH\n\nNOTES: a note\n\n"
    (ferry,), _, _ = read(tmp_path / "l.txt", FERRY.replace("LOAD-DATE", f"{labels}LOAD-DATE"))
    assert ferry.text.endswith("Tom Orrick.")


OLD = """\
                               1 of 2 DOCUMENTS

                     Copyright 2005 Courier Press Ltd
                              Quillmouth Courier

                    May 2, 2005 Monday
                 Late Edition - Final

SECTION: Section A; Column 1; Foreign Desk; Pg. 1

LENGTH: 29 words

HEADLINE: Ferry to Harrowfen sails again;
It is back

BYLINE:  By ADA PENHALLOW

BODY:
The ferry to Harrowfen left at dawn.

It came back at night.

URL: http://quillmouth.example

LOAD-DATE: May 2, 2005

                               2 of 2 DOCUMENTS

                     Copyright 2005 Fen Press
                              Fen Quarterly

                    Spring 2005

HEADLINE: Bees return

LENGTH: 17 words

BODY: Wild bees were counted in the fen again.

LOAD-DATE: May 2, 2005
"""


def test_older_exports_name_headline_and_body(tmp_path):
    (ferry, bees), errors, notices = read(tmp_path / "l.txt", OLD)
    assert (errors, notices) == ([], [])
    assert (ferry.title, ferry.outlet) == ("Ferry to Harrowfen sails again; It is back", "Quillmouth Courier")
    assert (ferry.date, ferry.extra["byline"]) == ("2005-05-02", "By ADA PENHALLOW")
    assert ferry.text == "The ferry to Harrowfen left at dawn.\n\nIt came back at night."
    assert (bees.title, bees.outlet, bees.date) == ("Bees return", "Fen Quarterly", None)
    assert bees.text == "Wild bees were counted in the fen again."
