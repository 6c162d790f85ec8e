"""Writing labelled articles for brat and whatever else reads its standoff: a text, its annotations, a configuration.

Sentences are marked with their kind and carry their source type; attributions are events, as in PolNeAR.
"""

from collections.abc import Iterator, Sequence

from .records import Article, Attribution, LabelledArticle, Sentence, Span
from .scheme import KINDS, SOURCE_TYPES

_KINDS = "\n".join(KINDS)
CONFIGURATION = f"""\
# Written by sayso.
[entities]
{_KINDS}
Source
Cue
Content

[relations]

[events]
Attribution Source?:Source, Cue?:Cue, Content+:Content

[attributes]
SourceType Arg:<ANY>, Value:{"|".join(SOURCE_TYPES)}
"""


def standoff(labelled: LabelledArticle) -> str:
    """Give the annotations of an article, one a line; offsets count the characters of its text.

    Notes
    -----
    A span is in pieces where a line ends in it: brat takes no span over a line's end. An attribution's
    trigger stands at its cue, without one where its content begins.
    """
    lines = _Lines(labelled.article)
    for sentence in labelled.sentences:
        lines.add_sentence(sentence)
    return "".join([f"{line}\n" for line in lines.written])


class _Lines:
    """Numbers marks, events and attributes while they are written."""

    def __init__(self, article: Article) -> None:
        self._text = article.text
        self._n = {"T": 0, "E": 0, "A": 0}
        self.written: list[str] = []

    def add_sentence(self, sentence: Sentence) -> None:
        if sentence.kind:
            self._attribute(self._mark(sentence.kind, [sentence.span]), sentence.source_type)
        for attribution in sentence.attributions:
            self._attribution(attribution)

    def _attribution(self, found: Attribution) -> None:
        parts = [("Source", [found.source]), ("Cue", [found.cue]), ("Content", found.content)]
        marks = [(role, self._mark(role, [span for span in spans if span])) for role, spans in parts if any(spans)]
        anchor = found.cue or (found.content[0] if found.content else found.source)
        if anchor is None:
            return
        trigger = self._mark("Attribution", [anchor])
        roles = " ".join([f"Attribution:{trigger}", *(f"{role}:{key}" for role, key in marks)])
        self._attribute(self._add("E", roles), found.source_type)

    def _mark(self, name: str, spans: Sequence[Span]) -> str:
        pieces = [piece for span in spans for piece in _lines_of(self._text, span)]
        places = ";".join([f"{start} {end}" for start, end in pieces])
        return self._add("T", f"{name} {places}\t{' '.join([piece.of(self._text) for piece in pieces])}")

    def _attribute(self, of: str, source_type: str | None) -> None:
        if source_type:
            self._add("A", f"SourceType {of} {source_type}")

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
