"""Features of words, for telling which of them carry a judgement of the outlet's own: whole numbers, no strings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from ...data.arrays import Bools, Ints
from ..attribution.extractor import Candidate
from ..attribution.word_features import Form, code_of_part, cue_groups, form_of, is_function
from ..language.article_tokens import Layout, View
from ..language.word_forms import FormTable
from ..linear.hashed import Buckets, Columns, Features, Hashes, Sink
from .evaluative_words import BIT, classes_of_form, classes_of_parts, evaluative_phrases, phrase_classes
from .loaded_words import UNLISTED, loaded_phrases, strength_of
from .plain_words import N_BITS, PLAIN_FORM, form_bits, names_among

COLUMNS = ("word", "stem", "suffix", "ending", "shape", "classes", "parts", "cue", "function", "strength", "form")
WORD, STEM, SUFFIX, ENDING, SHAPE, CLASSES, PARTS, CUE, FUNCTION, STRENGTH, FORM = range(len(COLUMNS))
_OF_FORM = [WORD, STEM, SUFFIX, ENDING, FUNCTION]
LOADED = BIT["praise"] | BIT["scorn"]
SAID, QUOTED, PLAIN = 1, 2, 3
"""Whose a token is, where it is not the outlet's: an attribution says it; it stands inside quotation marks; or it can
judge nothing: a name, a number, a time, a word of grammar outside a loaded phrase."""
_SEED = 7  # no step of the attribution model has it: see `extractor.SEEDS`
_BEGINS, _SECOND = 1 << N_BITS, 1 << N_BITS + 1  # above the bits of a form: where a phrase of the lists may begin
_IN_PHRASE = 1 << 20  # above the bits of the classes: the word stands in a phrase of the list
_SURE = 0.3  # an attribution below it does not make words somebody else's; those shown score 0.4 or more
_length = Buckets((3, 5, 7, 9, 12))  # letters
_few = Buckets((1, 2, 3))  # words of a sentence
_rate = Buckets((3, 6, 10, 15, 22, 32))  # words of a thousand


def _learn(words: Sequence[str]) -> Ints:
    return np.array([_attributes(printed, form_of(printed)) for printed in words])


def _attributes(printed: str, form: Form) -> tuple[int, ...]:
    word = form.lower
    strength, classes = strength_of(word), classes_of_form(word, form.stem)
    if strength == UNLISTED:
        classes &= ~LOADED  # it shares no more than a stem with a loaded word: left with lefty
    return (
        form.word_code,
        form.stem_code,
        form.suffix_code,
        code_of_part(word[-2:]),
        form.shape,
        classes,
        classes_of_parts(word) if "-" in word else 0,
        cue_groups().get(word, 0),
        form.word_code if is_function(word) or not word[0].isalnum() else 0,
        strength,
        form_bits(printed, form) | _phrase_bits().get(word, 0),
    )


@cache
def _phrase_bits() -> Mapping[str, int]:
    """Give the bits of the words that begin a phrase of the lists, or stand second in one."""
    bits: dict[str, int] = {}
    for phrases in (evaluative_phrases(), loaded_phrases()):
        for bit, words in ((_BEGINS, phrases.first), (_SECOND, phrases.second)):
            for word in words:
                bits[word] = bits.get(word, 0) | bit
    return bits


_known = FormTable(len(COLUMNS), _learn)


def somebody_elses(view: View, candidates: Sequence[Candidate]) -> Ints:
    """Tell whose each token is: 0 the outlet's, 1 what an attribution says, 2 inside quotation marks.

    Returns
    -------
    ndarray of shape (n_tokens,)
    """
    whose = np.zeros(len(view.words), dtype=np.int64)
    for c in candidates:
        if not c.score < _SURE:
            whose[c.content] = SAID
    whose[view.quote > 0] = QUOTED
    return whose


@dataclass(frozen=True, slots=True)
class WordFacts:
    """The tokens of articles, laid one behind the other, and what is known of them.

    Parameters
    ----------
    words : ndarray of shape (n_columns, n_tokens + 1)
        What is known of their forms, by `COLUMNS`.
    layout : Layout
    plain : ndarray of bool, shape (n_tokens,)
        The tokens that can judge nothing.
    lengths : ndarray of shape (n_tokens,)
        In characters.
    phrases : list of slice
        Where loaded phrases of the lists stand.
    """

    words: Ints
    layout: Layout
    plain: Bools
    lengths: Ints
    phrases: Sequence[slice]

    @classmethod
    def of(cls, views: Sequence[View]) -> "WordFacts":
        """Look the tokens up, by themselves and in the phrases of the word lists.

        Parameters
        ----------
        views : sequence of View
            At least one.
        """
        layout = Layout.of(views)
        words = _known.of(views)
        shape, form, strength, word = words[[SHAPE, FORM, STRENGTH, WORD], :-1]
        names = names_among(shape, form, strength, word, layout)
        plain = names | (form & PLAIN_FORM > 0)
        phrases: list[slice] = []
        for view, start, size in zip(views, layout.starts.tolist(), layout.sizes.tolist(), strict=True):
            bits = form[start : start + size]
            places = np.flatnonzero((bits[:-1] & _BEGINS > 0) & (bits[1:] & _SECOND > 0)).tolist()
            for at, classes in phrase_classes(view.lower, places).items():
                words[CLASSES, start + at] |= classes | _IN_PHRASE
            for first, last, grade in loaded_phrases().find(view.lower, places):
                inside = slice(start + first, start + last)
                if grade == UNLISTED or not names[inside].any():
                    plain[inside] = grade == UNLISTED
                    words[STRENGTH, inside] = grade
                    if grade > UNLISTED:  # the bus of "under the bus" is no other bus
                        words[_OF_FORM, inside] = grade
                        phrases.append(inside)
        lengths = np.concatenate([view.ends - view.starts for view in views])
        return cls(words, layout, plain, lengths, phrases)

    def whose(self, views: Sequence[View], candidates: Sequence[Sequence[Candidate]]) -> Ints:
        """Tell whose each token is, as `somebody_elses` does, and beside that which are `PLAIN`."""
        whose = np.concatenate([somebody_elses(view, found) for view, found in zip(views, candidates, strict=True)])
        whose[self.plain & (whose < QUOTED)] = PLAIN
        return whose

    @property
    def listed(self) -> Bools:
        """The tokens that are on the lists of loaded words."""
        return np.asarray(self.words[STRENGTH, :-1] > UNLISTED)


@dataclass(frozen=True, slots=True)
class _Described:
    """The tokens that are described, and what is known of those around them.

    Parameters
    ----------
    words : ndarray of shape (n_columns, n_tokens + 1)
        See `WordFacts`.
    places : mapping of int to ndarray of shape (n_rows,)
        Where the tokens so many steps away from each stand.
    lengths, whose : ndarray of shape (n_rows,)
    in_sentence, in_article : ndarray of shape (n_rows,)
        See `loaded_around`.
    """

    words: Ints
    places: Mapping[int, Ints]
    lengths: Ints
    whose: Ints
    in_sentence: Ints
    in_article: Ints

    @classmethod
    def of(cls, tokens: WordFacts, whose: Ints, rows: Ints) -> "_Described":
        layout = tokens.layout
        left, right = (edge.take(rows) for edge in layout.edges())
        places = {0: rows}
        for step in (1, 2):
            places[-step] = np.where(left >= step, rows - step, layout.n)
            places[step] = np.where(right >= step, rows + step, layout.n)
        around = [counts.take(rows) for counts in loaded_around(layout, tokens.words[CLASSES, :-1], whose)]
        return cls(tokens.words, places, tokens.lengths.take(rows), whose.take(rows), *around)

    def get(self, column: int, step: int = 0) -> Ints:
        """Give an attribute of each token, or of the one so many steps away; 0 outside the sentence."""
        return np.asarray(self.words[column].take(self.places[step]))

    def loaded(self, step: int = 0) -> Ints:
        """Give the classes that make a word loaded."""
        return self.get(CLASSES, step) & LOADED

    def opens(self) -> Bools:
        """Tell what stands first in a sentence."""
        return np.asarray(self.places[-1] == self.words.shape[1] - 1)


def word_features(sink: Sink, tokens: WordFacts, whose: Ints, rows: Ints | None = None) -> None:
    """Describe tokens of articles.

    Parameters
    ----------
    sink : callable of ndarray of int64
        Takes each template's features: see `hashed.Features`.
    tokens : WordFacts
    whose : ndarray of shape (n_tokens,)
        See `WordFacts.whose`.
    rows : ndarray of shape (n_rows,), optional
        Which tokens; all without it.
    """
    f = Features(sink, _SEED)
    described = _Described.of(tokens, whose, np.arange(len(whose)) if rows is None else rows)
    _itself(f, described)
    _neighbours(f, described)
    _surroundings(f, described)
    _listed(f, described)


def _itself(f: Features, tokens: _Described) -> None:
    """The word, and whose it is."""
    get, loaded, shape, whose = tokens.get, tokens.loaded(), tokens.get(SHAPE), tokens.whose
    f.add(f.term(get(WORD)))
    f.add(f.term(get(STEM)))
    f.add(f.term(get(SUFFIX), shape))
    f.add(f.term(get(ENDING), loaded))
    f.add(f.term(get(CLASSES)))
    f.add(f.term(loaded, whose))
    f.add(f.term(get(PARTS)))
    f.add(f.term(get(CUE), whose))
    f.add(f.term(shape, ~tokens.opens()))
    f.add(f.term(whose, get(FUNCTION)))


def _neighbours(f: Features, tokens: _Described) -> None:
    """The words before and after."""
    get, word, loaded = tokens.get, tokens.get(WORD), tokens.loaded()
    before, after = get(WORD, -1), get(WORD, 1)
    function_before, function_after = get(FUNCTION, -1), get(FUNCTION, 1)
    f.add(f.term(before))
    f.add(f.term(after))
    f.add(f.term(function_before, function_after))
    f.add(f.term(get(CLASSES, -1), loaded))
    f.add(f.term(get(CLASSES, 1), loaded))
    f.add(f.term(tokens.loaded(-2), tokens.loaded(2)))
    f.add(f.term(before, word))
    f.add(f.term(word, after))
    f.add(f.term(function_before, get(SUFFIX), function_after))


def _surroundings(f: Features, tokens: _Described) -> None:
    """How long the word is, and how loaded its sentence and its article are."""
    loaded, is_function_word = tokens.loaded(), (tokens.get(FUNCTION) > 0).astype(np.int64)
    f.add(f.term(_length(tokens.lengths), is_function_word, tokens.get(SHAPE)))
    f.add(f.term(tokens.in_sentence, loaded))
    f.add(f.term(tokens.in_article, loaded))
    f.add(f.term(tokens.in_article, is_function_word, tokens.whose))


def _listed(f: Features, tokens: _Described) -> None:
    """How surely the lists say that the word is loaded, and the words around it."""
    strength = tokens.get(STRENGTH)
    around = [tokens.get(STRENGTH, step) for step in (-1, 1)]
    f.add(f.term(strength))
    f.add(f.term(strength, tokens.get(SUFFIX)))
    f.add(f.term(strength, tokens.get(CLASSES)))
    f.add(f.term(strength, np.maximum(*around)))
    f.add(f.term(strength, tokens.get(FUNCTION, -1)))


def word_hashes(tokens: WordFacts, whose: Ints) -> Hashes:
    """Give the features of tokens, shape (n_tokens, n_templates); see `word_features`."""
    columns = Columns()
    word_features(columns, tokens, whose)
    return columns.hashes()


def loaded_around(layout: Layout, classes: Ints, whose: Ints) -> tuple[Ints, Ints]:
    """Count the loaded words of the outlet's own around each token: in its sentence, and of a thousand in its article.

    Returns
    -------
    sentence, article : ndarray of shape (n_tokens,)
        Buckets.
    """
    own = whose == 0
    loaded = ((classes & LOADED) > 0) & own
    n_loaded, n_own = np.append(0, np.cumsum(loaded)), np.append(0, np.cumsum(own))
    first, last = layout.bounds.T
    begin, end = layout.starts, layout.starts + layout.sizes
    rate = 1000 * (n_loaded[end] - n_loaded[begin]) // np.maximum(n_own[end] - n_own[begin], 1)
    return layout.spread(_few(n_loaded[last] - n_loaded[first])), np.repeat(_rate(rate), layout.sizes)
