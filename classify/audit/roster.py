"""The roster: every source of many articles, one row a person or body, with what they say and how."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ...data.articles.metadata.dates import iso_date
from ...data.records import Article
from ...data.scheme import SOURCE_TYPES
from ..annotation.records import Annotated
from ..language.source_words import first_names
from ..speakers.aliases import PERSON, UNNAMED, Known, known_as
from ..speakers.prevalence import group_of
from ..speakers.speeches import Speech, Speeches, speeches_of

STAKE, OUTSIDE = ("state", "political", "organisation"), ("expert", "monitor")
"""Source types that speak for a side or an institution, and those that judge it from outside."""

_SAYS_NOTHING = frozenset({"", "mr", "mrs", "ms", "miss", "mx", "state"})  # beside a name
_NO_PERSON = frozenset("which that it they them these those many some others most both all one several few".split())


@dataclass(slots=True)
class Words:
    """Words inside and outside quotation marks."""

    quoted: int = 0
    paraphrased: int = 0

    @property
    def all(self) -> int:
        """Both together."""
        return self.quoted + self.paraphrased

    def add(self, quoted: int, paraphrased: int) -> None:
        """Add words."""
        self.quoted += quoted
        self.paraphrased += paraphrased


@dataclass(slots=True)
class Source:
    """A row of the roster.

    Parameters
    ----------
    name : str
        In full where an article gives the full name; of trivial variants the most frequent.
    sort : str
        ``person``, ``body``, or ``unnamed``: all sources of a type that are not named, together.
    articles, sentences, attributions : int
    words : Words
    names, source_types, descriptions, tones : counter of str
        Of the attributions; descriptions as printed.
    cues : counter of (str, str)
        Cue in lower case, and its tone.
    first, last : str
        Dates of the first and the last article, in ISO 8601; empty where there is none.
    added : mapping of str to str
        Columns that the newsroom keeps.
    """

    name: str
    sort: str
    articles: int = 0
    sentences: int = 0
    attributions: int = 0
    words: Words = field(default_factory=Words)
    names: Counter[str] = field(default_factory=Counter)
    source_types: Counter[str] = field(default_factory=Counter)
    descriptions: Counter[str] = field(default_factory=Counter)
    tones: Counter[str] = field(default_factory=Counter)
    cues: Counter[tuple[str, str]] = field(default_factory=Counter)
    first: str = ""
    last: str = ""
    added: Mapping[str, str] = field(default_factory=dict)

    @property
    def source_type(self) -> str:
        """The type given most often, the first of equals in the order of the scheme; empty where nothing was said."""
        return max(SOURCE_TYPES, key=lambda label: self.source_types[label]) if self.source_types else ""

    @property
    def is_full(self) -> bool:
        """A body, or a person with first and last name."""
        return self.sort != UNNAMED and (self.sort != PERSON or " " in self.name)

    def meet(self, date: str | None) -> None:
        """Count an article of a date in ISO 8601, whose order of letters is the order in time."""
        self.articles += 1
        if date:
            self.first = min(self.first or date, date)
            self.last = max(self.last, date)


@dataclass(slots=True)
class Group:
    """What the articles of one value of a column give to whom."""

    articles: int = 0
    sentences: int = 0
    words: int = 0
    by_type: dict[str, Words] = field(default_factory=lambda: {label: Words() for label in SOURCE_TYPES[:-1]})
    speakers: set[str] = field(default_factory=set)

    @property
    def said(self) -> Words:
        """All that is given to anybody."""
        return self.of(SOURCE_TYPES)

    def of(self, types: Sequence[str]) -> Words:
        """Give the words of sources of some types."""
        chosen = [words for label, words in self.by_type.items() if label in types]
        return Words(sum(w.quoted for w in chosen), sum(w.paraphrased for w in chosen))


class Said(NamedTuple):
    """What is said in an article, and by whom as far as the article itself tells.

    Parameters
    ----------
    n_sentences, n_words : int
    speeches : list of (Speech, Known)
    """

    n_sentences: int
    n_words: int
    speeches: list[tuple[Speech, Known]]


def said_in(article: Article, heard: Speeches) -> Said:
    """Tell who is meant in each speech of an article: by the full name where the article prints it."""
    known = [_known(speech) for speech in heard.speeches]
    full = _full_names(article.text, known)
    in_full = [k._replace(name=full.get(k.name, k.name)) if k.sort == PERSON else k for k in known]
    return Said(len(heard.n_counted), sum(heard.n_counted), list(zip(heard.speeches, in_full, strict=True)))


class Heard(NamedTuple):
    """What a roster counts of an article.

    Parameters
    ----------
    values : dict of str to str
        By column, those that articles are parted by.
    date : str or None
        In ISO 8601.
    n_sentences, n_words : int
    speeches : list of (Speech, str, Known)
        With the key of whom each is of, and who that is.
    """

    values: dict[str, str]
    date: str | None
    n_sentences: int
    n_words: int
    speeches: list[tuple[Speech, str, Known]]


class Roster:
    """Counts the sources of articles.

    Parameters
    ----------
    by : sequence of str
        Columns to part the articles by.
    same : mapping of str to Known
        Keys of names that are another's, and whose.
    """

    def __init__(self, by: Sequence[str] = (), same: Mapping[str, Known] | None = None) -> None:
        self.sources: dict[str, Source] = {}
        self.total = Group()
        self.groups: dict[str, dict[str, Group]] = {column: {} for column in by}
        self._same = same or {}

    def add(self, article: Article, annotated: Sequence[Annotated]) -> None:
        """Count an article."""
        self.count(self.heard_in(article, annotated))

    def heard_in(self, article: Article, annotated: Sequence[Annotated]) -> Heard:
        """Give what is to be counted of an article."""
        return self.heard_of(article, said_in(article, speeches_of(article, annotated)))

    def heard_of(self, article: Article, said: Said) -> Heard:
        """Give what is to be counted of what is said in an article; its text is not looked at."""
        return Heard(
            {column: group_of(article, column) for column in self.groups},
            iso_date(article.date or ""),
            said.n_sentences,
            said.n_words,
            [(speech, *self._meant(speech, known)) for speech, known in said.speeches],
        )

    def count(self, heard: Heard) -> None:
        """Count what was heard in an article."""
        groups = [self.total, *(self.groups[column].setdefault(value, Group()) for column, value in heard.values.items())]
        for group in groups:
            group.articles += 1
            group.sentences += heard.n_sentences
            group.words += heard.n_words
        sentences_of: dict[str, set[int]] = {}
        for speech, key, known in heard.speeches:
            source = self.sources.setdefault(key, Source(known.name, known.sort))
            _count(source, speech, known)
            sentences_of.setdefault(key, set()).update(speech.sentences)
            for group in groups:
                group.by_type[speech.source_type].add(speech.quoted, speech.paraphrased)
                if known.sort != UNNAMED:
                    group.speakers.add(key)
        for key, numbers in sentences_of.items():
            self.sources[key].sentences += len(numbers)
            self.sources[key].meet(heard.date)

    def _meant(self, speech: Speech, known: Known) -> tuple[str, Known]:
        """Give the key of whom a speech is of, and who that is."""
        joined = self._same.get(known.key, known)
        if joined.sort == UNNAMED:
            label = speech.source_type
            return f"{UNNAMED} {label}", Known(f"({label}, not named)", UNNAMED, joined.name)
        return joined.key, joined

    def ranked(self) -> list[Source]:
        """Give all sources, most words first."""
        return sorted(self.sources.values(), key=lambda s: (-s.words.all, -s.attributions, s.name.casefold(), s.sort))

    def named(self) -> list[Source]:
        """Give the persons and bodies that say anything, most words first."""
        return [source for source in self.ranked() if source.sort != UNNAMED and source.attributions]


def _known(speech: Speech) -> Known:
    """Tell who is meant: whom the name found for a source names, unless what is printed says that it is another."""
    by_name = known_as(speech.name)
    if not speech.source:
        return by_name
    printed = known_as(speech.source)
    if by_name.sort == PERSON and speech.source.lower() in _NO_PERSON:
        return Known(speech.source, UNNAMED, "")
    if by_name.sort == UNNAMED:
        return printed if printed.sort != UNNAMED else by_name
    last, words = by_name.name.split()[-1], re.split(r"[ ’']", printed.name)
    if printed.sort == PERSON and " " in printed.name and words[-1] != last:
        return printed  # Berg's spokesman John Roe
    return printed if last in words[:-1] and words[-1] != last else by_name  # the Berg campaign, a Berg aide


def _count(source: Source, speech: Speech, known: Known) -> None:
    source.attributions += 1
    source.names[known.name] += 1
    source.name = max(source.names, key=lambda name: source.names[name])
    source.words.add(speech.quoted, speech.paraphrased)
    source.source_types[speech.source_type] += 1
    printed = known_as(speech.source).description if speech.source and known.sort != UNNAMED else ""
    description = known.description or printed
    if description.lower().rstrip(".") not in _SAYS_NOTHING:
        source.descriptions[description] += 1
    if speech.tone:
        source.tones[speech.tone] += 1
    if speech.cue and speech.tone:
        source.cues[" ".join(speech.cue.lower().split()), speech.tone] += 1


def _full_names(text: str, known: Sequence[Known]) -> dict[str, str]:
    """Give for surnames the full name that the same article prints, where it is clear which."""
    full = {}
    for surname in {k.name for k in known if k.sort == PERSON and " " not in k.name}:
        counts = Counter(_bearers(text, surname))
        if not counts:
            continue
        first = next(iter(counts))
        if len(counts) == 1 or 2 * counts[first] > counts.total():
            full[surname] = first
    return full


def _bearers(text: str, surname: str) -> Iterator[str]:
    """Yield the names in a text that end in a surname, with a first name that people have."""
    pattern = rf"\b([A-Z][\w’'-]+)(?: [A-Z]\.)? {re.escape(surname)}\b(?! [A-Z])"
    for match in re.finditer(pattern, text):
        if match[1] in first_names():
            yield f"{match[1]} {surname}"
