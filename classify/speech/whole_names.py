"""Sources that hold the whole name, and all of the names: *Carl “Bud” Lowe*; *Brenn, Lowe and Pryce*; no *who*."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from ...data.arrays import Ints
from ..attribution.extractor import Candidate
from ..language.article_tokens import View
from ..language.cues import ADVERBS, AUXILIARIES, NEGATIONS
from ..language.person_names import nickname_end
from ..language.source_words import is_name
from ..language.word_forms import NAME, may_be_name

_OPENING = frozenset("“ ‘ \" ' (".split())
_CLOSING = frozenset("” ’ \" ' )".split())
_LONG_NICKNAME = 5  # tokens with the marks
_SUFFIXES = frozenset({"Jr", "Sr", "II", "III", "IV"})
_SAYING = frozenset("said says told added confirmed claimed warned".split())
_WISHES = frozenset("identified named quoted name identity anonymity anonymous".split())
_LONG_WISH = 9  # tokens behind the clause's verb among which the verb that tells is looked for
_RELATIVES = frozenset({"who", "which", "that"})
_HINTS = _RELATIVES | frozenset("and jr sr jr. sr. ii iii iv ii. iii. iv.".split())
_DETERMINERS = frozenset("a an the one some two three several many another its his her their".split())
_LONG_ANTECEDENT = 8  # tokens before *who* among which its noun phrase is looked for
_NO_NOUN_PHRASE = frozenset(
    "and but that said says told by to with from in on at for when while after before as if than or not is was were are be "
    "has had have will would it he she they we i you asks asked added told called of".split()
)


def whole_names(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """Widen sources that hold a part of a name, or some of several names, and take such names out of what is said.

    Parameters
    ----------
    view : View
    candidates : list of Candidate

    Returns
    -------
    list of Candidate
        Where a nickname was all that was said, what stands behind the cue is; those of which nothing is left are gone.
    """
    taken: set[int] = set()
    kept: list[Candidate] = []
    for c in candidates:
        if not _may_be_part(view, c.source):
            kept.append(c)
            continue
        taken = taken or {c.anchor for c in candidates}
        told = _told_beside(view, c, taken)
        mended = _mended(view, told) if told else None
        if mended:
            kept.append(mended)
    return sorted(kept, key=lambda c: c.anchor) if taken else candidates


def _may_be_part(view: View, source: tuple[int, int] | None) -> bool:
    """Tell at a glance whether a source may hold *who* or a part of a name."""
    if source is None:
        return False
    first, last = source
    if view.words[first - 1] in _CLOSING or not _HINTS.isdisjoint(view.lower[first:last]):
        return True
    return last < len(view.words) and (view.words[last] in _OPENING or _has_clause(view, last))


def _told_beside(view: View, c: Candidate, taken: set[int]) -> Candidate | None:
    """Find the verb that tells: *an officer who did not want to be named* **said** *…*; None where it has been found."""
    if c.source is None or c.cue is None or view.lower[c.source[0]] not in _RELATIVES or not len(c.content):
        return c
    first = c.cue[1]
    near = view.lower[first : first + _LONG_WISH]
    verb = next((first + k for k, w in enumerate(near) if w in _SAYING), 0)
    if not verb or _WISHES.isdisjoint(near[: verb - first]) or c.content[-1] <= verb:
        return c
    end = c.source[0]
    start = _noun_phrase_start(view.words, view.lower, end)
    if verb in taken or start == end:
        return None if verb in taken else c
    return replace(c, anchor=verb, cue=(verb, verb + 1), source=(start, end), content=c.content[c.content > verb], nested=())


def _mended(view: View, c: Candidate) -> Candidate | None:
    if c.source is None:
        return c
    source = _without_who(view, c) or _all_names(view, _with_nickname(view, c.source))
    hangs = _has_clause(view, source[1])
    if source == c.source and not hangs:
        return c
    content = _without(c.content, *source)
    content = _without_clause(view, content, source[1]) if hangs else content
    if not len(content):
        content = _behind(view, c)
    return replace(c, source=source, content=content) if len(content) else None


def _behind(view: View, c: Candidate) -> Ints:
    """Give what stands behind the cue in its sentence: of what was found nothing but a nickname is left."""
    if c.cue is None or c.source is None or c.cue[0] < c.source[0]:
        return c.content[:0]
    first, end = c.cue[1], view.sentences[view.home[c.anchor]][1]
    if view.lower[c.anchor] == "told":
        first += 1  # reporters
    return np.arange(first, max(end - 1, first), dtype=c.content.dtype)


def _without(content: Ints, first: int, last: int) -> Ints:
    """Take a stretch of tokens out of what is said."""
    outside = (content < first) | (content >= last)
    return content if outside.all() else content[outside]


def _with_nickname(view: View, source: tuple[int, int]) -> tuple[int, int]:
    """Take in what stands on the other side of a nickname: *Carl “Bud”* **Lowe**, **Carl** *“Bud” Lowe*."""
    first, last = source
    first = _suffixed(view, first)
    for opening in range(max(first - _LONG_NICKNAME, 1), first):
        if view.words[opening] in _OPENING and nickname_end(view.words, opening) == first:
            first = opening - 1
            while first and view.facts[first - 1] & NAME and may_be_name(view.words[first - 1]):
                first -= 1
            break
    end = nickname_end(view.words, last) if last < len(view.words) and view.words[last] in _OPENING else 0
    return first, end + 1 if end else last


def _suffixed(view: View, first: int) -> int:
    """Give where a name begins of which the source is but the suffix: *T. J. “Buck” Hollis,* | *Jr.*."""
    words = view.words
    if first < 2 or words[first].rstrip(".") not in _SUFFIXES or words[first - 1] != ",":
        return first
    opens, start = view.sentences[view.home[first]][0], first - 1
    while start > opens:
        nickname = next((t for t in range(start - 2, max(start - _LONG_NICKNAME, opens), -1) if words[t] in _OPENING), None)
        word = words[start - 1]
        if word == "." or (word.isupper() and len(word) == 1) or (view.facts[start - 1] & NAME and may_be_name(word)):
            start -= 1
        elif nickname is not None and nickname_end(words, nickname) == start:
            start = nickname
        else:
            break
    return start if start < first - 1 else first


def _all_names(view: View, source: tuple[int, int]) -> tuple[int, int]:
    """Take in the names of a sentence's opening that a source of names leaves out: *Brenn, Lowe and Pryce*."""
    first, last = source
    words = view.words
    if "and" not in words[first:last] or not all(is_name(w) or w in {"and", ","} for w in words[first:last]):
        return source
    opens = view.sentences[view.home[first]][0]
    start = first
    while start - 2 >= opens and words[start - 1] == "," and may_be_name(words[start - 2]):
        start -= 2
        while start > opens and may_be_name(words[start - 1]):
            start -= 1
    return (start, last) if start == opens else source


def _without_who(view: View, c: Candidate) -> tuple[int, int] | None:
    """Give the noun phrase in place of *who*, where the clause is not what tells: *an officer who left early* said."""
    if c.source is None or c.cue is None or c.source[1] - c.source[0] > 1 or view.lower[c.source[0]] not in _RELATIVES:
        return None
    who = c.source[0]
    between = [w for w in view.lower[who + 1 : c.cue[0]] if w not in ADVERBS | AUXILIARIES | NEGATIONS]
    if c.cue[0] < who or not between:
        return None
    end = who - 1 if who and view.words[who - 1] == "," else who
    start = _noun_phrase_start(view.words, view.lower, end)
    return (start, end) if start < end else None


def _noun_phrase_start(words: Sequence[str], lower: Sequence[str], end: int) -> int:
    """Give where the noun phrase begins that ends before a token; that token itself where none does."""
    start = end
    while start and end - start < _LONG_ANTECEDENT and words[start - 1][0].isalpha():
        if lower[start - 1] in _NO_NOUN_PHRASE:
            break
        start -= 1
        if lower[start] in _DETERMINERS:
            return start
    return start if start < end and is_name(words[start]) else end


def _has_clause(view: View, at: int) -> bool:
    return at + 1 < len(view.words) and view.words[at] == "," and view.lower[at + 1] in {"who", "whose"}


def _without_clause(view: View, content: Ints, at: int) -> Ints:
    """Take out a clause that is hung on the source: *said a person*, *who asked not to be named*; it begins at a token."""
    if not np.isin(at + 1, content).item():
        return content
    end = view.sentences[view.home[at]][1]
    stop = next((k for k in range(at + 2, end) if view.words[k] in {",", ".", ";", "“", "—"}), end)
    return _without(content, at, stop)
