"""CSV that spreadsheets open: what keeps a cell from being run as a formula, and how that is undone when it is read."""

import csv
import re
from collections.abc import Iterable, Sequence
from types import SimpleNamespace
from typing import Any

BOM = "\ufeff"
"""Begins a table for Excel, which takes it for UTF-8 then; in such a table `unquoted` undoes `quoted`."""
_END = "\r\n"  # with both in the end of a row, the library puts cells that hold either in quotation marks
_BEGINS = "(^|[;\t\r\n])"  # also what begins a cell where a spreadsheet divides cells by semicolons, as many in Europe do
_FORMULA = "(?='*[=+\\-@\t\r＝＋－＠])"  # the wide signs too: spreadsheets in Japanese and Chinese know them
_UNSAFE, _SAFE = re.compile(_BEGINS + _FORMULA), re.compile(f"{_BEGINS}'{_FORMULA}")


def quoted(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would run.

    >>> quoted("=1+1"), quoted("'=1+1"), quoted("no;＠SUM(1)"), quoted("it")
    ("'=1+1", "''=1+1", "no;'＠SUM(1)", 'it')
    """
    return _UNSAFE.sub(r"\1'", cell)


def unquoted(cell: str) -> str:
    """Take the apostrophes of `quoted` away.

    >>> unquoted("''=1+1"), unquoted("'tis")
    ("'=1+1", "'tis")
    """
    return _SAFE.sub(r"\1", cell)


def csv_text(rows: Iterable[Sequence[Any]], *, safe: bool = True, end: str = _END) -> str:
    r"""Write rows as CSV; None is an empty cell.

    Parameters
    ----------
    rows : iterable of sequence
    safe : bool, default=True
        Texts are `quoted`; numbers stay as they are.
    end : str, default="\r\n"
        What ends a row.
    """
    if safe:
        rows = ([quoted(cell) if isinstance(cell, str) else cell for cell in row] for row in rows)
    lines: list[str] = []
    csv.writer(SimpleNamespace(write=lines.append), lineterminator=_END).writerows(rows)
    return "".join([line.removesuffix(_END) + end for line in lines])
