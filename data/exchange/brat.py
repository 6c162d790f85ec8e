"""brat and its standoff: ``NAME.txt`` with ``NAME.ann`` beside it, and a configuration.

Sentences are marked with their kind and carry their source type; attributions are events, as in PolNeAR.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..atomic_write import replace_folder
from ..records import Attribution, LabelledArticle, Sentence, Span
from ..rows.files import read_json, read_utf8
from ..scheme import BIASES, KINDS, SOURCE_TYPES
from ..system.file_names import ascii_stem, visible
from ..system.whole_file import begins_with
from .format import Format
from .passages import (
    CONTENT,
    CUE,
    LOADED,
    SENTENCE,
    SOURCE,
    Judged,
    MarkedAttribution,
    Passage,
    about,
    about_of,
    mapping,
    name_of,
)
from .passages import Mark as Place
from .standoff import Mark, Standoff, parse_standoff

_SENTENCE, _LOADED = "Sentence", "Loaded"
_SOURCE_TYPE, _BIAS = "SourceType", "Bias"
_NOTE = "Sayso"
"""Type of the notes that hold, as JSON, what brat has no marks for."""

_SHOWN = "AnnotatorNotes"
"""Type of the notes that brat shows beside a mark."""

_ROLES = {"Source": SOURCE, "Cue": CUE, "Content": CONTENT}
_ENTITIES = "\n".join([*KINDS, _SENTENCE, "Source", "Cue", "Content", _LOADED])
_CONF = "annotation.conf"
SIGN = "# Written by sayso."
CONFIGURATION = f"""\
{SIGN}
[entities]
{_ENTITIES}

[relations]

[events]
Attribution Source?:Source, Cue?:Cue, Content+:Content

[attributes]
{_SOURCE_TYPE} Arg:<ANY>, Value:{"|".join(SOURCE_TYPES)}
{_BIAS} Arg:<ANY>, Value:{"|".join(BIASES)}
"""


def standoff(labelled: LabelledArticle, *, whole: bool = False) -> str:
    """Give the annotations of an article, one a line; offsets count the characters of its text.

    Parameters
    ----------
    labelled : LabelledArticle
    whole : bool, default=False
        Write everything, so that it can be read back: sentences without a kind, loaded words, each span of content
        as a mark of its own, and the rest as notes. Otherwise what is of use to look at.

    Notes
    -----
    A span is in pieces where a line ends in it: brat takes no span over a line's end. An attribution's
    trigger stands at its cue, without one where its content begins. Offsets are characters: brat reads and
    counts texts as Unicode strings of Python (nlplab/brat, ``server/src/annotation.py``).
    """
    lines = _Lines(labelled, whole)
    for sentence in labelled.sentences:
        lines.add_sentence(sentence)
    return "".join([f"{line}\n" for line in lines.written])


class _Lines:
    """Numbers marks, events, attributes and notes while they are written."""

    def __init__(self, labelled: LabelledArticle, whole: bool) -> None:
        self._text, self._labelled, self._whole = labelled.article.text, labelled, whole
        self._n = {"T": 0, "E": 0, "A": 0, "#": 0}
        self.written: list[str] = []

    def add_sentence(self, sentence: Sentence) -> None:
        if sentence.kind or self._whole:
            key = self._mark(sentence.kind or _SENTENCE, [sentence.span])
            self._attribute(_SOURCE_TYPE, key, sentence.source_type)
            if self._whole:
                self._attribute(_BIAS, key, sentence.bias)
                self._note(key, self._rest(sentence))
            elif sentence.extra:
                labels = "; ".join([f"{column}: {label}" for column, label in sentence.extra.items()])
                self._add("#", f"{_SHOWN} {key}\t{' '.join(labels.split())}")
        for attribution in sentence.attributions:
            self._attribution(attribution)
        for span in sentence.loaded if self._whole else ():
            self._mark(_LOADED, [span])

    def _rest(self, s: Sentence) -> dict[str, Any]:
        """Give what of a sentence brat has no marks for; the first sentence takes what is known of the article."""
        rest: dict[str, Any] = {"n": s.n, "stance": dict(s.stance), "extra": dict(s.extra)}
        if s is self._labelled.sentences[0]:
            rest["article"], rest["about"] = self._labelled.article.id, about(self._labelled)
        return {key: value for key, value in rest.items() if value or key == "n"}

    def _attribution(self, attribution: Attribution) -> None:
        parts: list[tuple[str, Sequence[Span | None]]] = [("Source", [attribution.source]), ("Cue", [attribution.cue])]
        if self._whole:
            parts += [(f"Content{n if n > 1 else ''}", [span]) for n, span in enumerate(attribution.content, 1)]
        else:
            parts.append(("Content", attribution.content))
        marks = [
            (role, self._mark(role.rstrip("0123456789"), [span for span in spans if span]))
            for role, spans in parts
            if any(spans)
        ]
        anchor = attribution.cue or (attribution.content[0] if attribution.content else attribution.source)
        if anchor is None:
            return
        trigger = self._mark("Attribution", [anchor])
        roles = " ".join([f"Attribution:{trigger}", *(f"{role}:{key}" for role, key in marks)])
        event = self._add("E", roles)
        self._attribute(_SOURCE_TYPE, event, attribution.source_type)
        if self._whole and attribution.speaker:
            self._note(event, {"speaker": attribution.speaker})

    def _mark(self, name: str, spans: Sequence[Span]) -> str:
        pieces = [piece for span in spans for piece in _lines_of(self._text, span)]
        places = ";".join([f"{start} {end}" for start, end in pieces])
        return self._add("T", f"{name} {places}\t{' '.join([piece.of(self._text) for piece in pieces])}")

    def _attribute(self, name: str, of: str, value: str | None) -> None:
        if value:
            self._add("A", f"{name} {of} {value}")

    def _note(self, of: str, value: dict[str, Any]) -> None:
        self._add("#", f"{_NOTE} {of}\t{json.dumps(value, ensure_ascii=False)}")

    def _add(self, letter: str, what: str) -> str:
        self._n[letter] += 1
        key = f"{letter}{self._n[letter]}"
        self.written.append(f"{key}\t{what}")
        return key


def _lines_of(text: str, span: Span) -> Iterator[Span]:
    """Cut a span at line ends, white space around them left out."""
    at = span.start
    for line in span.of(text).split("\n"):
        start, end = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
        if start < end:
            yield Span(start, end)
        at += len(line) + 1


def _write(articles: Sequence[LabelledArticle], path: Path) -> None:
    with replace_folder(path) as folder:
        (folder / _CONF).write_bytes(CONFIGURATION.encode())
        for number, labelled in enumerate(articles, 1):
            stem = f"{number:05d}-{ascii_stem(labelled.article.id) or 'article'}"
            (folder / f"{stem}.txt").write_bytes(labelled.article.text.encode())
            (folder / f"{stem}.ann").write_bytes(standoff(labelled, whole=True).encode())


def is_of_brat(path: Path) -> bool:
    """Tell whether a file is brat's configuration, or a text or annotations that stand beside each other."""
    pair = (path.with_suffix(suffix) for suffix in (".txt", ".ann"))
    return path.name == _CONF or (path.suffix in (".txt", ".ann") and all(one.is_file() for one in pair))


def _foreign_file(folder: Path) -> str | None:
    """Name the first file in a folder that we did not write; without our configuration that is any."""
    conf = folder / _CONF
    is_ours = begins_with(conf, SIGN)
    files = visible(folder, "*")
    return next((path.name for path in files if not (is_ours and path.is_file() and is_of_brat(path))), None)


def _read(folder: Path) -> Iterator[Judged]:
    """Yield the articles of a folder; marks of other types than ours are left out."""
    for path in visible(folder, "*.ann"):
        text_path = path.with_suffix(".txt")
        if not text_path.is_file():
            raise SaysoError(f"{path}: its text is missing; put {text_path.name} into the same folder.")
        text = read_utf8(text_path)
        annotations = parse_standoff(read_utf8(path))
        if annotations.broken:
            raise SaysoError(f"{path}:{annotations.broken[0]}: not a line of brat's standoff format; correct or remove it.")
        yield _passage(annotations, text, path), None


def _passage(annotations: Standoff, text: str, path: Path) -> Passage:
    for mark in annotations.marks.values():
        _check(mark, text, path)
    notes = {key: _note(words, f"{path}: note of {key}") for kind, key, words in annotations.notes if kind == _NOTE}
    attributes: dict[str, dict[str, str]] = {}
    for name, key, value in annotations.attributes:
        attributes.setdefault(key, {})[name] = value
    passage = Passage(path.stem, text, str(path))
    for key, mark in annotations.marks.items():
        if mark.type == _LOADED:
            passage.loaded.append(Place(LOADED, *_hull(mark)))
        elif mark.type in (*KINDS, _SENTENCE):
            note = notes.get(key, {})
            mapping(note.get("extra") or {}, f"{path}: note of {key}", "extra")
            passage.sentences.append(_sentence(mark, attributes.get(key, {}), note))
            if "article" in note:
                passage.id = name_of(note["article"], str(path), "article")
                passage.about = about_of(note.get("about"), str(path), "about")
    for key, event in annotations.events.items():
        marks, values = _parts(event, annotations, text), dict(notes.get(key, {}))
        if source_type := attributes.get(key, {}).get(_SOURCE_TYPE):
            values["source_type"] = source_type
        passage.attributions += [MarkedAttribution(marks, values)] if marks else []
    return passage


def _sentence(mark: Mark, attributes: Mapping[str, str], note: Mapping[str, Any]) -> Place:
    values = {
        "kind": mark.type if mark.type in KINDS else None,
        "source_type": attributes.get(_SOURCE_TYPE),
        "bias": attributes.get(_BIAS),
        "stance": note.get("stance") or {},
        "extra": note.get("extra") or {},
        "n": note.get("n"),
    }
    known = {name: value for name, value in values.items() if value is not None}
    return Place(SENTENCE, *_hull(mark), None, known)


def _hull(mark: Mark) -> Span:
    return Span(mark.spans[0].start, mark.spans[-1].end)


def _check(mark: Mark, text: str, path: Path) -> None:
    end = mark.spans[-1].end
    if end > len(text):
        raise SaysoError(
            f"{path}:{mark.line}: {mark.key} ends at {end}, but the text ends at {len(text)}; the "
            "annotation and the text do not belong together."
        )
    there = " ".join(re.sub(r"\s", " ", span.of(text)) for span in mark.spans)
    if there != re.sub(r"\s", " ", mark.words):
        raise SaysoError(f"{path}:{mark.line}: {mark.key} is {there[:40]!r} in the text, not {mark.words[:40]!r}.")


def _note(words: str, where: str) -> Mapping[str, Any]:
    return mapping(read_json(words, where), where, "it")


def _parts(event: list[tuple[str, str]], annotations: Standoff, text: str) -> list[Place]:
    places: list[Place] = []
    for name, key in event:
        role = _ROLES.get(re.sub(r"\d+$", "", name))
        if role and key in annotations.marks:
            spans = annotations.marks[key].spans
            pieces = _joined(spans, text) if role == CONTENT else [_hull(annotations.marks[key])]
            places += [Place(role, *piece) for piece in pieces]
    return places


def _joined(spans: tuple[Span, ...], text: str) -> list[Span]:
    """Join pieces between which nothing but white space stands: brat cuts a span at each line's end."""
    joined = [spans[0]]
    for span in spans[1:]:
        if text[joined[-1].end : span.start].strip():
            joined.append(span)
        else:
            joined[-1] = Span(joined[-1].start, span.end)
    return joined


FORMAT = Format(
    tool="brat",
    holds="everything, partly in notes; a folder with annotation.conf",
    suffixes=(".ann",),
    write=_write,
    read=_read,
    knows=lambda folder: bool(visible(folder, "*.ann")),
    foreign_file=_foreign_file,
)
