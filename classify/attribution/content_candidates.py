"""What a cue's content could be: as the labels of its tokens have it, or cut or drawn out to where a clause begins or ends.

Labels are given token by token; whether what is said stops at a comma or goes on behind it is better judged on the whole.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ...data.arrays import Bools, Ints
from ..linear.hashed import Buckets, Features
from ..word_reader.reads import APART, CONTENT, ENOUGH, FINE, ROUGH, Reads
from .candidate_spans import CueSentences, Sum, log_odds, most, nearest, pieces_of
from .word_features import (
    CLUSTER,
    COARSE,
    COMMA,
    CUE,
    FUNCTION,
    LEMMA,
    OPENER,
    PREPOSITION,
    SHAPE,
    SUFFIX,
    WORD,
    code,
)

STAY, LATER_END, LAST_END, EARLIER_END, EARLIER_BEGIN, FIRST_BEGIN, LATER_BEGIN, ONE_PIECE, JOINED = range(9)
_size = Buckets((1, 2, 3, 5, 8, 13, 21))
_odds = Buckets((-4000, -2000, -1000, -500, -200, 0, 200, 500, 1000, 2000, 4000))  # thousandths, like all that follow
_sums = Buckets((-20_000, -10_000, -5000, -2000, -1000, 0, 1000, 2000, 5000, 10_000, 20_000))
_chance = Buckets((20, 100, 250, 400, 500, 600, 750, 900))
_rivalry = Buckets((50, 150, 300, 600))
_shares = Buckets((10, 500, 999))
_FAR = 9000  # more than any log odds
_BRACKETS = {code("("): 1, code(")"): -1}
_DASHES = [code(dash) for dash in "-–—"]


class Contents(NamedTuple):
    """Contents to choose from: those of one cue behind one another, what the labels have first.

    Parameters
    ----------
    row : ndarray of shape (n_options,)
        Number of the cue.
    kind : ndarray of shape (n_options,)
        `STAY` and so on.
    start, stop : ndarray of shape (n_options,)
        The stretch of pairs in which the option differs from the labels.
    adds : ndarray of bool, shape (n_options,)
        Whether it takes in what is there, or leaves it out.
    """

    row: Ints
    kind: Ints
    start: Ints
    stop: Ints
    adds: Bools


def content_options(seen: CueSentences) -> Contents:
    """Give the contents to choose from; none for a cue whose labels have none."""
    begins, ends = pieces_of(seen.said, seen.pairs.row)
    row = seen.pairs.row.take(begins)
    n_pieces = np.bincount(row, minlength=len(seen.first))
    rows = np.flatnonzero(n_pieces)
    behind = np.cumsum(n_pieces).take(rows)
    ahead = behind - n_pieces.take(rows)
    first, first_end, last, last_end = begins.take(ahead), ends.take(ahead), begins.take(behind - 1), ends.take(behind - 1)
    start, stop = seen.first.take(rows), seen.last.take(rows)
    clauses, phrases = seen.clauses, seen.phrases
    options = [_options(rows, STAY, first, first[:, None], adds=True)]
    for later in (clauses.after(last_end, stop, 4), phrases.after(last_end, stop, 2)):
        options.append(_options(rows, LATER_END, last_end, later, adds=True))
    options.append(_options(rows, LAST_END, last_end, stop[:, None], adds=True))
    for inner in (
        clauses.before(last_end, last, 3),
        clauses.after(last, last_end, 2),
        phrases.before(last_end, last, 1),
        phrases.after(last, last_end, 1),
    ):
        options.append(_options(rows, EARLIER_END, inner, last_end[:, None], adds=False))
    for earlier in (clauses.before(first, start, 3), phrases.before(first, start, 1)):
        options.append(_options(rows, EARLIER_BEGIN, earlier, first[:, None], adds=True))
    options.append(_options(rows, FIRST_BEGIN, start, first[:, None], adds=True))
    for inner in (clauses.after(first, first_end, 3), phrases.after(first, first_end, 1)):
        options.append(_options(rows, LATER_BEGIN, first, inner, adds=False))
    several = n_pieces.take(rows) > 1
    second = begins.take(np.where(several, ahead + 1, ahead))
    options.append(_options(rows[several], ONE_PIECE, second[several], last_end[several, None], adds=False))
    options.append(_options(rows[several], ONE_PIECE, first[several], last[several, None], adds=False))
    gap = np.flatnonzero(row[1:] == row[:-1])
    options.append(_options(row[gap], JOINED, ends[gap], begins[gap + 1][:, None], adds=True))
    return _unlike(_joined(options), seen)


def _options(row: Ints, kind: int, start: Ints, stop: Ints, *, adds: bool) -> Contents:
    """Lay out options of one kind; one of the edges is given several times a row, `NONE` where there are fewer."""
    start, stop = np.broadcast_arrays(start if start.ndim > 1 else start[:, None], stop)
    there = (start >= 0) & (stop >= 0)
    n = int(there.sum())
    rows = np.broadcast_to(row[:, None], there.shape)[there]
    return Contents(rows, np.full(n, kind), start[there], stop[there], np.full(n, adds))


def _joined(parts: Sequence[Contents]) -> Contents:
    return Contents(*(np.concatenate(values) for values in zip(*parts, strict=True)))


def _unlike(options: Contents, seen: CueSentences) -> Contents:
    """Keep of each row what differs in words from the ones before, in order, and has words."""
    said, free = seen.said, seen.free
    taken_in, left_out = Sum.of(free & ~said & seen.is_word), Sum.of(said & seen.is_word)
    adds, edges = options.adds, (options.start, options.stop)
    low, high = (np.where(adds, taken_in.before.take(edge), left_out.before.take(edge)) for edge in edges)
    changes = high - low  # words; two options of a row do the same if it is the same stretch of them
    n = len(said) + 1
    change = np.where(changes > 0, (adds * n + low) * n + high, -1)
    order = np.lexsort((change, options.row))
    row, change = options.row[order], change[order]
    is_new = np.append(True, (row[1:] != row[:-1]) | (change[1:] != change[:-1]))
    kept = order[is_new[: len(order)]]
    words = left_out(seen.first, seen.last).take(options.row) + np.where(adds, changes, -changes)
    kept = kept[words[kept] > 0]
    kept = kept[np.lexsort((kept, options.row[kept]))]
    return _take(options, kept)


def _take(options: Contents, kept: Ints) -> Contents:
    row, kind, start, stop, adds = options
    return Contents(row[kept], kind[kept], start[kept], stop[kept], adds[kept])


def said_by(seen: CueSentences, options: Contents, chosen: Ints) -> Bools:
    """Give the pairs that are content if these options are taken; of other cues, what the labels have."""
    said, free = seen.said, seen.free
    picked = _take(options, chosen)
    edges = np.zeros((2, len(said) + 1), dtype=np.int64)
    for changes, adds in zip(edges, (True, False), strict=True):
        mine = picked.adds == adds
        np.add.at(changes, picked.start[mine], 1)
        np.add.at(changes, picked.stop[mine], -1)
    taken, left = np.cumsum(edges, axis=1)[:, :-1] > 0
    return np.asarray((said | taken & free) & ~left)


class Outlines(NamedTuple):
    """The contents as each option has them; all of shape (n_options,).

    ``first, last`` are the pairs at the ends of what changes, ``begin, end`` of the whole; ``pieces`` counts its unbroken
    pieces.
    """

    first: Ints
    last: Ints
    begin: Ints
    end: Ints
    pieces: Ints


def outlines(seen: CueSentences, options: Contents) -> Outlines:
    """Tell where each option begins and ends, and in how many pieces."""
    said, free = seen.said, seen.free
    row, start, stop, adds = options.row, options.start, options.stop, options.adds
    stays = options.kind == STAY
    said_before, said_onward = nearest(said)
    more_before, more_onward = nearest(free & ~said)
    first = np.where(adds, more_onward.take(start), said_onward.take(start))
    last = np.where(adds, more_before.take(stop), said_before.take(stop))
    low, high = said_onward.take(seen.first.take(row)), said_before.take(seen.last.take(row)) + 1
    begin = np.where(adds, np.minimum(low, np.where(stays, low, first)), low)
    end = np.where(adds, np.maximum(high, np.where(stays, high, last + 1)), high)
    begin = np.where(~adds & (start <= low), said_onward.take(stop), begin)
    end = np.where(~adds & (stop >= high), said_before.take(start) + 1, end)
    whole = pieces_of(said, seen.pairs.row)[0]
    starts = np.zeros(len(said) + 1, dtype=np.int64)
    starts[whole] = 1
    kept = Sum.of(starts)(begin, end) + 1 - starts.take(begin)
    runs = np.zeros(len(said) + 1, dtype=np.int64)
    runs[pieces_of(free, seen.pairs.row)[0]] = 1
    inside = np.append(free, False)
    joined = np.append(False, said).take(start) & inside.take(start) & (runs.take(start) == 0)
    joins = np.append(said, False).take(stop) & (start < stop) & (runs.take(stop) == 0)
    added = Sum.of(runs)(start, stop) + (inside.take(start) & (runs.take(start) == 0)) - joined - joins
    n = Sum.of(starts)(seen.first.take(row), seen.last.take(row))
    return Outlines(first, last, begin, end, np.where(stays, n, np.where(adds, n + added, kept)))


def content_features(f: Features, seen: CueSentences, options: Contents, likely: Ints, chance: Ints) -> None:
    """Describe contents to choose from.

    Parameters
    ----------
    f : Features
    seen : CueSentences
    options : Contents
    likely : ndarray of int, shape (n_pairs,)
        How likely each token is content, in thousandths.
    chance : ndarray of int, shape (n_tokens + 1,)
        How likely each token is a cue, in thousandths.
    """
    outline = outlines(seen, options)
    _how_likely(f, seen, options, outline, likely)
    _words_of(f, seen, options, outline, chance)
    whole = _as_a_whole(f, seen, options, outline, likely)
    _at_the_cut(f, seen, options, outline)
    _beside_the_cue(f, seen, options, whole)
    _inside(f, seen, options, whole)
    if seen.arrays.reads:
        _read(f, seen, options, outline, whole, seen.arrays.reads)


def _how_likely(f: Features, seen: CueSentences, options: Contents, outline: Outlines, likely: Ints) -> None:
    """What is taken in or left out: how likely it is content, how much it is, whether it is quoted."""
    kind, stays = options.kind, options.kind == STAY
    change = _Change.of(seen, options, outline, log_odds(likely))
    quoted, n = seen.arrays.quoted.take(seen.pairs.tokens), change.n
    share, inside = (_in_change(seen, options, values) for values in (likely, 1000 * quoted))
    f.add(f.term(kind))
    f.add(f.term(_sums(change.total), stays))
    for values in (change.total // n, change.first, change.last, change.top, change.bottom):
        f.add(f.term(_odds(values), stays))
    f.add(f.term(kind, _chance(share // n)))
    f.add(f.term(kind, np.where(stays, 0, _size(n))))
    f.add(f.term(kind, _shares(inside // n)))


class _Change(NamedTuple):
    """The odds of what an option takes in or leaves out, in its favour; all of shape (n_options,), 0 where all stays.

    ``n`` are its tokens, at least 1; ``first, last`` the odds of those at its ends; ``top, bottom`` the highest and lowest.
    """

    n: Ints
    total: Ints
    first: Ints
    last: Ints
    top: Ints
    bottom: Ints

    @classmethod
    def of(cls, seen: CueSentences, options: Contents, outline: Outlines, odds: Ints) -> "_Change":
        adds, stays = options.adds, options.kind == STAY
        total, top, bottom = np.zeros((3, len(stays)), dtype=np.int64)
        n = np.ones(len(stays), dtype=np.int64)
        for sign, part in ((1, seen.free & ~seen.said), (-1, seen.said)):
            mine = np.flatnonzero((adds == (sign > 0)) & ~stays)
            edges = options.start[mine], options.stop[mine]
            n[mine] = np.maximum(Sum.of(part)(*edges), 1)
            total[mine] = sign * Sum.of(part * odds)(*edges)
            top[mine] = most(part * (sign * odds + _FAR), *edges) - _FAR
            bottom[mine] = _FAR - most(part * (_FAR - sign * odds), *edges)
        signs = np.where(stays, 0, np.where(adds, 1, -1))
        first, last = (signs * odds.take(np.where(stays, 0, at)) for at in (outline.first, outline.last))
        return cls(n, total, first, last, top, bottom)


def _in_change(seen: CueSentences, options: Contents, values: Ints) -> Ints:
    """Add up the values of what an option takes in or leaves out; 0 where all stays."""
    sums = [Sum.of(part * values)(options.start, options.stop) for part in (seen.free & ~seen.said, seen.said)]
    return np.where(options.kind == STAY, 0, np.where(options.adds, *sums))


def _words_of(f: Features, seen: CueSentences, options: Contents, outline: Outlines, chance: Ints) -> None:
    """With what words that begins and ends, and whether another cue stands in it."""
    words, row, kind = seen.arrays.words, options.row, options.kind
    opens, goes_on, closes = (
        np.where(kind == STAY, 0, words[FUNCTION].take(seen.token(at, row)))
        for at in (outline.first, outline.first + 1, outline.last)
    )
    cue = seen.pairs.anchors.take(row)
    word = words[WORD].take(cue)
    others = np.where(seen.free, chance.take(seen.pairs.tokens), 0)
    rival = _rivalry(most(others, options.start, options.stop))
    f.add(f.term(kind, opens))
    f.add(f.term(kind, closes))
    f.add(f.term(kind, opens, goes_on))
    f.add(f.term(kind, opens, words[COARSE].take(cue)))
    f.add(f.term(kind, rival))
    f.add(f.term(kind, rival, opens))
    f.add(f.term(kind, word))
    f.add(f.term(kind, words[CUE].take(cue)))
    f.add(f.term(kind, word, opens))


class _Whole(NamedTuple):
    """The contents as each option has them, beside their cues; all of shape (n_options,).

    Parameters
    ----------
    cue : ndarray
        The cue's token.
    side : ndarray
        Bits: some of it stands behind the cue, some before.
    pieces : ndarray
        Of how many it is, three at the most.
    before, opens, closes, after, later : ndarray
        The token before it, its first and last ones, and the two behind it.
    """

    cue: Ints
    side: Ints
    pieces: Ints
    before: Ints
    opens: Ints
    closes: Ints
    after: Ints
    later: Ints

    @classmethod
    def of(cls, seen: CueSentences, row: Ints, outline: Outlines) -> "_Whole":
        begin, end, cue = outline.begin, outline.end, seen.cue.take(row)
        side = (begin < cue) * 2 + (end > cue)
        edges = (seen.token(at, row) for at in (begin - 1, begin, end - 1, end, end + 1))
        return cls(seen.pairs.anchors.take(row), side, np.minimum(outline.pieces, 3), *edges)


def _as_a_whole(f: Features, seen: CueSentences, options: Contents, outline: Outlines, likely: Ints) -> _Whole:
    """How the content would stand: its size, pieces, ends, quotation marks, and its sides of the cue."""
    whole = _Whole.of(seen, options.row, outline)
    _size_and_side(f, seen, options, outline, whole)
    _edges(f, seen, options, outline, whole)
    _left_out(f, seen, options, outline, whole)
    mean = content_sums(seen, options, likely) // np.maximum(content_sums(seen, options, np.ones_like(likely)), 1)
    f.add(f.term(_chance(mean)))
    return whole


def _size_and_side(f: Features, seen: CueSentences, options: Contents, outline: Outlines, whole: _Whole) -> None:
    """How long it is, of how many pieces, on which side of which cue, and quoted at which ends."""
    words, quoted = seen.arrays.words, seen.arrays.quoted
    side, pieces, cue = whole.side, whole.pieces, seen.cue.take(options.row)
    first_quoted, last_quoted = quoted.take(whole.opens), quoted.take(whole.closes)
    f.add(f.term(pieces))
    f.add(f.term(_size(content_sums(seen, options, seen.is_word))))
    f.add(f.term(side, pieces))
    for column in (CUE, WORD, CLUSTER):
        f.add(f.term(side, words[column].take(whole.cue)))
    f.add(f.term(side, pieces, first_quoted, last_quoted))
    behind = _size(np.maximum(outline.end - np.maximum(outline.begin, cue), 0))
    f.add(f.term(side, pieces, first_quoted, last_quoted, behind))


def _edges(f: Features, seen: CueSentences, options: Contents, outline: Outlines, whole: _Whole) -> None:
    """With what words it begins and ends, and what stands beside."""
    words = seen.arrays.words
    word, cluster, coarse = (words[column].take(whole.cue) for column in (WORD, CLUSTER, COARSE))
    before, opens, closes, after, later = (
        words[FUNCTION].take(at) for at in (whole.before, whole.opens, whole.closes, whole.after, whole.later)
    )
    f.add(f.term(after))
    f.add(f.term(after, later))
    f.add(f.term(closes))
    f.add(f.term(closes, after))
    f.add(f.term(opens))
    f.add(f.term(before))
    f.add(f.term(before, opens))
    f.add(f.term(np.clip(outline.begin - seen.cue.take(options.row), -4, 4), word))
    f.add(f.term(opens, cluster))
    f.add(f.term(opens, word))
    f.add(f.term(after, coarse, whole.side))


def _left_out(f: Features, seen: CueSentences, options: Contents, outline: Outlines, whole: _Whole) -> None:
    """How much of the sentence's quoted words it takes, and how many words are left after and before it."""
    row, side, word = options.row, whole.side, seen.arrays.words[WORD].take(whole.cue)
    quoted = seen.arrays.quoted.take(seen.pairs.tokens)
    in_quotes = Sum.of(quoted)(seen.first, seen.last).take(row)
    shared = 1000 * content_sums(seen, options, quoted) // np.maximum(in_quotes, 1)
    f.add(f.term(_shares(shared), in_quotes > 0, side))
    words_after = Sum.of(seen.is_word)(outline.end, seen.last.take(row))
    words_before = Sum.of(seen.is_word)(seen.first.take(row), outline.begin)
    f.add(f.term(words_after == 0, side))
    f.add(f.term(words_after == 0, word))
    f.add(f.term(_size(words_after)))
    f.add(f.term(words_before == 0, side))
    f.add(f.term(words_before == 0, word))


def _at_the_cut(f: Features, seen: CueSentences, options: Contents, outline: Outlines) -> None:
    """With what words that is taken in or left out begins and ends, word by word, and what the cue has to do with it."""
    words, row, kind, nowhere = seen.arrays.words, options.row, options.kind, seen.arrays.n
    edges = (outline.first - 1, outline.first, outline.first + 1, outline.last, outline.last + 1)
    before, opens, goes_on, closes, after = (np.where(kind == STAY, nowhere, seen.token(at, row)) for at in edges)
    cue = seen.pairs.anchors.take(row)
    opening = words[FUNCTION].take(opens)
    behind_cue = words[FUNCTION].take(seen.arrays.at[1].take(cue))
    f.add(f.term(kind, words[WORD].take(opens)))
    f.add(f.term(kind, words[CLUSTER].take(opens), words[CLUSTER].take(goes_on)))
    f.add(f.term(kind, words[COARSE].take(before), opening, words[COARSE].take(goes_on)))
    f.add(f.term(kind, words[FUNCTION].take(before), opening, words[FUNCTION].take(goes_on)))
    for at in (before, after, closes):
        f.add(f.term(kind, words[WORD].take(at)))
    f.add(f.term(kind, words[LEMMA].take(cue), opening))
    f.add(f.term(kind, behind_cue, opening))
    f.add(f.term(kind, words[SUFFIX].take(cue), opening))
    f.add(f.term(kind, behind_cue, words[COARSE].take(cue)))
    f.add(f.term(kind, words[SUFFIX].take(goes_on), opening))
    f.add(f.term(kind, words[SHAPE].take(before), opening, words[SHAPE].take(goes_on)))


def _beside_the_cue(f: Features, seen: CueSentences, options: Contents, whole: _Whole) -> None:
    """How long the content is, and with what words it begins and ends, for a cue of this form with this word behind it."""
    words, cue, side = seen.arrays.words, whole.cue, whole.side
    opens, closes, after, later = whole.opens, whole.closes, whole.after, whole.later
    behind_cue, coarse = words[FUNCTION].take(seen.arrays.at[1].take(cue)), words[COARSE].take(cue)
    lemma, suffix, ending = words[LEMMA].take(cue), words[SUFFIX].take(cue), words[FUNCTION].take(after)
    size = _size(content_sums(seen, options, seen.is_word))
    f.add(f.term(words[WORD].take(after), words[WORD].take(later)))
    f.add(f.term(words[CLUSTER].take(closes), ending, words[CLUSTER].take(later)))
    f.add(f.term(words[WORD].take(closes), side))
    f.add(f.term(words[SUFFIX].take(later), ending))
    f.add(f.term(words[WORD].take(opens), coarse))
    f.add(f.term(words[WORD].take(whole.before), words[WORD].take(opens)))
    f.add(f.term(ending, lemma))
    f.add(f.term(ending, behind_cue))
    f.add(f.term(size, lemma))
    f.add(f.term(size, words[CLUSTER].take(cue)))
    f.add(f.term(size, behind_cue, coarse))
    f.add(f.term(size, suffix))
    f.add(f.term(size, side, ending))
    f.add(f.term(size, words[FUNCTION].take(opens)))


def _inside(f: Features, seen: CueSentences, options: Contents, whole: _Whole) -> None:
    """What the content holds: prepositions, clauses, commas, whole brackets, dashes; and whether it cuts a quotation."""
    arrays, kind, tokens = seen.arrays, options.kind, seen.pairs.tokens
    ending, size = arrays.words[FUNCTION].take(whole.after), _size(content_sums(seen, options, seen.is_word))
    for flag in (PREPOSITION, OPENER, COMMA):
        held = np.minimum(content_sums(seen, options, arrays.has(flag).take(tokens)), 3)
        f.add(f.term(held, size))
        f.add(f.term(held, ending))
    word = arrays.words[WORD]
    brackets = sum((sign * (word == mark) for mark, sign in _BRACKETS.items()), np.zeros_like(word))
    f.add(f.term(np.clip(content_sums(seen, options, brackets.take(tokens)), -1, 1), kind))
    f.add(f.term(np.minimum(content_sums(seen, options, np.isin(word, _DASHES).take(tokens)), 2), kind))
    for within, beyond in ((whole.closes, whole.after), (whole.opens, whole.before)):
        quotation = arrays.quote.take(within)
        f.add(f.term((quotation > 0) & (quotation == arrays.quote.take(beyond)), kind))


def _read(f: Features, seen: CueSentences, options: Contents, outline: Outlines, whole: _Whole, reads: Reads) -> None:
    """How likely the word reader finds it content: what is taken in or left out, the whole, and its ends."""
    kind, stays, row = options.kind, options.kind == STAY, options.row
    role, begins = reads.role[CONTENT], reads.begins[CONTENT]
    link = np.clip(seen.pairs.links[CONTENT], -ENOUGH, ENOUGH)
    for odds in (link, np.clip(role.take(seen.pairs.tokens), -ENOUGH, ENOUGH)):
        change = _Change.of(seen, options, outline, odds)
        f.add(f.term(_sums(change.total), stays))
        f.add(f.term(_sums(change.total), kind))
        for values in (change.total // change.n, change.first, change.last, change.top, change.bottom):
            f.add(f.term(FINE(values), stays))
    held = content_sums(seen, options, link)
    lost = held - Sum.of(np.maximum(link, 0))(seen.first, seen.last).take(row)  # against the best there could be
    n = np.maximum(content_sums(seen, options, np.ones_like(link)), 1)
    f.add(f.term(_sums(lost)))
    f.add(f.term(kind, _sums(lost)))
    f.add(f.term(FINE(lost // n)))
    f.add(f.term(FINE(held // n)))

    def odds_at(pairs: Ints) -> Ints:
        inside = (pairs >= seen.first.take(row)) & (pairs < seen.last.take(row))
        return np.where(inside, link.take(np.where(inside, pairs, 0)), APART)

    before, opens, closes, after = map(odds_at, (outline.begin - 1, outline.begin, outline.end - 1, outline.end))
    f.add(f.term(ROUGH(before), ROUGH(opens)))
    f.add(f.term(ROUGH(closes), ROUGH(after)))
    for value in (before, opens, closes, after, begins.take(whole.opens)):
        f.add(f.term(FINE(value)))
    f.add(f.term(ROUGH(role.take(whole.after)), ROUGH(role.take(whole.closes))))
    f.add(f.term(ROUGH(role.take(whole.before)), ROUGH(begins.take(whole.opens))))


def content_sums(seen: CueSentences, options: Contents, values: Ints | Bools) -> Ints:
    """Add up the values of pairs over the content as each option has it."""
    said, free = seen.said, seen.free
    mine, more = Sum.of(said * values), Sum.of((free & ~said) * values)
    start, stop = options.start, options.stop
    change = np.where(options.adds, more(start, stop), -mine(start, stop))
    return np.asarray(mine(seen.first, seen.last).take(options.row) + change)
