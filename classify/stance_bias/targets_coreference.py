"""Where an article speaks of a target without its name: by a pronoun, or by a noun that it was introduced with."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np

from ...data.arrays import Bools
from ..attribution.extractor import Candidate
from ..entities.coreference import Memory
from ..entities.entities import Entity, Introductions
from ..entities.mentions import introductions
from ..entities.noun_phrases import PRONOUNS
from ..language.article_tokens import View, tokens_of

_POINTING = frozenset("he she him her his it its they them their".split())
_NO_ONE = frozenset("is was seems seemed appears appeared takes took rains rained snowed turns turned".split())
"""Behind *it*, which then often stands for nobody: *it is likely*, *it rained*."""
_THINGS = frozenset("it its they their".split())
_OPENING = 2  # tokens of a sentence among which its subject begins: *The Ferries*
_LONGEST = 4  # words of a description: *the former finance minister*
_EARLIER = frozenset("former late then embattled disgraced outgoing ousted veteran ailing new young old".split())
"""Words that a description may have beside what somebody was introduced with."""


def coreferent_tokens(view: View, names: Sequence[tuple[str, ...]], named: Bools, candidates: Sequence[Candidate]) -> Bools:
    """Mark the tokens that speak of a target without its name, in reading order as the entities of the article tell.

    Parameters
    ----------
    view : View
    names : sequence of tuple of str
        Of the target, in lower case.
    named : ndarray of bool, shape (n_tokens,)
        Tokens of its names.
    candidates : sequence of Candidate
        The attributions found: who spoke last is likelier meant.

    Returns
    -------
    ndarray of bool, shape (n_tokens,)
    """
    if not named.any():
        return named
    article = introductions(view)
    targets = _bearers(article, names, named)
    is_person = any(entity.sort == "person" for entity in targets)
    found = np.zeros(len(named), dtype=np.bool_) if is_person else _of_subjects(view, named)
    if not targets:
        return found
    memory = Memory(article)
    first, nouns = int(np.argmax(named)), set().union(*(entity.nouns for entity in targets))
    sources = {c.source[0]: c.source for c in candidates if c.source}
    for at, end in _phrases(view, named, nouns, sources):
        words = [w for w in view.words[at:end] if w not in _EARLIER]
        resolved = memory.resolve(words, at)
        if at > first and memory.referent in targets and at not in sources:
            found[at:end] = True
        elif at in sources:
            is_phrase = words[0].lower() in PRONOUNS or _description(view.lower, at + 1, nouns) == end - at - 1
            found[at:end] |= is_phrase and memory.referent in targets
            memory.note(words, resolved)
    return found & ~named


def _of_subjects(view: View, named: Bools) -> Bools:
    """Mark *it* and *they* that open a sentence behind one that the target opens: of countries, and names on no list."""
    found = np.zeros(len(named), dtype=np.bool_)
    for (first, last), (start, end) in pairwise(view.sentences):
        opening = view.lower[start : start + 1]
        opens = named[first : min(first + _OPENING, last)].any()
        if opens and opening[0] in _THINGS and end > start + 1 and view.lower[start + 1] not in _NO_ONE:
            found[start] = True
    return found


def _bearers(article: Introductions, names: Sequence[tuple[str, ...]], named: Bools) -> list[Entity]:
    """Find the entities that bear one of the names: by all of it, or persons by their last name."""
    known = set(names)
    found: dict[int, Entity] = {}
    for mention in article.mentions:
        words = tuple(w.lower().replace("’", "'") for w in tokens_of(mention.entity.name))
        is_person = mention.entity.sort == "person"
        if words in known or (is_person and any(set(name) <= set(words) and name[-1] == words[-1] for name in known)):
            found[id(mention.entity)] = mention.entity
    return list(found.values())


def _phrases(view: View, named: Bools, nouns: set[str], sources: dict[int, tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Give the sources and the phrases that may speak of the target: first token, and the one after the last; in order."""
    lower, end = view.lower, 0
    for at, word in enumerate(lower):
        if at < end or named[at]:
            continue
        if at in sources:
            end = sources[at][1]
            yield at, end
        elif word in _POINTING and not (word == "it" and _NO_ONE.intersection(lower[at + 1 : at + 2])):
            yield at, at + 1
        elif word == "the" and (size := _description(lower, at + 1, nouns)):
            end = at + 1 + size
            yield at, end


def _description(lower: Sequence[str], at: int, nouns: set[str]) -> int:
    """Count the words behind *the* that describe somebody whom the nouns were said of; 0 for other phrases."""
    size = 0
    while size < _LONGEST and at + size < len(lower) and (lower[at + size] in nouns or lower[at + size] in _EARLIER):
        size += 1
    return size if size and lower[at + size - 1] in nouns else 0
