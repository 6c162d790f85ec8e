"""The arguments and options of every command that annotates articles."""

from typing import Annotated

import typer

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        show_default=False,
        help="Articles: text, HTML, JSON lines, JSON, CSV, TSV, folders of these, - for stdin.",
    ),
]
Models = Annotated[
    list[str] | None,
    typer.Option(show_default=False, help="Model file instead of the one that comes along; repeatable."),
]
Column = Annotated[str | None, typer.Option(show_default=False, help="Column of a table; else the usual names.")]
