"""What the commands share: their options, reading labelled sentences, printing tables."""

import io
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from ...errors import SaysoError
from ..display import clean, clean_lines, printable
from ..progress import clear, watched
from ..settings.taken import is_taken, with_origin
from ..system.terminal import as_utf8
from ..writing.ending import nobody_reads
from .help import INPUT, OUTPUT

if TYPE_CHECKING:
    from ..display import Table
    from ..records import LabelledArticle
    from ..rows.places import RowError
    from ..rows.recognition.names import RowNames

    _DateOrder = str
else:
    _DateOrder = StrEnum("_DateOrder", {name.upper(): name for name in ("day-first", "month-first", "year-first")})

Out = Annotated[Path, typer.Option("--out", "-o", metavar="DIR", rich_help_panel=OUTPUT, help="Dataset folder to write.")]
Force = Annotated[bool, typer.Option("--force", rich_help_panel=OUTPUT, help="Overwrite the dataset in an existing folder.")]
AsJson = Annotated[bool, typer.Option("--json", rich_help_panel=OUTPUT, help="Print all results as JSON.")]
Excel = Annotated[
    bool,
    typer.Option(
        "--excel",
        rich_help_panel=OUTPUT,
        help="Write CSV for Excel: UTF-8 with a byte order mark, and an apostrophe before cells that would be run as a "
        "formula. sayso removes both when it reads the file.",
    ),
]
CodebookFile = Annotated[
    Path | None,
    typer.Option(
        "--codebook",
        metavar="FILE",
        help="Codebook (TOML) that says what the labels mean.",
        show_default="that of the project around the dataset",
    ),
]
DateOrder = Annotated[
    _DateOrder | None,
    typer.Option(
        "--date-order",
        metavar="ORDER",
        rich_help_panel=INPUT,
        help="What comes first in dates such as 04/03/2024: day-first, month-first or year-first.",
        show_default="as the file's other dates show",
    ),
]
LabelledOrOwn = Annotated[
    Path | None,
    typer.Argument(metavar="DATA", help="Dataset folder or labelled file. Without it, the built-in corpus."),
]

USAGE_ERRORS: type[Exception] = typer.BadParameter.__mro__[1]
"""Errors of the library that reads command lines, whichever module has them in its version."""
_HALVES = re.compile(r"[\ud800-\udfff]")
"""Halves of characters, as the names of files have them: not even UTF-8 can write them, JSON's escapes can."""


def tell(line: str) -> None:
    """Say something that is no result, on one line, whatever the names in it hold; without a reader the work goes on."""
    _write_error(clean(with_origin(line)))


def tell_lines(text: str) -> None:
    """Say something of several lines, such as where an error of ours came up."""
    _write_error(clean_lines(text.rstrip("\n")))


def _write_error(text: str) -> None:
    clear()
    if sys.stderr is None:
        return
    try:
        sys.stderr.write(f"{text}\n")
    except OSError:  # a closed pipe, or a full disk: nobody can be told of it
        drop_output(sys.stderr)


def show(line: str = "") -> None:
    """Print a line of results for people, whatever the names in it hold."""
    show_lines(clean(line))


def show_lines(text: str) -> None:
    """Print results of several lines for people."""
    _write_output(clean_lines(text.removesuffix("\n")))


def show_json(value: Any, indent: int | None = 1) -> None:
    """Print results for programs: JSON as it is, in UTF-8."""
    import json

    as_utf8()
    text = json.dumps(value, ensure_ascii=False, indent=indent)
    _write_output(text if text.isascii() or not _HALVES.search(text) else json.dumps(value, indent=indent))


def _write_output(text: str) -> None:
    """Write to standard output, at once: who reads a pipe may wait for it."""
    clear()
    if sys.stdout is not None:
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def wants_excel(excel: bool, *paths: str | Path | None, form: str | None = None) -> bool:
    """Tell whether CSV is written for Excel.

    Parameters
    ----------
    excel : bool
        The option, which a settings file may give for all commands.
    *paths : str or Path or None
        What is written.
    form : str, optional
        The format of the first of them, where it is not known by its name.

    Raises
    ------
    typer.BadParameter
        If it is given on the command line, and no CSV is written.
    """
    is_csv = form == "csv" or any(path is not None and str(path).lower().endswith(".csv") for path in paths)
    if excel and not is_csv and not is_taken("excel"):
        raise typer.BadParameter(
            "--excel works only where CSV is written; choose a file that ends in .csv, or leave it out."
        )
    return excel and is_csv


def tell_usage(error: Any) -> None:
    """Say what is wrong with a command line, one of `USAGE_ERRORS`: the library would print values as they were given."""
    if error.ctx is None or error.message != error.ctx.get_help():
        error.message = clean(error.message)
    said = io.StringIO()
    error.show(said)
    tell_lines(said.getvalue())


@contextmanager
def unread_is_no_error(what: str) -> Iterator[None]:
    """Print results that are not all of the work: where they cannot be printed, the rest of it is done nevertheless.

    Parameters
    ----------
    what : str
        What is printed, for the line that says why it cannot be; a reader who has seen enough (``| head``) needs none.
    """
    try:
        yield
        sys.stdout.flush()
    except OSError as error:
        drop_output(sys.stdout)
        if not nobody_reads(error):
            tell(f"{what} cannot be printed: {error.strerror or error}.")


def drop_output(stream: IO[str]) -> None:
    """Send what is left in the buffer of an output nowhere, so that Python's own last flush cannot fail again."""
    try:
        stream.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def labelled_articles(
    path: Path | None, names: "RowNames | None" = None, refuse: "Callable[[RowError], None] | None" = None
) -> "list[LabelledArticle]":
    """Read the labelled sentences that a command was given; the project's own corpus if none were.

    Parameters
    ----------
    path : Path or None
    names : RowNames, optional
        The columns that the user named.
    refuse : callable, optional
        Is given everything that is wrong, which is then left out. Without it the first is raised.

    Raises
    ------
    SaysoError
        If there are none; with ``refuse`` that is for the caller to tell.
    """
    if path is None:
        from ..corpora.own import own_corpus

        return own_corpus()
    from ..articles.notices import Notices
    from ..datasets.build import read_labelled
    from ..rows.recognition.names import USUAL

    articles = read_labelled([path], refuse, partial(watched, what="row"), names or USUAL, Notices(tell))
    if not articles and refuse is None:
        raise SaysoError(f"{path}: no labelled sentences.")
    return articles


def print_table(title: str, table: "Table") -> None:
    """Print a table: framed on a terminal, tab-separated otherwise; a header of empty names is left out."""
    title, header = printable(title), tuple(map(printable, table[0]))
    rows = [tuple(map(printable, row)) for row in table[1]]
    if not sys.stdout.isatty():
        lines = ["\t".join(row) for row in ([header] if any(header) else []) + rows]
        show_lines("\n".join([f"# {title}", *lines, "", ""]))
        return
    clear()
    from rich.console import Console
    from rich.table import Table as Framed
    from rich.text import Text

    framed = Framed(title=Text(title), title_justify="left", show_header=any(header))
    for number, name in enumerate(header):
        is_number = bool(rows) and all(_is_number(row[number]) for row in rows)
        framed.add_column(Text(name), justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        framed.add_row(*map(Text, row))
    Console().print(framed)


def _is_number(cell: str) -> bool:
    """Tell whether a cell holds a figure, or a dash for none.

    >>> [_is_number(cell) for cell in ("1,200", "12.5%", "-0.311", "-", "0.48 (0.41 to 0.55)", "state")]
    [True, True, True, True, True, False]
    """
    return cell == "-" or cell.lstrip("+-").replace(",", "")[:1].isdigit()


def print_results(described: Any, tables: "Iterable[tuple[str, Table]]", as_json: bool) -> None:
    """Print results as tables, or all of them as JSON."""
    if as_json:
        show_json(described)
        return
    for title, table in tables:
        print_table(title, table)
