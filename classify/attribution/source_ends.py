"""Where a source ends: what stands behind a name to say who bears it belongs to its span."""

from bisect import bisect_right
from collections.abc import Container, Sequence
from dataclasses import replace

from ..entities.appositions import NO_DESCRIPTION
from ..language.article_tokens import View
from ..language.phrase_heads import head_noun
from ..language.source_words import OWNERS
from .extractor import Candidate

_OPENERS = frozenset("a an the who whose which one another".split()) | OWNERS
_CLOSERS = frozenset(", ; : ( ) — – “ ” \" ? ! `` ''".split())
_PARTIES = ("R-", "D-", "I-")
_LONGEST_BRACKET = 8
_LONGEST_PLACE = 3  # words between commas: *in Tampa, Florida, who …*

Stretch = tuple[int, int]
"""First token and the one after the last."""


def with_descriptions(view: View, told: Sequence[Candidate]) -> list[Candidate]:
    """Let sources take in the descriptions behind them.

    Parameters
    ----------
    view : View
    told : sequence of Candidate
        All that an article's readers are told: no description runs into a cue or into what is said.

    Returns
    -------
    list of Candidate
        In the same order; of nested ones, too, the sources are whole.
    """
    taken: set[int] = set()
    for c in told:
        for one in (c, *c.nested):
            taken.update(_cue(one), one.content.tolist() if one is c else ())
    return [_whole(view, c, taken) for c in told]


def _whole(view: View, c: Candidate, taken: Container[int]) -> Candidate:
    nested = tuple([_whole(view, one, {*_cue(one), *one.content.tolist()}) for one in c.nested])
    source = whole_source(view, c.source, taken) if c.source else None
    return c if source == c.source and not nested else replace(c, source=source, nested=nested)


def _cue(c: Candidate) -> range:
    """Give the tokens of its cue."""
    return range(*c.cue) if c.cue else range(0)


def whole_source(view: View, source: Stretch, taken: Container[int]) -> Stretch:
    """Give a source with the description behind it: *Anna Roe*, then *, 43, a farmer from Ems, who owes the bank nothing*.

    Parameters
    ----------
    view : View
    source : (int, int)
        First token and the one after the last.
    taken : container of int
        Tokens that are no part of a source: cues, and what is said. What runs into one is no description:
        *Anna Roe, who said …*
    """
    words, first, end = view.words, *source
    last = view.sentences[bisect_right(view.sentences, (end - 1, len(words))) - 1][1]
    limit = next((t for t in range(end, last) if t in taken), last)
    while end < limit and (stop := _description_end(words, end, limit, last, described=end > source[1])):
        end = stop
    return first, end


def _description_end(words: Sequence[str], at: int, limit: int, last: int, *, described: bool) -> int:
    """Give the end of the description that begins with the mark at a token; 0 where there is none."""
    if words[at] == "(":
        bracket = range(at, min(limit, at + _LONGEST_BRACKET))
        return next((t + 1 for t in bracket if words[t] == ")" and words[at + 1][0].isupper()), 0)
    start = stop = at + 1
    while stop < limit and not _closes(words, stop, last):
        stop += 1
    if words[at] != "," or stop == start or (stop < last and not _closes(words, stop, last)):
        return 0
    return stop if _describes(words[start:stop]) or (described and _is_place(words[start:stop])) else 0


def _closes(words: Sequence[str], at: int, last: int) -> bool:
    return words[at] in _CLOSERS or (words[at] == "." and at == last - 1)


def _describes(words: Sequence[str]) -> bool:
    """Tell whether words between commas say who somebody is: an age, a party, a relative clause, a role."""
    opening = words[0].lower()
    if words[0].startswith(_PARTIES) or words[0] + "".join(words[1:2]) in _PARTIES:
        return True
    if len(words) == 1 or opening in _OPENERS:
        return words[0].isdigit() or (opening in _OPENERS and len(words) > 1)
    if opening in NO_DESCRIPTION or opening.endswith(("ing", "ly")):
        return False
    noun = head_noun(words)
    return noun is not None and noun.sort == "role"


def _is_place(words: Sequence[str]) -> bool:
    return len(words) <= _LONGEST_PLACE and all(word[0].isupper() or word == "." for word in words)
