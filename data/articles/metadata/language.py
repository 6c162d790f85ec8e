"""The language of an article: told by its small words, or by its letters where these are not Latin.

A sentence is too short to tell by (names decide then), so an article decides. What says too little, such as a list of
names, is of no language that is known here.
"""

import re
from collections import Counter
from collections.abc import Iterator

from .function_words import FUNCTION_WORDS

ENGLISH = "en"
OTHER = "und"
"""ISO 639's code for a language that nobody can tell."""

PART = 0.2
"""Of an article, from which on a second language is worth telling."""

_PIECE = 60  # words: an article is judged in pieces, so that one in two languages shows
_LEAST = 20  # words, from which on a piece ends at a line's end
_FEWEST = 3  # small words that only one of two languages has, from which on they decide between the two
_OWN = 2  # of those words that stand in no names
_SENTENCE = 8  # words in lower case: so many without a small word of English need one less
_UNKNOWN = 40  # words in lower case, from which on a piece that has no small word of English is no English

_WORD = re.compile(r"[^\W\d_]+")
_PUNCTUATION = re.compile(rb"\xe2\x80[\x80-\xbf]")  # dashes, curly marks, spaces: no letters, in UTF-8
_ASCII_LETTERS = bytes(byte if byte > 127 or chr(byte).isalpha() or byte == 10 else 32 for byte in range(256))
"""A table for `bytes.translate`: what is no letter becomes a space; line ends and what is not ASCII stay."""
_NOT_LATIN = re.compile(r"[^\W\d_\u0000-\u024f\u1e00-\u1eff\u2c60-\u2c7f\ua720-\ua7ff\uff21-\uff5a]")
_SCRIPTS = (
    ("ja", r"[\u3040-\u30ff]"),
    ("ko", r"[\u1100-\u11ff\uac00-\ud7af]"),
    ("zh", r"[\u3400-\u9fff\U00020000-\U0003ffff]"),
    ("kk", r"[қғңұәҚҒҢҰӘ]"),
    ("be", r"[ўЎ]"),
    ("uk", r"[іїєґІЇЄҐ]"),
    ("mk", r"[ѓќѕЃЌЅ]"),
    ("sr", r"[ђјљњћџЂЈЉЊЋЏ]"),
    ("ru", r"[ыэёЫЭЁ]"),
    ("bg", r"[\u0400-\u04ff]"),
    ("el", r"[\u0370-\u03ff\u1f00-\u1fff]"),
    ("ur", r"[ٹڈڑےں]"),
    ("fa", r"[پچژگی]"),
    ("ar", r"[\u0600-\u06ff\u0750-\u077f]"),
    ("he", r"[\u0590-\u05ff]"),
    ("hi", r"[\u0900-\u097f]"),
    ("bn", r"[\u0980-\u09ff]"),
    ("ta", r"[\u0b80-\u0bff]"),
    ("th", r"[\u0e00-\u0e7f]"),
    ("ka", r"[\u10a0-\u10ff]"),
    ("hy", r"[\u0530-\u058f]"),
    ("am", r"[\u1200-\u137f]"),
)
"""Languages by letters that they have and those above them lack; few articles need these patterns compiled."""

_ENOUGH = 100  # a language by its letters: one in so many has to be one of those

_IN_NAMES = frozenset("al ben bin da das de del den der di dos du el la las le los ten ter van vom von zu zum".split())
"""Small words that stand in names too, and so in any language."""

_LETTERS_SAY = {"zh": 3, "ja": 2, "ko": 2}  # as much as so many Latin ones, about: a translation is so much longer

_LANGUAGES_OF: dict[str, tuple[str, ...]] = {}
for _language, _words in FUNCTION_WORDS.items():
    for _word in _words:
        _LANGUAGES_OF[_word] = (*_LANGUAGES_OF.get(_word, ()), _language)
_PRINTED = frozenset(
    printed for word in _LANGUAGES_OF for printed in ((word, word.capitalize(), word.upper()) if len(word) > 1 else (word,))
)
"""Small words as they are printed; one capital by itself is an initial."""


def language_of(text: str) -> str | None:
    """Return the language of most of a text; None where it is not clear."""
    return next(iter(languages_of(text)), None)


def languages_of(text: str) -> dict[str, float]:
    """Return the languages of a text, each with its share of the words whose language is clear, the largest first.

    Returns
    -------
    dict of str to float
        Codes of ISO 639-1, or `OTHER`; from 0 to 1. Empty for a text that says too little.

    Examples
    --------
    >>> languages_of("The mayor said on Monday that it would rain.")
    {'en': 1.0}
    >>> languages_of("Kyiv, Kharkiv, Donetsk.")
    {}
    """
    weights: Counter[str] = Counter()
    for words in _pieces(text):
        if language := _language_of_piece(words):
            weights[language] += sum(map(len, words)) * _LETTERS_SAY.get(language, 1)
    return {language: weight / weights.total() for language, weight in weights.most_common()}


def _pieces(text: str) -> Iterator[list[str]]:
    """Cut a text's words into pieces, if possible at line ends."""
    piece: list[str] = []
    for words in _words_of_lines(text):
        if len(piece) >= _LEAST:
            yield piece
            piece = []
        piece += words
        if len(piece) > _PIECE:
            *full, piece = [piece[at : at + _PIECE] for at in range(0, len(piece), _PIECE)]
            yield from full
    yield piece


def _words_of_lines(text: str) -> Iterator[list[str]]:
    """Find the words of each line: by spaces where all letters are ASCII, which takes a third of the time."""
    spaced = _PUNCTUATION.sub(b" ", text.encode("utf-8", "surrogatepass")).translate(_ASCII_LETTERS)
    for raw in spaced.split(b"\n"):
        line = raw.decode("utf-8", "surrogatepass")
        yield line.split() if raw.isascii() else _WORD.findall(line)


def _language_of_piece(words: list[str]) -> str | None:
    letters = "".join(words)
    if not letters.isascii() and 2 * len(_NOT_LATIN.findall(letters)) > len(letters):
        return _by_letters(letters)
    small = {word.lower() for word in _PRINTED.intersection(words)}
    english = small & FUNCTION_WORDS[ENGLISH]
    others = small - english
    if len(others - _IN_NAMES) >= _OWN and (other := _ahead_of_english(words, english, others)):
        return other
    if len(english) >= _FEWEST:
        return ENGLISH
    return OTHER if not english and _n_lower(words) >= _UNKNOWN else None


def _ahead_of_english(words: list[str], english: set[str], others: set[str]) -> str | None:
    """Return the language with most of the small words, if it has more of them than English, those of both left out."""
    shared = Counter(name for word in english for name in _LANGUAGES_OF[word])
    foreign = Counter(name for word in others for name in _LANGUAGES_OF[word])
    own = Counter(name for word in others - _IN_NAMES for name in _LANGUAGES_OF[word])
    is_long = _n_lower(words) >= _SENTENCE
    ahead = []
    for name, n in foreign.items():
        n_english = len(english) - shared[name]
        fewest = _FEWEST if n_english or not is_long else _FEWEST - 1
        if n >= fewest and own[name] >= _OWN and n > n_english:
            ahead.append((n + shared[name], name))
    return max(ahead)[1] if ahead else None


def _n_lower(words: list[str]) -> int:
    return sum(word.islower() for word in words)


def _by_letters(letters: str) -> str:
    languages = (name for name, those in _SCRIPTS if len(re.findall(those, letters)) * _ENOUGH >= len(letters))
    return next(languages, OTHER)
