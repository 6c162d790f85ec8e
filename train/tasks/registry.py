"""The tasks by name; a label column of the user's own needs no entry."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from threadpoolctl import threadpool_limits

from ...classify.kinds.word_features import reads_words
from ...classify.linear.composed import ATTRIBUTION, BIAS, STANCE
from ...classify.linear.label_pairs import PAIRED, VOICE
from ...classify.linear.named import SentenceModel
from ...classify.model_files.files import LabelModel
from ...classify.model_files.shipped_attributions import shipped_candidates
from ...classify.model_files.shipped_words import may_learn_from_default
from ...classify.wording.encoders import Encoder
from ...classify.wording.model import TextModel
from ...classify.wording.recipe import Setup, recipe_for
from ...data.articles.metadata.article_language import other_language
from ...data.articles.metadata.language import OTHER
from ...data.articles.notices import Say
from ...data.records import LABEL_COLUMNS, LabelledArticle, label_of
from ...data.rows.suggestions import CODEBOOK, own_labels
from ...data.scheme import BIASES, KINDS, SOURCE_TYPES, STANCES
from ...errors import SaysoError
from ..held_out_attributions import FITTED, SHIPPED, fitted_candidates
from ..sentences.fit_bias import words_marked
from .attribution import AttributionTask
from .bias import BiasTask
from .plain import PlainTask, VoiceColumn
from .stance import StanceTask
from .task import AnyTask
from .voice import VoiceTask
from .wording import StanceWordingTask, WordingTask

TASKS: dict[str, AnyTask] = {
    "kind": VoiceTask("kind", KINDS, ("kind", "source_type")),
    "source_type": VoiceTask("source_type", SOURCE_TYPES, ("source_type", "kind")),
    STANCE: StanceTask(STANCE, STANCES, (STANCE,)),
    BIAS: BiasTask(BIAS, BIASES, (BIAS,)),
    ATTRIBUTION: AttributionTask(ATTRIBUTION, (), (ATTRIBUTION,)),
}
"""The tasks that have an entry, as they are learned where the data has all that they ask for."""
_RESERVED = frozenset({"defaults", VOICE})


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
        raise SaysoError(f"{CODEBOOK!r} holds the version of a codebook, no labels; name a label column.")
    if name in _RESERVED or not name.isprintable() or (entry and label not in (None, entry.column)):
        raise SaysoError(f"{name!r} cannot be the name of a task of yours; choose another.")
    task = entry or WordingTask(name, (), (label or name,))
    if task.of_spans:
        return task.suited(articles, setup or Setup())
    labels = task.labels_in(articles)
    if not labels:
        raise SaysoError(_no_column(name, task.column, articles))
    if len(labels) == 1:
        raise SaysoError(f"{task.column} has one label only, {next(iter(labels))!r}; there is nothing to tell apart.")
    return task.suited(articles, _complete(setup or Setup(), articles, task.column))


def _complete(setup: Setup, articles: Sequence[LabelledArticle], column: str) -> Setup:
    """Choose what the user left open, and check that the columns to learn along are there."""
    for other in setup.also:
        if not any(label_of(s, other) for a in articles for s in a.sentences):
            raise SaysoError(f"--also {other}: no sentence has such a label.")
    recipe = setup.recipe or recipe_for(articles, column, setup.also)
    if setup.recipe is None:
        usable = may_learn_from_default(a.article for a in articles) and not other_language([a.article for a in articles])
        marked = column != BIAS or words_marked(articles)  # marked words tell more than ours do
        recipe = replace(recipe, default=usable and not marked, judged=usable and recipe.judged)
    return replace(setup, recipe=recipe)


def language_notes(task: AnyTask, articles: Sequence[LabelledArticle]) -> list[str]:
    """Say what is left out, or to be doubted, where most articles are not English; nothing where they are."""
    language = other_language([a.article for a in articles])
    if language is None:
        return []
    told = f"Most of the text is not English ({'unknown' if language == OTHER else language})"
    if isinstance(task, WordingTask):
        return [
            f"{told}: what is known of English is left out; runs of words and characters, and sentence vectors, do for any."
        ]
    return [f"{told}, and this task looks at what is known of English: cues, sources, word lists. Do not rely on it."]


def _no_column(name: str, column: str, articles: Sequence[LabelledArticle]) -> str:
    own = {key for a in articles for s in a.sentences for key in own_labels(s)}
    ours = {key for key in LABEL_COLUMNS if any(label_of(s, key) for a in articles for s in a.sentences)}
    there = ", ".join(sorted(ours | own)) or "none"
    listed = sorted(key for key in own if key.startswith(f"{name}_"))
    if listed and name not in TASKS:
        return f"{name!r} holds several labels of a sentence, each a column of its own; name one of {', '.join(listed)}."
    known = f"; tasks are {', '.join(TASKS)}, and any label column" if name not in TASKS else ""
    return f"no sentence has a {column!r}; label columns in the data: {there}{known}."


def task_for(model: LabelModel, name: str, encoder: Encoder | None) -> AnyTask:
    """Give the task that makes the rows which a model looks at.

    Parameters
    ----------
    model : LabelModel
    name : str
        Task, or label column.
    encoder : Encoder or None
        The one that the model was trained with.
    """
    make = _OF_MODELS.get(type(model))
    return make(model, name, encoder) if make else TASKS[name]


def _of_words(model: TextModel, name: str, encoder: Encoder | None) -> AnyTask:
    way = StanceWordingTask if name == STANCE else WordingTask
    return way(name, _order(model, name), (name,), Setup(encoder, recipe=model.recipe))


def _of_features(model: SentenceModel, name: str, encoder: Encoder | None) -> AnyTask:
    way = VoiceColumn if model.task == VOICE and name in PAIRED else PlainTask
    return way(name, _order(model, name), (name,), reads_words(model.features))


def _order(model: LabelModel, name: str) -> tuple[str, ...]:
    return TASKS[name].labels if name in TASKS else model.labels


_OF_MODELS: Mapping[type, Callable[[Any, str, Encoder | None], AnyTask]] = {
    TextModel: _of_words,
    SentenceModel: _of_features,
}
"""The sorts of model that label columns of any name, or are asked in another way than they are trained."""


def fit_task(
    name: str,
    articles: Sequence[LabelledArticle],
    *,
    label: str | None = None,
    setup: Setup | None = None,
    seed: int = 0,
    notice: Say = lambda _: None,
    instead: AnyTask | None = None,
) -> LabelModel:
    """Fit and calibrate the model of a sentence task on all articles.

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
    """
    task = instead or task_of(name, articles, label, setup)
    source = task.source(articles)
    candidates: Sequence[Sequence[Any]] = [[] for _ in articles]
    if source.way == FITTED:
        notice("attributions")
        with threadpool_limits(1):  # the same sums on every machine
            candidates, _ = fitted_candidates(articles, seed=seed, quick=False)
    elif source.way == SHIPPED:
        candidates = shipped_candidates(articles)
    model: LabelModel = task.completed(task.fit(task.rows(articles, candidates), seed, notice=notice), articles)
    return model
