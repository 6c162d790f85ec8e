"""Values out of a browser: each is what it has to be, or one clear line says what is wrong."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from ...errors import SaysoError
from ..records import Span
from ..scheme import SOURCE_TYPES

LONGEST_TEXT = 10_000  # characters of a note or of a label in one's own words
_LONGEST_NAME = 300  # of a speaker or a target
_MOST_SPANS = 1_000
_SHOWN = 60


def shown(value: object) -> str:
    """Give a value for a message, cut where it is long."""
    try:
        words = ascii(value) if isinstance(value, str) and not value.isprintable() else repr(value)
    except (ValueError, RecursionError):  # a number or a list beyond what Python writes down
        words = f"a very large {type(value).__name__}"
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"


def checked_label(value: object, what: str, labels: Sequence[str]) -> str | None:
    """Give a label, or None."""
    if value is None:
        return None
    if not isinstance(value, str) or value not in labels:
        raise SaysoError(f"{what} is {shown(value)}; it must be one of {', '.join(labels)}, or empty.")
    return value


def checked_text(value: object, what: str, longest: int = LONGEST_TEXT) -> str:
    """Give a text without blanks around it."""
    if not isinstance(value, str):
        raise SaysoError(f"{what} is {shown(value)}; it must be a text.")
    if len(value) > longest:
        raise SaysoError(f"{what} has {len(value):,} characters; the limit is {longest:,}.")
    if "\0" in value or any("\ud800" <= c <= "\udfff" for c in value):
        raise SaysoError(f"{what} contains a NUL character or half of a character: {shown(value)}; write it again.")
    return value.replace("\r\n", "\n").replace("\r", "\n").strip()


def checked_name(value: object, what: str) -> str:
    """Give a name: a text in one line."""
    name = " ".join(checked_text(value, what, _LONGEST_NAME).split())
    if not name:
        raise SaysoError(f"{what} is empty; give a name.")
    return name


def checked_mapping(value: object, what: str, keys: Sequence[str] = ()) -> Mapping[str, Any]:
    """Give an object, with no other keys than those that are known, if any are given."""
    if not isinstance(value, Mapping) or not all(isinstance(key, str) for key in value):
        raise SaysoError(f"{what} is {shown(value)}; it must be an object.")
    unknown = [key for key in value if key not in keys] if keys else []
    if unknown:
        raise SaysoError(f"{what} has the unknown key {shown(unknown[0])}; it can have {', '.join(keys)}.")
    return value


def checked_list(value: object, what: str) -> Sequence[Any]:
    """Give a list."""
    if not isinstance(value, list | tuple):
        raise SaysoError(f"{what} is {shown(value)}; it must be a list.")
    if len(value) > _MOST_SPANS:
        raise SaysoError(f"{what} has {len(value):,} entries; the limit is {_MOST_SPANS:,}.")
    return value


def checked_span(value: object, what: str, text: str) -> Span:
    """Give a span of an article's text with words in it, without the blanks at its ends."""
    span = checked_mapping(value, what, ("start", "end", "text"))
    start, end = span.get("start"), span.get("end")
    if not (type(start) is int and type(end) is int):
        raise SaysoError(f"{what} is {shown(dict(span))}; it must have start and end, two whole numbers.")
    if not 0 <= start < end <= len(text):
        raise SaysoError(
            f"{what} is {shown(start)} to {shown(end)}, outside the article's {len(text):,} characters, or empty; "
            "offsets count characters, end exclusive."
        )
    words = text[start:end]
    if not words.strip():
        raise SaysoError(f"{what} is {start} to {end}, where there are no words; mark at least one word.")
    if "text" in span and span["text"] != words:
        raise SaysoError(f"{what} is {start} to {end}, which is {shown(words)}, not {shown(span['text'])}.")
    return Span(start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip()))


def span_json(span: Span | None, text: str) -> dict[str, Any] | None:
    """Give a span with its words."""
    return None if span is None else {"start": span.start, "end": span.end, "text": span.of(text)}


def checked_attribution(value: object, what: str, text: str) -> dict[str, Any]:
    """Give an attribution as `data.rows.labels.as_json` writes it."""
    given = checked_mapping(value, what, ("source", "cue", "content", "speaker", "source_type"))
    spans = {
        role: None if given.get(role) is None else checked_span(given[role], f"{what}: {role}", text)
        for role in ("source", "cue")
    }
    parts = [] if given.get("content") is None else checked_list(given["content"], f"{what}: content")
    content = sorted(checked_span(part, f"{what}: content {i}", text) for i, part in enumerate(parts, 1))
    if not content and not any(spans.values()):
        raise SaysoError(f"{what} has neither source, cue nor content; mark at least one.")
    if any(one.overlaps(other) for one, other in pairwise(content)):
        raise SaysoError(f"{what}: two content spans overlap; mark each word once.")
    speaker = given.get("speaker")
    if speaker is not None:
        speaker = " ".join(checked_text(speaker, f"{what}: speaker", _LONGEST_NAME).split()) or None
    return {
        "source": span_json(spans["source"], text),
        "cue": span_json(spans["cue"], text),
        "content": [span_json(span, text) for span in content],
        "speaker": speaker,
        "source_type": checked_label(given.get("source_type"), f"{what}: source_type", SOURCE_TYPES),
    }
