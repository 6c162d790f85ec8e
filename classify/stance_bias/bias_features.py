"""Features of words, for telling which of them carry a judgement of the outlet's own: whole numbers, no strings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from ...data.arrays import Bools, Ints
from ..attribution.extractor import Candidate
from ..attribution.word_features import Form, code_of_part, cue_groups, form_of, is_function
from ..language.article_tokens import Layout, View
from ..linear.hashed import Buckets, Columns, Features, Hashes, Sink
from .evaluative_words import BIT, classes_of_form, classes_of_parts, phrase_classes
from .loaded_words import UNLISTED, loaded_phrases, strength_of
from .plain_words import PLAIN_FORM, form_bits, names_among

COLUMNS = ("word", "stem", "suffix", "ending", "shape", "classes", "parts", "cue", "function", "strength", "form")
WORD, STEM, SUFFIX, ENDING, SHAPE, CLASSES, PARTS, CUE, FUNCTION, STRENGTH, FORM = range(len(COLUMNS))
_OF_FORM = [WORD, STEM, SUFFIX, ENDING, FUNCTION]
LOADED = BIT["praise"] | BIT["scorn"]
SAID, QUOTED, PLAIN = 1, 2, 3
"""Whose a token is, where it is not the outlet's: an attribution says it; it stands inside quotation marks; or it can
judge nothing: a name, a number, a time, a word of grammar outside a loaded phrase."""
_SEED = 7  # no step of the attribution model has it: see `extractor.SEEDS`
_IN_PHRASE = 1 << 20  # above the bits of the classes: the word stands in a phrase of the list
_LIMIT = 100_000  # word forms kept in memory: no feed of articles may fill it
_SURE = 0.3  # an attribution below it does not make words somebody else's; those shown score 0.4 or more
_length = Buckets((3, 5, 7, 9, 12))  # letters
_few = Buckets((1, 2, 3))  # words of a sentence
_rate = Buckets((3, 6, 10, 15, 22, 32))  # words of a thousand
_rows: dict[str, int] = {}
_table = np.zeros((len(COLUMNS), 1024), dtype=np.int64)


def attributes(words: Sequence[str]) -> Ints:
    """Look words up.

    Parameters
    ----------
    words : sequence of str
        As printed.

    Returns
    -------
    ndarray of shape (n_columns, n_words + 1)
        What stands last, all zeros, is for what lies outside the article.
    """
    if len(_rows) > _LIMIT:
        _rows.clear()
    new = [word for word in dict.fromkeys(words) if word not in _rows]
    if new:
        _learn(new)
    rows = np.fromiter(map(_rows.__getitem__, words), np.int64, len(words))
    out = np.zeros((len(COLUMNS), len(words) + 1), dtype=np.int64)
    out[:, :-1] = _table.take(rows, axis=1)
    return out


def _learn(new: Sequence[str]) -> None:
    global _table
    first, end = len(_rows), len(_rows) + len(new)
    while end > _table.shape[1]:
        _table = np.concatenate([_table, np.zeros_like(_table)], axis=1)
    _table[:, first:end] = np.array([_attributes(printed, form_of(printed)) for printed in new]).T
    _rows.update(zip(new, range(first, end), strict=True))


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
        form_bits(printed, form),
    )


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
        Their `attributes`.
    layout : Layout
    around : mapping of int to ndarray of shape (n_tokens,)
        Where the tokens so many steps away from each stand.
    plain : ndarray of bool, shape (n_tokens,)
        The tokens that can judge nothing.
    lengths : ndarray of shape (n_tokens,)
        In characters.
    phrases : list of slice
        Where loaded phrases of the lists stand.
    """

    words: Ints
    layout: Layout
    around: Mapping[int, Ints]
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
        words = attributes([word for view in views for word in view.words])
        shape, form, strength, word = words[[SHAPE, FORM, STRENGTH, WORD], :-1]
        names = names_among(shape, form, strength, word, layout)
        plain = names | (form & PLAIN_FORM > 0)
        phrases: list[slice] = []
        for view, start in zip(views, layout.starts.tolist(), strict=True):
            for at, bits in phrase_classes(view.lower).items():
                words[CLASSES, start + at] |= bits | _IN_PHRASE
            for first, last, grade in loaded_phrases(view.lower):
                inside = slice(start + first, start + last)
                if grade == UNLISTED or not names[inside].any():
                    plain[inside] = grade == UNLISTED
                    words[STRENGTH, inside] = grade
                    if grade > UNLISTED:  # the bus of "under the bus" is no other bus
                        words[_OF_FORM, inside] = grade
                        phrases.append(inside)
        left, right = layout.edges()
        here = np.arange(layout.n)
        around = {-step: np.where(left >= step, here - step, layout.n) for step in (1, 2)}
        around |= {step: np.where(right >= step, here + step, layout.n) for step in (1, 2)}
        lengths = np.concatenate([view.ends - view.starts for view in views])
        return cls(words, layout, around, plain, lengths, phrases)

    def whose(self, views: Sequence[View], candidates: Sequence[Sequence[Candidate]]) -> Ints:
        """Tell whose each token is, as `somebody_elses` does, and beside that which are `PLAIN`."""
        whose = np.concatenate([somebody_elses(view, found) for view, found in zip(views, candidates, strict=True)])
        whose[self.plain & (whose < QUOTED)] = PLAIN
        return whose

    def get(self, column: int, step: int = 0) -> Ints:
        """Give an attribute of each token, or of the one so many steps away; 0 outside the sentence."""
        values = self.words[column]
        return np.asarray(values.take(self.around[step]) if step else values[:-1])

    @property
    def listed(self) -> Bools:
        """The tokens that are on the lists of loaded words."""
        return self.get(STRENGTH) > UNLISTED

    def loaded(self, step: int = 0) -> Ints:
        """Give the classes that make a word loaded."""
        return self.get(CLASSES, step) & LOADED


def word_features(sink: Sink, tokens: WordFacts, whose: Ints) -> None:
    """Describe every token of articles.

    Parameters
    ----------
    sink : callable of ndarray of int64
        Takes each template's features: see `hashed.Features`.
    tokens : WordFacts
    whose : ndarray of shape (n_tokens,)
        See `WordFacts.whose`.
    """
    f = Features(sink, _SEED)
    _itself(f, tokens, whose)
    _neighbours(f, tokens)
    _surroundings(f, tokens, whose)
    _listed(f, tokens)


def _itself(f: Features, tokens: WordFacts, whose: Ints) -> None:
    """The word, and whose it is."""
    get, loaded, shape = tokens.get, tokens.loaded(), tokens.get(SHAPE)
    f.add(f.term(get(WORD)))
    f.add(f.term(get(STEM)))
    f.add(f.term(get(SUFFIX), shape))
    f.add(f.term(get(ENDING), loaded))
    f.add(f.term(get(CLASSES)))
    f.add(f.term(loaded, whose))
    f.add(f.term(get(PARTS)))
    f.add(f.term(get(CUE), whose))
    f.add(f.term(shape, np.minimum(tokens.layout.edges()[0], 1)))
    f.add(f.term(whose, get(FUNCTION)))


def _neighbours(f: Features, tokens: WordFacts) -> None:
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


def _surroundings(f: Features, tokens: WordFacts, whose: Ints) -> None:
    """How long the word is, and how loaded its sentence and its article are."""
    loaded, is_function_word = tokens.loaded(), (tokens.get(FUNCTION) > 0).astype(np.int64)
    sentence, article = loaded_around(tokens.layout, tokens.get(CLASSES), whose)
    f.add(f.term(_length(tokens.lengths), is_function_word, tokens.get(SHAPE)))
    f.add(f.term(sentence, loaded))
    f.add(f.term(article, loaded))
    f.add(f.term(article, is_function_word, whose))


def _listed(f: Features, tokens: WordFacts) -> None:
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
