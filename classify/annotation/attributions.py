"""From candidates in token numbers to attributions with places in the text."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ...data.arrays import Ints
from ..attribution.extractor import Candidate
from ..entities.coreference import Resolved
from ..kinds.features import MainAttribution
from ..language.article_tokens import View
from ..language.cues import ADVERBS, NEGATIONS, entries, find_cues, is_auxiliary
from ..speech.tone import judged_tone
from .records import FoundAttribution

_LOOSE = re.compile(r"\s(?=[.,’'])")  # a name put together of tokens: Ada J . Holm
_NEGATION_REACH = 4  # tokens before a cue's main word


class Main(NamedTuple):
    """The source and the cue of a sentence's main attribution, as printed."""

    source: str | None
    cue: str | None


def attributions_by_sentence(
    view: View,
    candidates: Sequence[Candidate],
    resolved: Mapping[int, Resolved],
    spoken: Sequence[MainAttribution],
    source_types: Sequence[str],
) -> dict[int, list[FoundAttribution]]:
    """Put attributions into the sentences that hold their cues, in text order.

    Parameters
    ----------
    view : View
    candidates : sequence of Candidate
    resolved : mapping of int to Resolved
        Whom their sources stand for, by anchor.
    spoken : sequence of MainAttribution, length n_sentences
        Each sentence's main attribution.
    source_types : sequence of str, length n_sentences
        The type that each sentence was given.
    """
    types = {
        voice.candidate.anchor: source_type
        for voice, source_type in zip(spoken, source_types, strict=True)
        if voice.candidate is not None and voice.here and source_type != "none"
    }
    by_sentence: dict[int, list[FoundAttribution]] = {}
    for candidate in sorted(candidates, key=lambda c: c.anchor):
        by_sentence.setdefault(view.home[candidate.anchor], []).append(_attribution(view, candidate, resolved, types))
    return by_sentence


def _attribution(view: View, c: Candidate, resolved: Mapping[int, Resolved], types: Mapping[int, str]) -> FoundAttribution:
    who, content = resolved.get(c.anchor), _stretches_of(view, c.content)
    return FoundAttribution(
        source=view.span(*c.source) if c.source else None,
        cue=view.span(*c.cue) if c.cue else None,
        content=tuple([view.span(first, last) for first, last in content]),
        speaker=_printed(who.speaker) if who and who.speaker else None,
        tone=tone_of(view, c.cue, c.anchor) if c.cue else "neutral",
        quoted=is_quoted(view, content),
        source_type=types.get(c.anchor) or (who.source_type if who else None) or "unnamed",
        nested=tuple([_attribution(view, inner, resolved, {}) for inner in c.nested]),
        via=view.span(*c.via) if c.via else None,
        introduced=who.words if who else (),
    )


@lru_cache(maxsize=4096)  # most who speak do so several times
def _printed(name: str) -> str:
    return _LOOSE.sub("", name)


def _stretches_of(view: View, content: Ints) -> list[tuple[int, int]]:
    """Join the tokens of a content: most stand together, in one sentence."""
    if not len(content):
        return []
    first, last = content.item(0), content.item(-1) + 1
    if last - first == len(content) and view.home[first] == view.home[last - 1]:
        return [(first, last)]
    return list(stretches(view, content.tolist()))


def stretches(view: View, tokens: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Join tokens between which nothing but white space stands.

    Parameters
    ----------
    view : View
    tokens : sequence of int
        Ascending.

    Yields
    ------
    (int, int)
        First token and the one after the last.
    """
    sentences, at = view.sentences, 0
    while at < len(tokens):
        first = tokens[at]
        if tokens[-1] - first == len(tokens) - 1 - at:
            end = len(tokens)  # the rest is whole
        else:
            end = at + 1
            while end < len(tokens) and tokens[end] == tokens[end - 1] + 1:
                end += 1
        last = tokens[end - 1] + 1
        for begin, _ in sentences[bisect_right(sentences, (first, len(view.words))) : bisect_left(sentences, (last, 0))]:
            if view.text[view.ends[begin - 1] : view.starts[begin]].strip():
                yield first, begin
                first = begin
        yield first, last
        at = end


def is_quoted(view: View, stretches: Sequence[tuple[int, int]]) -> bool:
    """Tell whether half or more of the words of stretches of tokens stand inside quotation marks."""
    n_quoted, n_words = view.n_quoted, view.n_words
    quoted = sum([n_quoted[last] - n_quoted[first] for first, last in stretches])
    return quoted > 0 and 2 * quoted >= sum([n_words[last] - n_words[first] for first, last in stretches])


def tone_of(view: View, cue: tuple[int, int], anchor: int) -> str:
    """Give the tone of a cue by its adverb or by the word list; one denied (*did not confirm*) is neutral."""
    tone = judged_tone(view, cue, anchor)
    if tone is None:
        tone = _listed_tone(tuple(view.lower[slice(*cue)]), anchor - cue[0], view.lower[anchor])
    return "neutral" if tone == "neutral" or _is_negated(view, cue, anchor) else tone


@lru_cache(maxsize=4096)
def _listed_tone(cue: tuple[str, ...], at: int, main: str) -> str:
    """Give the tone that the word list has for a cue: for what holds its main word, which is the one at a place."""
    matches = find_cues(cue, 0, len(cue))
    entry = next((m.entry for m in matches if m.first <= at < m.last), None)
    entry = entry or (matches[0].entry if matches else entries()[0].get(main))
    return entry.tone if entry else "neutral"


def _is_negated(view: View, cue: tuple[int, int], anchor: int) -> bool:
    first = view.sentences[view.home[anchor]][0]
    for at in range(anchor - 1, max(first, anchor - _NEGATION_REACH) - 1, -1):
        word = view.lower[at]
        if word in NEGATIONS or word == "cannot" or word.endswith("n't"):
            return True
        if at < cue[0] and word not in ADVERBS and not is_auxiliary(word) and not word.endswith("ly"):
            return False
    return False


def main_words(view: View, n: int, voice: MainAttribution) -> Main:
    """Give the main attribution's source and cue, so far as they stand in the sentence."""
    c, (first, last) = voice.candidate, view.sentences[n]
    if c is None or not voice.here:
        return Main(None, None)
    source = c.source if c.source and first <= c.source[0] and c.source[1] <= last else None
    return Main(_words(view, source), _words(view, c.cue))


def _words(view: View, tokens: tuple[int, int] | None) -> str | None:
    return view.span(*tokens).of(view.text) if tokens else None
