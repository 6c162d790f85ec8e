"""An article and its sentences as plain values, for the pages."""

from collections.abc import Mapping
from typing import Any

from ...data.project.changes import Change, Recorded
from ...data.records import LabelledArticle, Sentence
from ...data.rows.labels import as_json
from ...data.rows.suggestions import is_suggestion
from ...errors import SaysoError
from .desk import Desk


def article_view(desk: Desk, key: str) -> dict[str, Any]:
    """Give an article, its sentences, their labels, and what the models say."""
    labelled = desk.project.article(key)
    state = desk.project.state(key)
    models = desk.model_view(key, labelled)
    return {
        "key": key,
        "title": labelled.article.title,
        "text": labelled.article.text,
        "sentences": [
            {**sentence_view(labelled, s, state), "model": models.get((s.span.start, s.span.end))}
            for s in labelled.sentences
        ],
        "done": state["done"],
        "note": state["note"],
    }


def sentence_view(labelled: LabelledArticle, s: Sentence, state: Mapping[str, Any]) -> dict[str, Any]:
    """Give a sentence with the labels of this person."""
    labels = as_json(s, labelled)
    own = {column: label for column, label in s.extra.items() if not is_suggestion(column)}
    return {
        "n": s.n,
        "start": s.span.start,
        "end": s.span.end,
        "text": s.span.of(labelled.article.text),
        "labels": {**labels, "own": own, "note": state["notes"].get(s.n, "")},
        "change": state["changes"].get(s.n, 0),
    }


def change_of(desk: Desk, values: Mapping[str, Any]) -> tuple[Change, int | None]:
    """Read a change out of what the page sent; what it sets is checked by the project."""
    n, base, what = values.get("n"), values.get("base"), values.get("set")
    if not isinstance(what, dict) or not isinstance(values.get("key"), str):
        raise SaysoError("A change needs key, n and set.")
    if isinstance(n, bool) or not isinstance(n, int | None) or isinstance(base, bool) or not isinstance(base, int | None):
        raise SaysoError("n and base: whole numbers are needed.")
    return Change(desk.project.article(values["key"]).article.id, n, what), base


def recorded_view(desk: Desk, recorded: Recorded) -> dict[str, Any]:
    """Give a change that was made, and how its sentence stands now."""
    key = desk.project.key_of(recorded.change.article)
    labelled, state = desk.project.article(key), desk.project.state(key)
    found = next((s for s in labelled.sentences if s.n == recorded.change.n), None)
    return {
        "change": recorded.number,
        "key": key,
        "n": recorded.change.n,
        "sentence": sentence_view(labelled, found, state) if found else None,
        "done": state["done"],
    }
