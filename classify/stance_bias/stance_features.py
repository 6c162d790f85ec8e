"""Features of a sentence as seen from a target: where the target stands, and what is said of it."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from ...data.arrays import Bools, Ints
from ..attribution.extractor import Candidate
from ..attribution.word_features import is_function, stem
from ..kinds.features import Features, Voice
from ..language.article_tokens import View
from ..language.cues import entries
from .bias_features import somebody_elses
from .evaluative_words import BIT, classes_of, classes_of_parts, phrase_classes
from .targets import Mentions, Target, find_target

FAVOR = BIT["praise"] | BIT["good"] | BIT["back"]
AGAINST = BIT["scorn"] | BIT["bad"] | BIT["attack"]
_NEAR = 5  # tokens around a mention
_NEGATED = 3  # tokens that a negator reaches
_MOST = 3  # words of one side that make a difference


TELLING = frozenset(
    [f"it is {how}" for how in ("named", "partly", "absent")] + [f"{who} speaks" for who in ("target", "other", "nobody")]
)
"""The features that tell whether a sentence names the target, and who speaks in it."""


class _Words(NamedTuple):
    """The evaluation of an article's tokens."""

    classes: Ints
    side: Ints  # 1 for, -1 against, 0 neither; turned by negators


class _Seen(NamedTuple):
    """An article, as seen from one target."""

    view: View
    words: _Words
    found: Mentions
    rivals: Bools
    whose: Ints
    spoken: Sequence[Voice]


def stance_features(
    view: View, candidates: Sequence[Candidate], spoken: Sequence[Voice], target: Target, rivals: Sequence[Target] = ()
) -> list[Features]:
    """Describe the sentences of an article as seen from a target.

    Parameters
    ----------
    view : View
    candidates : sequence of Candidate
    spoken : sequence of Voice, length n_sentences
    target : Target
    rivals : sequence of Target
        The other targets that are asked about.

    Returns
    -------
    list of dict of str to float, length n_sentences
    """
    words = evaluate(view)
    found = find_target(view, target, candidates, spoken)
    other = np.zeros(len(view.words), dtype=np.bool_)
    for rival in rivals:
        other |= find_target(view, rival, candidates, spoken).named
    seen = _Seen(view, words, found, other & ~found.named, somebody_elses(view, candidates), spoken)
    rows = [_sentence(seen, n) for n in range(len(view.sentences))]
    _context(seen, rows)
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


def _sentence(seen: _Seen, n: int) -> Features:
    view, found = seen.view, seen.found
    first, last = view.sentences[n]
    f: Features = {}
    named = [i for i in range(first, last) if found.named[i]]
    partly = [i for i in range(first, last) if found.partly[i]]
    how = "named" if named else "partly" if partly else "absent"
    voice = seen.spoken[n]
    who = "target" if found.source[n] else "other" if voice.candidate is not None else "nobody"
    f[f"it is {how}"] = 1.0
    f[f"{who} speaks"] = 1.0
    f[f"{how}, {who} speaks"] = 1.0
    if voice.resolved is not None:
        f[f"{how}, source type: {voice.resolved.source_type}"] = 1.0
    if seen.rivals[first:last].any():
        f["another target is named"] = 1.0
        f[f"another target is named, {how}"] = 1.0
    quoted = float((seen.whose[first:last] == 2).mean()) if last > first else 0.0
    f["quoted share"] = quoted
    f["said share"] = float((seen.whose[first:last] > 0).mean()) if last > first else 0.0
    if n == 0:
        f[f"headline, {how}"] = 1.0
    _sides(f, seen, range(first, last), f"{how}, {who}")
    _cue(f, seen, n, named, how)
    for mention in _stretches(named or partly):
        _around(f, seen, (first, last), mention, "" if named else "~")
    for i in range(first, last):
        word = view.lower[i]
        if word[0].isalpha() and not found.named[i] and not is_function(word):
            f[f"{how}: {stem(word)}"] = 1.0
            f[f"word: {stem(word)}"] = 1.0
    return f


def _sides(f: Features, seen: _Seen, tokens: Sequence[int], where: str) -> None:
    """Count words for and against in a stretch, and in what is the outlet's, said, or quoted of it."""
    total = {1: 0, -1: 0}
    for i in tokens:
        side = int(seen.words.side[i])
        if side:
            total[side] += 1
            f[f"{'for' if side > 0 else 'against'}, whose {seen.whose[i]}, {where}"] = 1.0
        if seen.words.classes[i]:
            for name, bit in BIT.items():
                if seen.words.classes[i] & bit:
                    f[f"{name}, {where}"] = f.get(f"{name}, {where}", 0.0) + 1.0
    balance = max(-_MOST, min(_MOST, total[1] - total[-1]))
    f[f"balance {balance:+d}, {where}"] = 1.0
    f[f"balance {balance:+d}"] = 1.0


def _cue(f: Features, seen: _Seen, n: int, named: Sequence[int], how: str) -> None:
    """What kind of speaking it is, and where the target stands to it."""
    c = seen.spoken[n].candidate
    if c is None:
        return
    entry = entries()[0].get(seen.view.lower[c.anchor])
    lemma = entry.lemma if entry else seen.view.lower[c.anchor]
    place = "source" if seen.found.source[n] else "none"
    content = set(c.content.tolist())
    if any(i in content for i in named):
        place = f"{place}, content"
    if any(c.anchor < i <= c.anchor + 3 for i in named):
        place = f"{place}, object"
    f[f"cue {lemma}, target in {place}"] = 1.0
    f[f"target in {place}"] = 1.0
    classes = classes_of(seen.view.lower[c.anchor])
    for name, bit in BIT.items():
        if classes & bit:
            f[f"cue is {name}, target in {place}"] = 1.0
    for group in entry.groups if entry else ():
        f[f"cue group {group}, {how}"] = 1.0


def _stretches(tokens: Sequence[int]) -> list[tuple[int, int]]:
    """Join neighbours: first token and the one after the last."""
    found: list[tuple[int, int]] = []
    for i in tokens:
        if found and found[-1][1] == i:
            found[-1] = found[-1][0], i + 1
        else:
            found.append((i, i + 1))
    return found


def _around(f: Features, seen: _Seen, sentence: tuple[int, int], mention: tuple[int, int], mark: str) -> None:
    """What stands right before and behind a mention, and what judges near it."""
    lower, (first, last), (start, end) = seen.view.lower, sentence, mention
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
    f[f"{mark}whose {seen.whose[start]}"] = 1.0
    for name, tokens in (
        ("before", range(max(first, start - _NEAR), start)),
        ("behind", range(end, min(last, end + _NEAR))),
    ):
        for i in tokens:
            side = int(seen.words.side[i])
            if side and not seen.rivals[i]:
                f[f"{mark}{name}: {'for' if side > 0 else 'against'}"] = 1.0
            if not is_function(lower[i]) and lower[i][0].isalpha():
                f[f"{mark}{name}: {stem(lower[i])}"] = 1.0
            for cls, bit in BIT.items():
                if seen.words.classes[i] & bit:
                    f[f"{mark}{name}: {cls}"] = 1.0


def speaker_of(voice: Voice) -> str | None:
    """Name who speaks in a sentence: the same name for the same speaker of an article."""
    if voice.resolved is None:
        return None
    return voice.resolved.speaker or " ".join(voice.resolved.words[:4])


def _context(seen: _Seen, rows: Sequence[Features]) -> None:
    """What the sentences around, the article, and the same speaker say of the target."""
    sentences = seen.view.sentences
    named = np.array([bool(seen.found.named[a:b].any()) for a, b in sentences])
    balance = np.array([float(np.clip(seen.words.side[a:b].sum(), -_MOST, _MOST)) for a, b in sentences])
    speaker = [speaker_of(v) for v in seen.spoken]
    share, towards = float(named.mean()), float((balance * named).sum())
    for n, f in enumerate(rows):
        f["article names it"] = share
        f[f"article: {int(np.clip(np.round((towards - balance[n] * named[n]) / 2), -4, 4)):+d}"] = 1.0
        for step in (-1, 1):
            if 0 <= n + step < len(rows):
                f[f"{step:+d}: {'named' if named[n + step] else 'absent'}"] = 1.0
                f[f"{step:+d}: source" if seen.found.source[n + step] else f"{step:+d}: no source"] = 1.0
                f[f"{step:+d}: balance {int(balance[n + step]):+d}"] = 1.0
        same = [m for m in range(len(rows)) if m != n and speaker[m] and speaker[m] == speaker[n]]
        if same:
            said = float(sum(balance[m] * named[m] for m in same))
            f[f"the speaker elsewhere: {int(np.clip(said, -2, 2)):+d}"] = 1.0
            if any(named[m] for m in same):
                f["the speaker elsewhere names it"] = 1.0
