"""What ``sayso data check`` prints."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import typer

from ...errors import SaysoError
from ..commands.console import labelled_articles
from ..datasets.build import counted
from ..records import LabelledArticle
from ..rows.places import RowError
from .articles import Problem, check_articles, of_row

Doubter = Callable[[Sequence[LabelledArticle]], Iterable[Problem]]


def print_problems(path: Path | None, doubter: Doubter | None, *, as_json: bool) -> bool:
    """Print everything that is wrong or odd with labelled sentences.

    Parameters
    ----------
    path : Path or None
        Dataset folder or labelled file; the corpus that comes along without it.
    doubter : callable or None
        Finds labels that are likely wrong, besides.
    as_json : bool
        A JSON line for each problem.

    Returns
    -------
    bool
        There is no error among them.

    Raises
    ------
    SaysoError
        If there are no labelled sentences.
    """
    refused: list[RowError] = []
    articles = labelled_articles(path, refused.append)
    if not articles and not refused:
        raise SaysoError(f"{path}: no labelled sentences.")
    problems = [*(of_row(error) for error in refused), *check_articles(articles, doubter)]
    for problem in problems:
        typer.echo(json.dumps(asdict(problem), ensure_ascii=False) if as_json else problem.line())
    n_errors = sum(p.level == "error" for p in problems)
    n_sentences = sum(len(a.sentences) for a in articles)
    typer.echo(
        f"{counted(n_sentences, 'sentence')} in {counted(len(articles), 'article')}: "
        f"{counted(n_errors, 'error')}, {counted(len(problems) - n_errors, 'warning')}.",
        err=True,
    )
    return not n_errors
