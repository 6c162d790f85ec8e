"""Text as a terminal shows it: lines of a number of columns."""

import re
import unicodedata
from collections.abc import Iterator


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
