"""Features of a sentence in its article, for kind and source type: named, so that people can read why."""

from bisect import bisect_right
from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from ..attribution.extractor import TOLD, Candidate
from ..entities.coreference import Memory, Resolved
from ..entities.entities import Entity, Introductions
from ..entities.noun_phrases import PRONOUNS, phrase_of
from ..language.article_tokens import View
from ..language.cues import entries
from ..language.source_words import cut_of, look_up
from ..language.word_forms import CLAUSE, CUE_LIKE
from ..linear.feature_matrix import Described, Vocabulary
from .kind_rule import Guess

Features = dict[str, float]
_OPENING = frozenset("“ \" ‘ ' `` «".split())
_TELLING = frozenset("of as a an the to by , : that said says is was was and for “ with in".split())
# Edges of buckets, set by hand:
_SHARES = (0.01, 0.2, 0.35, 0.5, 0.65, 0.8, 0.999)
_RULE_SHARES = (0.01, 0.3, 0.5, 0.7)
_LENGTHS = (6, 12, 20, 30, 40)
_QUOTED = (3, 6, 10, 15, 25)
_SAID = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7)
_COVERAGES = (0.01, 0.25, 0.4, 0.55, 0.7, 0.85)
_CHANCES = (0.15, 0.25, 0.4, 0.55, 0.7, 0.85)  # from what is only possible over what is told, 0.4, to what is sure
_PLACES = (0.15, 0.4, 0.7, 0.9)
_MOST_NAMES = 200_000  # names of features kept: no feed of articles may fill the memory
_SOURCE_WORDS = 24  # words known of a source that become features; more come from descriptions that run on
_MAY_BE_QUOTE = 0.3  # so much of its words in quotation marks makes a sentence one that the next source may speak


_TYPE_OF_FORM = {
    "question": "media",
    "hearsay": "unnamed",
    "broadcast": "media",
}  # forms of attributions that tell who speaks, named or not
_DEFAULT_OF_FORM = {
    "law": "state",
    "contract": "organisation",
    "quotation": "individual",
    "unauthorised": "organisation",
}  # forms that tell it where the source's words do not
_NOBODY = Resolved(None, None, (), "unknown")


class MainAttribution(NamedTuple):
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


_SILENT = MainAttribution(None, None, 0.0, False)


class Bearer(NamedTuple):
    """Who is behind an attribution, as the whole article tells it.

    Parameters
    ----------
    number : int
        The same wherever the article names or means the same person or body.
    source_type : str or None
    sure : bool
        A description, a title or a list tells the type.
    is_person : bool
        Somebody with a first name and a surname.
    """

    number: int
    source_type: str | None
    sure: bool
    is_person: bool


class Sources(NamedTuple):
    """Whom the sources of an article's attributions stand for, by the attribution's anchor.

    Parameters
    ----------
    resolved : dict of int to Resolved
    bearers : dict of int to Bearer
        Those whom nobody could be found for are left out.
    """

    resolved: dict[int, Resolved]
    bearers: dict[int, Bearer]


def resolve_sources(view: View, candidates: Sequence[Candidate], named: Introductions) -> Sources:
    """Find in reading order whom the sources of attributions stand for.

    Parameters
    ----------
    view : View
    candidates : sequence of Candidate
        Those chosen, in the order of their cues.
    named : Introductions
        Whom the article names.

    Returns
    -------
    Sources
        Nested ones are among them, those that name no source are not.
    """
    memory = Memory(named)
    resolved: dict[int, Resolved] = {}
    entities: dict[int, Entity] = {}
    by_place: dict[tuple[int, int], tuple[Resolved, Entity | None]] = {}
    for c in candidates:
        for one in (c, *c.nested):
            named_at = one.speaker or one.source
            if named_at:
                words = view.words[slice(*named_at)]
                known = by_place.get(named_at) if one.speaker else None
                who, entity = known or (memory.resolve(words, named_at[0]), memory.referent)
                if one is c and one.source == named_at and one.score >= TOLD:
                    memory.referent = entity
                    memory.note(words, who)
                    entity = memory.referent
                by_place[named_at] = who, entity
                resolved[one.anchor] = _told(who, words) if one.speaker else who
                if entity:
                    entities[one.anchor] = entity
            if one.form in _TYPE_OF_FORM or (one.form in _DEFAULT_OF_FORM and named_at):
                resolved[one.anchor] = _typed(resolved.get(one.anchor, _NOBODY), one.form)
    numbers: dict[int, int] = {}
    forced = {one.anchor: _TYPE_OF_FORM[one.form] for c in candidates for one in (c, *c.nested) if one.form in _TYPE_OF_FORM}
    bearers = {
        anchor: Bearer(
            numbers.setdefault(id(entity), len(numbers)),
            forced.get(anchor) or entity.source_type,
            anchor in forced or entity.sure,
            entity.sort == "person" and " " in entity.name,
        )
        for anchor, entity in entities.items()
    }
    return Sources(resolved, bearers)


def _typed(who: Resolved, form: str) -> Resolved:
    """Give whoever speaks the type that a form tells."""
    if form == "unauthorised" and who.source_type == "individual":
        return who._replace(source_type="organisation")
    told = _TYPE_OF_FORM.get(form) or who.source_type or _DEFAULT_OF_FORM.get(form)
    return who._replace(source_type=told)


def _told(who: Resolved, words: Sequence[str]) -> Resolved:
    """Name who speaks where the sentence does not: by the words that stand elsewhere, if not by a fuller name."""
    phrase = phrase_of(tuple(words))
    if who.speaker or phrase.pronoun:
        return who
    return who._replace(speaker=" ".join(phrase.content[: cut_of(phrase.content)]) or None)


def main_attributions(
    view: View, candidates: Sequence[Candidate], resolved: Mapping[int, Resolved]
) -> list[MainAttribution]:
    """Find the main attribution of each sentence.

    Parameters
    ----------
    view : View
    candidates : sequence of Candidate
        Those chosen, in the order of their cues.
    resolved : mapping of int to Resolved
        See `resolve_sources`.

    Returns
    -------
    list of MainAttribution, length n_sentences
    """
    shares: dict[int, list[tuple[float, int]]] = {}
    for i, c in enumerate(candidates):
        content = c.content
        begun, ended = view.home[content.item(0)], view.home[content.item(-1)]
        if begun == ended:
            counts = [len(content)]
        else:
            ends = [end for _, end in view.sentences[begun : ended + 1]]
            counts = [b - a for a, b in pairwise([0, *np.searchsorted(content, ends).tolist()])]
        for n, count in enumerate(counts, begun):
            if count:
                first, last = view.sentences[n]
                shares.setdefault(n, []).append((count / (last - first), i))
        shares.setdefault(view.home[c.anchor], []).append((0.0, i))
    sources = [resolved.get(c.anchor) for c in candidates]
    home = [view.home[c.anchor] for c in candidates]
    found = [_SILENT] * len(view.sentences)
    for n, its_own in shares.items():
        found[n] = _main_attribution(n, its_own, candidates, sources, home)
    return found


def _main_attribution(
    n: int,
    shares: Sequence[tuple[float, int]],
    candidates: Sequence[Candidate],
    resolved: Sequence[Resolved | None],
    home: Sequence[int],
) -> MainAttribution:
    """Choose among a sentence's attributions the one that most surely says most of it."""
    ranked = sorted(shares, key=lambda pair: (-pair[0] * candidates[pair[1]].score, -candidates[pair[1]].score))
    share, i = ranked[0]
    other = next((resolved[j] for _, j in ranked[1:] if j != i and resolved[j] is not None), None)
    said = sum(share * candidates[j].score for share, j in shares)
    return MainAttribution(candidates[i], resolved[i], share, home[i] == n, said, other)


def sentence_features(view: View, guesses: Sequence[Guess], spoken: Sequence[MainAttribution]) -> list[Features]:
    """Describe every sentence of an article by named features.

    Parameters
    ----------
    view : View
    guesses : sequence of Guess, length n_sentences
        What the rule says.
    spoken : sequence of MainAttribution, length n_sentences
        What the attribution model says.

    Returns
    -------
    list of dict of str to float, length n_sentences
    """
    vocabulary = _everything()
    return vocabulary.names(describe(view, guesses, spoken, vocabulary))


def _everything() -> Vocabulary:
    """Give a vocabulary of all features; a new one before the old grows too large."""
    if not _open or len(_open[0]) > _MOST_NAMES:
        _open[:] = [Vocabulary(open=True)]
    return _open[0]


_open: list[Vocabulary] = []


def describe(view: View, guesses: Sequence[Guess], spoken: Sequence[MainAttribution], vocabulary: Vocabulary) -> Described:
    """Describe every sentence of an article by those features that a vocabulary holds.

    Each part of a sentence's description depends on a few answers, the key, so the features of a key are made and looked
    up once, and together.
    """
    bundle = vocabulary.bundle
    rows: list[list[int]] = []
    for n, (guess, voice) in enumerate(zip(guesses, spoken, strict=True)):
        row = [*bundle((_Surface.of(view, n),), _surface), *bundle(_rule_key(guess), _rule)]
        _add_voice(row, view, voice, n, vocabulary)
        rows.append(row)
    _add_cue_like(rows, view, vocabulary)
    _add_running(rows, guesses, spoken, vocabulary)
    _add_around(rows, guesses, spoken, vocabulary)
    return _with_values(Described.of(rows), view, spoken, vocabulary)


def _with_values(described: Described, view: View, spoken: Sequence[MainAttribution], vocabulary: Vocabulary) -> Described:
    """Add the features that are measures: shares and chances."""
    measures: list[tuple[int, str, float]] = []
    for number, ((first, last), voice) in enumerate(zip(view.sentences, spoken, strict=True)):
        share = (view.n_quoted[last] - view.n_quoted[first]) / max(view.n_words[last] - view.n_words[first], 1)
        measures.append((number, "quoted share", share))
        if voice.candidate is not None:
            measures.append((number, "attribution's chance", voice.candidate.score))
            measures.append((number, "said by somebody", voice.said))
            measures.append((number, "coverage", voice.coverage))
    sentence, names, values = (list(part) for part in zip(*measures, strict=True)) if measures else ([], [], [])
    columns = [vocabulary[name] for name in names]
    return described.with_values(sentence, columns, values)


class _Surface(NamedTuple):
    """How a sentence looks: quotation marks, length and place in the article; numbers are those of buckets.

    Parameters
    ----------
    share, length : int
        How much of it is quoted, and how many words it has.
    begins_inside : bool
        Its first word is quoted, by marks that another sentence opened.
    before : str or None
        What stands before the first quoted word; None where none is.
    quoted : int
        How many words are.
    clause : bool
        They seem to make a clause.
    first, last : bool
        Its place in the article.
    asks : bool
    """

    share: int
    begins_inside: bool
    before: str | None
    quoted: int
    clause: bool
    length: int
    first: bool
    last: bool
    asks: bool

    @classmethod
    def of(cls, view: View, n: int) -> "_Surface":
        """Look at a sentence."""
        first, last = view.sentences[n]
        n_words, n_quoted = view.n_words[last] - view.n_words[first], view.n_quoted[last] - view.n_quoted[first]
        before, quoted, clause = _quoted_words(view, first, last, n_quoted) if n_quoted else (None, 0, False)
        return cls(
            share=bisect_right(_SHARES, n_quoted / max(n_words, 1)),
            begins_inside=first < last and view.inside[first] > 0 and view.words[first] not in _OPENING,
            before=before,
            quoted=quoted,
            clause=clause,
            length=bisect_right(_LENGTHS, n_words),
            first=n == 0,
            last=n == len(view.sentences) - 1,
            asks=last > first and view.words[last - 1] == "?",
        )


def _quoted_words(view: View, first: int, last: int, n_quoted: int) -> tuple[str, int, bool]:
    """Tell what stands before a sentence's first quoted word, how many there are, and whether they make a clause."""
    opening = bisect_right(view.n_quoted, view.n_quoted[first], first) - 1
    back = opening - 1
    while back >= first and view.words[back] in _OPENING:
        back -= 1
    before = view.lower[back] if back >= first else "^"
    clause = bool(((view.facts[opening:last] & CLAUSE > 0) & (view.quote[opening:last] > 0)).any())
    return before if before in _TELLING else "word", bisect_right(_QUOTED, n_quoted), clause


def _surface(surface: _Surface) -> Iterator[str]:
    yield f"quoted: {_level(surface.share, _SHARES)}"
    if surface.begins_inside:
        yield "begins inside a quotation"
    if surface.before is not None:
        yield f"before the quotation: {surface.before}"
        yield f"quoted words: {_level(surface.quoted, _QUOTED)}"
    if surface.clause:
        yield "a clause is quoted"
    yield f"words: {_level(surface.length, _LENGTHS)}"
    if surface.first:
        yield "headline"
    if surface.last:
        yield "last sentence"
    if surface.asks:
        yield "a question"


def _add_cue_like(rows: list[list[int]], view: View, vocabulary: Vocabulary) -> None:
    """Add the words outside quotation marks that often are cues."""
    forms = entries()[0]
    places = np.flatnonzero((view.facts & CUE_LIKE > 0) & (view.quote == 0))
    starts = [first for first, _ in view.sentences]
    homes = np.searchsorted(starts, places, side="right") - 1
    for n, place in dict.fromkeys(zip(homes.tolist(), [forms[view.lower[i]].lemma for i in places.tolist()], strict=True)):
        rows[n] += vocabulary.bundle((place,), _cue_like)


def _cue_like(lemma: str) -> Iterator[str]:
    yield f"cue-like: {lemma}"


def _rule_key(guess: Guess) -> tuple[Hashable, ...]:
    cue = (guess.lemma, guess.group, guess.place) if guess.cue else None
    return guess.kind, guess.source_type, cue, bisect_right(_RULE_SHARES, guess.quoted)


def _rule(kind: str, source_type: str, cue: tuple[str, str, str] | None, quoted: int) -> Iterator[str]:
    """What the rule answers."""
    yield f"rule: {kind}"
    yield f"rule type: {source_type}"
    if cue:
        lemma, group, place = cue
        yield f"rule cue: {lemma}"
        yield f"rule cue group: {group}, {place}"
    yield f"rule quoted: {_level(quoted, _RULE_SHARES)}"


def _add_voice(row: list[int], view: View, voice: MainAttribution, n: int, vocabulary: Vocabulary) -> None:
    """Add the attribution that says most of the sentence."""
    c, bundle = voice.candidate, vocabulary.bundle
    if c is None:
        row += bundle((), _silent)
        return
    said, coverage = bisect_right(_SAID, voice.said), bisect_right(_COVERAGES, voice.coverage)
    row += bundle((said, coverage, voice.here, bisect_right(_CHANCES, c.score), c.source is not None), _attributed)
    if voice.here and c.cue:
        first, last = view.sentences[n]
        stands = bisect_right(_PLACES, (c.cue[0] - first) / max(last - first, 1))
        row += bundle((" ".join(view.lower[slice(*c.cue)]), view.lower[c.anchor], stands), _cue)
    if voice.resolved:
        row += bundle((voice.resolved,), _source)
    if voice.other:
        row += bundle((voice.other.source_type,), _other)


def _silent() -> Iterator[str]:
    yield "no attribution"


def _attributed(said: int, coverage: int, here: bool, chance: int, sourced: bool) -> Iterator[str]:
    yield f"said by somebody: {_level(said, _SAID)}"
    yield f"coverage: {_level(coverage, _COVERAGES)}{'' if here else ', cue elsewhere'}"
    yield f"attributed: {_level(chance, _CHANCES)}, {'source' if sourced else 'no source'}"


def _cue(form: str, anchor: str, stands: int) -> Iterator[str]:
    entry = entries()[0].get(form) or entries()[0].get(anchor)
    yield f"cue: {entry.lemma if entry else form}"
    for group in sorted(entry.groups) if entry else ("none",):  # sums of weights in the same order in every process
        yield f"cue group: {group}"
    yield f"cue stands: {_level(stands, _PLACES)}"


def _other(source_type: str | None) -> Iterator[str]:
    yield f"other source type: {source_type}"


def _source(resolved: Resolved) -> Iterator[str]:
    """Everything that tells what sort of source it is."""
    yield from _short_source(resolved, "source")
    yield f"source known by: {resolved.how}"
    found = look_up(resolved.words)
    if found:
        yield f"source first: {found[0].source_type} {found[0].sort}"
        yield f"source last: {found[-1].source_type} {found[-1].sort}"
    for word in resolved.words[:_SOURCE_WORDS]:
        if word.isalpha() and len(word) > 2 and word.islower() and word not in PRONOUNS:
            yield f"source word: {word}"
    if not found:
        yield f"source unknown, {'name' if any(w[:1].isupper() for w in resolved.words) else 'noun'}"


def _short_source(resolved: Resolved, name: str) -> Iterator[str]:
    yield f"{name} type: {resolved.source_type}"
    for entry in look_up(resolved.words):
        yield f"{name} holds: {entry.source_type} {entry.sort}{' (weak)' if entry.weak else ''}"


def _add_running(
    rows: list[list[int]], guesses: Sequence[Guess], spoken: Sequence[MainAttribution], vocabulary: Vocabulary
) -> None:
    """Give sentences that name nobody the source of the quotation they stand in, and the last and next source."""
    sources = [voice.resolved if voice.here else None for voice in spoken]
    last: Resolved | None = None
    for row, source in zip(rows, sources, strict=True):
        if source is not None:
            last = source
        elif last is not None:
            row += vocabulary.bundle((last, "last source"), _short_source)
    following: Resolved | None = None
    for n in range(len(sources) - 1, -1, -1):
        source = sources[n]
        if source is not None:
            following = source
        elif following is not None and guesses[n].quoted > _MAY_BE_QUOTE:
            rows[n] += vocabulary.bundle((following, "next source"), _short_source)


def _add_around(
    rows: list[list[int]], guesses: Sequence[Guess], spoken: Sequence[MainAttribution], vocabulary: Vocabulary
) -> None:
    """Add the rule's answers for the sentences around."""
    answers = [(g.kind, g.source_type, v.candidate is None) for g, v in zip(guesses, spoken, strict=True)]
    padded = [None, None, *answers, None]
    for row, two_before, before, after in zip(rows, padded, padded[1:], padded[3:], strict=False):
        for step, answer in ((-2, two_before), (-1, before), (1, after)):
            row += vocabulary.bundle((step, answer), _neighbour)


def _neighbour(step: int, answer: tuple[str, str, bool] | None) -> Iterator[str]:
    if answer is None:
        yield f"{step:+d}: none"
        return
    kind, source_type, silent = answer
    yield f"{step:+d}: {kind}"
    yield f"{step:+d} type: {source_type}"
    if silent:
        yield f"{step:+d}: no attribution"


def _level(reached: int, edges: Sequence[float]) -> str:
    """Name a bucket by the highest edge reached, counted from 1; 0 is below the first."""
    return f"{edges[reached - 1]:g} or more" if reached else f"under {edges[0]:g}"
