"""What a run does: reads the labels, scores the model in use and a taught one on held-out articles, and fits the latter."""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ...classify.linear.composed import STANCE
from ...data.datasets.build import read_labelled
from ...data.records import LabelledArticle, Sentence, label_of
from ...data.system.file_names import hashed_stem
from ...errors import SaysoError
from ..estimators.base import Saved
from ..evaluation.evaluate import cross_validate
from ..evaluation.plan import Plan
from ..evaluation.result import Evaluation
from ..tasks.adapted import PACKAGE
from ..tasks.registry import fit_task
from .before import Before, before_of
from .recipes import Recipe, recipes_for
from .result import beside_of, result_of

LEAST_ARTICLES, LEAST_SENTENCES = 5, 30
"""As many articles as folds; with fewer sentences a difference says nothing."""
_SEED = 0
_READ, _SCORED, _FOLDED, _FITTED, _COMPARED = 0.05, 0.15, 0.7, 0.75, 0.8  # parts of the work that are done after each step
_UNCHANGED = (
    "No change was clearly better on held-out articles, so the new model is the same as the one it "
    "started from. Label more sentences that the model gets wrong."
)
Tell = Callable[[str, float], None]


@dataclass(frozen=True, slots=True)
class Taught:
    """A taught estimator, what its file says of it besides, and the result: see `teach`."""

    column: str
    estimator: Saved
    about: Mapping[str, Any]
    result: dict[str, Any]

    def save(self, folder: Path) -> None:
        """Write the model file."""
        self.estimator.save(folder / f"{hashed_stem(self.column)}.sayso", overwrite=True, **self.about)


def teach(column: str, data: Path, models: Iterable[str | Path], tell: Tell) -> Taught:
    """Teach a column, and score it before and after.

    Parameters
    ----------
    column : str
    data : Path
        Dataset folder with the labels.
    models : iterable of path
        The model files in use; see `recipes.model_in_use`.
    tell : callable of (str, float)
        Told what is being done, and how much is done, 0 to 1.

    Returns
    -------
    Taught
        Its ``result`` holds plain values:

        - ``column``; ``recipe``: how it was taught, in a sentence; ``model``: name of the model's file when it is in use;
          ``base``: the file that learning began with, None for the package's or none
        - ``articles``, ``sentences``: how many were scored; ``folds``, ``seed``; ``seconds``
        - ``before``, ``after``: ``name``; ``how`` it was scored, in a sentence; ``macro_f1``, ``interval`` (95 %),
          ``accuracy``, ``accuracy_interval``
        - ``difference`` of macro F1, after less before; ``interval``; ``p`` of the permutation test over articles;
          ``settled``; ``verdict`` in a sentence; ``cautions``, sentences
        - ``trust``: a list of ``check``, ``mark`` (good, doubtful, bad, unknown), ``verdict``; ``trust_summary``
        - ``labels``: a list of ``label``, ``n`` sentences, F1 ``before`` and ``after`` (None where it does not occur), and
          their ``before_interval`` and ``after_interval`` (95 %)
        - ``accepted``: ``n`` of the scored labels that were accepted from the models' view, ``of`` all that were scored, and
          ``by_hand``: ``before``, ``after``, ``difference``, ``interval``, ``verdict`` on the others, None without enough
        - ``curve``: a list of ``articles``, ``sentences``, ``macro_f1``, ``interval``; ``curve_verdict`` or None
        - ``flips``: at most 20 sentences that are labelled differently: ``article`` (id), ``key``, ``n``, ``target``
          (of a stance), ``text``, ``truth``, ``before``, ``after``; ``flip_counts``: ``mended``, ``broken``, ``other``
        - ``also``: a list, empty or with the other column that the model labels (source type beside kind): ``column``,
          ``before``, ``after``, ``difference``, ``interval``, ``settled``, ``verdict`` as above
        - ``notes``: what was left out, sentences; ``commands``: those that do the same

    Raises
    ------
    SaysoError
        If the column cannot be taught from these labels: what is needed, in a line.
    """
    began = time.monotonic()
    articles = [a for a in read_labelled([data]) if a.sentences]
    check_enough(column, articles)
    recipes = recipes_for(column, articles, models)
    if not any(recipe.base for recipe in recipes):
        _check_labels(recipes[0], articles)
    plan = Plan(n_folds=LEAST_ARTICLES, seed=_SEED, curve=True)
    tell("scoring the model in use", _READ)
    before = before_of(recipes[0], articles, plan)
    recipe, after, tried = _best(recipes, before, data.name, plan, tell)
    tell("learning from all labels", _FOLDED)
    taught = fit_task(column, articles, seed=_SEED, instead=recipe.instead)
    tell("comparing", _FITTED)
    if recipe.is_unchanged(taught.model_):  # then it scores what that model scores, although a fold may have changed it
        recipe, tried = recipe.without_change, [_UNCHANGED, *tried]
        after = cross_validate(column, before.articles, replace(plan, curve=False), instead=recipe.instead)
    result = result_of(recipe, before, after, articles)
    result["notes"] = [*tried, *result["notes"]]
    base, also = recipe.base, _beside(recipe, articles, plan, tell)
    result["cautions"] += [f"It labels {_spoken(one['column'])} too: {one['verdict']}" for one in also if _is_worse(one)]
    result |= {
        "also": also,
        "commands": recipe.commands(data),
        "model": hashed_stem(taught.model_.task),
        "base": str(base.path) if base and base.given != PACKAGE else None,
        "seconds": round(time.monotonic() - began, 1),
    }
    about = {"data_name": data.name, "scores": {column: after.summary()}, **recipe.about(articles)}
    return Taught(column, taught, about, result)


def _spoken(column: str) -> str:
    return column.replace("_", " ")


def _is_worse(compared: Mapping[str, Any]) -> bool:
    return bool(compared["settled"] and compared["difference"] < 0)


def _best(
    recipes: Sequence[Recipe], before: Before, name: str, plan: Plan, tell: Tell
) -> tuple[Recipe, Evaluation, list[str]]:
    """Score the ways to teach on the same folds; give the best, how it scored, and a note where there are several."""
    width = (_FOLDED - _SCORED) / len(recipes)
    scored = []
    for k, recipe in enumerate(recipes):
        watched = replace(plan, watch=_watch(tell, _SCORED + k * width, width))
        scored.append(cross_validate(recipe.column, before.articles, watched, data_name=name, instead=recipe.instead))
    best = max(range(len(recipes)), key=lambda k: scored[k].score.macro_f1)
    if len(recipes) == 1:
        return recipes[0], scored[0], []
    ways = "; ".join(f"{recipe.told} Macro F1 {of.score.macro_f1:.3f}" for recipe, of in zip(recipes, scored, strict=True))
    return recipes[best], scored[best], [f"{len(recipes)} methods were tried; the better one is shown. {ways}."]


def _beside(recipe: Recipe, articles: Sequence[LabelledArticle], plan: Plan, tell: Tell) -> list[dict[str, Any]]:
    """Score the other column that the taught model labels, where enough of it is labelled."""
    other = recipe.beside
    try:
        if other is None:
            return []
        check_enough(other.column, articles)
        tell(f"scoring {_spoken(other.column)} too", _COMPARED)
        plan = replace(plan, curve=False, watch=lambda folds, _: folds)
        before = before_of(other, articles, plan)
    except SaysoError:  # too little of it is labelled, which is no reason not to teach this one
        return []
    after = cross_validate(other.column, before.articles, plan, instead=other.instead)
    return [beside_of(other, before, after)]


def _watch(tell: Tell, first: float, width: float) -> Callable[[Iterable[Any], int], Iterator[Any]]:
    """Make what says which folds are done, between two parts of the work."""

    def watched(folds: Iterable[Any], n: int) -> Iterator[Any]:
        tell(f"fold 1 of {n}", first)
        for number, fold in enumerate(folds, 1):
            step = f"fold {number + 1} of {n}" if number < n else "folds over single sentences, for comparison"
            tell(step, first + width * number / n)
            yield fold

    return watched


def check_enough(column: str, articles: Sequence[LabelledArticle]) -> None:
    """Refuse what would teach nothing.

    Raises
    ------
    SaysoError
        How many more articles or sentences are needed.
    """
    counts = [n for a in articles if (n := sum(1 for s in a.sentences if _has(s, column)))]
    lacking = []
    if (more := LEAST_ARTICLES - len(counts)) > 0:
        lacking.append(f"{more} more article{'s' if more > 1 else ''}")
    if (more := LEAST_SENTENCES - sum(counts)) > 0:
        lacking.append(f"{more} more sentence{'s' if more > 1 else ''}")
    if lacking:
        there = f"{sum(counts)} sentences in {len(counts)} articles are labelled"
        raise SaysoError(f"{column}: {there}; label {' and '.join(lacking)} before you can teach.")


def _check_labels(recipe: Recipe, articles: Sequence[LabelledArticle]) -> None:
    """Refuse labels of which no two can be found in an article by what others teach."""
    counts = Counter(label for a in articles for label in set(recipe.task.answers(a)))
    if sum(1 for n in counts.values() if n > 1) < 2:
        there = f"{len(counts)} labels, of which fewer than two occur in at least two articles"
        raise SaysoError(f"{recipe.column} has {there}; label more sentences of each in other articles.")


def _has(s: Sentence, column: str) -> bool:
    return bool(s.stance if column == STANCE else label_of(s, column))
