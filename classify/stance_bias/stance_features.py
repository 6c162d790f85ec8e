"""Features of a sentence as seen from a target: where the target stands, and what is said of it."""

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from ...data.arrays import Bools, Floats64, Ints
from ..attribution.extractor import Candidate
from ..attribution.word_features import is_function, stem
from ..kinds.features import Features, MainAttribution
from ..language.article_tokens import View
from ..language.cues import entries
from .bias_features import QUOTED, somebody_elses
from .evaluative_words import BIT, classes_of, classes_of_parts, phrase_classes
from .stance_wording import wording_features
from .targets import Mentions, Target, find_target

FAVOR = BIT["praise"] | BIT["good"] | BIT["back"]
AGAINST = BIT["scorn"] | BIT["bad"] | BIT["attack"]
# These were chosen by hand, wide enough for what usually stands there, and were not varied:
_NEAR = 5  # tokens around a mention in which words are looked at
_NEGATED = 3  # tokens that a negator reaches: *has never once praised*
_OBJECT_WITHIN = 3  # tokens behind a cue in which its object begins: *accused the two ministers*
_MOST, _MOST_IN_ARTICLE, _MOST_OF_SPEAKER = 3, 4, 2  # words of one side beyond which more make no difference

NAMED, PLACE, OWN_WORDS = "it is named", "it is a place", "target speaks"
"""The features of a sentence that names the target; that names it only as the place where something happens; that is told in
its own words."""
_WHERE = frozenset("in near across throughout around inside outside within".split())
TELLING = frozenset(
    [PLACE]
    + [f"it is {how}" for how in ("named", "partly", "absent")]
    + [f"{who} speaks" for who in ("target", "other", "nobody")]
)
"""The features that tell whether a sentence names the target, and who speaks in it."""


class _Words(NamedTuple):
    """The evaluation of an article's tokens."""

    classes: Ints
    side: Ints  # 1 for, -1 against, 0 neither; turned by negators


class _FromTarget(NamedTuple):
    """An article, as seen from one target.

    Parameters
    ----------
    view : View
    words : _Words
    mentions : Mentions
        Of the target.
    rivals : ndarray of bool, shape (n_tokens,)
        Names of other targets.
    whose : ndarray of shape (n_tokens,)
        See `somebody_elses`.
    spoken : sequence of MainAttribution, length n_sentences
    """

    view: View
    words: _Words
    mentions: Mentions
    rivals: Bools
    whose: Ints
    spoken: Sequence[MainAttribution]


class _Sentence(NamedTuple):
    """One sentence of it.

    Parameters
    ----------
    n : int
        Its number.
    first, last : int
        First token and the one after the last.
    named, partly : list of int
        Tokens of the target's names; other tokens that are words of its names.
    how : str
        ``named``, ``partly`` or ``absent``.
    who : str
        Who speaks: ``target``, ``other`` or ``nobody``.
    """

    n: int
    first: int
    last: int
    named: list[int]
    partly: list[int]
    how: str
    who: str

    @classmethod
    def of(cls, article: _FromTarget, n: int) -> "_Sentence":
        """Look for the target in a sentence."""
        first, last = article.view.sentences[n]
        named, partly = (
            [i for i in range(first, last) if marked[i]] for marked in (article.mentions.named, article.mentions.partly)
        )
        how = "named" if named else "partly" if partly else "absent"
        attributed = article.spoken[n].candidate is not None
        who = "target" if article.mentions.source[n] else "other" if attributed else "nobody"
        return cls(n, first, last, named, partly, how, who)


def stance_features(
    view: View,
    candidates: Sequence[Candidate],
    spoken: Sequence[MainAttribution],
    target: Target,
    rivals: Sequence[Target] = (),
) -> list[Features]:
    """Describe the sentences of an article as seen from a target.

    Parameters
    ----------
    view : View
    candidates : sequence of Candidate
    spoken : sequence of MainAttribution, length n_sentences
    target : Target
    rivals : sequence of Target
        The other targets that are asked about.

    Returns
    -------
    list of dict of str to float, length n_sentences
    """
    words = evaluate(view)
    mentions = find_target(view, target, candidates, spoken)
    other = np.zeros(len(view.words), dtype=np.bool_)
    for rival in rivals:
        other |= find_target(view, rival, candidates, spoken).named
    whose = somebody_elses(view, candidates)
    article = _FromTarget(view, words, mentions, other & ~mentions.named, whose, spoken)
    rows = [_describe(article, n) for n in range(len(view.sentences))]
    _context(article, rows)
    return rows


def evaluate(view: View) -> _Words:
    """Look the tokens up in the word list of evaluation, and turn round what is negated."""
    classes = np.array([classes_of(w) | classes_of_parts(w) for w in view.lower], dtype=np.int64)
    for at, bits in phrase_classes(view.lower).items():
        classes[at] = bits
    side = np.sign(((classes & FAVOR) > 0).astype(np.int64) - ((classes & AGAINST) > 0))
    for at in np.flatnonzero(classes & BIT["negator"]).tolist():
        side[at + 1 : at + 1 + _NEGATED] *= -1
    return _Words(classes, side)


def _describe(article: _FromTarget, n: int) -> Features:
    """Describe a sentence by itself."""
    sentence = _Sentence.of(article, n)
    f: Features = {}
    _presence(f, article, sentence)
    _sides(f, article, sentence)
    _cue(f, article, sentence)
    for mention in _joined(sentence.named or sentence.partly):
        _around(f, article, sentence, mention)
    _wording(f, article, sentence)
    _words(f, article, sentence)
    return f


def _presence(f: Features, article: _FromTarget, sentence: _Sentence) -> None:
    """Whether the target and others are named, who speaks, and how much of the sentence is somebody else's."""
    how, who, tokens = sentence.how, sentence.who, slice(sentence.first, sentence.last)
    resolved, whose = article.spoken[sentence.n].resolved, article.whose[tokens]
    f[f"it is {how}"] = 1.0
    f[f"{who} speaks"] = 1.0
    f[f"{how}, {who} speaks"] = 1.0
    if resolved is not None:
        f[f"{how}, source type: {resolved.source_type}"] = 1.0
    if article.rivals[tokens].any():
        f["another target is named"] = 1.0
        f[f"another target is named, {how}"] = 1.0
    f["quoted share"] = float((whose == QUOTED).mean()) if len(whose) else 0.0
    f["said share"] = float((whose > 0).mean()) if len(whose) else 0.0
    if sentence.n == 0:
        f[f"headline, {how}"] = 1.0
    if sentence.named and all(_is_where(article, sentence, start) for start, _ in _joined(sentence.named)):
        f[PLACE] = 1.0


def _is_where(article: _FromTarget, sentence: _Sentence, start: int) -> bool:
    """Tell a mention that says where: *the war in* **Velm**, *near the* **Velm** *border*."""
    before = article.view.lower[max(sentence.first, start - 2) : start]
    return not _WHERE.isdisjoint(before[-1:] if before[-1:] != ["the"] else before)


def _wording(f: Features, article: _FromTarget, sentence: _Sentence) -> None:
    """What the words around the mentions say; numbers of tokens count within the sentence."""
    first, last = sentence.first, sentence.last
    mentions = [(start - first, end - first) for start, end in _joined(sentence.named)]
    others = np.flatnonzero(article.rivals[first:last]).tolist()
    f.update(wording_features(article.view.lower[first:last], mentions, others))


def _words(f: Features, article: _FromTarget, sentence: _Sentence) -> None:
    """The words themselves, but those of the target's name and of grammar."""
    for i in range(sentence.first, sentence.last):
        word = article.view.lower[i]
        if word[0].isalpha() and not article.mentions.named[i] and not is_function(word):
            f[f"{sentence.how}: {stem(word)}"] = 1.0
            f[f"word: {stem(word)}"] = 1.0


def _sides(f: Features, article: _FromTarget, sentence: _Sentence) -> None:
    """Count words for and against, and whose they are: the outlet's, said, or quoted."""
    where = f"{sentence.how}, {sentence.who}"
    total = {1: 0, -1: 0}
    for i in range(sentence.first, sentence.last):
        side = int(article.words.side[i])
        if side:
            total[side] += 1
            f[f"{_side(side)}, whose {article.whose[i]}, {where}"] = 1.0
        for name in _class_names(int(article.words.classes[i])):
            f[f"{name}, {where}"] = f.get(f"{name}, {where}", 0.0) + 1.0
    balance = max(-_MOST, min(_MOST, total[1] - total[-1]))
    f[f"balance {balance:+d}, {where}"] = 1.0
    f[f"balance {balance:+d}"] = 1.0


def _side(side: int) -> str:
    return "for" if side > 0 else "against"


@lru_cache(maxsize=1 << 10)
def _class_names(classes: int) -> tuple[str, ...]:
    """Name the classes of the word list of evaluation that bits stand for."""
    return tuple([name for name, bit in BIT.items() if classes & bit])


def _cue(f: Features, article: _FromTarget, sentence: _Sentence) -> None:
    """What kind of speaking it is, and where the target stands to it."""
    c = article.spoken[sentence.n].candidate
    if c is None:
        return
    cue = article.view.lower[c.anchor]
    entry = entries()[0].get(cue)
    place = "source" if article.mentions.source[sentence.n] else "none"
    content = set(c.content.tolist())
    if any(i in content for i in sentence.named):
        place = f"{place}, content"
    if any(c.anchor < i <= c.anchor + _OBJECT_WITHIN for i in sentence.named):
        place = f"{place}, object"
    f[f"cue {entry.lemma if entry else cue}, target in {place}"] = 1.0
    f[f"target in {place}"] = 1.0
    for name in _class_names(classes_of(cue)):
        f[f"cue is {name}, target in {place}"] = 1.0
    for group in sorted(entry.groups) if entry else ():  # the order of features tells how sums are rounded
        f[f"cue group {group}, {sentence.how}"] = 1.0


def _joined(tokens: Sequence[int]) -> list[tuple[int, int]]:
    """Join neighbours: first token and the one after the last."""
    spans: list[tuple[int, int]] = []
    for i in tokens:
        if spans and spans[-1][1] == i:
            spans[-1] = spans[-1][0], i + 1
        else:
            spans.append((i, i + 1))
    return spans


def _around(f: Features, article: _FromTarget, sentence: _Sentence, mention: tuple[int, int]) -> None:
    """What stands right before and behind a mention, and what judges near it; ``~`` marks parts of a name."""
    lower, first, last, (start, end) = article.view.lower, sentence.first, sentence.last, mention
    mark = "" if sentence.named else "~"
    for step in (1, 2, 3):
        if start - step >= first:
            f[f"{mark}-{step}: {stem(lower[start - step])}"] = 1.0
        if end + step - 1 < last:
            f[f"{mark}+{step}: {stem(lower[end + step - 1])}"] = 1.0
    if start - 2 >= first:
        f[f"{mark}-2 -1: {lower[start - 2]} {lower[start - 1]}"] = 1.0
    if end + 1 < last:
        f[f"{mark}+1 +2: {lower[end]} {lower[end + 1]}"] = 1.0
    place = (start - first) / max(last - first, 1)
    f[f"{mark}stands {int(place * 4)}"] = 1.0
    f[f"{mark}whose {article.whose[start]}"] = 1.0
    _near(f, article, range(max(first, start - _NEAR), start), f"{mark}before")
    _near(f, article, range(end, min(last, end + _NEAR)), f"{mark}behind")


def _near(f: Features, article: _FromTarget, tokens: range, where: str) -> None:
    """The words near a mention, and what they judge; what judges a rival tells nothing of the target."""
    for i in tokens:
        word, side = article.view.lower[i], int(article.words.side[i])
        if side and not article.rivals[i]:
            f[f"{where}: {_side(side)}"] = 1.0
        if not is_function(word) and word[0].isalpha():
            f[f"{where}: {stem(word)}"] = 1.0
        for name in _class_names(int(article.words.classes[i])):
            f[f"{where}: {name}"] = 1.0


def speaker_of(voice: MainAttribution) -> str | None:
    """Name who speaks in a sentence: the same name for the same speaker of an article."""
    if voice.resolved is None:
        return None
    return voice.resolved.speaker or " ".join(voice.resolved.words[:4])


def _context(article: _FromTarget, rows: Sequence[Features]) -> None:
    """Add what the sentences around, the article, and the same speaker say of the target."""
    sentences = article.view.sentences
    named = np.array([bool(article.mentions.named[a:b].any()) for a, b in sentences])
    balance = np.array([float(np.clip(article.words.side[a:b].sum(), -_MOST, _MOST)) for a, b in sentences])
    towards = balance * named  # only what stands in a sentence that names it
    total = float(towards.sum())
    numbers: dict[str, list[int]] = {}
    for n, voice in enumerate(article.spoken):
        numbers.setdefault(speaker_of(voice) or "", []).append(n)
    of_speaker = {n: same for speaker, same in numbers.items() if speaker for n in same}
    for n, f in enumerate(rows):
        elsewhere = np.round((total - towards[n]) / 2)
        f["article names it"] = float(named.mean())
        f[f"article: {int(np.clip(elsewhere, -_MOST_IN_ARTICLE, _MOST_IN_ARTICLE)):+d}"] = 1.0
        for step in (-1, 1):
            if 0 <= n + step < len(rows):
                f[f"{step:+d}: {'named' if named[n + step] else 'absent'}"] = 1.0
                f[f"{step:+d}: source" if article.mentions.source[n + step] else f"{step:+d}: no source"] = 1.0
                f[f"{step:+d}: balance {int(balance[n + step]):+d}"] = 1.0
        _same_speaker(f, [m for m in of_speaker.get(n, ()) if m != n], named, towards)


def _same_speaker(f: Features, others: Sequence[int], named: Bools, towards: Floats64) -> None:
    """What the speaker says of the target in other sentences."""
    if not others:
        return
    said = float(sum(towards[m] for m in others))
    f[f"the speaker elsewhere: {int(np.clip(said, -_MOST_OF_SPEAKER, _MOST_OF_SPEAKER)):+d}"] = 1.0
    if any(named[m] for m in others):
        f["the speaker elsewhere names it"] = 1.0
