"""Label Studio with a labelling configuration of the user's own: choices about a text, and labels of its regions."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from ....errors import SaysoError
from ...rows.label_values import plain_name
from ..answers.record import Answers, Record, read_about, span_label
from ..answers.rows import Export
from ..passages import listed, mapping, name_of, objects_of
from .items import objects

TEXT_NAMES = ("text", "sentence", "sentence_text", "body", "content", "article_text", "full_text", "claim", "snippet")
"""Fields that hold a text, the likeliest first."""

_SPANS = ("labels", "hypertextlabels", "paragraphlabels")
_CHOSEN = {"choices": "choices", "taxonomy": "taxonomy", "rating": "rating", "number": "number"}
_BESIDE = ("meta", "attributes")


def export(path: Path) -> Export:
    """Return the reader of an export of tasks."""
    return Export("Label Studio", path, partial(_records, path))


def tasks(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the tasks, each with its place; an annotation that holds its task is turned round."""
    for where, item in objects(path):
        inner = item.get("task")
        if isinstance(inner, Mapping) and "result" in item:
            yield where, {**inner, "annotations": [item]}
        else:
            yield where, item


def answered(task: Mapping[str, Any], where: str, unused: Counter[str]) -> list[Mapping[str, Any]]:
    """Return the annotations of a task that were not cancelled."""
    annotations = task.get("annotations", task.get("completions"))
    drafts = task.get("drafts")
    unused["drafts that were not submitted, left out"] += len(drafts) if isinstance(drafts, list) else 0
    kept = []
    for at, one in enumerate(listed(annotations, where, "annotations")):
        if isinstance(one, int):
            raise SaysoError(f"{where}: annotations are numbers, not labels; export from Label Studio as full JSON.")
        one = mapping(one, where, f"annotations[{at}]")
        if one.get("was_cancelled") or one.get("skipped"):
            unused["cancelled annotations, left out"] += 1
        else:
            kept.append(one)
    return kept


def predicted(task: Mapping[str, Any], where: str, unused: Counter[str]) -> Mapping[str, Any] | None:
    """Return the last prediction of a task; Label Studio's own export has their numbers only."""
    predictions = listed(task.get("predictions"), where, "predictions")
    if predictions and isinstance(predictions[-1], int):
        unused["predictions that are only numbers, left out"] += 1
        return None
    return mapping(predictions[-1], where, f"predictions[{len(predictions) - 1}]") if predictions else None


def _records(path: Path, unused: Counter[str]) -> Iterator[Record]:
    for where, task in tasks(path):
        record = _record(task, where, unused)
        prediction = predicted(task, where, unused)
        record.suggested = _answers(record, prediction, unused) if prediction else None
        annotations = answered(task, where, unused)
        for number, annotation in enumerate(annotations or [{}], 1):
            person = _person(annotation.get("completed_by")) or str(number)
            one = Record(where, record.text, record.id, record.about, person=person)
            one.suggested = record.suggested
            one.task = where if len(annotations) > 1 else record.task
            one.answers = _answers(one, annotation, unused)
            yield one


def _record(task: Mapping[str, Any], where: str, unused: Counter[str]) -> Record:
    """Read what a task says beside its answers."""
    data = mapping(task.get("data"), where, "data")
    text = text_field(data, where)
    record = Record(where, str(data[text]))
    fields = [(name, value) for name, value in data.items() if name not in (text, "id", "sayso")]
    for beside in (data.get("meta"), task.get("meta")):
        fields += beside.items() if isinstance(beside, Mapping) else []
    record.about, left = read_about((name, value) for name, value in fields if name not in _BESIDE)
    unused.update(f"data fields named {name!r}, left out" for name in left)
    number = data.get("id") or task.get("id")
    record.id = None if number is None else str(number)
    return record


def _person(completed_by: Any) -> str:
    if isinstance(completed_by, Mapping):
        completed_by = completed_by.get("email") or completed_by.get("id")
    return "" if completed_by is None else str(completed_by)


def text_field(data: Mapping[str, Any], where: str, also: Iterable[str] = ()) -> str:
    """Tell which field holds the text: by its name, or the only one that is of words.

    Raises
    ------
    SaysoError
        If that is not clear.
    """
    words = [name for name, value in data.items() if isinstance(value, str) and value.strip()]
    by_name = {plain_name(name): name for name in reversed(words)}
    field = next((by_name[name] for name in TEXT_NAMES if name in by_name), None)
    if field is None:
        _, others = read_about((name, data[name]) for name in words if name not in also)
        long = [name for name in others if " " in data[name]]
        field = long[0] if len(long) == 1 else None
    if field is None:
        raise SaysoError(
            f"{where}: no text; a field such as text is required, but the fields are {', '.join(map(repr, data)) or 'none'}."
        )
    return field


def _answers(record: Record, annotation: Mapping[str, Any], unused: Counter[str]) -> Answers:
    answers = Answers()
    for number, result in enumerate(objects_of(annotation.get("result"), record.where, "result")):
        kind, name = str(result.get("type")), str(result.get("from_name") or "")
        value = mapping(result.get("value") or {}, record.where, f"result[{number}].value")
        key = str(result.get("id") or number + 1)
        if kind == "relation":
            answers.relations.append((str(result.get("from_id")), str(result.get("to_id"))))
            continue
        labels = [name_of(one, record.where, f"result[{number}].value.{kind}") for one in _labels(kind, value)]
        if not labels:
            unused[f"answers of the type {kind[:40]}, left out"] += 1
        for label in labels:
            if "start" in value and "end" in value:
                place = value["start"], value["end"]
                answers.spans.append(span_label(record, name, label, place, value.get("text")))
                answers.spans[-1].key = key
            else:
                answers.whole.append((name, label))
    return answers


def _labels(kind: str, value: Mapping[str, Any]) -> Iterator[Any]:
    """Yield the labels of a result: choices, labels of a region, paths of a taxonomy, a rating."""
    labels = value.get(kind) if kind in _SPANS else value.get(_CHOSEN.get(kind, ""))
    for one in labels if isinstance(labels, list) else [labels]:
        if isinstance(one, list):
            yield " > ".join(map(str, one))
        elif one is not None:
            yield one
