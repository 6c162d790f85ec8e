"""What the attribution model knows of a word, as small integers looked up once per word form."""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from ...data.arrays import Ints
from ...data.lexicon import CUE_GROUPS, SOURCE_SORTS, load_cues, source_lines
from ...data.scheme import SOURCE_TYPES
from ..language.cues import ADVERBS, AUXILIARIES
from ..language.word_forms import FormTable, Numbered

COLUMNS = ("word", "lemma", "suffix", "shape", "cluster", "coarse", "prior", "cue", "source", "function", "flags")
WORD, LEMMA, SUFFIX, SHAPE, CLUSTER, COARSE, PRIOR, CUE, SOURCE, FUNCTION, FLAGS = range(len(COLUMNS))
COMMA, MARK, OPENER, CONJUNCTION, THAT, LIGHT, GRAMMATICAL, PRONOUN, PREPOSITION = (1 << bit for bit in range(9))
"""The bits of the flags: LIGHT are auxiliaries and adverbs, GRAMMATICAL are function words and marks."""
N_PRIORS = 8
PRIOR_EDGES = (0.003, 0.01, 0.03, 0.1, 0.25, 0.5)
UNSEEN = 7  # the prior bucket of a word that training did not see
MARK_SHAPE = 5  # what `shape` gives marks
_FLAGGED = {
    COMMA: frozenset({","}),
    MARK: frozenset("“ ” \" « » `` ''".split()),
    OPENER: frozenset(
        "that which who whom whose where after when while because although though if since until before unless "
        "whether as and but or".split()
    ),
    CONJUNCTION: frozenset({"and", "but", "or"}),
    THAT: frozenset({"that", "if", "whether", "to"}),
    PREPOSITION: frozenset(
        "of in on at by for with from to into about against over after before during as than like between through under "
        "since until without within".split()
    ),
    PRONOUN: frozenset({"he", "she", "it", "they", "who", "i", "we", "which"}),
}
_FUNCTION = frozenset(
    "the a an this that these those his her its their our my your some any no each every all both and or but so yet nor "
    "of in on at by for with from to into about against over under after before during between through since until as "
    "than like if whether because although though while when where who whom whose which what how why is are was were be "
    "been being am has have had having do does did will would can could may might must shall should not n't never he she "
    "it they we i you him them us me himself herself itself themselves 's there here then also just only even still "
    "more most very too up down out off back now again".split()
)


_ENDINGS = {"g": ("ing",), "d": ("ied", "ed"), "s": ("ies", "es", "s")}  # by their last letter: most words have none


def code(word: str) -> int:
    """Give a word's number: the same everywhere, from 1."""
    return zlib.crc32(word.encode("utf-8", "surrogatepass")) + 1  # half a character in one text spoils no table


@lru_cache(maxsize=8192)
def code_of_part(letters: str) -> int:
    """Give the `code` of a few letters, which many words share."""
    return code(letters)


def stem(word: str) -> str:
    """Cut the commonest endings off a lower-cased word: one number for *claim, claims, claimed, claiming*."""
    for ending in _ENDINGS.get(word[-1:], ()):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            break
    return word.rstrip("ey") if len(word) > 3 else word


def is_function(word: str) -> bool:
    """Tell a word of grammar, in lower case: an article, a preposition, a pronoun, an auxiliary."""
    return word in _FUNCTION


def shape(word: str) -> int:
    """0 lower case, 1 Title, 2 CAPITALS, 3 mIxed, 4 with a digit, 5 a mark."""
    if not word.isalpha():  # most words are: nothing has to be asked letter by letter
        if not any([c.isalnum() for c in word]):
            return 5
        if any([c.isdigit() for c in word]):
            return 4
    if word.islower():
        return 0
    if word.isupper() and len(word) > 1:
        return 2
    return 1 if (word[0].isupper() and word[1:].islower()) or len(word) == 1 else 3


class Form(NamedTuple):
    """A word form by itself; the numbers are `code`s of the word in lower case, of its stem, of its last three letters."""

    lower: str
    stem: str
    word_code: int
    stem_code: int
    suffix_code: int
    shape: int


@lru_cache(maxsize=4096)
def form_of(printed: str) -> Form:
    """Take a word form apart, once for all models; ’ is set straight."""
    lower = printed.lower().replace("’", "'")
    stemmed = stem(lower)
    word_code = code(lower)
    stem_code = word_code if stemmed == lower else code(stemmed)
    return Form(lower, stemmed, word_code, stem_code, code_of_part(lower[-3:]), shape(printed))


def _flags(word: str) -> int:
    return _flags_of_listed().get(word, 0) | (LIGHT if word.endswith("ly") else 0)


@cache
def _flags_of_listed() -> Mapping[str, int]:
    """Give the flags of the words that have some by themselves, not by their ending."""
    found: dict[str, int] = {}
    for flag, words in [*_FLAGGED.items(), (LIGHT, AUXILIARIES | ADVERBS)]:
        for word in words:
            found[word] = found.get(word, 0) | flag
    return found


@cache
def cue_groups() -> Mapping[str, int]:
    """Give the groups of the cues of one word, as bits in the order of the word list's groups."""
    found: dict[str, int] = {}
    for cue in load_cues():
        for form in cue.forms:
            found[form] = found.get(form, 0) | 1 << CUE_GROUPS.index(cue.group)
    return found


@dataclass(slots=True)
class Words:
    """The attributes of word forms, computed once for each.

    Parameters
    ----------
    clusters : mapping of str to (int, int)
        A word's fine and coarse cluster, from 1; its keys are the words that training saw.
    priors : mapping of str to int
        Bucket of how often a word was a cue; words not in it, but in ``clusters``, have 0.
    """

    clusters: Mapping[str, tuple[int, int]]
    priors: Mapping[str, int]
    _sources: dict[str, int] = field(default_factory=dict)
    _known: FormTable = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._known = FormTable(len(COLUMNS), self._learn)
        for line in source_lines():
            if " " not in line:  # nor do types and sorts have spaces
                phrase, source_type, sort, _ = line.split("\t")
                value = 1 + SOURCE_TYPES.index(source_type) * len(SOURCE_SORTS) + SOURCE_SORTS.index(sort)
                self._sources.setdefault(phrase.lower(), value)

    def attributes(self, views: Sequence[Numbered]) -> Ints:
        """Look the tokens of articles up.

        Returns
        -------
        ndarray of shape (n_columns, n_tokens + 1)
            What stands last, all zeros, is for what lies outside a sentence.
        """
        return self._known.of(views)

    def _learn(self, words: Sequence[str]) -> Ints:
        return np.array([self._attributes(form_of(printed)) for printed in words])

    def _attributes(self, form: Form) -> tuple[int, ...]:
        word = form.lower
        fine, coarse = self.clusters.get(word, (0, 0))
        is_mark = form.shape == MARK_SHAPE
        known = fine > 0 or is_mark
        grammatical = word in _FUNCTION or is_mark
        return (
            form.word_code if known else 10 + form.shape,
            form.stem_code if known else code_of_part(form.stem[:4]),
            form.suffix_code,
            form.shape,
            fine,
            coarse,
            self.priors.get(word, 0) if known else UNSEEN,
            cue_groups().get(word, 0),
            self._source(word),
            form.word_code if grammatical else 10 + coarse,
            _flags(word) | (GRAMMATICAL if grammatical else 0),
        )

    def _source(self, word: str) -> int:
        found = self._sources.get(word, 0)
        if not found and word.endswith("s"):
            found = self._sources.get(word[:-1], 0)
        if not found and "-" in word:
            found = self._sources.get(word.rsplit("-", 1)[1], 0)
        return found
