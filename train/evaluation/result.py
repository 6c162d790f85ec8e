"""What came out of an evaluation."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ...data.display import Rows, Table, counted
from ..folds.fold import Part
from ..folds.similar import Similar
from ..manifest import versions
from ..measures.as_json import plain
from ..measures.baselines import Agreement, agreement
from ..measures.scores import FoldScore, Score, score, score_folds, score_repeats
from ..tasks.outputs import Weights
from ..tasks.task import AnyTask
from .external import External
from .held_out_groups import Grouped
from .plan import Plan
from .predictions import Predictions, Unit, columns_of

_BASELINES = ("most_frequent", "stratified", "rule")
_BASELINE_NAMES = {
    "most_frequent": "always the most frequent label",
    "stratified": "labels drawn at random by their shares",
    "rule": "the hand-written rules",
}
OWN_DATA = "sayso corpus"
"""What the built-in corpus is called where no data is named."""
GIVEN = "Scored with the given model."


@dataclass(frozen=True, slots=True, repr=False)
class Evaluation:
    """Scores of a task, or of a given model, on labelled data.

    Parameters
    ----------
    task : str
    column : str
        That is predicted.
    data : mapping
        Name, sizes and digest of the data.
    articles, sentences : int
        How many were scored.
    folds, repeats, seed : int or None
        None where a given model was scored.
    score : Score
        With repeats, macro F1 and accuracy are means over them; scores by label are from the first.
    by_fold : tuple of FoldScore
    baselines : mapping of str to Score
        ``most_frequent``: the most frequent label of the training articles; ``stratified``: labels drawn by their
        shares there; ``rule``: the hand-written rules.
    human : Agreement or None
        Where the data has a second person's labels.
    random_folds : Score or None
        The score of folds over single sentences, for comparison.
    grouped : Grouped or None
        Where whole groups of articles were held out.
    external : External or None
        Where an external test set was scored too.
    alone : bool
        Almost every sentence is its own article, as in a file of collected sentences.
    similar : Similar or None
        Given if similar sentences are kept in one fold.
    model : str or None
        The settings of the text classifier, or the digest of a given model file; None for other tasks.
    notes : tuple of str
        What to know about these figures.
    """

    task: str
    column: str
    data: Mapping[str, Any]
    articles: int
    sentences: int
    folds: int | None
    repeats: int | None
    seed: int | None
    score: Score
    by_fold: tuple[FoldScore, ...]
    baselines: Mapping[str, Score]
    human: Agreement | None
    random_folds: Score | None
    grouped: Grouped | None
    external: External | None
    alone: bool
    similar: Similar | None
    model: str | None
    notes: tuple[str, ...]
    _predictions: Predictions
    _units: Sequence[Unit]
    _weights: tuple[Weights | None, ...] = ()
    _curve: tuple[Part, ...] = ()

    def __repr__(self) -> str:
        """Give the main figures in a line."""
        low, high = self.score.interval
        where = "" if self.alone else f", {counted(self.articles, 'article')}"
        how = f", {counted(self.folds, 'fold')}" if self.folds else ", a given model"
        return (
            f"Evaluation of {self.task}: macro F1 {self.score.macro_f1:.3f} ({low:.3f} to {high:.3f}), "
            f"{counted(self.sentences, 'sentence')}{where}{how}"
        )

    def _repr_html_(self) -> str:
        """Give what a notebook shows: the scores side by side, and those of each label."""
        from .shown import tables_as_html

        scores: Rows = [
            (name, _f3(of.macro_f1), " to ".join(map(_f3, of.interval)), _f3(of.accuracy))
            for name, of in self._side_by_side()
        ]
        labels: Rows = [
            (of.label, _f3(of.precision), _f3(of.recall), _f3(of.f1), f"{of.support:,}") for of in self.score.labels
        ]
        tables: list[tuple[str, Table]] = [
            ("scores", (("labels by", "macro F1", "95 % interval", "accuracy"), scores)),
            ("by label", (("label", "precision", "recall", "F1", "sentences"), labels)),
        ]
        return tables_as_html(repr(self), tables)

    def _side_by_side(self) -> Iterator[tuple[str, Score]]:
        """Give the scores that belong side by side, with their names."""
        yield "the model", self.score
        for name, baseline in self.baselines.items():
            yield _BASELINE_NAMES.get(name, name), baseline
        if self.human:
            yield f"a second person, on {self.human.sentences:,} sentences", self.human.people
            yield "the model, on the same sentences", self.human.model
        if self.grouped:
            yield f"the model, on groups not seen in training ({self.grouped.column})", self.grouped.score
        if self.external:
            yield f"a model trained on all the data, on {self.external.name}", self.external.score
        if self.random_folds:
            yield "folds over sentences would report", self.random_folds

    @property
    def lead(self) -> str:
        """The main result, in two sentences."""
        low, high = self.score.interval
        judged = f"Every sentence was scored by a model trained on {self._unseen}." if self.folds else GIVEN
        where = "" if self.alone else f" in {self.articles:,} articles"
        return (
            f"{self.column} of {self.sentences:,} sentences{where}: "
            f"macro F1 {self.score.macro_f1:.3f}, 95 % interval {low:.3f} to {high:.3f}.\n{judged}"
        )

    @property
    def _unseen(self) -> str:
        """What no model has seen of the sentences that it judged."""
        if self.similar:
            return "no sentence similar to it"
        return "other sentences, possibly from the same article" if self.alone else "no sentence from the same article"

    @property
    def parted(self) -> str:
        """What is divided into folds."""
        if self.similar:
            return "groups of similar sentences" if self.alone else "groups of similar articles"
        return "single sentences" if self.alone else "articles"

    @property
    def settings(self) -> dict[str, Any]:
        """Settings that the figures depend on, besides data, versions and code."""
        settings = {name: getattr(self, name) for name in ("task", "column", "folds", "repeats", "seed", "model")}
        group, second = self.grouped and self.grouped.column, self.human and self.human.column
        external: dict[str, Any] = {"external": self.external.data["digest"]} if self.external else {}
        external |= {"similar": True} if self.similar else {}
        return {**settings, "group": group, "second": second, **external}

    def as_json(self) -> dict[str, Any]:
        """Give plain values, identical for the same evaluation."""
        found: dict[str, Any] = plain(self)
        own: dict[str, Any] = found.pop("score")
        return {**found, **own, "versions": versions()}

    def to_dict(self) -> dict[str, Any]:
        """Give all figures as plain values, by the names that ``sayso evaluate --json`` has for them."""
        return self.as_json()

    def to_pandas(self) -> Any:
        """Give the predictions as a table.

        Returns
        -------
        DataFrame
            A row for each labelled sentence (and target, of stances; with repeats a row for each): ``article``, ``n``,
            ``start``, ``end``, ``truth``, ``predicted``, ``fold``, ``repeat``, a chance ``score_LABEL`` for each label, and
            what the baselines say (``as_most_frequent`` …). ``start`` and ``end`` count characters of the article.
        """
        from pandas import DataFrame

        return DataFrame(columns_of(self._predictions))

    def summary(self) -> dict[str, Any]:
        """Give the scores as a manifest keeps them."""
        return {
            "macro_f1": round(self.score.macro_f1, 4),
            "interval": [round(x, 4) for x in self.score.interval],
            "accuracy": round(self.score.accuracy, 4),
            "folds": self.folds,
            "articles": self.articles,
            "sentences": self.sentences,
        }


def _f3(figure: float) -> str:
    return f"{figure:.3f}"


@dataclass(frozen=True, slots=True)
class Details:
    """What an evaluation tells besides scores.

    Parameters
    ----------
    notes : sequence of str
    model : str, optional
    grouped, weights, curve
        See `Evaluation`; what the report needs of the folds.
    second : str, optional
        The column with a second person's labels.
    external : External, optional
    alone : bool
    similar : Similar, optional
    """

    notes: Sequence[str]
    model: str | None = None
    grouped: Grouped | None = None
    weights: tuple[Weights | None, ...] = ()
    curve: tuple[Part, ...] = ()
    second: str | None = None
    external: External | None = None
    alone: bool = False
    similar: Similar | None = None


def summarise(
    task: AnyTask,
    data: Mapping[str, Any],
    predictions: Predictions,
    units: Sequence[Unit],
    plan: Plan | None,
    details: Details,
) -> Evaluation:
    """Score predictions.

    Parameters
    ----------
    task : Task
    data : mapping
        See `Evaluation`.
    predictions : Predictions
    units : sequence of Unit
        Of the first repeat.
    plan : Plan or None
        None where a given model was asked.
    details : Details
    """
    first = predictions.first()
    named = [name for name in (*_BASELINES, "random_folds") if name in first.others]
    scores = {name: score(first.truth, first.others[name], first.groups, task.labels) for name in named}
    random_folds = scores.pop("random_folds", None)
    judged = predictions.truth, predictions.predicted, predictions.groups, predictions.repeat
    return Evaluation(
        task=task.name,
        column=task.column,
        data=data,
        articles=len(np.unique(first.groups)),
        sentences=len(first),
        folds=plan.n_folds if plan else None,
        repeats=plan.repeats if plan else None,
        seed=plan.seed if plan else None,
        score=score_repeats(*judged, task.labels),
        by_fold=tuple(score_folds(*judged, predictions.fold)) if plan else (),
        baselines=scores,
        human=agreement(first, details.second) if details.second else None,
        random_folds=random_folds,
        grouped=details.grouped,
        external=details.external,
        alone=details.alone,
        similar=details.similar,
        model=details.model,
        notes=tuple(details.notes),
        _predictions=predictions,
        _units=units,
        _weights=details.weights,
        _curve=details.curve,
    )
