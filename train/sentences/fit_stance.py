"""Fitting stance: a model of sentences as targets see them, then one that looks at what the first says around them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np
from sklearn.metrics import f1_score

from ...classify.attribution.extractor import Candidate
from ...classify.entities.mentions import introductions
from ...classify.kinds.features import Features, main_attributions, resolve_sources
from ...classify.language.article_tokens import view
from ...classify.linear.composed import STANCE, StanceModel
from ...classify.stance_bias.stance import OWN, around, describe, stances, targets_of
from ...classify.stance_bias.stance_features import speaker_of
from ...data.arrays import Floats32, Strings
from ...data.articles.notices import Say
from ...data.records import LabelledArticle
from ..folds.grouped import grouped_folds
from .logistic import fit_plain, fit_plain_calibrated
from .rows import Arrays, Rows

ENOUGH_SENTENCES = 100  # towards one target, for features of its own
_MANY = 30  # targets: where there are more, those with few sentences get no features of their own
_FOLDS = 3
_C, _SECOND_C = 0.1, 0.1
_LONG = 4.0  # sentences an article and target: where there are fewer, they stand alone
_SHIFTS = np.arange(0.0, 1.3, 0.2)


@dataclass(frozen=True, slots=True)
class StanceRows(Rows):
    """Sentences as seen from targets.

    Parameters
    ----------
    targets : list of str, length n_rows
    speakers : list of str or None, length n_rows
    """

    targets: list[str] = field(default_factory=list)
    speakers: list[str | None] = field(default_factory=list)

    def as_arrays(self) -> Arrays:
        """Give all of it as arrays; see `Rows`."""
        speakers = np.array([speaker or "" for speaker in self.speakers], dtype=np.str_)
        return {**Rows.as_arrays(self), "targets": np.array(self.targets, dtype=np.str_), "speakers": speakers}

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> Self:
        """Read what `as_arrays` gave."""
        rows, speakers = Rows.of_arrays(arrays), [speaker or None for speaker in arrays["speakers"].tolist()]
        return cls(rows.features, rows.labels, rows.groups, rows.weights, arrays["targets"].tolist(), speakers)

    def blocks(self) -> list[list[int]]:
        """Give the rows of each article and target, in order."""
        found: dict[tuple[int, str], list[int]] = {}
        for i, key in enumerate(zip(self.groups.tolist(), self.targets, strict=True)):
            found.setdefault(key, []).append(i)
        return list(found.values())


def stance_rows(articles: Sequence[LabelledArticle], candidates: Iterable[Sequence[Candidate]]) -> StanceRows:
    """Collect a row for each sentence and target that has a stance, in the order of `stances`.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    candidates : iterable of sequence of Candidate, length n_articles
    """
    counts = Counter(target for a in articles for _, target, _ in stances(a))
    known = frozenset(counts) if len(counts) <= _MANY else {t for t, n in counts.items() if n >= ENOUGH_SENTENCES}
    features: list[Features] = []
    labels: list[str] = []
    groups: list[int] = []
    targets: list[str] = []
    speakers: list[str | None] = []
    for number, (labelled, found) in enumerate(zip(articles, candidates, strict=True)):
        given = stances(labelled)
        if not given:
            continue
        seen = view(labelled.article.text, [s.span for s in labelled.sentences])
        spoken = main_attributions(seen, found, resolve_sources(seen, found, introductions(seen)).resolved)
        asked = targets_of(labelled)
        described = {
            target.name: describe(seen, found, spoken, target, [t for t in asked if t is not target], frozenset(known))
            for target in asked
        }
        for n, target, label in given:
            features.append(described[target][n])
            labels.append(label)
            groups.append(number)
            targets.append(target)
            speakers.append(speaker_of(spoken[n]))
    numbers = np.array(groups, dtype=np.int64)
    return StanceRows(features, np.array(labels, dtype=np.str_), numbers, np.ones(len(labels)), targets, speakers)


def _for_fit(rows: StanceRows) -> StanceRows:
    """Keep the features of their own only for targets that have sentences enough."""
    counts = Counter(rows.targets)
    few = {target for target, n in counts.items() if n < ENOUGH_SENTENCES}
    features = [
        {name: value for name, value in f.items() if not name.startswith(OWN)} if target in few else f
        for f, target in zip(rows.features, rows.targets, strict=True)
    ]
    return replace(rows, features=features)


def fit_stance(
    rows: StanceRows,
    labels: Sequence[str],
    *,
    seed: int = 0,
    calibrated: bool = True,
    notice: Say = lambda _: None,
) -> StanceModel:
    """Fit both models.

    Parameters
    ----------
    rows : StanceRows
    labels : sequence of str
    seed : int
        Of the folds.
    calibrated : bool
        Learn from held-out articles how sure the model may be.
    notice : callable of str
        Told what is being done.
    """
    rows = _for_fit(rows)
    none = np.zeros(len(labels), dtype=np.float32)
    if len(rows.labels) < _LONG * len(rows.blocks()) or rows.n_articles < _FOLDS:
        fit = fit_plain_calibrated if calibrated else fit_plain
        return StanceModel(fit(rows, STANCE, labels, C=_C), None, none)
    notice("sentences by themselves")
    first = fit_plain(rows, STANCE, labels, C=_C)
    notice("sentences among others")
    judged = Rows(_among(rows, _held_out(rows, labels, seed)), rows.labels, rows.groups, rows.weights)
    if calibrated:
        second = fit_plain_calibrated(judged, STANCE, labels, C=_SECOND_C, seed=seed, notice=notice)
    else:
        second = fit_plain(judged, STANCE, labels, C=_SECOND_C)
    return StanceModel(first, second, _best_decision(second.predict(judged.features), rows.labels, labels))


def _held_out(rows: StanceRows, labels: Sequence[str], seed: int) -> Floats32:
    """Give the chances of each row by a model of other articles."""
    chances = np.zeros((len(rows.labels), len(labels)), dtype=np.float32)
    for train, test in grouped_folds(rows.labels, rows.groups, min(_FOLDS, rows.n_articles), seed):
        part = fit_plain(rows.take(train), STANCE, labels, C=_C)
        chances[test] = part.predict([rows.features[i] for i in test])
    return chances


def _among(rows: StanceRows, chances: Floats32) -> list[Features]:
    """Describe each row by what is said of the rows around it."""
    features: list[Features] = [{} for _ in rows.features]
    for block in rows.blocks():
        found = around(chances[block], [rows.speakers[i] for i in block], [rows.features[i] for i in block])
        for i, row in zip(block, found, strict=True):
            features[i] = row
    return features


def _best_decision(chances: Floats32, truth: Strings, labels: Sequence[str]) -> Floats32:
    """Choose what is added to each label but the most frequent: where macro F1 is highest."""
    counts = [int((truth == label).sum()) for label in labels]
    frequent = int(np.argmax(counts))
    logs = np.log(chances + 1e-4)
    target = np.array([labels.index(str(x)) for x in truth])
    best, decision = -1.0, np.zeros(len(labels), dtype=np.float32)
    for shifts in np.stack(np.meshgrid(*[_SHIFTS] * (len(labels) - 1)), axis=-1).reshape(-1, len(labels) - 1):
        tried = np.insert(shifts, frequent, 0.0).astype(np.float32)
        found = float(f1_score(target, (logs + tried).argmax(axis=1), average="macro"))
        if found > best + 1e-9:
            best, decision = found, tried
    return decision


def stance_chances(model: StanceModel, rows: StanceRows) -> Floats32:
    """Give the chances of rows of articles that the model has not seen, shape (n_rows, n_labels)."""
    chances = model.first.predict(rows.features)
    return chances if model.second is None else model.second.predict(_among(rows, chances))
