"""Annotations for people: a letter and a colour for each kind, sources underlined, cues bold.

Whatever in an article could steer a terminal is shown as �.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from ..data.records import Article, Span
from ..data.scheme import KINDS
from .annotation import Annotated

LETTERS = dict(zip(KINDS, "QOIN", strict=True))
_COLOURS = dict(zip(KINDS, ("36", "33", "32", "39"), strict=True))  # cyan, yellow, green, the terminal's own
_MARKS = {"source": ("4", "_"), "cue": ("1", "*")}  # style on a terminal, mark in plain text
Marks = list[str | None]  # of each character
_TYPE_WIDTH = 12
_NARROW = 60
_LEAST_WIDTH = 24
_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


class Terminal:
    """Writes annotations for reading.

    Parameters
    ----------
    colour : bool
        Escape sequences may be used; otherwise ``_source_`` and ``*cue*``.
    width : int or None
        Columns to wrap at; None gives a line a sentence.
    """

    def __init__(self, *, colour: bool, width: int | None) -> None:
        self._colour = colour
        self._width = width
        self._sentences: Counter[str] = Counter()
        self._words: Counter[str] = Counter()
        self._n_articles = self._n_abstained = 0

    def begin(self) -> str:
        """Give nothing."""
        return ""

    def article(self, article: Article, annotated: list[Annotated]) -> str:
        """Give the article's name and its sentences."""
        blank = "\n" if self._n_articles else ""
        self._n_articles += 1
        lines = [blank + self._style(clean(article.id), "2")]
        for a in annotated:
            self._sentences[a.kind] += 1
            self._words[a.kind] += len(_WORD.findall(a.span.of(article.text)))
            self._n_abstained += a.abstain
            lines += self._sentence(article.text, a)
        return "\n".join(lines) + "\n"

    def end(self) -> str:
        """Give the counts: sentences and share of words of each kind."""
        n_words = sum(self._words.values())
        head = [
            _counted(self._n_articles, "article"),
            _counted(sum(self._sentences.values()), "sentence"),
            _counted(n_words, "word"),
        ]
        lines = ["", ", ".join(head)]
        for kind in KINDS:
            share = self._words[kind] / max(n_words, 1)
            count = _counted(self._sentences[kind], "sentence")
            label = self._style(f"{LETTERS[kind]} {kind:<22}", _COLOURS[kind])
            lines.append(f"{label}  {count:>15}  {share:4.0%} of the words")
        if self._n_abstained:
            lines.append(f"? {_counted(self._n_abstained, 'sentence')} too uncertain to rely on")
        return "\n".join(lines) + "\n"

    def _sentence(self, text: str, a: Annotated) -> Iterator[str]:
        margin = f"{LETTERS[a.kind]}{'?' if a.abstain else ' '}{a.kind_scores[a.kind]:4.0%} "
        if self._width is None or self._width >= _NARROW:
            margin += f" {a.source_type:<{_TYPE_WIDTH}} "
        room = None if self._width is None else max(self._width - len(margin) - 1, _LEAST_WIDTH)
        shown, marks = self._shown(clean(a.span.of(text)), marks_of(text, a))
        for n, (start, end) in enumerate(wrap(shown, room)):
            left = self._style(margin, _COLOURS[a.kind]) if n == 0 else " " * len(margin)
            yield f"{left} {''.join(self._styled(shown, marks, start, end))}"

    def _shown(self, sentence: str, marks: Marks) -> tuple[str, Marks]:
        """Without colour put plain marks into the sentence, so that they are wrapped with it."""
        if self._colour:
            return sentence, marks
        pieces = [
            f"{_MARKS[mark][1]}{piece}{_MARKS[mark][1]}" if mark else piece for piece, mark in _pieces(sentence, marks)
        ]
        plain = "".join(pieces)
        return plain, [None] * len(plain)

    def _styled(self, shown: str, marks: Marks, start: int, end: int) -> Iterator[str]:
        for piece, mark in _pieces(shown[start:end], marks[start:end]):
            yield self._style(piece, _MARKS[mark][0]) if mark else piece

    def _style(self, text: str, style: str) -> str:
        return f"\x1b[{style}m{text}\x1b[0m" if self._colour else text


def _pieces(shown: str, marks: Marks) -> Iterator[tuple[str, str | None]]:
    """Cut a text where its mark changes."""
    for mark, pairs in groupby(zip(shown, marks, strict=True), key=lambda pair: pair[1]):
        yield "".join([c for c, _ in pairs]), mark


def marks_of(text: str, a: Annotated) -> Marks:
    """Give each character of a sentence its mark: ``source``, ``cue`` or none."""
    marks: Marks = [None] * (a.span.end - a.span.start)
    for mark, span in marked(text, a):
        for at in range(max(span.start, a.span.start), min(span.end, a.span.end)):
            marks[at - a.span.start] = mark
    return marks


def marked(text: str, a: Annotated) -> Iterator[tuple[str, Span]]:
    """Give the sources and cues of a sentence's attributions, or without any those of the sentence itself."""
    for found in a.attributions:
        for mark, span in (("source", found.source), ("cue", found.cue)):
            if span:
                yield mark, span
    if not a.attributions:
        for mark, words in (("source", a.source), ("cue", a.cue)):
            start = text.find(words, a.span.start, a.span.end) if words else -1
            if words and start >= 0:
                yield mark, Span(start, start + len(words))


def wrap(shown: str, room: int | None) -> list[tuple[int, int]]:
    """Break a text into lines of at most ``room`` columns: start and end of each; a longer word is cut.

    >>> [("one two three")[a:b] for a, b in wrap("one two three", 7)]
    ['one two', 'three']
    """
    if room is None:
        return [(0, len(shown))]
    lines: list[tuple[int, int]] = []
    for start, end in _words(shown, room):
        if lines and columns(shown[lines[-1][0] : end]) <= room:
            lines[-1] = (lines[-1][0], end)
        else:
            lines.append((start, end))
    return lines


def _words(shown: str, room: int) -> Iterator[tuple[int, int]]:
    for word in re.finditer(r"\S+", shown):
        start, used = word.start(), 0
        for at in range(word.start(), word.end()):
            used += columns(shown[at])
            if used > room:
                yield start, at
                start, used = at, columns(shown[at])
        yield start, word.end()


def columns(text: str) -> int:
    """Count the columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def clean(text: str) -> str:
    r"""Show a text on one line, character by character, with � for what would steer a terminal.

    >>> clean("red\x1b[31m\nnot")
    'red�[31m not'
    """
    return text if text.isprintable() else "".join([_shown(c) for c in text])


def _shown(c: str) -> str:
    if c.isprintable():
        return c
    return " " if c.isspace() else "�"


def _counted(n: int, noun: str) -> str:
    return f"{n:,} {noun}{'' if n == 1 else 's'}"
