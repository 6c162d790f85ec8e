"""Reading a folder of brat: ``NAME.txt`` with ``NAME.ann`` beside it, as `brat.standoff` and brat itself write them."""

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..corpora.reader import read_raw
from ..records import Span
from ..scheme import KINDS
from .brat_writer import BIAS, LOADED, NOTE, SENTENCE, SOURCE_TYPE
from .passages import CONTENT, CUE, SOURCE, Judged, Passage, Said, mapping
from .passages import SENTENCE as SENTENCE_ROLE
from .passages import Mark as Place
from .standoff import Mark, Standoff, parse_standoff

_ROLES = {"Source": SOURCE, "Cue": CUE, "Content": CONTENT}


def is_brat(folder: Path) -> bool:
    """Tell whether a folder holds annotations of brat."""
    return any(folder.glob("*.ann"))


def read_brat(folder: Path) -> Iterator[Judged]:
    """Yield the articles of a folder; marks of other types than ours are left out.

    Raises
    ------
    SaysoError
        If a text is missing, a line is broken, or a mark's words are not what stands there.
    """
    for path in sorted(folder.glob("*.ann")):
        text_path = path.with_suffix(".txt")
        if not text_path.is_file():
            raise SaysoError(f"{path}: its text is missing; {text_path.name} should stand beside it.")
        text = read_raw(text_path)
        found = parse_standoff(read_raw(path))
        if found.broken:
            raise SaysoError(f"{path}:{found.broken[0]}: no line of standoff; mend or remove it.")
        yield _passage(found, text, path), None


def _passage(found: Standoff, text: str, path: Path) -> Passage:
    for mark in found.marks.values():
        _check(mark, text, path)
    notes = {key: _note(words, f"{path}: note of {key}") for kind, key, words in found.notes if kind == NOTE}
    given = {(key, name): value for name, key, value in found.attributes}
    passage = Passage(path.stem, text, str(path))
    for key, mark in found.marks.items():
        hull = Span(mark.spans[0].start, mark.spans[-1].end)
        if mark.type in (*KINDS, SENTENCE):
            note = notes.get(key, {})
            values: dict[str, Any] = {
                "kind": mark.type if mark.type in KINDS else None,
                "source_type": given.get((key, SOURCE_TYPE)),
            }
            values |= {"bias": given.get((key, BIAS)), "stance": note.get("stance") or {}, "extra": note.get("extra") or {}}
            values = {name: value for name, value in values.items() if value is not None}
            passage.sentences.append(Place(SENTENCE_ROLE, *hull, None, values | ({"n": note["n"]} if "n" in note else {})))
            if "article" in note:
                passage.id, passage.about = str(note["article"]), dict(mapping(note.get("about"), str(path), "about"))
        elif mark.type == LOADED:
            passage.loaded.append(Place("loaded", *hull))
    for key, event in found.events.items():
        said = Said(_parts(event, found, text), dict(notes.get(key, {})))
        if source_type := given.get((key, SOURCE_TYPE)):
            said.values["source_type"] = source_type
        passage.said += [said] if said.marks else []
    return passage


def _check(mark: Mark, text: str, path: Path) -> None:
    end = mark.spans[-1].end
    if end > len(text):
        raise SaysoError(
            f"{path}:{mark.line}: {mark.key} ends at {end}, its text at {len(text)}; they do not belong together."
        )
    there = " ".join(re.sub(r"\s", " ", span.of(text)) for span in mark.spans)
    if there != re.sub(r"\s", " ", mark.words):
        raise SaysoError(f"{path}:{mark.line}: {mark.key} is {there[:40]!r} in the text, not {mark.words[:40]!r}.")


def _note(words: str, where: str) -> Mapping[str, Any]:
    try:
        return mapping(json.loads(words), where, "it")
    except ValueError as error:
        raise SaysoError(f"{where}: broken JSON ({error}); remove the note, or mend it.") from error


def _parts(event: list[tuple[str, str]], found: Standoff, text: str) -> list[Place]:
    places: list[Place] = []
    for name, key in event:
        role = _ROLES.get(re.sub(r"\d+$", "", name))
        if role and key in found.marks:
            spans = found.marks[key].spans
            pieces = _joined(spans, text) if role == CONTENT else [Span(spans[0].start, spans[-1].end)]
            places += [Place(role, *piece) for piece in pieces]
    return places


def _joined(spans: tuple[Span, ...], text: str) -> list[Span]:
    """Join pieces between which nothing but white space stands: brat cuts a span at each line's end."""
    found = [spans[0]]
    for span in spans[1:]:
        if text[found[-1].end : span.start].strip():
            found.append(span)
        else:
            found[-1] = Span(found[-1].start, span.end)
    return found
