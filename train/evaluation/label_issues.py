"""The sentences of a dataset whose kind or source type is likely wrong."""

from collections.abc import Sequence

import numpy as np

from ...classify.linear.label_pairs import combine
from ...classify.model_files.files import SentenceModel
from ...data.arrays import Floats64
from ...data.checks.articles import Problem
from ...data.records import LabelledArticle, Sentence
from ..folds.cross_validation import hold_out
from ..folds.fold import How
from ..held_out_attributions import choose_source
from ..measures.confident_learning import rank_label_issues
from ..sentences.rows import VOICE, Rows, grouped_folds
from ..tasks import Task, task_of

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
    found: list[Problem] = []
    how = How(seed, calibrated=False)
    shared: Rows | None = None  # kind and source type learned together have the same rows
    for column in COLUMNS:
        if len({getattr(s, column) for a in articles for s in a.sentences} - {None}) < 2:
            continue
        task = task_of(column, articles)
        rows = shared
        if rows is None or task.estimator != VOICE:
            rows = hold_out(task, articles, choose_source(articles), n_folds=_FOLDS, seed=seed, n_jobs=n_jobs, how=how).rows
        shared = rows if task.estimator == VOICE else shared
        chances = held_out_chances(task, rows, seed)
        given = np.array([task.labels.index(task.label(str(x))) for x in rows.labels], dtype=np.int64)
        places = [(a, s) for a in articles for s in a.sentences if task.answer(s)]
        found += [
            _problem(column, task, chances[i], int(given[i]), *places[i]) for i in rank_label_issues(chances, given)[:most]
        ]
    return found


def held_out_chances(task: Task, rows: Rows, seed: int) -> Floats64:
    """Give the chance of each label of the task by models of other articles.

    Returns
    -------
    ndarray of shape (n_sentences, n_labels)
    """
    chances = np.zeros((len(rows.labels), len(task.labels)))
    for train, test in grouped_folds(rows.labels, rows.groups, _FOLDS, seed):
        model = task.fit_quickly(rows.take(train))
        features = [rows.features[i] for i in test]
        if not isinstance(model, SentenceModel):
            raise TypeError(f"labels of {model.task} are not looked at")
        if task.estimator == VOICE:
            chances[test] = combine(model.outputs(features)).sum(axis=1 if task.column == "source_type" else 2)
        else:
            chances[test] = model.predict(features)
    return chances


def _problem(
    column: str, task: Task, chances: Floats64, given: int, labelled: LabelledArticle, sentence: Sentence
) -> Problem:
    likelier = int(chances.argmax())
    reason = (
        f"{column} {task.labels[given]} is unlikely ({chances[given]:.0%}); "
        f"models of the other articles say {task.labels[likelier]} ({chances[likelier]:.0%})"
    )
    text = sentence.span.of(labelled.article.text)
    return Problem(labelled.article.id, sentence.n, "warning", reason, text)
