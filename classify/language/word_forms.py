"""What is known of a word form by itself: worked out when it is first met, then looked up."""

from collections.abc import Set as AbstractSet
from typing import NamedTuple

from .cues import FREQUENT, entries

WORD, CUE, CUE_LIKE, NAME, CLAUSE = (1 << bit for bit in range(5))
"""Facts of a form, as bits: it begins with a letter or a digit; a cue of the word list may begin with it; it is a cue
often enough to be a feature; it may be part of a name; where it is quoted, a clause is likely to be."""

FIRST_MARK = 2 * CLAUSE  # bits from here on are given to sets of words: see `Lexicon.mark`
_NO_NAMES = frozenset(
    "the a an and but in on at for if it he she they we i you his her its our their this that these those when while after "
    "before as by to of from with according not no so yet then there here what who why how where monday tuesday wednesday "
    "thursday friday saturday sunday january february march april may june july august september october november december "
    "one two three four five six seven eight nine ten some many most few all both more since although though because asked "
    "under over about last only even still now once every each another others several both among during despite unlike "
    "until within without through yes well just like is are was were do does did can could will would should moreover "
    "however meanwhile indeed perhaps maybe earlier later today yesterday imagine instead besides further furthermore "
    "thus hence also speaking asked says former new".split()
)
_CLAUSE_WORDS = frozenset({"i", "we", "it", "is", "are", "was", "will", "have", "has"})
_MOST = 100_000  # forms remembered: no feed of articles may fill the memory


class Lexeme(NamedTuple):
    """A word form: ``lower`` has ’ set straight, ``facts`` are bits of this module's constants."""

    lower: str
    facts: int


class Lexicon(dict[str, Lexeme]):
    """Every form met so far, as printed; one that is new learns its facts on being asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._bits: dict[frozenset[str], int] = {}

    def mark(self, words: AbstractSet[str]) -> int:
        """Give a set of words, in lower case, a bit of its own among the facts of its forms.

        Modules ask for it when they are loaded: a view made before does not have the bit.
        """
        key = frozenset(words)
        if key not in self._bits:
            self._bits[key] = FIRST_MARK << len(self._bits)
            self.clear()
        return self._bits[key]

    def __missing__(self, word: str) -> Lexeme:
        """Learn a form."""
        if len(self) >= _MOST:
            self.clear()
        lower = word.lower().replace("’", "'")
        forms, begun = entries()
        facts = WORD if word[0].isalnum() else 0
        if lower in begun:
            entry = forms.get(lower)
            facts |= CUE_LIKE | CUE if entry and entry.rate >= FREQUENT else CUE
        if may_be_name(word):
            facts |= NAME
        if lower in _CLAUSE_WORDS:
            facts |= CLAUSE
        for words, bit in self._bits.items():
            if lower in words:
                facts |= bit
        lexeme = self[word] = Lexeme(lower, facts)
        return lexeme


def may_be_name(word: str) -> bool:
    """Tell a capitalised word that is no common opener of sentences."""
    return word[0].isupper() and len(word) > 1 and word.lower() not in _NO_NAMES


lexicon = Lexicon()
