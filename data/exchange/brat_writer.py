"""Writing labelled articles for brat and whatever else reads its standoff: a text, its annotations, a configuration.

Sentences are marked with their kind and carry their source type; attributions are events, as in PolNeAR.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from ..records import Attribution, LabelledArticle, Sentence, Span
from ..rows.places import ABOUT, ABOUT_ARTICLE
from ..scheme import BIASES, KINDS, SOURCE_TYPES

SENTENCE, LOADED = "Sentence", "Loaded"
SOURCE_TYPE, BIAS = "SourceType", "Bias"
NOTE = "Sayso"
"""Type of the notes that hold, as JSON, what brat has no marks for."""

SHOWN = "AnnotatorNotes"
"""Type of the notes that brat shows beside a mark."""

_ENTITIES = "\n".join([*KINDS, SENTENCE, "Source", "Cue", "Content", LOADED])
CONFIGURATION = f"""\
# Written by sayso.
[entities]
{_ENTITIES}

[relations]

[events]
Attribution Source?:Source, Cue?:Cue, Content+:Content

[attributes]
{SOURCE_TYPE} Arg:<ANY>, Value:{"|".join(SOURCE_TYPES)}
{BIAS} Arg:<ANY>, Value:{"|".join(BIASES)}
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
            key = self._mark(sentence.kind or SENTENCE, [sentence.span])
            self._attribute(SOURCE_TYPE, key, sentence.source_type)
            if self._whole:
                self._attribute(BIAS, key, sentence.bias)
                self._note(key, self._rest(sentence))
            elif sentence.extra:
                told = "; ".join([f"{column}: {label}" for column, label in sentence.extra.items()])
                self._add("#", f"{SHOWN} {key}\t{' '.join(told.split())}")
        for attribution in sentence.attributions:
            self._attribution(attribution)
        for span in sentence.loaded if self._whole else ():
            self._mark(LOADED, [span])

    def _rest(self, s: Sentence) -> dict[str, Any]:
        """Give what of a sentence brat has no marks for; the first sentence takes what is known of the article."""
        rest: dict[str, Any] = {"n": s.n, "stance": dict(s.stance), "extra": dict(s.extra)}
        if s is self._labelled.sentences[0]:
            rest["article"], rest["about"] = self._labelled.article.id, about(self._labelled)
        return {key: value for key, value in rest.items() if value or key == "n"}

    def _attribution(self, found: Attribution) -> None:
        parts: list[tuple[str, Sequence[Span | None]]] = [("Source", [found.source]), ("Cue", [found.cue])]
        if self._whole:
            parts += [(f"Content{n if n > 1 else ''}", [span]) for n, span in enumerate(found.content, 1)]
        else:
            parts.append(("Content", found.content))
        marks = [
            (role, self._mark(role.rstrip("0123456789"), [span for span in spans if span]))
            for role, spans in parts
            if any(spans)
        ]
        anchor = found.cue or (found.content[0] if found.content else found.source)
        if anchor is None:
            return
        trigger = self._mark("Attribution", [anchor])
        roles = " ".join([f"Attribution:{trigger}", *(f"{role}:{key}" for role, key in marks)])
        event = self._add("E", roles)
        self._attribute(SOURCE_TYPE, event, found.source_type)
        if self._whole and found.speaker:
            self._note(event, {"speaker": found.speaker})

    def _mark(self, name: str, spans: Sequence[Span]) -> str:
        pieces = [piece for span in spans for piece in _lines_of(self._text, span)]
        places = ";".join([f"{start} {end}" for start, end in pieces])
        return self._add("T", f"{name} {places}\t{' '.join([piece.of(self._text) for piece in pieces])}")

    def _attribute(self, name: str, of: str, value: str | None) -> None:
        if value:
            self._add("A", f"{name} {of} {value}")

    def _note(self, of: str, value: dict[str, Any]) -> None:
        self._add("#", f"{NOTE} {of}\t{json.dumps(value, ensure_ascii=False)}")

    def _add(self, letter: str, what: str) -> str:
        self._n[letter] += 1
        key = f"{letter}{self._n[letter]}"
        self.written.append(f"{key}\t{what}")
        return key


def about(labelled: LabelledArticle) -> dict[str, Any]:
    """Give what is known of an article besides its text, as columns of a row."""
    found: dict[str, Any] = {name: getattr(labelled.article, name) for name in ABOUT}
    found = {name: value for name, value in found.items() if value is not None}
    found |= {key if key == "split" else ABOUT_ARTICLE + key: value for key, value in labelled.meta.items()}
    found["targets"] = [{"name": name, "aliases": list(also)} for name, also in labelled.targets.items()]
    found["complete"] = sorted(labelled.complete)
    return found


def _lines_of(text: str, span: Span) -> Iterator[Span]:
    """Cut a span at line ends, white space around them left out."""
    at = span.start
    for line in span.of(text).split("\n"):
        start, end = at + len(line) - len(line.lstrip()), at + len(line.rstrip())
        if start < end:
            yield Span(start, end)
        at += len(line) + 1
