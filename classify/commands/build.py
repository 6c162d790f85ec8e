"""``sayso data build``: it lives here because its ``--prelabel`` asks models."""

from functools import partial
from typing import Annotated

import typer

from ...data.commands.console import CodebookFile, Force, Out, progress, tell
from ...data.commands.row_options import names_columns
from ...data.rows.recognition.names import RowNames
from .article_options import AnyLanguage, Column, MendEncoding, columns_of


@names_columns
def build(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Articles or labelled sentences: files, folders, what other tools wrote, - or hf:OWNER/NAME.",
            show_default=False,
        ),
    ],
    out: Out,
    name: Annotated[str | None, typer.Option(help="Name on the dataset card; default: the folder's.")] = None,
    licence: Annotated[str | None, typer.Option(help="Licence on the card, such as cc-by-4.0.")] = None,
    rows: Annotated[str, typer.Option(help="What rows of tables are: sentences, articles, or auto.")] = "auto",
    prelabel: Annotated[bool, typer.Option("--prelabel", help="Add what models suggest, apart from labels.")] = False,
    model: Annotated[
        list[str] | None,
        typer.Option(help="Of --prelabel: model file instead of the package's; repeatable.", show_default=False),
    ] = None,
    drop: Annotated[bool, typer.Option("--drop", help="Leave labels and rows out that are wrong, and log them.")] = False,
    push: Annotated[
        str | None, typer.Option(metavar="OWNER/NAME", help="Also send it to the hub, with your token.", show_default=False)
    ] = None,
    public: Annotated[bool, typer.Option("--public", help="Of --push: a new one is for everybody to see.")] = False,
    codebook: CodebookFile = None,
    id_column: Column = None,
    title_column: Column = None,
    outlet_column: Column = None,
    date_column: Column = None,
    mend_encoding: MendEncoding = False,
    any_language: AnyLanguage = False,
    force: Force = False,
    *,
    row_names: RowNames,
) -> None:
    """Make a dataset folder of sentences out of articles and labelled sentences.

    What is wrong with labels is told, and nothing is written (unless with --drop). Articles that cannot be read, or
    stand twice, are left out; OUT.dropped.jsonl, beside the folder, says which and why.

    \b
    Example: sayso data build articles/ --prelabel --out to-label
    """
    from ...data.codebook.versions import codebook_around
    from ...data.datasets.make import BuildOptions, make_dataset
    from ...data.datasets.stream import ROWS
    from ...data.datasets.tally import summary_of
    from ..files.english import EnglishOnly

    if rows not in ROWS:
        raise typer.BadParameter(f"--rows {rows!r} is not one of {', '.join(ROWS)}.")
    suggest, english = None, EnglishOnly(any_language=any_language, then="without suggestions")
    if prelabel:
        from ..model_files.shipped import beside_others
        from ..queue.prelabel import suggester  # models take a while to load

        suggest = suggester(model or [], english)
        for note in beside_others(model or []):
            tell(note)
    columns = columns_of(row_names, id_column, title_column, outlet_column, date_column, mend_encoding=mend_encoding)
    meanings = codebook_around((*sources, out), codebook, tell)
    options = BuildOptions(sources, rows, name, licence, drop, force, row_names, columns, meanings)
    tally = make_dataset(options, out, tell, suggest, partial(progress, what="articles"))
    english.tell(tell)
    tell(f"{summary_of(tally)}\nWritten to {out}.")
    if push:
        from ...data.datasets.hub import push as send

        tell(f"Uploaded to {send(out, push, public=public)}.")
