"""Rows of spreadsheets (``.xlsx``), sheet by sheet, as they are shown."""

import re
import warnings
import zipfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from io import BufferedReader
from typing import Any

from ...errors import SaysoError
from ..articles.reader import optional_module

Cells = dict[str, Any]
TextColumn = Callable[[list[str]], str | None]
_HEADER_WITHIN = 20  # rows in which the header is looked for: a title and notes may stand above it
_ZEROS = re.compile(r"0{2,}")  # the number format of ids such as 007
_FORMULA = re.compile(rb"<(?:\w+:)?f[ >/]")
_RANGE = re.compile(
    rb"<(?:\w+:)?(?:mergeCell|hyperlink)\s[^<>]*?\bref\s*=\s*[\"']\$?([A-Z]{1,3})\$?(\d{1,7}):\$?([A-Z]{1,3})\$?(\d{1,7})",
    re.I,
)
"""Cells that are merged or linked as one: openpyxl makes each of them, even if a file of 5 KB says it of a whole sheet."""
_MOST_IN_RANGES = 500_000  # cells


def workbook_rows(
    stream: BufferedReader, name: str, count: Callable[[str, str], None], text_column: TextColumn
) -> Iterator[tuple[str, Cells]]:
    """Read the rows of all sheets that hold what is wanted, one after the other.

    Parameters
    ----------
    stream : BufferedReader
        The file; it can be rewound.
    name : str
        How messages name it.
    count : callable of (str, str)
        Is told of cells that are not given as they stand: what, and where.
    text_column : callable of list of str
        Gives the column of text among the names of a header, or None.

    Yields
    ------
    str, dict
        Where a row stands, ``name:number`` (with several sheets that are read: ``name:sheet:number``; the number counts
        filled rows below the header, from 1), and its cells. Whole numbers are whole, days are days, and a number that is
        shown as 007 is the text "007". Words that are struck out are left out, and so is a row whose text is. A merged cell
        counts for all of its rows.

    Raises
    ------
    SaysoError
        If openpyxl is not installed, it is no workbook, or no sheet has a column of text.
    """
    sheets = [_Sheet(sheet, name, count) for sheet in _sheets(stream, name)]
    chosen = [sheet for sheet in sheets if sheet.find_header(text_column)]
    if not chosen:
        found = "; ".join(f"{sheet.title!r} has {sheet.names()}" for sheet in sheets[:3]) or "it has no sheets"
        raise SaysoError(
            f"{name}: no sheet has a text column ({found}). Give its name with --text-column, or save the sheet as CSV."
        )
    for sheet in sheets:
        if sheet not in chosen and sheet.has_rows():
            count(f"sheet {sheet.title!r} left out, as it has no text column", name)
    for sheet in chosen:
        yield from sheet.rows(f"{name}:{sheet.title}" if len(chosen) > 1 else name)


def _sheets(stream: BufferedReader, name: str) -> list[tuple[Any, set[str]]]:
    """Open a workbook; give its sheets, each with the cells whose formula was never calculated."""
    openpyxl = optional_module("openpyxl", name, "Excel files (or save it as CSV)")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns of styles and links, which are not read here
            _check_ranges(stream, name)
            stream.seek(0)
            book = openpyxl.load_workbook(stream, data_only=True, rich_text=True)
            formulas: dict[str, set[str]] = {}
            if _has_formulas(stream):
                stream.seek(0)
                written = openpyxl.load_workbook(stream)
                formulas = {sheet.title: _formulas(sheet) for sheet in written.worksheets}
    except SaysoError:
        raise
    except Exception as error:  # whatever the library meets in a broken file
        reason = (str(error).splitlines() or [type(error).__name__])[0][:100]
        raise SaysoError(f"{name}: not an Excel workbook, or a damaged one ({reason}); save it again, or as CSV.") from error
    return [(sheet, formulas.get(sheet.title, set())) for sheet in book.worksheets]


def _has_formulas(stream: BufferedReader) -> bool:
    with zipfile.ZipFile(stream) as parts:
        sheets = [part for part in parts.namelist() if part.startswith("xl/worksheets/")]
        return any(_FORMULA.search(parts.read(part)) for part in sheets)


def _check_ranges(stream: BufferedReader, name: str) -> None:
    """Refuse a workbook in which more cells are merged or linked than memory can hold."""
    n_cells = 0
    with zipfile.ZipFile(stream) as parts:
        for part in parts.namelist():
            if part.endswith(".xml"):
                for left, top, right, bottom in map(re.Match.groups, _RANGE.finditer(parts.read(part))):
                    n_cells += (abs(int(bottom) - int(top)) + 1) * (abs(_column(right) - _column(left)) + 1)
    if n_cells > _MOST_IN_RANGES:
        raise SaysoError(
            f"{name}: {n_cells:,} cells are merged or linked, at most {_MOST_IN_RANGES:,} can be read; undo that in the "
            "spreadsheet program, or save the sheet as CSV."
        )


def _column(letters: bytes) -> int:
    """Give the number of a column.

    >>> _column(b"A"), _column(b"AB"), _column(b"XFD")
    (1, 28, 16384)
    """
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number


def _formulas(sheet: Any) -> set[str]:
    return {cell.coordinate for row in _filled_rows(sheet) for cell in row.values() if cell.data_type == "f"}


def _filled_rows(sheet: Any) -> list[dict[int, Any]]:
    """Give the rows that hold cells, from above, each by its columns; openpyxl would make all cells up to the farthest."""
    rows: dict[int, dict[int, Any]] = defaultdict(dict)
    for row, column in sorted(sheet._cells):
        rows[row][column] = sheet._cells[row, column]
    return list(rows.values())


class _Sheet:
    """A sheet, its header, and what its cells show."""

    def __init__(self, sheet: tuple[Any, set[str]], name: str, count: Callable[[str, str], None]) -> None:
        self._sheet, self._formulas = sheet
        self._name, self._count = name, count
        self.title = str(self._sheet.title)
        self._rows = _filled_rows(self._sheet)
        self._header: dict[int, str] = {}
        self._header_row = 0
        self._text = ""
        self._merged = dict(self._merged_cells())

    def _merged_cells(self) -> Iterator[tuple[tuple[int, int], Any]]:
        """Give what stands in the first cell of a merge for the cells below it; a merge over columns is a heading."""
        for merge in self._sheet.merged_cells.ranges:
            if merge.min_col == merge.max_col:
                for row in range(merge.min_row + 1, merge.max_row + 1):
                    yield (row, merge.min_col), self._sheet.cell(merge.min_row, merge.min_col)

    def find_header(self, text_column: TextColumn) -> bool:
        """Look for the first row that names a column of text; without one the first filled row is the header."""
        for row in self._rows:
            number = next(iter(row.values())).row
            if number > _HEADER_WITHIN:
                break
            names = {column: name for column, cell in row.items() if (name := _shown(cell.value))}
            if names and not self._header:
                self._header, self._header_row = names, number
            if names and (text := text_column([*names.values()])) is not None:
                self._header, self._header_row, self._text = names, number, text
                return True
        return False

    def names(self) -> str:
        """List the names of its header."""
        return ", ".join(repr(name[:30]) for name in [*self._header.values()][:12]) or "no columns"

    def has_rows(self) -> bool:
        """Tell whether anything stands below its header."""
        return bool(self._header) and self._sheet.max_row > self._header_row

    def rows(self, place: str) -> Iterator[tuple[str, Cells]]:
        """Yield its filled rows."""
        twice = next((name for name, n in Counter(self._header.values()).items() if n > 1), None)
        if twice:
            raise SaysoError(f"{place}: two columns have the name {twice!r}; rename one.")
        number = 0
        for row in self._rows:
            first = next(iter(row.values()))
            if first.row <= self._header_row or all(cell.value is None for cell in row.values()):
                continue
            number += 1
            where = f"{place}:{number}"
            cells = {name: row[column] for column, name in self._header.items() if column in row}
            values = dict.fromkeys(self._header.values()) | {name: self._value(cell, where) for name, cell in cells.items()}
            if self._text in cells and values[self._text] is None and cells[self._text].value is not None:
                self._count("Excel rows whose text is struck out or an error left out", where)
                continue
            yield where, values

    def _value(self, cell: Any, where: str) -> Any:
        """Give what a cell shows, or None."""
        cell = self._merged.get((cell.row, cell.column), cell)
        value = cell.value
        if value is None:
            if cell.coordinate in self._formulas:
                self._count(
                    "Excel formulas that were never calculated, read as empty (open and save the "
                    "file in Excel to calculate them)",
                    where,
                )
            return None
        if cell.data_type == "e":
            self._count("Excel cells with an error, read as empty", where)
            return None
        if cell.font is not None and cell.font.strike and isinstance(value, str):
            self._count("Excel cells that are struck out, read as empty", where)
            return None
        return self._words(value, where) if isinstance(value, str | list) else _plain_value(value, cell.number_format)

    def _words(self, value: Any, where: str) -> str:
        """Give the words of a cell without those that are struck out."""
        if isinstance(value, str):
            return value.replace("_x000D_", "")
        kept = [str(part) for part in value if not _is_struck(part)]
        if len(kept) < len(value):
            self._count("Excel cells with struck-out words, which are left out", where)
        return "".join(kept).replace("_x000D_", "")


def _is_struck(part: Any) -> bool:
    font = getattr(part, "font", None)
    return bool(font is not None and getattr(font, "strike", False))


def _plain_value(value: Any, number_format: str) -> Any:
    """Give a number, a day or a truth value as it is shown."""
    if isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if isinstance(value, int) and _ZEROS.fullmatch(number_format or ""):
        return str(value).zfill(len(number_format))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return value.isoformat() if isinstance(value, datetime | date | time) else value


def _shown(value: Any) -> str:
    return "" if value is None else str(value).strip()
