"""Fitting stance: a model of sentences as targets see them, then one that looks at what the first says around them."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple, Self

import numpy as np
from sklearn.metrics import f1_score

from ...classify.attribution.extractor import Candidate
from ...classify.entities.mentions import introductions
from ...classify.kinds.features import Features, main_attributions, resolve_sources
from ...classify.language.article_tokens import view
from ...classify.linear.composed import STANCE, StanceModel
from ...classify.linear.named import SentenceModel
from ...classify.stance_bias.stance import OWN, around, describe, may_be_told, stances, targets_of
from ...classify.stance_bias.stance_features import TELLING, speaker_of
from ...data.arrays import Bools, Floats32, Ints, Strings, softmax
from ...data.articles.notices import Say
from ...data.records import LabelledArticle
from ..folds.grouped import grouped_folds
from .logistic import fit_plain, fit_plain_calibrated, logits_of
from .rows import Arrays, Rows
from .sparse_features import LaidOut, lay_out
from .stance_thresholds import Aim, tell_silent, told_from

_USUAL = Aim()
ENOUGH_SENTENCES = 100  # towards one target, for features of its own
_MANY = 30  # targets: where there are more, those with few sentences get no features of their own
_FOLDS = 3
_C, _SECOND_C = 0.05, 0.1
_LONG = 4.0  # sentences an article and target: where there are fewer, they stand alone
_TINY = 1e-9
_SHIFTS = np.arange(0.0, 1.3, 0.2)


@dataclass(frozen=True, slots=True)
class StanceRows(Rows):
    """Sentences as seen from targets.

    Parameters
    ----------
    targets : list of str, length n_rows
    speakers : list of str or None, length n_rows
    sources : list of int, length n_rows
        Number of the data set; the first is the one whose articles are read whole.
    """

    targets: list[str] = field(default_factory=list)
    speakers: list[str | None] = field(default_factory=list)
    sources: list[int] = field(default_factory=list)

    def as_arrays(self) -> Arrays:
        """Give all of it as arrays; see `Rows`."""
        speakers = np.array([speaker or "" for speaker in self.speakers], dtype=np.str_)
        sources = np.array(self.sources, dtype=np.int64)
        return {
            **Rows.as_arrays(self),
            "targets": np.array(self.targets, dtype=np.str_),
            "speakers": speakers,
            "sources": sources,
        }

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> Self:
        """Read what `as_arrays` gave."""
        rows, speakers = Rows.of_arrays(arrays), [speaker or None for speaker in arrays["speakers"].tolist()]
        targets, sources = arrays["targets"].tolist(), arrays["sources"].tolist()
        return cls(rows.features, rows.labels, rows.groups, rows.weights, targets, speakers, sources)

    @property
    def speaks_of_it(self) -> Bools:
        """Tell which sentences speak of their target, shape (n_rows,): see `may_be_told`."""
        return np.array([may_be_told(row) for row in telling(self.features)], dtype=np.bool_)

    @property
    def is_first(self) -> Bools:
        """Tell which rows are of the first data set, shape (n_rows,)."""
        return np.asarray(np.array(self.sources, dtype=np.int64) == 0)

    def blocks(self) -> list[list[int]]:
        """Give the rows of each article and target, in order."""
        found: dict[tuple[int, str], list[int]] = {}
        for i, key in enumerate(zip(self.groups.tolist(), self.targets, strict=True)):
            found.setdefault(key, []).append(i)
        return list(found.values())


def stance_rows(
    articles: Sequence[LabelledArticle],
    candidates: Iterable[Sequence[Candidate]],
    *,
    own_words: bool = True,
    source: int = 0,
    weight: float = 1.0,
    known: frozenset[str] | None = None,
) -> StanceRows:
    """Collect a row for each sentence and target that has a stance, in the order of `stances`.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    candidates : iterable of sequence of Candidate, length n_articles
    own_words : bool
        Targets with sentences enough have features of their own.
    source : int
        Number of the data set.
    weight : float
        Of each of these sentences, beside those of others.
    known : frozenset of str, optional
        The targets that have features of their own, where a model is asked that was fitted with these.
    """
    if known is None:
        counts = Counter(target for a in articles for _, target, _ in stances(a))
        enough = counts if len(counts) <= _MANY else (t for t, n in counts.items() if n >= ENOUGH_SENTENCES)
        known = frozenset(enough if own_words else ())
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
            target.name: describe(seen, found, spoken, target, [t for t in asked if t is not target], known)
            for target in asked
        }
        for n, target, label in given:
            features.append(described[target][n])
            labels.append(label)
            groups.append(number)
            targets.append(target)
            speakers.append(speaker_of(spoken[n]))
    numbers = np.array(groups, dtype=np.int64)
    weights, sources = np.full(len(labels), weight), [source] * len(labels)
    return StanceRows(features, np.array(labels, dtype=np.str_), numbers, weights, targets, speakers, sources)


def shared_by(rows: StanceRows, least: int) -> StanceRows:
    """Keep the features that so many sentences share: what a file of weights holds can be traced to none of them."""
    laid = lay_out(rows.features)
    kept = np.flatnonzero(np.bincount(laid.matrix.indices, minlength=len(laid.names)) >= least).tolist()
    return replace(rows, features=LaidOut([laid.names[c] for c in kept], laid.matrix[:, kept]))


def telling(features: Sequence[Features]) -> Sequence[Features]:
    """Give of the features those that `stance.around` looks at."""
    if not isinstance(features, LaidOut):
        return features
    kept = [c for c, name in enumerate(features.names) if name in TELLING]
    return list(LaidOut([features.names[c] for c in kept], features.matrix[:, kept]))


def _for_fit(rows: StanceRows) -> StanceRows:
    """Keep the features of their own only for targets that have sentences enough."""
    if isinstance(rows.features, LaidOut):
        return rows  # the words of single targets were left out before
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
    aim: Aim = _USUAL,
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
    aim : Aim
        How much of what is told must be right on them.
    notice : callable of str
        Told what is being done.
    """
    rows = _for_fit(rows)
    if not isinstance(rows.features, LaidOut):
        rows = replace(rows, features=lay_out(rows.features))
    none = np.zeros(len(labels), dtype=np.float32)
    in_articles = rows.take(np.flatnonzero(rows.is_first))
    if len(in_articles.labels) < _LONG * len(in_articles.blocks()) or rows.n_held_out_together < _FOLDS:
        if not calibrated:
            return StanceModel(fit_plain(rows, STANCE, labels, C=_C), None, none)
        alone = fit_plain_calibrated(rows, STANCE, labels, C=_C, seed=seed, notice=notice)
        held = told_chances(rows, rows, alone, _C, seed)
        return StanceModel(alone, None, none, _told_from(held, labels, aim, notice))
    notice("first model: each sentence by itself")
    first = fit_plain(rows, STANCE, labels, C=_C)
    notice("second model: each sentence among its neighbours")
    judged = Rows(_among(rows, _held_out(rows, labels, seed)), rows.labels, rows.groups, rows.weights, origins=rows.origins)
    if calibrated:
        second = fit_plain_calibrated(judged, STANCE, labels, C=_SECOND_C, seed=seed, notice=notice)
    else:
        second = fit_plain(judged, STANCE, labels, C=_SECOND_C)
    whole = np.flatnonzero(rows.is_first)
    decision = _best_decision(_chances(second, judged.take(whole)), rows.labels[whole], labels)
    if not calibrated:
        return StanceModel(first, second, decision)
    held = told_chances(rows, judged, second, _SECOND_C, seed)
    return StanceModel(first, second, decision, _told_from(held, labels, aim, notice))


def _held_out(rows: Rows, labels: Sequence[str], seed: int, C: float = _C) -> Floats32:
    """Give the chances of each row by a model of other articles, not calibrated."""
    chances = np.zeros((len(rows.labels), len(labels)), dtype=np.float32)
    n_folds = min(_FOLDS, rows.n_held_out_together)
    for train, test in grouped_folds(rows.labels, rows.held_out_together, n_folds, seed) if n_folds > 1 else ():
        part = rows.take(train)
        if len(np.unique(part.labels)) > 1:
            chances[test] = softmax(logits_of(fit_plain(part, STANCE, labels, C=C), rows.take(test)))
    return chances


class HeldOutStances(NamedTuple):
    """What models of other articles say of the sentences that speak of their target.

    Parameters
    ----------
    chances : ndarray of shape (n_sentences, n_labels)
        Calibrated.
    truth, sources, groups : ndarray of int, shape (n_sentences,)
        Number of the true label, of the data set, of the article.
    """

    chances: Floats32
    truth: Ints
    sources: Ints
    groups: Ints


def _told_from(held: HeldOutStances, labels: Sequence[str], aim: Aim, notice: Say) -> Floats32:
    """Choose the chance from which each label is told."""
    chosen = told_from(held.chances, held.truth, held.sources, aim)
    tell_silent(labels, chosen, notice)
    return chosen


def told_chances(rows: StanceRows, judged: Rows, model: SentenceModel, C: float, seed: int) -> HeldOutStances:
    """Hold out the articles once more, now that it is known how sure the model may be.

    Parameters
    ----------
    rows : StanceRows
    judged : Rows
        The same rows, with the features that the model looks at.
    model : SentenceModel
        Calibrated.
    C : float
        Inverse strength of the penalty.
    seed : int
        Of the folds.
    """
    chances = _held_out(judged, model.labels, seed, C) ** model.scale
    chances /= np.maximum(chances.sum(axis=1, keepdims=True), _TINY)
    here = np.flatnonzero(rows.speaks_of_it & (chances.sum(axis=1) > 0))
    number = {label: i for i, label in enumerate(model.labels)}
    truth = np.array([number[label] for label in rows.labels[here].tolist()], dtype=np.int64)
    return HeldOutStances(chances[here], truth, np.array(rows.sources, dtype=np.int64)[here], rows.groups[here])


def _among(rows: StanceRows, chances: Floats32) -> LaidOut:
    """Describe each row by what is said of the rows around it."""
    features: list[Features] = [{} for _ in rows.features]
    seen = telling(rows.features)
    for block in rows.blocks():
        found = around(chances[block], [rows.speakers[i] for i in block], [seen[i] for i in block])
        for i, row in zip(block, found, strict=True):
            features[i] = row
    return lay_out(features)


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
    return _chances(model.first, rows) if model.second is None else _chances(model.second, among(model, rows))


def among(model: StanceModel, rows: StanceRows) -> Rows:
    """Describe rows as the second model sees them: by what the first says of them and of the rows around."""
    return Rows(_among(rows, _chances(model.first, rows)), rows.labels, rows.groups, rows.weights)


def _chances(model: SentenceModel, rows: Rows) -> Floats32:
    return np.asarray(softmax(logits_of(model, rows) * model.scale + model.shift), dtype=np.float32)
