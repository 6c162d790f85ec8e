"""A column by the model in use, adapted to labels: its weights are where learning begins, and what it is held to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from ...classify.attribution.extractor import Candidate
from ...classify.kinds.decisions import decided
from ...classify.kinds.features import Features, sentence_features
from ...classify.kinds.reading import Reading
from ...classify.language.article_tokens import view
from ...classify.linear.label_pairs import PAIRED, VOICE, column_chances
from ...classify.linear.named import SentenceModel
from ...classify.model_files.container import read_model
from ...classify.model_files.files import load
from ...classify.model_files.shipped import mark_of, seen_by, shipped_model
from ...data.arrays import Floats32, Floats64, softmax
from ...data.articles.notices import Say
from ...data.records import LabelledArticle, Sentence, label_of
from ...errors import SaysoError
from ..held_out_attributions import NO_MODEL, NOTHING, SHIPPED, Source
from ..sentences.adapt import AdaptedRows, adapt
from ..sentences.rows import Rows
from .outputs import Outputs, likeliest, paired_labels, spread_of, weights_of
from .task import Task

PACKAGE = "package"
"""Stands for the model of kind and source type that comes with the package."""
ADAPTED_FROM = "adapted_from"
"""What a manifest calls the model that was adapted: name and digest."""
UNCHANGED = "left as it is, for no change had surely more right"
"""What is said of a model that labels gave no reason to change."""


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
        return adapt(self.base, rows, seed)

    def choices(self, model: SentenceModel) -> tuple[str, ...]:
        """Say whether anything was changed; see `Task`."""
        return (UNCHANGED if model is self.base else "changed as far as the labels ask for it",)

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


def adapted_from(model: str | Path, column: str) -> AdaptedTask:
    """Make the task that adapts a model file.

    Parameters
    ----------
    model : str or Path
        A file, or `PACKAGE`.
    column : str

    Raises
    ------
    SaysoError
        If it is no model of the column that can be adapted.
    """
    if column not in PAIRED:
        raise SaysoError(f"--adapt is for {' and '.join(PAIRED)}; {column} is learned from its labels alone.")
    base = load(base_file(model))
    if not isinstance(base, SentenceModel) or base.task not in (column, VOICE):
        raise SaysoError(f"{model}: a model of the task {base.task!r} cannot be adapted to {column}.")
    return adapted_task(base, column)


def base_file(model: str | Path) -> Path | Traversable:
    """Give the file that `adapted_from` reads."""
    path = shipped_model(VOICE) if model == PACKAGE else Path(model)
    if path is None:
        raise SaysoError("the model file of kind and source type that comes with the package is missing: reinstall sayso.")
    return path


def about_base(model: str | Path, articles: Sequence[LabelledArticle]) -> dict[str, Any]:
    """Give what the manifest of an adapted model says of the one that was adapted; what that has seen, it has seen too.

    Parameters
    ----------
    model : str or Path
        See `adapted_from`.
    articles : sequence of LabelledArticle
        What it was adapted to.
    """
    file = read_model(base_file(model))
    marks = seen_by(file.manifest) | {mark_of(a.article) for a in articles}
    return {ADAPTED_FROM: {"name": Path(model).name, "digest": file.digest}, "seen": "".join(sorted(marks))}
