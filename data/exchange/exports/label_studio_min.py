"""Label Studio's JSON-MIN, CSV and TSV: a row an annotation, a column a question.

They have lost which choice belongs to which region (label-studio-sdk 2.1.2): with regions in them they are refused.
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from functools import partial
from itertools import islice
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
    is_table = path.suffix.lower() in _TABLES
    for where, row in read_rows(path) if is_table else objects(path):
        fields = {name: _parsed(value) if is_table else value for name, value in row.items()}
        kept = {name: value for name, value in fields.items() if name not in _ADMINISTRATION and value not in (None, "")}
        if "sayso" in kept:
            raise SaysoError(f"{where}: this export of Label Studio has lost suggestions and attributions; export as JSON.")
        if region := next((name for name, value in kept.items() if _is_region(value)), None):
            raise SaysoError(
                f"{where}: {region} holds regions of Label Studio, and this export has lost which choice belongs to which; "
                "export as JSON."
            )
        name = text_field(kept, where)
        given = _data_fields(list(row), name) if not is_table else frozenset()
        chosen = [key for key, value in kept.items() if isinstance(value, Mapping) and _SEVERAL & value.keys()]
        about, others = read_about((key, value) for key, value in kept.items() if key != name and key not in chosen)
        unused.update(f"values of {one!r}, left out" for one in others if one not in kept)
        others = [key for key in kept if key in (*others, *chosen)]
        unused.update(f"fields of the data called {one!r}, left out" for one in others if one in given)
        others = [one for one in others if one not in given]
        record = Record(where, str(kept[name]), about=about, person=str(fields.get("annotator") or ""))
        number = fields.get("id")
        record.id = None if number in (None, "") else str(number)
        record.answers = Answers([(key, label) for key in others for label in _labels(key, kept[key], unused)])
        yield record


def _data_fields(names: list[str], text: str) -> frozenset[str]:
    """Give the fields that are the task's data: JSON-MIN has them before the task's id, and the answers behind it."""
    at = names.index("id") if "id" in names else 0
    return frozenset(names[:at]) if text in names[:at] else frozenset()


def _parsed(cell: Any) -> Any:
    """Read a cell that holds JSON, as several choices do."""
    if isinstance(cell, str) and cell[:1] in ("[", "{"):
        with suppress(ValueError, RecursionError):
            return json.loads(cell)
    return cell


def _is_region(value: Any) -> bool:
    first = value[0] if isinstance(value, list) and value else None
    return isinstance(first, Mapping) and "start" in first and "end" in first


def _labels(name: str, value: Any, unused: Counter[str]) -> list[str]:
    if isinstance(value, Mapping):
        value = value.get("choices") or value.get("taxonomy")
    given = value if isinstance(value, list) else [value]
    given = [one.get("rating", one.get("number")) if isinstance(one, Mapping) else one for one in given]
    labels = [str(one) for one in given if isinstance(one, str | int | float) and not isinstance(one, bool)]
    if not labels:
        unused[f"values of {name!r}, left out"] += 1
    return labels


FORMAT = Format(
    tool="Label Studio (JSON-MIN, CSV, TSV)",
    holds="choices about whole texts",
    suffixes=(".json", *_TABLES),
    read_rows=lambda path, notice: Export("Label Studio", path, partial(_records, path)).rows(notice),
    knows=_knows,
)
