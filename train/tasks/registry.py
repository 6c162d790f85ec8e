"""The tasks by name; a label column of the user's own needs no entry."""

from collections.abc import Sequence
from typing import Any

from ...classify.linear.composed import ATTRIBUTION
from ...classify.linear.named import SentenceModel
from ...classify.model_files.files import LabelModel
from ...classify.wording.model import TextModel
from ...classify.wording.recipe import Setup
from ...data.articles.metadata.article_language import other_language
from ...data.articles.metadata.language import OTHER
from ...data.articles.notices import Say
from ...data.display import can_be_name
from ...data.records import LABEL_COLUMNS, LabelledArticle, label_of
from ...data.rows.suggestions import CODEBOOK, own_labels
from ...errors import SaysoError
from ..estimators.base import SentenceEstimator
from ..estimators.bias import BiasClassifier
from ..estimators.files import estimator_for
from ..estimators.kind import KindClassifier
from ..estimators.parameters import wrong_name
from ..estimators.stance import StanceClassifier
from ..estimators.text import TextClassifier
from .attribution import AttributionTask
from .labels import LabelTask
from .task import AnyTask

_LEARNERS: Sequence[SentenceEstimator] = (
    KindClassifier(column="kind"),
    KindClassifier(column="source_type"),
    StanceClassifier(),
    BiasClassifier(),
)
ATTRIBUTIONS = AttributionTask(ATTRIBUTION, (), (ATTRIBUTION,))
TASKS: dict[str, AnyTask] = {
    **{learner.column: LabelTask.by(learner) for learner in _LEARNERS},
    ATTRIBUTION: ATTRIBUTIONS,
}
"""The tasks that have an entry, as they are learned where the data has all that they ask for."""


def task_of(name: str, articles: Sequence[LabelledArticle], label: str | None = None, setup: Setup | None = None) -> AnyTask:
    """Find the task by its name, or make one for a label column of the user's own.

    Parameters
    ----------
    name : str
    articles : sequence of LabelledArticle
        They tell the labels, and which way of learning suits.
    label : str, optional
        The column to learn; the task's name without it.
    setup : Setup, optional
        What the user asks of the text classifier.

    Raises
    ------
    SaysoError
        If there is no such task and no such column, or nothing to tell apart in it.
    """
    entry = TASKS.get(name)
    if CODEBOOK in (name, label):
        raise SaysoError(f"{CODEBOOK!r} holds the version of a codebook, not labels; give the name of a label column.")
    if (entry and label not in (None, entry.column)) or (not entry and wrong_name(name)):
        raise SaysoError(_not_a_name(name, label))
    column = label or name
    task = entry or LabelTask(name, (), (column,), TextClassifier(column=column, name=name))
    if task.of_spans:
        return task.suited(articles, setup or Setup())
    labels = task.labels_in(articles)
    if not labels:
        raise SaysoError(_no_column(name, task.column, articles))
    if len(labels) == 1:
        raise SaysoError(f"{task.column} has only one label, {next(iter(labels))!r}; training needs two or more.")
    return task.suited(articles, setup or Setup())


def language_notes(task: AnyTask, articles: Sequence[LabelledArticle]) -> list[str]:
    """Say what is left out, or to be doubted, where most articles are not English; nothing where they are."""
    language = other_language([a.article for a in articles])
    if language is None:
        return []
    told = f"Most of the text is not English ({'unknown' if language == OTHER else language})"
    if task.recipe_line is not None:
        return [
            f"{told}, so features made for English are left out. Words, characters and sentence vectors work "
            "for any language."
        ]
    return [
        f"{told}, and this task relies on features made for English: cues, sources, word lists. Do not trust its labels."
    ]


def _not_a_name(name: str, label: str | None) -> str:
    """Say that a name is taken, and which command learns the column all the same."""
    column = label or name
    if not can_be_name(column):
        return f"{column!r} is not the name of a label column; give a name that can be printed."
    other = f"my_{name if can_be_name(name) else column}"
    return (
        f"{name!r} cannot be the name of your own task; give another, and --label {column}: "
        f"sayso train {other} --label {column}."
    )


def _no_column(name: str, column: str, articles: Sequence[LabelledArticle]) -> str:
    own = {key for a in articles for s in a.sentences for key in own_labels(s)}
    ours = {key for key in LABEL_COLUMNS if any(label_of(s, key) for a in articles for s in a.sentences)}
    there = ", ".join(sorted(ours | own)) or "none"
    listed = sorted(key for key in own if key.startswith(f"{name}_"))
    if listed and name not in TASKS:
        return f"{name!r} holds several labels for one sentence, each in its own column; give one of {', '.join(listed)}."
    known = f"; a task is {', '.join(TASKS)}, or the name of a label column" if name not in TASKS else ""
    return f"no sentence has a label in {column!r}; label columns in the data: {there}{known}."


def task_for(model: LabelModel, name: str, setup: Setup | None = None) -> AnyTask:
    """Give the task that makes the rows which a model looks at.

    Parameters
    ----------
    model : LabelModel
    name : str
        Task, or label column.
    setup : Setup, optional
        Encoder and reader: those that the model was trained with.
    """
    if isinstance(model, TextModel | SentenceModel):
        setup = setup or Setup()
        return LabelTask.by(estimator_for(model, name, setup.encoder, setup.reader))
    return TASKS[name]


def fit_task(
    name: str,
    articles: Sequence[LabelledArticle],
    *,
    label: str | None = None,
    setup: Setup | None = None,
    seed: int = 0,
    notice: Say = lambda _: None,
    instead: AnyTask | None = None,
) -> Any:
    """Fit and calibrate the estimator of a task on all articles.

    Parameters
    ----------
    name : str
    articles : sequence of LabelledArticle
    label : str, optional
        Column to learn; the task's name without it.
    setup : Setup, optional
        What is asked of the text classifier.
    seed : int
    notice : callable of str
        Told what is being done.
    instead : Task, optional
        Learn the column this way, instead of the task's own.

    Returns
    -------
    Saved
        A fitted estimator.
    """
    task = instead or task_of(name, articles, label, setup)
    return task.learned(articles, seed, notice)
