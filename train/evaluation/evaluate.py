"""Scores that can be believed: from held-out articles, beside what needs no learning and what would be too good."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np

from ...classify.linear.label_pairs import PAIRED, VOICE
from ...classify.linear.named import SentenceModel
from ...classify.model_files.container import read_model
from ...classify.model_files.files import ATTRIBUTION, load, sort_of
from ...classify.model_files.shipped import beside_others, shipped_model
from ...classify.model_files.shipped_attributions import shipped_candidates
from ...classify.word_reader.reader import WordReader, check_word_reader
from ...classify.wording.encoders import check_encoder
from ...classify.wording.recipe import Setup
from ...data.display import counted
from ...data.records import LabelledArticle, label_of
from ...errors import SaysoError
from ..folds.cache import FoldCache
from ..folds.cross_validation import (
    HeldOut,
    Parting,
    article_groups,
    hold_out,
    joined,
    mix_sentences,
    stand_alone,
    target_groups,
)
from ..folds.fold import SHARES, How
from ..folds.similar import Similar, similar_groups
from ..folds.unseen import reader_note, seen_notes
from ..given_reader import no_reader
from ..held_out_attributions import NO_MODEL, SHIPPED
from ..manifest import about_data
from ..measures.baselines import RULED, rule_labels
from ..measures.slices import column_values, slice_columns
from ..tasks.registry import language_notes, task_for, task_of
from ..tasks.task import AnyTask
from .external import External, Sides, check_labels, left_out_note, score_external
from .held_out_groups import check_groups, hold_out_groups
from .plan import Plan, held_from_reader
from .predictions import Predictions, Unit, places, units_of
from .result import Details, Evaluation, summarise


def cross_validate(
    name: str,
    articles: Sequence[LabelledArticle],
    plan: Plan | None = None,
    *,
    data_name: str = "data",
    label: str | None = None,
    instead: AnyTask | None = None,
) -> Evaluation:
    """Score a task by folds over articles.

    Parameters
    ----------
    name : str
        Of the task.
    articles : sequence of LabelledArticle
    plan : Plan, optional
    data_name : str
        What the report calls the data.
    label : str, optional
        Column to learn; the task's name without it.
    instead : Task, optional
        Learn the column this way, instead of the task's own.
    """
    plan = plan or Plan()
    task = instead or task_of(name, articles, label, plan.setup)
    if task.of_spans:
        raise SaysoError("attribution has its own scores; call cross_validate_attribution.")
    held, plan = held_from_reader(task.word_reader, articles, plan)
    return _CrossValidation(task, held, plan, about_data(data_name, held)).evaluation()


class _CrossValidation:
    """One task on one set of articles by one plan."""

    def __init__(self, task: AnyTask, articles: Sequence[LabelledArticle], plan: Plan, data: Mapping[str, Any]) -> None:
        self.task, self.articles, self.plan, self.data = task, articles, plan, data
        if plan.group is not None:
            check_groups(task, articles, plan.group)
        self.source = task.source(articles)
        self.units = units_of(task, articles)
        self.about = slice_columns(articles, self.units, task.column, plan.by)
        self.second = plan.second or second_column(task, articles)
        self.others = _others(task, articles, self.units, self.second)
        self.alone = stand_alone(articles)
        self.parts, self.similar = self._parts()
        self.sides = None
        if plan.external is not None:
            check_labels(task, articles, plan.external)
            self.sides = Sides.of(articles, plan.external)
        self.cache = None
        if plan.cache is not None:
            settings = {"task": task.name, "columns": task.columns, "data": data["digest"], "way": self.source.way}
            self.cache = FoldCache(plan.cache, task.rows_class, {**settings, **task.settings, **plan.settings})

    def evaluation(self) -> Evaluation:
        plan, task = self.plan, self.task
        turns = [self._hold_out(repeat) for repeat in range(plan.repeats)]
        first = turns[0]
        if not plan.unseen_targets and not (self.alone and self.similar is None):
            plan.notice("folds over single sentences, for comparison")
            how = {"n_folds": plan.n_folds, "seed": plan.seed, "n_jobs": plan.n_jobs}
            self.others["random_folds"] = mix_sentences(task, first.rows, **how)
        grouped = None
        if plan.group is not None:
            grouped, self.others["unseen_group"], self.about[plan.group] = hold_out_groups(
                task, self.articles, self.source, plan, self.cache
            )
        self.others |= {"most_frequent": first.frequent, "stratified": first.stratified}
        found = self._predictions(first, 0)
        for repeat, turn in enumerate(turns[1:], 1):
            found += self._predictions(turn, repeat)
        external = score_external(task, self.sides, self.source, plan, found) if self.sides else None
        details = Details(
            notes=self._notes() + _told_of_choices(first.chosen) + self._notes_of(external),
            model=task.recipe_line,
            grouped=grouped,
            weights=first.weights,
            curve=first.curve,
            second=self.second,
            external=external,
            alone=self.alone and not plan.unseen_targets,
            similar=self.similar,
        )
        return summarise(task, self.data, found, self.units, plan, details)

    def _parts(self) -> tuple[list[int] | None, Similar | None]:
        """Number what each article stays together with; None where that is the article itself."""
        by_target = target_groups(self.articles) if self.plan.unseen_targets else None
        if not self.plan.similar:
            return by_target, None
        numbers, similar = similar_groups(self.articles)
        if by_target is not None:
            numbers = joined([f"similar {one}", f"target {other}"] for one, other in zip(numbers, by_target, strict=True))
        return numbers, similar

    def _notes(self) -> list[str]:
        reader = self.task.word_reader
        notes = [*([reader_note(reader)] if reader else []), *self.plan.notes]
        notes += language_notes(self.task, self.articles) + ([self.source.note] if self.source.note else [])
        notes += [self.similar.note] if self.similar else []
        return notes + _left_out(self.task, self.articles) + [UNSEEN] * self.plan.unseen_targets

    def _notes_of(self, external: External | None) -> list[str]:
        """Say what the models know of the external test set already."""
        if external is None or self.plan.external is None:
            return []
        asked = self.source.way == SHIPPED and self.source.reader is None
        seen = _seen_notes(self.plan.external.articles, {}) if asked else []
        return [*left_out_note(external.name, external.left_out), *(f"{external.name}: {note}" for note in seen)]

    def _hold_out(self, repeat: int) -> HeldOut:
        plan = self.plan
        if plan.repeats > 1:
            plan.notice(f"repeat {repeat + 1} of {plan.repeats}")
        parting = Parting(
            n_folds=plan.n_folds,
            seed=plan.seed + repeat,
            n_jobs=plan.n_jobs,
            groups=self.parts,
            joined_by="--group-similar" if self.similar else "--unseen-targets" if plan.unseen_targets else "",
            watch=plan.watch,
            cache=self.cache,
            name=f"repeat-{repeat}",
        )
        how = How(plan.seed, calibrated=True, shares=SHARES if plan.curve and not repeat else ())
        return hold_out(self.task, self.articles, self.source, parting, how)

    def _predictions(self, turn: HeldOut, repeat: int) -> Predictions:
        return Predictions(
            self.task.labels,
            **places(self.articles, self.units),
            groups=turn.rows.groups,
            truth=turn.truth,
            predicted=turn.predicted,
            chances=turn.chances,
            raw=turn.raw,
            fold=turn.fold,
            repeat=np.full(len(turn.truth), repeat, dtype=np.int64),
            others=self.others,
            about=self.about,
        )


def _others(task: AnyTask, articles: Sequence[LabelledArticle], units: Sequence[Unit], second: str | None) -> dict[str, Any]:
    """Give the labels that need no folds: by rule, and by a second person."""
    found = {}
    if task.name in RULED:
        found["rule"] = np.array(rule_labels(articles, task.name, lambda s: task.answer(s) is not None), dtype=np.str_)
    if second is not None:
        found["second"] = column_values(articles, units, second)
    return found


def second_column(task: AnyTask, articles: Sequence[LabelledArticle]) -> str | None:
    """Find the column that holds a second person's labels by its name: ``second_`` and the task's column."""
    name = f"second_{task.column}"
    return name if any(name in s.extra for a in articles for s in a.sentences) else None


UNSEEN = "No target is in both training and test: articles that share a target are in the same fold."


def _left_out(task: AnyTask, articles: Sequence[LabelledArticle]) -> list[str]:
    """Say how many labelled sentences could not be used, for want of their other label."""
    labelled = [s for a in articles for s in a.sentences if label_of(s, task.column)]
    n = sum(1 for s in labelled if task.answer(s) is None)
    return [f"Left out: {counted(n, 'sentence')} without a label in {task.columns[1]}."] if n else []


_NUMBER = re.compile(r"(\d+(?:\.\d+)?)")
DECIDED = "Choices made in each fold's training articles"
"""How the note begins that tells what folds chose."""


def _told_of_choices(chosen: Sequence[tuple[str, ...]]) -> list[str]:
    """Say what the training articles of the folds decided: choices that differ in numbers alone as one, with its ranges."""
    alike: dict[tuple[str, ...], list[list[str]]] = {}
    for choice in chain.from_iterable(chosen):
        parts = _NUMBER.split(choice)
        alike.setdefault(tuple(parts[::2]), []).append(parts)
    told = [
        _range_of(found) + (f" (in {len(found)} of {len(chosen)} folds)" if len(found) < len(chosen) else "")
        for found in sorted(alike.values(), key=len, reverse=True)
    ]
    return [f"{DECIDED}: {'; '.join(told)}."] if told else []


def _range_of(alike: Sequence[Sequence[str]]) -> str:
    """Join choices of the same words, divided at their numbers, into one."""
    words = list(alike[0])
    for i in range(1, len(words), 2):
        lowest, highest = (choose((parts[i] for parts in alike), key=float) for choose in (min, max))
        words[i] = lowest if lowest == highest else f"{lowest} to {highest}"
    return "".join(words)


def evaluate_model(
    path: Path | Traversable,
    name: str,
    articles: Sequence[LabelledArticle],
    plan: Plan | None = None,
    *,
    data_name: str = "data",
    instead: AnyTask | None = None,
) -> Evaluation:
    """Score a given model on labelled articles.

    Parameters
    ----------
    path : Path
        Model file.
    name : str
        Task, or label column.
    articles : sequence of LabelledArticle
    plan : Plan, optional
        Its columns of a second person and of slices count, and encoder and reader of its setup; no folds.
    data_name : str
        What the report calls the data.
    instead : Task, optional
        Ask the model in this way, instead of the one that suits its sort.

    Raises
    ------
    SaysoError
        If the model is of another task, its encoder or reader is another one, or no sentence has the label.
    """
    plan = plan or Plan()
    model, task = load_for(path, name, plan.setup)
    reader = plan.setup.reader if plan.setup else None
    task = instead or task
    rows = task.rows(articles, shipped_candidates(articles, reader))
    if not len(rows.labels):
        raise SaysoError(f"no sentence has a label in {name!r}; a model can be scored only on labelled sentences.")
    units = units_of(task, articles)
    second = plan.second or second_column(task, articles)
    judged = task.outputs(model, rows)
    none = np.full(len(units), -1, dtype=np.int64)
    truth = task.truth(rows)
    unknown = sorted(set(truth.tolist()) - set(task.labels))
    never = np.zeros((len(units), len(unknown)))
    predictions = Predictions(
        (*task.labels, *unknown),
        **places(articles, units),
        groups=np.array(article_groups(articles), dtype=np.int64)[rows.groups],
        truth=truth,
        predicted=judged.predicted,
        chances=np.hstack([judged.chances, never]),
        raw=np.hstack([judged.raw, never]),
        fold=none,
        repeat=none + 1,
        others=_others(task, articles, units, second),
        about=slice_columns(articles, units, task.column, plan.by),
    )
    details = Details(
        alone=stand_alone(articles),
        notes=[
            *_unknown_note(unknown),
            *([reader_note(reader)] if reader else []),
            *_seen_notes(articles, {str(path): read_model(path).manifest}, reader),
            *beside_others([path] if isinstance(path, Path) else [], reader),
        ],
        model=hashlib.sha256(path.read_bytes()).hexdigest(),
        weights=(judged.weights,),
        second=second,
    )
    return summarise(task, about_data(data_name, articles), predictions, units, None, details)


def _unknown_note(labels: Sequence[str]) -> list[str]:
    """Say which labels of the data a given model cannot give."""
    if not labels:
        return []
    return [f"Labels that the model was not trained on, and so never predicts: {', '.join(labels)}."]


def load_for(path: Path | Traversable, name: str, setup: Setup | None = None) -> tuple[Any, AnyTask]:
    """Load a model file that labels a column, and the task that makes the rows which it looks at.

    Raises
    ------
    SaysoError
        If the model is of another task, or its encoder or its reader is another one.
    """
    setup = setup or Setup()
    model: Any = load(path)
    if model.task == ATTRIBUTION or not (model.task == name or (model.task == VOICE and name in PAIRED)):
        raise SaysoError(f"{path}: this model predicts {model.task!r}, not {name!r}.")
    check_encoder(sort_of(model).encoder(model), setup.encoder, str(path))
    check_word_reader(getattr(model, "reader", None), setup.reader, str(path))
    if setup.reader is not None and not isinstance(model, SentenceModel):
        raise SaysoError(f"{path}: {no_reader(name)}")
    return model, task_for(model, name, setup)


def _seen_notes(
    articles: Sequence[LabelledArticle], manifests: Mapping[str, Mapping[str, Any]], reader: WordReader | None = None
) -> list[str]:
    """Say which of the models know some of the articles already; a reader's model takes the place of the built-in one."""
    shipped = shipped_model(ATTRIBUTION)
    if reader is not None:
        return seen_notes(articles, manifests, reader)
    if shipped is None:
        return [NO_MODEL, *seen_notes(articles, manifests)]
    return seen_notes(articles, {**manifests, "the built-in attribution model": read_model(shipped).manifest})
