"""From candidates in token numbers to attributions with places in the text."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ..data.records import Span
from ..train.attribution import Candidate
from ..train.cues import ADVERBS, NEGATIONS, entries, find_cues, is_auxiliary
from ..train.features import Voice
from ..train.sources import type_of_phrase
from ..train.tokens import View
from .annotation import FoundAttribution

_NEGATION_REACH = 4  # tokens before a cue's main word


class Main(NamedTuple):
    """The source and the cue of a sentence's main attribution, as printed."""

    source: str | None
    cue: str | None


def attributions_by_sentence(
    view: View, candidates: Sequence[Candidate], spoken: Sequence[Voice], source_types: Sequence[str]
) -> dict[int, list[FoundAttribution]]:
    """Put attributions into the sentences that hold their cues, in text order.

    Parameters
    ----------
    view : View
    candidates : sequence of Candidate
    spoken : sequence of Voice, length n_sentences
        Each sentence's main attribution.
    source_types : sequence of str, length n_sentences
        The type that each sentence was given.
    """
    types: dict[int, str] = {}
    main: dict[int, Voice] = {}
    for voice, source_type in zip(spoken, source_types, strict=True):
        if voice.candidate is not None:
            main[voice.candidate.anchor] = voice
            if voice.here and source_type != "none":
                types[voice.candidate.anchor] = source_type
    found: dict[int, list[FoundAttribution]] = {}
    firsts = np.array([first for first, _ in view.sentences])
    for candidate in sorted(candidates, key=lambda c: c.anchor):
        n = int(np.searchsorted(firsts, candidate.anchor, side="right")) - 1
        found.setdefault(n, []).append(_found(view, candidate, main, types))
    return found


def _found(view: View, c: Candidate, main: Mapping[int, Voice], types: Mapping[int, str]) -> FoundAttribution:
    voice = main.get(c.anchor)
    resolved = voice.resolved if voice else None
    words = view.words[slice(*c.source)] if c.source else []
    known = resolved.source_type if resolved else type_of_phrase(words) if words else None
    return FoundAttribution(
        source=view.span(*c.source) if c.source else None,
        cue=view.span(*c.cue),
        content=content_spans(view, c.content),
        speaker=resolved.speaker if resolved else None,
        tone=tone_of(view, c.cue, c.anchor),
        quoted=is_quoted(view, c.content),
        source_type=types.get(c.anchor) or known or "unnamed",
    )


def content_spans(view: View, tokens: NDArray[np.int64]) -> tuple[Span, ...]:
    """Join tokens between which nothing but white space stands.

    Parameters
    ----------
    view : View
    tokens : ndarray of shape (n_tokens,)
        Ascending.
    """
    if not len(tokens):
        return ()
    starts, ends = view.starts[tokens], view.ends[tokens]
    joined = np.diff(tokens) == 1
    for i in np.flatnonzero(joined & (starts[1:] - ends[:-1] > 1)).tolist():
        joined[i] = not view.text[ends[i] : starts[i + 1]].strip()  # between sentences stands what is none
    breaks = np.flatnonzero(~joined)
    firsts, lasts = [0, *(breaks + 1).tolist()], [*breaks.tolist(), len(tokens) - 1]
    return tuple([Span(int(starts[i]), int(ends[j])) for i, j in zip(firsts, lasts, strict=True)])


def is_quoted(view: View, tokens: NDArray[np.int64]) -> bool:
    """Tell whether half or more of the words stand inside quotation marks."""
    words = [t for t in tokens.tolist() if view.words[t][0].isalnum()]
    return bool(words) and 2 * int((view.quote[words] > 0).sum()) >= len(words)


def tone_of(view: View, cue: tuple[int, int], anchor: int) -> str:
    """Give the tone of a cue by the word list; one denied (*did not confirm*) is neutral."""
    matches = find_cues(view.lower, *cue)
    entry = next((m.entry for m in matches if m.first <= anchor < m.last), None)
    entry = entry or (matches[0].entry if matches else entries()[0].get(view.lower[anchor]))
    if entry is None or _is_negated(view, cue, anchor):
        return "neutral"
    return entry.tone


def _is_negated(view: View, cue: tuple[int, int], anchor: int) -> bool:
    first = next(first for first, last in reversed(view.sentences) if first <= anchor)
    for at in range(anchor - 1, max(first, anchor - _NEGATION_REACH) - 1, -1):
        word = view.lower[at]
        if word in NEGATIONS or word == "cannot" or word.endswith("n't"):
            return True
        if at < cue[0] and word not in ADVERBS and not is_auxiliary(word) and not word.endswith("ly"):
            return False
    return False


def main_words(view: View, n: int, voice: Voice) -> Main:
    """Give the main attribution's source and cue, so far as they stand in the sentence."""
    c, (first, last) = voice.candidate, view.sentences[n]
    if c is None or not voice.here:
        return Main(None, None)
    source = c.source if c.source and first <= c.source[0] and c.source[1] <= last else None
    return Main(_words(view, source), _words(view, c.cue))


def _words(view: View, tokens: tuple[int, int] | None) -> str | None:
    return view.span(*tokens).of(view.text) if tokens else None
