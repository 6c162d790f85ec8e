"""How a delimited text is written: its encoding, its delimiter, and whether its fields stand in quotation marks.

All of it is decided on the whole file. A quotation mark at a field's start is the usual trap: in a table that is quoted
it begins a field that may hold line ends, in one that is not it is a word of the text, and the wrong reading glues rows.
"""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from io import BufferedReader
from itertools import islice
from typing import Any

from ...errors import SaysoError
from ..articles.decode import check_is_no_archive, encoding_of_mark, guess_encoding, told_encoding
from ..articles.notices import Say
from ..articles.tables import MAX_ARTICLE

DELIMITERS = ",;\t|"
_CHUNK = 1 << 20  # bytes
_LONGEST_LINE = 4 * MAX_ARTICLE  # characters
_SAMPLE = 200  # lines by which a delimiter is chosen among those of the header
_TOLD = 3  # rows that are named in a message
_EXCEL_LINE = re.compile(r"sep=(.)\r?\n?", re.IGNORECASE)  # Excel takes its delimiter from such a first line
_NAMES = {"\t": "tab", ",": "comma", ";": "semicolon", "|": "bar"}


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a delimited text is written.

    Parameters
    ----------
    encoding : str
    delimiter : str
    quoted : bool
        A field that begins with a quotation mark goes on to the mark that closes it; otherwise marks are text.
    escaped : bool
        A backslash stands before a mark inside a quoted field; otherwise the mark is doubled.
    spaced : bool
        A space after the delimiter is no part of the field.
    n_skipped : int
        Lines before the header: empty ones, and Excel's ``sep=;``.
    has_row_names : bool
        Every row has one field more than the header, its number, in front: R writes tables so.
    """

    encoding: str
    delimiter: str
    quoted: bool = True
    escaped: bool = False
    spaced: bool = False
    n_skipped: int = 0
    has_row_names: bool = False

    def reader(self, lines: Iterable[str]) -> Any:
        """Read the rows of lines as `csv.reader` does, strictly."""
        if not self.quoted:
            return csv.reader(lines, delimiter=self.delimiter, quoting=csv.QUOTE_NONE)
        escape = "\\" if self.escaped else None
        return csv.reader(lines, delimiter=self.delimiter, strict=True, skipinitialspace=self.spaced, escapechar=escape)


@dataclass(slots=True)
class _Fit:
    """How well a dialect fits: rows with as many fields as the header, with their number in front, broken ones.

    ``n_keys`` rows begin with one word, as an id is.
    """

    dialect: Dialect
    n_header: int = 0
    n_rows: int = 0
    n_exact: int = 0
    n_numbered: int = 0
    n_broken: int = 0
    n_spaced: int = 0
    spanning: list[int] = field(default_factory=list)
    n_spanning: int = 0
    n_keys: int = 0

    @property
    def is_whole(self) -> bool:
        return not self.n_broken and self.n_exact == self.n_rows

    @property
    def share(self) -> float:
        return self.n_exact / max(self.n_rows + self.n_broken, 1)


def dialect_of(stream: BufferedReader, name: str, say: Say) -> Dialect:
    """Tell how a delimited text is written; it is read through several times, in little memory.

    Parameters
    ----------
    stream : BufferedReader
        The file; it can be rewound.
    name : str
        How messages name it; ``.tsv`` and ``.tab`` at its end speak for tabs.
    say : callable of str
        Is told what was guessed, and how quotation marks are taken where there is a choice.

    Raises
    ------
    SaysoError
        If it is no text.
    """
    csv.field_size_limit(MAX_ARTICLE)
    encoding, has_marks = _encoding_of(stream, name, say)
    start = Dialect(encoding, _usual_delimiter(name))
    with lines_of(stream, start) as lines:
        first, n_skipped = _header_line(lines)
        sample = [first, *islice(lines, _SAMPLE)]
    excel = _EXCEL_LINE.fullmatch(first)
    start = replace(start, n_skipped=n_skipped + bool(excel))
    start = replace(start, delimiter=excel[1] if excel else _delimiter(sample, start))
    if not has_marks:
        return _with_row_names(_measure(stream, start))
    return _with_row_names(_by_marks(stream, name, start, say))


@contextmanager
def lines_of(stream: BufferedReader, dialect: Dialect, name: str | None = None) -> Iterator[Iterator[str]]:
    """Give the lines of a stream from its header on, their ends as they are; the stream stays open.

    A line that is longer than any row is the last, and cut; where there is a ``name`` for messages, it is refused.
    """
    stream.seek(0)
    text = io.TextIOWrapper(stream, dialect.encoding, "replace", newline="")
    try:
        yield islice(_not_too_long(text, name), dialect.n_skipped, None)
    finally:
        if not stream.closed:
            text.detach()


def _not_too_long(text: io.TextIOWrapper, name: str | None) -> Iterator[str]:
    for line in iter(partial(text.readline, _LONGEST_LINE), ""):
        if name and len(line) == _LONGEST_LINE:
            limit = _LONGEST_LINE // 1_000_000
            raise SaysoError(
                f"{name}: a line of {limit} million characters or more is too long for a row; the rows before it were read."
            )
        yield line
        if len(line) == _LONGEST_LINE:  # it may have no end, and no row behind it will be read
            return


def _usual_delimiter(name: str) -> str:
    return "\t" if name.lower().endswith((".tsv", ".tab")) else ","


def _header_line(lines: Iterator[str]) -> tuple[str, int]:
    for number, line in enumerate(lines):
        if line.strip():
            return line, number
    return "", 0


def _delimiter(sample: list[str], start: Dialect) -> str:
    """Choose the delimiter of the header by which most rows have as many fields as it."""
    excel = bool(_EXCEL_LINE.fullmatch(sample[0]))
    lines = sample[1:] if excel else sample
    usual = start.delimiter
    found = [d for d in usual + DELIMITERS.replace(usual, "") if d in lines[0]]
    if len(found) < 2:
        return found[0] if found else usual
    if usual == "\t":
        return usual if usual in found else found[0]

    def fit(delimiter: str) -> tuple[float, int]:
        fits = [_fit_of(lines, replace(start, delimiter=delimiter, quoted=quoted)) for quoted in (True, False)]
        best = max(fits, key=lambda fit: fit.share)
        return (best.share, best.n_header) if best.n_header > 1 else (-1.0, 0)

    return max(found, key=fit)


def _measure(stream: BufferedReader, dialect: Dialect) -> _Fit:
    with lines_of(stream, dialect) as lines:
        return _fit_of(lines, dialect)


def _fit_of(lines: Iterable[str], dialect: Dialect) -> _Fit:
    """Count the rows that fit the header."""
    fit, rows = _Fit(dialect), dialect.reader(lines)
    for row in rows_or_errors(rows):
        if isinstance(row, csv.Error):
            fit.n_broken += 1
        elif not fit.n_header:
            fit.n_header = len(trimmed(row, 0))
        elif any(row):
            fit.n_rows += 1
            n_fields = len(trimmed(row, fit.n_header))
            fit.n_exact += n_fields == fit.n_header
            fit.n_numbered += n_fields == fit.n_header + 1 and row[0] in (str(fit.n_rows), str(fit.n_rows - 1))
            fit.n_keys += len(row[0].split()) == 1
            fit.n_spaced += any(cell.startswith(' "') and cell.endswith('"') and len(cell) > 3 for cell in row)
            if any(dialect.delimiter in cell or "\n" in cell or "\r" in cell for cell in row):
                fit.n_spanning += 1
                fit.spanning += [fit.n_rows] if fit.n_spanning <= _TOLD else []
    return fit


def trimmed(row: list[str], n_header: int) -> list[str]:
    """Take away empty fields behind the last that the header names: delimiters at the line's end."""
    while len(row) > n_header and not row[-1].strip():
        row = row[:-1]
    return row


def rows_or_errors(rows: Any) -> Iterator[list[str] | csv.Error]:
    """Go on after a broken row; empty lines are none."""
    while True:
        try:
            if row := next(rows):
                yield row
        except StopIteration:
            return
        except csv.Error as error:
            yield error


def _by_marks(stream: BufferedReader, name: str, start: Dialect, say: Say) -> _Fit:
    """Choose between marks that quote fields and marks that are text, and say which where there is a choice."""
    marks = _Marks()
    with lines_of(stream, start) as lines:
        plain = _fit_of(marks.seen(lines, start.delimiter), replace(start, quoted=False))
    if not marks.n_opening:
        plain.dialect = start  # no field begins with a mark: both readings are one
        return plain
    quoted = _best_quoted(stream, start, marks)
    if _is_quoted(quoted, plain, marks):
        _tell_quoted(quoted, plain, name, say)
        return quoted
    say(f"{name}: no fields are quoted, so quotation marks are read as part of the text and each line as a row.")
    return plain


def _best_quoted(stream: BufferedReader, start: Dialect, marks: "_Marks") -> _Fit:
    """Measure the ways of quoting that the file shows until one fits every row; else give the one that fits most."""
    usual = _measure(stream, start)
    is_spaced = usual.n_rows > 0 and usual.n_spaced == usual.n_rows
    if usual.is_whole and not is_spaced:
        return usual
    others = [replace(start, spaced=True)] if marks.has_spaced else []
    others += [replace(start, escaped=True)] if marks.has_escaped else []
    fits = [_measure(stream, other) for other in others]
    return max([*fits, usual] if is_spaced else [usual, *fits], key=lambda fit: fit.share)


def _is_quoted(quoted: _Fit, plain: _Fit, marks: "_Marks") -> bool:
    """Tell whether marks quote fields.

    Where both readings fit every row, they do, since CSV does, and no chance makes each of its marks a field's first or
    last character. A table with tabs is quoted only if its marks look so (R, pandas and spreadsheets quote the header
    too, or double the marks inside) or the lines of a field would make rows without an id, since shared tasks do not quote.
    """
    if quoted.is_whole and plain.is_whole:
        if marks.in_header or quoted.dialect.delimiter != "\t":
            return True
        if quoted.n_rows == plain.n_rows:
            return marks.n_doubled > 0
        return quoted.n_keys == quoted.n_rows and plain.n_keys < plain.n_rows
    if plain.is_whole:
        return False
    if quoted.is_whole:
        return True
    return quoted.share >= plain.share


def _tell_quoted(quoted: _Fit, plain: _Fit, name: str, say: Say) -> None:
    """Say that marks quote, where somebody could have meant otherwise."""
    if not (quoted.dialect.delimiter == "\t" or (plain.is_whole and quoted.n_rows < plain.n_rows) or quoted.n_broken):
        return
    spanning = ""
    if quoted.n_spanning:
        rows = ", ".join(map(str, quoted.spanning)) + (" …" if quoted.n_spanning > _TOLD else "")
        tab = f"a {_NAMES.get(quoted.dialect.delimiter, quoted.dialect.delimiter)}"
        spanning = (
            f"; {quoted.n_spanning:,} of {quoted.n_rows:,} rows have a line break or {tab} inside a field (row {rows})"
        )
    say(f"{name}: quotation marks are read as the marks around quoted fields{spanning}.")


@dataclass(slots=True)
class _Marks:
    """What quotation marks stand like in the lines of a table."""

    in_header: bool = False
    n_opening: int = 0
    n_doubled: int = 0
    has_escaped: bool = False
    has_spaced: bool = False

    def seen(self, lines: Iterable[str], delimiter: str) -> Iterator[str]:
        """Look at lines as they go by."""
        for number, line in enumerate(lines):
            if '"' in line:
                self.has_escaped = self.has_escaped or '\\"' in line
                self._look(line.rstrip("\r\n").split(delimiter), is_header=number == 0)
            yield line

    def _look(self, fields: list[str], *, is_header: bool) -> None:
        opening = [cell for cell in fields if cell.lstrip(" ").startswith('"')]
        self.n_opening += len(opening)
        self.has_spaced = self.has_spaced or any(cell.startswith(" ") for cell in opening)
        self.in_header |= is_header and bool(opening)
        self.n_doubled += sum(len(cell) > 2 and cell.endswith('"') and '""' in cell[1:-1] for cell in opening)


def _with_row_names(fit: _Fit) -> Dialect:
    return replace(fit.dialect, has_row_names=fit.n_rows > 0 and fit.n_numbered == fit.n_rows)


def _encoding_of(stream: BufferedReader, name: str, say: Say) -> tuple[str, bool]:
    """Return the encoding of a table, and whether there are quotation marks in it.

    It is read through for that: it may be UTF-8 but for its last row.
    """
    stream.seek(0)
    start = stream.read(_CHUNK)
    check_is_no_archive(start, name)
    if (encoding := encoding_of_mark(start)) and encoding != "utf-8-sig":
        return encoding, True
    decoder, chunk, has_marks = codecs.getincrementaldecoder("utf-8")(), start, False
    if b"\0" in start:  # UTF-16 without a mark is UTF-8 as well, as far as bytes go
        return guess_encoding(start, name) if _is_utf16(start, name) else "utf-8", True
    try:
        while chunk:
            decoder.decode(chunk)
            has_marks = has_marks or b'"' in chunk
            chunk = stream.read(_CHUNK)
        decoder.decode(b"", final=True)
        return encoding or "utf-8", has_marks
    except UnicodeDecodeError:
        if _is_mostly_utf8(chunk or start):
            say(f"{name}: some characters are not UTF-8 and are lost (U+FFFD); save the table as UTF-8 to keep them.")
            return "utf-8", True
        return told_encoding(chunk or start, name, say), True


def _is_mostly_utf8(chunk: bytes) -> bool:
    """Tell whether for each byte that is not UTF-8 there are several characters that are, and are not ASCII."""
    text = chunk.decode("utf-8", "replace")
    n_lost = text.count("\ufffd")
    n_foreign = sum(character > "\x7f" for character in text) - n_lost
    return n_foreign > 5 * n_lost


def _is_utf16(start: bytes, name: str) -> bool:
    try:
        return guess_encoding(start, name).startswith("utf-16")
    except SaysoError:
        return False
