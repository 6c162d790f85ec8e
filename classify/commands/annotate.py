"""The command ``sayso annotate``."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ...errors import SaysoError
from ..output.formats import NAMES
from .article_options import AnyLanguage, Column, Debug, Force, Jobs, KeepDuplicates, MendEncoding, Models, Paths

if TYPE_CHECKING:
    Format = str
else:
    Format = StrEnum("Format", {name.upper(): name for name in NAMES})  # by an enumeration Typer knows the choices


def annotate(
    paths: Paths,
    form: Annotated[
        Format | None,
        typer.Option("--format", "-f", show_default=False, help="Default: what --out ends in, else terminal."),
    ] = None,
    model: Models = None,
    encoder: Annotated[
        str | None,
        typer.Option(
            show_default=False, help="The encoder that a --model was trained with: wordllama, a folder, or a name."
        ),
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(
            show_default=False,
            help="Tell each sentence's stance towards NAME, or NAME=ALIAS,ALIAS; repeatable.",
        ),
    ] = None,
    why: Annotated[
        int | None,
        typer.Option(
            min=0,
            show_default=False,
            metavar="N",
            help="Give the N strongest reasons for each label. Default: 5 in html, none elsewhere.",
        ),
    ] = None,
    no_bias: Annotated[bool, typer.Option("--no-bias", help="Leave out loaded wording, and be a little faster.")] = False,
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            "-o",
            show_default=False,
            help="File to write when all is done (brat, html: a folder); or FOLDER/: one for each file (parquet, jsonl).",
        ),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option(show_default=False, help="Also write whose word it is, in figures: FILE.json or FILE.csv."),
    ] = None,
    compare: Annotated[bool, typer.Option("--compare", help="Set the articles side by side (terminal, html).")] = False,
    shares: Annotated[
        str | None,
        typer.Option(
            show_default=False,
            help="Also give the shares of the labels over all articles, corrected: FILE.json, FILE.csv, or - for text.",
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            show_default=False, help="Of --shares: by outlet, date, month, year or a column of the table; repeatable."
        ),
    ] = None,
    part: Annotated[
        str | None,
        typer.Option(metavar="K/N", show_default=False, help="Annotate only part K of N of an archive, as in 3/40."),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            show_default=False,
            help="Annotate an archive on the Dask cluster whose scheduler is at ADDRESS.",
        ),
    ] = None,
    keep_duplicates: KeepDuplicates = False,
    any_language: AnyLanguage = False,
    force: Force = False,
    jobs: Jobs = 1,
    debug: Debug = False,
    text_column: Column = None,
    id_column: Column = None,
    title_column: Column = None,
    outlet_column: Column = None,
    date_column: Column = None,
    mend_encoding: MendEncoding = False,
) -> None:
    """Label the sentences of articles: quote, official claim, independent assessment, narrative.

    \b
    Example: sayso annotate article.txt
             sayso annotate articles/ --out annotations.jsonl
             sayso annotate article.txt --out article.html
             sayso annotate articles/ --out annotations.jsonl --why 3
             sayso annotate article.txt --target "Ukraine=Kyiv,Ukrainian" --target Russia
             sayso annotate ours.txt theirs.txt --compare
             sayso annotate news.csv --out annotations.csv --shares - --by outlet
             sayso annotate archive/ --out out/ --format parquet --jobs 4
    """
    from ..bulk.jobs import use_one_blas_thread

    use_one_blas_thread()
    from ...data.articles.tables import Columns
    from ..archives.choose import annotate_any
    from ..files.annotate_files import Labelling, Outputs

    if by and not shares:
        raise SaysoError("--by groups the shares; add --shares FILE.json, FILE.csv or -.")
    if keep_duplicates and not shares:
        raise SaysoError("--keep-duplicates affects only the shares; add --shares FILE.json, FILE.csv or -.")
    columns = Columns(text_column, id_column, title_column, outlet_column, date_column, mend_encoding=mend_encoding)
    labelling = Labelling(model or (), encoder, target or (), bias=not no_bias, any_language=any_language)
    outputs = Outputs(form, out, compare, profile, shares, by or (), keep_duplicates, force, why, jobs, debug)
    if not annotate_any(paths, labelling, outputs, columns, part=part, dask=dask):
        raise typer.Exit(1)
