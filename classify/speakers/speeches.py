"""Who says which words of an article, one name for each speaker."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ...data.articles.quotation_marks import quotations
from ...data.records import Article, Span
from ..annotation.records import AnnotatedSentence, FoundAttribution
from ..language.cues import entries
from .headline import n_in_headline

NOT_NAMED = ""
"""The name of whoever is not named: a pronoun that nobody could be found for, or no source at all."""

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_PRONOUNS = frozenset(
    "i we you he she it they me us him her them this that these those one who which what "
    "himself herself itself themselves".split()
)
_NUMBERS = frozenset("two three four five six seven eight nine ten both all another none each either neither".split())
_ARTICLE = re.compile(r"(?:the|an?|its|his|her|their|our)(?:\s+|$)", re.IGNORECASE)
_TITLE = re.compile(
    r"(?:(?:(?:Mr|Mrs|Ms|Dr|Prof|Sen|Rep|Gov|Gen|Lt|Col|Sgt|Capt|Rev|Hon)\.?|Miss|Sir|President|Senator|Representative|"
    r"Congressman|Congresswoman|Governor|Chancellor|Professor|Mayor)\s+)+(?=[A-ZÀ-Þ])"
)
_OPEN_END = re.compile(r"\s+(?:of|in|for|by|at|with|from|to|on|and)$")
_HANGING = re.compile(r"\s*(?:[,;:(\[“”\"–—]|\s-\s|\b(?:who|which|that|whose)\b).*", re.DOTALL)


@dataclass(slots=True)
class Speech:
    """What an attribution gives to somebody.

    Parameters
    ----------
    name : str
        One name for the speaker in this article; `NOT_NAMED` where there is none.
    source_type : str
        One of `scheme.SOURCE_TYPES`.
    source : str or None
        The source as printed.
    tone : str or None
        The cue's; None without a cue.
    quoted, paraphrased : int
        Words inside and outside quotation marks; words that two attributions give are the larger one's.
    is_quote : bool
        Half or more of the words stand inside quotation marks.
    sentences : counter of int
        How many of the words stand in which sentence.
    cue : str or None
        As printed.
    n : int
        Number of the sentence that attributes it.
    pronoun : str
        The pronoun that the article prints for a person here; empty where it prints none.
    justification, naming : str
        See `justification.justify` and `justification.naming_of`; empty until they are asked.
    marks : tuple of (str, Span)
        Where source, cue and content stand in the text: a class of a page, and the place.
    introduced : tuple of str
        See `FoundAttribution`.
    """

    name: str
    source_type: str
    source: str | None
    tone: str | None
    quoted: int = 0
    paraphrased: int = 0
    is_quote: bool = False
    sentences: Counter[int] = field(default_factory=Counter)
    cue: str | None = None
    n: int = 0
    pronoun: str = ""
    justification: str = ""
    naming: str = ""
    marks: tuple[tuple[str, Span], ...] = field(default=(), compare=False)
    introduced: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True, slots=True)
class Speeches:
    """The speeches of an article, and who is behind each sentence.

    Parameters
    ----------
    speeches : list of Speech
        In the order of their cues.
    n_words : list of int, length n_sentences
    speakers : list of str or None, length n_sentences
        Who says most of the sentence; None where it is not attributed.
    starts : list of int, length n_sentences
        Where the sentences begin in the text.
    n_in_headline : int
        The first so many sentences are the headline. Speeches hold none of its words, and counts leave it out.
    """

    speeches: list[Speech]
    n_words: list[int]
    speakers: list[str | None]
    starts: list[int] = field(default_factory=list)
    n_in_headline: int = 0

    @property
    def n_counted(self) -> list[int]:
        """The words of each sentence that counts: of all but the headline."""
        return self.n_words[self.n_in_headline :]


def count_words(text: str) -> int:
    """Count the words of a text as speeches do."""
    return len(_WORD.findall(text))


def speeches_of(article: Article, annotated: Sequence[AnnotatedSentence], n_headline: int | None = None) -> Speeches:
    """Find who says which words.

    Parameters
    ----------
    article : Article
    annotated : sequence of AnnotatedSentence
        All of its sentences, in order.
    n_headline : int, optional
        How many of them are the headline, where these are not all sentences.

    Notes
    -----
    Words of sentences that are not attributed count for nobody, whatever attribution was found in them. An attributed
    sentence none of whose words an attribution covers is given to its source, as a whole but for source and cue.
    """
    text = article.text
    n_headline = n_in_headline(article, annotated) if n_headline is None else n_headline
    words = [(n, m.start() + a.span.start) for n, a in enumerate(annotated) for m in _WORD.finditer(a.span.of(text))]
    counted = [annotated[n].source_type != "none" for n, _ in words]
    starts = [start for _, start in words]
    parts = [(speech, _held(starts, counted, content)) for speech, content in _parts(text, annotated)]
    speeches = [speech for speech, held in parts if held]
    holders = _holders(len(words), [held for _, held in parts if held])
    for (n, _), holder, is_quoted in zip(words, holders, _inside(text, starts), strict=True):
        if holder is not None:
            speeches[holder].sentences[n] += 1
            speeches[holder].quoted += is_quoted and n >= n_headline
            speeches[holder].paraphrased += not is_quoted and n >= n_headline
    _one_name_each(speeches)
    counts = Counter(n for n, _ in words)
    n_words, speakers = [counts[n] for n in range(len(annotated))], _speakers(speeches, annotated)
    return Speeches(list(_below(speeches, n_headline)), n_words, speakers, [a.span.start for a in annotated], n_headline)


def _below(speeches: Sequence[Speech], n_headline: int) -> Iterator[Speech]:
    """Yield the speeches below the headline, without those of its sentences that they hold."""
    for speech in speeches:
        is_above = bool(speech.sentences) and max(speech.sentences) < n_headline
        for n in range(n_headline):
            del speech.sentences[n]
        if not is_above:
            yield speech


def _parts(text: str, annotated: Sequence[AnnotatedSentence]) -> Iterator[tuple[Speech, Sequence[Span]]]:
    """Give each speech and its stretches of text, in the order of the sentences."""
    covered = [False] * len(annotated)
    starts = [a.span.start for a in annotated]
    for span in (span for a in annotated for attribution in a.attributions for span in attribution.content):
        for n in range(max(bisect_left(starts, span.start + 1) - 1, 0), bisect_left(starts, span.end)):
            covered[n] |= annotated[n].span.end > span.start
    for n, a in enumerate(annotated):
        for attribution in a.attributions:
            yield _speech(text, n, attribution), attribution.content
        if not covered[n] and a.source_type != "none":
            tone = _tone(a.cue) if a.cue else None
            name = name_of(a.source) if a.source else NOT_NAMED
            marks = tuple(_marks_in(text, a, tone or "neutral"))
            speech = Speech(name, a.source_type, a.source, tone, is_quote=a.kind == "quote", cue=a.cue, n=n, marks=marks)
            yield speech, _without_source_and_cue(text, a)


def _tone(cue: str) -> str:
    """Look the tone of a cue up, as printed."""
    entry = entries()[0].get(cue.lower())
    return entry.tone if entry else "neutral"


def _marks_in(text: str, a: AnnotatedSentence, tone: str) -> Iterator[tuple[str, Span]]:
    """Yield where the words of a sentence's main source and cue stand in it."""
    for mark, words in (("source", a.source), (f"cue {tone}", a.cue)):
        start = text.find(words, *a.span) if words else -1
        if words and start >= 0:
            yield mark, Span(start, start + len(words))


def _marks_of(attribution: FoundAttribution) -> Iterator[tuple[str, Span]]:
    if attribution.source:
        yield "source", attribution.source
    if attribution.cue:
        yield f"cue {attribution.tone}", attribution.cue
    for span in attribution.content:
        yield "said", span


def _speech(text: str, n: int, attribution: FoundAttribution) -> Speech:
    source = attribution.source.of(text) if attribution.source else None
    cue = attribution.cue.of(text) if attribution.cue else None
    speaker = attribution.speaker
    return Speech(
        name=speaker[_end_of(_ARTICLE, speaker) :] if speaker else name_of(source) if source else NOT_NAMED,
        source_type=attribution.source_type,
        source=source,
        tone=attribution.tone if cue else None,
        is_quote=attribution.quoted,
        cue=cue,
        n=n,
        marks=tuple(_marks_of(attribution)),
        introduced=attribution.introduced,
    )


def _without_source_and_cue(text: str, a: AnnotatedSentence) -> list[Span]:
    """Give the parts of a sentence around its source and its cue."""
    cuts = [a.span.start]
    holes = []
    for words in filter(None, (a.source, a.cue)):
        start = text.find(words, *a.span)
        if start >= 0:
            holes.append((start, start + len(words)))
    for start, end in sorted(holes):
        cuts += [start, end]
    cuts.append(a.span.end)
    return [Span(start, end) for start, end in zip(cuts[::2], cuts[1::2], strict=True) if start < end]


def name_of(source: str) -> str:
    """Make a name of a source as it is printed: no article, no title, nothing that hangs on it.

    >>> name_of("The interior ministry"), name_of("Mr. Holm, who"), name_of("she"), name_of("We’ve")
    ('interior ministry', 'Holm', '', '')
    """
    words = " ".join(source.split())
    bare = words[_end_of(_ARTICLE, words) :]
    bare = _OPEN_END.sub("", _HANGING.sub("", bare[_end_of(_TITLE, bare) :]).strip(" .'’‘"))
    first = re.split("['’]", bare.lower(), maxsplit=1)[0]
    return bare if any(c.isalpha() for c in bare) and first not in _PRONOUNS else NOT_NAMED


def known_name(name: str) -> str:
    """Give a name back that names somebody; `NOT_NAMED` for a number or a pronoun, which is left of *one of them*.

    >>> known_name("Ada Holm"), known_name("of them"), known_name("Two")
    ('Ada Holm', '', '')
    """
    return NOT_NAMED if name.removeprefix("of ").lower() in _PRONOUNS | _NUMBERS else name


def _end_of(pattern: re.Pattern[str], words: str) -> int:
    match = pattern.match(words)
    return match.end() if match else 0


def _held(starts: Sequence[int], counted: Sequence[bool], content: Sequence[Span]) -> list[int]:
    """Give the numbers of the words that stand in a content, of those that count."""
    stretches = [range(bisect_left(starts, span.start), bisect_left(starts, span.end)) for span in content]
    return [i for stretch in stretches for i in stretch if counted[i]]


def _holders(n_words: int, held: Sequence[Sequence[int]]) -> list[int | None]:
    """Give each word to the speech with the most words that holds it, the first of equals."""
    taken: list[int | None] = [None] * n_words
    for holder in sorted(range(len(held)), key=lambda i: (-len(held[i]), i)):
        for i in held[holder]:
            if taken[i] is None:
                taken[i] = holder
    return taken


def _inside(text: str, starts: Sequence[int]) -> list[bool]:
    inside = [False] * len(starts)
    for span in quotations(text):
        for i in range(bisect_left(starts, span.start), bisect_left(starts, span.end)):
            inside[i] = True
    return inside


def _one_name_each(speeches: Sequence[Speech]) -> None:
    """Give a short form the longer name that it ends, where only one does; names differ by more than capitals."""
    names = list(dict.fromkeys(s.name for s in speeches if s.name))
    known = {name.lower(): name for name in reversed(names)}
    for speech in speeches:
        lower = speech.name.lower()
        longer = {name for name in known if name.endswith(f" {lower}")} if speech.name[:1].isupper() else set()
        if len(longer) == 1 and known[next(iter(longer))][:1].isupper():
            lower = longer.pop()
        speech.name = known.get(lower, speech.name)


def _speakers(speeches: Sequence[Speech], annotated: Sequence[AnnotatedSentence]) -> list[str | None]:
    best: dict[int, tuple[int, str]] = {}
    for speech in speeches:
        for n, count in speech.sentences.items():
            if count > best.get(n, (0, ""))[0]:
                best[n] = count, speech.name
    return [None if a.source_type == "none" else best.get(n, (0, NOT_NAMED))[1] for n, a in enumerate(annotated)]
