"""Prodigy's tasks with labels of the user's own: choices, one label to accept or reject, spans, and classes of texts."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from ....errors import SaysoError
from ...rows.label_values import plain_name
from ...schemas.shown import shown
from ...scheme import LABELS_OF
from ..answers.record import Answers, Record, read_about, span_label
from ..answers.rows import Export
from ..passages import listed, mapping, name_of, objects_of
from .items import objects

_OURS = frozenset(label for labels in LABELS_OF.values() for label in labels)
_ANSWERS = ("accept", "reject", "ignore")
_USED = frozenset("text answer label options accept spans relations cats meta tokens".split())
_RECIPES = frozenset(("score", "source", "pattern", "id"))
"""What Prodigy's recipes, and ours, write into ``meta``."""
_SHOWN = frozenset("html image style config choice_style view_id priority score".split())


def export(path: Path) -> Export:
    """Return the reader of an export of tasks."""
    return Export("Prodigy", path, partial(_records, path))


def _records(path: Path, unused: Counter[str]) -> Iterator[Record]:
    for where, task in objects(path):
        answer = task.get("answer")
        if answer is not None and answer not in _ANSWERS:
            raise SaysoError(f"{where}: answer {shown(answer)} is not one of {', '.join(_ANSWERS)}.")
        if answer in ("reject", "ignore"):
            unused[f"tasks answered with {answer}, left out"] += 1
            continue
        record = _record(task, where, unused)
        answers = _answers(record, task, unused)
        if answer is None and answers:
            unused["tasks without an answer, read as suggestions"] += 1
            record.suggested = answers
        else:
            record.answers = answers
        yield record


def _record(task: Mapping[str, Any], where: str, unused: Counter[str]) -> Record:
    """Read what a task says beside its answers."""
    if not isinstance(task.get("text"), str):
        raise SaysoError(f"{where}: no text; each line must be a Prodigy task.")
    record = Record(where, task["text"])
    meta = mapping(task.get("meta") or {}, where, "meta")
    record.id = None if meta.get("id") is None else str(meta["id"])
    fields = [(name, value) for name, value in task.items() if not _is_administration(name)]
    fields += [(name, value) for name, value in meta.items() if name not in _RECIPES]
    record.about, left = read_about(fields)
    unused.update(f"fields named {name!r}, left out" for name in left)
    record.person = str(task.get("_annotator_id") or task.get("_session_id") or "")
    record.task = _task(task, record)
    return record


def _is_administration(name: str) -> bool:
    return name.startswith("_") or name in _USED or name in _SHOWN


def _task(task: Mapping[str, Any], record: Record) -> str | None:
    """Name the task, if others can have answered it or answered one label of it: by Prodigy's hash of what was shown."""
    has_others = bool(record.person) or "label" in task
    shown = task.get("_input_hash")
    place = record.about.get("article", "")
    if shown is None or not has_others:
        return None if record.id is None else f"{record.id}\n{record.text}"
    return f"{shown}\n{place}\n{record.id}\n{record.text}"


def _answers(record: Record, task: Mapping[str, Any], unused: Counter[str]) -> Answers:
    answers = Answers()
    options = listed(task.get("options"), record.where, "options")
    accepted = task.get("accept")
    answers.asked = {""} if accepted is not None and task.get("answer") == "accept" else set()
    for chosen in accepted if isinstance(accepted, list) else [] if accepted is None else [accepted]:
        name_of(chosen, record.where, "accept")
        answers.whole.append(("", _option(chosen, options)))
    if label := task.get("label"):
        answers.whole.append(("", name_of(label, record.where, "label")))
    answers.whole += [("", label) for label in likely_classes(task.get("cats"), record.where)]
    for span in objects_of(task.get("spans"), record.where, "spans"):
        if span.get("answer") in ("reject", "ignore"):
            unused["rejected spans, left out"] += 1
        elif span.get("label") is not None:
            answers.spans.append(
                span_label(record, "", span["label"], (span.get("start"), span.get("end")), span.get("text"))
            )
            answers.spans[-1].key = f"{span.get('start')}-{span.get('end')}"
    for relation in objects_of(task.get("relations"), record.where, "relations"):
        sides = [relation.get(side) for side in ("head_span", "child_span")]
        one, other = (f"{x.get('start')}-{x.get('end')}" if isinstance(x, Mapping) else "" for x in sides)
        answers.relations.append((one, other))
    return answers


def likely_classes(cats: Any, where: str) -> list[str]:
    """Return the classes of a text with a probability above one half: spaCy writes a number for each."""
    if isinstance(cats, list):
        return [name_of(label, where, "cats") for label in cats]
    return [str(k) for k, n in mapping(cats or {}, where, "cats").items() if isinstance(n, int | float) and n > 0.5]


def _option(chosen: Any, options: list[Any]) -> str:
    """Return the label of an accepted option: its id, or its text if the id is a number or the text is a label of ours."""
    of = {str(option.get("id")): option for option in options if isinstance(option, Mapping) and "id" in option}
    option = of.get(str(chosen))
    if option is None and isinstance(chosen, int) and not of and 0 <= chosen < len(options):
        option = options[chosen]
        return str(option.get("text", chosen)) if isinstance(option, Mapping) else str(option)
    if option is None:
        return str(chosen)
    text = str(option.get("text") or option.get("label") or chosen)
    is_ours = plain_name(text) in _OURS and plain_name(str(chosen)) not in _OURS
    return text if is_ours or str(chosen).lstrip("-").isdigit() else str(chosen)
