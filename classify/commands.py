"""The command ``sayso annotate``."""

from typing import Annotated

import typer

from .formats import Format

Column = Annotated[str | None, typer.Option(show_default=False, help="Column of a table; else the usual names.")]


def annotate(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...",
            show_default=False,
            help="Articles: text, HTML, JSON lines, JSON, CSV, TSV, folders of these, - for stdin.",
        ),
    ],
    form: Annotated[
        Format | None,
        typer.Option("--format", "-f", show_default=False, help="Default: what --out ends in, else terminal."),
    ] = None,
    model: Annotated[
        list[str] | None,
        typer.Option(show_default=False, help="Model file instead of the one that comes along; repeatable."),
    ] = None,
    out: Annotated[
        str | None,
        typer.Option("--out", "-o", show_default=False, help="File to write; replaced when all is done."),
    ] = None,
    text_column: Column = None,
    id_column: Column = None,
    title_column: Column = None,
) -> None:
    """Label the sentences of articles: quote, official claim, independent assessment, narrative.

    \b
    Example: sayso annotate article.txt
             sayso annotate articles/ --out annotations.jsonl
    """
    from .run import annotate_paths

    columns = {"text_column": text_column, "id_column": id_column, "title_column": title_column}
    if not annotate_paths(paths, form=form, models=model or (), out=out, columns=columns):
        raise typer.Exit(1)
