"""Stances in articles: a row for each sentence and target."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from ...classify.attribution.extractor import Candidate
from ...classify.linear.composed import StanceModel
from ...classify.stance_bias.stance import decide, stances
from ...classify.wording.recipe import Setup, stand_alone
from ...data.arrays import Floats32, Strings
from ...data.articles.notices import Say
from ...data.records import LabelledArticle
from ..sentences.fit_stance import StanceRows, fit_stance, stance_chances, stance_rows
from ..sentences.rows import Rows
from .outputs import Outputs, in_order, label_chances, spread_of, weights_of
from .task import Task
from .wording import StanceWordingTask


@dataclass(frozen=True, slots=True)
class StanceTask(Task[StanceRows, StanceModel]):
    """Learn the stance of sentences towards targets."""

    rows_class: ClassVar[type[Rows]] = StanceRows

    def labels_in(self, articles: Iterable[LabelledArticle]) -> Counter[str]:
        """Count stances; see `Task`."""
        return Counter(label for a in articles for label in self.answers(a))

    def suited(self, articles: Sequence[LabelledArticle], setup: Setup) -> Task[Any, Any]:
        """Learn from the wording where sentences stand alone; see `Task`."""
        if stand_alone(articles):
            return StanceWordingTask(self.name, self.labels, self.columns, setup)
        return Task.suited(self, articles, setup)

    def answers(self, labelled: LabelledArticle) -> list[str]:
        """List the stances of an article, target by target; see `Task`."""
        return [label for _, _, label in stances(labelled)]

    def rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> StanceRows:
        """Collect the sentences as their targets see them; see `Task`."""
        return stance_rows(articles, candidates)

    def fit(self, rows: StanceRows, seed: int = 0, *, calibrated: bool = True, notice: Say = lambda _: None) -> StanceModel:
        """Fit sentences by themselves, then among the others; see `Task`."""
        return fit_stance(rows, self.labels, seed=seed, calibrated=calibrated, notice=notice)

    def outputs(self, model: StanceModel, rows: StanceRows) -> Outputs:
        """Score the rows, and the rows around them; see `Task`."""
        chances = stance_chances(model, rows)
        raw = label_chances(self.labels, model.labels, model.first.logits(rows.features))
        weights = weights_of(model.first, spread_of(rows.features))
        return Outputs(_decided(model, chances), in_order(self.labels, model.labels, chances), raw, weights)

    def predict(self, model: StanceModel, rows: StanceRows) -> Strings:
        """Label rows; see `Task`."""
        return _decided(model, stance_chances(model, rows))


def _decided(model: StanceModel, chances: Floats32) -> Strings:
    """Name the label of each row that the model's decision takes."""
    return np.array(model.labels, dtype=np.str_)[decide(model, chances)]
