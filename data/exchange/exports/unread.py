"""Exports of tools that are not read: they are recognised, and a message says what to do, so that none is misread."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from ....errors import SaysoError
from ...articles.notices import Say
from ...rows.places import Row
from ..format import Format
from .items import JSON, first_items

Look = Callable[[Mapping[str, Any]], bool]


class _Unread(NamedTuple):
    """A tool whose export is not read: its name, what to do, and how one of its objects looks."""

    tool: str
    advice: str
    fits: Look


def _has(*names: str) -> Look:
    return lambda item: item.keys() >= set(names)


def _is_spacy(item: Mapping[str, Any]) -> bool:
    paragraphs = item.get("paragraphs")
    return isinstance(paragraphs, list) and any(isinstance(one, Mapping) and "sentences" in one for one in paragraphs)


_AS_ROWS = "write a CSV file with the columns text and label, one row per sentence"
_UNREAD = (
    _Unread("tagtog", _AS_ROWS, _has("annotatable", "anncomplete")),
    _Unread("tagtog", _AS_ROWS, _has("annotatable", "entities")),
    _Unread("LightTag", _AS_ROWS, _has("examples", "name")),
    _Unread("LightTag", _AS_ROWS, _has("content", "annotations")),
    _Unread("LightTag", _AS_ROWS, _has("example_id", "annotated_by")),
    _Unread("UBIAI", "export for spaCy or in IOB instead", _has("document", "documentName", "tokens")),
    _Unread("Argilla", _AS_ROWS, _has("fields", "responses")),
    _Unread("Argilla", _AS_ROWS, _has("annotation", "annotation_agent")),
    _Unread("Potato", _AS_ROWS, _has("displayed_text", "label_annotations")),
    _Unread("Potato", _AS_ROWS, _has("id", "displayed_text", "span_annotations")),
    _Unread("GATE (bdocjs)", "export as JSON with text and entities", _has("annotation_sets", "text")),
    _Unread("spaCy", "write one line per text, with text and entities", _is_spacy),
    _Unread("SageMaker Ground Truth", _AS_ROWS, lambda x: "source" in x and any(k.endswith("-metadata") for k in x)),
)
_UNREAD_SUFFIXES = {
    ".spacy": ("spaCy's DocBin", 'write a line {"text": doc.text, "entities": [[start, end, label]]} for each document'),
    ".qdpx": (
        "a project file of qualitative data analysis software (REFI-QDA)",
        f"export the coded segments as a table, and {_AS_ROWS}",
    ),
    ".mx24": ("a MAXQDA project", f"export the coded segments as a table, and {_AS_ROWS}"),
    ".mx22": ("a MAXQDA project", f"export the coded segments as a table, and {_AS_ROWS}"),
    ".nvp": ("an NVivo project", f"export the coded segments as a table, and {_AS_ROWS}"),
    ".nvpx": ("an NVivo project", f"export the coded segments as a table, and {_AS_ROWS}"),
    ".atlproj": ("an ATLAS.ti project", f"export the quotations as a table, and {_AS_ROWS}"),
}


def _unread(path: Path) -> _Unread | None:
    if path.suffix.lower() in _UNREAD_SUFFIXES:
        return _Unread(*_UNREAD_SUFFIXES[path.suffix.lower()], fits=lambda _: True)
    items = [item for item in first_items(path, 5) if isinstance(item, Mapping)]
    return next((one for one in _UNREAD if any(map(one.fits, items))), None)


def _refuse(path: Path, notice: Say) -> Iterator[tuple[str, Row]]:
    unread = _unread(path)
    if unread:
        raise SaysoError(f"{path}: {unread.tool} cannot be read; {unread.advice}.")
    return iter(())


FORMAT = Format(
    tool="tagtog, LightTag, UBIAI, Argilla, Potato, MAXQDA, NVivo, ATLAS.ti, spaCy's DocBin",
    holds="refused with advice",
    suffixes=(*JSON, *_UNREAD_SUFFIXES),
    read_rows=_refuse,
    knows=lambda path: _unread(path) is not None,
)
