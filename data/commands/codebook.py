"""The command ``sayso data codebook``."""

from pathlib import Path
from typing import Annotated

import typer

from .console import AsJson, print_results, tell
from .help import OUTPUT


def codebook(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="FILE", help="Codebook (TOML) or project folder. Without it, the built-in codebook."),
    ] = None,
    new: Annotated[
        Path | None, typer.Option("--new", metavar="FILE", help="Write a copy of the built-in codebook to start from.")
    ] = None,
    as_json: AsJson = False,
    force: Annotated[
        bool, typer.Option("--force", rich_help_panel=OUTPUT, help="With --new: overwrite an existing file.")
    ] = False,
) -> None:
    """Check a codebook and show its columns, labels and shortcut keys.

    A codebook says what is asked of each sentence and what each label means.

    \b
    Examples:
      sayso data codebook --new codebook.toml
      sayso data codebook codebook.toml

    Docs: sayso docs codebook
    """
    from ..codebook.report import codebook_tables, describe_codebook, summary_of_codebook
    from ..codebook.versions import read_with_news

    if new is not None:
        if file is not None:
            raise typer.BadParameter("--new writes the built-in codebook, so it cannot be combined with another codebook.")
        _write_new(new, force=force)
        return
    found, news = read_with_news(file)
    print_results(describe_codebook(found), codebook_tables(found), as_json)
    for line in (
        f"{file or 'The built-in codebook'}: {summary_of_codebook(found)}; no problems found.",
        *news,
    ):
        tell(line)


def _write_new(path: Path, *, force: bool) -> None:
    from ..atomic_write import check_not_there, replace_file
    from ..codebook.reading import default_text

    check_not_there(path, force=force)
    with replace_file(path) as out:
        out.write(default_text().encode())
    tell(f"Written to {path}; edit it, then check it with: sayso data codebook {path}")
