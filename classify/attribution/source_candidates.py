"""Who could be a cue's source: as the labels of its tokens have it, the source of another cue beside it, or nobody."""

from typing import NamedTuple

import numpy as np

from ...data.arrays import Bools, Ints
from ..linear.hashed import Buckets, Features
from ..word_reader.reads import ENOUGH, FINE, ROUGH, Reads
from ..word_reader.reads import SOURCE as SOURCE_LINK
from .candidate_rerank import in_one_sentence
from .candidate_spans import NONE, CueSentences, Sum, log_odds, most, nearest, pieces_of
from .label_spans import BEGIN_SOURCE, CUE_ROLE
from .token_arrays import names_before
from .word_features import CLUSTER, COARSE, CUE, FUNCTION, LEMMA, SHAPE, SOURCE, SUFFIX, WORD

NOBODY, OWN, RIVAL, SURE, UNSURE, SHORTER, SHORTER_AHEAD, LONGER, LONGER_AHEAD = range(9)
_size = Buckets((1, 2, 3, 5, 8, 13, 21))
_LIKELY, _POSSIBLE = 500, 120  # thousandths: stretches of tokens that are source with more than that, whatever their label
_odds = Buckets((-4000, -2000, -1000, -500, -200, 0, 200, 500, 1000, 2000, 4000))
_chance = Buckets((20, 100, 250, 400, 500, 600, 750, 900))
_rivalry = Buckets((50, 150, 300, 600))
_of_best = Buckets((200, 400, 600, 800, 999))


class Sources(NamedTuple):
    """Sources to choose from, those of one cue behind one another.

    Parameters
    ----------
    row : ndarray of shape (n_options,)
        Number of the cue.
    kind : ndarray of shape (n_options,)
        `NOBODY` and so on.
    begin, end : ndarray of shape (n_options,)
        The first pair and the one behind the last; `NONE` twice for nobody.
    other : ndarray of shape (n_options,)
        Number of the cue whose source it is, `NONE` where it is no other's.
    """

    row: Ints
    kind: Ints
    begin: Ints
    end: Ints
    other: Ints


def source_options(seen: CueSentences, labels: Ints, chance: Ints, likely: Ints) -> Sources:
    """Give the sources to choose from.

    Parameters
    ----------
    seen : CueSentences
        With the contents as chosen.
    labels : ndarray of shape (n_pairs,)
    chance : ndarray of int, shape (n_tokens + 1,)
        How likely each token is a cue, in thousandths.
    likely : ndarray of int, shape (n_pairs,)
        How likely each token is part of the source, in thousandths.
    """
    role, row_of = seen.role, seen.pairs.row
    rows = np.arange(len(seen.first))
    nobody = np.full(len(rows), NONE)
    begin, end = _labelled(seen, labels)
    row = row_of.take(begin)
    found = [Sources(rows, np.full(len(rows), NOBODY), nobody, nobody, nobody), _options(row, OWN, begin, end)]
    found.append(_of_rivals(seen, begin, end, row, chance.take(seen.pairs.anchors)))
    for kind, least in ((SURE, _LIKELY), (UNSURE, _POSSIBLE)):
        stretch = pieces_of((likely > least) & (role != CUE_ROLE), row_of)
        found.append(_options(row_of.take(stretch[0]), kind, *stretch))
    clauses, taken = seen.clauses, Sum.of((role == CUE_ROLE) | seen.said)
    for x in clauses.after(begin, end, 2).T:
        found.append(_options(row, SHORTER, begin, x))
    for x in clauses.before(end, begin, 1).T:
        found.append(_options(row, SHORTER_AHEAD, x, end))
    for x in clauses.after(end, seen.last.take(row), 2).T:
        found.append(_options(row, LONGER, begin, np.where(taken(end, np.maximum(x, end)) == 0, x, NONE)))
    for x in (*clauses.before(begin, seen.first.take(row), 2).T, seen.first.take(row)):
        is_free = (x < begin) & (x >= 0) & (taken(np.where(x < 0, begin, x), begin) == 0)
        found.append(_options(row, LONGER_AHEAD, np.where(is_free, x, NONE), end))
    return _unlike(Sources(*map(np.concatenate, zip(*found, strict=True))), seen)


def _labelled(seen: CueSentences, labels: Ints) -> tuple[Ints, Ints]:
    """Give the stretches that are labelled source."""
    begin = np.flatnonzero(labels == BEGIN_SOURCE)
    n = len(labels)
    inside = labels == BEGIN_SOURCE + 1
    _, onward = nearest(~inside)
    return begin, np.minimum(onward.take(np.minimum(begin + 1, n)), seen.last.take(seen.pairs.row.take(begin)))


def _options(row: Ints, kind: int, begin: Ints, end: Ints) -> Sources:
    there = (begin >= 0) & (end >= 0)
    n = int(there.sum())
    return Sources(row[there], np.full(n, kind), begin[there], end[there], np.full(n, NONE))


def _of_rivals(seen: CueSentences, begin: Ints, end: Ints, row: Ints, chances: Ints) -> Sources:
    """Give each cue the sources that the other cues of its sentence have, those of the likelier ones first."""
    n_own = np.bincount(row, minlength=len(seen.first))
    pairs = in_one_sentence(seen.arrays.sentence[seen.pairs.anchors])
    order = np.lexsort((pairs.other, -chances[pairs.other]))
    one, other = pairs.one[order], pairs.other[order]
    sizes = n_own[other]
    which = np.arange(sizes.sum()) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    one, other = np.repeat(one, sizes), np.repeat(other, sizes)
    theirs = (np.cumsum(n_own) - n_own)[other] + which
    moved = _moved(seen, one, other)
    at, to = begin[theirs] + moved, end[theirs] + moved
    inside = (at >= seen.first[one]) & (to <= seen.last[one])
    n = int(inside.sum())
    return Sources(one[inside], np.full(n, RIVAL), at[inside], to[inside], other[inside])


def _moved(seen: CueSentences, one: Ints, other: Ints) -> Ints:
    """How many pairs the same token lies from the other cue's pair to the one's."""
    tokens = seen.pairs.tokens
    return (seen.first[one] - tokens[seen.first[one]]) - (seen.first[other] - tokens[seen.first[other]])


def _unlike(options: Sources, seen: CueSentences) -> Sources:
    """Cut marks off the ends; of equal options of a cue keep the first."""
    before, onward = nearest(seen.is_word)
    nobody = options.kind == NOBODY
    begin = np.where(nobody, NONE, onward.take(options.begin))
    end = np.where(nobody, NONE, before.take(options.end) + 1)
    kept = np.flatnonzero(nobody | (begin < end))
    kept = kept[np.lexsort((kept, end[kept], begin[kept], options.row[kept]))]
    key = np.stack([options.row, begin, end])[:, kept]
    kept = np.sort(kept[np.append(True, (key[:, 1:] != key[:, :-1]).any(axis=0))[: len(kept)]])
    kept = kept[np.argsort(options.row[kept], kind="stable")]
    return Sources(options.row[kept], options.kind[kept], begin[kept], end[kept], options.other[kept])


def source_features(f: Features, seen: CueSentences, options: Sources, chance: Ints, likely: Ints) -> None:
    """Describe sources to choose from.

    Parameters
    ----------
    f : Features
    seen : CueSentences
    options : Sources
    chance, likely : ndarray of int
        As in `source_options`.
    """
    cue = seen.cue.take(options.row)
    someone = options.kind != NOBODY
    side = np.where(someone, np.where(options.end <= cue, 1, np.where(options.begin > cue, 2, 3)), 0)
    _how_likely(f, options, seen, likely)
    _beside_the_cue(f, options, seen, side)
    _words_of(f, options, seen, side)
    _between(f, options, seen, side, chance)
    _rival(f, options, seen, side, chance)
    _form_of_the_cue(f, options, seen, side)
    if seen.arrays.reads:
        _read(f, options, seen, seen.arrays.reads)


def _how_likely(f: Features, options: Sources, seen: CueSentences, likely: Ints) -> None:
    """The chances of the labels within, and of what is left."""
    row, kind, nobody = options.row, options.kind, options.kind == NOBODY
    first, last = seen.first.take(row), seen.last.take(row)
    begin, end = np.where(nobody, first, options.begin), np.where(nobody, first + 1, options.end)
    top, within = most(likely, seen.first, seen.last).take(row), most(likely, begin, end)
    left = np.where(
        nobody, top, np.maximum(most(likely, first, np.maximum(begin, first)), most(likely, np.minimum(end, last), last))
    )
    mean = Sum.of(likely)(begin, end) // (end - begin)
    average = Sum.of(log_odds(likely))(begin, end) // (end - begin)
    values = (average, log_odds(within), log_odds(likely.take(begin)), log_odds(likely.take(end - 1)))
    for value in values:
        f.add(f.term(np.where(nobody, NONE, _odds(value))))
    f.add(f.term(_odds(log_odds(left)), nobody))
    share, best = np.where(nobody, NONE, _chance(mean)), _chance(top)
    f.add(f.term(kind, share))
    f.add(f.term(np.where(nobody, NONE, _of_best(1000 * within // np.maximum(top, 1)))))
    f.add(f.term(kind, best))
    before, _, _ = _around(seen, row)
    f.add(f.term(nobody, before, best))
    f.add(f.term(kind, share, _nested(seen, options)[0]))


def _around(seen: CueSentences, row: Ints) -> tuple[Ints, Ints, Ints]:
    """Give the function words before and behind each cue, and its last letters."""
    arrays, at = seen.arrays, seen.pairs.anchors
    function = arrays.words[FUNCTION]
    values = (function.take(arrays.at[-1].take(at)), function.take(arrays.at[1].take(at)), arrays.words[SUFFIX].take(at))
    before, behind, suffix = (column.take(row) for column in values)
    return before, behind, suffix


def _beside_the_cue(f: Features, options: Sources, seen: CueSentences, side: Ints) -> None:
    """On which side of which cue, and how far; for nobody the side is 0, so this also tells what cues have no source."""
    row, kind = options.row, options.kind
    cue, words, at = seen.cue.take(row), seen.arrays.words, seen.pairs.anchors.take(row)
    word, groups, cluster, coarse = (words[column].take(at) for column in (WORD, CUE, CLUSTER, COARSE))
    before, behind, suffix = _around(seen, row)
    far = _size(np.where(side == 1, cue - options.end, np.where(side == 2, options.begin - cue - 1, 0)))
    f.add(f.term(side))
    for value in (far, word, groups, cluster, behind, before):
        f.add(f.term(side, value))
    f.add(f.term(side, before, far))
    f.add(f.term(kind, word))
    f.add(f.term(kind, suffix))
    f.add(f.term(kind, before, suffix))
    f.add(f.term(kind, before, coarse))
    n_cues = np.bincount(seen.arrays.sentence[seen.pairs.anchors], minlength=len(seen.arrays.bounds))
    f.add(f.term(kind, np.minimum(n_cues.take(seen.arrays.sentence.take(at)), 4)))
    f.add(f.term(options.begin == seen.first.take(row), side))
    f.add(f.term(side, seen.arrays.quoted.take(seen.token(options.begin, row)), seen.arrays.quoted.take(at)))


def _words_of(f: Features, options: Sources, seen: CueSentences, side: Ints) -> None:
    """How long it is, its first and last words and those around, and whether it has a name."""
    arrays, row, kind = seen.arrays, options.row, options.kind
    words, function = arrays.words, arrays.words[FUNCTION]
    size = _size(options.end - options.begin)
    first, last = seen.token(options.begin, row), seen.token(options.end - 1, row)
    nobody = kind == NOBODY
    before = np.where(nobody, 0, function.take(seen.token(options.begin - 1, row)))
    behind = np.where(nobody, 0, function.take(seen.token(options.end, row)))
    opens = function.take(first)
    names = names_before(arrays)
    named = names.take(last + 1) > names.take(first)
    f.add(f.term(size))
    f.add(f.term(kind, size))
    f.add(f.term(opens))
    f.add(f.term(words[WORD].take(last)))
    f.add(f.term(words[CLUSTER].take(last)))
    f.add(f.term(words[SOURCE].take(last), words[SOURCE].take(first)))
    f.add(f.term(opens, size))
    f.add(f.term(kind, opens))
    f.add(f.term(before, opens))
    f.add(f.term(behind))
    f.add(f.term(words[COARSE].take(last), behind))
    f.add(f.term(kind, behind))
    f.add(f.term(kind, before))
    f.add(f.term(named, side))
    f.add(f.term(named, kind))


def _between(f: Features, options: Sources, seen: CueSentences, side: Ints, chance: Ints) -> None:
    """What stands between source and cue, and what of the attribution stands in the source itself."""
    arrays, row, kind = seen.arrays, options.row, options.kind
    cue = seen.cue.take(row)
    start = np.where(side == 1, options.end, cue + 1)
    stop = np.where(side == 1, cue, np.where(side == 2, options.begin, start))
    start = np.minimum(start, stop)
    rival = _rivalry(most(chance.take(seen.pairs.tokens), start, stop))
    low, high = seen.token(start, row), seen.token(stop, row)
    empty = start == stop
    commas, openers = (
        np.where(empty, 0, np.minimum(count.take(high) - count.take(low), 3)) for count in (arrays.commas, arrays.openers)
    )
    said, cued = Sum.of(seen.said), Sum.of(seen.role == CUE_ROLE)
    nobody = kind == NOBODY
    begin, end = np.where(nobody, 0, options.begin), np.where(nobody, 0, options.end)
    before, _, _ = _around(seen, row)
    f.add(f.term(side, empty, rival, commas))
    f.add(f.term(kind, empty, rival, before))
    f.add(f.term(side, said(start, stop) > 0, kind))
    f.add(f.term(side, openers, commas))
    f.add(f.term(said(begin, end) > 0, kind))
    f.add(f.term(cued(begin, end) > 0, kind))


def _rival(f: Features, options: Sources, seen: CueSentences, side: Ints, chance: Ints) -> None:
    """The other cue whose source it is: how likely one, where it stands, and which of the two reports the other."""
    row, other = options.row, options.other
    anchors = seen.pairs.anchors
    shared = other != NONE
    theirs = anchors.take(np.where(shared, other, 0))
    sure = np.where(shared, _chance(chance.take(theirs)), NONE)
    holds, held = _nested(seen, options)
    before, _, suffix = _around(seen, row)
    earlier = shared & (theirs < anchors.take(row))
    f.add(f.term(sure, holds, held))
    f.add(f.term(shared, holds, before))
    f.add(f.term(shared, earlier, before, suffix))
    f.add(f.term(shared, holds, suffix, side))
    f.add(f.term(np.where(shared, seen.arrays.words[CUE].take(theirs), NONE)))


def _nested(seen: CueSentences, options: Sources) -> tuple[Bools, Bools]:
    """Tell whether the other cue's content holds this cue, and this one's content the other cue."""
    row, other = options.row, options.other
    shared = np.flatnonzero(other != NONE)
    one, theirs = row[shared], other[shared]
    out = np.zeros((2, len(row)), dtype=bool)
    for found, mine, rival in ((out[0], theirs, one), (out[1], one, theirs)):
        at = seen.cue[rival] + _moved(seen, mine, rival)
        inside = (at >= seen.first[mine]) & (at < seen.last[mine])
        found[shared] = inside & seen.said.take(np.where(inside, at, 0))
    return out[0], out[1]


def _form_of_the_cue(f: Features, options: Sources, seen: CueSentences, side: Ints) -> None:
    """The words around the cue, its subject, and the sides of its content: what tells a passive or an infinitive."""
    arrays, row, kind = seen.arrays, options.row, options.kind
    words, cue, at = arrays.words, seen.pairs.anchors.take(row), arrays.at
    word, lemma, suffix, coarse = (words[column].take(cue) for column in (WORD, LEMMA, SUFFIX, COARSE))
    earlier, before, behind = (words[FUNCTION].take(at[step].take(cue)) for step in (-2, -1, 1))
    for first, second in ((before, earlier), (behind, suffix), (before, lemma), (behind, lemma)):
        f.add(f.term(side, first, second))
    f.add(f.term(side, earlier, before, suffix))
    f.add(f.term(side, before, behind, coarse))
    for step in (-1, 1):
        f.add(f.term(side, words[WORD].take(at[step].take(cue))))
    subject = arrays.subject.take(cue)
    held = (subject >= seen.token(options.begin, row)) & (subject <= seen.token(options.end - 1, row)) & (kind != NOBODY)
    f.add(f.term(side, held, words[FUNCTION].take(subject)))
    f.add(f.term(side, held, words[SHAPE].take(subject), before, coarse))
    f.add(f.term(side, held, words[SOURCE].take(subject) > 0, words[SHAPE].take(subject)))
    f.add(f.term(kind, held))
    first = arrays.first.take(cue)
    f.add(f.term(side, words[FUNCTION].take(first), np.minimum(cue - first, 3)))
    f.add(f.term(side, arrays.quoted.take(cue), arrays.signature.take(arrays.sentence.take(cue))))
    said, there = Sum.of(seen.said), seen.cue.take(row)
    ahead = said(seen.first.take(row), there) > 0
    follows = said(there, seen.last.take(row)) > 0
    f.add(f.term(side, ahead, follows))
    f.add(f.term(side, ahead, follows, suffix))
    f.add(f.term(side, ahead, follows, before))
    f.add(f.term(kind, ahead, follows, word))


def _read(f: Features, options: Sources, seen: CueSentences, reads: Reads) -> None:
    """How likely the word reader finds it source, and what is left."""
    links = seen.pairs.links
    row, kind, nobody = options.row, options.kind, options.kind == NOBODY
    first, last = seen.first.take(row), seen.last.take(row)
    begin, end = np.where(nobody, first, options.begin), np.where(nobody, first + 1, options.end)

    def of_somebody(values: Ints) -> Ints:
        return np.where(nobody, NONE, values)

    for odds in (links[SOURCE_LINK], reads.role[SOURCE_LINK].take(seen.pairs.tokens)):
        odds = np.clip(odds, -ENOUGH, ENOUGH)
        total = np.where(nobody, 0, Sum.of(odds)(begin, end))
        lost = total - Sum.of(np.maximum(odds, 0))(seen.first, seen.last).take(row)  # against the best there could be
        top = (most(odds + 2 * ENOUGH, seen.first, seen.last) - 2 * ENOUGH).take(row)
        mean = total // (end - begin)
        before = np.where(begin == first, NONE, ROUGH(odds.take(np.maximum(begin - 1, 0))))
        after = np.where(end == last, NONE, ROUGH(odds.take(np.minimum(end, len(odds) - 1))))
        opens, closes = odds.take(begin), odds.take(end - 1)
        f.add(f.term(of_somebody(FINE(mean))))
        f.add(f.term(FINE(lost), nobody))
        f.add(f.term(kind, FINE(lost)))
        f.add(f.term(FINE(top), nobody))
        f.add(f.term(kind, ROUGH(top)))
        f.add(f.term(kind, ROUGH(mean)))
        f.add(f.term(of_somebody(FINE(opens))))
        f.add(f.term(of_somebody(FINE(closes))))
        f.add(f.term(of_somebody(before), of_somebody(ROUGH(opens))))
        f.add(f.term(of_somebody(after), of_somebody(ROUGH(closes))))
    f.add(f.term(of_somebody(FINE(reads.begins[SOURCE_LINK].take(seen.token(begin, row))))))
