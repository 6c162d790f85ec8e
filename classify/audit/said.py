"""What one article says, by whom, and how it tells of them: all that a roster counts."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...data.records import Article, Span
from ..language.source_words import first_names
from ..speakers.aliases import BODY, PERSON, UNNAMED, Known, known_as
from ..speakers.justification import justify, naming_of
from ..speakers.pronouns import HE, SHE, pronoun_of, stated_pronouns
from ..speakers.speeches import Speech, Speeches

_NO_PERSON = frozenset("which that it they them these those many some others most both all one several few".split())
_ACRONYM = re.compile(r"\(([A-Z]{2,8})\)")
_FIRST_AND_LAST = 2
_LONGEST_BODY = 12  # words before an acronym among which the name stands that it is short for
_SMALL = frozenset("of the for and on in to & de la des du del für und".split())


class Stated(NamedTuple):
    """What an article says somebody's pronouns are.

    Parameters
    ----------
    known : Known
    pronoun : str
    n : int
        Number of the sentence.
    place : Span
        Where the pronoun stands in the text.
    """

    known: Known
    pronoun: str
    n: int
    place: Span


class Said(NamedTuple):
    """What is said in an article, and by whom as far as the article itself tells.

    Parameters
    ----------
    n_sentences, n_words : int
    speeches : list of (Speech, Known)
    stated : list of Stated
    acronyms : dict of str to str
        Short forms that the article introduces in brackets behind the name of a body, and the name.
    """

    n_sentences: int
    n_words: int
    speeches: list[tuple[Speech, Known]]
    stated: list[Stated]
    acronyms: dict[str, str]


def said_in(article: Article, heard: Speeches) -> Said:
    """Tell who is meant in each speech of an article: by the full name where the article prints it."""
    known = _people_by_pronoun(heard.speeches, [_known(speech) for speech in heard.speeches])
    full = _full_names(article.text, known)
    in_full = [k._replace(name=full.get(k.name, k.name)) if k.sort == PERSON else k for k in known]
    stated = list(_stated(article.text, heard.starts, in_full))
    if stated:
        in_full = _linked(heard.speeches, in_full, stated)
    for speech, who in zip(heard.speeches, in_full, strict=True):
        explain(speech, who)
    _count_each_once(heard.speeches)
    return Said(
        len(heard.n_counted),
        sum(heard.n_counted),
        list(zip(heard.speeches, in_full, strict=True)),
        stated,
        _acronyms(article.text, in_full),
    )


def _count_each_once(speeches: Sequence[Speech]) -> None:
    """Leave a pronoun with the first of the attributions whose source it is: *she said it rained and hoped for sun*."""
    seen: set[int] = set()
    for speech in speeches:
        place = next((span.start for mark, span in speech.marks if mark == "source"), None) if speech.pronoun else None
        if place in seen:
            speech.pronoun = ""
        elif place is not None:
            seen.add(place)


def explain(speech: Speech, known: Known) -> Speech:
    """Say of a speech how the article tells of whom it is: pronoun, justification, naming."""
    speech.pronoun = pronoun_of(speech.source) if known.sort == PERSON and " and " not in known.name else ""
    speech.justification = justify(known, speech.source, speech.introduced)
    speech.naming = naming_of(known, speech.source)
    return speech


def _stated(text: str, starts: Sequence[int], known: Sequence[Known]) -> Iterator[Stated]:
    """Find whose pronouns an article states, where exactly one of its speakers has the name before them."""
    for word, pronoun, at in stated_pronouns(text):
        bearers = {k.key: k for k in known if k.sort == PERSON and k.name.rsplit(" ", 1)[-1] == word}
        if len(bearers) == 1:
            n = max(bisect_right(starts, at) - 1, 0)
            yield Stated(next(iter(bearers.values())), pronoun, n, Span(at, text.index("/", at)))


def _people_by_pronoun(speeches: Sequence[Speech], known: list[Known]) -> list[Known]:
    """Take whom an article calls *he* or *she* for a person, though the last name could be a body's: *Dana Mills*."""
    people = {k.name for speech, k in zip(speeches, known, strict=True) if k.sort == BODY and _is_he_or_she(speech)}
    people = {name for name in people if len(words := name.split()) == _FIRST_AND_LAST and words[0] in first_names()}
    return [k._replace(sort=PERSON) if k.sort == BODY and k.name in people else k for k in known] if people else known


def _is_he_or_she(speech: Speech) -> bool:
    return pronoun_of(speech.source) in {HE, SHE}


def _linked(speeches: Sequence[Speech], known: Sequence[Known], stated: Sequence[Stated]) -> list[Known]:
    """Give a pronoun that no person was found for to the one whose it is said to be, where that is near."""
    linked: list[Known] = []
    for speech, who in zip(speeches, known, strict=True):
        pronoun = pronoun_of(speech.source) if who.sort != PERSON else ""
        own = [s for s in stated if s.pronoun == pronoun and s.n <= speech.n]
        last = linked[-1].key if linked else ""
        if len(own) == 1 and (speech.n - own[0].n <= 1 or last == own[0].known.key):
            who = own[0].known
            speech.introduced = next((s.introduced for s, k in zip(speeches, linked, strict=False) if k.key == who.key), ())
        linked.append(who)
    return linked


def _acronyms(text: str, known: Sequence[Known]) -> dict[str, str]:
    """Find the bodies that an article introduces with a short form: *the Orla Boat Owners (OBO)*."""
    found: dict[str, str] = {}
    names = {k.name for k in known if k.sort == BODY}
    for match in _ACRONYM.finditer(text) if names else ():
        words = text[max(match.start() - 200, 0) : match.start()].split()[-_LONGEST_BODY:]
        start = _spelled_from(words, match[1])
        if start is not None:
            found.setdefault(match[1], " ".join(words[start:]))
    return found


def _spelled_from(words: Sequence[str], letters: str) -> int | None:
    """Give where the words begin, at the end of some, whose capitals spell an acronym."""
    left = list(letters)
    for at in range(len(words) - 1, -1, -1):
        if words[at].lower() in _SMALL and words[at][0].upper() != left[-1]:
            continue
        if words[at][0] != left.pop():
            return None
        if not left:
            return at
    return None


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
