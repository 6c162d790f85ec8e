"""Rows of delimited text: CSV, TSV, and what has semicolons or bars."""

import csv
from collections.abc import Iterator
from io import BufferedReader

from ...errors import SaysoError
from ..articles.notices import Notices
from .dialect import Dialect, dialect_of, lines_of, rows_or_errors, trimmed

Cells = dict[str, str | None]
Found = Cells | SaysoError


def delimited_rows(stream: BufferedReader, name: str, notices: Notices) -> tuple[list[str], Iterator[tuple[str, Found]]]:
    """Read the header of a delimited text, and then its rows one by one.

    Parameters
    ----------
    stream : BufferedReader
        The file; it can be rewound, and has to stay open.
    name : str
        How messages name it.
    notices : Notices
        Is told what was guessed, and counts lines that are the header again.

    Returns
    -------
    list of str
        Names of the columns, as they stand; some may be empty, or twice.
    iterator of (str, dict or SaysoError)
        Where a row stands (``name:number``, from 1, without the header), and its cells, or what is wrong with it. Cells
        that a row lacks are None; of two columns of one name the first counts.

    Raises
    ------
    SaysoError
        If it is no text, or begins with no header.
    """
    dialect = dialect_of(stream, name, notices.say)
    header = _header(stream, name, dialect)
    return header, _rows(stream, name, dialect, header, notices)


def _header(stream: BufferedReader, name: str, dialect: Dialect) -> list[str]:
    try:
        with lines_of(stream, dialect, name) as lines:
            header = [column.strip("\ufeff \t\r\n\xa0") for column in next(dialect.reader(lines), [])]
    except csv.Error as error:
        raise SaysoError(f"{name}: the header row is broken ({error}); put the column names in quotation marks.") from error
    if not any(header):
        raise SaysoError(f"{name}: the first line has no column names; start the file with a line such as id,title,text.")
    return ["", *header] if dialect.has_row_names else header


def _rows(
    stream: BufferedReader, name: str, dialect: Dialect, header: list[str], notices: Notices
) -> Iterator[tuple[str, Found]]:
    with lines_of(stream, dialect, name) as lines:
        reader = dialect.reader(lines)
        next(reader, None)
        number = 0
        for row in rows_or_errors(reader):
            if not isinstance(row, csv.Error) and not any(row):
                continue
            number += 1
            where = f"{name}:{number}"
            if isinstance(row, csv.Error):
                line = f"{reader.line_num + dialect.n_skipped:,}"
                yield (
                    where,
                    SaysoError(
                        f"{where}: broken quoting at line {line} ({row}); double the quotation marks inside the field."
                    ),
                )
            elif len(row := trimmed(row, len(header))) > len(header):
                yield where, SaysoError(_too_many(where, len(row), len(header), dialect))
            elif [cell.strip() for cell in row] == header and len(header) > 1:
                notices.count("repeated header rows left out", where)
            else:
                cells: Cells = dict.fromkeys(header)
                for column, cell in reversed(list(zip(header, row, strict=False))):
                    cells[column] = cell
                yield where, cells


def _too_many(where: str, n_fields: int, n_header: int, dialect: Dialect) -> str:
    hint = "put fields that contain the delimiter in quotation marks"
    if not dialect.quoted:
        hint = "remove the delimiter from its text"
    return f"{where}: {n_fields} fields, but the header has {n_header}; {hint}."
