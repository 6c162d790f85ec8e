"""Labels of sentences in one column: what is learned is told by the data, how by an estimator."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

from ...classify.attribution.extractor import Candidate
from ...classify.word_reader.reader import WordReader
from ...classify.wording.model import TextModel
from ...classify.wording.recipe import Setup
from ...data.arrays import Strings
from ...data.articles.notices import Say
from ...data.records import LabelledArticle, Sentence
from ..estimators.base import SentenceEstimator
from ..estimators.wording import WordingEstimator
from ..held_out_attributions import Source, choose_source
from ..sentences.rows import Rows
from .outputs import Outputs
from .task import Task


@dataclass(frozen=True, slots=True)
class LabelTask(Task[Rows, Any]):
    """Learn one column by an estimator.

    Parameters
    ----------
    learner : SentenceEstimator
        Not fitted: each fold fits a copy.
    """

    learner: SentenceEstimator

    @classmethod
    def by(cls, learner: SentenceEstimator, name: str | None = None) -> "LabelTask":
        """Make the task of an estimator whose labels are known."""
        return cls(name or learner.column, learner.label_names, learner.columns, learner)

    @property
    def rows_class(self) -> type[Rows]:
        """The class of the rows; see `Task`."""
        return self.learner.rows_class

    @property
    def settings(self) -> Mapping[str, Any]:
        """What folds depend on; see `Task`."""
        return self.learner.settings

    @property
    def word_reader(self) -> WordReader | None:
        """The reader of the estimator; see `Task`."""
        return self.learner.word_reader

    @property
    def recipe_line(self) -> str | None:
        """How the text classifier is put together, in a line; see `Task`."""
        learner = self.learner
        return learner.used_recipe.told() if isinstance(learner, WordingEstimator) and learner.by_wording else None

    def source(self, articles: Sequence[LabelledArticle]) -> Source:
        """Tell where attributions come from: with a reader from models that read with it; see `Task`."""
        return choose_source(articles, self.word_reader)

    def suited(self, articles: Sequence[LabelledArticle], setup: Setup) -> Self:
        """Let the data choose what is left open; see `Task`."""
        learner = self.learner
        if isinstance(learner, WordingEstimator):
            learner = learner.having_setup(setup)
        if setup.reader is not None:
            learner = learner.having_reader(setup.reader)
        learner = learner.suited(articles)
        if not learner.by_wording:
            self.check_asked(setup)
        if learner is self.learner:
            return self
        labels = self.labels if learner.labels is None else tuple(learner.labels)
        return replace(self, labels=labels, columns=learner.columns, learner=learner)

    def labels_in(self, articles: Iterable[LabelledArticle]) -> Counter[str]:
        """Count the labels; see `Task`."""
        return self.learner.labels_in(articles)

    def answer(self, s: Sentence) -> str | None:
        """Give what is learned of a sentence; see `Task`."""
        return self.learner.answer(s)

    def answers(self, labelled: LabelledArticle) -> list[str]:
        """List what is learned of an article; see `Task`."""
        return [answer for *_, answer in self.learner.items(labelled)]

    def label(self, answer: str) -> str:
        """Give the predicted column's part of an answer; see `Task`."""
        return self.learner.label(answer)

    def rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> Rows:
        """Collect what is labelled; see `Task`."""
        return self.learner.rows(articles, candidates)

    def fit(self, rows: Rows, seed: int = 0, *, calibrated: bool = True, notice: Say = lambda _: None) -> Any:
        """Fit a copy of the estimator; see `Task`."""
        learner = self.learner.having(seed=seed, calibrate=calibrated and self.learner.calibrate)
        return learner.fit(rows, notice=notice).model_

    def learned(self, articles: Sequence[LabelledArticle], seed: int, notice: Say) -> SentenceEstimator:
        """Fit a copy of the estimator on articles; see `Task`."""
        return self.learner.having(seed=seed).fit_articles(articles, notice)

    def outputs(self, model: Any, rows: Rows) -> Outputs:
        """Ask the model; see `Task`."""
        return self._asked(model).outputs(rows)

    def predict(self, model: Any, rows: Rows) -> Strings:
        """Label rows; see `Task`."""
        return self._asked(model).names(rows)

    def _asked(self, model: Any) -> SentenceEstimator:
        return self.learner.of(model, self.labels)

    def choices(self, model: Any) -> tuple[str, ...]:
        """Say how the text classifier was put together, and how much targets' own models count; see `Task`."""
        return model.chosen if isinstance(model, TextModel) else ()
