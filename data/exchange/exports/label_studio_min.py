"""Label Studio's JSON-MIN, CSV and TSV: a row an annotation, a column a question.

They have lost which choice belongs to which region (label-studio-sdk 2.1.2): with regions in them they are refused.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from itertools import islice, takewhile
from pathlib import Path
from typing import Any

from ....errors import SaysoError
from ...rows.files import read_rows
from ..answers.record import Answers, Record, read_about
from ..answers.rows import Export
from ..format import Format
from .items import first_items, objects
from .label_studio_answers import text_field

_ADMINISTRATION = ("id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time", "agreement")
_TELLING = frozenset(("annotation_id", "annotator", "lead_time"))
_SEVERAL = frozenset(("choices", "taxonomy"))
_TABLES = (".csv", ".tsv")


def _knows(path: Path) -> bool:
    """Tell by the columns that Label Studio adds, all of them."""
    if path.suffix.lower() == ".json":
        first = next(iter(first_items(path, 1)), None)
    else:
        first = None
        with suppress(SaysoError, OSError):
            first = next((row for _, row in islice(read_rows(path), 1)), None)
    return isinstance(first, Mapping) and set(first) >= _TELLING and "data" not in first


def _records(path: Path, unused: Counter[str]) -> Iterator[Record]:
    if path.suffix.lower() in _TABLES:
        for where, row in read_rows(path):
            yield _record(where, {name: _parsed(cell) for name, cell in row.items()}, frozenset(), unused)
    else:
        for where, row in objects(path):
            yield _record(where, row, _names_before_id(row), unused)


def _record(where: str, row: Mapping[str, Any], before_id: frozenset[str], unused: Counter[str]) -> Record:
    values = {name: value for name, value in row.items() if name not in _ADMINISTRATION and value not in (None, "")}
    _check_is_complete(values, where)
    text = text_field(values, where)
    about, questions = _about_and_questions({name: values[name] for name in values if name != text}, unused)
    if text in before_id:  # the data of the task stands there
        unused.update(f"data fields named {name!r}, left out" for name in questions if name in before_id)
        questions = [name for name in questions if name not in before_id]
    record = Record(where, str(values[text]), about=about, person=str(row.get("annotator") or ""))
    record.id = None if row.get("id") in (None, "") else str(row["id"])
    record.answers = Answers([(name, label) for name in questions for label in _labels(name, values[name], unused)])
    return record


def _about_and_questions(values: Mapping[str, Any], unused: Counter[str]) -> tuple[dict[str, str], list[str]]:
    """Part what is known of the text from the questions that were answered."""
    about, left = read_about((name, value) for name, value in values.items() if not _is_choice(value))
    unused.update(f"values of {name!r}, left out" for name in left if name not in values)
    return about, [name for name, value in values.items() if name in left or _is_choice(value)]


def _check_is_complete(values: Mapping[str, Any], where: str) -> None:
    """Refuse a row that has lost what its answers belong to."""
    if "sayso" in values:
        raise SaysoError(f"{where}: this Label Studio export format drops suggestions and attributions; export as JSON.")
    if region := next((name for name, value in values.items() if _is_region(value)), None):
        raise SaysoError(
            f"{where}: {region} holds Label Studio regions, but this export format drops which choice "
            "belongs to which region; export as JSON."
        )


def _names_before_id(row: Mapping[str, Any]) -> frozenset[str]:
    """Return the names before the task's id: JSON-MIN has the task's data there, and the answers after it."""
    return frozenset(takewhile(lambda name: name != "id", row)) if "id" in row else frozenset()


def _parsed(cell: Any) -> Any:
    """Read a cell that holds JSON, as several choices do."""
    if isinstance(cell, str) and cell[:1] in ("[", "{"):
        with suppress(ValueError, RecursionError):
            return json.loads(cell)
    return cell


def _is_region(value: Any) -> bool:
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, Mapping) and "start" in first and "end" in first


def _is_choice(value: Any) -> bool:
    """Tell an answer that is an object, as several choices are."""
    return isinstance(value, Mapping) and not _SEVERAL.isdisjoint(value)


def _labels(name: str, value: Any, unused: Counter[str]) -> list[str]:
    if isinstance(value, Mapping):
        value = value.get("choices") or value.get("taxonomy")
    answers = value if isinstance(value, list) else [value]
    answers = [one.get("rating", one.get("number")) if isinstance(one, Mapping) else one for one in answers]
    labels = [str(one) for one in answers if isinstance(one, str | int | float) and not isinstance(one, bool)]
    if not labels:
        unused[f"values of {name!r}, left out"] += 1
    return labels


FORMAT = Format(
    tool="Label Studio (JSON-MIN, CSV, TSV)",
    holds="labels of whole texts",
    suffixes=(".json", *_TABLES),
    read_rows=lambda path, notice: Export("Label Studio", path, partial(_records, path)).rows(notice),
    knows=_knows,
)
