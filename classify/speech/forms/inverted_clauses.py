"""Attributions that stand before what they attribute, verb first: *Says Mayor Tess Moll: “The gate stays shut.”*."""

from collections.abc import Sequence

import numpy as np

from ...attribution.extractor import Candidate
from ...language.article_tokens import View
from .stretches import OPENING

INVERTED = "inverted"
"""The form of an attribution whose verb opens the sentence."""

_SCORE = 0.9
_LONGEST_SOURCE = 24  # tokens, a description among them
_VERBS = frozenset({"say", "claim", "act", "belief"})


def inverted_clauses(view: View, candidates: list[Candidate]) -> list[Candidate]:
    """Make attributions of sentences that a cue opens, and a colon and a quotation end."""
    made = [found for n, cues in enumerate(view.cues) if cues and (found := _found(view, n))]
    if not made:
        return candidates
    taken = {t for one in made for t in (one.anchor, *one.content.tolist())}
    kept = [c for c in candidates if taken.isdisjoint(c.content.tolist()) and c.anchor not in taken]
    return sorted([*kept, *made], key=lambda c: c.anchor)


def _found(view: View, n: int) -> Candidate | None:
    first, last = view.sentences[n]
    match = view.cues[n][0]
    if match.first != first or view.inside[first] or not _VERBS & match.entry.groups or not _may_open(view.lower[first]):
        return None
    colon = next(
        (t for t in range(match.last + 1, min(match.last + _LONGEST_SOURCE, last - 1)) if view.words[t] == ":"), None
    )
    if colon is None or view.words[colon + 1] not in OPENING or not view.inside[colon + 1]:
        return None
    if not _names(view.words[match.last : colon]):
        return None
    content = np.flatnonzero(view.quote[colon + 1 : last]) + colon + 1
    return Candidate(first, (first, match.last), (match.last, colon), content, 1.0, _SCORE, form=INVERTED)


def _may_open(word: str) -> bool:
    return word.endswith(("ed", "s")) or word in {"said", "wrote", "told"}


def _names(words: Sequence[str]) -> bool:
    return words[0][0].isupper() or words[0] in {"the", "a", "an", "one", "another", "his", "her", "their"}
