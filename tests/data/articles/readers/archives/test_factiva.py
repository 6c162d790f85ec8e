"""Factiva: fields with codes, or the same lines without them."""

import pytest

from sayso.data.articles.files import read_articles

CODED = """\
HD   Ferry to Harrowfen sails again
BY   By Ada Penhallow
WC   29 words
PD   4 June 2024
ET   09:33
SN   Quillmouth Courier
SC   QUILLC
ED   1
PG   3
LA   English
CY   (c) 2024 Courier Press Ltd

LP
The ferry to Harrowfen left at dawn with forty people on board.

TD
"We waited a year for this," said its captain, Tom Orrick.
IN the afternoon it came back.
RE the fares, he said nothing.

CT   Contact: the pier
NS   gtour : Travel | gcat : Political/General News
RE   fen : The Fens
PUB  Courier Press Ltd
AN   Document QUILLC0020240604ek640000a

SE   Nature
HD   Bees return to the fen
WC   17 words
PD   3 June 2024
SN   The Fen Telegraph
SC   FENTEL
LA   English
CY   Copyright 2024 Telegraph Group

LP
Wild bees were counted in the fen again, the survey of the county found.

AN   Document FENTEL0020240603ek630000b

Search Summary
Text   ferry and Harrowfen
Date   In the last year
"""
BARE = """\
Local
Ferry to Harrowfen sails again
By Ada Penhallow
29 words
4 June 2024
09:33
Quillmouth Courier
QUILLC
1
3
English
(c) 2024 Courier Press Ltd

The ferry to Harrowfen left at dawn with forty people on board.
"We waited a year for this," said its captain, Tom Orrick.

Document QUILLC0020240604ek640000a

Bees return to the fen
17 words
3 June 2024
The Fen Telegraph
FENTEL
English
Copyright 2024 Telegraph Group
Wild bees were counted in the fen again, the survey of the county found.
Document FENTEL0020240603ek630000b

Page 1 of 1 © 2024 Factiva, Inc. All rights reserved.
"""


def read(path, content):
    path.write_text(content, encoding="utf-8")
    errors, notices = [], []
    articles = list(read_articles([str(path)], on_error=errors.append, notice=notices.append))
    return articles, [str(error) for error in errors], notices


SHAPES = {
    "spaces": CODED,
    "tabs": CODED.replace("   ", "\t"),
    "one space": CODED.replace("   ", " ").replace("PUB  ", "PUB "),
    "cells": "\n".join(line.replace("   ", "|") + "|" if line[2:5] == "   " else line for line in CODED.split("\n")),
    "lines of their own": CODED.replace("   ", "\n").replace("PUB  ", "PUB\n"),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_fields_with_codes(tmp_path, shape):
    (ferry, bees), errors, notices = read(tmp_path / "factiva.txt", SHAPES[shape])
    assert (errors, notices) == ([], [])
    assert (ferry.id, bees.id) == ("QUILLC0020240604ek640000a", "FENTEL0020240603ek630000b")
    assert (ferry.title, ferry.outlet, ferry.language) == ("Ferry to Harrowfen sails again", "Quillmouth Courier", "en")
    assert ferry.date == "2024-06-04"
    assert (ferry.extra["byline"], ferry.extra["length"]) == ("By Ada Penhallow", "29 words")
    assert ferry.text.startswith("The ferry to Harrowfen left at dawn")
    assert ferry.text.endswith("RE the fares, he said nothing.")
    assert "IN the afternoon it came back." in ferry.text
    assert (bees.title, bees.outlet, bees.extra["section"]) == ("Bees return to the fen", "The Fen Telegraph", "Nature")
    assert bees.text == "Wild bees were counted in the fen again, the survey of the county found."


@pytest.mark.parametrize("content", [BARE, "\n".join(line for line in BARE.split("\n") if line)], ids=["spaced", "close"])
def test_lines_without_codes(tmp_path, content):
    (ferry, bees), errors, notices = read(tmp_path / "factiva.txt", content)
    assert (errors, notices) == ([], [])
    assert (ferry.id, bees.id) == ("QUILLC0020240604ek640000a", "FENTEL0020240603ek630000b")
    assert (ferry.title, ferry.outlet, ferry.language) == ("Ferry to Harrowfen sails again", "Quillmouth Courier", "en")
    assert ferry.extra == {"byline": "By Ada Penhallow", "section": "Local", "length": "29 words"}
    assert ferry.text == (
        "The ferry to Harrowfen left at dawn with forty people on board.\n"
        '"We waited a year for this," said its captain, Tom Orrick.'
    )
    assert (bees.title, bees.outlet, bees.extra) == ("Bees return to the fen", "The Fen Telegraph", {"length": "17 words"})
    assert bees.date == "2024-06-03"
    assert bees.text == "Wild bees were counted in the fen again, the survey of the county found."


def test_further_names_and_the_publisher_are_no_text(tmp_path):
    content = BARE.replace("By Ada Penhallow", "By Ada Penhallow\nSpecial to the Courier").replace(
        "Document QUILLC", "Courier Press Ltd\n\nDocument QUILLC"
    )
    (ferry, _), _, _ = read(tmp_path / "factiva.txt", content)
    assert (ferry.title, ferry.extra["byline"]) == ("Ferry to Harrowfen sails again", "By Ada Penhallow")
    assert ferry.text.endswith("Tom Orrick.")


def test_numbers_left_out_of_the_export(tmp_path):
    path = tmp_path / "factiva.txt"
    content = "\n".join(line for line in CODED.split("\n") if not line.startswith("AN "))
    (ferry, bees), errors, _ = read(path, content.partition("Search Summary")[0])
    assert errors == []
    assert (ferry.id, bees.id) == (f"{path}:1", f"{path}:2")
    assert ferry.text.endswith("he said nothing.")
    assert bees.text == "Wild bees were counted in the fen again, the survey of the county found."


def test_a_headline_without_a_text_is_an_error(tmp_path):
    path = tmp_path / "factiva.txt"
    content = CODED.replace("Wild bees were counted in the fen again, the survey of the county found.\n", "")
    articles, errors, _ = read(path, content)
    assert [article.id for article in articles] == ["QUILLC0020240604ek640000a"]
    assert errors == [
        f"{path}:2: the export has no full text of “Bees return to the fen”; leave it out, or export it with its text."
    ]


def test_an_article_that_stands_twice_has_another_name_the_second_time(tmp_path):
    path = tmp_path / "factiva.txt"
    first = CODED.partition("SE   Nature")[0]
    articles, _, notices = read(path, first + first)
    assert [article.id for article in articles] == ["QUILLC0020240604ek640000a", f"{path}:2"]
    assert notices == [f"Articles whose number is used twice in this export of Factiva: once, at {path}:2."]


PROSE = (
    "TD Bank lent the money.\nSE winds held it back.\nHD pictures show it.\n"
    "CT scans were taken.\nIN BRIEF: it sails.\nCO levels fell."
)


@pytest.mark.parametrize("shape", ["spaces", "tabs", "cells", "lines of their own"])
def test_lines_of_text_that_begin_with_a_code_are_text(tmp_path, shape):
    content = SHAPES[shape].replace("IN the afternoon it came back.", PROSE)
    (ferry, bees), errors, _ = read(tmp_path / "factiva.txt", content)
    assert errors == []
    assert PROSE in ferry.text
    assert ferry.text.endswith("RE the fares, he said nothing.")
    assert bees.title == "Bees return to the fen"
