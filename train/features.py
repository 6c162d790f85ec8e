"""Features of a sentence in its article, for kind and source type: named, so that people can read why."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from .attribution import Candidate
from .cues import entries
from .rule import Guess
from .sources import look_up
from .speakers import PRONOUNS, Memory, Resolved, introductions
from .tokens import View

Features = dict[str, float]
_OPENING = frozenset("“ \" ‘ ' `` «".split())
_TOLD = 0.4  # a source of an attribution below it is not remembered


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose words a sentence gives: the attribution that says most of it, resolved.

    Parameters
    ----------
    candidate : Candidate or None
        None where no attribution covers the sentence.
    resolved : Resolved or None
        None where the attribution names no source.
    coverage : float
        Share of the sentence's words that the attribution says.
    here : bool
        Its cue stands in this sentence.
    said : float
        Share of the words that any attribution says, each weighed by its chance.
    other : Resolved or None
        The source of the attribution that says most of the rest.
    """

    candidate: Candidate | None
    resolved: Resolved | None
    coverage: float
    here: bool
    said: float = 0.0
    other: Resolved | None = None


_SILENT = Voice(None, None, 0.0, False)


def voices(view: View, candidates: Sequence[Candidate]) -> list[Voice]:
    """Find the main attribution of each sentence, and resolve the sources in reading order.

    Parameters
    ----------
    view : View
    candidates : sequence of Candidate
        Those chosen, in the order of their cues.

    Returns
    -------
    list of Voice, length n_sentences
    """
    memory = Memory(introductions(view.words[a:b] for a, b in view.sentences))
    resolved: list[Resolved | None] = []
    for c in candidates:
        found: Resolved | None = None
        if c.source:
            words = view.words[slice(*c.source)]
            found = memory.resolve(words, c.source[0])
            if c.score >= _TOLD:
                memory.note(words, found)
        resolved.append(found)
    sentence_of = np.zeros(len(view.words) + 1, dtype=np.int64)
    for n, (first, last) in enumerate(view.sentences):
        sentence_of[first:last] = n
    shares: dict[int, list[tuple[float, int]]] = {}
    for i, c in enumerate(candidates):
        counts = np.bincount(sentence_of[c.content]).tolist()
        for n in {int(k) for k in sentence_of[c.content]}:
            first, last = view.sentences[n]
            shares.setdefault(n, []).append((counts[n] / max(last - first, 1), i))
        shares.setdefault(int(sentence_of[c.anchor]), []).append((0.0, i))
    home = [int(sentence_of[c.anchor]) for c in candidates]
    return [_voice_of(n, shares.get(n, []), candidates, resolved, home) for n in range(len(view.sentences))]


def _voice_of(
    n: int,
    shares: Sequence[tuple[float, int]],
    candidates: Sequence[Candidate],
    resolved: Sequence[Resolved | None],
    home: Sequence[int],
) -> Voice:
    """Choose among a sentence's attributions the one that most surely says most of it."""
    if not shares:
        return _SILENT
    ranked = sorted(shares, key=lambda pair: (-pair[0] * candidates[pair[1]].score, -candidates[pair[1]].score))
    share, i = ranked[0]
    other = next((resolved[j] for _, j in ranked[1:] if j != i and resolved[j] is not None), None)
    said = sum(share * candidates[j].score for share, j in shares)
    return Voice(candidates[i], resolved[i], share, home[i] == n, said, other)


def sentence_features(view: View, guesses: Sequence[Guess], spoken: Sequence[Voice]) -> list[Features]:
    """Describe every sentence of an article.

    Parameters
    ----------
    view : View
    guesses : sequence of Guess, length n_sentences
        What the rule says.
    spoken : sequence of Voice, length n_sentences
        What the attribution model says.

    Returns
    -------
    list of dict of str to float, length n_sentences
    """
    rows: list[Features] = []
    for n, (guess, voice) in enumerate(zip(guesses, spoken, strict=True)):
        f: Features = {}
        _surface(f, view, n)
        _rule(f, guess)
        _voice(f, view, voice, n)
        rows.append(f)
    _running(view, guesses, spoken, rows)
    for n, f in enumerate(rows):
        _around(f, guesses, spoken, n)
    return rows


def _surface(f: Features, view: View, n: int) -> None:
    """Quotation marks, length, place in the article, words."""
    first, last = view.sentences[n]
    words = [i for i in range(first, last) if view.words[i][0].isalnum()]
    quoted = sum(1 for i in words if view.quote[i])
    share = quoted / max(len(words), 1)
    f["quoted share"] = share
    f[f"quoted: {_level(share, (0.01, 0.2, 0.35, 0.5, 0.65, 0.8, 0.999))}"] = 1.0
    begins = first < last and bool(view.quote[first]) and view.words[first] not in _OPENING
    if begins:
        f["begins inside a quotation"] = 1.0
    if quoted:
        opening = next(i for i in words if view.quote[i])
        back = opening - 1
        while back >= first and view.words[back] in _OPENING:
            back -= 1
        before = view.lower[back] if back >= first else "^"
        f[f"before the quotation: {before if before in _TELLING else 'word'}"] = 1.0
        f[f"quoted words: {_level(quoted, (3, 6, 10, 15, 25))}"] = 1.0
        pronoun = any(
            view.lower[i] in {"i", "we", "it", "is", "are", "was", "will", "have", "has"} for i in words if view.quote[i]
        )
        if pronoun:
            f["a clause is quoted"] = 1.0
    f[f"words: {_level(len(words), (6, 12, 20, 30, 40))}"] = 1.0
    if n == 0:
        f["headline"] = 1.0
    if n == len(view.sentences) - 1:
        f["last sentence"] = 1.0
    if view.words[last - 1 : last] == ["?"]:
        f["a question"] = 1.0
    outside = [view.lower[i] for i in words if not view.quote[i]]
    for word in outside:
        entry = entries()[0].get(word)
        if entry and entry.rate >= 0.03:
            f[f"cue-like: {entry.lemma}"] = 1.0


_TELLING = frozenset("of as a an the to by , : that said says is was was and for “ with in".split())


def _rule(f: Features, guess: Guess) -> None:
    f[f"rule: {guess.kind}"] = 1.0
    f[f"rule type: {guess.source_type}"] = 1.0
    if guess.cue:
        f[f"rule cue: {guess.lemma}"] = 1.0
        f[f"rule cue group: {guess.group}, {guess.place}"] = 1.0
    f[f"rule quoted: {_level(guess.quoted, (0.01, 0.3, 0.5, 0.7))}"] = 1.0


def _voice(f: Features, view: View, voice: Voice, n: int) -> None:
    """The attribution that says most of the sentence."""
    c = voice.candidate
    if c is None:
        f["no attribution"] = 1.0
        return
    f["attribution's chance"] = c.score
    f["said by somebody"] = voice.said
    f[f"said by somebody: {_level(voice.said, (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7))}"] = 1.0
    f["coverage"] = voice.coverage
    f[f"coverage: {_level(voice.coverage, (0.01, 0.25, 0.4, 0.55, 0.7, 0.85))}{'' if voice.here else ', cue elsewhere'}"] = (
        1.0
    )
    f[f"attributed: {_level(c.score, (0.15, 0.25, 0.4, 0.55, 0.7, 0.85))}, {'source' if c.source else 'no source'}"] = 1.0
    if voice.here:
        form = " ".join(view.lower[slice(*c.cue)])
        entry = entries()[0].get(form) or entries()[0].get(view.lower[c.anchor])
        f[f"cue: {entry.lemma if entry else form}"] = 1.0
        for group in entry.groups if entry else ("none",):
            f[f"cue group: {group}"] = 1.0
        first, last = view.sentences[n]
        left = (c.cue[0] - first) / max(last - first, 1)
        f[f"cue stands: {_level(left, (0.15, 0.4, 0.7, 0.9))}"] = 1.0
    if voice.resolved:
        _source(f, voice.resolved, "source")
    if voice.other:
        f[f"other source type: {voice.other.source_type}"] = 1.0


def _source(f: Features, resolved: Resolved, name: str) -> None:
    """Everything that tells what sort of source it is."""
    f[f"{name} type: {resolved.source_type}"] = 1.0
    f[f"{name} known by: {resolved.how}"] = 1.0
    found = look_up(resolved.words)
    for entry in found:
        f[f"{name} holds: {entry.source_type} {entry.sort}{' (weak)' if entry.weak else ''}"] = 1.0
    if found:
        f[f"{name} first: {found[0].source_type} {found[0].sort}"] = 1.0
        f[f"{name} last: {found[-1].source_type} {found[-1].sort}"] = 1.0
    for word in resolved.words[:24]:
        lower = word.lower()
        if word.isalpha() and len(word) > 2 and lower not in PRONOUNS and word.islower():
            f[f"{name} word: {lower}"] = 1.0
    if not found:
        f[f"{name} unknown, {'name' if any(w[:1].isupper() for w in resolved.words) else 'noun'}"] = 1.0


def _running(view: View, guesses: Sequence[Guess], spoken: Sequence[Voice], rows: Sequence[Features]) -> None:
    """Give sentences that name nobody the source of the quotation they stand in, and the last and next source."""
    last: Resolved | None = None
    for n, voice in enumerate(spoken):
        if last is not None and not (voice.here and voice.resolved):
            _short_source(rows[n], last, "last source")
        if voice.resolved is not None and voice.here:
            last = voice.resolved
    following: Resolved | None = None
    for n in range(len(spoken) - 1, -1, -1):
        if following is not None and not (spoken[n].here and spoken[n].resolved) and guesses[n].quoted > 0.3:
            _short_source(rows[n], following, "next source")
        if spoken[n].resolved is not None and spoken[n].here:
            following = spoken[n].resolved


def _short_source(f: Features, resolved: Resolved, name: str) -> None:
    f[f"{name} type: {resolved.source_type}"] = 1.0
    for entry in look_up(resolved.words):
        f[f"{name} holds: {entry.source_type} {entry.sort}{' (weak)' if entry.weak else ''}"] = 1.0


def _around(f: Features, guesses: Sequence[Guess], spoken: Sequence[Voice], n: int) -> None:
    """The rule's answers for the sentences around."""
    for step in (-2, -1, 1):
        if 0 <= n + step < len(guesses):
            other = guesses[n + step]
            f[f"{step:+d}: {other.kind}"] = 1.0
            f[f"{step:+d} type: {other.source_type}"] = 1.0
            if spoken[n + step].candidate is None:
                f[f"{step:+d}: no attribution"] = 1.0
        else:
            f[f"{step:+d}: none"] = 1.0
    counts: dict[str, int] = {}
    for guess in guesses:
        counts[guess.source_type] = counts.get(guess.source_type, 0) + 1
    for source_type, count in counts.items():
        f[f"article: {source_type}"] = count / len(guesses)


def _level(value: float, edges: Sequence[float]) -> str:
    """Name the bucket of a value: the highest edge it reaches."""
    reached = [edge for edge in edges if value >= edge]
    return f"{reached[-1]:g} or more" if reached else f"under {edges[0]:g}"
