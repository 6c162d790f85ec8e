"""What is known of a word form by itself: worked out when it is first met, then looked up.

Every form that an article's view holds has a number. What stages know of forms stands in tables by that number, so that
a word is looked up by its letters once, and from then on many at a time.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from functools import cache
from threading import RLock
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from ...data.arrays import Ints
from .cues import FREQUENT, entries

WORD, CUE, CUE_LIKE, NAME, CLAUSE, ALONE, SECOND = (1 << bit for bit in range(7))
"""Facts of a form, as bits: it begins with a letter or a digit; a cue of the word list may begin with it; it is a cue
often enough to be a feature; it may be part of a name; where it is quoted, a clause is likely to be; it is a cue by
itself; it stands second in a longer cue."""
FEATURED = WORD | CUE | CUE_LIKE | NAME | CLAUSE
"""The facts that features are made of; all others only tell where to look."""

FIRST_MARK = 2 * SECOND  # bits from here on are given to sets of words: see `Lexicon.mark`
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
_MOST = 28_000  # forms with numbers: after another group of articles, the tables of 32,768 rows still hold them
_MOST_LEXEMES = 1 << 15  # forms remembered besides: no fewer than have numbers, lest they be learned again and again


class Lexeme(NamedTuple):
    """A word form: ``lower`` has ’ set straight, ``facts`` are bits of this module's constants."""

    lower: str
    facts: int


class Lexicon(dict[str, Lexeme]):
    """Every form met so far, as printed; one that is new learns its facts on being asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._bits: dict[frozenset[str], int] = {}
        self._marked: dict[str, int] = {}

    @property
    def n_marks(self) -> int:
        """How many sets of words have a bit of their own."""
        return len(self._bits)

    def mark(self, words: AbstractSet[str]) -> int:
        """Give a set of words, in lower case, a bit of its own among the facts of its forms.

        Modules ask for it when they are loaded: a view made before does not have the bit.
        """
        key = frozenset(words)
        if key not in self._bits:
            bit = self._bits[key] = FIRST_MARK << len(self._bits)
            for word in words:
                self._marked[word] = self._marked.get(word, 0) | bit
            self.clear()
        return self._bits[key]

    def __missing__(self, word: str) -> Lexeme:
        """Learn a form."""
        if len(self) >= _MOST_LEXEMES:
            self.clear()
        lower = word.lower()
        facts = NAME if word[0].isupper() and len(word) > 1 and lower not in _NO_NAMES else 0
        if "’" in lower:
            lower = lower.replace("’", "'")
        facts |= _facts_of_listed().get(lower, 0) | self._marked.get(lower, 0) | (WORD if word[0].isalnum() else 0)
        lexeme = self[word] = Lexeme(lower, facts)
        return lexeme


@cache
def _facts_of_listed() -> Mapping[str, int]:
    """Give what is known of words in lower case because they stand in a list."""
    facts = dict.fromkeys(_CLAUSE_WORDS, CLAUSE)
    forms, begun = entries()
    for word, seconds in begun.items():
        entry = forms.get(word)
        facts[word] = facts.get(word, 0) | CUE | (ALONE if entry else 0)
        facts[word] |= CUE_LIKE if entry and entry.rate >= FREQUENT else 0
        for second in seconds:
            facts[second] = facts.get(second, 0) | SECOND
    return facts


def may_be_name(word: str) -> bool:
    """Tell a capitalised word that is no common opener of sentences."""
    return word[0].isupper() and len(word) > 1 and word.lower() not in _NO_NAMES


lexicon = Lexicon()

ONE_AT_A_TIME = RLock()
"""Held by a thread while it reads articles: tables of forms, here and in other modules, are shared by all of a process."""


class FormNumbers(dict[str, int]):
    """The numbers of word forms as printed, from 1 in the order in which they are met.

    Attributes
    ----------
    printed : list of str
        The forms by their numbers; what stands first stands for no form.
    key : object
        Tells these numbers from those of any other `FormNumbers`, also in another process.
    """

    def __init__(self) -> None:
        self.printed: list[str] = [""]
        self.key = object()
        self._lower: NDArray[np.object_] = np.full(1024, "", dtype=object)
        self._facts: Ints = np.zeros(1024, dtype=np.int64)
        self._n_known, self._n_marks = 1, lexicon.n_marks

    def __missing__(self, word: str) -> int:
        """Number a new form."""
        number = self[word] = len(self.printed)
        self.printed.append(word)
        return number

    def of(self, words: Sequence[str]) -> Ints:
        """Give the numbers of words."""
        return np.fromiter(map(self.__getitem__, words), np.int64, len(words))

    def known(self, numbers: Ints) -> tuple[list[str], Ints]:
        """Give forms in lower case (’ set straight), and what is known of each: bits of this module."""
        if self._n_marks < lexicon.n_marks:  # a module that was loaded since knows more of them
            self._n_known, self._n_marks = 1, lexicon.n_marks
        if self._n_known < len(self.printed):
            self._learn()
        lower: list[str] = self._lower.take(numbers).tolist()
        return lower, self._facts.take(numbers)

    def _learn(self) -> None:
        first, end = self._n_known, len(self.printed)
        self._lower, self._facts = _lengthened(self._lower, end), _lengthened(self._facts, end)
        lexemes = [lexicon[word] for word in self.printed[first:]]
        self._lower[first:end] = [lexeme.lower for lexeme in lexemes]
        self._facts[first:end] = [lexeme.facts for lexeme in lexemes]
        self._n_known = end


def _lengthened(values: NDArray[Any], n: int) -> NDArray[Any]:
    """Give an array whose last axis has room for ``n`` entries: twice as many as it had, so that it seldom grows."""
    while values.shape[-1] < n:
        values = np.concatenate([values, np.zeros_like(values)], axis=-1)
    return values


_numbers = FormNumbers()


def form_numbers() -> FormNumbers:
    """Give the numbers for the next view; they begin anew when there are too many forms."""
    global _numbers
    if len(_numbers) >= _MOST:
        _numbers = FormNumbers()
    return _numbers


class Numbered(Protocol):
    """A view, as far as its forms go: see `article_tokens.View`."""

    @property
    def words(self) -> Sequence[str]:
        """The tokens as printed."""

    @property
    def forms(self) -> Ints:
        """Their numbers."""

    @property
    def form_key(self) -> object:
        """Whose numbers these are."""


class FormTable:
    """Whole numbers that a stage knows of every word form, each worked out once.

    Parameters
    ----------
    n_columns : int
    learn : callable of sequence of str
        Gives the attributes of forms as printed, shape (n_forms, n_columns).
    """

    def __init__(self, n_columns: int, learn: Callable[[Sequence[str]], Ints]) -> None:
        self._learn = learn
        self._table: Ints = np.zeros((n_columns, 1024), dtype=np.int64)
        self._n_known = 1
        self._key: object = None

    def of(self, views: Sequence[Numbered]) -> Ints:
        """Look the tokens of articles up.

        Returns
        -------
        ndarray of shape (n_columns, n_tokens + 1)
            What stands last, all zeros, is for what lies outside the articles.
        """
        if all(view.form_key is _numbers.key for view in views):
            forms = [view.forms for view in views]
        else:  # numbers have begun anew since, or were given by another process
            forms = [_numbers.of(view.words) for view in views]
        if self._key is not _numbers.key:
            self._key, self._n_known = _numbers.key, 1
        new = _numbers.printed[self._n_known :]
        if new:
            end = len(_numbers.printed)
            self._table = _lengthened(self._table, end)
            self._table[:, self._n_known : end] = self._learn(new).T
            self._n_known = end
        return self._table.take(np.concatenate([*forms, [0]]), axis=1)
