"""Words divided at the end of a line: ``rail-`` and ``way`` are *railway*, ``well-`` and ``known`` stay *well-known*."""

import re
from collections.abc import Callable
from functools import cache
from importlib import resources

_WORD = re.compile(r"\w+(?:[-‐’']\w+)*")
_LAST_WORD = re.compile(r"(?P<stem>\w[\w’'-]*?)?[-‐\u00ad]\Z")
_SUSPENDED = re.compile(r"(?:and|or|to|nor|versus) (?:\w+ )?\w+-")  # two- and three-year
_LOOKED_AT = 60  # characters of either line

# Ends of longer words that are words too: "leader-ship" is no pair of words.
_ENDINGS = frozenset(
    "able age ally ant board book dom door fold ground hold holders hood house ing keepers land less light like "
    "line lines man men most ness red room ship ships side some stead teen ty ward wards way ways wise woman women "
    "work works".split()
)
# Second parts of compounds that are seldom the end of another word.
_SECOND_PARTS = frozenset(
    "backed based defence defense elect funded general known led old owned related run sponsored style year".split()
)
# Prefixes that keep their hyphen though they are no words of their own: "ex-president", but "ex-pected".
_PREFIXES = frozenset("anti ex neo non pan self".split())


def between(head: str, tail: str, words: Callable[[], frozenset[str]]) -> tuple[int, str]:
    """Tell how a line that ends in a hyphen is joined to the next.

    Parameters
    ----------
    head, tail : str
        The two lines, without white space around them.
    words : callable
        Gives the words of the whole text, as `words_of` does; asked only where the lines do not tell.

    Returns
    -------
    int
        How many characters at the head's end go.
    str
        What comes between.

    Examples
    --------
    >>> between("They took the rail-", "way home.", frozenset)
    (1, '')
    >>> between("It is well-", "known.", frozenset)
    (0, '')
    >>> between("It has two-", "and three-year terms.", frozenset)
    (0, ' ')
    """
    last, first = _LAST_WORD.search(head, max(0, len(head) - _LOOKED_AT)), _WORD.match(tail)
    if last is None or first is None or last["stem"] is None:
        return 0, " "
    if head[-1] == "\u00ad":
        return 1, ""
    if _SUSPENDED.match(tail):
        return 0, " "
    return (0 if _keeps_hyphen(last["stem"], first[0], words) else 1), ""


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text in lower case, those with hyphens too, without the parts of divided ones."""
    undivided = re.sub(r"\w*[-‐\u00ad]\s*\n\W*\w*", " ", text)
    return frozenset(_WORD.findall(undivided.lower()))


def _keeps_hyphen(stem: str, rest: str, words: Callable[[], frozenset[str]]) -> bool:
    """Tell whether the hyphen belongs to the word: the text tells, or else the words of the project's own corpus."""
    in_capitals = stem.isupper() and len(stem) > 1
    if stem[-1].isdigit() or rest[0].isdigit() or in_capitals != rest.isupper() or (rest[0].isupper() and not in_capitals):
        return True  # 10-20, UN-led, Anglo-American
    stem, rest = stem.lower(), rest.lower()
    last, first = re.split("[-‐]", stem)[-1], re.split("[-‐]", rest)[0]
    for known in (words, _usual_words):
        if last + first in known() or stem + rest in known():
            return False
        if f"{last}-{first}" in known():
            return True
    if first in _ENDINGS:
        return False
    if first in _SECOND_PARTS:
        return True
    return _is_word(first, words) and (last in _PREFIXES or _is_word(last, words))


def _is_word(part: str, words: Callable[[], frozenset[str]]) -> bool:
    return part in words() or part in _usual_words()


@cache
def _usual_words() -> frozenset[str]:
    """Return the words of the corpus that comes with the package; its marks are no words."""
    folder = resources.files("sayso.data") / "corpus"
    texts = (path.read_text(encoding="utf-8") for path in folder.iterdir() if path.name.endswith(".txt"))
    return frozenset(word for text in texts for word in re.findall(r"[^\W\d_]{2,}(?:-[^\W\d_]+)*", text.lower()))
