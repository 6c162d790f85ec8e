"""Annotations for people: a letter and a colour for each kind, sources underlined, cues bold, loaded words in italics.

Whatever in an article could steer a terminal is shown as �.
"""

import re
import unicodedata
from collections.abc import Iterator
from itertools import groupby

from ...data.records import Article, Span
from ...data.scheme import KINDS, STANCES
from ..annotation.records import Annotated
from ..speakers.profile import Profile, Speaker, add, profile_of

LETTERS = dict(zip(KINDS, "QOIN", strict=True))
_COLOURS = dict(zip(KINDS, ("36", "33", "32", "39"), strict=True))  # cyan, yellow, green, the terminal's own
_MARKS = {"source": ("4", "_"), "cue": ("1", "*"), "loaded": ("3", "~")}  # style on a terminal, mark in plain text
Marks = list[str | None]  # of each character
_TYPE_WIDTH = 12
_NARROW = 60
_HEARD = 6  # speakers in the counts at the end
_LOADED = 12
_LEAST_WIDTH = 24


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
        self._profile = Profile()

    def begin(self) -> str:
        """Give nothing."""
        return ""

    def article(self, article: Article, annotated: list[Annotated]) -> str:
        """Give the article's name and its sentences."""
        blank = "\n" if self._profile.articles else ""
        add(self._profile, profile_of(article, annotated))
        lines = [blank + self._style(clean(article.id), "2")]
        for a in annotated:
            lines += self._sentence(article.text, a)
        return "\n".join(lines) + "\n"

    def end(self) -> str:
        """Give the profile in short: whose word the reader has to take."""
        p = self._profile
        head = [_counted(p.articles, "article"), _counted(p.sentences, "sentence"), _counted(p.words, "word")]
        lines = ["", ", ".join(head)]
        for kind, count in p.kinds.items():
            label = self._style(f"{LETTERS[kind]} {kind:<22}", _COLOURS[kind])
            lines.append(f"{label}  {_counted(count.sentences, 'sentence'):>15}  {p.share(count.words):4.0%} of the words")
        lines.append(f"  {'attributed to nobody':<22}  {'':>15}  {p.unattributed:4.0%} of the words")
        if p.abstained:
            lines.append(f"? {_counted(p.abstained, 'sentence')} too uncertain to rely on")
        lines += [*self._heard(p), *_ends(p), *_wording(p)]
        return "\n".join(lines) + "\n"

    def _heard(self, p: Profile) -> Iterator[str]:
        """Tell who is heard most, in shares of all words."""
        ranked = [speaker for speaker in p.ranked() if speaker.words]
        if not ranked:
            return
        name_width = _NARROW - 26 if self._width is None else max(min(self._width - 46, 34), 14)
        title = f"{'speaker':<{name_width}} {'':<{_TYPE_WIDTH}} quoted told  endorsed doubted"
        yield ""
        yield self._style(title.rstrip(), "2")
        for speaker in ranked[:_HEARD]:
            yield _line(p, speaker, name_width)
        if len(ranked) > _HEARD:
            yield self._style(f"and {_counted(len(ranked) - _HEARD, 'more speaker')}", "2")

    def _sentence(self, text: str, a: Annotated) -> Iterator[str]:
        margin = f"{LETTERS[a.kind]}{'?' if a.abstain else ' '}{a.kind_scores[a.kind]:4.0%} "
        if self._width is None or self._width >= _NARROW:
            margin += f" {a.source_type:<{_TYPE_WIDTH}} "
        room = None if self._width is None else max(self._width - len(margin) - 1, _LEAST_WIDTH)
        shown, marks = self._shown(clean(a.span.of(text)), marks_of(text, a))
        told = "".join([f" [{clean(target)}: {s.label} {s.confidence:.0%}]" for target, s in a.stance.items()])
        told += "".join([f" [{clean(column)}: {clean(of.label)} {of.confidence:.0%}]" for column, of in a.own.items()])
        shown, marks = shown + told, [*marks, *[None] * len(told)]
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


def _line(p: Profile, speaker: Speaker, width: int) -> str:
    name = clean(speaker.name)
    start, end = wrap(name, width - 1)[0]
    shown = name if end == len(name) else f"{name[start:end]}…"
    shares = [f"{p.share(n):.0%}" if n else "–" for n in (speaker.quoted, speaker.paraphrased)]
    tones = [str(speaker.tones[tone] or "–") for tone in ("endorsing", "distancing")]
    shown += " " * (width - columns(shown))
    return f"{shown} {speaker.source_type:<{_TYPE_WIDTH}} {shares[0]:>6} {shares[1]:>4}  {tones[0]:>8} {tones[1]:>7}"


def _ends(p: Profile) -> Iterator[str]:
    if p.articles == 1 and p.first:
        first, last = (clean(next(iter(counter))) or "somebody not named" for counter in (p.first, p.last))
        yield f"First word: {first}. Last word: {last}."


def _wording(p: Profile) -> Iterator[str]:
    for target, labels in p.stance.items():
        yield f"Towards {clean(target)}: {', '.join([f'{labels[label]:,} {label}' for label in STANCES])}."
    if p.biased:
        words = ", ".join([clean(word) for word, _ in p.loaded.most_common(_LOADED)])
        yield f"Worded with a slant: {_counted(p.biased, 'sentence')}{f' ({words})' if words else ''}."


def _pieces(shown: str, marks: Marks) -> Iterator[tuple[str, str | None]]:
    """Cut a text where its mark changes."""
    for mark, pairs in groupby(zip(shown, marks, strict=True), key=lambda pair: pair[1]):
        yield "".join([c for c, _ in pairs]), mark


def marks_of(text: str, a: Annotated) -> Marks:
    """Give each character of a sentence its mark: ``source``, ``cue``, ``loaded`` or none."""
    marks: Marks = [None] * (a.span.end - a.span.start)
    loaded = [("loaded", span) for span in (a.bias.words if a.bias else ())]
    for mark, span in [*loaded, *marked(text, a)]:
        for at in range(max(span.start, a.span.start), min(span.end, a.span.end)):
            marks[at - a.span.start] = mark
    return marks


def marked(text: str, a: Annotated) -> Iterator[tuple[str, Span]]:
    """Give the sources and cues of an attributed sentence: its attributions', or without any its own."""
    if a.source_type == "none":
        return
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
