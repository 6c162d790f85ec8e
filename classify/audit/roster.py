"""The roster: every source of many articles, one row a person or body, with what they say and how."""

from array import array
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from ...data.articles.metadata.dates import iso_date
from ...data.records import Article
from ...data.scheme import SOURCE_TYPES
from ..annotation.records import AnnotatedSentence
from ..speakers.aliases import PERSON, UNNAMED, Known, known_as
from ..speakers.justification import JUSTIFICATIONS, NAMINGS
from ..speakers.prevalence import group_of
from ..speakers.pronouns import group_of_pronouns
from ..speakers.speeches import Speech, speeches_of
from .descriptions import called, description_of, without_time
from .said import Said, Stated, said_in
from .sentences import ArticleShown, SentenceStore, shown_in

STAKE, OUTSIDE = ("state", "political", "organisation"), ("expert", "monitor")
"""Source types that speak for a side or an institution, and those that judge it from outside."""

SAME_AS = "same_as"
"""A column of the newsroom's that names the speaker whom a row is joined to."""


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
    pronouns : counter of str
        Pronouns that articles print for a person.
    justifications, namings : counter of str
        Of the attributions; see `speakers.justification`.
    cues : counter of (str, str)
        Cue in lower case, and its tone.
    first, last : str
        Dates of the first and the last article, in ISO 8601; empty where there is none.
    seen, words_seen : array of int
        Numbers of the articles in which the source is, counted from 0, and its words in each.
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
    pronouns: Counter[str] = field(default_factory=Counter)
    justifications: Counter[str] = field(default_factory=Counter)
    namings: Counter[str] = field(default_factory=Counter)
    cues: Counter[tuple[str, str]] = field(default_factory=Counter)
    first: str = ""
    last: str = ""
    seen: "array[int]" = field(default_factory=lambda: array("q"))
    words_seen: "array[int]" = field(default_factory=lambda: array("q"))
    added: Mapping[str, str] = field(default_factory=dict)

    @property
    def source_type(self) -> str:
        """The type given most often, the first of equals in the order of the scheme; empty where nothing was said."""
        return max(SOURCE_TYPES, key=lambda label: self.source_types[label]) if self.source_types else ""

    @property
    def is_full(self) -> bool:
        """A body, or a person with first and last name."""
        return self.sort != UNNAMED and (self.sort != PERSON or " " in self.name)

    @property
    def pronoun_group(self) -> str:
        """The group of a person by the pronouns printed; empty for whatever is no person."""
        return group_of_pronouns(self.pronouns) if self.sort == PERSON else ""

    def meet(self, date: str | None, number: int, n_words: int) -> None:
        """Count an article of a date in ISO 8601, whose order of letters is the order in time."""
        self.articles += 1
        self.seen.append(number)
        self.words_seen.append(n_words)
        if date:
            self.first = min(self.first or date, date)
            self.last = max(self.last, date)


@dataclass(slots=True)
class Group:
    """What the articles of one value of a column give to whom.

    Parameters
    ----------
    articles, sentences, words : int
    by_type : dict of str to Words
    namings : counter of (str, str)
        Words by source type and naming.
    justifications : counter of str
        Words.
    speakers : counter of str
        Words of each named source, by key.
    """

    articles: int = 0
    sentences: int = 0
    words: int = 0
    by_type: dict[str, Words] = field(default_factory=lambda: {label: Words() for label in SOURCE_TYPES[:-1]})
    namings: Counter[tuple[str, str]] = field(default_factory=Counter)
    justifications: Counter[str] = field(default_factory=Counter)
    speakers: Counter[str] = field(default_factory=Counter)

    @property
    def said(self) -> Words:
        """All that is given to anybody."""
        return self.of(SOURCE_TYPES)

    def of(self, types: Sequence[str]) -> Words:
        """Give the words of sources of some types."""
        chosen = [words for label, words in self.by_type.items() if label in types]
        return Words(sum(w.quoted for w in chosen), sum(w.paraphrased for w in chosen))

    def named(self, naming: str) -> int:
        """Give the words of sources that are named, described or neither."""
        return sum(self.namings[label, naming] for label in self.by_type)

    def count(self, speech: Speech, key: str, known: Known) -> None:
        """Count a speech."""
        n_words = speech.quoted + speech.paraphrased
        self.by_type[speech.source_type].add(speech.quoted, speech.paraphrased)
        self.namings[speech.source_type, speech.naming] += n_words
        self.justifications[speech.justification] += n_words
        if known.sort != UNNAMED:
            self.speakers[key] += n_words


class Heard(NamedTuple):
    """What a roster counts of an article.

    Parameters
    ----------
    values : dict of str to str
        By column, those that articles are divided by.
    date : str or None
        In ISO 8601.
    n_sentences, n_words : int
    speeches : list of (Speech, str, Known)
        With the key of whom each is of, and who that is.
    stated : list of (Stated, str)
        With the key of whose pronouns they are.
    acronyms : dict of str to str
    shown : ArticleShown or None
        Its sentences; None where only figures were kept of the article.
    """

    values: dict[str, str]
    date: str | None
    n_sentences: int
    n_words: int
    speeches: list[tuple[Speech, str, Known]]
    stated: list[tuple[Stated, str]]
    acronyms: dict[str, str]
    shown: ArticleShown | None


class Roster:
    """Counts the sources of articles.

    Parameters
    ----------
    by : sequence of str
        Columns to divide the articles by.
    same : mapping of str to Known
        Keys of names that are another's, and whose.
    store : SentenceStore, optional
        Keeps the sentences of each source; without it they are not kept.
    """

    def __init__(
        self, by: Sequence[str] = (), same: Mapping[str, Known] | None = None, store: SentenceStore | None = None
    ) -> None:
        self.sources: dict[str, Source] = {}
        self.total = Group()
        self.groups: dict[str, dict[str, Group]] = {column: {} for column in by}
        self.acronyms: dict[str, Counter[str]] = {}
        self.store = store
        self.same = same or {}
        self.not_heard = {known.key: known.name for known in self.same.values()}
        """Those that names are joined to, until an article has them under a name of their own."""
        self._rows = array("q")

    def add(self, article: Article, annotated: Sequence[AnnotatedSentence]) -> None:
        """Count an article."""
        self.count(self.heard_in(article, annotated))

    def heard_in(self, article: Article, annotated: Sequence[AnnotatedSentence]) -> Heard:
        """Give what is to be counted of an article, and its sentences."""
        said = said_in(article, speeches_of(article, annotated))
        return self.heard_of(article, said)._replace(shown=shown_in(article, annotated, said))

    def heard_of(self, article: Article, said: Said) -> Heard:
        """Give what is to be counted of what is said in an article; its text is not looked at."""
        return Heard(
            {column: group_of(article, column) for column in self.groups},
            iso_date(article.date or ""),
            said.n_sentences,
            said.n_words,
            [(speech, *self._meant(speech, known)) for speech, known in said.speeches],
            [(stated, self.same.get(stated.known.key, stated.known).key) for stated in said.stated],
            said.acronyms,
            None,
        )

    def count(self, heard: Heard) -> None:
        """Count what was heard in an article."""
        number = self.total.articles
        groups = [self.total, *(self.groups[column].setdefault(value, Group()) for column, value in heard.values.items())]
        for group in groups:
            group.articles += 1
            group.sentences += heard.n_sentences
            group.words += heard.n_words
        sentences_of: dict[str, set[int]] = {}
        words_of: Counter[str] = Counter()
        said: Counter[str] = Counter()
        for speech, key, known in heard.speeches:
            source = self.sources.setdefault(key, Source(known.name, known.sort))
            _count(source, speech, known)
            if key in self.not_heard and known_as(speech.name).key == key:
                del self.not_heard[key]
            sentences_of.setdefault(key, set()).update(speech.sentences)
            n_words = speech.quoted + speech.paraphrased
            words_of[key] += n_words
            said[speech.justification] += n_words
            said[speech.naming] += n_words
            for group in groups:
                group.count(speech, key, known)
        for stated, key in heard.stated:
            self.sources[key].pronouns[stated.pronoun] += 1
        for key, numbers in sentences_of.items():
            self.sources[key].sentences += len(numbers)
            self.sources[key].meet(heard.date, number, words_of[key])
        self._rows.extend([said[label] for label in (*JUSTIFICATIONS, *NAMINGS)])
        for short, name in heard.acronyms.items():
            self.acronyms.setdefault(short, Counter())[name] += 1
        if self.store is not None and heard.shown is not None:
            self.store.add(heard.shown, heard.speeches, heard.stated)

    def _meant(self, speech: Speech, known: Known) -> tuple[str, Known]:
        """Give the key of whom a speech is of, and who that is."""
        joined = self.same.get(known.key, known)
        if joined.sort == UNNAMED:
            label = speech.source_type
            return f"{UNNAMED} {label}", Known(f"({label}, not named)", UNNAMED, joined.name)
        return joined.key, joined._replace(description=known.description) if joined is not known else known

    def ranked(self) -> list[Source]:
        """Give all sources, most words first."""
        return sorted(self.sources.values(), key=_rank)

    def keyed(self) -> list[tuple[str, Source]]:
        """Give all sources with their keys, most words first."""
        return sorted(self.sources.items(), key=lambda item: _rank(item[1]))

    def named(self) -> list[Source]:
        """Give the persons and bodies that say anything, most words first."""
        return [source for source in self.ranked() if source.sort != UNNAMED and source.attributions]

    def joined(self) -> list[Source]:
        """Give the rows that are counted with another one, as ``same_as`` says."""
        return [source for source in self.sources.values() if not source.attributions and source.added.get(SAME_AS)]

    def people(self) -> Iterator[tuple[str, Source]]:
        """Yield the persons that say anything, with their keys."""
        return ((key, s) for key, s in self.sources.items() if s.sort == PERSON and s.attributions)

    def rows(self, labels: Sequence[str]) -> list[list[int]]:
        """Give an article's words by some of the justifications and namings, a row an article."""
        columns = [*JUSTIFICATIONS, *NAMINGS]
        n, wanted = len(columns), [columns.index(label) for label in labels]
        return [[self._rows[at + k] for k in wanted] for at in range(0, len(self._rows), n)]

    def pronoun_words(self, group: Group) -> Counter[str]:
        """Give the words of the persons of a group of articles by the pronoun printed for them anywhere."""
        counts: Counter[str] = Counter()
        for key, n_words in group.speakers.items():
            if label := self.sources[key].pronoun_group:
                counts[label] += n_words
        return counts


def _rank(source: Source) -> tuple[int, int, str, str]:
    return -source.words.all, -source.attributions, source.name.casefold(), source.sort


def _count(source: Source, speech: Speech, known: Known) -> None:
    source.attributions += 1
    source.names[known.name] += 1
    source.name = max(source.names, key=lambda name: source.names[name])
    source.words.add(speech.quoted, speech.paraphrased)
    source.source_types[speech.source_type] += 1
    source.justifications[speech.justification] += 1
    source.namings[speech.naming] += 1
    if speech.pronoun and source.sort == PERSON:
        source.pronouns[speech.pronoun] += 1
    if description := _description(speech, known):
        source.descriptions[description] += 1
    if speech.tone:
        source.tones[speech.tone] += 1
    if speech.cue and speech.tone:
        source.cues[without_time(" ".join(speech.cue.lower().split())), speech.tone] += 1


def _description(speech: Speech, known: Known) -> str:
    """Give what the article says a source is, where it is attributed; empty where it says nothing."""
    if known.sort == UNNAMED:
        return called(known.description)
    printed = known_as(speech.source).description if speech.source else ""
    return description_of(known, known.description) or description_of(known, printed)
