"""Scores that can be believed: from held-out articles, beside what needs no learning and what would be too good."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from ..data.records import LabelledArticle, Sentence
from ..errors import SaysoError
from .about import about_data, versions
from .attribution import AttributionModel
from .candidates import NO_MODEL, choose_source, shipped_candidates
from .encoders import Encoder, check_encoder
from .fit import VOICE, label_of
from .folds import HeldOut, Watch, article_groups, hold_out, mix_sentences
from .model_file import read_model
from .models import ATTRIBUTION, BIAS, STANCE, LabelModel, SentenceModel, load
from .ngrams import reads_words
from .plain import PLAIN
from .recipe import Setup
from .rule import apply_rule
from .scores import Score, score
from .shipped import mark_of, seen_by, shipped_model
from .tasks import TASKS, TEXT, Task, predict_rows, task_of
from .text_model import TextModel
from .tokens import view

RULED = ("kind", "source_type")
"""Columns that the hand-written rules can label."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Scores of a task, or of a given model, on labelled data.

    Parameters
    ----------
    task : str
    data : mapping
        Name, sizes and digest of the data.
    articles, sentences : int
        How many were scored.
    folds, seed : int or None
        None where a given model was scored.
    score : Score
    baselines : mapping of str to Score
        ``most_frequent``: the most frequent label of the training articles; ``rule``: the hand-written rules.
    random_folds : Score or None
        What folds over sentences would have claimed.
    notes : tuple of str
        What to know about these figures.
    """

    task: str
    data: Mapping[str, Any]
    articles: int
    sentences: int
    folds: int | None
    seed: int | None
    score: Score
    baselines: Mapping[str, Score]
    random_folds: Score | None = None
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Give plain values; the same evaluation gives the same, to the last digit."""
        return {
            "task": self.task,
            "data": dict(self.data),
            "articles": self.articles,
            "sentences": self.sentences,
            "folds": self.folds,
            "seed": self.seed,
            **self.score.as_json(),
            "baselines": {name: of.as_json() for name, of in self.baselines.items()},
            "random_folds": self.random_folds and self.random_folds.as_json(),
            "notes": list(self.notes),
            "versions": versions(),
        }

    def summary(self) -> dict[str, Any]:
        """Give what a manifest says about the scores."""
        return {
            "macro_f1": round(self.score.macro_f1, 4),
            "interval": [round(x, 4) for x in self.score.interval],
            "accuracy": round(self.score.accuracy, 4),
            "folds": self.folds,
            "articles": self.articles,
            "sentences": self.sentences,
        }


def cross_validate(
    name: str,
    articles: Sequence[LabelledArticle],
    *,
    data_name: str = "data",
    label: str | None = None,
    setup: Setup | None = None,
    n_folds: int = 5,
    seed: int = 0,
    n_jobs: int = 1,
    watch: Watch = lambda results, _: results,
    notice: Callable[[str], None] = lambda _: None,
    unseen_targets: bool = False,
) -> Evaluation:
    """Score a task by folds over articles.

    Parameters
    ----------
    name : str
        Of the task.
    articles : sequence of LabelledArticle
    data_name : str
        What the report calls the data.
    label : str, optional
        Column to learn; the task's name without it.
    setup : Setup, optional
        What is asked of the text classifier.
    n_folds, seed : int
    n_jobs : int
        Folds that are worked on at once; the figures do not depend on it.
    watch : callable
        See `hold_out`.
    notice : callable of str
        Told what is being done.
    unseen_targets : bool
        Of stance: no target stands on both sides of a fold.
    """
    task = task_of(name, articles, label, setup)
    if task.estimator == ATTRIBUTION:
        raise SaysoError("attribution has scores of its own; call cross_validate_attribution.")
    source = choose_source(articles)
    notes = [source.note] if source.note else []
    notes += _left_out(task, articles)
    how = {"n_folds": n_folds, "seed": seed, "n_jobs": n_jobs}
    held_out = hold_out(task, articles, source, **how, watch=watch, unseen_targets=unseen_targets)
    mixed = None
    if unseen_targets:
        notes.append("No target stands in training and in test: articles that share one count as one.")
    else:
        notice("folds over sentences, for comparison")
        mixed = mix_sentences(task, held_out.rows, **how)
    truth, groups = held_out.truth, held_out.rows.groups
    return Evaluation(
        task=task.name,
        data=about_data(data_name, articles),
        articles=held_out.rows.n_articles,
        sentences=len(truth),
        folds=n_folds,
        seed=seed,
        score=score(truth, held_out.predicted, groups, task.labels),
        baselines=_baselines(task, articles, held_out),
        random_folds=None if mixed is None else score(truth, mixed, groups, task.labels),
        notes=tuple(notes),
    )


def _left_out(task: Task, articles: Sequence[LabelledArticle]) -> list[str]:
    """Say how many labelled sentences could not be used, for want of their other label."""
    labelled = [s for a in articles for s in a.sentences if label_of(s, task.column)]
    n = sum(1 for s in labelled if task.answer(s) is None)
    return [f"{n} sentences without a {task.columns[1]} are left out."] if n else []


def _baselines(task: Task, articles: Sequence[LabelledArticle], held_out: HeldOut) -> dict[str, Score]:
    truth, groups = held_out.truth, held_out.rows.groups
    found = {"most_frequent": score(truth, held_out.frequent, groups, task.labels)}
    if task.name in RULED:
        ruled = rule_labels(articles, task.name, lambda s: task.answer(s) is not None)
        found["rule"] = score(truth, ruled, groups, task.labels)
    return found


def rule_labels(articles: Sequence[LabelledArticle], column: str, wanted: Callable[[Sentence], bool]) -> list[str]:
    """Label the wanted sentences by the hand-written rules.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    column : str
        ``kind`` or ``source_type``.
    wanted : callable
        Tells whether a sentence is wanted.
    """
    found: list[str] = []
    for labelled in articles:
        if not any(map(wanted, labelled.sentences)):
            continue
        guesses = apply_rule(view(labelled.article.text, [s.span for s in labelled.sentences]))
        pairs = zip(labelled.sentences, guesses, strict=True)
        found += [getattr(guess, column) or "none" for s, guess in pairs if wanted(s)]
    return found


def evaluate_model(
    path: Path,
    name: str,
    articles: Sequence[LabelledArticle],
    *,
    data_name: str = "data",
    encoder: Encoder | None = None,
) -> Evaluation:
    """Score a given model on labelled articles.

    Parameters
    ----------
    path : Path
        Model file.
    name : str
        Task, or label column.
    articles : sequence of LabelledArticle
    data_name : str
        What the report calls the data.
    encoder : Encoder, optional
        The one that the model was trained with.

    Raises
    ------
    SaysoError
        If the model is of another task, its encoder is another one, or no sentence has the label.
    """
    model = load(path)
    manifest = read_model(path).manifest
    if isinstance(model, AttributionModel) or not (model.task == name or _is_voice(model, name)):
        raise SaysoError(f"{path}: a model of the task {manifest['task']!r}, not of {name!r}.")
    check_encoder(model.encoder if isinstance(model, TextModel) else None, encoder, str(path))
    task = _task_for(model, name, encoder)
    rows = task.rows(articles, shipped_candidates(articles))
    if not len(rows.labels):
        raise SaysoError(f"no sentence has a {name!r}; a model is scored on labelled sentences.")
    groups = np.array(article_groups(articles), dtype=np.int64)[rows.groups]
    truth = rows.labels
    baselines = {}
    if name in RULED:
        ruled = rule_labels(articles, name, lambda s: task.answer(s) is not None)
        baselines["rule"] = score(truth, ruled, groups, task.labels)
    return Evaluation(
        task=name,
        data=about_data(data_name, articles),
        articles=len(np.unique(groups)),
        sentences=len(truth),
        folds=None,
        seed=None,
        score=score(truth, predict_rows(model, rows, name), groups, task.labels),
        baselines=baselines,
        notes=_seen_notes(articles, {str(path): manifest}),
    )


def _task_for(model: LabelModel, name: str, encoder: Encoder | None) -> Task:
    """Give the task that makes the rows which a model looks at."""
    if isinstance(model, TextModel):
        return Task(name, _order(model, name), (name,), TEXT, setup=Setup(encoder, recipe=model.recipe))
    if model.task in (STANCE, BIAS):
        return TASKS[name]
    words = isinstance(model, SentenceModel) and reads_words(model.features)
    return Task(name, _order(model, name), (name,), PLAIN, words)


def _is_voice(model: LabelModel, name: str) -> bool:
    return model.task == VOICE and name in RULED


def _order(model: LabelModel, name: str) -> tuple[str, ...]:
    return TASKS[name].labels if name in TASKS else model.labels


def _seen_notes(articles: Sequence[LabelledArticle], manifests: Mapping[str, Mapping[str, Any]]) -> tuple[str, ...]:
    """Say which of the models know some of the articles already."""
    shipped = shipped_model(ATTRIBUTION)
    if shipped is None:
        notes = [NO_MODEL]
    else:
        notes, manifests = [], {**manifests, "the shipped attribution model": read_model(shipped).manifest}
    for model, manifest in manifests.items():
        seen = seen_by(manifest)
        n = sum(mark_of(a.article) in seen for a in articles)
        if n:
            notes.append(f"{model} was fitted on {n} of these {len(articles)} articles: too good to be true.")
    return tuple(notes)
