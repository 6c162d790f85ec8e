"""How results are shown to people: counts in words, text that is safe on a terminal, tables."""

import math
import re
from unicodedata import category

_LEAST_P = 0.0001
_SMALLEST = -6  # power of ten; smaller figures would be mostly zeros
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_NOT_IN_NAMES = frozenset(("Cc", "Cs", "Zl", "Zp"))  # control characters, halves of characters, line and paragraph ends
Rows = list[tuple[str, ...]]
Table = tuple[tuple[str, ...], Rows]
"""Names of columns, and rows."""


def counted(n: int, what: str) -> str:
    """Say how many of something there are.

    >>> counted(1, "error"), counted(1200, "error")
    ('1 error', '1,200 errors')
    """
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def sentences_in_articles(n_sentences: int, n_articles: int) -> str:
    """Say how large a dataset is.

    >>> sentences_in_articles(40, 1)
    '40 sentences in 1 article'
    """
    return f"{counted(n_sentences, 'sentence')} in {counted(n_articles, 'article')}"


def significant(value: float) -> str:
    """Write a figure down with three significant digits.

    >>> significant(0.0000123), significant(-0.5), significant(1234.5), significant(0.0)
    ('0.0000123', '-0.500', '1234', '0')
    """
    if not value:
        return "0"
    if not math.isfinite(value):
        return str(value)
    exponent = int(f"{value:.2e}".split("e")[1])  # after rounding: 0.9996 is 1.00
    return f"{value:.2e}" if exponent < _SMALLEST else f"{value:.{max(2 - exponent, 0)}f}"


def p_shown(p: float) -> str:
    """Write a p value down; no p is 0.

    >>> p_shown(0.0312), p_shown(0.00002)
    ('0.0312', '< 0.0001')
    """
    return f"{p:.4f}" if p >= _LEAST_P else f"< {_LEAST_P}"


def can_be_name(text: str) -> bool:
    r"""Tell whether a label, a column or a target can be called so.

    Names hold no line ends, control characters or marks that turn the direction of writing round, and something that can be
    seen. Characters without width are part of words, as in Persian and in emoji, and a no-break space is a space.

    >>> [can_be_name(name) for name in ("می\u200cشود", "tax\xa0cut", "\u200b", "a\tb", "\u202ea")]
    [True, True, False, False, False]
    """
    if text.isprintable():
        return bool(text.strip())
    is_seen = any(c.isprintable() and c != " " for c in text)
    return is_seen and not any(c in _TURNING or category(c) in _NOT_IN_NAMES for c in text)


_OUTER_UNDERSCORES = re.compile(r"(?<![^\W_])_+|_+(?![^\W_])")  # those within a word are no markup
_JOINERS = "\u200c\u200d"  # Persian and Hindi words have them, and emoji


def clean(text: str) -> str:
    r"""Show a text on one line, character by character, with � for what would steer a terminal or mislead its reader.

    That is control and escape characters, marks that turn the direction of writing round, characters without width but for
    those that join letters, and the halves of characters that stand for undecoded bytes in the names of files.

    >>> clean("red\x1b[31m\nnot"), clean("\u202etxt.exe"), clean("caf\udce9.txt")
    ('red�[31m not', '�txt.exe', 'caf�.txt')
    """
    return text if text.isprintable() else "".join([_shown(c) for c in text])


def clean_lines(text: str) -> str:
    r"""Show a text of several lines; only line ends and tabs are left of what would steer a terminal.

    >>> clean_lines("one\ttwo\nred\x1b[31m\rthree")
    'one\ttwo\nred�[31m three'
    """
    return "".join([c if c in "\n\t" else _shown(c) for c in text])


def _shown(c: str) -> str:
    if c.isprintable() or c in _JOINERS:
        return c
    return " " if c.isspace() else "�"


def markdown_text(text: str) -> str:
    r"""Return a text on one line as Markdown shows it: nothing in it is read as Markdown, as HTML, or as a cell's end.

    >>> markdown_text("a | b\n<b>c</b> *d*")
    'a \\| b &lt;b>c&lt;/b> \\*d\\*'
    """
    for sign in "\\|*`[":
        text = text.replace(sign, "\\" + sign)
    text = _OUTER_UNDERSCORES.sub(lambda found: found[0].replace("_", "\\_"), text)
    line = printable(text.replace("&", "&amp;").replace("<", "&lt;"))
    return f"\\{line}" if line.startswith(("#", ">")) else line


def printable(text: str) -> str:
    r"""Return a text as `clean` does, without more than one space in a row.

    >>> printable("  one \n two\x07 ")
    'one two�'
    """
    return " ".join(clean(text).split())
