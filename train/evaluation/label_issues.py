"""The sentences of a dataset whose kind or source type is likely wrong."""

from collections.abc import Sequence

import numpy as np

from ...data.arrays import Floats64
from ...data.checks.articles import Problem
from ...data.records import LabelledArticle, Sentence
from ..folds.cross_validation import Parting, hold_out
from ..folds.fold import How
from ..folds.grouped import grouped_folds
from ..held_out_attributions import choose_source
from ..measures.confident_learning import rank_label_issues
from ..sentences.rows import Rows
from ..tasks.registry import task_of
from ..tasks.task import AnyTask

COLUMNS = ("kind", "source_type")
_FOLDS = 5


def unlikely_labels(articles: Sequence[LabelledArticle], *, most: int = 50, seed: int = 0, n_jobs: int = 2) -> list[Problem]:
    """Find the kinds and source types that are likely wrong, the likeliest first.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    most : int
        How many to give for each column.
    seed, n_jobs : int

    Returns
    -------
    list of Problem
        Warnings; empty where no column has two labels.

    Raises
    ------
    SaysoError
        If there are fewer labelled articles than folds.
    """
    problems: list[Problem] = []
    rows_by_columns: dict[frozenset[str], Rows] = {}  # kind and source type learned together have the same rows
    parting, how = Parting(_FOLDS, seed, n_jobs), How(seed, calibrated=False)
    for column in COLUMNS:
        if len({getattr(s, column) for a in articles for s in a.sentences} - {None}) < 2:
            continue
        task = task_of(column, articles)
        columns = frozenset(task.columns)
        if columns not in rows_by_columns:
            rows_by_columns[columns] = hold_out(task, articles, choose_source(articles), parting, how).rows
        rows = rows_by_columns[columns]
        chances = held_out_chances(task, rows, seed)
        given = np.array([task.labels.index(label) for label in task.truth(rows).tolist()], dtype=np.int64)
        places = [(a, s) for a in articles for s in a.sentences if task.answer(s)]
        problems += [_problem(task, chances[i], int(given[i]), *places[i]) for i in rank_label_issues(chances, given)[:most]]
    return problems


def held_out_chances(task: AnyTask, rows: Rows, seed: int) -> Floats64:
    """Give the chance of each label of the task by models of other articles.

    Returns
    -------
    ndarray of shape (n_sentences, n_labels)
    """
    chances = np.zeros((len(rows.labels), len(task.labels)))
    for train, test in grouped_folds(rows.labels, rows.groups, _FOLDS, seed):
        chances[test] = task.outputs(task.fit(rows.take(train), calibrated=False), rows.take(test)).chances
    return chances


def _problem(task: AnyTask, chances: Floats64, given: int, labelled: LabelledArticle, sentence: Sentence) -> Problem:
    likelier = int(chances.argmax())
    reason = (
        f"{task.column} {task.labels[given]} is unlikely ({chances[given]:.0%}); models trained on the "
        f"other articles predict {task.labels[likelier]} ({chances[likelier]:.0%})"
    )
    text = sentence.span.of(labelled.article.text)
    return Problem(labelled.article.id, sentence.n, "warning", reason, text)
