"""A column by the model in use, adapted to labels: its weights are where learning begins, and what it is held to."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any, ClassVar

import numpy as np

from ...classify.attribution.extractor import Candidate
from ...classify.kinds.decisions import decided
from ...classify.kinds.features import Features, sentence_features
from ...classify.kinds.reading import Reading
from ...classify.language.article_tokens import view
from ...classify.linear.composed import ATTRIBUTION, BIAS, STANCE, BiasModel, StanceModel
from ...classify.linear.label_pairs import PAIRED, VOICE, column_chances
from ...classify.linear.named import SentenceModel
from ...classify.model_files.container import read_model
from ...classify.model_files.files import load
from ...classify.model_files.shipped import mark_of, seen_by, shipped_model
from ...data.arrays import Floats32, Floats64, Strings, softmax
from ...data.articles.notices import Say
from ...data.records import LabelledArticle, Sentence, label_of
from ...errors import SaysoError
from ..estimators.files import estimator_for
from ..held_out_attributions import NO_MODEL, NOTHING, SHIPPED, Source
from ..sentences.adapt import AdaptedRows, adapt
from ..sentences.fit_bias import rows_for
from ..sentences.fit_stance import among
from ..sentences.rows import Rows
from .labels import LabelTask
from .outputs import Outputs, likeliest, paired_labels, spread_of, weights_of
from .task import AnyTask, Task

PACKAGE = "package"
"""Stands for the model of a column that comes with the package."""
ADAPTED_FROM = "adapted_from"
"""What a manifest calls the model that was adapted: name and digest."""
OF_PACKAGE: Mapping[str, str] = {"kind": VOICE, "source_type": VOICE, BIAS: BIAS, STANCE: STANCE}
"""The package's model of each column."""


@dataclass(frozen=True, slots=True)
class AdaptedTask(Task[AdaptedRows, SentenceModel]):
    """Learn what labels say otherwise than a model.

    Parameters
    ----------
    base : SentenceModel
        That learning begins with: of kind and source type together, or of the column alone.
    may_change : bool
        Without it the model is what it began with, whatever the labels say.
    """

    base: SentenceModel
    may_change: bool = True
    needs_two: ClassVar[bool] = False

    @property
    def rows_class(self) -> type[Rows]:
        """The class of its rows; see `Task`."""
        return AdaptedRows

    def source(self, articles: Sequence[LabelledArticle]) -> Source:
        """Find attributions as annotating does: by the package's model."""
        return _as_annotating()

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
        return adapt(self.base, rows, seed) if self.may_change else self.base

    def choices(self, model: SentenceModel) -> tuple[str, ...]:
        """Say whether anything was changed; see `Task`."""
        return _told_of_change(model is self.base)

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
        return {"way": type(self).__name__, "base": _digest(self.base), "may_change": self.may_change}


@dataclass(frozen=True, slots=True)
class AdaptedPart(Task[Any, Any]):
    """Learn what labels say otherwise than a model that is made of several: its last part is changed.

    Of loaded wording the model of sentences is changed, that of words is not; of stances the model that decides, after the
    sentences around were looked at.

    Parameters
    ----------
    way : Task
        How such models are learned and asked.
    base : BiasModel or StanceModel
        That learning begins with.
    may_change : bool
        See `AdaptedTask`.
    """

    way: AnyTask
    base: Any
    may_change: bool = True
    needs_two: ClassVar[bool] = False

    @property
    def rows_class(self) -> type[Rows]:
        """The class of its rows; see `Task`."""
        return self.way.rows_class

    def source(self, articles: Sequence[LabelledArticle]) -> Source:
        """Find attributions as annotating does; see `Task`."""
        return _as_annotating()

    @property
    def settings(self) -> Mapping[str, Any]:
        """What folds depend on; see `Task`."""
        return {"way": type(self).__name__, "base": _digest(self.base.main), "may_change": self.may_change}

    def labels_in(self, articles: Iterable[LabelledArticle]) -> Counter[str]:
        """Count the labels; see `Task`."""
        return self.way.labels_in(articles)

    def answers(self, labelled: LabelledArticle) -> list[str]:
        """List what is learned of an article; see `Task`."""
        return self.way.answers(labelled)

    def rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> Any:
        """Collect what is labelled; see `Task`."""
        return self.way.rows(articles, candidates)

    def fit(self, rows: Any, seed: int = 0, *, calibrated: bool = True, notice: Say = lambda _: None) -> Any:
        """Change the last part as far as the labels ask for it; see `Task`."""
        notice("final fit")
        if not self.may_change:
            return self.base
        name, described, shift = _last_part(self.base, rows)
        part: SentenceModel = getattr(self.base, name)
        outputs = part.outputs(described.features).astype(np.float64) + shift
        adapted = adapt(part, AdaptedRows(described.features, rows.labels, rows.groups, rows.weights, outputs), seed)
        return self.base if adapted is part else replace(self.base, **{name: adapted})

    def choices(self, model: Any) -> tuple[str, ...]:
        """Say whether anything was changed; see `Task`."""
        return _told_of_change(model is self.base)

    def outputs(self, model: Any, rows: Any) -> Outputs:
        """Ask the model as any of its sort; see `Task`."""
        return self.way.outputs(model, rows)

    def predict(self, model: Any, rows: Any) -> Strings:
        """Label rows; see `Task`."""
        return self.way.predict(model, rows)


def _last_part(model: BiasModel | StanceModel, rows: Any) -> tuple[str, Rows, Floats32]:
    """Give the name of the part whose scores decide, the rows as it sees them, and what is added to its scores."""
    if isinstance(model, BiasModel):
        return "sentences", rows_for(model, rows), np.zeros(len(model.labels), np.float32)
    if model.second is None:
        return "first", rows, model.decision
    return "second", among(model, rows), model.decision


AnyAdapted = AdaptedTask | AdaptedPart


def adapted_task(base: Any, column: str) -> AnyAdapted:
    """Make the task that adapts a model to the labels of a column.

    Raises
    ------
    SaysoError
        If no way is known to adapt it.
    """
    if getattr(base, "reader", None):
        raise SaysoError("a model that was trained with a reader cannot be adapted; give another model.")
    if isinstance(base, SentenceModel) and column in PAIRED and base.task in (column, VOICE):
        return AdaptedTask(column, PAIRED[column] if base.task == VOICE else base.labels, (column,), base)
    if isinstance(base, BiasModel | StanceModel) and base.task == column:
        return AdaptedPart(column, base.labels, (column,), LabelTask.by(estimator_for(base, column)), base)
    raise SaysoError(
        f"a {type(base).__name__} for the task {base.task!r} cannot be adapted to {column}; give another model."
    )


def adapted_from(model: str | Path, column: str) -> AnyAdapted:
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
    path = base_file(model, column)
    try:
        return adapted_task(load(path), column)
    except SaysoError as error:
        raise SaysoError(f"{model}: {error}") from error


def base_file(model: str | Path, column: str) -> Path | Traversable:
    """Give the file that `adapted_from` reads.

    Raises
    ------
    SaysoError
        If the package has no model of the column.
    """
    if model != PACKAGE:
        return Path(model)
    path = shipped_model(OF_PACKAGE[column]) if column in OF_PACKAGE else None
    if path is None:
        raise SaysoError(f"there is no built-in model for {column}; there are built-in models for {', '.join(OF_PACKAGE)}.")
    return path


def about_base(model: str | Path, column: str, articles: Sequence[LabelledArticle]) -> dict[str, Any]:
    """Give what the manifest of an adapted model says of the one that was adapted; what that has seen, it has seen too.

    Parameters
    ----------
    model : str or Path
        See `adapted_from`.
    column : str
    articles : sequence of LabelledArticle
        What it was adapted to.
    """
    file = read_model(base_file(model, column))
    marks = seen_by(file.manifest) | {mark_of(a.article) for a in articles}
    return {ADAPTED_FROM: {"name": Path(model).name, "digest": file.digest}, "seen": "".join(sorted(marks))}


def _as_annotating() -> Source:
    return Source(SHIPPED) if shipped_model(ATTRIBUTION) else Source(NOTHING, NO_MODEL)


def _told_of_change(is_unchanged: bool) -> tuple[str, ...]:
    return ("model left unchanged: no change was surely better" if is_unchanged else "model changed to fit the labels",)


def _digest(model: SentenceModel) -> str:
    return hashlib.sha256(model.weights.tobytes() + model.bias.tobytes()).hexdigest()
