"""What the model in use makes of the labelled articles, without counting what it has learned by heart."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from ...classify.model_files.shipped import mark_of
from ...data.records import LabelledArticle
from ...errors import SaysoError
from ..evaluation.evaluate import cross_validate, evaluate_model
from ..evaluation.plan import Plan
from ..evaluation.predictions import Predictions
from .recipes import Recipe

LEAST_ARTICLES = 5
"""Articles that can be measured: as many as folds."""
NO_MODEL = "no model (always the most frequent label)"


@dataclass(frozen=True, slots=True)
class Before:
    """The model in use on labelled articles.

    Parameters
    ----------
    name : str
        What people call it.
    how : str
        How it was scored, in a sentence.
    predictions : Predictions or None
        None where there is no model yet.
    articles : list of LabelledArticle
        Those on which it, and a taught one, can be scored.
    notes : list of str
        What was left out.
    """

    name: str
    how: str
    predictions: Predictions | None
    articles: list[LabelledArticle]
    notes: list[str]


def before_of(recipe: Recipe, articles: Sequence[LabelledArticle], plan: Plan) -> Before:
    """Score the model in use.

    Articles that a model of other makers was fitted on are left out, for no fold can take them out of it. On those that
    the model in use was taught from, models taught from the others of them stand in for it.

    Raises
    ------
    SaysoError
        If too few articles are left.
    """
    labelled = [a for a in articles if any(recipe.task.answers(a))]
    known = _known(recipe, articles)
    new = [a for a in labelled if mark_of(a.article) not in known]
    notes = _left_out(len(labelled) - len(new))
    if recipe.in_use is None:
        _check(new, notes)
        return Before(
            NO_MODEL,
            "There is no model yet, so the comparison gives every sentence the most frequent label.",
            None,
            new,
            notes,
        )
    by_heart = recipe.in_use.seen - known
    seen, unseen = ([a for a in new if (mark_of(a.article) in by_heart) is one] for one in (True, False))
    if len(seen) < plan.n_folds and seen:
        notes.append(f"{recipe.in_use.name} was trained on {len(seen)} of these articles, too few for a score without them.")
        seen, new = [], unseen
    _check(new, notes)
    parts = []
    if unseen:
        parts.append(evaluate_model(recipe.in_use.path, recipe.column, unseen, instead=recipe.asked)._predictions)
    if seen:
        of_seen = replace(plan, curve=False)
        parts.append(cross_validate(recipe.column, seen, of_seen, instead=recipe.stand_in)._predictions)
    return Before(recipe.in_use.name, _how(recipe.in_use.name, len(seen), len(unseen)), _joined(parts), new, notes)


def _known(recipe: Recipe, articles: Sequence[LabelledArticle]) -> frozenset[str]:
    """Give the marks of the articles that cannot be scored: no fold takes them out of a model that is not made anew."""
    began = recipe.base.seen if recipe.base else frozenset()
    if recipe.in_use is None or recipe.in_use.is_of(articles, began):
        return began
    return began | recipe.in_use.seen


def _left_out(n: int) -> list[str]:
    if not n:
        return []
    what = (
        "1 article is not scored, because an earlier model"
        if n == 1
        else f"{n} articles are not scored, because an earlier model"
    )
    return [f"{what} was trained on {'it' if n == 1 else 'them'}."]


def _check(articles: Sequence[LabelledArticle], notes: Sequence[str]) -> None:
    if len(articles) < LEAST_ARTICLES:
        why = " ".join(["", *notes])
        raise SaysoError(
            f"{len(articles)} articles can be scored, but {LEAST_ARTICLES} are needed; label "
            f"{LEAST_ARTICLES - len(articles)} more.{why}"
        )


def _how(name: str, seen: int, unseen: int) -> str:
    if not seen:
        return f"{name} was trained on none of these articles."
    cross = f"{name} was trained on {seen} of these articles; on them it is replaced by models trained on the others"
    return f"{cross}; on the other {unseen} it was scored itself." if unseen else f"{cross}."


def _joined(parts: Sequence[Predictions]) -> Predictions:
    """Put predictions of different articles together: what comparing needs of them."""
    bare = [_bare(part) for part in parts]
    if len(bare) == 1:
        return bare[0]
    first, second = bare
    labels = tuple(dict.fromkeys((*first.labels, *second.labels)))
    return replace(first, labels=labels) + replace(second, groups=second.groups + int(first.groups.max()) + 1)


def _bare(of: Predictions) -> Predictions:
    nothing = np.zeros((len(of), 0))
    none = np.full(len(of), -1, dtype=np.int64)
    return replace(of, chances=nothing, raw=nothing, others={}, about={}, fold=none)
