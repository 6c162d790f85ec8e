"""The arguments and options of every command that annotates articles."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...data.commands.help import INPUT, MODELS, OUTPUT, WORK

if TYPE_CHECKING:
    from ...data.articles.tables import Columns
    from ...data.rows.recognition.names import RowNames

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="PATH…", help="Articles: files of most kinds (sayso files lists them), folders, or - for standard input."
    ),
]
Models = Annotated[
    list[str] | None,
    typer.Option(metavar="FILE", rich_help_panel=MODELS, help="Use this model file in place of the built-in one."),
]
WithReader = Annotated[
    str | None,
    typer.Option(
        metavar="NAME",
        rich_help_panel=MODELS,
        help="Read articles with a small transformer too: minilm, or a reader's folder. Slower, finds more.",
    ),
]


def _column(option: str, what: str) -> Any:
    return typer.Option(
        option, metavar="NAME", rich_help_panel=INPUT, help=f"Column with the {what}.", show_default="found by its name"
    )


TextColumn = Annotated[str | None, _column("--text-column", "text of the article")]
IdColumn = Annotated[str | None, _column("--id-column", "article's id")]
TitleColumn = Annotated[str | None, _column("--title-column", "headline")]
OutletColumn = Annotated[str | None, _column("--outlet-column", "outlet")]
DateColumn = Annotated[str | None, _column("--date-column", "date")]
MendEncoding = Annotated[
    bool,
    typer.Option(
        "--mend-encoding",
        rich_help_panel=INPUT,
        help="Repair characters that were decoded wrongly, such as â€œ for “. Needs the package ftfy.",
    ),
]
AnyLanguage = Annotated[
    bool,
    typer.Option(
        "--any-language",
        rich_help_panel=INPUT,
        help="Also label articles that are not in English. The built-in models are made for English only.",
    ),
]
KeepDuplicates = Annotated[
    bool,
    typer.Option(
        "--keep-duplicates",
        rich_help_panel=OUTPUT,
        help="Count every copy of an article. Without it near-duplicates count once.",
    ),
]
Jobs = Annotated[
    int,
    typer.Option(
        metavar="N", rich_help_panel=WORK, help="Number of processes; -1 for one per processor. The output is the same."
    ),
]
Debug = Annotated[
    bool,
    typer.Option("--debug", help="When sayso fails on an article, show where in its code, for a bug report."),
]
Force = Annotated[bool, typer.Option("--force", rich_help_panel=OUTPUT, help="Overwrite existing files.")]


def columns_of(
    names: "RowNames",
    identity: str | None,
    title: str | None,
    outlet: str | None,
    date: str | None,
    **how: Any,
) -> "Columns":
    """Give the columns of articles that were named, where a command reads both articles and labelled sentences.

    ``how``: the other fields of `Columns`, such as ``mend_encoding``.
    """
    from ...data.articles.tables import Columns

    return Columns(text=names.text, id=identity or names.article, title=title, outlet=outlet, date=date, **how)
