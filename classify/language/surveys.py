"""Phrases about surveys, and about papers and figures that an outlet was shown: whose word they are."""

from collections.abc import Sequence
from functools import lru_cache

from .source_words import TITLES, cut_of, is_fraction, is_name, look_up

POLLED = frozenset("surveyed polled canvassed".split())
_SHOWN = frozenset("seen obtained reviewed viewed".split())  # by an outlet
_HANDED = frozenset("provided given shared sent passed leaked shown supplied".split())  # to or with an outlet
_CARRIED = frozenset("carried conducted commissioned published released done".split())
_RELAYING = POLLED | _SHOWN | _HANDED | _CARRIED
_NOUNS = frozenset("survey surveys poll polls study".split())
_PRODUCTS = frozenset("results findings respondents participants".split())
_ASKED = frozenset("respondents participants those them surveyed polled asked".split())
_PROFESSIONS = frozenset({"expert"})
_LONG_OUTLET = 5  # tokens of an outlet's name, and the link before it
_LONG_SURVEY = 5  # tokens of *the survey's main findings*
_ASKED_WITHIN = 8  # tokens behind *of* among which those who were asked are named


def without_relay(words: tuple[str, ...]) -> tuple[str, ...]:
    """Take off a phrase the adverb before it, and the outlet that was shown something or that asked.

    Parameters
    ----------
    words : tuple of str
        As printed: *Meanwhile, the mayor*; *figures seen by the Lantern from the ministry*.

    Returns
    -------
    tuple of str
        *the mayor*; *figures from the ministry*.
    """
    if len(words) > 2 and words[1] == "," and words[0] in {"Meanwhile", "However", "Separately", "Still"}:
        words = words[2:]
    if _RELAYING.isdisjoint(words):
        return words  # most phrases
    for at, word in enumerate(words[1:-2], 1):
        if word in _CARRIED and words[at - 1] == "," and (made := _with_maker(words, at)):
            return made
        if word in _SHOWN and words[at + 1] == "by":
            return _without_outlet(words, at, {"from", "by", "of"})
        if word in _HANDED and words[at + 1] in {"to", "with"}:
            return _without_outlet(words, at, {"by", "from"})
        if word in POLLED and words[at + 1] == "by" and asks_experts(words[:at]):
            return words[:at]
    return words


def _with_maker(words: tuple[str, ...], at: int) -> tuple[str, ...]:
    """Put the maker of a survey right behind it: *a survey of tenants, carried out by the union*; empty for no survey."""
    noun = next((k for k, w in enumerate(words[: at - 1]) if w.lower() in _NOUNS), 0)
    by = next((k for k in range(at + 1, min(at + 3, len(words) - 1)) if words[k] == "by"), 0)
    return (*words[: noun + 1], *words[by:]) if noun and by else ()


def _without_outlet(words: tuple[str, ...], at: int, links: set[str]) -> tuple[str, ...]:
    """Take out *seen by the Lantern*, where the maker stands on either side of it: *figures from the ministry*."""
    start = at + 2 + (words[at + 2].lower() in TITLES)
    end = start
    while end < min(len(words), start + _LONG_OUTLET) and is_name(words[end]):
        end += 1
    if end == start:
        return words
    if end + 1 < len(words) and words[end] in links:
        return (*words[:at], "by", *words[end + 1 :])
    return words[:at] if end == len(words) and not {"from", "by", "of"}.isdisjoint(words[:at]) else words


def asks_experts(words: Sequence[str]) -> bool:
    """Tell *most forecasters*, *600 nurses* from *voters*, *adults*."""
    last = words[-1].lower()
    found = look_up(words[max(len(words) - 3, 0) :])
    return last in {"forecasters", "strategists"} or (bool(found) and found[-1].source_type in _PROFESSIONS)


def is_of_experts(behind: Sequence[str]) -> bool:
    """Tell a survey *of 600 nurses*, *among economists* from one *of 1,200 voters*."""
    if len(behind) < 2 or behind[0].lower() not in {"of", "among"}:
        return False
    asked = behind[1 : _ASKED_WITHIN + 1]
    if list(asked[:2]) == ["more", "than"]:
        asked = asked[2:]
    head = asked[: cut_of(asked)] if asked else asked
    return bool(head) and head[-1].endswith("s") and asks_experts(head)


@lru_cache(maxsize=2048)
def is_of_survey(words: tuple[str, ...]) -> bool:
    """Tell *the survey*, *results*, *three-quarters*, *half of the respondents*: of a survey named before.

    Parameters
    ----------
    words : tuple of str
        As printed.
    """
    lower = [w.lower() for w in words]
    if is_fraction(lower):
        behind = lower[cut_of(words) + 1 :] if "of" in lower else []
        return not behind or not _ASKED.isdisjoint(behind)
    if len(words) > _LONG_SURVEY or lower[0] not in {"the", "this", "its", *_PRODUCTS}:
        return False
    return lower[-1] in _PRODUCTS or (lower[-1] in _NOUNS and len(words) < _LONG_SURVEY - 1 and lower[0] != "its")
