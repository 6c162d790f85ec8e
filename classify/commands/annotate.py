"""The command ``sayso annotate``."""

from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from ...data.commands.console import DateOrder, Excel, wants_excel
from ...data.commands.help import MODELS, OUTPUT, RAW_CELLS, SAFE_CELLS, WORK
from ...errors import SaysoError
from ..output.formats import NAMES
from .article_options import (
    AnyLanguage,
    DateColumn,
    Debug,
    Force,
    IdColumn,
    Jobs,
    KeepDuplicates,
    MendEncoding,
    Models,
    OutletColumn,
    Paths,
    TextColumn,
    TitleColumn,
    WithReader,
)

if TYPE_CHECKING:
    Format = str
else:
    Format = StrEnum("Format", {name.upper(): name for name in NAMES})  # by an enumeration Typer knows the choices

_FORMATS = f"{', '.join(NAMES[:-1])} or {NAMES[-1]}"


def annotate(
    paths: Paths,
    out: Annotated[
        str | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            rich_help_panel=OUTPUT,
            help="File to write; a folder for brat, and for html of several articles. With jsonl or parquet, DIR/ gets "
            f"one file for each file read. {RAW_CELLS}",
        ),
    ] = None,
    form: Annotated[
        Format | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            rich_help_panel=OUTPUT,
            help=f"{_FORMATS}.",
            show_default="by --out, else terminal",
        ),
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME", help="Also label each sentence's stance towards NAME. Give other names as NAME=ALIAS,ALIAS."
        ),
    ] = None,
    why: Annotated[
        int | None,
        typer.Option(
            min=0,
            metavar="N",
            help="Give the N strongest reasons for each label.",
            show_default="5 in html, 0 in other formats",
        ),
    ] = None,
    no_bias: Annotated[bool, typer.Option("--no-bias", help="Don't mark loaded wording. A little faster.")] = False,
    compare: Annotated[
        bool, typer.Option("--compare", rich_help_panel=OUTPUT, help="Show the articles side by side (terminal and html).")
    ] = False,
    profile: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            rich_help_panel=OUTPUT,
            help=f"Also write each article's figures to FILE.json or FILE.csv. {RAW_CELLS}",
        ),
    ] = None,
    shares: Annotated[
        str | None,
        typer.Option(
            metavar="FILE",
            rich_help_panel=OUTPUT,
            help="Also write the share of each label in all articles, corrected for the model's known errors: FILE.json, "
            f"FILE.csv, or - to print them. {SAFE_CELLS}",
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN",
            rich_help_panel=OUTPUT,
            help="With --shares: also by outlet, date, month, year, or any column of the table.",
        ),
    ] = None,
    excel: Excel = False,
    keep_duplicates: KeepDuplicates = False,
    force: Force = False,
    model: Models = None,
    encoder: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            rich_help_panel=MODELS,
            help="Encoder that the --model was trained with: wordllama, a folder, or a name on the Hugging Face hub.",
        ),
    ] = None,
    reader: WithReader = None,
    text_column: TextColumn = None,
    id_column: IdColumn = None,
    title_column: TitleColumn = None,
    outlet_column: OutletColumn = None,
    date_column: DateColumn = None,
    date_order: DateOrder = None,
    jobs: Jobs = 1,
    part: Annotated[
        str | None,
        typer.Option(metavar="K/N", rich_help_panel=WORK, help="Annotate only part K of N of an archive, such as 3/40."),
    ] = None,
    dask: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", rich_help_panel=WORK, help="Address of a Dask scheduler that annotates an archive."),
    ] = None,
    any_language: AnyLanguage = False,
    mend_encoding: MendEncoding = False,
    debug: Debug = False,
) -> None:
    """Label each sentence of news articles by who vouches for it.

    A sentence is a quote, an official claim, an independent assessment, or narrative (the article's own narration).
    Speakers, cue words, loaded wording and stances are marked too.

    \b
    Examples:
      sayso annotate article.txt
      sayso annotate article.txt --out article.html --target "Ukraine=Kyiv,Ukrainian"
      sayso annotate news.csv --text-column body --out annotations.csv --shares - --by outlet
      sayso annotate archive/ --out out/ --format parquet --jobs 4

    Labels: sayso docs labels

    Docs: sayso docs annotate
    """
    from ..bulk.jobs import use_one_blas_thread

    use_one_blas_thread()
    from ...data.articles.tables import Columns
    from ...data.settings.taken import is_taken
    from ..archives.choose import annotate_any
    from ..files.annotate_files import Labelling, Outputs

    if by and not shares:
        raise SaysoError("--by groups the shares; add --shares FILE.json, FILE.csv or -.")
    if keep_duplicates and not shares:
        raise SaysoError("--keep-duplicates affects only the shares; add --shares FILE.json, FILE.csv or -.")
    if out and "." in out and is_taken("format") and not is_taken("out"):
        form = None  # what the name of the output says on the command line goes before a settings file
    columns = Columns(
        text_column, id_column, title_column, outlet_column, date_column, mend_encoding=mend_encoding, date_order=date_order
    )
    labelling = Labelling(model or (), encoder, target or (), bias=not no_bias, any_language=any_language, reader=reader)
    excel = wants_excel(excel, None if form else out, profile, shares, form=form)
    outputs = Outputs(form, out, compare, profile, shares, by or (), keep_duplicates, force, why, jobs, debug, excel)
    if not annotate_any(paths, labelling, outputs, columns, part=part, dask=dask):
        raise typer.Exit(1)
