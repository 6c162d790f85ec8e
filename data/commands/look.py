"""The commands of ``sayso data``, and those that look at labelled sentences."""

from typing import Annotated

import typer

from .console import AsJson, LabelledOrOwn, labelled_articles, print_results
from .corpora import import_
from .export import export
from .rules import rules
from .team import agree, merge, split

data_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Build, label, compare, check and split datasets.",
)
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
    path: LabelledOrOwn = None,
    examples: Annotated[int, typer.Option(min=0, help="Sentences to show for each label.")] = 0,
    as_json: AsJson = False,
) -> None:
    """Count labels and articles, and show examples.

    \b
    Example: sayso data show my-data --examples 3
    """
    from ..datasets.show import as_tables, describe

    described = describe(labelled_articles(path), examples)
    print_results(described, as_tables(described), as_json)
