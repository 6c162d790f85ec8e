"""Features of words, for telling which of them carry a judgement of the outlet's own: whole numbers, no strings."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from ..data.lexicon import CUE_GROUPS, load_cues
from .attribution import Candidate
from .hashed import Buckets, Columns, Features, Hashes
from .judging import BIT, classes_of, classes_of_parts, phrase_classes
from .tokens import View
from .words import code, is_function, shape, stem

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
COLUMNS = ("word", "stem", "suffix", "ending", "shape", "classes", "parts", "cue", "function")
WORD, STEM, SUFFIX, ENDING, SHAPE, CLASSES, PARTS, CUE, FUNCTION = range(len(COLUMNS))
LOADED = BIT["praise"] | BIT["scorn"]
SAID, QUOTED = 1, 2
"""Whose a token is, where it is not the outlet's: an attribution says it; it stands inside quotation marks."""
_LIMIT = 100_000
_SURE = 0.3  # an attribution below it does not make words somebody else's
_length, _few, _rate = Buckets((3, 5, 7, 9, 12)), Buckets((1, 2, 3)), Buckets((3, 6, 10, 15, 22, 32))
_rows: dict[str, int] = {}
_table = np.zeros((1024, len(COLUMNS)), dtype=np.int64)


def attributes(words: Sequence[str]) -> Ints:
    """Look words up.

    Parameters
    ----------
    words : sequence of str
        As printed.

    Returns
    -------
    ndarray of shape (n_words + 1, n_columns)
        The last row, of zeros, stands for what lies outside the article.
    """
    if len(_rows) > _LIMIT:
        _rows.clear()
    rows = [_rows[word] if word in _rows else _learn(word) for word in words]
    out = np.zeros((len(words) + 1, len(COLUMNS)), dtype=np.int64)
    out[:-1] = _table[rows]
    return out


def _learn(printed: str) -> int:
    global _table
    row = len(_rows)
    if row == len(_table):
        _table = np.concatenate([_table, np.zeros_like(_table)])
    word = printed.lower().replace("’", "'")
    _table[row] = (
        code(word),
        code(stem(word)),
        code(word[-3:]),
        code(word[-2:]),
        shape(printed),
        classes_of(word),
        classes_of_parts(word),
        _cue_groups(word),
        code(word) if is_function(word) or not word[0].isalnum() else 0,
    )
    _rows[printed] = row
    return row


_cues: dict[str, int] = {}


def _cue_groups(word: str) -> int:
    if not _cues:
        for cue in load_cues():
            for form in cue.forms:
                _cues[form] = _cues.get(form, 0) | 1 << CUE_GROUPS.index(cue.group)
    return _cues.get(word, 0)


def somebody_elses(view: View, candidates: Sequence[Candidate]) -> NDArray[np.int64]:
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


def word_features(view: View, whose: Ints) -> Hashes:
    """Describe every token of an article.

    Parameters
    ----------
    view : View
    whose : ndarray of shape (n_tokens,)
        See `somebody_elses`.

    Returns
    -------
    ndarray of shape (n_tokens, n_templates)
    """
    n = len(view.words)
    words = attributes(view.words)
    for at, bits in phrase_classes(view.lower).items():
        words[at, CLASSES] |= bits | 1 << 20
    edges = _edges(view)
    here = np.arange(n)
    before1, before2 = np.where(edges[0] > 0, here - 1, n), np.where(edges[0] > 1, here - 2, n)
    after1, after2 = np.where(edges[1] > 0, here + 1, n), np.where(edges[1] > 1, here + 2, n)
    kept = Columns()
    f = Features(kept, 7)
    own = words[:-1]
    f.add(f.term(own[:, WORD]))
    f.add(f.term(own[:, STEM]))
    f.add(f.term(own[:, SUFFIX], own[:, SHAPE]))
    f.add(f.term(own[:, ENDING], own[:, CLASSES] & LOADED))
    f.add(f.term(own[:, CLASSES]))
    f.add(f.term(own[:, CLASSES] & LOADED, whose))
    f.add(f.term(own[:, PARTS]))
    f.add(f.term(own[:, CUE], whose))
    f.add(f.term(own[:, SHAPE], np.minimum(edges[0], 1)))
    f.add(f.term(whose, own[:, FUNCTION]))
    f.add(f.term(words[before1, WORD]))
    f.add(f.term(words[after1, WORD]))
    f.add(f.term(words[before1, FUNCTION], words[after1, FUNCTION]))
    f.add(f.term(words[before1, CLASSES], own[:, CLASSES] & LOADED))
    f.add(f.term(words[after1, CLASSES], own[:, CLASSES] & LOADED))
    f.add(f.term(words[before2, CLASSES] & LOADED, words[after2, CLASSES] & LOADED))
    f.add(f.term(words[before1, WORD], own[:, WORD]))
    f.add(f.term(own[:, WORD], words[after1, WORD]))
    f.add(f.term(words[before1, FUNCTION], own[:, SUFFIX], words[after1, FUNCTION]))
    is_function_word = (own[:, FUNCTION] > 0).astype(np.int64)
    lengths = np.array([len(w) for w in view.words], dtype=np.int64)
    f.add(f.term(_length(lengths), is_function_word, own[:, SHAPE]))
    sentence, article = loaded_around(view, own[:, CLASSES], whose)
    f.add(f.term(sentence, own[:, CLASSES] & LOADED))
    f.add(f.term(article, own[:, CLASSES] & LOADED))
    f.add(f.term(article, is_function_word, whose))
    return kept.hashes()


def _edges(view: View) -> tuple[Ints, Ints]:
    """Count the tokens from each to the ends of its sentence."""
    left, right = np.zeros(len(view.words), dtype=np.int64), np.zeros(len(view.words), dtype=np.int64)
    for first, last in view.sentences:
        left[first:last] = np.arange(last - first)
        right[first:last] = np.arange(last - first)[::-1]
    return left, right


def loaded_around(view: View, classes: Ints, whose: Ints) -> tuple[Ints, Ints]:
    """Count the loaded words of the outlet's own around each token: in its sentence, and in the article's hundred words.

    Returns
    -------
    sentence, article : ndarray of shape (n_tokens,)
        Buckets.
    """
    loaded = ((classes & LOADED) > 0) & (whose == 0)
    total = np.concatenate([[0], np.cumsum(loaded)])
    sentence = np.zeros(len(loaded), dtype=np.int64)
    for first, last in view.sentences:
        sentence[first:last] = total[last] - total[first]
    rate = 1000 * total[-1] // max(int((whose == 0).sum()), 1)
    return _few(sentence), np.full(len(loaded), _rate(np.array([rate]))[0])
