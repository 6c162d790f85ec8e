"""The arguments and options of every command that annotates articles."""

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from ...data.articles.tables import Columns
    from ...data.rows.recognition.names import RowNames

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH...",
        show_default=False,
        help="Articles: files of most kinds (sayso files lists them), folders, - for stdin.",
    ),
]
Models = Annotated[
    list[str] | None,
    typer.Option(show_default=False, help="Model file instead of the one that comes along; repeatable."),
]
MendEncoding = Annotated[
    bool, typer.Option("--mend-encoding", help="Mend characters that were read in a wrong encoding (â€œ for “); needs ftfy.")
]
Column = Annotated[str | None, typer.Option(show_default=False, help="Column of a table; else the usual names.")]
AnyLanguage = Annotated[
    bool, typer.Option("--any-language", help="Label articles that are not English too; the models know English only.")
]
KeepDuplicates = Annotated[
    bool, typer.Option("--keep-duplicates", help="Count every copy of an article; else nearly the same ones count once.")
]
Jobs = Annotated[
    int, typer.Option(metavar="N", help="Processes that annotate; -1: one for each processor. The output is the same.")
]
Debug = Annotated[
    bool, typer.Option("--debug", help="If sayso fails on an article, show where in the code: worth sending to us.")
]
Force = Annotated[bool, typer.Option("--force", help="Replace what stands where something is to be written.")]


def columns_of(
    names: "RowNames",
    identity: str | None,
    title: str | None,
    outlet: str | None,
    date: str | None,
    *,
    mend_encoding: bool,
) -> "Columns":
    """Give the columns of articles that were named, where a command reads both articles and labelled sentences."""
    from ...data.articles.tables import Columns

    return Columns(
        text=names.text, id=identity or names.article, title=title, outlet=outlet, date=date, mend_encoding=mend_encoding
    )
