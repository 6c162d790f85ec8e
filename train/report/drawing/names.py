"""Names in figures: whatever a label is called, it takes no more room than the figure has."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

ROW, LINES = 13.5, 2
"""Ems of a line of a name beside a row, and lines of it: not half of a column's width."""
LEGEND = 22.0
"""Ems of a name in a legend, which is in one line, with a score behind it."""
_PIECE = re.compile(r"[^\s_/–-]*(?:[_/–-]+\s*|\s+|$)")
"""A piece of a name that a line can end with."""
_SURE = 64  # a name of so few letters is measured whole; of a longer one no more than these are ever shown


@cache
def width(text: str) -> float:
    """Measure a text in the font of figures.

    Parameters
    ----------
    text : str
        On one line.

    Returns
    -------
    float
        In ems: multiples of the font's size.
    """
    import warnings

    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    size = 100.0
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a letter that the font lacks is drawn in another one
        measured: float = text_to_path.get_text_width_height_descent(text, FontProperties(size=size), ismath=False)[0]
    return measured / size


def cut(text: str, ems: float) -> str:
    """Cut a text that is wider than ``ems``, and put … in place of the rest.

    Examples
    --------
    >>> cut("short", 13.5), cut("independent assessment", 6.5)
    ('short', 'indepen…')
    """
    if len(text) <= _SURE and width(text) <= ems:
        return text
    kept = text[:_SURE]
    while kept and width(f"{kept}…") > ems:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def wrapped(name: str, ems: float = ROW, lines: int = LINES) -> str:
    r"""Break a name into lines, after spaces, hyphens and underscores where that is possible; … stands for what is left out.

    Examples
    --------
    >>> wrapped("official claim of a ministry that nobody has confirmed")
    'official claim of a\nministry that nobody…'
    """
    found = [""]
    for piece in _pieces(" ".join(name.split())[: _SURE * (lines + 1)], ems):
        if width((found[-1] + piece).rstrip()) <= ems:
            found[-1] += piece
        else:
            found.append(piece)
    if len(found) > lines:
        found[lines - 1 :] = [cut("".join(found[lines - 1 :]), ems)]
    return "\n".join(line.rstrip() for line in found)


def _pieces(text: str, ems: float) -> Iterator[str]:
    """Split a name where a line can end; what is wider than a line is split where the line ends."""
    for piece in filter(None, _PIECE.findall(text)):
        rest = piece
        while width(rest.rstrip()) > ems:
            n = max(1, next(n for n in range(len(rest) - 1, -1, -1) if width(rest[:n]) <= ems))
            yield rest[:n]
            rest = rest[n:]
        yield rest


def shown(names: Sequence[str], ems: float = ROW, lines: int = LINES) -> list[str]:
    """Give names as a figure shows them; those that come to the same are numbered.

    Examples
    --------
    >>> shown(["x" * 200 + "a", "x" * 200 + "b", "c"], 6.5, 1)
    ['xxxxx… (1)', 'xxxxx… (2)', 'c']
    """
    plain = [wrapped(name, ems, lines) for name in names]
    times, seen, found = Counter(plain), Counter[str](), []
    for text in plain:
        seen[text] += 1
        number = f" ({seen[text]})" if times[text] > 1 else ""
        before, end, last = text.rpartition("\n")
        found.append(f"{before}{end}{cut(last, ems - width(number))}{number}" if number else text)
    return found
