"""To add an archive whose exports are lines of text: one `Export`, and a line of `EXPORTS`."""

from sayso.data.articles.files import read_articles
from sayso.data.articles.readers.archives import exports
from sayso.data.articles.readers.archives.entries import Entry, Export, groups_from


def begins(line):
    return line.startswith("@@ ")


def entry(record):
    """Read a clipping: a line with outlet and day, its headline, and the text."""
    if not begins(record[0]):
        return None
    outlet, day = record[0].removeprefix("@@ ").split(" / ")
    return Entry(record[2:], {"title": record[1], "outlet": outlet, "date": day})


CLIPPINGS = Export("Clippings", lambda lines: begins(lines[0]), lambda lines: groups_from(lines, begins), entry)

CONTENT = """\
@@ Quillmouth Courier / 4 June 2024
Ferry sails
The ferry left.
It came back.

@@ The Fen Telegraph / 3 June 2024
Bees
Bees flew.
@@ The Fen Telegraph / 2 June 2024
A picture
"""


def test_its_articles_and_errors_are_told_apart_by_their_numbers(tmp_path, monkeypatch):
    monkeypatch.setattr(exports, "EXPORTS", (CLIPPINGS, *exports.EXPORTS))
    path = tmp_path / "clippings.txt"
    path.write_text(CONTENT, encoding="utf-8")
    errors = []
    articles = list(read_articles([str(path)], on_error=errors.append))
    assert [(a.id, a.title, a.outlet, a.date, a.text) for a in articles] == [
        (f"{path}:1", "Ferry sails", "Quillmouth Courier", "2024-06-04", "The ferry left.\nIt came back."),
        (f"{path}:2", "Bees", "The Fen Telegraph", "2024-06-03", "Bees flew."),
    ]
    assert [str(error) for error in errors] == [
        f"{path}:3: the export has no full text of “A picture”; leave it out, or export it with its text."
    ]
