"""The command ``sayso audit``."""

from typing import Annotated

import typer

from .article_options import AnyLanguage, Column, Debug, Force, Jobs, KeepDuplicates, MendEncoding, Models, Paths


def audit(
    paths: Paths,
    out: Annotated[
        str,
        typer.Option(
            "--out", "-o", show_default=False, help="Folder for roster.csv, groups.csv, shares.csv and index.html."
        ),
    ],
    by: Annotated[
        list[str] | None,
        typer.Option(
            show_default=False, help="Also count by this column of the table; outlet, month and byline are; repeatable."
        ),
    ] = None,
    roster: Annotated[
        str | None,
        typer.Option(show_default=False, help="Roster of before; columns that you added to it are carried on."),
    ] = None,
    model: Models = None,
    bom: Annotated[bool, typer.Option("--bom", help="Mark CSV files as UTF-8, for older spreadsheets.")] = False,
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
    """Audit the sources of articles: who is quoted and paraphrased, how often, by whom.

    \b
    Example: sayso audit articles/ --out audit
             sayso audit news.csv --out audit --by desk --roster audit/roster.csv
    """
    from ..bulk.jobs import use_one_blas_thread

    use_one_blas_thread()
    from ...data.articles.tables import Columns
    from ..archives.choose import audit_any
    from ..audit.sources import AuditOptions

    columns = Columns(text_column, id_column, title_column, outlet_column, date_column, mend_encoding=mend_encoding)
    options = AuditOptions(by or (), roster, model or (), bom, any_language, keep_duplicates, force, jobs, debug)
    if not audit_any(paths, out, options, columns):
        raise typer.Exit(1)
