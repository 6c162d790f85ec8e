"""Kind and source type, learned together: they never contradict each other."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...classify.attribution.extractor import Candidate
from ...classify.linear.named import SentenceModel
from ...classify.wording.recipe import Setup
from ...data.arrays import Strings
from ...data.articles.notices import Say
from ...data.records import LabelledArticle, Sentence
from ..sentences.fit_voice import fit_rows, fit_voice, voice_model
from ..sentences.rows import Rows, voice_label, voice_rows
from .outputs import Outputs, paired_labels, paired_outputs
from .plain import PlainTask
from .task import Task

_MOSTLY = 0.5  # of the labelled sentences must have the other label too, to learn both together


@dataclass(frozen=True, slots=True)
class VoiceTask(Task[Rows, SentenceModel]):
    """Learn both columns, and predict one."""

    def suited(self, articles: Sequence[LabelledArticle], setup: Setup) -> Task[Any, Any]:
        """Learn the one column alone where most of its sentences lack the other; see `Task`."""
        Task.suited(self, articles, setup)
        n_both = sum(1 for a in articles for s in a.sentences if voice_label(s))
        if n_both >= _MOSTLY * self.labels_in(articles).total():
            return self
        return PlainTask(self.name, self.labels, (self.column,))

    def answer(self, s: Sentence) -> str | None:
        """Give both labels as one; see `Task`."""
        return voice_label(s)

    def label(self, answer: str) -> str:
        """Give the predicted column's part of both."""
        return answer.split("/")[self.column == "source_type"]

    def rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> Rows:
        """Collect the sentences that have both labels; see `Task`."""
        return voice_rows(articles, candidates)

    def fit(self, rows: Rows, seed: int = 0, *, calibrated: bool = True, notice: Say = lambda _: None) -> SentenceModel:
        """Fit the three decisions that make both labels; see `Task`."""
        return fit_voice(rows, seed=seed, notice=notice) if calibrated else voice_model(fit_rows(rows))

    def outputs(self, model: SentenceModel, rows: Rows) -> Outputs:
        """Score the features; see `Task`."""
        return paired_outputs(self.column, model, rows.features)

    def predict(self, model: SentenceModel, rows: Rows) -> Strings:
        """Label rows; see `Task`."""
        return paired_labels(model.outputs(rows.features), self.column)
