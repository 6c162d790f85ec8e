"""How a cross-validation is to be done."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ...classify.word_reader.reader import WordReader
from ...classify.wording.recipe import Setup
from ...data.articles.notices import Say
from ...data.records import LabelledArticle
from ..folds.cross_validation import Watch
from ..folds.unseen import leave_out_seen
from ..tasks.registry import task_of


@dataclass(frozen=True, slots=True)
class ExternalSet:
    """Labelled articles that nothing is learned from, and what they are called."""

    name: str
    articles: Sequence[LabelledArticle]


@dataclass(frozen=True, slots=True)
class Plan:
    """How a cross-validation is done.

    Parameters
    ----------
    n_folds, repeats, seed : int
        Each repeat parts the articles by the next seed.
    n_jobs : int
        Number of folds to work on at once. It does not change the figures.
    curve : bool
        Draw the learning curve too.
    group : str, optional
        A column of the data whose groups are held out whole as well.
    second : str, optional
        A column with a second person's labels.
    by : tuple of str
        Further columns to slice by.
    watch : callable
        See `hold_out`.
    notice : callable of str
        Told what is being done.
    setup : Setup, optional
        What is asked of the text classifier, and the word reader.
    unseen_targets : bool
        Of stance: no target stands on both sides of a fold.
    similar : bool
        No fold parts similar sentences; see `similar_groups`.
    cache : Path, optional
        Folder to keep finished folds in, for the next run if this one is stopped.
    external : ExternalSet, optional
        Scored beside the folds, by a model of all the data.
    notes : tuple of str
        What to say of the articles before anything is scored.
    """

    n_folds: int = 5
    repeats: int = 1
    seed: int = 0
    n_jobs: int = 1
    curve: bool = False
    group: str | None = None
    second: str | None = None
    by: tuple[str, ...] = ()
    watch: Watch = lambda results, _: results
    notice: Say = lambda _: None
    setup: Setup | None = None
    unseen_targets: bool = False
    similar: bool = False
    cache: Path | None = None
    external: ExternalSet | None = None
    notes: tuple[str, ...] = ()

    @property
    def settings(self) -> dict[str, Any]:
        """What figures depend on."""
        names = ("n_folds", "repeats", "seed", "curve", "group", "unseen_targets", "similar")
        asked = {"search": self.setup.search} if self.setup else {}
        return {name: getattr(self, name) for name in names} | asked


def held_from_reader(
    reader: WordReader | None, articles: Sequence[LabelledArticle], plan: Plan
) -> tuple[Sequence[LabelledArticle], Plan]:
    """Leave out what a reader has learned from, of the external test set too; the plan's notes say so.

    Parameters
    ----------
    reader : WordReader or None
    articles : sequence of LabelledArticle
    plan : Plan

    Raises
    ------
    SaysoError
        If nothing is left.
    """
    if reader is None:
        return articles, plan
    external = plan.external
    own = leave_out_seen(reader, articles, beside=external.articles if external else ())
    notes = [*plan.notes, *own.notes]
    if external is not None:
        test = leave_out_seen(reader, external.articles, beside=articles, option="--external")
        notes += [f"{external.name}: {note}" for note in test.left_out]
        plan = replace(plan, external=replace(external, articles=test.articles))
    return own.articles, replace(plan, notes=tuple(dict.fromkeys(notes)))


def task_held_from_reader(
    name: str, articles: Sequence[LabelledArticle], label: str | None, plan: Plan
) -> tuple[Sequence[LabelledArticle], Plan]:
    """Do the same for a task by its name, after its own checks."""
    reader = plan.setup.reader if plan.setup else None
    if reader is None:
        return articles, plan
    task_of(name, articles, label, plan.setup)
    return held_from_reader(reader, articles, plan)
