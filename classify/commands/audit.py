"""The command ``sayso audit``."""

from typing import Annotated

import typer

from ...data.commands.console import DateOrder, Excel
from ...data.commands.help import OUTPUT, SAFE_CELLS
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


def audit(
    paths: Paths,
    out: Annotated[
        str,
        typer.Option(
            "--out",
            "-o",
            metavar="DIR",
            rich_help_panel=OUTPUT,
            help=f"Folder to write: index.html, roster.csv, groups.csv and shares.csv. {SAFE_CELLS}",
        ),
    ],
    by: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="Also count by this column of the table, besides outlet, month and byline."),
    ] = None,
    roster: Annotated[
        str | None,
        typer.Option(
            metavar="FILE", help="Roster of an earlier run. Its same_as column and the columns that you added are kept."
        ),
    ] = None,
    excel: Excel = False,
    bom: Annotated[bool, typer.Option("--bom", rich_help_panel=OUTPUT, help="The same as --excel.")] = False,
    keep_duplicates: KeepDuplicates = False,
    force: Force = False,
    model: Models = None,
    reader: WithReader = None,
    text_column: TextColumn = None,
    id_column: IdColumn = None,
    title_column: TitleColumn = None,
    outlet_column: OutletColumn = None,
    date_column: DateColumn = None,
    date_order: DateOrder = None,
    jobs: Jobs = 1,
    any_language: AnyLanguage = False,
    mend_encoding: MendEncoding = False,
    debug: Debug = False,
) -> None:
    """Count who is quoted and paraphrased in articles, and how often.

    Writes a page to read and publish, and tables for a spreadsheet.

    \b
    Examples:
      sayso audit articles/ --out audit
      sayso audit news.csv --out audit --by desk --roster audit/roster.csv --force

    Docs: sayso docs source-audit
    """
    from ..bulk.jobs import use_one_blas_thread

    use_one_blas_thread()
    from ...data.articles.tables import Columns
    from ..archives.choose import audit_any
    from ..audit.sources import AuditOptions

    columns = Columns(
        text_column, id_column, title_column, outlet_column, date_column, mend_encoding=mend_encoding, date_order=date_order
    )
    options = AuditOptions(
        by or (), roster, model or (), excel or bom, any_language, keep_duplicates, force, jobs, debug, reader
    )
    if not audit_any(paths, out, options, columns):
        raise typer.Exit(1)
