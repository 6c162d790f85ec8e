"""The stance of sentences towards targets: what a model says of each, and what it makes of the sentences around."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ...data.arrays import Bools, Floats32, Floats64, Ints
from ...data.records import LabelledArticle
from ..attribution.extractor import Candidate
from ..kinds.features import Features, MainAttribution
from ..kinds.ngrams import text_ngrams
from ..language.article_tokens import View
from ..linear.composed import StanceModel
from .stance_features import NAMED, OWN_WORDS, PLACE, TELLING, speaker_of, stance_features
from .stance_wording import CAST_SUM
from .targets import Target

OWN = "towards "
_STEPS = (-2, -1, 1, 2)
_TINY = 1e-4


def stances(labelled: LabelledArticle) -> list[tuple[int, str, str]]:
    """List the stances of an article: number of the sentence, target, label; target by target."""
    return [
        (number, target, s.stance[target])
        for target in labelled.targets
        for number, s in enumerate(labelled.sentences)
        if target in s.stance
    ]


def targets_of(labelled: LabelledArticle) -> list[Target]:
    """Give the targets of a labelled article, with their places where the data says these."""
    return [
        Target(name, aliases, tuple(place for s in labelled.sentences for place in s.mentions.get(name, ())))
        for name, aliases in labelled.targets.items()
    ]


def describe(
    view: View,
    candidates: Sequence[Candidate],
    spoken: Sequence[MainAttribution],
    target: Target,
    rivals: Sequence[Target],
    known: frozenset[str] | None = None,
) -> list[Features]:
    """Describe the sentences of an article as seen from a target; see `stance_features`.

    Parameters
    ----------
    known : frozenset of str, optional
        Targets that have a model of their own; every one where nothing is said. The words of a sentence are features
        of their own for these: their names begin with ``towards TARGET|``.
    """
    rows = stance_features(view, candidates, spoken, target, rivals)
    if known is None or target.name in known:
        for f, (start, end) in zip(rows, view.spans, strict=True):
            for name, value in text_ngrams(view.text[start:end]).items():
                f[f"{OWN}{target.name}| {name}"] = value
            f[f"{OWN}{target.name}|"] = 1.0
    return rows


def own_targets(features: Sequence[str]) -> frozenset[str]:
    """Name the targets for which a model has features of their own."""
    return frozenset(name.removeprefix(OWN)[:-1] for name in features if name.startswith(OWN) and name.endswith("|"))


def around(chances: Floats32, speakers: Sequence[str | None], rows: Sequence[Mapping[str, float]]) -> list[Features]:
    """Describe sentences by what is said of those around them, of the article, and of what the same speaker says.

    Parameters
    ----------
    chances : ndarray of shape (n_sentences, n_labels)
        Of the sentences of one article, in order, towards one target, by a model that has not seen it.
    speakers : sequence of str or None, length n_sentences
    rows : sequence of mapping of str to float, length n_sentences
    """
    n = len(chances)
    total = chances.sum(axis=0)
    numbers: dict[str | None, list[int]] = {}
    for i, speaker in enumerate(speakers):
        numbers.setdefault(speaker, []).append(i)
    out: list[Features] = []
    for i, row in enumerate(rows):
        mean = (total - chances[i]) / max(n - 1, 1)
        f: Features = {}
        _add(f, "itself", np.log(chances[i] + _TINY))
        _add(f, "article", mean)
        for step in _STEPS:
            if 0 <= i + step < n:
                _add(f, f"{step:+d}", chances[i + step])
            else:
                f[f"{step:+d} none"] = 1.0
        same = [m for m in numbers[speakers[i]] if m != i]
        if same:
            name = "the outlet" if speakers[i] is None else "the speaker"
            _add(f, name, chances[same].mean(axis=0))
            f[name] = 1.0
        for name in row:
            if name in TELLING:
                f[name] = 1.0
                _add(f, f"{name}, article", mean)
        out.append(f)
    return out


def _add(f: Features, name: str, values: Floats32) -> None:
    for number, value in enumerate(values.tolist()):
        f[f"{name} {number}"] = value


def decide(model: StanceModel, chances: Floats32) -> Ints:
    """Take a label for each sentence: its number."""
    return np.asarray((np.log(chances + _TINY) + model.decision).argmax(axis=1))


_NEUTRAL = "neutral"
_CAST = 0.9  # of the words around a target: one of them, in its clause


class Judged(NamedTuple):
    """What a model says of the sentences of an article towards one target.

    Parameters
    ----------
    chances : ndarray of shape (n_sentences, n_labels)
        Calibrated.
    told : ndarray of bool, shape (n_sentences,)
        The likeliest label is likely enough to be told.
    named : ndarray of bool, shape (n_sentences,)
        The sentence speaks of the target: by a name, a pronoun or a noun that stands for it.
    """

    chances: Floats64
    told: Bools
    named: Bools

    @classmethod
    def of(cls, chances: Floats64, named: Bools, least: Sequence[float] | Floats32 | None) -> "Judged":
        """Tell what is likely enough.

        Parameters
        ----------
        chances, named
            As above.
        least : sequence of float, length n_labels, or None
            The chance from which each label is told; None where none is.
        """
        if least is None or not len(least):
            return cls(chances, np.zeros(len(chances), dtype=np.bool_), named)
        enough = chances.max(axis=1) >= np.asarray(least, dtype=np.float64)[chances.argmax(axis=1)]
        return cls(chances, enough, named)


def may_be_told(row: Mapping[str, float]) -> bool:
    """Tell whether a sentence speaks of the target itself: not only of what happens there, and not in its own words.

    What a target says shows what it thinks of others. It favors itself in some of that, but of 48 sentences of real news
    that were told as favor, 37 were the target's own words, and 7 of them favored it.
    """
    return NAMED in row and row.keys().isdisjoint((PLACE, OWN_WORDS))


def never_told(labels: Sequence[str], least: Sequence[float] | Floats32 | None) -> list[str]:
    """Name the labels that no chance suffices for; see `Judged.of`."""
    if least is None or not len(least):
        return list(labels)
    return [label for label, chance in zip(labels, least, strict=True) if chance > 1]


@dataclass(frozen=True, slots=True)
class StanceReader:
    """Finds stances with a fitted model."""

    model: StanceModel

    @property
    def labels(self) -> Sequence[str]:
        """The labels, in the order of the chances."""
        return self.model.labels

    def unknown(self, targets: Sequence[Target]) -> list[str]:
        """Name the targets that cannot be judged: none, for what all targets share is known of each."""
        return []

    def never_told(self) -> list[str]:
        """Name the labels that are never told; see `tasks.protocol`."""
        return never_told(self.labels, self.model.told_from)

    def stances(
        self,
        tokens: View,
        title: str | None,
        candidates: Sequence[Candidate],
        spoken: Sequence[MainAttribution],
        targets: Sequence[Target],
    ) -> list[Judged]:
        """Judge the sentences of an article towards each target, as `tasks.protocol` says; the title is not looked at."""
        known, speakers = own_targets(self.model.first.features), [speaker_of(v) for v in spoken]
        judged: list[Judged] = []
        for target in targets:
            rivals = [other for other in targets if other is not target]
            rows = describe(tokens, candidates, spoken, target, rivals, known)
            chances = self.model.first.predict(rows)
            if self.model.second is not None:
                chances = self.model.second.predict(around(chances, speakers, rows))
            named = np.array([NAMED in row for row in rows], dtype=np.bool_)
            found = Judged.of(chances.astype(np.float64), named, self.model.told_from)
            may = np.array([may_be_told(row) for row in rows], dtype=np.bool_)  # of others nothing was measured
            casts = np.array([abs(row.get(CAST_SUM, 0.0)) >= _CAST for row in rows], dtype=np.bool_)
            is_neutral = np.array(self.labels)[found.chances.argmax(axis=1)] == _NEUTRAL
            # where a word casts the target well or badly, the model may not know it, but neutral is not the answer
            judged.append(found._replace(told=found.told & may & ~(is_neutral & casts)))
        return judged
