"""Whole groups of articles held out: how well a model does on an outlet, or a topic, of which it has seen nothing."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...data.arrays import Strings
from ...data.records import LabelledArticle
from ...errors import SaysoError
from ..folds.cache import FoldCache
from ..folds.cross_validation import Parting, article_groups, hold_out, joined
from ..held_out_attributions import Source
from ..measures.scores import Score, score
from ..measures.slices import value_of
from ..tasks.task import AnyTask
from .plan import Plan

MOST_ROUNDS = 10
"""With more groups several are held out together, so that there are as many rounds as folds."""


@dataclass(frozen=True, slots=True)
class Grouped:
    """Scores where no group of articles stands on both sides.

    Parameters
    ----------
    column : str
        Of the data, that tells the groups.
    groups, rounds : int
        How many groups there are, and in how many rounds they were held out.
    score : Score
    """

    column: str
    groups: int
    rounds: int
    score: Score


def hold_out_groups(
    task: AnyTask,
    articles: Sequence[LabelledArticle],
    source: Source,
    plan: Plan,
    cache: FoldCache | None = None,
) -> tuple[Grouped, Strings, Strings]:
    """Label every sentence by a model that has seen no article of its group.

    Parameters
    ----------
    task : Task
    articles : sequence of LabelledArticle
    source : Source
    plan : Plan
        Its ``group`` names the column.
    cache : FoldCache, optional

    Returns
    -------
    grouped : Grouped
    predicted, group : ndarray of str, shape (n_sentences,)

    Raises
    ------
    SaysoError
        If no article has the column, or all are of one group.
    """
    column = plan.group or ""
    names, known = _named_groups(task, articles, column)
    alone = [name or f"\0{number}" for number, name in enumerate(names)]  # an article of no group is one of its own
    parts = joined([f"article {n}", f"name {name}"] for n, name in zip(article_groups(articles), alone, strict=True))
    n_parts = len({p for p, a in zip(parts, articles, strict=True) if task.answers(a)})
    rounds = n_parts if n_parts <= MOST_ROUNDS else plan.n_folds
    plan.notice(f"{len(known)} groups by {column}, held out in {rounds} rounds")
    parting = Parting(rounds, plan.seed, plan.n_jobs, parts, plan.watch, cache, f"group-{rounds}")
    held_out = hold_out(task, articles, source, parting)
    of = np.array([name for name, a in zip(names, articles, strict=True) for _ in task.answers(a)], dtype=np.str_)
    of_groups = score(held_out.truth, held_out.predicted, held_out.rows.groups, task.labels)
    return Grouped(column, len(known), rounds, of_groups), held_out.predicted, of


def check_groups(task: AnyTask, articles: Sequence[LabelledArticle], column: str) -> None:
    """Refuse a column that does not tell two groups of labelled articles apart.

    Raises
    ------
    SaysoError
        If no labelled article has the column, or all are of one group.
    """
    _named_groups(task, articles, column)


def _named_groups(task: AnyTask, articles: Sequence[LabelledArticle], column: str) -> tuple[list[str], set[str]]:
    """Give the group of each article, empty where it has none, and the groups of labelled ones: two or more."""
    names = [group_of(a, column) for a in articles]
    known = {name for name, a in zip(names, articles, strict=True) if name and task.answers(a)}
    if len(known) < 2:
        found = f"only {next(iter(known))!r}" if known else "nothing"
        raise SaysoError(
            f"--group {column}: the labelled articles have {found} in this column; at least two groups are needed."
        )
    return names, known


def group_of(labelled: LabelledArticle, column: str) -> str:
    """Give what a column says of an article; of a column of its sentences, what it says most often."""
    counts = Counter(value for s in labelled.sentences if (value := value_of(labelled, s, column)))
    return min(counts, key=lambda value: (-counts[value], value)) if counts else ""
