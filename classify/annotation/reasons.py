"""Why a sentence was labelled so, in words that a person understands: signed parts that sum to the score which decided.

The score of a kind is the log odds that the sentence is a quotation or, where it is none, that it is attributed
(signs turned where it is not). That of a source type is how far its calibrated score stands above the mean of all
types. With models of kind and source type of one's own, the same holds of all their labels.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...data.arrays import Bools, Floats32, Floats64, Ints
from ..linear.feature_matrix import Described
from ..linear.label_pairs import OUTPUTS
from ..model_files.files import SentenceModel
from .feature_words import MEASURED, Meaning, is_form_of, meaning_of

TOLD = "what the form of the text and its speaker tell"
REST = "everything else"
CONSTANT = "starting point"
_TYPES = OUTPUTS[2:]
_SHOWN = 5e-5  # smaller parts go into the rest
Reasons = list[tuple[str, float]]


class Decision(NamedTuple):
    """What was decided: a label of a model against its rivals; ``sign`` is −1 where the label was refused."""

    model: SentenceModel
    label: str
    against: tuple[str, ...]
    sign: float = 1.0

    @property
    def weights(self) -> Floats64:
        """What each of the model's outputs counts in the score that decided, shape (n_labels,).

        The score is the label's output, above the mean of its rivals'.
        """
        labels = self.model.labels
        weights = [(name == self.label) - (name in self.against) / max(len(self.against), 1) for name in labels]
        return self.sign * np.array(weights, dtype=np.float64)


def decisions(
    voice: SentenceModel | None,
    kind_model: SentenceModel | None,
    type_model: SentenceModel | None,
    kind: str,
    source_type: str,
) -> dict[str, Decision]:
    """Tell for ``kind`` and ``source_type`` which model's label decided."""
    decided: dict[str, Decision] = {}
    attributed = voice and Decision(voice, "attributed", (), -1.0 if source_type == "none" else 1.0)
    if kind_model:
        decided["kind"] = Decision(kind_model, kind, kind_model.labels)
    elif voice and attributed:
        decided["kind"] = Decision(voice, "quote", ()) if kind == "quote" else attributed
    if type_model:
        decided["source_type"] = Decision(type_model, source_type, type_model.labels)
    elif voice and attributed:
        decided["source_type"] = attributed if source_type == "none" else Decision(voice, source_type, _TYPES)
    return decided


class Meanings(NamedTuple):
    """What a model's features mean: several have one meaning, and their weights are summed.

    Parameters
    ----------
    of : ndarray of shape (n_features,)
        Number of each feature's meaning, by its number in the model's vocabulary.
    every : list of Meaning
        The last is the cue as printed.
    is_cue : ndarray of shape (n_meanings,)
    """

    of: Ints
    every: list[Meaning]
    is_cue: Bools


@lru_cache(maxsize=8)
def meanings_of(model: SentenceModel) -> Meanings:
    """Number the meanings of a model's features."""
    meanings = [meaning_of(name) for name in model.names]
    different = sorted(set(meanings), key=lambda meaning: meaning.words)
    numbers = {meaning: number for number, meaning in enumerate(different)}
    number_of_feature = np.array([numbers[meaning] for meaning in meanings], dtype=np.int64)
    is_cue = np.array([bool(meaning.lemma) for meaning in different], dtype=bool)
    return Meanings(number_of_feature, [*different, Meaning("")], is_cue)


class Evidence(NamedTuple):
    """What the features of an article's sentences mean, put together once for all that was decided by a model.

    Parameters
    ----------
    model : SentenceModel
    described : Described
        With the model's vocabulary.
    outputs, decided : ndarray of shape (n_sentences, n_outputs)
        The model's, and these with what forms and speakers tell; see `kinds.decisions`.
    cues : sequence of str or None, length n_sentences
        As printed.
    keys : ndarray of shape (n_parts,)
        Sentence and meaning of each part, ascending: ``sentence * n_meanings + meaning``.
    part : ndarray of shape (n_entries,)
        The part that each feature belongs to.
    """

    model: SentenceModel
    described: Described
    outputs: Floats32
    decided: Floats32
    cues: Sequence[str | None]
    keys: Ints
    part: Ints

    @classmethod
    def of(
        cls,
        model: SentenceModel,
        described: Described,
        outputs: Floats32,
        decided: Floats32,
        cues: Sequence[str | None],
    ) -> "Evidence":
        """Put features of the same meaning together."""
        meanings = meanings_of(model)
        meaning = _with_cues(described, meanings, cues)
        keys, part = np.unique(described.sentence * len(meanings.every) + meaning, return_inverse=True)
        return cls(model, described, outputs, decided, cues, keys, part)

    def explain(self, decided: Sequence[Decision], n: int) -> list[Reasons]:
        """Give for each sentence the reasons that weighed most, strongest first, then `REST` and `CONSTANT`.

        Parameters
        ----------
        decided : sequence of Decision, length n_sentences
            By this model.
        n : int
            At most so many reasons of a sentence; there may be none.

        Returns
        -------
        list of list of (str, float), length n_sentences
            Above 0 what spoke for the label, below 0 what spoke against it; they sum to the score that decided.
        """
        rows = {decision: row for row, decision in enumerate(dict.fromkeys(decided))}
        row = np.array([rows[decision] for decision in decided])
        weights, signs = np.array([d.weights for d in rows]), np.array([d.sign for d in rows])
        rivals = [(decision.label, decision.against) for decision in decided]
        added = self.model.added(self.described, rivals) * signs[row[self.described.sentence]]
        scores = (self.decided.astype(np.float64) * weights[row]).sum(axis=1)
        told = ((self.decided.astype(np.float64) - self.outputs) * weights[row]).sum(axis=1)
        constants = (weights @ self.model.constants.astype(np.float64))[row]
        reasons_by_sentence = self._strongest(added, n)
        for reasons, weight in zip(reasons_by_sentence, told.tolist(), strict=True):
            if abs(weight) >= _SHOWN:
                reasons.append((TOLD, weight))
                reasons.sort(key=lambda reason: -abs(reason[1]))
                del reasons[n:]
        for reasons, score, constant in zip(reasons_by_sentence, scores.tolist(), constants.tolist(), strict=True):
            rest = score - constant - sum([weight for _, weight in reasons])
            if abs(rest) >= _SHOWN:
                reasons.append((REST, rest))
            reasons.append((CONSTANT, constant))
        return reasons_by_sentence

    def _strongest(self, added: Floats64, n: int) -> list[Reasons]:
        """Sum what features of the same meaning added, and take the strongest of each sentence."""
        every = meanings_of(self.model).every
        sums = np.bincount(self.part, added, len(self.keys)).astype(np.float64)
        shares = {m: _shares(self.described, self.model.vocabulary[m.share]) for m in MEASURED}
        reasons: list[Reasons] = [[] for _ in self.cues]
        parts = Described(self.described.n, self.keys // len(every), self.keys % len(every), sums)
        for sentence, number, weight in parts.strongest(n):
            if abs(weight) >= _SHOWN:
                words, measured, _ = every[number]
                if measured:
                    words = measured.of(shares[measured][sentence])
                reasons[sentence].append((words or _cue_in_words(self.cues[sentence]), weight))
        return reasons


def _cue_in_words(cue: str | None) -> str:
    return f"cue: {' '.join((cue or '').split())}"


def _with_cues(described: Described, meanings: Meanings, cues: Sequence[str | None]) -> Ints:
    """Give each entry its meaning; that of a cue which is printed in the sentence is the cue as printed."""
    meaning = meanings.of[described.column]
    places = np.flatnonzero(meanings.is_cue[meaning])
    for place, sentence in zip(places.tolist(), described.sentence[places].tolist(), strict=True):
        if is_form_of(cues[sentence], meanings.every[meaning[place]].lemma):
            meaning[place] = len(meanings.every) - 1
    return meaning


def _shares(described: Described, column: int) -> list[float]:
    """Give a share of each sentence that is a feature; 0 where it is none."""
    values = np.zeros(described.n)
    holds = described.column == column
    values[described.sentence[holds]] = described.value[holds]
    shares: list[float] = values.tolist()
    return shares
