"""Files of other labelling tools: changed, read, written in a format by chance, and read back."""

import random
from collections.abc import Sequence
from pathlib import Path

from sayso.data.articles.notices import Notices
from sayso.data.datasets.build import check_buildable, read_labelled
from sayso.data.exchange.formats import FORMATS, write_exchange
from sayso.data.records import LabelledArticle
from sayso.errors import SaysoError

from .. import command, mutations
from ..case import Case, FaultError
from ..exports import export

_ALIKE = frozenset(("jsonl", "parquet"))
"""Formats that hold all that an article has."""
_COMMANDS = (
    ("data", "build", "--out", "out"),
    ("data", "build", "--out", "out", "--drop"),
    ("data", "export", "--out", "out.jsonl"),
    ("data", "agree"),
    ("data", "show"),
)


def make(draw: random.Random) -> Case:
    """Change one or two of the files of an export, and choose what is done with it."""
    files = dict(export(draw))
    for _ in range(draw.choice((1, 1, 2))):
        name = draw.choice(list(files))
        files[name] = mutations.file(draw, files[name])
    if draw.random() < 0.15:
        return Case("exchange", files, (*draw.choice(_COMMANDS), _top(files)))
    return Case("exchange", files, (draw.choice(list(FORMATS)),))


def _top(files: Sequence[str] | dict[str, bytes]) -> str:
    """Give the file or folder that holds the export."""
    names = sorted(files)
    main = next((name for name in names if name.endswith((".json", ".jsonl", ".csv"))), names[0])
    return main.partition("/")[0]


def run(case: Case) -> bytes:
    """Read the export and write it anew; what was written has to be readable, and to hold the same."""
    if len(case.words) > 1:
        return command.run(case)
    form, told, refused = case.words[0] if case.words else "jsonl", list[str](), list[str]()
    articles = read_labelled(
        [Path(_top(dict(case.files)))], lambda error: refused.append(str(error)), notices=Notices(told.append)
    )
    for labelled in articles:
        _check_places(labelled)
    if not articles:
        return "\n".join([*told, *refused]).encode("utf-8", "backslashreplace")
    check_buildable(articles)
    chosen = FORMATS[form]
    out = Path("out" if chosen.is_folder else f"out{chosen.suffix}")
    write_exchange(articles, out, form)
    try:
        again = read_labelled([out])
    except SaysoError as error:
        raise FaultError("own output refused", form, str(error)[:300]) from error
    if form in _ALIKE and (lost := next(filter(None, map(_changed, articles, again)), None)):
        raise FaultError("own output differs", form, lost)
    return "\n".join([*map(repr, again), *told, *refused]).encode("utf-8", "backslashreplace")


def _changed(one: LabelledArticle, other: LabelledArticle) -> str | None:
    """Name what differs between an article and what was read back."""
    for name in ("article", "sentences", "targets", "complete", "meta"):
        if getattr(one, name) != getattr(other, name):
            return f"{name}: {getattr(one, name)!r}"[:140] + f" became {getattr(other, name)!r}"[:140]
    return None


def _check_places(labelled: LabelledArticle) -> None:
    """Check that every place is one in the text."""
    text = labelled.article.text
    for s in labelled.sentences:
        found = [span for a in s.attributions for span in (a.source, a.cue, *a.content) if span]
        for span in (s.span, *s.loaded, *found, *(span for of in s.mentions.values() for span in of)):
            if not 0 <= span.start < span.end <= len(text):
                raise FaultError("wrong offset", "labels", f"{span} in a text of {len(text)} characters")
