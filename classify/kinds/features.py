"""Features of a sentence in its article, for kind and source type: named, so that people can read why."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np

from ...data.scheme import KINDS, SOURCE_TYPES
from ..attribution.extractor import TOLD, Candidate
from ..entities.coreference import Memory, Resolved
from ..entities.entities import Entity, Introductions
from ..entities.noun_phrases import PRONOUNS, phrase_of
from ..language.article_tokens import View
from ..language.cues import entries
from ..language.source_words import cut_of, look_up
from ..language.word_forms import CLAUSE, CUE_LIKE
from ..linear.feature_matrix import Described, Vocabulary
from ..word_reader.reads import Read, sentence_odds, source_odds
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


def sentence_features(
    view: View, guesses: Sequence[Guess], spoken: Sequence[MainAttribution], read: Read | None = None
) -> list[Features]:
    """Describe every sentence of an article by named features.

    Parameters
    ----------
    view : View
    guesses : sequence of Guess, length n_sentences
        What the rule says.
    spoken : sequence of MainAttribution, length n_sentences
        What the attribution model says.
    read : Read, optional
        What a word reader says.

    Returns
    -------
    list of dict of str to float, length n_sentences
    """
    vocabulary = _everything()
    return vocabulary.names(describe(view, guesses, spoken, vocabulary, read))


def _everything() -> Vocabulary:
    """Give a vocabulary of all features; a new one before the old grows too large."""
    if not _open or len(_open[0]) > _MOST_NAMES:
        _open[:] = [Vocabulary(open=True)]
    return _open[0]


_open: list[Vocabulary] = []


def describe(
    view: View,
    guesses: Sequence[Guess],
    spoken: Sequence[MainAttribution],
    vocabulary: Vocabulary,
    read: Read | None = None,
) -> Described:
    """Describe every sentence of an article by those features that a vocabulary holds.

    Each part of a sentence's description depends on a few answers, the key, so the features of a key are made and looked
    up once, and together.
    """
    shares = _quoted_shares(view)
    looks = vocabulary.bundles(_look)
    rows = [[*looks[look]] for look in _looks(view, shares)]
    _add_rule(rows, guesses, vocabulary)
    _add_spoken(rows, view, spoken, vocabulary)
    _add_cue_like(rows, view, vocabulary)
    _add_running(rows, guesses, spoken, vocabulary)
    _add_around(rows, guesses, spoken, vocabulary)
    described = _with_measures(Described.of(rows), shares, spoken, vocabulary)
    return _with_read(described, read, view, spoken, vocabulary) if read else described


def _quoted_shares(view: View) -> list[float]:
    """Give the share of each sentence's words that are quoted."""
    n_words, n_quoted = view.n_words, view.n_quoted
    return [(n_quoted[last] - n_quoted[first]) / max(n_words[last] - n_words[first], 1) for first, last in view.sentences]


def _with_measures(
    described: Described, shares: Sequence[float], spoken: Sequence[MainAttribution], vocabulary: Vocabulary
) -> Described:
    """Add the features that are measures: shares and chances."""
    told = [(n, v.candidate.score, v.said, v.coverage) for n, v in enumerate(spoken) if v.candidate is not None]
    numbers, *measures = zip(*told, strict=True) if told else ((), (), (), ())
    sentences, values = [*range(len(shares)), *numbers * 3], [*shares, *chain.from_iterable(measures)]
    columns = [vocabulary["quoted share"]] * len(shares)
    for name in ("attribution's chance", "said by somebody", "coverage"):
        columns += [vocabulary[name]] * len(told)
    return described.with_values(sentences, columns, values)


def _with_read(
    described: Described, read: Read, view: View, spoken: Sequence[MainAttribution], vocabulary: Vocabulary
) -> Described:
    """Add what a word reader makes of the sentences, and of the sources of their main attributions."""
    kinds, types = sentence_odds(read, view.sentences)
    cues = [(n, voice.candidate.anchor) for n, voice in enumerate(spoken) if voice.candidate and voice.candidate.cue]
    sentences, columns, values = [], [], []
    for family, labels, odds in (("kind", KINDS, kinds), ("type", SOURCE_TYPES, types)):
        for label, of_label in zip(labels, odds.T, strict=True):
            sentences += [*range(len(of_label))]
            columns += [vocabulary[f"read {family}: {label}"]] * len(of_label)
            values += of_label.tolist()
    for n, cue in cues:
        sentences += [n] * (len(SOURCE_TYPES) - 1)
        columns += [vocabulary[f"read source: {label}"] for label in SOURCE_TYPES[:-1]]
        values += source_odds(read, cue).tolist()
    return described.with_values(sentences, columns, values)


_Look = tuple[int, bool, str | None, int, bool, int, bool, bool, bool]
"""How a sentence looks; see `_look`."""


def _looks(view: View, shares: Sequence[float]) -> Iterator[_Look]:
    """Look at the quotation marks, the length and the place of each sentence."""
    n_words, inside, words = view.n_words, view.inside, view.words
    quoted_clauses = {view.home[at] for at in np.flatnonzero((view.facts & CLAUSE > 0) & (view.quote > 0)).tolist()}
    end = len(shares) - 1
    for n, ((first, last), share) in enumerate(zip(view.sentences, shares, strict=True)):
        filled = last > first
        begins_inside = filled and inside[first] > 0 and words[first] not in _OPENING
        before, quoted = _quoted_words(view, first, last) if share else (None, 0)
        length = bisect_right(_LENGTHS, n_words[last] - n_words[first])
        asks = filled and words[last - 1] == "?"
        share_level = bisect_right(_SHARES, share) if share else 0
        yield share_level, begins_inside, before, quoted, n in quoted_clauses, length, n == 0, n == end, asks


def _quoted_words(view: View, first: int, last: int) -> tuple[str, int]:
    """Tell what stands before a sentence's first quoted word, and how many there are."""
    n_quoted = view.n_quoted
    opening = bisect_right(n_quoted, n_quoted[first], first) - 1
    back = opening - 1
    while back >= first and view.words[back] in _OPENING:
        back -= 1
    before = view.lower[back] if back >= first else "^"
    return before if before in _TELLING else "word", bisect_right(_QUOTED, n_quoted[last] - n_quoted[first])


def _look(look: _Look) -> Iterator[str]:
    """How a sentence looks; all numbers are those of buckets."""
    share, begins_inside, before, quoted, clause, length, first, last, asks = look
    yield f"quoted: {_level(share, _SHARES)}"
    if begins_inside:  # by marks that another sentence opened
        yield "begins inside a quotation"
    if before is not None:
        yield f"before the quotation: {before}"
        yield f"quoted words: {_level(quoted, _QUOTED)}"
    if clause:
        yield "a clause is quoted"
    yield f"words: {_level(length, _LENGTHS)}"
    if first:
        yield "headline"
    if last:
        yield "last sentence"
    if asks:
        yield "a question"


def _add_cue_like(rows: list[list[int]], view: View, vocabulary: Vocabulary) -> None:
    """Add the words outside quotation marks that often are cues."""
    home, lower, cues = view.home, view.lower, vocabulary.bundles(_cue_like)
    places = np.flatnonzero((view.facts & CUE_LIKE > 0) & (view.quote == 0)).tolist()
    for n, columns in dict.fromkeys([(home[at], cues[lower[at]]) for at in places]):  # forms of one cue count once
        rows[n] += columns


def _cue_like(form: str) -> Iterator[str]:
    yield f"cue-like: {entries()[0][form].lemma}"


def _add_rule(rows: list[list[int]], guesses: Sequence[Guess], vocabulary: Vocabulary) -> None:
    """Add what the rule answers."""
    answers, cues, quoted = vocabulary.bundles(_answer), vocabulary.bundles(_rule_cue), vocabulary.bundles(_rule_quoted)
    for row, guess in zip(rows, guesses, strict=True):
        row += answers[guess.kind, guess.source_type]
        if guess.cue:
            row += cues[guess.lemma, guess.group, guess.place]
        row += quoted[bisect_right(_RULE_SHARES, guess.quoted)]


def _answer(key: tuple[str, str]) -> Iterator[str]:
    kind, source_type = key
    yield f"rule: {kind}"
    yield f"rule type: {source_type}"


def _rule_cue(key: tuple[str, str, str]) -> Iterator[str]:
    lemma, group, place = key
    yield f"rule cue: {lemma}"
    yield f"rule cue group: {group}, {place}"


def _rule_quoted(share: int) -> Iterator[str]:
    yield f"rule quoted: {_level(share, _RULE_SHARES)}"


def _add_spoken(rows: list[list[int]], view: View, spoken: Sequence[MainAttribution], vocabulary: Vocabulary) -> None:
    """Add to each sentence the attribution that says most of it."""
    attributions, cues, places = vocabulary.bundles(_attributed), vocabulary.bundles(_cue), vocabulary.bundles(_place)
    sources, others = vocabulary.bundles(_source), vocabulary.bundles(_other)
    lower = view.lower
    for row, voice, (first, last) in zip(rows, spoken, view.sentences, strict=True):
        c = voice.candidate
        if c is None:
            row += attributions[None]
            continue
        said, coverage = bisect_right(_SAID, voice.said), bisect_right(_COVERAGES, voice.coverage)
        row += attributions[said, coverage, voice.here, bisect_right(_CHANCES, c.score), c.source is not None]
        if voice.here and c.cue:
            stands = bisect_right(_PLACES, (c.cue[0] - first) / max(last - first, 1))
            row += cues[" ".join(lower[slice(*c.cue)]), lower[c.anchor]]
            row += places[stands]
        if voice.resolved:
            row += sources[voice.resolved]
        if voice.other:
            row += others[voice.other.source_type]


def _attributed(key: tuple[int, int, bool, int, bool] | None) -> Iterator[str]:
    if key is None:
        yield "no attribution"
        return
    said, coverage, here, chance, sourced = key
    yield f"said by somebody: {_level(said, _SAID)}"
    yield f"coverage: {_level(coverage, _COVERAGES)}{'' if here else ', cue elsewhere'}"
    yield f"attributed: {_level(chance, _CHANCES)}, {'source' if sourced else 'no source'}"


def _cue(key: tuple[str, str]) -> Iterator[str]:
    form, anchor = key
    entry = entries()[0].get(form) or entries()[0].get(anchor)
    yield f"cue: {entry.lemma if entry else form}"
    for group in sorted(entry.groups) if entry else ("none",):  # sums of weights in the same order in every process
        yield f"cue group: {group}"


def _place(stands: int) -> Iterator[str]:
    yield f"cue stands: {_level(stands, _PLACES)}"


def _other(source_type: str | None) -> Iterator[str]:
    yield f"other source type: {source_type}"


def _source(resolved: Resolved) -> Iterator[str]:
    """Everything that tells what sort of source it is."""
    words = resolved.words
    yield from _short_source("source", resolved)
    yield f"source known by: {resolved.how}"
    found = look_up(words)
    if found:
        yield f"source first: {found[0].source_type} {found[0].sort}"
        yield f"source last: {found[-1].source_type} {found[-1].sort}"
    yield from filter(None, map(_source_word, words[:_SOURCE_WORDS]))
    if not found:
        yield f"source unknown, {'name' if any([w[:1].isupper() for w in words]) else 'noun'}"


@lru_cache(maxsize=8192)
def _source_word(word: str) -> str:
    """Name the feature of a word known of a source; empty where it has none."""
    tells = word.isalpha() and len(word) > 2 and word.islower() and word not in PRONOUNS
    return f"source word: {word}" if tells else ""


def _last_source(resolved: Resolved) -> Iterator[str]:
    return _short_source("last source", resolved)


def _next_source(resolved: Resolved) -> Iterator[str]:
    return _short_source("next source", resolved)


def _short_source(name: str, resolved: Resolved) -> Iterator[str]:
    yield f"{name} type: {resolved.source_type}"
    for entry in look_up(resolved.words):
        yield f"{name} holds: {entry.source_type} {entry.sort}{' (weak)' if entry.weak else ''}"


def _add_running(
    rows: list[list[int]], guesses: Sequence[Guess], spoken: Sequence[MainAttribution], vocabulary: Vocabulary
) -> None:
    """Give sentences that name nobody the source of the quotation they stand in, and the last and next source."""
    before, behind = vocabulary.bundles(_last_source), vocabulary.bundles(_next_source)
    sources = [voice.resolved if voice.here else None for voice in spoken]
    last: Resolved | None = None
    for row, source in zip(rows, sources, strict=True):
        if source is not None:
            last = source
        elif last is not None:
            row += before[last]
    following: Resolved | None = None
    for n in range(len(sources) - 1, -1, -1):
        source = sources[n]
        if source is not None:
            following = source
        elif following is not None and guesses[n].quoted > _MAY_BE_QUOTE:
            rows[n] += behind[following]


def _add_around(
    rows: list[list[int]], guesses: Sequence[Guess], spoken: Sequence[MainAttribution], vocabulary: Vocabulary
) -> None:
    """Add the rule's answers for the sentences around."""
    answers = [(g.kind, g.source_type, v.candidate is None) for g, v in zip(guesses, spoken, strict=True)]
    padded = [None, None, *answers, None]
    before, behind = vocabulary.bundles(_before), vocabulary.bundles(_behind)
    for row, second, first, following in zip(rows, padded, padded[1:], padded[3:], strict=False):
        row += before[second, first]
        row += behind[following]


_Answer = tuple[str, str, bool]
"""Kind and source type by the rule, and whether no attribution covers the sentence."""


def _before(answers: tuple[_Answer | None, _Answer | None]) -> Iterator[str]:
    yield from _neighbour(-2, answers[0])
    yield from _neighbour(-1, answers[1])


def _behind(answer: _Answer | None) -> Iterator[str]:
    return _neighbour(1, answer)


def _neighbour(step: int, answer: _Answer | None) -> Iterator[str]:
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
