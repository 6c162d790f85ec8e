"""Labels before a colon that say who speaks: *Mladenov:*, *Q:*, *SEN. ANA RUIZ (D-Ohio):*, *The Courier:*."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ...language.article_tokens import View
from ...language.source_types import judge
from .stretches import COLON, OPENING

_LONGEST = 14  # tokens of a label, brackets and description among them
_LONGEST_NAME = 6
_JOINING = frozenset("de del della di da dos van von der den bin ibn al el la le du of for the and ' . - &".split())
_ASKING = frozenset({"q", "question", "interviewer", "host", "anchor", "reporter", "moderator", "presenter", "announcer"})
_ANSWERING = frozenset({"a", "answer"})
NO_SPEAKERS = frozenset(
    "watched note location source sources photo photos picture image caption date dates time times where when what who "
    "whom whose why how which tickets ticket price prices cost costs info information ingredients method result results "
    "score scores pros cons verdict update updates updated breaking opinion watch live review explainer explained "
    "analysis more related read see also example examples fact facts myth myths claim claims ruling rating winner "
    "winners loser losers best worst first second third finally step tip tips warning phone telephone email address "
    "hours contact website web name age job party occupation education hometown background context takeaway subject from "
    "to title author director stars starring genre runtime network monday tuesday wednesday thursday friday saturday "
    "sunday january february march april may june july august september october november december yesterday tomorrow "
    "total here there this that these those next previously earlier later pro con yes no left right up down bottom top "
    "line day week month year plus remember correction clarification editor summary highlights history size weight "
    "height capacity population area capital region category status type series episode season chapter part section "
    "article rule round game match final half goals venue kickoff kick-off attendance team teams squad lineup odds "
    "prediction pick picks wins losses record weather forecast temperature high low average median mean increase "
    "decrease change difference reason reasons problem solution issue issues topic topics theme idea goal plan plans "
    "option options choice choices deadline opens closes starts ends directions instructions serves servings makes prep "
    "cook cooking ages level grade rated released available platform platforms developer publisher manufacturer model "
    "engine power torque range wheelbase seats doors warranty photographer headline headlines podcast tracker law "
    "reaction must just full coverage special must-read subscribe newsletter convention summit debate election elections "
    "vote trial budget protest protests talks bill letters letter brief profile obituary portrait interview editorial "
    "archive book quiz timeline gallery factbox graphic graphics infographic map chart charts transcript excerpt "
    "excerpts".split()
)


_BEHIND_LETTERS = frozenset({".", ")", "–", "—", "-"})
_TIME = re.compile(r"\d\d?[.:]\d\d(?:[.:]\d\d)?")


class Label(NamedTuple):
    """A label at the beginning of a sentence.

    Parameters
    ----------
    sentence : int
    first, last : int
        Its name: first token and the one after the last, without brackets and description.
    colon : int
    key : str
        What later labels call the same speaker: the last word, in lower case.
    asks, answers : bool
        It says so: *Q*, *HOST*; *A*.
    """

    sentence: int
    first: int
    last: int
    colon: int
    key: str
    asks: bool
    answers: bool


def labels_of(view: View) -> list[Label]:
    """Find what may be labels of turns, in order; which of them are is for their neighbours to tell."""
    colons = view.places_of(COLON)
    bare = _letters(view) if "q" in view.vocabulary and "Q" in view.words else ()
    return sorted([*_labels(view, colons), *bare]) if colons or bare else []


def _letters(view: View) -> Iterator[Label]:
    """Find letters that mark question and answer: *Q. Where were you?*, *A. At home.*, *Q  Mr. President, …*."""
    for n, (first, last) in enumerate(view.sentences):
        letter = view.words[first]
        if letter not in {"Q", "A"} or first + 2 >= last:
            continue
        if view.words[first + 1] in _BEHIND_LETTERS:
            yield Label(n, first, first + 1, first + 1, letter.lower(), asks=letter == "Q", answers=letter == "A")
        elif letter == "Q" and view.words[first + 1][0].isupper():
            yield Label(n, first, first + 1, first, "q", asks=True, answers=False)


def _labels(view: View, colons: Sequence[int]) -> Iterator[Label]:
    for colon in colons:
        n = view.home[colon]
        first, last = view.sentences[n]
        first = _behind_time(view, first, colon)
        if not first < colon <= first + _LONGEST or colon + 1 >= last or ":" in view.words[first:colon]:
            continue
        label = _label(view, n, first, colon)
        if label:
            yield label


def _behind_time(view: View, first: int, colon: int) -> int:
    """Step over a quotation mark and a time before a label: *[00:12] HOST:*, *10.32 HOST:*."""
    if view.words[first] in OPENING:  # a transcript that is quoted as a whole
        first += 1
    if view.words[first] in {"[", "("}:
        close = next((t for t in range(first, colon) if view.words[t] in {"]", ")"}), first)
        return close + 1 if any(word[0].isdigit() for word in view.words[first:close]) else first
    return first + 1 if first + 1 < colon and _TIME.fullmatch(view.words[first]) else first


def _label(view: View, n: int, first: int, colon: int) -> Label | None:
    end = next((t for t in range(first, colon) if view.words[t] in {"(", "[", ","}), colon)
    numbered = end - first > 1 and view.words[end - 1].isdigit() and view.words[first].isupper()  # FARMER #2
    name_end = end - 1 - (view.words[end - 2] == "#") if numbered else end
    words, lower = view.words[first:name_end], view.lower[first:name_end]
    if not words or len(words) > _LONGEST_NAME or not _is_name(words, lower):
        return None
    if end < colon and view.words[end] in "([" and view.words[colon - 1] not in {")", "]"}:
        return None
    key = next(word for word in reversed(lower) if word[0].isalpha()) + (view.words[end - 1] if numbered else "")
    if not NO_SPEAKERS.isdisjoint(lower):
        return None
    judged = judge(view.words[first:colon]) or judge(words)
    asks = key in _ASKING or (judged is not None and judged.source_type == "media")
    return Label(n, first, end, colon, key, asks, key in _ANSWERING and len(words) == 1)


def _is_name(words: Sequence[str], lower: Sequence[str]) -> bool:
    """Tell whether words can be a name: all with capitals, or joining such; no figures."""
    if not words[0][0].isupper() or not (words[-1][0].isalpha() or words[-1] == "."):
        return False
    return all(word[0].isupper() or low in _JOINING for word, low in zip(words, lower, strict=True))
