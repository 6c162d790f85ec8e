"""A queue written out for a person to fill in: rows of JSON lines or CSV, or the articles in an exchange format."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from ...data.atomic_write import replace_file
from ...data.codebook.codebook import Codebook
from ...data.exchange.formats import write_exchange
from ...data.records import LabelledArticle
from ...data.rows.places import ABOUT
from ...data.rows.suggestions import PREFIX, without_suggestions
from ...data.rows.tables import spreadsheet
from .queue import Guess, Queued


def queue_row(queued: Queued, column: str) -> dict[str, Any]:
    """Give a sentence as a row that a person fills in; the model's guess stands apart, in a column of suggestions."""
    about, sentences, i = queued.labelled.article, queued.labelled.sentences, queued.i
    s = sentences[i]
    return {
        "article": about.id,
        "n": s.n,
        "start": s.span.start,
        "end": s.span.end,
        "text": s.span.of(about.text),
        column: None,
        **(_guessed(queued.guess, column) if queued.guess else {}),
        "context": {
            "before": sentences[i - 1].span.of(about.text) if i else "",
            "after": sentences[i + 1].span.of(about.text) if i + 1 < len(sentences) else "",
        },
        **{name: value for name in ABOUT if (value := getattr(about, name)) is not None},
    }


def _guessed(guess: Guess, column: str) -> dict[str, Any]:
    return {PREFIX + column: guess.label, "why": {"chance": round(guess.chance, 4), "margin": round(guess.margin, 4)}}


def write_queue(
    queue: Sequence[Queued],
    column: str,
    path: Path,
    name: str | None,
    *,
    force: bool,
    codebook: Codebook | None = None,
) -> None:
    """Write a queue.

    Parameters
    ----------
    queue : sequence of Queued
    column : str
    path : Path
    name : str or None
        An exchange format, which holds whole articles in which the chosen sentences are marked. Without it a row for each
        sentence, the least sure first, as JSON lines or CSV by what the path ends in.
    force : bool
        Replace what stands there.
    codebook : Codebook, optional
        What an exchange format that has a place for it says of labels.
    """
    if name is not None:
        write_exchange(_as_articles(queue, column), path, name, force=force, codebook=codebook)
        return
    rows = [queue_row(queued, column) for queued in queue]
    as_json = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    with replace_file(path) as file:
        file.write((_as_csv(rows) if path.suffix.lower() == ".csv" else as_json).encode())


def _as_articles(queue: Sequence[Queued], column: str) -> list[LabelledArticle]:
    """Give the articles with the chosen sentences alone, the guess as a suggestion."""
    chosen: dict[str, dict[int, dict[str, str]]] = {}
    articles: dict[str, LabelledArticle] = {}
    for queued in queue:
        name = queued.labelled.article.id
        articles[name] = queued.labelled
        guessed = {PREFIX + column: queued.guess.label} if queued.guess else {}
        chosen.setdefault(name, {})[queued.labelled.sentences[queued.i].n] = guessed
    return [
        replace(
            labelled,
            sentences=tuple(
                replace(s, extra={**s.extra, **chosen[name][s.n]})
                for s in without_suggestions(labelled).sentences
                if s.n in chosen[name]
            ),
        )
        for name, labelled in articles.items()
    ]


def _as_csv(rows: Sequence[dict[str, Any]]) -> str:
    """Lay rows out for a spreadsheet; the columns that are for people only are ignored when it is read back."""
    for_people = [
        {
            **row,
            **({"why": f"{why['chance']:.0%} sure, {why['margin']:.0%} ahead"} if (why := row.get("why")) else {}),
            "context": f"{row['context']['before']} […] {row['context']['after']}",
        }
        for row in rows
    ]
    return spreadsheet(list(dict.fromkeys(name for row in rows for name in row)), for_people)
