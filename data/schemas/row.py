"""The cells of a labelled sentence: which types they have, in whatever file the sentence stands."""

import json
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal, Required

from pydantic import BeforeValidator
from typing_extensions import TypedDict  # pydantic needs it up to Python 3.11

from ..rows.places import ABOUT, ABOUT_ARTICLE, Row
from .schema import Schema, Text, Whole, Word
from .shown import shown


class SpanCell(TypedDict, total=False):
    """A stretch of an article's text, with its words."""

    start: Required[Whole]
    end: Required[Whole]
    text: Text | None


def _one_or_more(value: object) -> object:
    """Give one span as a list of it."""
    return [value] if type(value) is not list and isinstance(value, Mapping) else value


Spans = Annotated[list[SpanCell | None], BeforeValidator(_one_or_more)]


class AttributionCell(TypedDict, total=False):
    """Who says what, by which words."""

    source: SpanCell | None
    cue: SpanCell | None
    content: Spans | None
    speaker: Word | None
    source_type: Any


StanceCell = TypedDict(
    "StanceCell",
    {"target": Required[Word], "label": Any, "mentions": Spans | None, "from": Any, "to": Any},
    total=False,
)


class TargetCell(TypedDict, total=False):
    """A stance target and its other names."""

    name: Required[Word]
    aliases: list[Word] | None


class Cells(TypedDict, total=False):
    """The nested cells of a row, and those of its text; labels are judged by `data.rows.labels`."""

    before: Text
    after: Text
    attributions: list[AttributionCell]
    stance: list[StanceCell]
    loaded: Spans
    targets: list[TargetCell]
    complete: list[Literal["kind", "source_type", "attribution", "stance", "bias"]]


_CELLS: Schema[dict[str, Any]] = Schema(Cells)
_ABOUT: Schema[dict[str, Any]] = Schema(dict[str, Word])


def sifted(values: Row) -> tuple[dict[str, Any], list[str]]:
    """Give the cells of a row with the types of the schema, and say what is left out and why.

    Parameters
    ----------
    values : mapping
        Without empty cells. Nested ones may be JSON, as tables of text hold them.

    Returns
    -------
    dict, list of str
        All cells; stances, attributions, targets and spans as lists of objects.
    """
    nested, said = _unpacked(values)
    cells = {name: value for name, value in values.items() if name not in _UNPACK}
    if nested:
        nested, wrong = _CELLS.sift(nested)
        said += wrong
        cells |= nested
    # text is what nearly every row has here: it is not looked at once more
    about = {k: v for k, v in cells.items() if type(v) is not str and (k in ABOUT or k.startswith(ABOUT_ARTICLE))}
    if about:
        words, wrong = _ABOUT.sift(about)
        said += wrong
        cells = {name: words.get(name) if name in about else value for name, value in cells.items()}
        cells = {name: value for name, value in cells.items() if value is not None}
    return cells, said


def _unpacked(values: Row) -> tuple[dict[str, Any], list[str]]:
    """Give the cells of which the schema tells, without the JSON and the short forms in which they may stand."""
    nested: dict[str, Any] = {}
    said: list[str] = []
    for name, unpack in _UNPACK.items():
        if (value := values.get(name)) is not None:
            try:
                nested[name] = unpack(value)
            except (ValueError, RecursionError):
                said.append(f"{name} is {shown(value)}; it must be a JSON list.")
    bias = values.get("bias")
    if isinstance(bias, Mapping) and bias.get("words") and not nested.get("loaded"):
        nested["loaded"] = bias["words"]
    return nested, said


def _as_it_is(value: Any) -> Any:
    return value


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _stances(value: Any) -> Any:
    """Give stances as a list: one may stand alone, or labels by their targets."""
    value = _json(value)
    if type(value) is list or not isinstance(value, Mapping):
        return value
    if {"target", "label"} <= value.keys():
        return [value]
    return [{"target": name, **(x if isinstance(x, Mapping) else {"label": x})} for name, x in value.items()]


def _targets(value: Any) -> Any:
    value = _json(value)
    return [{"name": name, "aliases": also} for name, also in value.items()] if isinstance(value, Mapping) else value


def _complete(value: Any) -> Any:
    """Give a list out of a cell: JSON, or words."""
    if not isinstance(value, str):
        return value
    return json.loads(value) if value.lstrip().startswith("[") else value.split()


_UNPACK: Mapping[str, Callable[[Any], Any]] = {
    "before": _as_it_is,
    "after": _as_it_is,
    "attributions": _json,
    "stance": _stances,
    "loaded": _json,
    "targets": _targets,
    "complete": _complete,
}
