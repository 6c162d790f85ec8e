"""A column by the model in use, adapted to labels: its weights are where learning begins, and what it is held to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from ...classify.attribution.extractor import Candidate
from ...classify.kinds.decisions import decided
from ...classify.kinds.features import Features, sentence_features
from ...classify.kinds.reading import Reading
from ...classify.language.article_tokens import view
from ...classify.linear.label_pairs import PAIRED, VOICE, column_chances
from ...classify.linear.named import SentenceModel
from ...classify.model_files.shipped import shipped_model
from ...data.arrays import Floats32, Floats64, softmax
from ...data.articles.notices import Say
from ...data.records import LabelledArticle, Sentence, label_of
from ..held_out_attributions import NO_MODEL, NOTHING, SHIPPED, Source
from ..sentences.adapt import AdaptedRows, adapt
from ..sentences.rows import Rows
from .outputs import Outputs, likeliest, paired_labels, spread_of, weights_of
from .task import Task


@dataclass(frozen=True, slots=True)
class AdaptedTask(Task[AdaptedRows, SentenceModel]):
    """Learn what labels say otherwise than a model.

    Parameters
    ----------
    base : SentenceModel
        That learning begins with: of kind and source type together, or of the column alone.
    """

    base: SentenceModel
    rows_class: ClassVar[type[Rows]] = AdaptedRows
    needs_two: ClassVar[bool] = False

    def source(self, articles: Sequence[LabelledArticle]) -> Source:
        """Find attributions as annotating does: by the package's model."""
        return Source(SHIPPED) if shipped_model("attribution") else Source(NOTHING, NO_MODEL)

    @property
    def _paired(self) -> bool:
        return self.base.task == VOICE

    def answer(self, s: Sentence) -> str | None:
        """Give kind and source type as one label, the one that is not known left empty; see `Task`."""
        label = label_of(s, self.column)
        return f"{s.kind or ''}/{s.source_type or ''}" if label and self._paired else label

    def label(self, answer: str) -> str:
        """Give the predicted column's part of an answer; see `Task`."""
        return answer.split("/")[self.column == "source_type"] if self._paired else answer

    def rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> AdaptedRows:
        """Collect the sentences that have the label, with what the model says of them; see `Task`."""
        features: list[Features] = []
        labels: list[str] = []
        groups: list[int] = []
        base: list[Floats32] = []
        for number, (labelled, found) in enumerate(zip(articles, candidates, strict=True)):
            answers = [self.answer(s) for s in labelled.sentences]
            if not any(answers):
                continue
            described, outputs = self._described(labelled, found)
            for answer, row, output in zip(answers, described, outputs, strict=True):
                if answer:
                    features.append(row)
                    labels.append(answer)
                    groups.append(number)
                    base.append(output)
        of_rows = np.array(base, dtype=np.float64).reshape(-1, len(self.base.labels))
        weights = np.ones(len(labels))
        return AdaptedRows(features, np.array(labels, np.str_), np.array(groups, np.int64), weights, of_rows)

    def _described(self, labelled: LabelledArticle, found: Sequence[Candidate]) -> tuple[list[Features], Floats32]:
        """Describe an article's sentences, and let the model that is begun with score them as annotating does."""
        reading = Reading.of(view(labelled.article.text, [s.span for s in labelled.sentences]), found)
        rows = sentence_features(reading.view, reading.guesses, reading.spoken)
        outputs = self.base.outputs(rows)
        return rows, decided(reading, outputs) if self._paired else outputs

    def fit(
        self, rows: AdaptedRows, seed: int = 0, *, calibrated: bool = True, notice: Say = lambda _: None
    ) -> SentenceModel:
        """Change the weights as far as the labels ask for it; see `Task`."""
        notice("final fit")
        return adapt(self.base, rows)

    def outputs(self, model: SentenceModel, rows: AdaptedRows) -> Outputs:
        """Score the features; see `Task`."""
        scores = self._scores(model, rows)
        weights = weights_of(model, spread_of(rows.features))
        if self._paired:
            chances = column_chances(scores, self.column)
            return Outputs(paired_labels(scores, self.column), chances, chances, weights)
        chances = softmax(scores)
        return Outputs(likeliest(model.labels, scores), chances, chances, weights)

    def _scores(self, model: SentenceModel, rows: AdaptedRows) -> Floats64:
        """Give the outputs with what forms and speakers tell.

        That is taken to be what it was beside the model that was begun with. Annotating makes it anew, and differs only
        where a changed weight reaches one of several sentences of a speaker: there it takes their mean.
        """
        return rows.base + np.asarray(model.outputs(rows.features) - self.base.outputs(rows.features), np.float64)

    @property
    def settings(self) -> Mapping[str, Any]:
        """What folds depend on: the model that is begun with too; see `Task`."""
        import hashlib

        weights = hashlib.sha256(self.base.weights.tobytes() + self.base.bias.tobytes()).hexdigest()
        return {"way": type(self).__name__, "base": weights}


def adapted_task(base: SentenceModel, column: str) -> AdaptedTask:
    """Make the task that adapts a model to the labels of a column."""
    labels = PAIRED[column] if base.task == VOICE else base.labels
    return AdaptedTask(column, labels, (column,), base)
