"""One column by a logistic regression of what kind and source type look at."""

from collections.abc import Sequence
from dataclasses import dataclass

from ...classify.attribution.extractor import Candidate
from ...classify.linear.named import SentenceModel
from ...data.articles.notices import Say
from ...data.records import LabelledArticle
from ..sentences.logistic import fit_plain, fit_plain_calibrated
from ..sentences.rows import Rows, make_rows
from .outputs import Outputs, label_outputs, paired_outputs
from .task import Task


@dataclass(frozen=True, slots=True)
class PlainTask(Task[Rows, SentenceModel]):
    """Learn one column.

    Parameters
    ----------
    words : bool
        The words themselves are features too.
    """

    words: bool = False

    def rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> Rows:
        """Collect the sentences that have the label; see `Task`."""
        return make_rows(articles, candidates, self.answer, words=self.words)

    def fit(self, rows: Rows, seed: int = 0, *, calibrated: bool = True, notice: Say = lambda _: None) -> SentenceModel:
        """Fit one logistic regression; see `Task`."""
        if calibrated:
            return fit_plain_calibrated(rows, self.name, self.labels, seed=seed, notice=notice)
        return fit_plain(rows, self.name, self.labels)

    def outputs(self, model: SentenceModel, rows: Rows) -> Outputs:
        """Score the features; see `Task`."""
        return label_outputs(self.labels, model, rows.features)


@dataclass(frozen=True, slots=True)
class VoiceColumn(PlainTask):
    """Ask a model of kind and source type about one of the two, on sentences that need not have the other."""

    def outputs(self, model: SentenceModel, rows: Rows) -> Outputs:
        """Score the features; see `Task`."""
        return paired_outputs(self.column, model, rows.features)
