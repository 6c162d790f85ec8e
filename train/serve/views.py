"""An article and its sentences as plain values, for the pages."""

from collections.abc import Mapping
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
_CHANGES_AT_ONCE = 300


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
        "entry": _entry_view(desk, labelled.article.id),
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
        name = desk.project.id_of(key)
    except SaysoError as error:
        raise NotFoundError("There is no such article in this project; reload the list.") from error
    return desk.project.read(name)


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
        raise SaysoError("a change must have key, n and set.")
    for number in (n, base):
        if isinstance(number, bool) or not isinstance(number, int | None):
            raise SaysoError("n and base must be whole numbers.")
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
    try:
        return _place(desk, *desk.project.read(article), n)
    except SaysoError:  # somebody took the article away
        known: dict[str, Any] = {"sentence": None, "targets": [], "done": False, "note": "", "article_change": 0}
        return {"key": key_of(article), "n": n, **known, "is_gone": True}


def _place(desk: Desk, labelled: LabelledArticle, state: Mapping[str, Any], n: int | None) -> dict[str, Any]:
    found = next((s for s in labelled.sentences if s.n == n), None)
    return {
        "key": key_of(labelled.article.id),
        "n": n,
        "sentence": sentence_view(desk, labelled, found, state) if found else None,
        "targets": [{"name": name, "aliases": list(aliases)} for name, aliases in labelled.targets.items()],
        "done": state["done"],
        "note": state["note"],
        "article_change": state["changes"].get(None, 0),
    }


def changes_view(desk: Desk, since: int) -> dict[str, Any]:
    """Give what has changed after a number, each sentence once, as it stands now; articles that are gone are left out.

    Of many changes the first are given: ``last`` is how far they go, and with ``more`` those after it can be asked for.
    """
    last = desk.project.last
    recorded = desk.project.since(since, _CHANGES_AT_ONCE) if since < last else []
    numbers = {(one.article, one.n): one.number for one in recorded}
    goes_to = max(numbers.values(), default=0)
    is_cut = len(recorded) == _CHANGES_AT_ONCE and goes_to < last
    found = {name: _read(desk, name) for name in {name for name, _ in numbers}}
    return {
        "last": goes_to if is_cut else max(last, goes_to),
        "more": is_cut,
        "changes": [
            {"change": number, **_place(desk, *there, n)}
            for (name, n), number in numbers.items()
            if (there := found[name]) is not None
        ],
    }


def _read(desk: Desk, name: str) -> tuple[LabelledArticle, dict[str, Any]] | None:
    """Read an article by its id; None where somebody took it away."""
    try:
        return desk.project.read(name)
    except SaysoError:
        return None
