"""Features of the attribution model: of a cue candidate, and of a token as seen from a cue."""

from dataclasses import dataclass

import numpy as np

from ...data.arrays import Floats32, Floats64, Ints
from ..linear.hashed import Buckets, Features, Terms
from ..word_reader.reads import CONTENT, FINE, ROLES, ROUGH, Reads
from ..word_reader.reads import CUE as CUE_LINK
from ..word_reader.reads import SOURCE as SOURCE_LINK
from .token_arrays import Pairs, TokenArrays, beside, pair
from .word_features import CLUSTER, COARSE, CUE, FUNCTION, LEMMA, PRIOR, SHAPE, SOURCE, SUFFIX, WORD

_far = Buckets((1, 2, 3, 4, 5, 7, 10, 15, 21, 32))
_near = Buckets((1, 2, 3, 5, 9))
_NONE = 99  # stands for the distance to what is not there
_RIVAL = -0.85  # logit at first glance from which a token counts as a rival of the cues beside it: three in ten are cues
_RIVALS = np.array([_RIVAL, 0.0, 0.85, 2.2])


@dataclass(slots=True)
class _Around:
    """The attributes of rows' tokens and of those around, looked up once each."""

    arrays: TokenArrays
    tokens: Ints
    _known: dict[tuple[int, int], Ints]

    def __call__(self, column: int, step: int = 0) -> Ints:
        key = (column, step)
        found = self._known.get(key)
        if found is None:
            at = self.arrays.at[step].take(self.tokens) if step else self.tokens
            found = self._known[key] = self.arrays.words[column].take(at)
        return found


def glance_features(f: Features, arrays: TokenArrays, tokens: Ints) -> None:
    """Describe tokens by little, to leave out those that are hardly a cue."""
    get = _Around(arrays, tokens, {})
    word, lemma, suffix, quoted = get(WORD), get(LEMMA), get(SUFFIX), arrays.quoted[tokens]
    f.add(f.term(word, quoted))
    f.add(f.term(lemma))
    f.add(f.term(word, get(FUNCTION, -1)))
    f.add(f.term(word, get(FUNCTION, 1)))
    f.add(f.term(lemma, get(COARSE, -1), get(SHAPE, -1)))
    f.add(f.term(lemma, get(SOURCE, -1)))
    f.add(f.term(get(PRIOR), get(CUE), arrays.phrase[tokens]))
    f.add(f.term(suffix, get(SHAPE), get(FUNCTION, 1)))
    f.add(f.term(suffix, get(CLUSTER, -1)))
    f.add(f.term(get(CLUSTER), get(COARSE, -1), get(COARSE, 1)))
    if arrays.reads:
        main = FINE(arrays.reads.main.take(tokens))
        f.add(f.term(main))
        f.add(f.term(main, get(PRIOR)))
        f.add(f.term(main, lemma))


def cue_features(f: Features, arrays: TokenArrays, tokens: Ints, glanced: Floats32) -> None:
    """Describe cue candidates.

    Parameters
    ----------
    f : Features
    arrays : TokenArrays
    tokens : ndarray of shape (n_candidates,)
    glanced : ndarray of shape (n_tokens + 1,)
        Logit of each token at first glance; low for what was not glanced at.
    """
    get = _Around(arrays, tokens, {})
    word, lemma, prior = get(WORD), get(LEMMA), get(PRIOR)
    cluster, coarse, groups = get(CLUSTER), get(COARSE), get(CUE)
    quoted, signature = arrays.quoted[tokens], arrays.signature[arrays.sentence[tokens]]
    phrase = arrays.phrase[tokens]
    for step in range(-3, 4):
        f.add(f.term(get(WORD, step)))
        f.add(f.term(get(CLUSTER, step), get(SHAPE, step)))
    for step in (-2, -1, 1, 2):
        f.add(f.term(get(CLUSTER, step), word))
        f.add(f.term(get(WORD, step), cluster))
    for step in (-1, 1):
        f.add(f.term(word, get(WORD, step)))
        f.add(f.term(lemma, get(WORD, step)))
        f.add(f.term(get(WORD, step), get(WORD, 2 * step), coarse))
    f.add(f.term(get(COARSE, -2), get(COARSE, -1), coarse))
    f.add(f.term(get(COARSE, -1), coarse, get(COARSE, 1)))
    f.add(f.term(coarse, get(COARSE, 1), get(COARSE, 2)))
    f.add(f.term(lemma))
    f.add(f.term(get(SUFFIX), get(SHAPE)))
    for step in (-1, 1):
        f.add(f.term(get(SUFFIX), get(FUNCTION, step)))
        f.add(f.term(groups, get(FUNCTION, step)))
    f.add(f.term(prior, quoted))
    f.add(f.term(prior, signature))
    f.add(f.term(word, quoted))
    f.add(f.term(groups, quoted))
    f.add(f.term(phrase, word))
    f.add(f.term(phrase, prior))
    before, after = _neighbour_signatures(arrays, tokens)
    f.add(f.term(signature, before, after, prior))
    f.add(f.term(signature, quoted, groups))
    _clause(f, arrays, tokens, get)
    _counts(f, arrays, tokens, get)
    _rivals(f, arrays, tokens, get, glanced)
    if arrays.reads:
        _read_cue(f, arrays, arrays.reads, tokens, get)


def _clause(f: Features, arrays: TokenArrays, tokens: Ints, get: _Around) -> None:
    """Subject, object, *that*, clause opener, and the words around in their rough classes."""
    words, word, prior, groups, coarse = arrays.words, get(WORD), get(PRIOR), get(CUE), get(COARSE)
    subject, function, that, opener = (a[tokens] for a in (arrays.subject, arrays.function, arrays.that, arrays.opener))
    second = arrays.function[function]
    subject_word, subject_shape, subject_source = (words[c].take(subject) for c in (WORD, SHAPE, SOURCE))
    function_word, second_word = words[WORD].take(function), words[WORD].take(second)
    that_word, opener_word = words[WORD].take(that), words[WORD].take(opener)
    f.add(f.term(subject_word, coarse))
    f.add(f.term(words[CLUSTER].take(subject), subject_shape, prior))
    f.add(f.term(subject_source, prior))
    f.add(f.term(subject_source, subject_shape, word))
    f.add(f.term(subject_shape, function_word, word))
    f.add(f.term(_near(_apart(arrays, subject, tokens)), subject_shape, words[COARSE].take(subject)))
    f.add(f.term(function_word, _near(_apart(arrays, function, tokens)), coarse))
    f.add(f.term(function_word, second_word, prior))
    f.add(f.term(function_word, second_word, groups))
    to_that = _near(_apart(arrays, that, tokens))
    f.add(f.term(that_word, to_that, prior))
    f.add(f.term(that_word, to_that, word))
    f.add(f.term(opener_word, _far(_apart(arrays, opener, tokens)), prior))
    f.add(f.term(opener_word, groups))
    f.add(f.term(opener_word, subject_shape, coarse))
    for step in (-1, 1):
        near = arrays.at[step][tokens]
        for _ in range(5):
            distance = step * (_near(_apart(arrays, near, tokens)) + 1)
            f.add(f.term(words[FUNCTION].take(near), words[SHAPE].take(near), distance, coarse))
            near = arrays.at[step][near]


def _counts(f: Features, arrays: TokenArrays, tokens: Ints, get: _Around) -> None:
    """How many likely cues, commas and marks stand left and right, and where in the sentence the token stands."""
    word, prior, groups = get(WORD), get(PRIOR), get(CUE)
    first, last, quoted = arrays.first[tokens], arrays.last[tokens], arrays.quoted[tokens]
    cues_left = np.minimum(arrays.cues[tokens] - arrays.cues[first], 3)
    cues_right = np.minimum(arrays.cues[last] - arrays.cues[tokens + 1], 3)
    marks_left = np.minimum(arrays.marks[tokens] - arrays.marks[first], 3)
    marks_right = np.minimum(arrays.marks[last] - arrays.marks[tokens], 3)
    to_first, to_last = _far(tokens - first), _far(last - tokens)
    f.add(f.term(cues_left, cues_right, prior))
    f.add(f.term(cues_left, cues_right, groups))
    f.add(f.term(np.minimum(arrays.commas[tokens] - arrays.commas[first], 3), prior, to_first))
    f.add(f.term(to_first, to_last))
    f.add(f.term(to_last, word))
    f.add(f.term(to_first, word))
    f.add(f.term(marks_left, marks_right, quoted, prior))
    f.add(f.term(marks_left, marks_right, quoted, groups))
    f.add(f.term(arrays.opening[tokens], prior))


def _rivals(f: Features, arrays: TokenArrays, tokens: Ints, get: _Around, glanced: Floats32) -> None:
    """Describe the likely cues next to a token in its sentence: most clauses have but one."""
    words, prior, groups, lemma = arrays.words, get(PRIOR), get(CUE), get(LEMMA)
    likely = np.searchsorted(_RIVALS, glanced, side="right")
    quoted = arrays.quoted.take(tokens)
    sides = beside(glanced[:-1] >= _RIVAL, arrays.first, arrays.last)
    at = [side.take(tokens) for side in sides]
    for there in at:
        sure, rival = likely.take(there), words[LEMMA].take(there)
        f.add(f.term(rival, prior))
        f.add(f.term(sure, _near(_apart(arrays, there, tokens)), prior))
        f.add(f.term(rival, sure, lemma))
        f.add(f.term(sure, lemma))
        f.add(f.term(arrays.quoted.take(there), quoted, sure, prior))
    left, right = (likely.take(there) for there in at)
    f.add(f.term(*(words[LEMMA].take(there) for there in at), prior))
    f.add(f.term(left, right, groups))
    f.add(f.term(left, right, prior))


def _read_cue(f: Features, arrays: TokenArrays, reads: Reads, tokens: Ints, get: _Around) -> None:
    """What the word reader makes of a token and its neighbours, and whether it would find a source and a content for it."""
    at = arrays.at
    main, prior = FINE(reads.main.take(tokens)), get(PRIOR)
    f.add(f.term(main))
    for column in (PRIOR, WORD, COARSE, CUE, SUFFIX):
        f.add(f.term(main, get(column)))
    around = [ROUGH(reads.main.take(at[step].take(tokens))) for step in (-2, -1, 0, 1, 2)]
    f.add(f.term(*around))
    f.add(f.term(*around[1:4], prior))
    source, cue, content = (role.take(tokens) for role in reads.role)
    f.add(f.term(FINE(cue)))
    f.add(f.term(ROUGH(cue), ROUGH(content), ROUGH(source), main))
    f.add(f.term(*(ROUGH(reads.role[CUE_LINK].take(at[step].take(tokens))) for step in (-1, 0, 1))))
    f.add(f.term(FINE(cue), prior))
    f.add(f.term(main, arrays.quoted.take(tokens)))
    pairs = pair(arrays, tokens)
    links = pairs.links
    own = links[CUE_LINK].take(pairs.starts + tokens - pairs.tokens.take(pairs.starts))
    sourced, said = (np.maximum.reduceat(links[role], pairs.starts) for role in (SOURCE_LINK, CONTENT))
    n_said = np.add.reduceat((links[CONTENT] > 0).astype(np.int64), pairs.starts)
    f.add(f.term(FINE(own)))
    f.add(f.term(FINE(said)))
    f.add(f.term(FINE(sourced)))
    f.add(f.term(ROUGH(said), ROUGH(sourced), main))
    f.add(f.term(_far(n_said), main))


def _apart(arrays: TokenArrays, there: Ints, here: Ints) -> Ints:
    """Give how many tokens lie from here to there; many where there is none."""
    return np.where(there == arrays.n, _NONE, np.abs(there - here))


def _neighbour_signatures(arrays: TokenArrays, tokens: Ints) -> tuple[Ints, Ints]:
    """Give the signatures of the sentences before and after; 0 where there is none in the article."""
    n = arrays.sentence[tokens]
    article = np.append(arrays.article, -1)
    before, after = np.maximum(n - 1, 0), n + 1
    is_before, is_after = (n > 0) & (article[before] == article[n]), article[after] == article[n]
    return np.where(is_before, arrays.signature[before], 0), np.where(is_after, arrays.signature[after], 0)


@dataclass(slots=True)
class _PairedTokens:
    """Pairs of cue and token, with what many templates share.

    ``token`` and ``cue`` are worked out once a token and once a cue, and then laid out over the pairs.
    """

    f: Features
    arrays: TokenArrays
    pairs: Pairs
    side: Ints
    by_side: Terms
    by_distance: Terms
    groups: Terms

    @classmethod
    def of(cls, f: Features, arrays: TokenArrays, pairs: Pairs) -> "_PairedTokens":
        offset = pairs.tokens - pairs.anchors.take(pairs.row)
        side = np.sign(offset)
        distance = side * (_far(np.abs(offset)) + 1)
        groups = f.term(arrays.words[CUE].take(pairs.anchors)).take(pairs.row)
        return cls(f, arrays, pairs, side, f.term(side), f.term(distance), groups)

    def token(self, *values: Ints) -> Terms:
        """Give the term of what each token has, shape (n_tokens + 1,) each."""
        return self.f.term(*values).take(self.pairs.tokens)

    def cue(self, *values: Ints) -> Terms:
        """Give the term of what each cue has, shape (n_cues,) each."""
        return self.f.term(*values).take(self.pairs.row)

    def column(self, column: int, step: int = 0) -> Ints:
        """Give an attribute of each token, or of one so far away."""
        values = self.arrays.words[column]
        return np.asarray(values.take(self.arrays.at[step]) if step else values)


def argument_features(f: Features, arrays: TokenArrays, pairs: Pairs, chance: Floats64) -> None:
    """Describe tokens as seen from a cue.

    Parameters
    ----------
    f : Features
    arrays : TokenArrays
    pairs : Pairs
    chance : ndarray of shape (n_tokens + 1,)
        How likely each token is a cue itself.
    """
    seen = _PairedTokens.of(f, arrays, pairs)
    token, cue, get, words = seen.token, seen.cue, seen.column, arrays.words
    side, distance = seen.by_side, seen.by_distance
    f.add(distance)
    for step in (-1, 0, 1):
        f.add(side, token(get(WORD, step)))
        f.add(side, token(get(CLUSTER, step), get(SHAPE, step)))
    for step in (-1, 1):
        f.add(side, token(get(WORD, step), get(WORD)))
        f.add(side, token(get(CLUSTER, step), get(CLUSTER)))
    for step in (-1, 0, 1):
        f.add(side, token(get(COARSE, step - 1), get(COARSE, step), get(COARSE, step + 1)))
    f.add(distance, token(get(SHAPE, -1), get(SHAPE), get(SHAPE, 1)))
    anchors = pairs.anchors
    one, two, back = arrays.at[1].take(anchors), arrays.at[2].take(anchors), arrays.at[-1].take(anchors)
    cue_word, cue_coarse = words[WORD].take(anchors), words[COARSE].take(anchors)
    f.add(distance, cue(cue_word))
    f.add(distance, cue(words[CLUSTER].take(anchors)))
    f.add(distance, seen.groups)
    f.add(distance, cue(words[WORD].take(one)))
    f.add(distance, cue(words[WORD].take(one), words[COARSE].take(two)))
    f.add(distance, cue(words[WORD].take(back)))
    f.add(distance, cue(words[COARSE].take(back), words[FUNCTION].take(one)))
    f.add(side, cue(cue_word), token(get(WORD)))
    f.add(side, cue(words[LEMMA].take(anchors)), token(get(COARSE), get(SHAPE)))
    f.add(distance, cue(cue_coarse), token(get(FUNCTION)))
    f.add(side, token(get(SOURCE), get(SOURCE, 1)))
    f.add(distance, token(get(SOURCE), get(SHAPE)))
    f.add(side, seen.groups, token(get(SOURCE)), cue(words[FUNCTION].take(one)))
    _quotation(seen)
    _between(seen)
    _landmarks(seen)
    _chances(seen, chance)
    if arrays.reads:
        _read_pairs(seen, arrays.reads, pairs.links)


def _quotation(seen: _PairedTokens) -> None:
    """Where token and cue stand to the quotations of the sentence."""
    f, arrays, anchors = seen.f, seen.arrays, seen.pairs.anchors
    side, distance, quoted = seen.by_side, seen.by_distance, arrays.quoted
    state = quoted * 4 + quoted.take(arrays.at[-1]) * 2 + quoted.take(arrays.at[1])
    scene, signature = _scene(arrays, anchors), arrays.signature[arrays.sentence[anchors]]
    f.add(side, seen.token(state), seen.cue(scene))
    f.add(side, seen.token(state), seen.groups)
    f.add(distance, seen.token(state), seen.cue(scene))
    f.add(side, seen.cue(scene), seen.token(seen.column(FUNCTION, -1), seen.column(FUNCTION)))
    f.add(distance, seen.cue(signature, quoted.take(anchors)), seen.token(quoted))


def _scene(arrays: TokenArrays, cues: Ints) -> Ints:
    """Number where a cue stands to the quotations of its sentence."""
    first, last = arrays.first[cues], arrays.last[cues]
    before = np.minimum(arrays.marks[cues] - arrays.marks[first], 2)
    after = np.minimum(arrays.marks[last] - arrays.marks[cues], 2)
    begins = arrays.signature[arrays.sentence[cues]] & 1
    scene: Ints = ((before * 3 + after) * 2 + arrays.quoted[cues]) * 2 + begins
    return scene


def _between(seen: _PairedTokens) -> None:
    """What stands between the cue and the token."""
    f, arrays, tokens = seen.f, seen.arrays, seen.pairs.tokens
    side, distance = seen.by_side, seen.by_distance
    cues = seen.pairs.anchors.take(seen.pairs.row)
    high = np.maximum(cues, tokens)
    low = np.minimum(np.minimum(cues, tokens) + 1, high)

    def count(cumulated: Ints, most: int) -> Ints:
        found: Ints = np.minimum(cumulated.take(high) - cumulated.take(low), most)
        return found

    commas, openers = count(arrays.commas, 4), count(arrays.openers, 3)
    likely, conjunctions, marks = count(arrays.cues, 2), count(arrays.conjunctions, 2), count(arrays.marks, 3)
    state = arrays.quoted * 4 + arrays.quoted.take(arrays.at[-1]) * 2 + arrays.quoted.take(arrays.at[1])
    f.add(side, f.term(commas, openers))
    f.add(side, f.term(commas, marks), seen.token(state))
    f.add(side, f.term(likely, conjunctions))
    f.add(side, f.term(likely, commas), seen.groups)
    f.add(distance, f.term(commas))
    f.add(distance, f.term(openers, conjunctions))
    f.add(side, f.term(commas), seen.token(seen.column(FUNCTION)))
    f.add(side, f.term(commas, openers, likely, marks))
    f.add(side, f.term(commas), seen.groups, seen.token(state))
    close = np.where(np.abs(tokens - cues) <= 3, tokens, arrays.n)  # further off, all are alike
    offset = f.term(np.where(close < arrays.n, tokens - cues, 0))
    function = seen.column(FUNCTION)
    ahead = f.term(function.take(arrays.at[1]), function.take(arrays.at[2]), seen.column(COARSE))
    f.add(offset, ahead.take(close))
    f.add(offset, f.term(function.take(arrays.at[-1]), function).take(close))


def _landmarks(seen: _PairedTokens) -> None:
    """Clause openers, marks and ends near the token; *that*, subject and opener as the cue has them."""
    f, arrays, tokens, get = seen.f, seen.arrays, seen.pairs.tokens, seen.column
    side, distance, words = seen.by_side, seen.by_distance, arrays.words
    here = np.arange(arrays.n + 1)
    opener_word, function_word = words[WORD].take(arrays.opener), words[WORD].take(arrays.function)
    f.add(side, seen.token(opener_word, _far(_apart(arrays, arrays.opener, here))))
    beyond = np.sign(arrays.opener.take(tokens) - seen.pairs.anchors.take(seen.pairs.row))
    f.add(side, f.term(beyond), seen.token(opener_word, get(FUNCTION)))
    f.add(side, seen.token(function_word, _near(_apart(arrays, arrays.function, here))))
    f.add(side, seen.token(function_word, function_word.take(arrays.function), get(SHAPE)))
    anchors = seen.pairs.anchors
    that = arrays.that.take(anchors)
    from_that = f.term(np.sign(tokens - that.take(seen.pairs.row)))
    f.add(distance, from_that, seen.cue(words[WORD].take(that)))
    f.add(side, from_that, seen.cue(_near(_apart(arrays, that, anchors))), seen.groups)
    subject = arrays.subject.take(anchors)
    subjects = subject.take(seen.pairs.row)
    by_subject, from_subject = np.sign(tokens - subjects), _apart(arrays, subjects, tokens)
    near_subject = _near(from_subject)
    f.add(side, f.term(by_subject, near_subject), seen.token(get(COARSE)))
    of_subject = seen.cue(words[SHAPE].take(subject), words[SOURCE].take(subject))
    f.add(f.term(by_subject, _far(from_subject)), of_subject)
    f.add(f.term(by_subject, near_subject), seen.cue(words[WORD].take(subject)))
    opener = arrays.opener.take(anchors)
    from_opener = f.term(np.sign(tokens - opener.take(seen.pairs.row)))
    f.add(side, from_opener, seen.cue(words[WORD].take(opener), _near(_apart(arrays, opener, anchors))))
    from_start, to_end = _near(here - arrays.first), _near(arrays.last - here)
    f.add(side, seen.token(from_start), seen.cue(from_start.take(anchors)))
    f.add(side, seen.token(to_end, get(FUNCTION)))
    f.add(side, seen.token(here == arrays.first), seen.cue(to_end.take(anchors)))


def _chances(seen: _PairedTokens, chance: Floats64) -> None:
    """How likely token, neighbours and cue are cues."""
    f, at = seen.f, seen.arrays.at
    own, rough = (chance * 6).astype(np.int64), (chance * 4).astype(np.int64)
    f.add(seen.by_distance, seen.token(own))
    f.add(seen.by_side, seen.token(own, rough.take(at[-1]), rough.take(at[1])))
    f.add(seen.by_side, seen.cue(rough.take(seen.pairs.anchors)), seen.groups)


def _read_pairs(seen: _PairedTokens, reads: Reads, links: Ints) -> None:
    """How the word reader links cue and token, and the tokens beside it."""
    f, row = seen.f, seen.pairs.row
    ends = np.append(row[1:] != row[:-1], True)[: len(row)]
    begins = np.append(True, ends[:-1])[: len(row)]
    function = seen.token(seen.column(FUNCTION))
    together = []
    for role in range(len(ROLES)):
        link, rough = FINE(links[role]), ROUGH(links[role])
        before, after = np.roll(rough, 1), np.roll(rough, -1)
        before[begins], after[ends] = _NONE, _NONE
        together.append(rough)
        alone = f.term(link)
        f.add(alone)
        f.add(f.term(before, link, after))
        f.add(alone, seen.token(ROUGH(reads.begins[role]), ROUGH(reads.role[role])))
        f.add(f.term(link), seen.by_side)
        f.add(f.term(rough), seen.by_distance)
        f.add(f.term(link), function)
        f.add(f.term(before, rough), function)
    all_roles = f.term(*together)
    f.add(all_roles)
    f.add(all_roles, seen.by_side)
