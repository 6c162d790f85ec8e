"""Splitting an article into sentences, each with its place in the text.

`split` loses nothing: every character that is not white space lies in exactly one sentence. `find_sentences`
goes on from there and takes out what is not a sentence of the article: page furniture and datelines.
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from typing import Any

from ..records import Span
from .text.boundaries import Candidate, candidates, is_boundary
from .furniture import cut_furniture
from .text.notes import cut_notes, without_notes

_LINE_END = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029](?:(?<=\r)\n)?")
_FIRST_WORD = re.compile(r"\S{1,60}")
_LONGEST_WRAPPED_LINE = 160  # characters; a text with a longer line has a paragraph a line
_LONGEST_PIECE = 2_000  # nupunkt's time grows with the square of some inputs, so it never sees more at once
_END_MARKS = (".", "!", "?", "…")
_CLOSING = "\"'”’“)]»*"


def find_sentences(text: str) -> list[Span]:
    r"""Return the sentences of an article, headline included, without page furniture and datelines.

    >>> article = "Rain stops play\n- May 2, 2021\nLEEDS, May 2 (Reuters) - It rained. Play stopped."
    >>> [span.of(article) for span in find_sentences(article)]
    ['Rain stops play', 'It rained.', 'Play stopped.']
    """
    paragraphs = (cut_notes(text, split_block(text, block)) for block in blocks(text))
    return cut_furniture(text, [paragraph for paragraph in paragraphs if paragraph])


def split(text: str) -> list[Span]:
    """Return the sentences of a text in order; together they hold every character but white space.

    >>> text = 'The U.S. Senate voted.Nobody objected. "Why should we?" asked Sen. Lee.'
    >>> [span.of(text) for span in split(text)]
    ['The U.S. Senate voted.', 'Nobody objected.', '"Why should we?" asked Sen. Lee.']
    """
    return [span for block in blocks(text) for span in split_block(text, block)]


def blocks(text: str) -> list[Span]:
    """Return the paragraphs of a text: its lines, or where it is hard-wrapped the lines that run on.

    An empty line always ends a paragraph. A line that begins in lower case goes on with the line above,
    unless that one ended a sentence.
    """
    lines = list(_lines(text))
    width = _wrapped_at(text, lines)
    paragraphs: list[Span] = []
    for line in lines:
        if paragraphs and _goes_on(text, paragraphs[-1], line, width):
            paragraphs[-1] = Span(paragraphs[-1].start, line.end)
        else:
            paragraphs.append(line)
    return paragraphs


def split_block(text: str, block: Span) -> list[Span]:
    """Split one paragraph into its sentences."""
    source = without_notes(block.of(text))
    possible = list(candidates(source))
    if not possible:
        return [block]
    known = [is_boundary(source, candidate) for candidate in possible]
    likely = _nupunkt_starts(source, possible) if None in known else set()
    begun = (c.start for c, begins in zip(possible, known, strict=True) if begins or (begins is None and c.start in likely))
    starts = [0, *begun, len(source)]
    spans = (_trimmed(text, block.start + start, block.start + end) for start, end in pairwise(starts))
    return [span for span in spans if span.start < span.end]


def _lines(text: str) -> Iterator[Span]:
    at = 0
    for end, after in [*((m.start(), m.end()) for m in _LINE_END.finditer(text)), (len(text), len(text))]:
        line = _trimmed(text, at, end)
        if line.start < line.end:
            yield line
        at = after


def _wrapped_at(text: str, lines: list[Span]) -> int:
    """Return the width at which a text was hard-wrapped; 0 for one with a paragraph a line."""
    width = max((line.end - line.start for line in lines), default=0)
    if width > _LONGEST_WRAPPED_LINE:
        return 0
    breaks = [below for above, below in pairwise(lines) if not _is_gap(text, above, below)]
    n_running_on = sum(_begins_small(text, below) for below in breaks)
    # of a wrapped text every second line or so begins small; of paragraphs hardly any does
    return width if 3 * n_running_on > len(breaks) else 0


def _goes_on(text: str, above: Span, below: Span, width: int) -> bool:
    if _is_gap(text, above, below):
        return False
    ended = text[max(above.start, above.end - 9) : above.end].rstrip(_CLOSING).endswith(_END_MARKS)
    if _begins_small(text, below) and not ended:
        return True
    if not width:
        return False
    last = text.rfind("\n", above.start, above.end) + 1 or above.start
    word = _FIRST_WORD.match(text, below.start, below.end)
    return word is not None and above.end - last + 1 + len(word[0]) > width


def _begins_small(text: str, line: Span) -> bool:
    begin = text[line.start : line.start + 3]
    return begin[0].islower() and not any(letter.isupper() for letter in begin)  # not iPhone


def _is_gap(text: str, above: Span, below: Span) -> bool:
    return len(_LINE_END.findall(text, above.end, below.start)) > 1


def _nupunkt_starts(source: str, possible: list[Candidate]) -> set[int]:
    """Ask nupunkt which candidates begin a sentence, in a view where glued sentences are set apart."""
    glued = [c.start for c in possible if c.glued]
    parts, at = [], 0
    for cut in glued:
        parts += [source[at:cut], " "]
        at = cut
    parts.append(source[at:])
    view = _LINE_END.sub(lambda m: " " * len(m[0]), "".join(parts))
    starts, passed = set(), 0
    for start in _nupunkt_view_starts(view):
        while passed < len(glued) and glued[passed] + passed < start:
            passed += 1
        starts.add(start - passed)
    return starts


def _nupunkt_view_starts(view: str) -> Iterator[int]:
    tokenizer, at = _nupunkt(), 0
    while at < len(view):
        end = at + _LONGEST_PIECE
        if end < len(view):
            end = view.rfind(" ", at + 1, end) + 1 or end
        for start, _ in tokenizer.iter_spans(view[at:end]):
            yield at + start
        at = end


@cache
def _nupunkt() -> Any:
    import nupunkt  # not needed to print help, and a twentieth of a second

    return nupunkt.load("default")


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)
