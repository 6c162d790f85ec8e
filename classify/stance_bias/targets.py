"""Where an article speaks of a target: its names, parts of them, and sources that are the target."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from ...data.arrays import Bools
from ...data.records import Span
from ..attribution.extractor import Candidate
from ..attribution.word_features import is_function, stem
from ..entities.coreference import Resolved
from ..entities.noun_phrases import PRONOUNS
from ..kinds.features import MainAttribution
from ..language.article_tokens import View, tokens_of
from .targets_coreference import coreferent_tokens

_OPENING = frozenset({"the", "a", "an"})
_LEAST = 4  # letters of a word that stands for a target by itself


@dataclass(frozen=True, slots=True)
class Target:
    """Somebody or something that sentences take a stance towards.

    Parameters
    ----------
    name : str
    aliases : tuple of str
        Further names.
    places : tuple of Span
        Where it stands, as far as that is known. In the sentences of these it stands nowhere else.
    """

    name: str
    aliases: tuple[str, ...] = ()
    places: tuple[Span, ...] = ()

    @property
    def names(self) -> list[tuple[str, ...]]:
        """Give all names as tokens in lower case, without an article before them, longest first."""
        found = {_bare([w.lower().replace("’", "'") for w in tokens_of(name)]) for name in (self.name, *self.aliases)}
        return sorted(found - {()}, key=lambda name: (-len(name), name))


def _bare(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(words[1:] if words[:1] and words[0] in _OPENING and len(words) > 1 else words)


@dataclass(frozen=True, slots=True)
class Mentions:
    """Where a target stands in an article.

    Parameters
    ----------
    named, partly : ndarray of bool, shape (n_tokens,)
        Tokens of its names, and those that speak of it without; other tokens that are words of its names.
    source : list of bool, length n_sentences
        The target is a source of the sentence.
    """

    named: Bools
    partly: Bools
    source: list[bool]


def find_target(view: View, target: Target, candidates: Sequence[Candidate], spoken: Sequence[MainAttribution]) -> Mentions:
    """Find a target in an article.

    Parameters
    ----------
    view : View
    target : Target
    candidates : sequence of Candidate
        The attributions found.
    spoken : sequence of MainAttribution, length n_sentences
    """
    names = target.names
    named = named_tokens(view, target)
    if not target.places:
        named = named | coreferent_tokens(view, names, named, candidates)
    stems = {stem(w) for name in names for w in name if len(w) >= _LEAST and not is_function(w)}
    partly = np.array([stem(w) in stems for w in view.lower], dtype=np.bool_).reshape(-1) & ~named
    source = [_is_source(voice.resolved, names) for voice in spoken]
    for n, (first, last) in enumerate(view.sentences):
        for c in candidates:
            if c.source and first <= c.anchor < last and named[slice(*c.source)].any():
                source[n] = True
    return Mentions(named, partly, source)


def named_tokens(view: View, target: Target) -> Bools:
    """Mark the tokens that name a target: by its names, or at its places.

    Returns
    -------
    ndarray of bool, shape (n_tokens,)
    """
    return _at_places(view, find_names(view.lower, target.names), target.places)


def _at_places(view: View, named: Bools, places: Sequence[Span]) -> Bools:
    """Mark the tokens at known places; in the sentences of these no others."""
    if not places:
        return named
    placed = np.zeros(len(view.words), dtype=np.bool_)
    for place in places:
        placed |= (view.starts < place.end) & (view.ends > place.start)
    for first, last in view.sentences:
        if placed[first:last].any():
            named[first:last] = placed[first:last]
    return named


def find_names(lower: Sequence[str], names: Iterable[tuple[str, ...]]) -> Bools:
    """Mark the tokens of names, the longest first.

    Returns
    -------
    ndarray of bool, shape (n_tokens,)
    """
    found = np.zeros(len(lower), dtype=np.bool_)
    starts: dict[str, list[tuple[str, ...]]] = {}
    for name in names:
        starts.setdefault(name[0], []).append(name)
    for at, word in enumerate(lower):
        for name in starts.get(word, ()):
            if tuple(lower[at : at + len(name)]) == name:
                found[at : at + len(name)] = True
                break
    return found


def _is_source(resolved: Resolved | None, names: Sequence[tuple[str, ...]]) -> bool:
    """Tell whether a source, by all that is known of it, is called by one of the names."""
    if resolved is None:
        return False
    known = [w.lower().replace("’", "'") for w in resolved.words if w.lower() not in PRONOUNS]
    speaker = [w.lower() for w in tokens_of(resolved.speaker or "")]
    return bool(find_names(known, names).any() or find_names(speaker, names).any())
