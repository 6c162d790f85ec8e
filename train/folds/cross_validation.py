"""Folds by article: every sentence labelled by models that have not seen its article, nor its features' making."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import compress
from operator import add
from typing import Any

import numpy as np
from joblib import Parallel, delayed
from numpy.typing import NDArray
from scipy.cluster.hierarchy import DisjointSet
from sklearn.model_selection import StratifiedKFold
from threadpoolctl import threadpool_limits

from ...classify.model_files.shipped import mark_of
from ...classify.model_files.shipped_attributions import shipped_candidates
from ...classify.word_reader.reader import WordReader
from ...data.arrays import Bools, Floats64, Ints, Strings
from ...data.corpora.reader import GROUP
from ...data.display import counted
from ...data.records import LabelledArticle
from ...errors import SaysoError
from ..folds.grouped import grouped_folds, strata
from ..held_out_attributions import FITTED, SHIPPED, Source, fitted_candidates
from ..sentences.rows import Rows
from ..tasks.outputs import Weights
from ..tasks.task import AnyTask
from .cache import FoldCache
from .fold import Fold, How, Part, work_on

Watch = Callable[[Iterable[Any], int], Iterable[Any]]
"""Passes results on, and shows how many of how many are there."""


@dataclass(frozen=True, slots=True)
class HeldOut:
    """Labelled sentences, and what was predicted for them by models of other articles.

    Parameters
    ----------
    rows : Rows
        Their attributions come from models that had not seen them; ``groups`` numbers the articles.
    truth, predicted, frequent, stratified : ndarray of str, shape (n_sentences,)
        The label; the model's; the most frequent one of the training articles; one drawn by the labels' shares there.
    chances, raw : ndarray of shape (n_sentences, n_labels)
        Of the task's labels, calibrated and not.
    fold : ndarray of int, shape (n_sentences,)
    weights : tuple of Weights or None
        Of each fold's model.
    curve : tuple of Part
        The learning curve, the smallest part first; sizes are means over the folds.
    chosen : tuple of tuple of str
        What the training articles of each fold decided besides the weights.
    """

    rows: Rows
    truth: Strings
    predicted: Strings
    frequent: Strings
    stratified: Strings
    chances: Floats64
    raw: Floats64
    fold: Ints
    weights: tuple[Weights | None, ...] = ()
    curve: tuple[Part, ...] = ()
    chosen: tuple[tuple[str, ...], ...] = ()


def article_groups(articles: Sequence[LabelledArticle]) -> list[int]:
    """Number articles; those of one id, of the same words, or of one group (an event), count as one."""
    return joined(map(_keys, articles))


def _keys(labelled: LabelledArticle) -> list[str]:
    keys = [f"id {labelled.article.id}", f"mark {mark_of(labelled.article)}"]
    return [*keys, f"group {labelled.meta[GROUP]}"] if GROUP in labelled.meta else keys


_ALONE = 1.1  # sentences an article: a few articles may have a second one, such as a headline


def stand_alone(articles: Sequence[LabelledArticle]) -> bool:
    """Tell whether next to every sentence is an article of its own, as in a file of collected sentences."""
    return sum(len(a.sentences) for a in articles) < _ALONE * len(set(article_groups(articles)))


def target_groups(articles: Sequence[LabelledArticle]) -> list[int]:
    """Number articles; those that share a stance target count as one.

    Its name tells; an alias such as *the ministry* means another one in each article.
    """
    return joined([*_keys(a), *(f"target {name.casefold().removeprefix('the ')}" for name in a.targets)] for a in articles)


def joined(keys: Iterable[Sequence[str]]) -> list[int]:
    """Number articles; those that share a key, directly or through others, have the number of the first of them.

    Parameters
    ----------
    keys : iterable of sequence of str, length n_articles

    Examples
    --------
    >>> joined([["event 1", "Post"], ["event 2", "Post"], ["Herald"], ["event 1", "Mail"]])
    [0, 0, 2, 0]
    """
    sets = DisjointSet()
    holders: dict[str, int] = {}
    for number, of_article in enumerate(keys):
        sets.add(number)
        for key in of_article:
            sets.merge(holders.setdefault(key, number), number)
    first: dict[int, int] = {}
    return [first.setdefault(sets[number], number) for number in sets]


@dataclass(frozen=True, slots=True)
class Parting:
    """How articles are parted, and the folds worked on.

    Parameters
    ----------
    n_folds, seed : int
        The seed is that of the folds.
    n_jobs : int
        Folds that are worked on at once; the result does not depend on it.
    groups : sequence of int, length n_articles, optional
        Number of what each article stays together with; the articles themselves without it.
    watch : callable
        The folds' results are read through it, such as a progress bar.
    cache : FoldCache, optional
        Keeps what is finished, under ``name`` and the fold's number.
    name : str
    joined_by : str
        The option that joined articles to these groups.
    """

    n_folds: int = 5
    seed: int = 0
    n_jobs: int = 1
    groups: Sequence[int] | None = None
    watch: Watch = lambda results, _: results
    cache: FoldCache | None = None
    name: str = "fold"
    joined_by: str = ""


def hold_out(
    task: AnyTask, articles: Sequence[LabelledArticle], source: Source, parting: Parting, how: How | None = None
) -> HeldOut:
    """Label every sentence by a model fitted on other articles.

    Parameters
    ----------
    task : Task
        Of kind, source type, stance, or a column of the user's own.
    articles : sequence of LabelledArticle
    source : Source
        Of the attributions that are features.
    parting : Parting
    how : How, optional
        How each fold is worked on; without it models have the seed of the folds, are calibrated, and there is no
        learning curve.

    Raises
    ------
    SaysoError
        If fewer articles than folds have labels.
    """
    answers = [task.answers(a) for a in articles]
    numbers = article_groups(articles)
    parts = numbers if parting.groups is None else list(parting.groups)
    labels = np.array([answer for of in answers for answer in of], dtype=np.str_)
    groups, apart = (
        np.array([number for number, of_article in zip(of, answers, strict=True) for _ in of_article], dtype=np.int64)
        for of in (numbers, parts)
    )
    n_parts, n_folds = len(np.unique(apart)), parting.n_folds
    if n_parts < n_folds:
        raise SaysoError(_too_few(n_parts, len(np.unique(groups)), parting))
    folds = grouped_folds(labels, apart, n_folds, parting.seed)
    sides = [np.isin(parts, apart[test]) for _, test in folds]
    jobs = _jobs(task, articles, source, sides, how or How(parting.seed))
    results = list(parting.watch(_run(jobs, parting), n_folds))
    order = np.argsort(np.concatenate([test for _, test in folds]), kind="stable")
    return _put_together(task, results, order, groups)


_GROUPS = {"--group-similar": "of similar sentences", "--unseen-targets": "of shared targets"}


def _too_few(n_parts: int, n_articles: int, parting: Parting) -> str:
    """Say why there are fewer parts than folds."""
    n_folds = parting.n_folds
    if n_articles < n_folds or not parting.joined_by:
        n, what = (n_parts, "groups of labelled") if n_parts < n_articles >= n_folds else (n_articles, "labelled")
        return f"{n} {what} articles are too few for {n_folds} folds; label more, or give a smaller --folds."
    fewer = f", or give --folds {n_parts}" if n_parts > 1 else ""
    return (
        f"{parting.joined_by} joined {n_articles:,} articles into {counted(n_parts, 'group')} "
        f"{_GROUPS[parting.joined_by]}, too few for {n_folds} folds; leave it out{fewer}."
    )


def _jobs(task: AnyTask, articles: Sequence[LabelledArticle], source: Source, sides: Sequence[Bools], how: How) -> list[Any]:
    if source.way == FITTED:
        parted = ((list(compress(articles, ~side)), list(compress(articles, side))) for side in sides)
        return [delayed(_fitted_fold)(task, train, test, how, source.reader) for train, test in parted]
    found = shipped_candidates(articles, source.reader) if source.way == SHIPPED else [[] for _ in articles]
    rows = task.rows(articles, found)
    held_out = [side[rows.groups] for side in sides]
    return [delayed(work_on)(task, *(rows.take(np.flatnonzero(part)) for part in (~out, out)), how) for out in held_out]


def _fitted_fold(
    task: AnyTask,
    train: Sequence[LabelledArticle],
    test: Sequence[LabelledArticle],
    how: How,
    reader: WordReader | None,
) -> Fold:
    with threadpool_limits(1):  # the same sums, whatever the machine and the number of workers
        to_learn, to_judge = fitted_candidates(train, test, seed=how.seed, reader=reader)
        return work_on(task, task.rows(train, to_learn), task.rows(test, to_judge), how)


def _run(jobs: Sequence[Any], parting: Parting) -> Iterator[Fold]:
    """Yield the folds in their order: those that were kept, and those that are worked on now."""
    cache, names = parting.cache, [f"{parting.name}-{i}" for i in range(len(jobs))]
    kept = {} if cache is None else {name: fold for name in names if (fold := cache.find(name))}
    fresh = in_parallel([job for name, job in zip(names, jobs, strict=True) if name not in kept], parting.n_jobs)
    for name in names:
        if name in kept:
            yield kept[name]
            continue
        fold = next(fresh)
        if cache is not None:
            cache.keep(name, fold)
        yield fold


def in_parallel(jobs: Sequence[Any], n_jobs: int) -> Iterator[Any]:
    """Do jobs of joblib, so many at once, and yield what they give in their order."""
    return iter(Parallel(n_jobs=min(n_jobs, len(jobs)), return_as="generator")(jobs) if jobs else ())


def _put_together(task: AnyTask, folds: Sequence[Fold], order: Ints, groups: Ints) -> HeldOut:
    """Bring what the folds give into the order of the articles."""

    def joined(name: str) -> NDArray[Any]:
        return np.concatenate([getattr(fold, name) for fold in folds])[order]

    rows = replace(reduce(add, [fold.rows for fold in folds]).take(order), groups=groups)
    return HeldOut(
        rows=rows,
        truth=task.truth(rows),
        **{name: joined(name) for name in ("predicted", "frequent", "stratified", "chances", "raw")},
        fold=np.repeat(np.arange(len(folds)), [len(fold.predicted) for fold in folds])[order],
        weights=tuple(fold.weights for fold in folds),
        curve=_joint_curve(folds, order),
        chosen=tuple(fold.chosen for fold in folds),
    )


def _joint_curve(folds: Sequence[Fold], order: Ints) -> tuple[Part, ...]:
    if not all(fold.curve for fold in folds):
        return ()
    curves = [(*fold.curve, Part(*fold.n_train, fold.predicted)) for fold in folds]
    return tuple(_mean_part(parts, order) for parts in zip(*curves, strict=True))


def _mean_part(parts: Sequence[Part], order: Ints) -> Part:
    sizes = [round(float(np.mean([getattr(p, name) for p in parts]))) for name in ("n_articles", "n_sentences")]
    return Part(sizes[0], sizes[1], np.concatenate([p.predicted for p in parts])[order])


def mix_sentences(task: AnyTask, rows: Rows, *, n_folds: int = 5, seed: int = 0, n_jobs: int = 1) -> Strings:
    """Label sentences as folds over sentences would have it, neighbours of the tested ones in training.

    Returns
    -------
    ndarray of str, shape (n_sentences,)
        Good for showing how much such a score claims too much, and for nothing else.
    """
    splitter = StratifiedKFold(n_folds, shuffle=True, random_state=seed)
    folds = list(splitter.split(np.zeros(len(rows.labels)), strata(rows.labels, n_folds)))
    how = How(seed, calibrated=False)
    jobs = [delayed(_predicted)(task, rows.take(train), rows.take(test), how) for train, test in folds]
    predicted = np.empty(len(rows.labels), dtype=object)
    for (_, test), labels in zip(folds, in_parallel(jobs, n_jobs), strict=True):
        predicted[test] = labels
    return predicted.astype(np.str_)


def _predicted(task: AnyTask, train: Rows, test: Rows, how: How) -> Strings:
    return work_on(task, train, test, how).predicted
