"""Measure how the time of commands grows with the length of files of odd shapes: what is read, and what is written.

    python benchmarks/shapes_of_files.py [NAME ...]

Each row is a command on a file of three sizes, n, 2n and 4n, in this process; it prints CPU times and the exponent, as
`shapes.py` does, and ends with 1 under the same conditions. Without a name all rows are measured: some four minutes.
"""

import contextlib
import csv
import functools
import io
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from shape_texts import line, lists, one_surname, people, repeated
from shapes import Job, grows_too_fast

from sayso.cli import app

_SAID = "Anna Roe said the bridge was closed. "
_SURNAMES = "--target", "Roe=Anna,Otto"


class OfFile(NamedTuple):
    """A command on a file.

    Parameters
    ----------
    name : str
        Of the file.
    make : callable
        Gives its text by a size.
    size : int
        The smallest size measured.
    words : tuple of str
        The command, in which FILE stands for the file and OUT for what is written.
    """

    name: str
    make: Callable[[int], str]
    size: int
    words: tuple[str, ...] = ("annotate", "FILE", "-f", "jsonl", "-o", "OUT")


def wide_table(n: int) -> str:
    """Make a table of ``n`` columns and a row."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["text", *(f"c{k}" for k in range(n))])
    writer.writerow([_SAID, *("x" * n)])
    return out.getvalue()


def wide_object(n: int) -> str:
    """Make an object of ``n`` keys."""
    return '{"text": "' + _SAID + '"' + "".join(f', "c{k}": "x"' for k in range(n)) + "}\n"


def nested(opening: str, closing: str, within: str = _SAID) -> Callable[[int], str]:
    """Give the text with ``n`` things in each other."""
    return lambda n: opening * n + within + closing * n


def page(words: str) -> Callable[[int], str]:
    """Give the web page that has some markup ``n`` times."""
    return lambda n: f"<html><body><article><p>{_SAID}</p>{words * n}</article></body></html>"


def feed(n: int) -> str:
    """Make a feed of ``n`` items."""
    return "<rss><channel>" + f"<item><description>{_SAID * 3}</description></item>" * n + "</channel></rss>"


def several_targets(n: int) -> tuple[str, ...]:
    """Give the command with ``n`` targets."""
    return ("annotate", "FILE", "-f", "jsonl", "-o", "OUT", *(word for name in people(n) for word in ("--target", name)))


def written(form: str, *more: str) -> tuple[str, ...]:
    """Give the command that writes a format."""
    return ("annotate", "FILE", "-f", form, "-o", "OUT", *more)


ROWS: dict[str, OfFile] = {
    "html: paragraphs": OfFile("a.html", page(f"<p>{_SAID}</p>"), 500),
    "html: open tags": OfFile("a.html", page("<b>so "), 5000),
    "html: open paragraphs": OfFile("a.html", page("<p>so "), 5000),
    "html: open font tags": OfFile("a.html", page("<font>"), 5000),
    "html: nested tags": OfFile("a.html", nested("<div>", "</div>"), 5000),
    "html: nested quotations": OfFile("a.html", nested("<blockquote>", "</blockquote>"), 5000),
    "html: entities": OfFile("a.html", page("&amp;&#8217;&quot; "), 5000),
    "html: entities without an end": OfFile("a.html", page("&amp &#"), 10_000),
    "html: angle brackets": OfFile("a.html", page("< "), 20_000),
    "html: comments without an end": OfFile("a.html", page("<!-- "), 10_000),
    "html: attributes": OfFile("a.html", lambda n: f"<html><body><p {'a=b ' * n}>{_SAID}</p></body></html>", 10_000),
    "html: links": OfFile("a.html", page('<a href="/a">More</a> '), 2000),
    "html: list items": OfFile("a.html", page("<li>More"), 5000),
    "html: table cells": OfFile("a.html", page("<table><tr><td>More</td></tr></table>"), 1000),
    "html: line breaks": OfFile("a.html", page("<br>"), 20_000),
    "html: scripts": OfFile("a.html", page("<script>a</script>"), 3000),
    "html: articles": OfFile("a.html", page(f"</article><article><p>{_SAID * 5}</p>"), 200),
    "html: data in the head": OfFile("a.html", page('<script type="application/ld+json">{"a":1}</script>'), 1000),
    "markdown: emphasis": OfFile("a.md", repeated("*so "), 10_000),
    "markdown: emphasis of two kinds": OfFile("a.md", repeated("*so **so "), 5000),
    "markdown: underscores": OfFile("a.md", repeated("_so_ __so__ "), 3000),
    "markdown: brackets": OfFile("a.md", repeated("["), 10_000),
    "markdown: links": OfFile("a.md", repeated("[so](b "), 5000),
    "markdown: quotations": OfFile("a.md", nested("> ", ""), 5000),
    "markdown: lists in lists": OfFile("a.md", lambda n: "".join(" " * (2 * k % 200) + "- so\n" for k in range(n)), 1000),
    "markdown: code marks": OfFile("a.md", lambda n: " ".join("`" * (k % 50 + 1) for k in range(n)), 2000),
    "markdown: angle brackets": OfFile("a.md", repeated("<a "), 10_000),
    "markdown: references": OfFile("a.md", repeated("[a]: b\n"), 3000),
    "csv: columns": OfFile("a.csv", wide_table, 10_000),
    "csv: quotation marks": OfFile("a.csv", lambda n: f'text\n"{_SAID}{chr(34) * 2 * n}"\n', 50_000),
    "csv: open quotation marks": OfFile("a.csv", lambda n: "id,text\n" + f'1,"{_SAID}\n' * n, 1000),
    "csv: delimiters": OfFile("a.csv", lambda n: "id,text\n" + "," * n + f"\n1,{_SAID}\n", 100_000),
    "csv: tags in a cell": OfFile("a.csv", lambda n: "id,text\n1,<p>" + "<b>so " * n + "\n", 5000),
    "csv: entities in a cell": OfFile("a.csv", lambda n: "id,text\n1,so " + "&amp;amp; " * n + "\n", 5000),
    "csv: escapes in a cell": OfFile("a.csv", lambda n: "id,text\n1,so " + "\\n\\u2019 " * n + "\n", 5000),
    "csv: emphasis in a cell": OfFile("a.csv", lambda n: "id,text\n1,so " + "**so* [a](b " * n + "\n", 3000),
    "json: keys": OfFile("a.jsonl", wide_object, 5000),
    "json: nested lists": OfFile("a.json", lambda n: '{"text": ["' + '", "'.join([_SAID] * n) + '"]}', 1000),
    "json: list of objects": OfFile("a.json", lambda n: "[" + ", ".join(['{"text": "' + _SAID + '"}'] * n) + "]", 1000),
    "xml: items": OfFile("a.xml", feed, 500),
    "xml: elements in an item": OfFile(
        "a.xml",
        lambda n: f"<rss><channel><item><description>{_SAID}</description>{'<a>b</a>' * n}</item></channel></rss>",
        5000,
    ),
    "xml: entities": OfFile(
        "a.xml",
        lambda n: f"<rss><channel><item><description>{'&amp; ' * n}{_SAID}</description></item></channel></rss>",
        20_000,
    ),
    "xml: ampersands": OfFile("a.xml", repeated("& <", _SAID, begin="<rss>"), 20_000),
    "rtf: groups": OfFile("a.rtf", lambda n: "{\\rtf1 " + "{\\b so}" * n + _SAID + "}", 3000),
    "rtf: open groups": OfFile("a.rtf", lambda n: "{\\rtf1 " + "{" * n + _SAID, 10_000),
    "mail: headers": OfFile(
        "a.eml", lambda n: "From: a@ems.example\nDate: x\nSubject: y\n" + "X: y\n" * n + f"\n{_SAID}", 10_000
    ),
    "mail: quoted lines": OfFile(
        "a.eml", lambda n: f"From: a@ems.example\nDate: x\nSubject: y\n\n{_SAID}\n" + "> so\n" * n, 5000
    ),
    "subtitles": OfFile(
        "a.srt", lambda n: "".join(f"{k}\n00:00:01,000 --> 00:00:02,000\n{_SAID}\n\n" for k in range(n)), 500
    ),
    "text: page numbers": OfFile("a.txt", repeated(f"{_SAID}\nPage 1 of 3\n\n"), 500),
    "text: hyphens at line ends": OfFile("a.txt", repeated("the bridge is clo-\nsed, Roe said. "), 1000),
    "to html": OfFile("a.txt", line, 1500, written("html")),
    "to html, with reasons": OfFile("a.txt", line, 500, written("html", "--why", "5")),
    "to brat": OfFile("a.txt", line, 1500, written("brat")),
    "to terminal": OfFile("a.txt", line, 1500, ("annotate", "FILE", "-f", "terminal")),
    "to csv": OfFile("a.txt", line, 1500, written("csv")),
    "to json": OfFile("a.txt", line, 1500, written("json")),
    "to parquet": OfFile("a.txt", line, 1500, written("parquet")),
    "to jsonl, with reasons": OfFile("a.txt", line, 500, written("jsonl", "--why", "5")),
    "one surname, to html": OfFile("a.txt", one_surname, 300, written("html")),
    "one surname, to terminal": OfFile("a.txt", one_surname, 300, ("annotate", "FILE", "-f", "terminal")),
    "quotation marks, with reasons": OfFile("a.txt", repeated('Roe said "so. '), 500, written("jsonl", "--why", "5")),
    "one sentence, with reasons": OfFile("a.txt", repeated("Roe said so, "), 200, written("jsonl", "--why", "5")),
    "one sentence, to html": OfFile("a.txt", repeated("Roe said so, "), 500, written("html")),
    "profile": OfFile("a.txt", one_surname, 300, written("jsonl", "--profile", "OUT.json")),
    "a target": OfFile("a.txt", one_surname, 300, written("jsonl", *_SURNAMES)),
    "a target, in one sentence": OfFile("a.txt", repeated("Roe said Roe was late, "), 200, written("jsonl", *_SURNAMES)),
    "a target, lists of names": OfFile("a.txt", lists, 50, written("jsonl", *_SURNAMES)),
    "200 targets": OfFile("a.txt", line, 300, several_targets(200)),
    "audit: people of one surname": OfFile("a.txt", one_surname, 300, ("audit", "FILE", "-o", "OUT")),
    "audit: articles with people of one surname": OfFile(
        "a.jsonl",
        lambda n: "".join(
            f'{{"id": "{k}", "text": "{name} Roe said so. Roe said it rained."}}\n' for k, name in enumerate(people(n))
        ),
        500,
        ("audit", "FILE", "-o", "OUT"),
    ),
    "audit: articles with people": OfFile(
        "a.jsonl",
        lambda n: "".join(f'{{"id": "{k}", "text": "{name} said so. It rained."}}\n' for k, name in enumerate(people(n))),
        1000,
        ("audit", "FILE", "-o", "OUT"),
    ),
    "audit: one person": OfFile("a.txt", repeated(_SAID), 1000, ("audit", "FILE", "-o", "OUT")),
}


def jobs(folder: Path, name: str) -> list[Job]:
    """Give the work of a row in three sizes."""
    of = ROWS[name]
    made = []
    for times in (1, 2, 4):
        path = folder / str(times) / of.name
        path.parent.mkdir(exist_ok=True)
        path.write_text(of.make(of.size * times), encoding="utf-8")
        made.append((path.stat().st_size, functools.partial(run, of.words, path)))
    return made


def run(words: Sequence[str], path: Path) -> int:
    """Run a command; give its exit code in the place of sentences."""
    out = path.parent / "out"
    shutil.rmtree(out, ignore_errors=True)
    for old in path.parent.glob("out*"):
        os.remove(old)
    meant = [word.replace("FILE", str(path)).replace("OUT", str(out)) for word in words]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return app(meant, standalone_mode=False) or 0


def main() -> None:
    names = sys.argv[1:] or list(ROWS)
    if unknown := [name for name in names if name not in ROWS]:
        sys.exit(f"No row is called {unknown[0]!r}. There are: {'; '.join(ROWS)}.")
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        run(ROWS["to csv"].words, jobs(Path(folder), "to csv")[0][1].args[1])  # models and libraries are loaded
        for name in names:
            failed += [name] * grows_too_fast(name, jobs(Path(folder), name))
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
