"""Biased sentences in articles, by their loaded words."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from ...classify.attribution.extractor import Candidate
from ...classify.linear.composed import BiasModel
from ...classify.wording.recipe import Setup, stand_alone
from ...data.arrays import Strings
from ...data.articles.notices import Say
from ...data.records import LabelledArticle
from ..sentences.fit_bias import BiasRows, bias_rows, fit_bias, rows_for, words_marked
from ..sentences.rows import Rows
from .outputs import Outputs, label_outputs, likeliest
from .task import Task
from .wording import WordingTask


@dataclass(frozen=True, slots=True)
class BiasTask(Task[BiasRows, BiasModel]):
    """Learn words first, then sentences."""

    rows_class: ClassVar[type[Rows]] = BiasRows

    def suited(self, articles: Sequence[LabelledArticle], setup: Setup) -> Task[Any, Any]:
        """Learn from the wording where sentences stand alone, no words are marked, or that is asked for; see `Task`."""
        if stand_alone(articles) or setup.asked or not words_marked(articles):
            return WordingTask(self.name, self.labels, self.columns, setup)
        return self

    def rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> BiasRows:
        """Collect the sentences with their words; see `Task`."""
        return bias_rows(articles, candidates)

    def fit(self, rows: BiasRows, seed: int = 0, *, calibrated: bool = True, notice: Say = lambda _: None) -> BiasModel:
        """Fit both models; see `Task`."""
        return fit_bias(rows, self.labels, seed=seed, calibrated=calibrated, notice=notice)

    def outputs(self, model: BiasModel, rows: BiasRows) -> Outputs:
        """Score the words, then the sentences; see `Task`."""
        return label_outputs(self.labels, model.sentences, rows_for(model, rows).features)

    def predict(self, model: BiasModel, rows: BiasRows) -> Strings:
        """Label rows; see `Task`."""
        return likeliest(model.labels, model.sentences.outputs(rows_for(model, rows).features))
