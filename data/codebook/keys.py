"""The keys of labels: those that a codebook names, and those that labels without one get."""

import string
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from ...errors import SaysoError
from .codebook import Column

MARKS: Mapping[str, str] = {"source": "s", "cue": "c", "content": "x", "speaker": "p"}
"""The keys that mark the parts of an attribution; they stay what they are, whatever a codebook says."""

COMMANDS: Mapping[str, str] = {
    "u": "undo",
    "U": "redo",
    "j": "next sentence",
    "k": "previous sentence",
    "g": "next sentence without a label",
    "d": "done",
    "m": "note",
    "b": "loaded words",
    "e": "edit",
    "+": "another attribution",
    "?": "help",
    "/": "search",
    ".": "next stance target",
    **{key: f"mark the {part}" for part, key in MARKS.items()},
}
"""Keys of the page that no label can have, and what each does. Arrows, Enter, Space, Escape and Tab are no characters."""

_LAST = string.ascii_lowercase + string.digits + ",-;'[]#"
"""What labels get by themselves. Capitals are left out: they differ from the small letters, which the page or other labels
have, by Shift only, and beside Caps Lock nobody can tell which of the two was meant."""


def with_keys(columns: Sequence[Column], usual: Iterable[Column], where: str) -> tuple[Column, ...]:
    """Give every label of the asked columns a key of its own, as far as there are keys.

    Parameters
    ----------
    columns : sequence of Column
        A label's key is what the user wrote: None for nothing, empty for no key.
    usual : iterable of Column
        Labels keep the keys that they have there, those of columns that stand first before others; they give way to
        what the user wrote.
    where : str
        The file, for messages.

    Raises
    ------
    SaysoError
        If a key is none, is one of the page's own, or is given twice.
    """
    key_by_label = {place: key for key, place in _written_keys(columns, where).items()}
    open_labels = {(c.name, label.name): None for c in columns if c.asked for label in c.labels if label.key is None}
    taken = set(key_by_label.values())
    marks = {("attribution", part): key for part, key in MARKS.items()}
    kept = ((column.name, label.name, label.key) for column in usual for label in column.labels if label.key)
    for place, key in chain(marks.items(), (((column, label), key) for column, label, key in kept)):
        if place in open_labels and key not in taken:
            key_by_label[place] = key
            taken.add(key)
            del open_labels[place]
    free = {key: None for key in _LAST if key not in COMMANDS and key not in taken}
    for place in open_labels:
        if found := next(_proposals(place[1], free), None):
            key_by_label[place] = found
            del free[found]
    return tuple(
        replace(c, labels=tuple(replace(x, key=key_by_label.get((c.name, x.name)) if c.asked else None) for x in c.labels))
        for c in columns
    )


def _proposals(name: str, free: Mapping[str, None]) -> Iterator[str]:
    """Yield free keys, the likeliest first: a letter or digit of the label, any letter, any digit, another sign."""
    yield from (key for key in (*dict.fromkeys(name.casefold()), *_LAST) if key in free)


def _written_keys(columns: Sequence[Column], where: str) -> dict[str, tuple[str, str]]:
    """Give the keys that the user wrote, checked."""
    taken: dict[str, tuple[str, str]] = {}
    for column in columns:
        for label in column.labels if column.asked else ():
            if not label.key:
                continue
            place = f"{where}: column {column.name!r}: label {label.name!r}"
            _check_key(label.key, place, MARKS.get(label.name) if column.name == "attribution" else None)
            if label.key in taken:
                other_column, other = taken[label.key]
                raise SaysoError(
                    f"{place}: the key {label.key!r} is already used for {other!r} in {other_column!r}; "
                    "choose another, or leave key out."
                )
            taken[label.key] = (column.name, label.name)
    return taken


def _check_key(key: str, place: str, mark: str | None) -> None:
    if mark is not None and key != mark:
        raise SaysoError(f"{place}: its key is {mark!r} and cannot be changed; leave key out.")
    if len(key) != 1 or not key.isprintable() or key.isspace():
        raise SaysoError(f"{place}: the key is {key!r}; it must be one character, such as {'w'!r}.")
    if key in COMMANDS and key != mark:
        raise SaysoError(
            f"{place}: the key {key!r} is reserved by the page ({COMMANDS[key]}); choose another, or leave key out."
        )
