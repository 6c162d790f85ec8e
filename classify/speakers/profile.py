"""Whose word a reader has to take: counts over an article, or over many."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...data.records import Article
from ...data.scheme import KINDS, SOURCE_TYPES, STANCES, TONES
from ..annotation.records import AnnotatedSentence
from .speeches import NOT_NAMED, Speech, Speeches, known_name, speeches_of

UNTOLD, NAMED = "undecided", "named"
STANCE_COUNTS = (*STANCES, UNTOLD, NAMED)
CAUTION = (
    "Estimates: about three of ten stances are wrong. Do not rely on the stance of a single sentence: compare counts over "
    "many sentences, and read the sentences that decide."
)
_DIGITS = 4  # of shares


@dataclass(slots=True)
class Count:
    """Sentences, and the words in them."""

    sentences: int = 0
    words: int = 0


@dataclass(slots=True)
class Speaker:
    """What one speaker says in an article, or in many.

    Parameters
    ----------
    name : str
        `speeches.NOT_NAMED` for all who are not named, together.
    quotes, paraphrases : int
        Attributions of which half or more of the words stand inside quotation marks, and the others.
    quoted, paraphrased : int
        Words inside and outside quotation marks.
    sentences : int
        Sentences with words of theirs.
    articles : int
    source_types, sources, tones : counter of str
        Of the attributions: type, source as printed, and the cue's tone.
    """

    name: str
    quotes: int = 0
    paraphrases: int = 0
    quoted: int = 0
    paraphrased: int = 0
    sentences: int = 0
    articles: int = 0
    source_types: Counter[str] = field(default_factory=Counter)
    sources: Counter[str] = field(default_factory=Counter)
    tones: Counter[str] = field(default_factory=Counter)

    @property
    def words(self) -> int:
        """All words that are given to them."""
        return self.quoted + self.paraphrased

    @property
    def source_type(self) -> str:
        """The type given most often, the first of equals in the order of the scheme."""
        return max(SOURCE_TYPES, key=lambda label: self.source_types[label])

    def add(self, other: "Speaker") -> None:
        """Add what they say elsewhere."""
        for name in ("quotes", "paraphrases", "quoted", "paraphrased", "sentences", "articles"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("source_types", "sources", "tones"):
            getattr(self, name).update(getattr(other, name))


@dataclass(slots=True)
class Profile:
    """Whose word a reader has to take.

    Parameters
    ----------
    kinds, source_types : mapping of str to Count
        Every label of the scheme; a sentence counts with all of its words.
    speakers : mapping of str to Speaker
        By lower-case name.
    first, last : counter of str
        Who says the first and the last attributed sentence: in how many articles.
    tones : counter of str
        Of all cues.
    stance : mapping of str to counter of str
        For each target the sentences told to be in favour, against, neutral; those that speak of it and are
        ``undecided``; and all of these, ``named``.
    loaded : counter of str
        Loaded words of the outlet's own, lower case.
    abstained, biased : int
        Sentences whose kind is too uncertain to rely on, and those worded with a slant.
    headlines : int
        Sentences of headlines: no other count holds them.
    """

    articles: int = 0
    abstained: int = 0
    biased: int = 0
    kinds: dict[str, Count] = field(default_factory=lambda: {label: Count() for label in KINDS})
    source_types: dict[str, Count] = field(default_factory=lambda: {label: Count() for label in SOURCE_TYPES})
    speakers: dict[str, Speaker] = field(default_factory=dict)
    first: Counter[str] = field(default_factory=Counter)
    last: Counter[str] = field(default_factory=Counter)
    tones: Counter[str] = field(default_factory=Counter)
    stance: dict[str, Counter[str]] = field(default_factory=dict)
    loaded: Counter[str] = field(default_factory=Counter)
    headlines: int = 0

    @property
    def sentences(self) -> int:
        """All sentences but headlines."""
        return sum(count.sentences for count in self.kinds.values())

    @property
    def words(self) -> int:
        """All words of sentences."""
        return sum(count.words for count in self.kinds.values())

    def share(self, words: int) -> float:
        """Give the share that words are of all words; 0 where there are none."""
        return words / max(self.words, 1)

    @property
    def unattributed(self) -> float:
        """The share of words in sentences that nobody else is given for."""
        return self.share(self.source_types["none"].words)

    @property
    def passed_on(self) -> Count:
        """Narrative that is attributed: to other media, to people who speak for themselves, or to somebody unnamed.

        Only narrative has the source type ``none``, so the two parts of narrative add up. Under models of the user's own
        other kinds may have it too; then this is empty.
        """
        narrative, own = self.kinds["narrative"], self.source_types["none"]
        return Count(max(narrative.sentences - own.sentences, 0), max(narrative.words - own.words, 0))

    def ranked(self) -> list[Speaker]:
        """Give the named speakers, most words first."""
        named = [speaker for speaker in self.speakers.values() if speaker.name != NOT_NAMED]
        return sorted(named, key=lambda s: (-s.words, -s.quotes - s.paraphrases, s.name.lower()))

    @property
    def not_named(self) -> Speaker:
        """All that is said by whoever is not named."""
        return self.speakers.get(NOT_NAMED, Speaker(NOT_NAMED))


def profile_of(article: Article, annotated: Sequence[AnnotatedSentence], heard: Speeches | None = None) -> Profile:
    """Count an article.

    Parameters
    ----------
    article : Article
    annotated : sequence of AnnotatedSentence
        All of its sentences, in order.
    heard : Speeches, optional
        What `speeches_of` gave, where that is known.
    """
    heard = heard or speeches_of(article, annotated)
    profile = Profile(articles=1, headlines=heard.n_in_headline)
    for a, n_words in zip(annotated[heard.n_in_headline :], heard.n_counted, strict=True):
        for count in (profile.kinds[a.kind], profile.source_types[a.source_type]):
            count.sentences += 1
            count.words += n_words
        profile.abstained += a.abstain
        _count_wording(profile, article.text, a)
    count_speeches(profile, heard.speeches)
    attributed = [known_name(name) for name in heard.speakers[heard.n_in_headline :] if name is not None]
    profile.first.update(attributed[:1])
    profile.last.update(attributed[-1:])
    return profile


def count_speeches(profile: Profile, speeches: Iterable[Speech]) -> None:
    """Count in the profile of an article who speaks in it."""
    sentences_of: dict[str, set[int]] = {}
    for speech in speeches:
        name = known_name(speech.name)
        speaker = profile.speakers.setdefault(name.lower(), Speaker(name, articles=1))
        _count(speaker, speech)
        if speech.tone:
            profile.tones[speech.tone] += 1
        sentences_of.setdefault(name.lower(), set()).update(speech.sentences)
    for name, numbers in sentences_of.items():
        profile.speakers[name].sentences = len(numbers)


def _count_wording(profile: Profile, text: str, a: AnnotatedSentence) -> None:
    for target, stance in a.stance.items():
        counts = profile.stance.setdefault(target, Counter())
        if stance.told or stance.named:
            counts.update([NAMED, stance.label if stance.told else UNTOLD])
    if a.bias:
        profile.biased += a.bias.label == "biased"
        profile.loaded.update(span.of(text).lower() for span in a.bias.words)


def _count(speaker: Speaker, speech: Speech) -> None:
    speaker.quotes += speech.is_quote
    speaker.paraphrases += not speech.is_quote
    speaker.quoted += speech.quoted
    speaker.paraphrased += speech.paraphrased
    speaker.source_types[speech.source_type] += 1
    if speech.source:
        speaker.sources[" ".join(speech.source.split())] += 1
    if speech.tone:
        speaker.tones[speech.tone] += 1


def together(profiles: Iterable[Profile]) -> Profile:
    """Add profiles up; a speaker of several articles is one where the full name is the same."""
    total = Profile()
    for profile in profiles:
        add(total, profile)
    return total


def add(total: Profile, profile: Profile) -> None:
    """Add a profile to a sum."""
    for name in ("articles", "abstained", "biased", "headlines"):
        setattr(total, name, getattr(total, name) + getattr(profile, name))
    for sums, counts in ((total.kinds, profile.kinds), (total.source_types, profile.source_types)):
        for label, count in counts.items():
            sums[label].sentences += count.sentences
            sums[label].words += count.words
    for name, speaker in profile.speakers.items():
        total.speakers.setdefault(name, Speaker(speaker.name)).add(speaker)
    for target, labels in profile.stance.items():
        total.stance.setdefault(target, Counter()).update(labels)
    for name in ("first", "last", "tones", "loaded"):
        getattr(total, name).update(getattr(profile, name))


def profile_dict(profile: Profile) -> dict[str, Any]:
    """Give a profile as plain values; shares are of all words."""
    return {
        "articles": profile.articles,
        "sentences": profile.sentences,
        "words": profile.words,
        "headline_sentences": profile.headlines,
        "abstained": profile.abstained,
        "unattributed": round(profile.unattributed, _DIGITS),
        "kinds": _counts(profile, profile.kinds),
        "source_types": _counts(profile, profile.source_types),
        "speakers": [_speaker(profile, speaker) for speaker in profile.ranked()],
        "not_named": _speaker(profile, profile.not_named),
        "first_word": dict(profile.first),
        "last_word": dict(profile.last),
        "tones": {tone: profile.tones[tone] for tone in TONES},
        "stance": {
            target: {**{label: counts[label] for label in STANCE_COUNTS}, "coverage": round(coverage(counts), _DIGITS)}
            for target, counts in profile.stance.items()
        },
        **({"stance_caution": CAUTION} if profile.stance else {}),
        "biased": profile.biased,
        "loaded": dict(profile.loaded.most_common()),
    }


def coverage(counts: Mapping[str, int]) -> float:
    """Give the share of the sentences that speak of a target in which a stance is told; 0 without any."""
    return sum(counts.get(label, 0) for label in STANCES) / max(counts.get(NAMED, 0), 1)


def told_in(counts: Mapping[str, int]) -> str:
    """Say in how many of the sentences that mention a target there is a stance.

    >>> told_in({"against": 2, "undecided": 6, "named": 8})
    'decided in 2 of the 8 sentences that mention it (25%)'
    """
    named = counts.get(NAMED, 0)
    if not named:
        return "no sentence mentions it"
    told = named - counts.get(UNTOLD, 0)
    if named == 1:
        return f"{'decided' if told else 'undecided'} in the one sentence that mentions it"
    return f"decided in {told:,} of the {named:,} sentences that mention it ({coverage(counts):.0%})"


def _counts(profile: Profile, counts: Mapping[str, Count]) -> dict[str, Any]:
    return {
        label: {"sentences": count.sentences, "words": count.words, "share": round(profile.share(count.words), _DIGITS)}
        for label, count in counts.items()
    }


def _speaker(profile: Profile, speaker: Speaker) -> dict[str, Any]:
    return {
        "name": speaker.name,
        "source_type": speaker.source_type,
        "articles": speaker.articles,
        "sentences": speaker.sentences,
        "quotes": speaker.quotes,
        "paraphrases": speaker.paraphrases,
        "words_quoted": speaker.quoted,
        "words_paraphrased": speaker.paraphrased,
        "share": round(profile.share(speaker.words), _DIGITS),
        "tones": {tone: speaker.tones[tone] for tone in TONES},
        "sources": dict(speaker.sources.most_common()),
    }
