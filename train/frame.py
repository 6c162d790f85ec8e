"""An article as arrays: what the attribution model's features look at, one row a token and one of zeros behind the last."""

from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from .cues import ADVERBS, is_auxiliary
from .tokens import View
from .words import FUNCTION, PRIOR, WORD, Words

Ints = NDArray[np.int64]
_OPENERS = frozenset(
    "that which who whom whose where after when while because although though if since until before unless "
    "whether as and but or".split()
)
_MARKS = frozenset("“ ” \" « » `` ''".split())
_THAT = frozenset({"that", "if", "whether", "to"})
HIGH_PRIOR = 4


@dataclass(frozen=True, slots=True)
class Frame:
    """Arrays of one article.

    Parameters
    ----------
    view : View
    words : ndarray of shape (n_tokens + 1, n_columns)
        The attributes of `words.Words`.
    sentence : ndarray of shape (n_tokens + 1,)
        Number of the token's sentence; -1 in the last row.
    first, last : ndarray of shape (n_tokens + 1,)
        First token of the token's sentence, and the one after its last.
    quoted : ndarray of shape (n_tokens + 1,)
        1 inside quotation marks.
    signature : ndarray of shape (n_tokens + 1,)
        How the token's sentence stands to quotations: see `_signatures`.
    commas, openers, cues, marks, conjunctions : ndarray of shape (n_tokens + 2,)
        How many stand before a token.
    opener : ndarray of shape (n_tokens + 1,)
        The last clause opener before the token in its sentence; n_tokens where there is none.
    subject : ndarray of shape (n_tokens + 1,)
        The last token before it that is no auxiliary, adverb or negation; n_tokens at a sentence's start.
    function : ndarray of shape (n_tokens + 1,)
        The next function word or mark after the token; n_tokens at a sentence's end.
    phrase : ndarray of shape (n_tokens + 1,)
        0, or 1 at the first and 2 at later words of a cue of several words.
    that : ndarray of shape (n_tokens + 1,)
        The first *that, if, whether, to* after the token within six; n_tokens where there is none.
    """

    view: View
    words: Ints
    sentence: Ints
    first: Ints
    last: Ints
    quoted: Ints
    signature: Ints
    commas: Ints
    openers: Ints
    cues: Ints
    marks: Ints
    conjunctions: Ints
    opener: Ints
    subject: Ints
    function: Ints
    phrase: Ints
    that: Ints

    @property
    def n(self) -> int:
        """The number of tokens, and the row of zeros."""
        return len(self.view.words)

    def at(self, tokens: Ints, offset: int) -> Ints:
        """Step from tokens by an offset; outside the sentence stands the row of zeros."""
        moved = np.minimum(tokens + offset, self.n)
        inside = (moved >= self.first[tokens]) & (moved < self.last[tokens])
        return np.where(inside, moved, self.n)


def frame(view: View, words: Words) -> Frame:
    """Measure an article.

    Parameters
    ----------
    view : View
    words : Words
        The model's knowledge of words.
    """
    n = len(view.words)
    attributes = words.attributes(view.words)
    sentence = np.full(n + 1, -1, dtype=np.int64)
    first = np.full(n + 1, n, dtype=np.int64)
    last = np.full(n + 1, n, dtype=np.int64)
    for number, (a, b) in enumerate(view.sentences):
        sentence[a:b], first[a:b], last[a:b] = number, a, b
    quoted = np.zeros(n + 1, dtype=np.int64)
    quoted[:n] = view.quote > 0
    lower = view.lower
    opens = _flags(lower, _OPENERS)
    skip = np.array([is_auxiliary(w) or w in ADVERBS or w.endswith("ly") for w in lower], dtype=bool)
    functions = attributes[:n, FUNCTION] == attributes[:n, WORD]
    high = (attributes[:n, PRIOR] >= HIGH_PRIOR) & (attributes[:n, PRIOR] < 7) & (quoted[:n] == 0)
    return Frame(
        view,
        attributes,
        sentence,
        first,
        last,
        quoted,
        _signatures(view, quoted)[sentence],
        _count(_flags(lower, frozenset({","}))),
        _count(opens),
        _count(high),
        _count(_flags(lower, _MARKS)),
        _count(_flags(lower, frozenset({"and", "but", "or"}))),
        _previous(opens, first, n),
        _previous(~skip, first, n),
        _next(functions, last, n),
        _phrases(view, n),
        _within(_next(_flags(lower, _THAT), last, n), n),
    )


def _flags(lower: list[str], words: frozenset[str]) -> NDArray[np.bool_]:
    return np.fromiter((word in words for word in lower), dtype=bool, count=len(lower))


def _count(flags: NDArray[np.bool_]) -> Ints:
    out = np.zeros(len(flags) + 2, dtype=np.int64)
    np.cumsum(flags, out=out[1:-1])
    out[-1] = out[-2]
    return out


def _previous(flags: NDArray[np.bool_], first: Ints, n: int) -> Ints:
    """For each token the last flagged one before it in its sentence."""
    out = np.full(n + 1, n, dtype=np.int64)
    if n:
        at = np.maximum.accumulate(np.where(flags, np.arange(n), -1))
        before = np.concatenate([[-1], at[:-1]])
        out[:n] = np.where(before >= first[:n], before, n)
    return out


def _next(flags: NDArray[np.bool_], last: Ints, n: int) -> Ints:
    """For each token the first flagged one after it in its sentence."""
    out = np.full(n + 1, n, dtype=np.int64)
    if n:
        at = np.minimum.accumulate(np.where(flags, np.arange(n), n)[::-1])[::-1]
        after = np.concatenate([at[1:], [n]])
        out[:n] = np.where(after < last[:n], after, n)
    return out


def _within(after: Ints, n: int, reach: int = 6) -> Ints:
    return np.where(after - np.arange(n + 1) <= reach, after, n)


def _phrases(view: View, n: int) -> Ints:
    out = np.zeros(n + 1, dtype=np.int64)
    for match in chain.from_iterable(view.cues):
        if match.last - match.first > 1:
            out[match.first] = 1
            out[match.first + 1 : match.last] = 2
    return out


def _signatures(view: View, quoted: Ints) -> Ints:
    """Number how each sentence stands to quotations, and -1's sentence as 0.

    Bits: begins inside a quotation that an earlier sentence opened; has quoted words; has unquoted words; ends inside.
    """
    out = np.zeros(len(view.sentences) + 1, dtype=np.int64)
    for n, (first, last) in enumerate(view.sentences):
        if first == last:
            continue
        inside = quoted[first:last]
        before = view.quote[first - 1] if first else 0
        after = view.quote[last] if last < len(view.quote) else 0
        begins = bool(view.quote[first]) and view.quote[first] == before
        ends = bool(view.quote[last - 1]) and view.quote[last - 1] == after
        out[n] = begins + 2 * bool(inside.any()) + 4 * bool((inside == 0).sum() > 1) + 8 * ends
    return out
