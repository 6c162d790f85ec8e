"""Annotations for people: a letter and a colour for each kind, sources underlined, cues bold, loaded words in italics.

Whatever in an article could steer a terminal is shown as �.
"""

import os
import shutil
from collections.abc import Iterator, Sequence
from itertools import groupby

from ...data.articles.metadata.language import ENGLISH
from ...data.display import clean, counted
from ...data.records import Article
from ...data.scheme import KINDS, STANCES
from ..annotation.article_name import name_of_article
from ..annotation.marks import LETTERS, marked
from ..annotation.records import AnnotatedSentence
from ..speakers.explained import LABELS_LINE, headline_note, narrative_note, narrative_parts
from ..speakers.profile import CAUTION, Profile, Speaker, add, profile_of, together, told_in
from ..speakers.side_by_side import check_several, side_by_side
from .formats import OutputFormat, Writer, WriterOptions
from .terminal_text import columns, wrap

_COLOURS = dict(zip(KINDS, ("36", "33", "32", "39"), strict=True))  # cyan, yellow, green, the terminal's own
_MARKS = {"source": ("4", "_"), "cue": ("1", "*"), "loaded": ("3", "~")}  # style on a terminal, mark in plain text
Marks = list[str | None]  # of each character
_TYPE_WIDTH = 12  # columns: the longest source type, organisation
_SURE = 0.5  # a source type less likely than this has a question mark, as a kind has
_NARROW = 60  # columns: below, the source type is left out
_LEAST_WIDTH = 24  # columns that a sentence gets on the narrowest terminal
_MOST_SPEAKERS = 6  # in the counts at the end
_MOST_WORDS = 12  # loaded ones
_LABEL = 26  # columns of the first cell of a comparison
_NARROWEST, _WIDEST = 12, 26  # columns of the other cells


class Terminal(Writer):
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

    def part(self, article: Article, annotated: Sequence[AnnotatedSentence]) -> tuple[str, Profile]:
        """Give the article's name with its sentences, and its profile."""
        language = f" ({clean(article.language)})" if article.language not in (None, ENGLISH) else ""
        lines = [self._style(clean(article.id) + language, "2")]
        for a in annotated:
            lines += self._sentence(article.text, a)
        return "\n".join(lines) + "\n", profile_of(article, annotated)

    def add(self, part: tuple[str, Profile]) -> str:
        """Give name and sentences behind a blank line."""
        text, profile = part
        blank = "\n" if self._profile.articles else ""
        add(self._profile, profile)
        return blank + text

    def end(self) -> str:
        """Give the profile in short: whose word the reader has to take."""
        p = self._profile
        head = [counted(p.articles, "article"), counted(p.sentences, "sentence"), counted(p.words, "word")]
        lines = ["", ", ".join(head)]
        for kind, count in p.kinds.items():
            label = self._style(f"{LETTERS[kind]} {kind:<22}", _COLOURS[kind])
            lines.append(f"{label}  {counted(count.sentences, 'sentence'):>15}  {p.share(count.words):4.0%} of the words")
        for part, count in narrative_parts(p):
            lines.append(
                f"  {part:<22}  {counted(count.sentences, 'sentence'):>15}  {p.share(count.words):4.0%} of the words"
            )
        if p.abstained:
            lines.append(f"? {counted(p.abstained, 'sentence')} where the program is less than 50% sure of the kind")
        for note in (narrative_note([p]), headline_note([p])):
            lines += _wrapped(note, self._width)
        lines += [*self._heard(p), *_ends(p), *_wording(p), "", *_wrapped(LABELS_LINE, self._width)]
        return "\n".join(lines) + "\n"

    def _heard(self, p: Profile) -> Iterator[str]:
        """Tell who is heard most, in shares of all words."""
        ranked = [speaker for speaker in p.ranked() if speaker.words]
        if not ranked:
            return
        name_width = _NARROW - 26 if self._width is None else max(min(self._width - 53, 34), 14)
        title = f"{'speaker':<{name_width}} {'':<{_TYPE_WIDTH}} quoted paraphrased  endorsed doubted"
        yield ""
        yield self._style(title.rstrip(), "2")
        for speaker in ranked[:_MOST_SPEAKERS]:
            yield _line(p, speaker, name_width)
        if len(ranked) > _MOST_SPEAKERS:
            yield self._style(f"and {counted(len(ranked) - _MOST_SPEAKERS, 'more speaker')}", "2")

    def _sentence(self, text: str, a: AnnotatedSentence) -> Iterator[str]:
        margin = f"{LETTERS[a.kind]}{'?' if a.abstain else ' '}{a.kind_scores[a.kind]:4.0%} "
        if self._width is None or self._width >= _NARROW:
            sure = "" if a.source_type_confidence >= _SURE else "?"
            margin += f" {a.source_type + sure:<{_TYPE_WIDTH + 1}}"
        room = None if self._width is None else max(self._width - len(margin) - 1, _LEAST_WIDTH)
        shown, marks = self._shown(clean(a.span.of(text)), marks_of(text, a))
        told = [(target, s) for target, s in a.stance.items() if s.told or s.named]
        # The chance of the likeliest label beside "?" would read as how sure it is that none can be told.
        labels = "".join([f" [{clean(target)}: {s.label}{f' {s.confidence:.0%}' if s.told else ''}]" for target, s in told])
        labels += "".join([f" [{clean(column)}: {clean(own.label)} {own.confidence:.0%}]" for column, own in a.own.items()])
        shown, marks = shown + labels, [*marks, *[None] * len(labels)]
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


def _wrapped(note: str, width: int | None) -> list[str]:
    return [note[start:end] for start, end in wrap(note, width)] if note else []


def _line(p: Profile, speaker: Speaker, width: int) -> str:
    name = clean(speaker.name)
    start, end = wrap(name, width - 1)[0]
    shown = name if end == len(name) else f"{name[start:end]}…"
    shares = [f"{p.share(n):.0%}" if n else "–" for n in (speaker.quoted, speaker.paraphrased)]
    tones = [str(speaker.tones[tone] or "–") for tone in ("endorsing", "distancing")]
    shown += " " * (width - columns(shown))
    return f"{shown} {speaker.source_type:<{_TYPE_WIDTH}} {shares[0]:>6} {shares[1]:>11}  {tones[0]:>8} {tones[1]:>7}"


def _ends(p: Profile) -> Iterator[str]:
    if p.articles == 1 and p.first:
        first, last = (clean(next(iter(counter))) or "an unnamed source" for counter in (p.first, p.last))
        yield f"First to speak: {first}. Last to speak: {last}."


def _wording(p: Profile) -> Iterator[str]:
    for target, counts in p.stance.items():
        told = ", ".join([f"{counts[label]:,} {label}" for label in STANCES])
        yield f"Stance towards {clean(target)}: {told}, {told_in(counts)}."
    if p.stance:
        yield CAUTION
    if p.biased:
        words = ", ".join([clean(word) for word, _ in p.loaded.most_common(_MOST_WORDS)])
        yield f"Slanted wording: {counted(p.biased, 'sentence')}{f' ({words})' if words else ''}."


def _pieces(shown: str, marks: Marks) -> Iterator[tuple[str, str | None]]:
    """Cut a text where its mark changes."""
    for mark, pairs in groupby(zip(shown, marks, strict=True), key=lambda pair: pair[1]):
        yield "".join([c for c, _ in pairs]), mark


def marks_of(text: str, a: AnnotatedSentence) -> Marks:
    """Give each character of a sentence its mark: ``source``, ``cue``, ``loaded`` or none."""
    marks: Marks = [None] * (a.span.end - a.span.start)
    loaded = [("loaded", span) for span in (a.bias.words if a.bias else ())]
    for mark, span in [*loaded, *marked(text, a)]:
        for at in range(max(span.start, a.span.start), min(span.end, a.span.end)):
            marks[at - a.span.start] = mark
    return marks


class Comparison(Writer):
    """Writes articles side by side for a terminal.

    Parameters
    ----------
    colour : bool
        Escape sequences may be used.
    width : int or None
        Columns of the terminal; None where there is none.
    """

    def __init__(self, *, colour: bool, width: int | None) -> None:
        self._colour, self._width = colour, width
        self._profiles: list[tuple[str, Profile]] = []

    def part(self, article: Article, annotated: Sequence[AnnotatedSentence]) -> tuple[str, Profile]:
        """Give the article's name and profile."""
        return name_of_article(article), profile_of(article, annotated)

    def add(self, part: tuple[str, Profile]) -> str:
        """Give nothing: all comes at the end."""
        self._profiles.append(part)
        return ""

    def end(self) -> str:
        """Give the comparison."""
        check_several(len(self._profiles))
        room = ((self._width or 1 << 16) - _LABEL) // len(self._profiles) - 2
        room = min(max(room, _NARROWEST), _WIDEST)
        names = [clean(name) for name, _ in self._profiles]
        lines = [self._bold(line) for line in _lines("", names, room)]
        for section in side_by_side([profile for _, profile in self._profiles]):
            lines += ["", self._bold(section.title)]
            for row in section.rows:
                label = f"{LETTERS[row.kind]} {row.kind}" if row.kind else f"  {row.label}"
                lines += _lines(label, row.cells, room)
            lines += _wrapped(section.note, self._width)
        everything = together(profile for _, profile in self._profiles)
        lines += ["", f"{everything.articles} articles, {everything.words:,} words", *_wrapped(LABELS_LINE, self._width)]
        return "\n".join(lines) + "\n"

    def _bold(self, line: str) -> str:
        return f"\x1b[1m{line}\x1b[0m" if self._colour and line else line


def _lines(label: str, cells: Sequence[str], room: int) -> Iterator[str]:
    """Give the lines of a row; a cell that is too long is broken, a label too."""
    stacks = [_broken(label, _LABEL - 2), *(_broken(cell or "–", room) for cell in cells)]
    for i in range(max(map(len, stacks))):
        parts = [stack[i] if i < len(stack) else "" for stack in stacks]
        widths = [_LABEL, *[room + 2] * len(cells)]
        yield "".join([part + " " * (width - columns(part)) for part, width in zip(parts, widths, strict=True)]).rstrip()


def _broken(text: str, room: int) -> list[str]:
    indent = text[: len(text) - len(text.lstrip())]
    shown = clean(text.strip())
    return [indent + shown[a:b] for a, b in wrap(shown, room - len(indent))] or [""]


def open_terminal(options: WriterOptions) -> Writer:
    """Make the writer that suits the terminal; https://no-color.org says what ``NO_COLOR`` means."""
    colour = options.on_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size().columns if options.on_terminal else None
    writer = Comparison if options.compare else Terminal
    return writer(colour=colour, width=width)


FORMAT = OutputFormat("terminal", suffixes=(".txt",), open=open_terminal, compares=True, for_reading=True)
