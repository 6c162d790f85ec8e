"""Prodigy: a task a line, with spans and relations; a task without an answer holds suggestions.

Format: prodi.gy/docs/api-interfaces (``spans_manual``, ``relations``). Offsets are those of spaCy: characters of a Python
string. Lines of other tools that count UTF-16 units are read by the words of each span, where those are given.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..articles.notices import Say
from ..records import LabelledArticle
from ..rows.places import Row
from ..rows.suggestions import has_labels, has_suggestions, suggested
from ..schemas.shown import shown
from .exports import prodigy_answers
from .exports.items import JSON, knows, objects
from .format import Format, Rows, write_lines
from .passages import (
    CONTENT,
    CUE,
    LOADED,
    ROLES,
    SENTENCE,
    SOURCE,
    Judged,
    Mark,
    MarkedAttribution,
    Passage,
    about_of,
    as_line,
    listed,
    mapping,
    name_of,
    passage_of,
    rows_of_judged,
    settled,
)

_ANSWERS = ("accept", "reject", "ignore")
_WHOLE = ("accept", "label", "cats")
"""What holds labels of the whole text in other interfaces."""


def task(labelled: LabelledArticle) -> dict[str, Any]:
    """Give the task of an article: its labels as accepted ones, or else what is suggested, to be answered."""
    is_open = not has_labels(labelled) and has_suggestions(labelled)
    passage = passage_of(suggested(labelled) if is_open else labelled)
    spans = [{"start": m.start, "end": m.end, "text": m.words, "label": m.role, **m.values} for m in passage.sentences]
    spans += [{"start": m.start, "end": m.end, "text": m.words, "label": m.role} for m in passage.loaded]
    relations: list[dict[str, Any]] = []
    for number, attribution in enumerate(passage.attributions):
        if not attribution.marks:  # nothing to be marked in the text; `sayso data check` names it as an error
            continue
        head, *others = sorted(attribution.marks, key=lambda mark: (CUE, CONTENT, SOURCE).index(mark.role))
        spans += [_span(mark) | {"attribution": number} for mark in others]
        spans.append(_span(head) | {"attribution": number} | attribution.values)
        relations += [{"head_span": _span(head), "child_span": _span(mark), "label": mark.role} for mark in others]
    task = {"text": passage.text, "spans": spans, "relations": relations, "meta": {"id": passage.id, **passage.about}}
    return task if is_open else {**task, "answer": "accept"}


def _span(mark: Mark) -> dict[str, Any]:
    return {"start": mark.start, "end": mark.end, "text": mark.words, "label": mark.role}


def _write(articles: Sequence[LabelledArticle], path: Path) -> None:
    write_lines(path, (as_line(task(labelled)) + "\n" for labelled in articles))


def _fits(item: Mapping[str, Any]) -> bool:
    """Tell a task by the numbers that Prodigy gives it, by its spans, or by what can be accepted."""
    if {"_task_hash", "_input_hash"} & item.keys():
        return True
    if not isinstance(item.get("text"), str):
        return False
    is_choice = "accept" in item and ("options" in item or "answer" in item)
    return "spans" in item or is_choice or ("answer" in item and item["answer"] in _ANSWERS and "label" in item)


def _read_rows(path: Path, notice: Say) -> Rows:
    """Give the rows of tasks whose spans have our roles, or of tasks with labels of the user's own."""
    if not any(_is_ours(task) for _, task in objects(path)):
        return prodigy_answers.export(path).rows(notice)
    return rows_of_judged(_read(path, notice))


def _is_ours(task: Row) -> bool:
    spans = task.get("spans")
    return isinstance(spans, list) and any(isinstance(span, Mapping) and span.get("label") in ROLES for span in spans)


def _read(path: Path, notice: Say) -> Iterator[Judged]:
    """Yield what was accepted; rejected and ignored tasks are left out, open ones are suggestions."""
    unused: Counter[str] = Counter()
    for where, row in objects(path):
        answer = row.get("answer")
        if answer is not None and answer not in _ANSWERS:
            raise SaysoError(f"{where}: answer {shown(answer)} is not one of {', '.join(_ANSWERS)}.")
        unused.update(f"values of {name!r} outside the spans, left out" for name in _WHOLE if row.get(name))
        if answer in (None, "accept"):
            passage = _passage(row, where)
            yield (passage, None) if answer else (_unlabelled(passage), passage)
        else:
            unused[f"tasks answered with {answer}, left out"] += 1
    for what, n in sorted((+unused).items()):
        notice(f"{path}: Prodigy: {what}: {n:,}.")


def _unlabelled(passage: Passage) -> Passage:
    numbers = [{"n": m.values["n"]} if "n" in m.values else {} for m in passage.sentences]
    marks = [Mark(SENTENCE, m.start, m.end, m.words, n) for m, n in zip(passage.sentences, numbers, strict=True)]
    return Passage(passage.id, passage.text, passage.where, passage.about, marks)


def _passage(row: Row, where: str) -> Passage:
    text, meta = row.get("text"), mapping(row.get("meta") or {}, where, "meta")
    if not isinstance(text, str):
        raise SaysoError(f"{where}: no text; each line must be a Prodigy task.")
    about = about_of({name: value for name, value in meta.items() if name not in ("id", *_THEIRS)}, where, "meta")
    passage = Passage(name_of(meta.get("id") or where, where, "meta.id"), text, where, about)
    attributions: dict[str, MarkedAttribution] = {}
    places: dict[tuple[str, ...], str] = {}
    for number, span in enumerate(listed(row.get("spans"), where, "spans"), 1):
        mark, rest = _mark(mapping(span, where, f"span {number}"), text, f"{where}: span {number}")
        if mark.role == SENTENCE:
            mark.values = {"extra": {}, **rest}
            passage.sentences.append(mark)
        elif mark.role == LOADED:
            passage.loaded.append(mark)
        else:
            key = str(rest.pop("attribution", f"{_ALONE}{number}"))
            places[_place(span)] = key
            attribution = attributions.setdefault(key, MarkedAttribution())
            attribution.marks.append(mark)
            attribution.values |= {name: value for name, value in rest.items() if name in ("speaker", "source_type")}
    _join(attributions, places, listed(row.get("relations"), where, "relations"), where)
    passage.attributions = [attributions[key] for key in sorted(attributions, key=lambda key: (len(key), key))]
    return passage


_ALONE = "span "  # a span that carries no number of an attribution
_THEIRS = frozenset(("score", "source", "pattern"))  # what Prodigy's recipes write into meta


def _mark(span: Mapping[str, Any], text: str, where: str) -> tuple[Mark, dict[str, Any]]:
    label, words = span.get("label"), span.get("text")
    if label not in ROLES:
        raise SaysoError(f"{where} is labelled {shown(label)}; it must be one of {', '.join(ROLES)}.")
    start, end = settled(text, span.get("start"), span.get("end"), words, where)
    known = ("start", "end", "text", "label", "token_start", "token_end", "type", "id", "source", "input_hash", "_is_binary")
    return Mark(str(label), start, end, words), {name: value for name, value in span.items() if name not in known}


def _place(span: Mapping[str, Any]) -> tuple[str, ...]:
    """Name a span by its place and label, as relations do."""
    return str(span.get("start")), str(span.get("end")), str(span.get("label"))


def _join(
    attributions: dict[str, MarkedAttribution], places: dict[tuple[str, ...], str], relations: list[Any], where: str
) -> None:
    """Bring spans together that a person has joined by a relation; ours carry their attribution's number."""
    for number, relation in enumerate(relations, 1):
        ends = []
        for side in ("head_span", "child_span"):
            end = mapping(mapping(relation, where, f"relation {number}").get(side) or {}, where, side)
            ends.append(places.get(_place(end), ""))
        one, other = ends
        if one == other or not {one, other} <= attributions.keys():
            continue
        if one.startswith(_ALONE) or other.startswith(_ALONE):
            moved = attributions.pop(other)
            attributions[one].marks += moved.marks
            attributions[one].values |= moved.values
            places |= {place: one for place, key in places.items() if key == other}


FORMAT = Format(
    tool="Prodigy",
    holds="everything; suggestions as tasks without an answer",
    suffixes=(".jsonl", *(suffix for suffix in JSON if suffix != ".jsonl")),
    write=_write,
    read_rows=_read_rows,
    knows=knows(_fits),
)
