"""Standard output and standard error as people read them: no text can steer the terminal, and no encoding ends a run."""

import codecs
import os
import sys
import traceback
from collections.abc import Iterable
from types import TracebackType
from typing import Any

from ..display import clean_lines

_PLAIN = {
    **dict.fromkeys("‐‑‒–—―−", "-"),
    **dict.fromkeys("‘’‚‛′", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("•·∙", "*"),
    **{"…": "...", "→": "->", "←": "<-", "≤": "<=", "≥": ">=", "×": "x", "\xa0": " ", "\u202f": " ", "✓": "yes", "�": "?"},
}
"""What stands for a sign of ours where an encoding lacks it; nothing is lost by it."""
_ON_OUTPUT, _ON_ERRORS = "sayso-shown", "sayso-told"
_lost = {"characters": False}
"""Of the one standard output that there is: did a character become a question mark?"""


class Filtered:
    """Standard error, with � for what would steer a terminal, whoever writes it: libraries and tracebacks too.

    Parameters
    ----------
    whole : text stream
        Is written to; the lines that are drawn anew (see `progress`) go to it as they are.
    """

    def __init__(self, whole: Any) -> None:
        self.whole = whole

    def write(self, text: str) -> int:
        """Write a text; its lines and tabs stay."""
        self.whole.write(clean_lines(text))
        return len(text)

    def writelines(self, lines: Iterable[str]) -> None:
        """Write several texts."""
        for line in lines:
            self.write(line)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.whole, name)


def prepare() -> None:
    """Make both outputs fit for text from outside: call it once, before anything is printed.

    What an encoding such as Latin-1 or cp1252 lacks is written in signs that it has, else on standard output as a
    question mark, and on standard error by its number. `lost_characters` tells whether that happened to results.
    """
    _lost["characters"] = False
    for stream, errors in ((sys.stdout, _ON_OUTPUT), (sys.stderr, _ON_ERRORS)):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=errors)
            if not stream.isatty():
                stream.reconfigure(newline="\n")  # the same bytes on every system
            elif sys.platform == "win32":
                os.system("")  # the console of Windows understands colours and lines drawn anew only after this
    if sys.stderr is not None and not isinstance(sys.stderr, Filtered):
        sys.stderr = Filtered(sys.stderr)
    sys.excepthook = _print_trace


def as_utf8() -> None:
    """Write what follows on standard output in UTF-8, whatever the terminal has: it is for programs."""
    if hasattr(sys.stdout, "reconfigure"):
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")


def lost_characters() -> str:
    """Give a line that says that characters of the results could not be shown; empty if all could."""
    if not _lost["characters"] or sys.stdout is None:
        return ""
    return (
        f"Characters that the encoding {sys.stdout.encoding} does not have are printed as '?'. To get them all, set "
        "PYTHONIOENCODING=utf-8."
    )


def _print_trace(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Print an error that nothing caught, through `Filtered` and without the colours that newer Pythons add."""
    if sys.stderr is not None:
        sys.stderr.write("".join(traceback.format_exception(kind, error, trace)))


def _shown(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    characters = error.object[error.start : error.end]
    _lost["characters"] |= any(c not in _PLAIN for c in characters)
    return "".join(_PLAIN.get(c, "?") for c in characters), error.end


def _told(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    characters = error.object[error.start : error.end]
    return "".join(_PLAIN.get(c) or ascii(c)[1:-1] for c in characters), error.end


codecs.register_error(_ON_OUTPUT, _shown)
codecs.register_error(_ON_ERRORS, _told)
