"""Fonts of this machine that have the letters of a figure, beside the one that figures are set in."""

import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from matplotlib.font_manager import FontEntry

BASE = "DejaVu Sans"
"""Comes with matplotlib: Latin, Greek, Cyrillic, Arabic and others, but no Chinese, Japanese, Korean or Hindi."""
_NOT_FOR_TEXT = re.compile(r"Last ?Resort|^cm[a-z]+\d+$|^STIX|Adobe Blank|Symbol")
"""Fonts of boxes and of mathematics: what they have at a letter's place is not that letter."""
_INVISIBLE = frozenset({"Cf", "Mn", "Zs", "Zl", "Zp", "Cc"})  # joiners, marks, spaces: no glyph of their own is missed


def fonts_for(text: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Choose fonts beside `BASE` for a text.

    Parameters
    ----------
    text : str
        All that a figure says.

    Returns
    -------
    families : tuple of str
        Names of installed fonts that have letters which `BASE` lacks; each has as many as possible.
    lacking : frozenset of str
        Letters that no installed font has.
    """
    wanted = {ord(sign) for sign in text if unicodedata.category(sign) not in _INVISIBLE}
    wanted -= _letters_of(BASE)
    families: list[str] = []
    others = _others() if wanted else {}
    while wanted:
        best = max(others, key=lambda name: len(wanted & others[name]), default="")
        found = wanted & others.get(best, frozenset())
        if not found:
            break
        families.append(best)
        wanted -= found
    return tuple(families), frozenset(map(chr, wanted))


@cache
def _letters_of(family: str) -> frozenset[int]:
    from matplotlib import font_manager

    path = font_manager.findfont(family)
    return _read_letters(str(path), 0)


def _others() -> dict[str, frozenset[int]]:
    """Give the letters of the other installed fonts, by name."""
    from matplotlib.font_manager import fontManager

    faces: dict[str, list[FontEntry]] = {}
    for entry in fontManager.ttflist:
        if not _NOT_FOR_TEXT.search(entry.name):
            faces.setdefault(entry.name, []).append(entry)
    plain = {name: min(found, key=_strangeness) for name, found in sorted(faces.items())}
    return {name: _read_letters(entry.fname, getattr(entry, "index", 0)) for name, entry in plain.items()}


def _strangeness(entry: "FontEntry") -> tuple[bool, bool, str]:
    """Sort upright faces of normal weight first: what a family's name stands for."""
    return entry.style != "normal", entry.weight not in (400, "normal", "regular"), entry.fname


@cache
def _read_letters(path: str, index: int) -> frozenset[int]:
    """Read which letters a font has; none of one that cannot be drawn: of pictures, as some of emoji, or damaged."""
    from matplotlib.ft2font import FT2Font

    try:
        font = FT2Font(path, face_index=index) if index else FT2Font(path)
        return frozenset(font.get_charmap()) if font.scalable else frozenset()
    except (OSError, RuntimeError, ValueError, TypeError):
        return frozenset()
