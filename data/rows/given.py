"""How labels were given: under which version of a codebook each, and whether it was accepted from the models' view."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ..records import LABEL_COLUMNS, Sentence
from .suggestions import CODEBOOK, own_labels

STANCE_TOWARDS = "stance: "
"""What the name of a stance begins with, among the labels of a sentence; the target follows."""


@dataclass(frozen=True, slots=True)
class Given:
    """How a label was given.

    Parameters
    ----------
    version : int or None
        Of the codebook that was in force; None where there was none, or it is not known.
    accepted : bool
        Taken over from what the models say, with nothing changed.
    """

    version: int | None = None
    accepted: bool = False

    def as_json(self) -> int | dict[str, Any]:
        """Give a number where the label was given by a person, an object where it was accepted."""
        if not self.accepted:
            return self.version or 0
        return {**({} if self.version is None else {"version": self.version}), "accepted": True}


def labels_there(s: Sentence) -> dict[str, Any]:
    """Give the labels that a sentence has by name: columns, ``stance: TARGET``, ``loaded`` and ``attributions``."""
    of_ours = {name: value for name in (*LABEL_COLUMNS, "loaded", "attributions") if (value := getattr(s, name))}
    return {**of_ours, **{STANCE_TOWARDS + target: label for target, label in s.stance.items()}, **own_labels(s)}


def given_of(s: Sentence) -> dict[str, Given]:
    """Tell how the labels of a sentence were given; those of which it is not known are left out.

    Examples
    --------
    >>> from ..records import Span
    >>> s = Sentence(0, Span(0, 5), kind="quote", extra={"frame": "loss", "codebook": '{"frame": 1}'})
    >>> given_of(s)
    {'frame': Given(version=1, accepted=False)}
    """
    cell = s.extra.get(CODEBOOK, "")
    there = labels_there(s)
    if _is_number(cell):
        return dict.fromkeys(there, Given(int(cell)))
    read = _parsed(cell)
    return {name: _given(read[name]) for name in there if name in read}


def cell_of(given: Mapping[str, Given], there: Iterable[str]) -> str | None:
    """Write how labels were given into the cell of the column ``codebook``.

    Parameters
    ----------
    given : mapping of str to Given
    there : iterable of str
        The labels that the sentence has; what is known of others goes.

    Returns
    -------
    str or None
        The number of the version where a person gave all labels under one; else an object by label; None where nothing
        is known.
    """
    names = list(there)
    known = {name: given[name] for name in names if given.get(name, Given()) != Given()}
    if not known:
        return None
    values = [one.as_json() for one in known.values()]
    if len(known) == len(names) and isinstance(values[0], int) and values.count(values[0]) == len(values):
        return str(values[0])
    return json.dumps(dict(zip(known, values, strict=True)), ensure_ascii=False)


def without_version(cell: str | None) -> str | None:
    """Forget the versions in a cell, which are those of another project's codebook; what was accepted stays so.

    Examples
    --------
    >>> without_version('{"frame": 1, "kind": {"version": 2, "accepted": true}}')
    '{"kind": {"accepted": true}}'
    >>> without_version("3")
    """
    accepted = {name: Given(accepted=True) for name, value in _parsed(cell or "").items() if _given(value).accepted}
    return cell_of(accepted, accepted)


def given_by_all(theirs: Iterable[Sentence], merged: Sentence) -> dict[str, Given]:
    """Tell how the labels of a sentence were given that was merged from several people's.

    A label has a version where all who gave one had the same in force, and was accepted where none gave it otherwise:
    what a person decided was not.
    """
    sides = [(labels_there(s), given_of(s)) for s in theirs]
    found: dict[str, Given] = {}
    for name, label in labels_there(merged).items():
        ways = [(there[name], given.get(name, Given())) for there, given in sides if name in there]
        versions = {way.version for _, way in ways}
        accepted = bool(ways) and all(way.accepted and given == label for given, way in ways)
        found[name] = Given(versions.pop() if len(versions) == 1 else None, accepted)
    return found


def _is_number(cell: str) -> bool:
    return cell.isascii() and cell.isdecimal() and len(cell) < 10


def _parsed(cell: str) -> dict[str, Any]:
    """Read an object; a cell that somebody wrote something else into says nothing."""
    if not cell.startswith("{"):
        return {}
    try:
        read = json.loads(cell)
    except (ValueError, RecursionError):
        return {}
    return read if isinstance(read, dict) else {}


def _given(value: Any) -> Given:
    of: Mapping[str, Any] = value if isinstance(value, dict) else {"version": value}
    version = of.get("version")
    return Given(version if type(version) is int and version > 0 else None, of.get("accepted") is True)
