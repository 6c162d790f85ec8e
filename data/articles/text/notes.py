"""Marks of notes behind a sentence: ``resign.[3] The``, ``resign.¹ The``, ``resign.2 The``."""

import re

from ...records import Span
from .abbreviations import BEFORE_NUMBERS, MONTHS

_RAISED = "¹²³⁰⁴⁵⁶⁷⁸⁹"
_WORDED = r"(?:\[(?:[a-z]|[Nn]otes? \d{1,2}|citation needed|clarification needed|who\?)\])+"
_NUMBERED = r"(?:\[\d{1,3}(?:[,–-]\s?\d{1,3})*\]\s*)+"
_MARK = re.compile(
    r"(?P<word>(?:[A-Za-z]{1,20})?)[.!?…]+[\"'”’)]{0,2}(?P<note>"
    rf"{_WORDED}(?=\s*[A-Z“\"‘'(]|\s*\Z)|"
    rf"[{_RAISED}†‡§]+(?:[,–-][{_RAISED}]+)*(?=\s|\Z)|"
    # digits on the line: "city.15 Ukrainian soldiers died" lacks a space, "city.15 The mayor left" has a note
    r"(?P<digits>\d(?=\s+[A-Z“])|\d{1,3}(?=\s+(?:The|He|She|It|They|We|But|In|On|At|This|That|These|However|When|After)\b|\s*\Z))"
    r")"
)
_POSSIBLE = re.compile(rf"[.!?…][\"'”’)]{{0,2}}+(?:\[|[{_RAISED}†‡§\d])")
_LEADING = re.compile(rf"{_NUMBERED}(?=[A-Z“\"‘'(\d]|\Z)")
_LAST = frozenset(f"]{_RAISED}†‡§0123456789*")
_LONGEST = 40  # characters of a word and its notes


def without_notes(source: str) -> str:
    """Return a paragraph with spaces in the place of the marks of notes behind its sentences.

    Numbers in brackets stay: a sentence may begin with a bracket, and `cut_notes` cuts them off there.

    >>> without_notes("She will resign.³ The vote rose 2.5 points.")
    'She will resign.  The vote rose 2.5 points.'
    """
    if not _POSSIBLE.search(source):
        return source
    parts, at = [], 0
    for m in _MARK.finditer(source):
        if _is_note(m):
            start, end = m.span("note")
            parts += [source[at:start], " " * (end - start)]
            at = end
    return "".join([*parts, source[at:]])


def cut_notes(text: str, sentences: list[Span]) -> list[Span]:
    """Cut the marks of notes off the ends of a paragraph's sentences; where nothing else is left, there is no sentence."""
    if not any([_may_hold(text, sentence) for sentence in sentences]):
        return sentences
    left = [_cut(text, sentence) if _may_hold(text, sentence) else sentence for sentence in sentences]
    return [sentence for sentence in left if sentence.start < sentence.end]


def _may_hold(text: str, sentence: Span) -> bool:
    return text[sentence.end - 1] in _LAST or text[sentence.start] == "["


def _cut(text: str, sentence: Span) -> Span:
    start, end = sentence
    if text[start] == "[" and (m := _LEADING.match(text, start, end)):  # the note of the sentence before: "resign.[3] The"
        start = m.end()
        if start == end:
            return Span(start, end)
    if text[end - 1] == "*":
        is_note = end - start > 2 and text[end - 2] in '.!?…”"’' and text.count("*", start, end) == 1
        return Span(start, end - is_note)
    for m in _MARK.finditer(text, max(start, end - _LONGEST), end):
        if m.end() == end and _is_note(m):
            return Span(start, m.start("note"))
    return Span(start, end)


def _is_note(m: re.Match[str]) -> bool:
    if m["digits"] is None:
        return True
    word = m["word"]
    return len(word) > 2 and word[-1].islower() and word.lower() not in MONTHS | BEFORE_NUMBERS
