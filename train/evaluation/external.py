"""An external test set: labelled articles of another origin, which nothing is learned from, beside cross-validation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from ...classify.model_files.shipped_attributions import Found, shipped_candidates
from ...classify.wording.recipe import Setup
from ...data.arrays import Floats64, Ints, Strings
from ...data.records import LabelledArticle
from ...data.splits.near_articles import near_articles
from ...errors import SaysoError
from ..folds.cross_validation import article_groups
from ..held_out_attributions import FITTED, SHIPPED, Source, fitted_candidates
from ..manifest import about_data
from ..measures.baselines import RULED, rule_labels
from ..measures.calibration import expected_error
from ..measures.scores import Score, drawn_confusions, interval, macro_f1, score, score_repeats
from ..tasks.outputs import Outputs
from ..tasks.registry import task_for
from ..tasks.task import AnyTask
from .plan import ExternalSet, Plan
from .predictions import Predictions


@dataclass(frozen=True, slots=True)
class Gap:
    """What cross-validation promises, beside what came true on an external test set.

    Parameters
    ----------
    measure : str
        In the words of a sentence: ``a macro F1 of``.
    name : str
        Of the external test set.
    promised, found : float
        From 0 to 1.
    difference : float
        What was found less what was promised.
    interval : (float, float)
        95 % of it, by drawing articles of both sides.
    labels : tuple of str
        What the measure is a mean over, where one side has labels that the other lacks; empty otherwise.
    """

    measure: str
    name: str
    promised: float
    found: float
    difference: float
    interval: tuple[float, float]
    labels: tuple[str, ...] = ()

    @property
    def verdict(self) -> str:
        """Say it in words."""
        over = f" over the labels that both datasets have ({', '.join(self.labels)})" if self.labels else ""
        said = f"Cross-validation gives {self.measure} {self.promised:.3f}{over}; on {self.name} it is {self.found:.3f}"
        low, high = self.interval
        if low <= 0 <= high:
            return (
                f"{said}. The difference, {self.difference:+.3f} (95 % interval {low:+.3f} to "
                f"{high:+.3f}), may be due to chance; more articles are needed to know."
            )
        by = f"{said}: {abs(self.difference):.3f} {'less' if high < 0 else 'more'}"
        low, high = sorted(map(abs, self.interval))
        settled = f"{by} (95 % interval {low:.3f} to {high:.3f})."
        return (
            f"{settled} On such articles, do not expect the score from cross-validation." if self.difference < 0 else settled
        )


@dataclass(frozen=True, slots=True)
class External:
    """Scores on an external test set, of a model of all the data.

    Parameters
    ----------
    data : mapping
        Name, sizes and digest of the set.
    articles, sentences : int
        How many were scored.
    left_out : int
        Articles of the data that stand in the set too, or nearly: the model was fitted without them.
    score : Score
    baselines : mapping of str to Score
        ``rule``: the hand-written rules, where there are any for the column.
    ece : float
        Expected calibration error of the likeliest label.
    gap : Gap
    """

    data: Mapping[str, Any]
    articles: int
    sentences: int
    left_out: int
    score: Score
    baselines: Mapping[str, Score]
    ece: float
    gap: Gap

    @property
    def name(self) -> str:
        """What the set is called."""
        return str(self.data["name"])


class Sides(NamedTuple):
    """An external test set, and the articles to learn from: those that do not stand in it, as they are or nearly.

    Parameters
    ----------
    external : ExternalSet
    train : list of LabelledArticle
    left_out : int
        How many articles of the data stand in the set too.
    """

    external: ExternalSet
    train: list[LabelledArticle]
    left_out: int

    @classmethod
    def of(cls, articles: Sequence[LabelledArticle], external: ExternalSet) -> "Sides":
        """Leave out of the data what stands in the test set.

        Raises
        ------
        SaysoError
            If nothing is left.
        """
        n = len(articles)
        pairs = near_articles([*articles, *external.articles], worth=lambda one, other: one < n <= other)
        there = {one for one, _, _ in pairs}
        if len(there) == n:
            raise SaysoError(
                f"--external {external.name}: it contains all {n} training articles; give articles that "
                "are not used for training."
            )
        return cls(external, [a for i, a in enumerate(articles) if i not in there], len(there))


def check_labels(task: AnyTask, articles: Sequence[LabelledArticle], external: ExternalSet) -> None:
    """Refuse a test set that has no label of the data, before the long work.

    Raises
    ------
    SaysoError
        If nothing could be scored on it.
    """
    of_test, of_data = set(task.labels_in(external.articles)), set(task.labels_in(articles))
    if not of_test:
        raise SaysoError(f"--external {external.name}: no sentence has a label in {task.column!r}.")
    if not of_test & of_data:
        raise SaysoError(
            f"--external {external.name}: none of its labels ({', '.join(sorted(of_test))}) occurs in the data."
        )


def left_out_note(name: str, n: int) -> list[str]:
    """Say that articles were not learned from, because the external test set holds them too."""
    if not n:
        return []
    what = "article of the data is" if n == 1 else "articles of the data are"
    return [
        f"{n} {what} also in {name}, exactly or as near-duplicates, and left out of training for the "
        "model that is scored there."
    ]


def score_external(task: AnyTask, sides: Sides, source: Source, plan: Plan, folds: Predictions) -> External:
    """Fit on the data, and score on an external test set.

    Parameters
    ----------
    task : Task
    sides : Sides
    source : Source
        Of the attributions that are features.
    plan : Plan
    folds : Predictions
        Of the cross-validation.

    Raises
    ------
    SaysoError
        If too little is left to learn from.
    """
    external = sides.external
    plan.notice(f"external test set {external.name}: {len(external.articles)} articles")
    with threadpool_limits(1):  # the same sums, whatever the machine
        judged = _judge(task, sides, source, plan)
    truth, found = judged.truth, judged.outputs
    likeliest = np.array(judged.task.labels)[found.chances.argmax(axis=1)]
    return External(
        data=about_data(external.name, external.articles),
        articles=len(np.unique(judged.groups)),
        sentences=len(truth),
        left_out=sides.left_out,
        score=score(truth, found.predicted, judged.groups, task.labels),
        baselines=_by_rule(judged, external),
        ece=expected_error(found.chances.max(axis=1), truth == likeliest),
        gap=_gap(external.name, folds, judged),
    )


class _Judged(NamedTuple):
    """The labelled sentences of the test set, and what the model says of them; ``groups`` numbers their articles."""

    task: AnyTask
    truth: Strings
    outputs: Outputs
    groups: Ints


def _judge(task: AnyTask, sides: Sides, source: Source, plan: Plan) -> _Judged:
    """Fit on the one side and ask about the other, as a model file would be asked."""
    external, train, _ = sides
    to_learn, to_judge = _candidates(train, external.articles, source, plan.seed)
    rows = task.rows(train, to_learn)
    if len(set(rows.labels)) < 2:
        raise SaysoError(f"--external {external.name}: without the articles in it, the data has only one label left.")
    model = task.fit(rows, plan.seed)
    asked = task_for(model, task.column, replace(plan.setup or Setup(), reader=task.word_reader))
    rows = asked.rows(external.articles, to_judge)
    groups = np.array(article_groups(external.articles), dtype=np.int64)[rows.groups]
    return _Judged(asked, asked.truth(rows), asked.outputs(model, rows), groups)


def _candidates(
    train: Sequence[LabelledArticle], test: Sequence[LabelledArticle], source: Source, seed: int
) -> tuple[Found, Found]:
    """Find attributions on both sides, by models that have not seen the article."""
    if source.way == FITTED:
        return fitted_candidates(train, test, seed=seed, reader=source.reader)
    if source.way == SHIPPED:
        return shipped_candidates(train, source.reader), shipped_candidates(test, source.reader)
    return [[] for _ in train], [[] for _ in test]


def _by_rule(judged: _Judged, external: ExternalSet) -> dict[str, Score]:
    """Score the hand-written rules, where the column has any."""
    task = judged.task
    if task.column not in RULED:
        return {}
    ruled = rule_labels(external.articles, task.column, lambda s: task.answer(s) is not None)
    return {"rule": score(judged.truth, ruled, judged.groups, task.labels)}


def _gap(name: str, folds: Predictions, judged: _Judged) -> Gap:
    """Compare macro F1 with that of the folds, on the sentences whose labels both sides have."""
    of_folds, of_test = set(folds.truth.tolist()), set(judged.truth.tolist())
    both = sorted(of_folds & of_test)
    names = sorted({*folds.predicted, *judged.outputs.predicted, *of_folds, *of_test})
    one, other = np.isin(folds.truth, both), np.isin(judged.truth, both)
    promised = folds.truth[one], folds.predicted[one], folds.groups[one], folds.repeat[one]
    found = judged.truth[other], judged.outputs.predicted[other], judged.groups[other]
    by_folds = macro_f1(drawn_confusions(*promised[:3], names, repeat=promised[3])).mean(axis=0)
    by_test = macro_f1(drawn_confusions(*found, names))[0]
    score_of_folds, score_of_test = score_repeats(*promised).macro_f1, score(*found).macro_f1
    return Gap(
        "a macro F1 of",
        name,
        score_of_folds,
        score_of_test,
        score_of_test - score_of_folds,
        gap_interval(by_folds, by_test),
        () if of_folds == of_test else tuple(both),
    )


def gap_interval(promised: Floats64, found: Floats64) -> tuple[float, float]:
    """Give the 95 % interval of a difference of draws from different articles: one side in the other's reverse order.

    Draws of as many articles are the same in every call, and would be paired where nothing belongs together.
    """
    return interval(found[::-1] - promised)
