"""Splitting an article into sentences, each with its place in the text.

`split` loses nothing: every character that is not white space lies in exactly one sentence. `find_sentences`
goes on from there and takes out what is not a sentence of the article: page furniture and datelines.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from ..records import Article, LabelledArticle, Sentence, Span
from .furniture import cut_furniture
from .text.boundaries import Candidate, candidates, is_boundary
from .text.line_breaks import LINE_END, running_on, trimmed
from .text.notes import cut_notes, without_notes

_LONGEST_PIECE = 2_000  # nupunkt's time grows with the square of some inputs, so it never sees more at once

_SAME_ON_BOTH_SIDES = re.compile(r"”(?<!\S.)(?=\w)")  # ”No”, as in Finnish and Swedish


def find_sentences(text: str) -> list[Span]:
    r"""Return the sentences of an article, headline included, without page furniture and datelines.

    >>> article = "Rain stops play\n- May 2, 2021\nLEEDS, May 2 (Reuters) - It rained. Play stopped."
    >>> [span.of(article) for span in find_sentences(article)]
    ['Rain stops play', 'It rained.', 'Play stopped.']
    """
    paragraphs = (cut_notes(text, split_block(text, block)) for block in blocks(text))
    return cut_furniture(text, [paragraph for paragraph in paragraphs if paragraph])


def in_sentences(article: Article, meta: Mapping[str, str] | None = None) -> LabelledArticle:
    """Return an article with its sentences, and no labels."""
    sentences = tuple(Sentence(n, span) for n, span in enumerate(find_sentences(article.text)))
    return LabelledArticle(article, sentences, meta=meta or {})


def split(text: str) -> list[Span]:
    """Return the sentences of a text in order; together they hold every character but white space.

    >>> text = 'The U.S. Senate voted.Nobody objected. "Why should we?" asked Sen. Lee.'
    >>> [span.of(text) for span in split(text)]
    ['The U.S. Senate voted.', 'Nobody objected.', '"Why should we?" asked Sen. Lee.']
    """
    return [span for block in blocks(text) for span in split_block(text, block)]


def blocks(text: str) -> list[Span]:
    """Return the paragraphs of a text: its lines, or where it is hard-wrapped the lines that run on.

    An empty line always ends a paragraph, but in a text that is double-spaced. A line that begins in lower case goes on
    with the line above, unless that one ended a sentence.
    """
    paragraphs: list[Span] = []
    for line, goes_on in running_on(text):
        start = paragraphs.pop().start if goes_on else line.start
        paragraphs.append(Span(start, line.end))
    return paragraphs


def split_block(text: str, block: Span) -> list[Span]:
    """Split one paragraph into its sentences."""
    source = _SAME_ON_BOTH_SIDES.sub("“", without_notes(block.of(text)))
    possible = list(candidates(source))
    if not possible:
        return [block]
    known = [is_boundary(source, candidate) for candidate in possible]
    likely = _nupunkt_starts(source, possible) if None in known else set()
    spans: list[Span] = []
    begun = [c.start for c, begins in zip(possible, known, strict=True) if begins or (begins is None and c.start in likely)]
    start = block.start
    for end in [*[block.start + at for at in begun], block.end]:
        span = trimmed(text, start, end)
        if span.start < span.end:
            spans.append(span)
        start = end
    return spans


def _nupunkt_starts(source: str, possible: list[Candidate]) -> set[int]:
    """Ask nupunkt which candidates begin a sentence, in a view where glued sentences are set apart."""
    glued = [c.start for c in possible if c.glued]
    parts, at = [], 0
    for cut in glued:
        parts += [source[at:cut], " "]
        at = cut
    parts.append(source[at:])
    view = LINE_END.sub(lambda m: " " * len(m[0]), "".join(parts))
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
    import nupunkt  # takes a twentieth of a second, which printing help need not

    return nupunkt.load("default")
