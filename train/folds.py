"""Folds by article: every sentence labelled by models that have not seen its article, nor its features' making."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from operator import add
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from sklearn.model_selection import StratifiedKFold
from threadpoolctl import threadpool_limits

from ..data.public import GROUP
from ..data.records import LabelledArticle
from ..errors import SaysoError
from .candidates import FITTED, SHIPPED, Source, fitted_candidates, shipped_candidates
from .fit import Fold, Ints, Rows, grouped_folds, strata
from .shipped import mark_of
from .tasks import Task, predict_rows

Strings = NDArray[np.str_]
Watch = Callable[[Iterable[Any], int], Iterable[Any]]
"""Passes results on, and shows how many of how many are there."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Labelled sentences, and what was predicted for them.

    Parameters
    ----------
    rows : Rows
        Their attributions come from models that had not seen them; ``groups`` numbers the articles.
    truth, predicted, frequent : ndarray of str, shape (n_sentences,)
        The label; the model's; the most frequent one of the training articles.
    fold : ndarray of int, shape (n_sentences,)
    """

    rows: Rows
    truth: Strings
    predicted: Strings
    frequent: Strings
    fold: Ints


def article_groups(articles: Sequence[LabelledArticle]) -> list[int]:
    """Number articles; those of one id, of the same words, or of one group (an event), count as one."""
    first: dict[str, int] = {}
    groups: list[int] = []
    for number, labelled in enumerate(articles):
        keys = [f"id {labelled.article.id}", f"mark {mark_of(labelled.article)}"]
        if GROUP in labelled.meta:
            keys.append(f"group {labelled.meta[GROUP]}")
        known = sorted({groups[first[key]] for key in keys if key in first})
        group = known[0] if known else number
        if len(known) > 1:  # this article shows that two are the same
            groups = [group if g in known else g for g in groups]
        groups.append(group)
        for key in keys:
            first.setdefault(key, number)
    return groups


def target_groups(articles: Sequence[LabelledArticle]) -> list[int]:
    """Number articles; those that share a stance target count as one.

    Its name tells; an alias such as *the ministry* means another one in each article.
    """
    groups = article_groups(articles)
    first: dict[str, int] = {}
    for number, labelled in enumerate(articles):
        names = {name.casefold().removeprefix("the ") for name in labelled.targets}
        known = {groups[first[name]] for name in names if name in first} | {groups[number]}
        groups = [min(known) if group in known else group for group in groups]
        for name in names:
            first.setdefault(name, number)
    return groups


def hold_out(
    task: Task,
    articles: Sequence[LabelledArticle],
    source: Source,
    *,
    n_folds: int = 5,
    seed: int = 0,
    n_jobs: int = 1,
    watch: Watch = lambda results, _: results,
    unseen_targets: bool = False,
) -> HeldOut:
    """Label every sentence by a model fitted on other articles.

    Parameters
    ----------
    task : Task
        Of kind, source type, or a column of the user's own.
    articles : sequence of LabelledArticle
    source : Source
        Of the attributions that are features.
    n_folds, seed : int
    n_jobs : int
        Folds that are worked on at once; the result does not depend on it.
    watch : callable
        The folds' results are read through it, such as a progress bar.
    unseen_targets : bool
        No stance target stands on both sides either.

    Raises
    ------
    SaysoError
        If fewer articles than folds have labels.
    """
    answers = [task.answers(a) for a in articles]
    numbers = (target_groups if unseen_targets else article_groups)(articles)
    labels = np.array([x for given in answers for x in given], dtype=np.str_)
    groups = np.array([number for number, given in zip(numbers, answers, strict=True) for _ in given], dtype=np.int64)
    n_articles = len(np.unique(groups))
    if n_articles < n_folds:
        raise SaysoError(
            f"{n_articles} labelled articles are too few for {n_folds} folds; label more, or ask for fewer (--folds)."
        )
    folds = grouped_folds(labels, groups, n_folds, seed)
    if source.way == FITTED:
        sides = [np.isin(numbers, groups[test]) for _, test in folds]
        jobs = [delayed(_fitted_fold)(task, _pick(articles, ~side), _pick(articles, side), seed) for side in sides]
    else:
        found = shipped_candidates(articles) if source.way == SHIPPED else [[] for _ in articles]
        rows = task.rows(articles, found)
        jobs = [
            delayed(_fold)(task, task.softened(rows.take(train), articles, train), rows.take(test)) for train, test in folds
        ]
    results = Parallel(n_jobs=min(n_jobs, n_folds), return_as="generator")(jobs)
    return _put_together(task, folds, list(watch(results, n_folds)), groups)


def _pick(articles: Sequence[LabelledArticle], chosen: NDArray[np.bool_]) -> list[LabelledArticle]:
    return [a for a, is_chosen in zip(articles, chosen, strict=True) if is_chosen]


def _fitted_fold(
    task: Task, train: Sequence[LabelledArticle], test: Sequence[LabelledArticle], seed: int
) -> tuple[Rows, list[str], str]:
    with threadpool_limits(1):  # the same sums, whatever the machine and the number of workers
        to_learn, to_judge = fitted_candidates(train, test, seed=seed)
        return _fold(task, task.softened(task.rows(train, to_learn), train), task.rows(test, to_judge))


def _fold(task: Task, train: Rows, test: Rows) -> tuple[Rows, list[str], str]:
    """Fit on one side and label the other."""
    with threadpool_limits(1):
        counts: Counter[str] = Counter()
        for answer, weight in zip(train.labels, train.weights.tolist(), strict=True):
            counts[task.label(str(answer))] += weight
        frequent = min(counts, key=lambda label: (-counts[label], label))
        if len(set(train.labels)) == 1:
            return test, [frequent] * len(test.labels), frequent
        return test, predict_rows(task.fit_quickly(train), test, task.column), frequent


def _put_together(
    task: Task, folds: Sequence[Fold], results: Sequence[tuple[Rows, list[str], str]], groups: Ints
) -> HeldOut:
    """Bring what the folds give into the order of the articles."""
    order = np.argsort(np.concatenate([test for _, test in folds]), kind="stable")
    rows = replace(reduce(add, [rows for rows, _, _ in results]).take(order), groups=groups)
    n_each = [len(test) for _, test in folds]
    return HeldOut(
        rows,
        np.array([task.label(str(x)) for x in rows.labels], dtype=np.str_),
        np.array([x for _, predicted, _ in results for x in predicted], dtype=np.str_)[order],
        np.repeat(np.array([frequent for _, _, frequent in results], dtype=np.str_), n_each)[order],
        np.repeat(np.arange(len(folds)), n_each)[order],
    )


def mix_sentences(task: Task, rows: Rows, *, n_folds: int = 5, seed: int = 0, n_jobs: int = 1) -> Strings:
    """Label sentences as folds over sentences would have it, neighbours of the tested ones in training.

    Returns
    -------
    ndarray of str, shape (n_sentences,)
        Good for showing how much such a score claims too much, and for nothing else.
    """
    splitter = StratifiedKFold(n_folds, shuffle=True, random_state=seed)
    folds = list(splitter.split(np.zeros(len(rows.labels)), strata(rows.labels, n_folds)))
    jobs = (delayed(_fold)(task, rows.take(train), rows.take(test)) for train, test in folds)
    predicted = np.empty(len(rows.labels), dtype=object)
    for (_, test), (_, labels, _) in zip(folds, Parallel(n_jobs=min(n_jobs, n_folds))(jobs), strict=True):
        predicted[test] = labels
    return predicted.astype(np.str_)
