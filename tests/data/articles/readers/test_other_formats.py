"""Text of formats that hold no prose is refused, and prose never."""

import pytest

from sayso.data.articles.files import read_articles
from sayso.data.articles.readers.other_formats import knows

LOG = "2024-03-04 10:00:00,123 INFO server: the ferry to Orla was late"
FORMATS = [
    ("LaTeX", "% A report\n\n\\documentclass[a4paper]{article}\n\\begin{document}\nRain fell.\n"),
    ("a calendar (iCalendar)", "BEGIN:VCALENDAR\r\nSUMMARY:Rain\r\nEND:VCALENDAR\r\n"),
    ("an address card (vCard)", "BEGIN:VCARD\nFN:Ada Roe\nEND:VCARD\n"),
    ("a list of changes (diff)", "diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-Rain\n+Snow\n"),
    ("a list of changes (diff)", "--- a.txt\n+++ b.txt\n@@ -1 +1 @@\n-Rain\n+Snow\n"),
    ("SQL", "-- of Orla\n\nCREATE TABLE news (id INT);\n"),
    ("SQL", "INSERT INTO `news` (id, body) VALUES (1,'Rain fell.');\n"),
    ("SQL", "insert into news values (1,'Rain fell.');\n"),
    ("CSS", "/* Orla */\nbody, p {\n  color: red;\n  margin: 0\n}\n"),
    ("a program", "#!/bin/sh\necho rain\n"),
    ("a program", "import os\n# The clerk left.\nprint('rain')\n"),
    ("a program", "const rain = require('rain');\n"),
    ("a log", f"{LOG}\n{LOG}\n"),
    ("a log", "Mar  4 10:00:00 orla ferry[12]: late\nMar  4 10:00:01 orla ferry[12]: late\n"),
    ("a log", '10.0.0.1 - - [04/Mar/2024:10:00:00 +0000] "GET / HTTP/1.1" 200 5\n'),
    ("an HTTP response with its header", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>Rain.</p>"),
    ("YAML", "news:\n  - title: Rain\n    body: Rain fell.\n"),
    ("settings", "[orla]\nrain = 1\nsnow = 2\n"),
    ("text with part-of-speech tags", "The_DT clerk_NN left_VBD on_IN Monday_NNP ._.\n"),
    ("text with part-of-speech tags", "The/DT clerk/NN left/VBD on/IN Monday/NNP ./.\n"),
    ("text with grammatical annotation (CoNLL-U)", "# text = Rain fell\n1\tRain\train\tNOUN\tNN\t_\t2\tnsubj\t_\t_\n"),
    ("text with grammatical annotation (trees)", "(ROOT (S (NP (NN Rain)) (VP (VBD fell))))\n"),
    ("a chess game (PGN)", '[Event "Orla"]\n\n1. e4 e5\n'),
    ("LaTeX", "\\section{Rain}\nRain fell.\n"),
    ("a program", 'package main\n\nimport "fmt"\n'),
    ("a program", "public class Rain {\n}\n"),
]


@pytest.mark.parametrize(("kind", "text"), FORMATS)
def test_a_format_is_refused_by_its_name(tmp_path, kind, text):
    (tmp_path / "a.txt").write_text(text, encoding="utf-8", newline="")
    errors = []
    assert list(read_articles([str(tmp_path / "a.txt")], on_error=errors.append)) == []
    assert [str(error).split("a.txt: ")[1] for error in errors] == [
        f"this is {kind}, which cannot be read; give the article texts as plain text or a table."
    ]


def test_a_suffix_tells_a_format_that_could_be_prose(tmp_path):
    (tmp_path / "a.yaml").write_text("a: Rain fell.\n")
    errors = []
    assert list(read_articles([str(tmp_path / "a.yaml")], on_error=errors.append)) == []
    assert [str(error).split("a.yaml: ")[1].partition(",")[0] for error in errors] == ["this is YAML"]


@pytest.mark.parametrize(
    "text",
    [
        "Import of rice fell\n\nThe harbour (Orla) said so.",
        "Select groups of clerks from Orla met; they left.",
        "Create a table for all (so said Roe);",
        "Roe: It rained.\nPoe: All day?\nRoe:\n  All day.",
        "2024-03-04 10:00:00 The clerk gave INFORMATION on rain.",
        "Mar 4 — Rain fell. INFO: call the harbour.",
        "Roe/ORL Poe/TOL Lund/OST Brenn/VEL",
        "[Orla] The clerk = the mayor.\nRain fell.",
        "--- Rain ---\nIt fell.",
        "class act: the clerk of Orla\n  left.",
        "commit to peace, said Roe. Author: Poe",
        "HTTP is how pages are sent.",
        "'''" * 3_000,
        "1 May 2024\n\nRain fell from 10:00 --> 11:00.",
    ],
)
def test_prose_is_none_of_them(text):
    assert not knows(text.encode())
