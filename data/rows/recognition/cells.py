"""The cells of a row: what is read of them, and notices about those that are changed."""

from collections.abc import Mapping
from typing import Any

from ....errors import SaysoError
from ...articles.cells.cell_text import cell_text
from ...articles.cells.characters import is_mojibake
from ...articles.notices import Notices
from ...scheme import LABELS_OF
from ...tabular.column_names import ANY_LABEL, OF_SENTENCES, plain
from ..label_values import label_list, single
from ..places import Row, is_absent
from ..suggestions import is_suggestion
from .flat_stances import PLACES, flat_stance, stance_of

_LABELS = frozenset(map(plain, ANY_LABEL))
_KNOWN = _LABELS | {plain(name) for names in OF_SENTENCES.values() for name in names}
_MISSING = frozenset(("NA", "N/A", "n/a", "#N/A", "<NA>", "NaN", "nan", "NULL", "null"))
"""What R, pandas, databases and spreadsheets write for an empty cell."""
_NESTED = frozenset((*LABELS_OF, "stance", "attributions", "loaded", "targets", "complete", "kind_scores", "why"))
"""Columns whose objects are read as they are, or belong to sayso itself."""
_BY_PLACE = frozenset(("from", "start", "end", "before", "after", "attributions", "loaded", "source", "cue"))
"""Parts that belong to the text as it stands: with one of them nothing in it is undone."""


def cells_of(values: Row) -> dict[str, Any]:
    """Return the cells of a row that are filled, and the fields of an object as cells of their own.

    >>> cells_of({" text": "Rain fell.", "note": "", "labels": {"topic": "sea", "kind": "NA"}})
    {'text': 'Rain fell.', 'topic': 'sea'}
    """
    filled = {str(name).strip(): value for name, value in values.items() if not _is_missing(value)}
    cells: dict[str, Any] = {}
    for name, value in filled.items():
        if not _is_spread(name, value):
            cells[name] = value
            continue
        inner = {str(key): part for key, part in value.items() if not _is_missing(part)}
        cells |= {(f"{name}_{key}" if key in filled else key): part for key, part in inner.items()}
    return cells


def _is_missing(value: object) -> bool:
    return is_absent(value) or (isinstance(value, str) and value.strip() in _MISSING)


def _is_spread(name: str, value: Any) -> bool:
    """Tell whether an object holds the labels of a sentence: it is called labels, or a field has a name of ours."""
    if not isinstance(value, Mapping) or not isinstance(single(value), Mapping):
        return False
    if name in _NESTED or is_suggestion(name) or any(isinstance(part, Mapping | list) for part in value.values()):
        return False
    return plain(name) in _LABELS or not _KNOWN.isdisjoint(map(plain, map(str, value)))


def own_label(value: Any, column: str, where: str, notices: Notices | None) -> Any:
    """Return the label of a cell; None, with a notice, if it holds several or none that has a name."""
    label = single(value)
    if label_list(label) is not None or isinstance(label, Mapping | bytes):
        if notices:
            notices.count(f"cells with several labels or an object in column {column!r}, left out", where)
        return None
    return label.strip() if isinstance(label, str) else label


def settle_source(row: dict[str, Any], where: str, notices: Notices | None) -> None:
    """Leave out words that name no source in their sentence, where only a source is given."""
    if "cue" in row or "attributions" in row or "source" not in row:
        return
    if str(row["source"]) not in str(row.get("text", "")):
        del row["source"]
        if notices:
            notices.count("sources whose words are not in their sentence, left out", where)


def settle_stance(row: dict[str, Any], where: str, notices: Notices | None) -> None:
    """Make one mapping of the columns of target, stance and place."""
    target = row.pop("target", None)
    places = {name: row.pop(name) for name in PLACES if name in row}
    stance = single(row.get("stance"))
    if target is None or stance is None or label_list(stance) is not None or isinstance(stance, Mapping):
        return
    if isinstance(stance, str) and stance.strip().startswith(("[", "{")):
        return
    label = flat_stance(stance)
    if label and label != stance and notices:
        notices.count(f"stance {str(stance)!r}, read as {label}", where)
    row["stance"] = stance_of(target, label or stance, places)


def settle_text(row: dict[str, Any], where: str, notices: Notices | None) -> None:
    """Take out of the text what a program left in it (tags, entities, escapes), where no place in it is given."""
    text = row.get("text")
    if not isinstance(text, str) or not _BY_PLACE.isdisjoint(row):
        return
    notices = notices or Notices()
    if is_mojibake(text):
        notices.count("texts with characters read in the wrong encoding (such as â€œ for “); save the table as UTF-8", where)
    if _MARKS.isdisjoint(text):
        return
    try:
        row["text"] = cell_text(text, where, notices)
    except SaysoError:
        return  # a text that cannot be cleaned may still be a sentence


_MARKS = frozenset("<&\\[")
"""A text without any of these characters needs no mending."""
