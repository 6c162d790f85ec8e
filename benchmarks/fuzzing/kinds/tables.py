"""Tables of labelled sentences with odd columns and values, which the commands of ``sayso data`` read."""

import random

from .. import command, mutations
from ..case import Case
from ..tables import FORMS, odd, rows

_ONE = (
    ("data", "show"),
    ("data", "show", "--json", "--examples", "1"),
    ("data", "check"),
    ("data", "build", "--out", "out"),
    ("data", "build", "--out", "out", "--drop"),
    ("data", "build", "--out", "out", "--rows", "sentences"),
    ("data", "split", "--out", "out"),
    ("data", "export", "--out", "out.jsonl"),
    ("data", "export", "--out", "out.csv", "--format", "csv", "--excel"),
    ("data", "show", "--label-column", "topic"),
    ("data", "agree", "--annotator-column", "annotator"),
    ("shares", "--gold-column", "kind"),
    ("data", "suggest", "--n", "2", "--out", "next.jsonl"),
    ("data", "sample", "--n", "2", "--out", "sample.csv"),
)
_TWO = (
    ("data", "agree"),
    ("data", "agree", "--json", "--disputes", "d.csv"),
    ("data", "agree", "--as-machine", "ben"),
    ("data", "merge", "--out", "out"),
    ("data", "merge", "--out", "out", "--undecided", "majority"),
    ("data", "merge", "--out", "out", "--undecided", "unlabelled"),
)


def make(draw: random.Random) -> Case:
    """Make a table, or one of each of two annotators."""
    names = ("anna", "ben") if draw.random() < 0.4 else ("anna",)
    files = dict(_file(draw, name) for name in names)
    words = draw.choice(_TWO if len(names) > 1 else _ONE)
    return Case("tables", files, (*words, *files))


def _file(draw: random.Random, name: str) -> tuple[str, bytes]:
    suffix = draw.choice(list(FORMS))
    raw = FORMS[suffix](odd(draw, rows(draw, name if draw.random() < 0.3 else None)))
    return f"{name}{suffix}", mutations.raw(draw, raw) if draw.random() < 0.15 else raw


def run(case: Case) -> bytes:
    """Run the command."""
    return command.run(case)
