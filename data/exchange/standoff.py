"""Lines of brat standoff: marks with their places, and events that join them."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from ..records import Span

_MARK = re.compile(r"(T\d+)\t(\S+) ([0-9]{1,9} [0-9]{1,9}(?:;[0-9]{1,9} [0-9]{1,9})*)\t(.*)")
_OTHER = re.compile(r"[AMRN]\d+\t|\*\t")  # attributes, relations, normalisations, equivalences
_ATTRIBUTE = re.compile(r"[AM]\d+\t(\S+) (\S+)(?: (.*))?")
_EVENT = re.compile(r"(E\d+)\t(\S.*)")


@dataclass(frozen=True, slots=True)
class Mark:
    """A text-bound annotation.

    Parameters
    ----------
    key : str
        ``T1``.
    type : str
    spans : tuple of Span
        In text order; several where it is in pieces.
    words : str
        As the file gives them: pieces joined by a space, line ends as spaces.
    line : int
        Its line, from 1.
    """

    key: str
    type: str
    spans: tuple[Span, ...]
    words: str
    line: int


@dataclass(slots=True)
class Standoff:
    """What a file of standoff says.

    Parameters
    ----------
    marks : dict of str to Mark
    events : dict of str to list of (str, str)
        Role and key of each part, such as ``("Source", "T1")``; the first part is the event's own type and mark.
    attributes : list of (str, str, str)
        Name, key of what has it, and value.
    notes : list of (str, str, str)
        Type, key and text of note lines.
    broken : list of int
        Lines that are none of these.
    """

    marks: dict[str, Mark] = field(default_factory=dict)
    events: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    notes: list[tuple[str, str, str]] = field(default_factory=list)
    broken: list[int] = field(default_factory=list)


def parse_standoff(text: str) -> Standoff:
    r"""Read lines of standoff; relations are passed over.

    >>> standoff = parse_standoff("T1\tCue 4 8\tsaid\nE1\tAttribution:T1 Cue:T1\n")
    >>> standoff.marks["T1"].spans, standoff.events
    ((Span(start=4, end=8),), {'E1': [('Attribution', 'T1'), ('Cue', 'T1')]})
    """
    standoff = Standoff()
    for number, line in enumerate(text.split("\n"), 1):
        line = line.rstrip("\r")
        match, event = _MARK.fullmatch(line), _EVENT.fullmatch(line.rstrip())
        if match:
            spans = tuple(Span(*map(int, piece.split())) for piece in match[3].split(";"))
            if all(a < b for a, b in spans):
                standoff.marks[match[1]] = Mark(match[1], match[2], tuple(sorted(spans)), match[4], number)
            else:
                standoff.broken.append(number)
        elif event:
            standoff.events[event[1]] = [_pair(part) for part in event[2].split()]
        elif attribute := _ATTRIBUTE.fullmatch(line):
            standoff.attributes.append((attribute[1], attribute[2], attribute[3] or ""))
        elif line.startswith("#"):
            _, kind, words = (*line.split("\t", 2), "", "")[:3]
            name, _, key = kind.partition(" ")
            standoff.notes.append((name, key, words))
        elif line.strip() and not _OTHER.match(line):
            standoff.broken.append(number)
    return standoff


def _pair(part: str) -> tuple[str, str]:
    name, _, key = part.partition(":")
    return name, key


def spans_of(standoff: Standoff, keys: Iterable[str]) -> list[Span]:
    """Give the spans of marks, in text order; a key without a mark has none."""
    return sorted(span for key in keys if key in standoff.marks for span in standoff.marks[key].spans)


def with_plain_ends(raw: str) -> tuple[str, Callable[[int], int]]:
    r"""Set line ends to ``\n``; the function moves offsets of the raw text along."""
    if "\r" not in raw:
        return raw, lambda at: at
    return raw.replace("\r\n", "\n").replace("\r", "\n"), lambda at: at - raw.count("\r\n", 0, at)
