"""What an export says of one article, and the article that is made of it."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from .....errors import SaysoError
from ....records import Article
from ...decode import clean
from ...tables import MAX_WORD, new_article

_MONTHS = (
    # English, German, French, Spanish, Italian, Portuguese and Dutch, as archives write them
    "jan(?:uary|uar|uari|vier)?|feb(?:ruary|ruar|ruari|brero|braio)?|f[ée]v(?:rier|ereiro)?|mar(?:ch|s|zo|ço)?|märz|maart|"
    "apr(?:il|ile)?|avr(?:il)?|abril|may|mai|mayo|maggio|maio|mei|june?|juni?|juin|junio|giugno|junho|july?|juli|juil(?:let)?|"
    "julio|luglio|julho|aug(?:ust|ustus)?|août|aout|agosto|sept?(?:ember|embre|iembre|tembre)?|setembro|settembre|"
    "o[ck]t(?:ober|obre|ubre)?|ottobre|outubro|nov(?:ember|embre|iembre|embro)?|de[czs](?:ember|embre|embro|iembre)?|"
    "d[ée]c(?:embre)?|dez(?:ember|embro)?|dicembre|diciembre|enero|ene|gennaio|janeiro|abr|ago|set"
)
DATE = re.compile(
    rf"\b(?:(?:{_MONTHS})\.? \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d|"
    rf"\d{{1,2}}(?:\.|er|st|nd|rd|th)? (?:de )?(?:{_MONTHS})\.?,? (?:de |del )?(?:19|20)\d\d|"
    rf"(?:19|20)\d\d-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./](?:19|20)\d\d|(?:{_MONTHS})\.? (?:19|20)\d\d)\b",
    re.IGNORECASE,
)
"""The words of a day, or of a month with its year, in the languages that the archives' newspapers are written in."""

_DAY_OF_EAST_ASIA = re.compile(r"(\d{4}) ?年 ?(\d{1,2}) ?月 ?(\d{1,2}) ?日")
_ABSTRACT = re.compile(r"\s*ABSTRACT:?\s*")
_FULL_TEXT = re.compile(r"\s*FULL TEXT:?\s*")

COPYRIGHT = re.compile(r"(?:copyright|©|\(c\))\W{0,9}(?:\(c\)|©)?\W{0,9}(?:19|20)\d\d|(?:copyright|©|\(c\)) ", re.IGNORECASE)
RIGHTS = re.compile(r"(?:all rights reserved|alle rechte vorbehalten|tous droits r[ée]serv[ée]s)\b", re.IGNORECASE)

_LANGUAGES = {
    "en": "english englisch anglais inglés inglese engels en",
    "de": "german deutsch allemand alemán tedesco duits de",
    "fr": "french français francais französisch francés francese frans fr",
    "es": "spanish español espanol spanisch espagnol spagnolo spaans es",
    "it": "italian italiano italienisch italien it",
    "nl": "dutch nederlands niederländisch néerlandais nl",
    "pt": "portuguese português portugais portugiesisch pt",
    **{code: code for code in ("ar", "da", "fi", "ja", "ko", "no", "pl", "ru", "sv", "tr", "zh")},
}
_LANGUAGE_CODES = {name: code for code, names in _LANGUAGES.items() for name in names.split()}


@dataclass(slots=True)
class Entry:
    """An article as its export tells it.

    Parameters
    ----------
    body : list of str
        Lines of its text.
    known : dict of str to str
        What else is known: ``title``, ``outlet``, ``date``, ``url``, ``language``, ``id``, and further words that
        become `Article.extra` (``byline``, ``section``, ``length``, …).
    number, total : int, optional
        "3 of 10 documents". A total without a number stands on the cover page of an export that begins here.
    cut : bool, default=False
        Its closing lines are missing.
    """

    body: list[str]
    known: dict[str, str] = field(default_factory=dict)
    number: int | None = None
    total: int | None = None
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """A kind of export as lines of text: an entry of `exports.EXPORTS`.

    Parameters
    ----------
    name : str
        As users know it.
    knows : callable of sequence of str
        Tells by the first lines of a file whether it surely is one.
    records : callable of iterable of str
        Cuts lines into those of each article; a cover page is a record of its own or comes with the first.
    entry : callable of list of str
        Reads a record; None if it holds no article.
    """

    name: str
    knows: Callable[[Sequence[str]], bool]
    records: Callable[[Iterable[str]], Iterator[list[str]]]
    entry: Callable[[list[str]], Entry | None]


def article_of_entry(entry: Entry, name: str, where: str, gap: str) -> Article:
    """Make an article; ``gap`` stands between the lines of its text.

    Raises
    ------
    SaysoError
        If the export holds no text of it.
    """
    known = {part: plain(words) for part, words in entry.known.items()}
    known["url"] = known.get("url", "").replace(" ", "")
    known = {part: words for part, words in known.items() if words}
    text = clean(joined(_without_abstract(entry.body), gap), where)
    if not text:
        title = f" of “{known['title'][:60]}”" if "title" in known else ""
        raise SaysoError(f"{where}: the export has no full text{title}; leave it out, or export it with its text.")
    parts = {part: known.pop(part, None) for part in ("title", "outlet", "date", "url")}
    language = language_code(known.pop("language", ""))
    known.pop("id", None)
    extra = {part: words for part, words in known.items() if len(words) <= MAX_WORD}
    return new_article(name, text, where, extra, **parts, language=language)


def _without_abstract(body: list[str]) -> list[str]:
    """Take off an abstract that has a heading of its own, as the text has: it says again what the text says."""
    first = next((line for line in body if plain(line)), "")
    if not _ABSTRACT.fullmatch(first):
        return body
    return body[next((at + 1 for at, line in enumerate(body) if _FULL_TEXT.fullmatch(line)), 0) :]


def joined(lines: Iterable[str], gap: str) -> str:
    """Join lines to a text: without empty ones at its ends, and with one where several stand."""
    pieces: list[str] = []
    empty = False
    for line in lines:
        if line := line.strip():
            pieces.append(("\n\n" if empty else gap) + line if pieces else line)
            empty = False
        else:
            empty = True
    return "".join(pieces)


def language_code(words: str) -> str | None:
    """Return the code of a language's name; None for other words."""
    first = words.replace(";", " ").replace(",", " ").split()[:1]
    return _LANGUAGE_CODES.get(first[0].casefold()) if first else None


def date_in(line: str) -> str:
    """Return the words of the first date in a line, or nothing; a day in Chinese or Japanese in ISO."""
    if date := _DAY_OF_EAST_ASIA.search(line):
        return f"{date[1]}-{date[2]:0>2}-{date[3]:0>2}"
    date = DATE.search(plain(line))
    return date[0] if date else ""


def plain(line: str) -> str:
    """Return a line with one space wherever there is white space, and none at its ends."""
    return " ".join(line.split())


_LABEL = re.compile(r"\s*([^\W\d_][^:\n]{0,40}?)\s*[:：]\s*(.*)", re.DOTALL)


def labelled(line: str, labels: Mapping[str, str]) -> tuple[str, str] | None:
    """Return the part that a line such as ``Byline: Jo Roe`` names, and its words; None for other lines."""
    label = _LABEL.match(line)
    if label and (part := labels.get(plain(label[1]).casefold())) is not None:
        return part, label[2].strip()
    return None


def groups_from(lines: Iterable[str], begins: Callable[[str], bool]) -> Iterator[list[str]]:
    """Cut lines before each one that begins a record."""
    record: list[str] = []
    for line in lines:
        if begins(line) and record:
            yield record
            record = []
        record.append(line)
    if record:
        yield record


def groups_to(lines: Iterable[str], ends: Callable[[str], bool]) -> Iterator[list[str]]:
    """Cut lines after each one that ends a record."""
    record: list[str] = []
    for line in lines:
        record.append(line)
        if ends(line):
            yield record
            record = []
    if record:
        yield record
