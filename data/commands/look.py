"""``sayso data show``: counts of labels and articles, and examples."""

from pathlib import Path
from typing import Annotated

import typer

from .console import labelled_articles, print_results


def show(
    path: Annotated[
        Path | None,
        typer.Argument(help="Dataset folder or labelled file; without it the corpus that comes along."),
    ] = None,
    examples: Annotated[int, typer.Option(min=0, help="Sentences to show for each label.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
) -> None:
    """Count labels and articles, and show examples.

    \b
    Example: sayso data show my-data --examples 3
    """
    from ..datasets.show import as_tables, describe

    described = describe(labelled_articles(path), examples)
    print_results(described, as_tables(described), as_json)
