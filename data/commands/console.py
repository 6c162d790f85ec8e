"""What the commands share: their options, reading labelled sentences, printing tables."""

import os
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Annotated, Any

import typer

from ...errors import SaysoError
from ..ending import nobody_reads
from ..progress import clear, watched
from ..settings.taken import with_origin
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


def tell(line: str) -> None:
    """Say something that is no result; where nobody can read it any more, the work goes on."""
    clear()
    try:
        typer.echo(with_origin(line), err=True)
    except OSError:
        drop_output(sys.stderr)


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
    from ..display import printable

    clear()
    header, rows = table[0], [tuple(map(printable, row)) for row in table[1]]
    if not sys.stdout.isatty():
        lines = ["\t".join(row) for row in ([header] if any(header) else []) + rows]
        typer.echo("\n".join([f"# {title}", *lines, ""]))
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table as Framed

    framed = Framed(title=escape(title), title_justify="left", show_header=any(header))
    for number, name in enumerate(header):
        is_number = bool(rows) and all(_is_number(row[number]) for row in rows)
        framed.add_column(escape(name), justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        framed.add_row(*map(escape, row))
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
        import json

        typer.echo(json.dumps(described, ensure_ascii=False, indent=1))
        return
    for title, table in tables:
        print_table(title, table)
