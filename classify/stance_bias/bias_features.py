"""Features of words, for telling which of them carry a judgement of the outlet's own: whole numbers, no strings."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from ...data.arrays import Ints
from ..attribution.extractor import Candidate
from ..attribution.word_features import Form, code_of_part, cue_groups, form_of, is_function
from ..language.article_tokens import View
from ..linear.hashed import Buckets, Columns, Features, Hashes, Sink
from .evaluative_words import BIT, classes_of_form, classes_of_parts, phrase_classes

COLUMNS = ("word", "stem", "suffix", "ending", "shape", "classes", "parts", "cue", "function")
WORD, STEM, SUFFIX, ENDING, SHAPE, CLASSES, PARTS, CUE, FUNCTION = range(len(COLUMNS))
LOADED = BIT["praise"] | BIT["scorn"]
SAID, QUOTED = 1, 2
"""Whose a token is, where it is not the outlet's: an attribution says it; it stands inside quotation marks."""
_LIMIT = 100_000
_SURE = 0.3  # an attribution below it does not make words somebody else's
_length, _few, _rate = Buckets((3, 5, 7, 9, 12)), Buckets((1, 2, 3)), Buckets((3, 6, 10, 15, 22, 32))
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
    _table[:, first:end] = np.array([_attributes(form_of(printed)) for printed in new]).T
    _rows.update(zip(new, range(first, end), strict=True))


def _attributes(form: Form) -> tuple[int, ...]:
    word = form.lower
    return (
        form.word_code,
        form.stem_code,
        form.suffix_code,
        code_of_part(word[-2:]),
        form.shape,
        classes_of_form(word, form.stem),
        classes_of_parts(word) if "-" in word else 0,
        cue_groups().get(word, 0),
        form.word_code if is_function(word) or not word[0].isalnum() else 0,
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


def word_features(sink: Sink, views: Sequence[View], whose: Ints) -> None:
    """Describe every token of articles.

    Parameters
    ----------
    sink : callable of ndarray of int64
        Takes each template's features: see `hashed.Features`.
    views : sequence of View
        At least one.
    whose : ndarray of shape (n_tokens,)
        See `somebody_elses`; of one article behind the other.
    """
    places = Places.of(views)
    n = places.n
    words = attributes([word for view in views for word in view.words])
    for view, start in zip(views, places.starts.tolist(), strict=True):
        for at, bits in phrase_classes(view.lower).items():
            words[CLASSES, start + at] |= bits | 1 << 20
    left, right = places.edges()
    here = np.arange(n)
    before1, before2 = np.where(left > 0, here - 1, n), np.where(left > 1, here - 2, n)
    after1, after2 = np.where(right > 0, here + 1, n), np.where(right > 1, here + 2, n)
    f = Features(sink, 7)
    word, function, classes = words[[WORD, FUNCTION, CLASSES]]
    own_word, own_function, own_classes = word[:-1], function[:-1], classes[:-1]
    suffix, own_shape = words[SUFFIX, :-1], words[SHAPE, :-1]
    loaded = classes & LOADED
    own_loaded, word_before, word_after = loaded[:-1], word.take(before1), word.take(after1)
    function_before, function_after = function.take(before1), function.take(after1)
    f.add(f.term(own_word))
    f.add(f.term(words[STEM, :-1]))
    f.add(f.term(suffix, own_shape))
    f.add(f.term(words[ENDING, :-1], own_loaded))
    f.add(f.term(own_classes))
    f.add(f.term(own_loaded, whose))
    f.add(f.term(words[PARTS, :-1]))
    f.add(f.term(words[CUE, :-1], whose))
    f.add(f.term(own_shape, np.minimum(left, 1)))
    f.add(f.term(whose, own_function))
    f.add(f.term(word_before))
    f.add(f.term(word_after))
    f.add(f.term(function_before, function_after))
    f.add(f.term(classes.take(before1), own_loaded))
    f.add(f.term(classes.take(after1), own_loaded))
    f.add(f.term(loaded.take(before2), loaded.take(after2)))
    f.add(f.term(word_before, own_word))
    f.add(f.term(own_word, word_after))
    f.add(f.term(function_before, suffix, function_after))
    is_function_word = (own_function > 0).astype(np.int64)
    lengths = np.concatenate([view.ends - view.starts for view in views])
    f.add(f.term(_length(lengths), is_function_word, own_shape))
    sentence, article = loaded_around(places, own_classes, whose)
    f.add(f.term(sentence, own_loaded))
    f.add(f.term(article, own_loaded))
    f.add(f.term(article, is_function_word, whose))


def word_hashes(seen: View, whose: Ints) -> Hashes:
    """Give the features of an article's tokens, shape (n_tokens, n_templates); see `word_features`."""
    columns = Columns()
    word_features(columns, [seen], whose)
    return columns.hashes()


@dataclass(frozen=True, slots=True)
class Places:
    """Where articles and sentences stand among the tokens of several articles, laid one behind the other.

    Parameters
    ----------
    n : int
        Number of tokens.
    starts, sizes : ndarray of shape (n_articles,)
        Each article's first token, and how many it has.
    bounds : ndarray of shape (n_sentences, 2)
        First token and the one after the last.
    article : ndarray of shape (n_sentences,)
        Which article each sentence is of.
    """

    n: int
    starts: Ints
    sizes: Ints
    bounds: Ints
    article: Ints

    @classmethod
    def of(cls, views: Sequence[View]) -> "Places":
        """Lay articles out."""
        sizes = np.array([len(view.words) for view in views], dtype=np.int64)
        starts = np.cumsum(sizes) - sizes
        article = np.repeat(np.arange(len(views)), [len(view.sentences) for view in views])
        sentences = [sentence for view in views for sentence in view.sentences]
        bounds = np.array(sentences, dtype=np.int64).reshape(-1, 2) + starts[article][:, None]
        return cls(int(sizes.sum()), starts, sizes, bounds, article)

    def spread(self, values: Ints) -> Ints:
        """Give each token what its sentence has."""
        return np.repeat(values, self.bounds[:, 1] - self.bounds[:, 0])

    def edges(self) -> tuple[Ints, Ints]:
        """Count the tokens from each to the ends of its sentence."""
        here = np.arange(self.n)
        return here - self.spread(self.bounds[:, 0]), self.spread(self.bounds[:, 1]) - 1 - here


def loaded_around(places: Places, classes: Ints, whose: Ints) -> tuple[Ints, Ints]:
    """Count the loaded words of the outlet's own around each token: in its sentence, and in the article's hundred words.

    Returns
    -------
    sentence, article : ndarray of shape (n_tokens,)
        Buckets.
    """
    own = whose == 0
    loaded = ((classes & LOADED) > 0) & own
    n_loaded, n_own = np.append(0, np.cumsum(loaded)), np.append(0, np.cumsum(own))
    first, last = places.bounds.T
    begin, end = places.starts, places.starts + places.sizes
    rate = 1000 * (n_loaded[end] - n_loaded[begin]) // np.maximum(n_own[end] - n_own[begin], 1)
    return places.spread(_few(n_loaded[last] - n_loaded[first])), np.repeat(_rate(rate), places.sizes)
