"""Articles as arrays: what the attribution model's features look at, one place a token and one of zeros behind the last."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

import numpy as np

from ...data.arrays import Bools, Ints
from ..language.article_tokens import Layout, View
from ..word_reader.reads import Reads
from .word_features import COMMA, CONJUNCTION, FLAGS, GRAMMATICAL, LIGHT, MARK, OPENER, PRIOR, SHAPE, THAT, UNSEEN, Words

HIGH_PRIOR = 4  # the prior bucket from which a word counts as a likely cue: it was one in a tenth of its places
STEPS = tuple(range(-4, 5))  # as far as any template looks
_THAT_REACH = 6  # tokens: *told reporters in Kyiv on Monday that*
FARTHEST = 250  # tokens from a cue; no sentence of news is longer, and text without an end must not take for ever
TITLE = 1  # the shape of a capitalised word


@dataclass(frozen=True, slots=True)
class TokenArrays:
    """Arrays of one article, or of several behind one another: a few large ones are worked through faster than many small.

    Parameters
    ----------
    n : int
        The number of tokens, and the place of the zeros.
    words : ndarray of shape (n_columns, n_tokens + 1)
        See `Words.attributes`.
    bounds : ndarray of shape (n_sentences, 2)
        First token and the one after the last.
    article : ndarray of shape (n_sentences,)
    paragraph : ndarray of shape (n_sentences,)
        Counted from 0 in each article.
    opening : ndarray of shape (n_tokens + 1,)
        1 in the first sentence of an article.
    sentence : ndarray of shape (n_tokens + 1,)
        Number of the token's sentence; -1 in the last place.
    first, last : ndarray of shape (n_tokens + 1,)
        First token of the token's sentence, and the one after its last.
    quote : ndarray of shape (n_tokens + 1,)
        Number of the quotation that holds the token, 0 outside; no two articles share one.
    quoted : ndarray of shape (n_tokens + 1,)
        1 inside quotation marks.
    signature : ndarray of shape (n_sentences + 1,)
        How each sentence stands to quotations: see `_signatures`; 0 behind the last.
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
    at : mapping of int to ndarray of shape (n_tokens + 1,)
        For each of `STEPS` the token so far away; n_tokens outside the sentence.
    reads : Reads or None
        What the word reader makes of the tokens, for a model that was fitted with one.
    """

    n: int
    words: Ints
    bounds: Ints
    article: Ints
    paragraph: Ints
    opening: Ints
    sentence: Ints
    first: Ints
    last: Ints
    quote: Ints
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
    at: dict[int, Ints]
    reads: Reads | None = None

    def has(self, flag: int) -> Bools:
        """Tell which tokens have a flag of `word_features`."""
        return np.asarray((self.words[FLAGS] & flag) > 0)


def token_arrays(views: Sequence[View], words: Words, reads: Reads | None = None) -> TokenArrays:
    """Measure articles.

    Parameters
    ----------
    views : sequence of View
        At least one.
    words : Words
        The model's knowledge of words.
    reads : Reads, optional
        Of the same articles.
    """
    layout = Layout.of(views)
    n, bounds = layout.n, layout.bounds
    attributes = words.attributes(views)
    sentence = np.append(layout.spread(np.arange(len(bounds))), -1)
    first, last = (np.append(layout.spread(edge), n) for edge in bounds.T)
    quote = _quotation_numbers(views, layout)
    quoted = (quote > 0).astype(np.int64)
    flags, prior = attributes[FLAGS, :n], attributes[PRIOR, :n]
    return TokenArrays(
        n=n,
        words=attributes,
        bounds=bounds,
        article=layout.article,
        paragraph=np.array(list(chain.from_iterable(view.paragraph for view in views)), dtype=np.int64),
        opening=np.append(first[:-1] == np.repeat(layout.starts, layout.sizes), False).astype(np.int64),
        sentence=sentence,
        first=first,
        last=last,
        quote=quote,
        quoted=quoted,
        signature=_signatures(bounds, quote, quoted),
        commas=_count(flags & COMMA),
        openers=_count(flags & OPENER),
        cues=_count((prior >= HIGH_PRIOR) & (prior < UNSEEN) & (quoted[:n] == 0)),
        marks=_count(flags & MARK),
        conjunctions=_count(flags & CONJUNCTION),
        opener=_previous((flags & OPENER) > 0, first, n),
        subject=_previous((flags & LIGHT) == 0, first, n),
        function=_next((flags & GRAMMATICAL) > 0, last, n),
        phrase=_phrases(views, layout),
        that=_within(_next((flags & THAT) > 0, last, n), n),
        at={step: _step(step, first, last, n) for step in STEPS},
        reads=reads,
    )


def _quotation_numbers(views: Sequence[View], layout: Layout) -> Ints:
    """Number the quotations so that no two articles share one; 0 in the last place."""
    quote = np.concatenate([view.quote for view in views])
    article = np.repeat(np.arange(len(views)), layout.sizes)
    return np.append(np.where(quote > 0, quote * len(views) + article, 0), 0)


def _step(step: int, first: Ints, last: Ints, n: int) -> Ints:
    moved = np.arange(step, n + 1 + step)
    return np.where((moved >= first) & (moved < last), moved, n)


def _count(flags: Bools | Ints) -> Ints:
    out = np.zeros(len(flags) + 2, dtype=np.int64)
    np.cumsum(flags != 0, out=out[1:-1])
    out[-1] = out[-2]
    return out


def _previous(flags: Bools, first: Ints, n: int) -> Ints:
    """For each token the last flagged one before it in its sentence."""
    out = np.full(n + 1, n, dtype=np.int64)
    if n:
        at = np.maximum.accumulate(np.where(flags, np.arange(n), -1))
        before = np.concatenate([[-1], at[:-1]])
        out[:n] = np.where(before >= first[:n], before, n)
    return out


def _next(flags: Bools, last: Ints, n: int) -> Ints:
    """For each token the first flagged one after it in its sentence."""
    out = np.full(n + 1, n, dtype=np.int64)
    if n:
        at = np.minimum.accumulate(np.where(flags, np.arange(n), n)[::-1])[::-1]
        after = np.concatenate([at[1:], [n]])
        out[:n] = np.where(after < last[:n], after, n)
    return out


def beside(flags: Bools, first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Give for each token the nearest flagged ones before and after it in its sentence; n_tokens where there is none.

    Parameters
    ----------
    flags : ndarray of bool, shape (n_tokens,)
    first, last : ndarray of shape (n_tokens + 1,)
        As in `TokenArrays`.

    Returns
    -------
    before, after : ndarray of shape (n_tokens + 1,)
    """
    return _previous(flags, first, len(flags)), _next(flags, last, len(flags))


def _within(after: Ints, n: int) -> Ints:
    return np.where(after - np.arange(n + 1) <= _THAT_REACH, after, n)


def _phrases(views: Sequence[View], layout: Layout) -> Ints:
    out = np.zeros(layout.n + 1, dtype=np.int64)
    for view, start in zip(views, layout.starts.tolist(), strict=True):
        for match in chain.from_iterable(view.cues):
            if match.last - match.first > 1:
                out[start + match.first] = 1
                out[start + match.first + 1 : start + match.last] = 2
    return out


def _signatures(bounds: Ints, quote: Ints, quoted: Ints) -> Ints:
    """Number how each sentence stands to quotations, and what lies outside as 0.

    Bits: begins inside a quotation that an earlier sentence opened; has quoted words; has unquoted words; ends inside.
    """
    first, last = bounds[:, 0], bounds[:, 1]
    cumulated = np.concatenate([[0], np.cumsum(quoted)])
    inside = cumulated[last] - cumulated[first]
    before = np.where(first > 0, quote[first - 1], 0)
    final = quote[np.maximum(last - 1, 0)]
    begins = (quote[first] > 0) & (quote[first] == before)
    ends = (final > 0) & (final == quote[last])
    signature = begins + 2 * (inside > 0) + 4 * (last - first - inside > 1) + 8 * ends
    return np.append(np.where(last > first, signature, 0), 0)


def names_before(arrays: TokenArrays) -> Ints:
    """Count the capitalised words before each token."""
    return _count(arrays.words[SHAPE, :-1] == TITLE)


class Pairs(NamedTuple):
    """Cues, each with the tokens of its sentence.

    Parameters
    ----------
    anchors, lengths : ndarray of shape (n_cues,)
        The cues, and how many tokens each is paired with.
    row, tokens : ndarray of shape (n_pairs,)
        Number of the cue, and the token.
    links : ndarray of shape (len(ROLES), n_pairs)
        How the word reader links the two: see `Reads.links`; without a reader there are none.
    """

    anchors: Ints
    lengths: Ints
    row: Ints
    tokens: Ints
    links: Ints = np.zeros((0, 0), dtype=np.int64)

    @property
    def starts(self) -> Ints:
        """Give the first pair of each cue."""
        starts: Ints = np.cumsum(self.lengths) - self.lengths
        return starts


def pair_counts(arrays: TokenArrays, anchors: Ints) -> Ints:
    """Give with how many tokens `pair` pairs each cue."""
    return _last_seen(arrays, anchors) - _first_seen(arrays, anchors)


def _first_seen(arrays: TokenArrays, anchors: Ints) -> Ints:
    return np.maximum(arrays.first[anchors], anchors - FARTHEST)


def _last_seen(arrays: TokenArrays, anchors: Ints) -> Ints:
    return np.minimum(arrays.last[anchors], anchors + FARTHEST)


def pair(arrays: TokenArrays, anchors: Ints) -> Pairs:
    """Pair each cue with the tokens of its sentence."""
    first, lengths = _first_seen(arrays, anchors), pair_counts(arrays, anchors)
    starts = np.cumsum(lengths) - lengths
    tokens = np.arange(lengths.sum()) - np.repeat(starts - first, lengths)
    row = np.repeat(np.arange(len(anchors)), lengths)
    pairs = Pairs(anchors, lengths, row, tokens)
    return pairs._replace(links=arrays.reads.links(anchors.take(row), tokens)) if arrays.reads else pairs
