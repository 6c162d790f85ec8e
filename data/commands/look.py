"""``sayso data show``: counts of labels and articles, and examples."""

from typing import Annotated

import typer

from ..rows.recognition.names import RowNames
from .console import AsJson, LabelledOrOwn, labelled_articles, print_results
from .row_options import names_columns


@names_columns
def show(
    path: LabelledOrOwn = None,
    examples: Annotated[
        int, typer.Option(min=0, metavar="N", help="Number of example sentences to show for each label.")
    ] = 0,
    as_json: AsJson = False,
    *,
    row_names: RowNames,
) -> None:
    """Count the labels and articles of a dataset, and show examples.

    \b
    Example:
      sayso data show my-data --examples 3

    Docs: sayso docs dataset-format
    """
    from ..datasets.show import as_tables, describe

    described = describe(labelled_articles(path, row_names), examples)
    print_results(described, as_tables(described), as_json)
