"""Files of articles: whole files of every kind, changed; most are read, some are annotated or audited by a command."""

import json
import random
from dataclasses import asdict

from sayso.data.articles.files import read_articles
from sayso.errors import SaysoError

from .. import command, mutations
from ..case import Case, FaultError
from ..documents import document

_COMMANDS = (
    ("annotate", "--out", "out.jsonl"),
    ("annotate", "--out", "out.csv"),
    ("annotate", "--any-language"),
    ("annotate", "--out", "out/", "--format", "html"),
    ("annotate", "--out", "out", "--format", "brat"),
    ("annotate", "--out", "out/", "--format", "jsonl"),
    ("annotate", "--out", "out.json", "--shares", "s.csv", "--profile", "p.json"),
    ("audit", "--out", "audit"),
    ("data", "build", "--out", "out"),
    ("data", "build", "--out", "out", "--drop"),
)


def make(draw: random.Random) -> Case:
    """Make a file, and choose what is done with it."""
    name, raw = document(draw)
    changed = mutations.file(draw, raw)
    if draw.random() < 0.08:
        _, other = document(draw)
        at = draw.randint(0, len(changed))
        changed = changed[:at] + other[draw.randint(0, len(other)) :]
    if draw.random() < 0.08:
        name = draw.choice(("a.txt", "a", "a.html", "a.csv", "a.json", "a.xml", "a.zip", "a.jsonl"))
    if draw.random() < 0.88:
        return Case("article-files", {name: changed}, ())
    return Case("article-files", {name: changed}, (*draw.choice(_COMMANDS), name))


def run(case: Case) -> bytes:
    """Read the file, or run the command."""
    if case.words:
        return command.run(case)
    errors: list[SaysoError] = []
    notices: list[str] = []
    articles = list(read_articles(sorted(case.files), on_error=errors.append, notice=notices.append))
    for article in articles:
        values = asdict(article)
        if not isinstance(article.text, str) or not article.text.strip():
            raise FaultError("an article without text", "article-files", repr(article.id))
        if "\r" in article.text or "\0" in article.text:
            raise FaultError("a raw character in a text", "article-files", ascii(article.text[:200]))
        json.dumps(values, ensure_ascii=False).encode()
    if not articles and not errors:
        raise FaultError("neither an article nor an error", "article-files", sorted(case.files)[0])
    return "\n".join([*map(repr, articles), *map(str, errors), *notices]).encode("utf-8", "backslashreplace")
