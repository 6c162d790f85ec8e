"""The command that writes labelled sentences for other tools; ``sayso data build`` reads them back."""

from pathlib import Path
from typing import Annotated

import typer

from ..rows.recognition.names import RowNames
from .console import CodebookFile, labelled_articles, print_table, tell
from .row_options import names_columns


@names_columns
def export(
    path: Annotated[Path | None, typer.Argument(help="Dataset folder or labelled file.", show_default=False)] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="File to write; for brat a folder.", show_default=False)
    ] = None,
    format_: Annotated[
        str,
        typer.Option(
            "--format", "-f", help="label-studio, prodigy, brat, conll, conllu, web-annotation, csv, parquet or jsonl."
        ),
    ] = "jsonl",
    excel: Annotated[bool, typer.Option("--excel", help="Of csv: no cell is run as a formula.")] = False,
    codebook: CodebookFile = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what stands there.")] = False,
    wanted: Annotated[bool, typer.Option("--list", help="Show the formats and what each can hold.")] = False,
    *,
    row_names: RowNames,
) -> None:
    """Write labelled sentences for another tool; sayso data build reads them back.

    \b
    Example: sayso data export my-data --format label-studio --out tasks.json
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
    written = write_exchange(articles, out, format_, excel=excel, force=force, codebook=meanings)
    for line in labels_not_in(meanings, counts_by_label(articles)) if meanings else ():
        tell(line)
    tell(f"{sentences_in_articles(sum(len(a.sentences) for a in articles), len(articles))}.")
    for one in written:
        tell(f"Written to {one}.")
