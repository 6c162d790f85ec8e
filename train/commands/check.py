"""``sayso data check``: it lives here because its ``--unlikely`` asks models that are trained for it."""

from pathlib import Path
from typing import Annotated

import typer


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
    from functools import partial

    from ...data.checks.report import print_problems

    doubter = None
    if unlikely:
        from ..evaluation.label_issues import unlikely_labels  # scikit-learn takes seconds, and few ask for it

        doubter = partial(unlikely_labels, most=unlikely)
    if not print_problems(path, doubter, as_json=as_json):
        raise typer.Exit(1)
