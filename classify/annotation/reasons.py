"""Why a sentence was labelled so, in words that a person understands: signed parts that sum to the score which decided.

The score of a kind is the log odds that the sentence is a quotation or, where it is none, that it is attributed
(signs turned where it is not). That of a source type is how far its calibrated score stands above the mean of all
types. With models of kind and source type of one's own, the same holds of all their labels.
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...data.arrays import Bools, Floats32, Floats64, Ints
from ...data.scheme import KINDS, SOURCE_TYPES
from ..linear.feature_matrix import Described
from ..linear.label_pairs import OUTPUTS
from ..model_files.files import SentenceModel

REST = "everything else"
CONSTANT = "starting point"
_TYPES = OUTPUTS[2:]
_CUES = ("cue", "rule cue")
_SHOWN = 5e-5  # smaller parts go into the rest
Reasons = list[tuple[str, float]]


class Decision(NamedTuple):
    """What was decided: a label of a model against its rivals; ``sign`` is −1 where the label was refused."""

    model: SentenceModel
    label: str
    against: tuple[str, ...]
    sign: float = 1.0

    def score(self, features: Mapping[str, float]) -> float:
        """Give the score that decided: the label's, above the mean of its rivals."""
        return float(self.model.outputs([features])[0].astype(np.float64) @ self.weights)

    @property
    def weights(self) -> Floats64:
        """Give what each of the model's outputs counts in the score, shape (n_labels,)."""
        labels = self.model.labels
        shares = [(name == self.label) - (name in self.against) / max(len(self.against), 1) for name in labels]
        return self.sign * np.array(shares, dtype=np.float64)


def decisions(
    voice: SentenceModel | None,
    kind_model: SentenceModel | None,
    type_model: SentenceModel | None,
    kind: str,
    source_type: str,
) -> dict[str, Decision]:
    """Tell for ``kind`` and ``source_type`` which model's label decided."""
    found: dict[str, Decision] = {}
    attributed = voice and Decision(voice, "attributed", (), -1.0 if source_type == "none" else 1.0)
    if kind_model:
        found["kind"] = Decision(kind_model, kind, kind_model.labels)
    elif voice and attributed:
        found["kind"] = Decision(voice, "quote", ()) if kind == "quote" else attributed
    if type_model:
        found["source_type"] = Decision(type_model, source_type, type_model.labels)
    elif voice and attributed:
        found["source_type"] = attributed if source_type == "none" else Decision(voice, source_type, _TYPES)
    return found


def explain(decision: Decision, features: Mapping[str, float], n: int, cue: str | None = None) -> Reasons:
    """Give the reasons that weighed most, strongest first, then `REST` and `CONSTANT`.

    Parameters
    ----------
    decision : Decision
    features : mapping of str to float
    n : int
        At most so many reasons; there may be none.
    cue : str, optional
        The cue as printed.

    Returns
    -------
    list of (str, float)
        Above 0 what spoke for the label, below 0 what spoke against it; they sum to ``decision.score(features)``.
    """
    model = decision.model
    described = model.vocabulary.describe([features])
    return Evidence.of(model, described, model.outputs(described), [cue]).explain([decision], n)[0]


class _Measured(NamedTuple):
    """Words with a place for a share in hundredths, the feature that is the share, and the words where it is 0."""

    words: str
    share: str
    nothing: str

    def of(self, share: float) -> str:
        """Give the words for a share."""
        return self.words.format(100 * min(share, 1.0)) if share > 0 else self.nothing


class _Meaning(NamedTuple):
    """What features say to people: ``words``, but where it is a share or a cue."""

    words: str
    measured: _Measured | None = None
    lemma: str = ""


class Meanings(NamedTuple):
    """What a model's features mean: several have one meaning, and their weights are summed.

    Parameters
    ----------
    of : ndarray of shape (n_features,)
        Number of each feature's meaning, by its number in the model's vocabulary.
    every : list of _Meaning
        The last is the cue as printed.
    is_cue : ndarray of shape (n_meanings,)
    """

    of: Ints
    every: list[_Meaning]
    is_cue: Bools


@lru_cache(maxsize=8)
def meanings_of(model: SentenceModel) -> Meanings:
    """Number the meanings of a model's features."""
    found = [_meaning(name) for name in model.names]
    every = sorted(set(found), key=lambda meaning: meaning.words)
    numbers = {meaning: number for number, meaning in enumerate(every)}
    of = np.array([numbers[meaning] for meaning in found], dtype=np.int64)
    return Meanings(of, [*every, _Meaning("")], np.array([bool(meaning.lemma) for meaning in every], dtype=bool))


def _meaning(name: str) -> _Meaning:
    family, _, value = name.partition(": ")
    if family in _MEASURED and name not in _PLAIN:
        return _Meaning(_MEASURED[family].words, _MEASURED[family])
    if family in _CUES and value:
        return _Meaning(f"cue: {value}", lemma=value)
    return _Meaning(in_words(name, {}) or name)


class Evidence(NamedTuple):
    """What the features of an article's sentences mean, put together once for all that was decided by a model.

    Parameters
    ----------
    model : SentenceModel
    described : Described
        With the model's vocabulary.
    outputs : ndarray of shape (n_sentences, n_outputs)
        The model's.
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
    cues: Sequence[str | None]
    keys: Ints
    part: Ints

    @classmethod
    def of(cls, model: SentenceModel, described: Described, outputs: Floats32, cues: Sequence[str | None]) -> "Evidence":
        """Put features of the same meaning together."""
        meanings = meanings_of(model)
        meaning = _with_cues(described, meanings, cues)
        keys, part = np.unique(described.sentence * len(meanings.every) + meaning, return_inverse=True)
        return cls(model, described, outputs, cues, keys, part)

    def explain(self, decided: Sequence[Decision], n: int) -> list[Reasons]:
        """Give for each sentence what `explain` gives, ``decided`` by this model."""
        different = {one: row for row, one in enumerate(dict.fromkeys(decided))}
        of = np.array([different[one] for one in decided])
        weights, signs = np.array([one.weights for one in different]), np.array([one.sign for one in different])
        asked = [(one.label, one.against) for one in decided]
        added = self.model.added(self.described, asked) * signs[of[self.described.sentence]]
        scores = (self.outputs.astype(np.float64) * weights[of]).sum(axis=1)
        constants = (weights @ self.model.constants.astype(np.float64))[of]
        found = self._strongest(added, n)
        for reasons, score, constant in zip(found, scores.tolist(), constants.tolist(), strict=True):
            rest = score - constant - sum([weight for _, weight in reasons])
            if abs(rest) >= _SHOWN:
                reasons.append((REST, rest))
            reasons.append((CONSTANT, constant))
        return found

    def _strongest(self, added: Floats64, n: int) -> list[Reasons]:
        """Sum what features of the same meaning added, and take the strongest of each sentence."""
        every = meanings_of(self.model).every
        sums = np.bincount(self.part, added, len(self.keys)).astype(np.float64)
        shares = {m: _shares(self.described, self.model.vocabulary[m.share]) for m in (_QUOTED, _FOUND, _COVERED)}
        found: list[Reasons] = [[] for _ in self.cues]
        parts = Described(self.described.n, self.keys // len(every), self.keys % len(every), sums)
        for sentence, number, weight in parts.strongest(n):
            if abs(weight) >= _SHOWN:
                words, measured, _ = every[number]
                if measured:
                    words = measured.of(shares[measured][sentence])
                found[sentence].append((words or _cue_in_words(self.cues[sentence]), weight))
        return found


def _cue_in_words(cue: str | None) -> str:
    return f"cue: {' '.join((cue or '').split())}"


def _with_cues(described: Described, meanings: Meanings, cues: Sequence[str | None]) -> Ints:
    """Give each entry its meaning; that of a cue which is printed in the sentence is the cue as printed."""
    meaning = meanings.of[described.column]
    places = np.flatnonzero(meanings.is_cue[meaning])
    for place, sentence in zip(places.tolist(), described.sentence[places].tolist(), strict=True):
        if _stands(meanings.every[meaning[place]].lemma, cues[sentence]):
            meaning[place] = len(meanings.every) - 1
    return meaning


def _shares(described: Described, column: int) -> list[float]:
    """Give a share of each sentence that is a feature; 0 where it is none."""
    values = np.zeros(described.n)
    holds = described.column == column
    values[described.sentence[holds]] = described.value[holds]
    shares: list[float] = values.tolist()
    return shares


def in_words(name: str, features: Mapping[str, float], cue: str | None = None) -> str | None:
    """Put a feature's name into words; None where there are none for it.

    Parameters
    ----------
    name : str
        As `train.features` makes it.
    features : mapping of str to float
        All features of the sentence: some names are told by the value of another.
    cue : str, optional
        The cue as printed.

    Examples
    --------
    >>> in_words("quoted: 0.65 or more", {"quoted share": 0.71})
    '71 % in quotation marks'
    >>> in_words("rule cue: say", {}, "said"), in_words("source word: ministry", {})
    ('cue: said', 'source word: ministry')
    """
    if name in _PLAIN:
        return _PLAIN[name]
    family, _, value = name.partition(": ")
    if family in _MEASURED:
        measured = _MEASURED[family]
        return measured.of(features.get(measured.share, 0.0))
    if family in _CUES and value:
        return f"cue: {_printed(value, cue)}"
    if family in _LISTED:
        words, values = _LISTED[family]
        return words.format(values.get(value, value)) if value else None
    return _holding(family, value) or _around(family, value)


def _printed(lemma: str, cue: str | None) -> str:
    """Show the cue as it stands in the sentence where it can be a form of the lemma."""
    return " ".join(cue.split()) if cue and _stands(lemma, cue) else lemma


def _stands(lemma: str, cue: str | None) -> bool:
    return cue is not None and any(word[:2] == lemma[:2] for word in cue.lower().split())


def _holding(family: str, value: str) -> str | None:
    """What a source's words are on the list: ``last source holds``, ``state body (weak)``."""
    where, what = _HOLDING.fullmatch(family), _ENTRY.fullmatch(value)
    if not where or not what or what["sort"] not in _SORTS:
        return None
    source = {"last ": "the source before", "next ": "the source after"}.get(where[1] or "", "the source")
    return f"{source} holds {_SORTS[what['sort']]}: {what['type']}{', perhaps' if what['weak'] else ''}"


def _around(family: str, value: str) -> str | None:
    """What the rule says of a sentence near by: ``-1``, ``quote``; ``+1 type``, ``state``."""
    step, _, rest = family.partition(" ")
    if step not in _STEPS or rest not in ("", "type"):
        return None
    if not rest and value == "none":
        return f"no {_STEPS[step]}"
    return f"{_STEPS[step]}: {_ANSWERS.get(value, value) if rest else _KINDS.get(value, value)}"


_PLAIN = {
    "a question": "a question",
    "headline": "first sentence or headline",
    "last sentence": "last sentence",
    "begins inside a quotation": "goes on with a quotation begun before",
    "no attribution": "no attribution found",
    "source unknown, name": "the source is a name on no list",
    "source unknown, noun": "the source is a noun on no list",
}
_QUOTED = _Measured("{:.0f} % in quotation marks", "quoted share", "nothing in quotation marks")
_FOUND = _Measured("attribution found, {:.0f} % sure", "attribution's chance", "attribution found")
_COVERED = _Measured("{:.0f} % of the words are attributed", "said by somebody", "none of the words are attributed")
_MEASURED = {
    **dict.fromkeys(("quoted share", "quoted", "rule quoted", "quoted words", "a clause is quoted"), _QUOTED),
    **dict.fromkeys(("attribution's chance", "attributed"), _FOUND),
    **dict.fromkeys(("said by somebody", "coverage"), _COVERED),
}
_KINDS = {kind: kind.replace("_", " ") for kind in KINDS}
_ANSWERS = {**{label: f"source {label}" for label in SOURCE_TYPES}, "none": "not attributed"}
_GROUPS = {
    "say": "saying",
    "claim": "claiming",
    "act": "an act of speech (warn, promise, accuse)",
    "belief": "believing or wanting",
    "finding": "finding out",
    "publish": "publishing",
    "prep": "according to and the like",
    "noun": "a noun (statement, claim)",
    "silent": "not saying anything",
    "deed": "a deed, not speech",
    "none": "on no list",
}
_SIDES = {"before": "before what is said", "after": "after what is said", "inside": "inside what is said"}
_PLACES = {
    "under 0.15": "at the start",
    "0.15 or more": "in the first half",
    "0.4 or more": "in the middle",
    "0.7 or more": "in the second half",
    "0.9 or more": "at the end",
}
_OPENERS = {",": "a comma", ":": "a colon", "^": "nothing", "“": "another mark", "word": "some other word"}
_TYPES_TOLD = {"None": "not told"}
_LISTED: dict[str, tuple[str, Mapping[str, str]]] = {
    "rule": ("the word lists alone say: {}", _KINDS),
    "rule type": ("the word lists alone say: {}", _ANSWERS),
    "cue group": ("sort of cue: {}", _GROUPS),
    "rule cue group": (
        "sort of cue: {}",
        {f"{group}, {side}": f"{words}, {_SIDES[side]}" for group, words in _GROUPS.items() for side in _SIDES},
    ),
    "cue stands": ("the cue stands {}", _PLACES),
    "cue-like": ("a word that can be a cue: {}", {}),
    "source word": ("source word: {}", {}),
    "before the quotation": ("before the quotation: {}", _OPENERS),
    "words": ("length: {} words", {}),
    "source known by": (
        "the source is known by {}",
        {
            "phrase": "its own words",
            "pronoun": "a pronoun",
            "short": "a short form",
            "surname": "a surname",
            "unknown": "nothing in the article",
        },
    ),
    "source type": ("source: {}", _TYPES_TOLD),
    "other source type": ("second source: {}", _TYPES_TOLD),
    "last source type": ("the source before: {}", _TYPES_TOLD),
    "next source type": ("the source after: {}", _TYPES_TOLD),
    "article": ("share of such sentences in the article: {}", _ANSWERS),
}
_HOLDING = re.compile(r"(last |next )?source (?:holds|first|last)")
_ENTRY = re.compile(r"(?P<type>\w+) (?P<sort>\w+)(?P<weak> \(weak\))?")
_SORTS = {
    "role": "a role",
    "body": "a body",
    "name": "a known name",
    "place": "a place",
    "country": "a country",
    "demonym": "a nationality",
    "person": "a known person",
}
_STEPS = {"-2": "sentence but one before", "-1": "sentence before", "+1": "sentence after"}
