"""The command that writes labelled sentences for other tools; ``sayso data build`` reads them back."""

from pathlib import Path
from typing import Annotated

import typer

from ..rows.recognition.names import RowNames
from ..settings.taken import is_taken
from .console import CodebookFile, Excel, labelled_articles, print_table, tell
from .help import OUTPUT, RAW_CELLS
from .row_options import names_columns


@names_columns
def export(
    path: Annotated[Path | None, typer.Argument(metavar="DATA", help="Dataset folder or labelled file.")] = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="FILE", rich_help_panel=OUTPUT, help=f"File to write; a folder for brat. {RAW_CELLS}"
        ),
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            rich_help_panel=OUTPUT,
            help="label-studio, prodigy, brat, conll, conllu, web-annotation, csv, parquet or jsonl.",
        ),
    ] = "jsonl",
    excel: Excel = False,
    codebook: CodebookFile = None,
    force: Annotated[
        bool, typer.Option("--force", rich_help_panel=OUTPUT, help="Overwrite an existing file or folder.")
    ] = False,
    wanted: Annotated[bool, typer.Option("--list", help="List the formats and what each can hold, and exit.")] = False,
    *,
    row_names: RowNames,
) -> None:
    """Write labelled sentences for another labelling tool.

    sayso data build reads them back.

    \b
    Examples:
      sayso data export --list
      sayso data export my-data --format label-studio --out tasks.json

    Docs: sayso docs exchange-formats
    """
    from ..codebook.changes import counts_by_label, labels_not_in
    from ..codebook.versions import codebook_around
    from ..datasets.build import check_buildable
    from ..display import sentences_in_articles
    from ..exchange.formats import FORMATS, format_rows, write_exchange

    if wanted:
        print_table("formats", (("format", "of", "file", "holds"), format_rows()))
        return
    if path is None or out is None:
        raise typer.BadParameter("give a dataset and --out; list the formats with --list.")
    if format_ not in FORMATS:
        raise typer.BadParameter(f"--format {format_!r} is not one of {', '.join(FORMATS)}.")
    meanings = None
    if FORMATS[format_].write_by:
        meanings = codebook_around([path], codebook, tell)
    elif codebook is not None:
        raise typer.BadParameter(
            f"--codebook works only with --format {', '.join(n for n, f in FORMATS.items() if f.write_by)}."
        )
    articles = labelled_articles(path, row_names)
    check_buildable(articles)
    excel = excel and (format_ == "csv" or not is_taken("excel"))  # a settings file may ask for it whatever is written
    written = write_exchange(articles, out, format_, excel=excel, force=force, codebook=meanings)
    for line in labels_not_in(meanings, counts_by_label(articles)) if meanings else ():
        tell(line)
    tell(f"{sentences_in_articles(sum(len(a.sentences) for a in articles), len(articles))}.")
    for one in written:
        tell(f"Written to {one}.")
