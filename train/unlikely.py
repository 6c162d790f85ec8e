"""Labels that are likely wrong: those that a model of the other articles holds for unlikely.

Confident learning (Northcutt, Jiang, Chuang, JAIR 2021): a label is doubted where the model gives another one with at
least the chance that it gives, on average, to sentences that do have that other label. With the extra ``audit`` cleanlab
finds them; without it the same rule here.
"""

import warnings
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..data.check import Problem
from ..data.records import LabelledArticle, Sentence
from .candidates import choose_source
from .fit import VOICE, Rows, grouped_folds
from .fold import How
from .folds import hold_out
from .models import SentenceModel
from .pairs import combine
from .tasks import Task, task_of

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
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
        found += [_problem(column, task, chances[i], int(given[i]), *places[i]) for i in doubted(chances, given)[:most]]
    return found


def held_out_chances(task: Task, rows: Rows, seed: int) -> Floats:
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


def doubted(chances: Floats, given: Ints) -> Ints:
    """Find the labels that are likely wrong.

    Parameters
    ----------
    chances : ndarray of shape (n_sentences, n_labels)
    given : ndarray of shape (n_sentences,)
        Number of each sentence's label.

    Returns
    -------
    ndarray of int
        Numbers of sentences, the least likely label first.
    """
    try:
        from cleanlab.filter import find_label_issues
    except ImportError:
        return by_confident_learning(chances, given)
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "May not flag all label issues", UserWarning)  # of a label that hardly occurs
        return np.asarray(find_label_issues(given, chances, return_indices_ranked_by="self_confidence", n_jobs=1))


def by_confident_learning(chances: Floats, given: Ints) -> Ints:
    """Do without cleanlab: another label reaches its usual chance, and the given one is not the likeliest.

    Examples
    --------
    >>> chances = np.array([[0.9, 0.1], [0.8, 0.2], [0.1, 0.9], [0.86, 0.14]])
    >>> by_confident_learning(chances, np.array([0, 0, 1, 1]))
    array([3])
    """
    n, n_labels = chances.shape
    rows = np.arange(n)
    usual = np.array(
        [chances[given == label, label].mean() if (given == label).any() else np.inf for label in range(n_labels)]
    )
    reached = chances >= usual
    reached[rows, given] = False
    doubtful = np.flatnonzero(reached.any(axis=1) & (chances.argmax(axis=1) != given))
    return doubtful[np.argsort(chances[doubtful, given[doubtful]], kind="stable")]


def _problem(column: str, task: Task, chances: Floats, given: int, labelled: LabelledArticle, sentence: Sentence) -> Problem:
    likelier = int(chances.argmax())
    reason = (
        f"{column} {task.labels[given]} is unlikely ({chances[given]:.0%}); "
        f"models of the other articles say {task.labels[likelier]} ({chances[likelier]:.0%})"
    )
    text = sentence.span.of(labelled.article.text)
    return Problem(labelled.article.id, sentence.n, "warning", reason, text)
