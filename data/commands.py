"""The commands of ``sayso data``, and those that look at labelled sentences."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..errors import SaysoError
from .commands_build import build, import_
from .commands_exchange import export
from .commands_rules import rules
from .commands_team import agree, merge, split
from .console import labelled_articles, print_table

if TYPE_CHECKING:
    from .check import Problem
    from .records import LabelledArticle
    from .row_place import RowError

data_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Build, label, compare, check and split datasets.",
)
data_app.command()(build)
data_app.command("import")(import_)
data_app.command()(export)
data_app.command()(split)
data_app.command()(agree)
data_app.command()(merge)
data_app.command()(rules)


@data_app.callback()
def data() -> None:
    """Build, label, compare, check and split datasets."""


@data_app.command()
def show(
    path: Annotated[
        Path | None,
        typer.Argument(help="Dataset folder or labelled file; without it the corpus that comes along."),
    ] = None,
    examples: Annotated[int, typer.Option(min=0, help="Sentences to show for each label.")] = 0,
    rates: Annotated[bool, typer.Option("--rates", help="How often things happen in it.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
) -> None:
    """Count labels and articles, and show examples.

    \b
    Example: sayso data show my-data --examples 3
    """
    import json

    from .show import as_tables, describe

    found = describe(labelled_articles(path), examples, with_rates=rates)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for title, table in as_tables(found):
        print_table(title, table)


@data_app.command()
def check(
    path: Annotated[
        Path | None,
        typer.Argument(help="Dataset folder or labelled file; without it the corpus that comes along."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON line for each problem.")] = False,
    unlikely: Annotated[
        int, typer.Option(min=0, metavar="N", help="Also the N labels of each column that models find unlikeliest.")
    ] = 0,
) -> None:
    """Tell everything that is wrong (error) or odd (warning) with labelled sentences; exit 1 on errors.

    \b
    Example: sayso data check my-data
    """
    import json
    from dataclasses import asdict

    from .build import counted
    from .check import check_articles, of_row

    refused: list[RowError] = []
    articles = labelled_articles(path, refused.append)
    if not articles and not refused:
        raise SaysoError(f"{path}: no labelled sentences.")
    problems = [*(of_row(error) for error in refused), *check_articles(articles, _doubter(unlikely))]
    for problem in problems:
        typer.echo(json.dumps(asdict(problem), ensure_ascii=False) if as_json else problem.line())
    n_errors = sum(p.level == "error" for p in problems)
    n_sentences = sum(len(a.sentences) for a in articles)
    typer.echo(
        f"{counted(n_sentences, 'sentence')} in {counted(len(articles), 'article')}: "
        f"{counted(n_errors, 'error')}, {counted(len(problems) - n_errors, 'warning')}.",
        err=True,
    )
    if n_errors:
        raise typer.Exit(1)


def _doubter(most: int) -> "Callable[[Sequence[LabelledArticle]], Iterable[Problem]] | None":
    """Give what finds unlikely labels; commands may reach for what trains, the modules of data never do."""
    if not most:
        return None
    from ..train.unlikely import unlikely_labels

    return lambda articles: unlikely_labels(articles, most=most)
