"""The settings of a text classifier, chosen inside the training articles by grouped folds."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from joblib import Parallel, cpu_count, delayed
from sklearn.metrics import f1_score

from ...classify.wording.recipe import Recipe
from ...errors import SaysoError
from ..folds.grouped import Fold, grouped_folds
from .fit import TextFitter
from .rows import TextRows

_FOLDS = 3
_SETTINGS = ("C", "balance", "words", "chars", "again", "article", "seen", "own")
_WORDS, _CHARS = (1, 3), (2, 5)  # the widest runs that are tried


@dataclass(frozen=True, slots=True)
class Tried:
    """A recipe, and its macro F1 on held-out articles of the training side."""

    recipe: Recipe
    score: float


def widest(recipe: Recipe) -> Recipe:
    """Give the recipe whose rows hold every run that a search tries."""
    return replace(recipe, words=_WORDS, chars=_CHARS)


def changes(start: Recipe) -> list[Recipe]:
    """List the recipes worth trying: each differs from the first by one setting.

    >>> [r.told() for r in changes(Recipe(chars=(0, 0)))][1:3]
    ['words 1-2, C 0.3, balance 1', 'words 1-2, C 3, balance 1']
    """
    found: list[dict[str, Any]] = [{}, {"C": 0.3 * start.C}, {"C": 3 * start.C}, {"balance": 0.0}, {"balance": 0.5}]
    found += [{"words": runs} for runs in ((1, 1), (1, 2), (1, 3)) if runs != start.words]
    found += [{"chars": runs} for runs in ((0, 0), _CHARS) if runs != start.chars]
    found += [{"again": not start.again}] if start.article else []
    found += [{name: False} for name in ("article", "seen", "own") if getattr(start, name)]
    return [replace(start, **change) for change in found]


def search(rows: TextRows, task: str, labels: Sequence[str], start: Recipe, seed: int = 0) -> list[Tried]:
    """Try the recipes worth trying, then the best settings together.

    Parameters
    ----------
    rows : TextRows
        Of the training side only; made with the `widest` recipe.
    task : str
    labels : sequence of str
    start : Recipe
    seed : int
        Of the folds.

    Returns
    -------
    list of Tried
        The best first; of equals the one that was tried first.

    Raises
    ------
    SaysoError
        If there are fewer articles than folds.
    """
    if rows.n_articles < _FOLDS:
        raise SaysoError(f"--search needs at least {_FOLDS} labelled articles; the data has {rows.n_articles}.")
    folds = grouped_folds(rows.labels, rows.groups, _FOLDS, seed)
    tried = _try(changes(start), rows, task, labels, folds)
    better = [t.recipe for t in tried[1:] if t.score > tried[0].score]
    best: dict[str, Any] = {}
    for recipe in better:
        for name in _SETTINGS:
            if getattr(recipe, name) != getattr(start, name):
                best.setdefault(name, _best_of(name, start, tried))
    if len(best) > 1:
        tried += _try([replace(start, **best)], rows, task, labels, folds)
    return sorted(tried, key=lambda t: -t.score)


def _best_of(name: str, start: Recipe, tried: Sequence[Tried]) -> Any:
    own = [t for t in tried if getattr(t.recipe, name) != getattr(start, name)]
    return getattr(max(own, key=lambda t: t.score).recipe, name)


def _try(recipes: Sequence[Recipe], rows: TextRows, task: str, labels: Sequence[str], folds: Sequence[Fold]) -> list[Tried]:
    jobs = (delayed(_score)(recipe, rows, task, labels, folds) for recipe in recipes)
    scores = Parallel(n_jobs=min(cpu_count(), len(recipes)))(jobs)
    return [Tried(recipe, score) for recipe, score in zip(recipes, scores, strict=True)]


def _score(recipe: Recipe, rows: TextRows, task: str, labels: Sequence[str], folds: Sequence[Fold]) -> float:
    predicted = np.empty(len(rows.labels), dtype=object)
    for train, test in folds:
        part = rows.take(train)
        if len(set(part.labels.tolist())) < 2:
            predicted[test] = part.labels[0]
            continue
        model = TextFitter(task, labels, recipe, calibrated=False).fit(part)
        predicted[test] = [labels[i] for i in model.outputs(rows.take(test)).argmax(axis=1)]
    return float(f1_score(rows.labels, predicted.astype(np.str_), average="macro", zero_division=0.0))
