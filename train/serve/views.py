"""An article and its sentences as plain values, for the pages."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from ...data.project.records import Change, Recorded, key_of
from ...data.records import LABEL_COLUMNS, LabelledArticle, Sentence
from ...data.rows.labels import as_json
from ...data.rows.suggestions import is_label_column
from ...errors import SaysoError
from .contents.names import shown_name
from .desk import Desk

OF_SCHEME = (*LABEL_COLUMNS, "stance", "attributions", "loaded")
"""What is labelled in any project; further columns are the codebook's, or may hold what a model says."""


class NotFoundError(SaysoError):
    """There is no such article."""


def article_view(desk: Desk, key: str) -> dict[str, Any]:
    """Give an article, its sentences, their labels, and what the models say.

    Raises
    ------
    NotFoundError
        If the project has no article of this key.
    """
    labelled, state = opened(desk, key)
    view = desk.model_view(key, labelled)
    return {
        "entry": _entry_view(desk, key),
        "text": labelled.article.text,
        "sentences": [
            {**sentence_view(desk, labelled, s, state), "model": view.rows.get((s.span.start, s.span.end))}
            for s in labelled.sentences
        ],
        "targets": [{"name": target.name, "aliases": list(target.aliases)} for target in desk.targets(labelled)],
        "done": state["done"],
        "note": state["note"],
        "change": state["changes"].get(None, 0),
        "last": desk.project.last,
        "no_model": view.why_not,
    }


def _entry_view(desk: Desk, key: str) -> dict[str, Any]:
    """Give how an article stands in the list; when blind, of further columns only those of the codebook are counted."""
    entry, columns = asdict(desk.project.entry(key)), {*OF_SCHEME, *desk.project.columns}
    if desk.settings.blind:
        entry["labelled"] = {column: n for column, n in entry["labelled"].items() if column in columns}
    return entry


def opened(desk: Desk, key: str) -> tuple[LabelledArticle, dict[str, Any]]:
    """Give an article and what is known of it beside its labels, by the key that stands for it in addresses."""
    try:
        labelled = desk.project.article(key)
        if key_of(labelled.article.id) == key:
            return labelled, desk.project.state(key)
    except SaysoError:
        pass
    raise NotFoundError("There is no such article in this project; open the list again.")


def sentence_view(desk: Desk, labelled: LabelledArticle, s: Sentence, state: Mapping[str, Any]) -> dict[str, Any]:
    """Give a sentence with the labels of this person; when blind, of further columns only those of the codebook.

    Others may hold what a model says, such as probabilities of labels.
    """
    labels, columns = as_json(s, labelled), desk.project.columns
    own = {column: label for column, label in s.extra.items() if is_label_column(column)}
    if desk.settings.blind:
        own = {column: label for column, label in own.items() if column in columns}
    return {
        "n": s.n,
        "start": s.span.start,
        "end": s.span.end,
        "text": s.span.of(labelled.article.text),
        "labels": {**labels, "own": own, "note": state["notes"].get(s.n, "")},
        "change": state["changes"].get(s.n, 0),
    }


def change_of(desk: Desk, values: Mapping[str, Any]) -> tuple[Change, int | None]:
    """Read a change out of what the page sent; what it sets is judged by the project."""
    key, n, base, what = (values.get(name) for name in ("key", "n", "base", "set"))
    if not isinstance(what, dict) or not isinstance(key, str):
        raise SaysoError("a change needs key, n and set.")
    for number in (n, base):
        if isinstance(number, bool) or not isinstance(number, int | None):
            raise SaysoError("n and base: whole numbers are needed.")
    labelled, _ = opened(desk, key)
    return Change(labelled.article.id, n, what, accepted=values.get("accepted") is True), base


def recorded_view(desk: Desk, recorded: Recorded) -> dict[str, Any]:
    """Give a change that was made, and how its sentence and article stand now."""
    return {"change": recorded.number, **place_view(desk, recorded.article, recorded.n)}


def step_view(desk: Desk, recorded: Recorded) -> dict[str, Any]:
    """Give where a change was made, what it set, and what was there before, so that it can be said in words."""
    name = shown_name(desk.project.article(key_of(recorded.article)).article)
    return {"key": key_of(recorded.article), "n": recorded.n, "title": name, "set": recorded.set, "was": recorded.was}


def place_view(desk: Desk, article: str, n: int | None) -> dict[str, Any]:
    """Give how a sentence stands now (None: the article as a whole), and what is known of its article."""
    key = key_of(article)
    labelled, state = desk.project.article(key), desk.project.state(key)
    found = next((s for s in labelled.sentences if s.n == n), None)
    return {
        "key": key,
        "n": n,
        "sentence": sentence_view(desk, labelled, found, state) if found else None,
        "targets": [{"name": name, "aliases": list(aliases)} for name, aliases in labelled.targets.items()],
        "done": state["done"],
        "note": state["note"],
        "article_change": state["changes"].get(None, 0),
    }


def changes_view(desk: Desk, since: int) -> dict[str, Any]:
    """Give what has changed after a number, each sentence once, as it stands now."""
    last = desk.project.last
    recorded: Iterable[Recorded] = desk.project.since(since) if since < last else ()
    numbers = {(one.article, one.n): one.number for one in recorded}
    return {
        "last": max(last, max(numbers.values(), default=0)),
        "changes": [{"change": number, **place_view(desk, *place)} for place, number in numbers.items()],
    }
