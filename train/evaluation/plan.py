"""How a cross-validation is to be done."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...classify.wording.recipe import Setup
from ...data.articles.notices import Say
from ...data.records import LabelledArticle
from ..folds.cross_validation import Watch


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
        What is asked of the text classifier.
    unseen_targets : bool
        Of stance: no target stands on both sides of a fold.
    similar : bool
        No fold parts similar sentences; see `similar_groups`.
    cache : Path, optional
        Folder to keep finished folds in, for the next run if this one is stopped.
    external : ExternalSet, optional
        Scored beside the folds, by a model of all the data.
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

    @property
    def settings(self) -> dict[str, Any]:
        """What figures depend on."""
        names = ("n_folds", "repeats", "seed", "curve", "group", "unseen_targets", "similar")
        asked = {"search": self.setup.search} if self.setup else {}
        return {name: getattr(self, name) for name in names} | asked
