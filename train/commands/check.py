"""``sayso data check``: it lives here because its ``--unlikely`` asks models that are trained for it."""

from dataclasses import asdict
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from ...data.commands.console import CodebookFile, LabelledOrOwn, labelled_articles, show, show_json, tell
from ...data.commands.help import OUTPUT
from ...data.commands.row_options import names_columns
from ...data.rows.recognition.names import RowNames
from ...errors import SaysoError

if TYPE_CHECKING:
    from ...data.rows.places import RowError


@names_columns
def check(
    path: LabelledOrOwn = None,
    unlikely: Annotated[
        int, typer.Option(min=0, metavar="N", help="Also list the N labels of each column that models find least likely.")
    ] = 0,
    as_json: Annotated[
        bool, typer.Option("--json", rich_help_panel=OUTPUT, help="Print a JSON line for each problem.")
    ] = False,
    codebook: CodebookFile = None,
    *,
    row_names: RowNames,
) -> None:
    """Report everything that is wrong or odd in labelled sentences.

    What is wrong is an error, what is odd a warning. The exit code is 1 if there are errors.

    \b
    Examples:
      sayso data check my-data
      sayso data check my-data --unlikely 20

    Docs: sayso docs dataset-format
    """
    from ...data.checks.articles import Problem, check_articles, of_row
    from ...data.codebook.changes import counts_by_label, labels_not_in
    from ...data.codebook.given import given_before_changes, versions_by_label
    from ...data.codebook.versions import codebook_around, versions_around
    from ...data.display import counted, sentences_in_articles

    doubter = None
    if unlikely:
        from ..evaluation.label_issues import unlikely_labels  # scikit-learn takes seconds, and few ask for it

        doubter = partial(unlikely_labels, most=unlikely)
    refused: list[RowError] = []
    articles = labelled_articles(path, row_names, refused.append)
    if not articles and not refused:
        raise SaysoError(f"{path}: no labelled sentences.")
    problems = [*map(of_row, refused), *check_articles(articles, doubter)]
    if meanings := codebook_around([path] if path else [], codebook, tell):
        versions = versions_around([path] if path else [])
        older, given = versions.all() if versions else (), versions_by_label(articles)
        lines = labels_not_in(meanings, counts_by_label(articles), older, given if versions else None)
        lines += given_before_changes(meanings, given, older)
        problems += [Problem("", None, "warning", line.rstrip(".")) for line in lines]
    for problem in problems:
        if as_json:
            show_json(asdict(problem), indent=None)
        else:
            show(problem.line())
    size = sentences_in_articles(sum(len(a.sentences) for a in articles), len(articles))
    n_errors = sum(problem.level == "error" for problem in problems)
    tell(f"{size}: {counted(n_errors, 'error')}, {counted(len(problems) - n_errors, 'warning')}.")
    if n_errors:
        raise typer.Exit(1)
