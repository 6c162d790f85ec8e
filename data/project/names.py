"""Names of annotators, which are names of folders on every system."""

import re
from collections.abc import Iterable
from unicodedata import normalize

from ...errors import SaysoError
from ..system.file_names import folded, is_reserved

DECIDED = "decided"
"""Holds what a person decided where annotators differ; nobody is called so."""
DEFAULT = "me"
_LONGEST = 40
_SAFE = re.compile(r"[^\W_][\w-]*")  # letters and digits of any script, then also _ and -


def check_annotator(name: str, others: Iterable[str] = ()) -> str:
    """Give the name of an annotator as it is written on disk.

    Parameters
    ----------
    name : str
    others : iterable of str, optional
        The annotators that are there already.

    Raises
    ------
    SaysoError
        If it is no safe name for a folder on every system, is reserved, or differs from that of another annotator in
        capitals only.
    """
    plain = normalize("NFC", name)
    if plain.casefold() == DECIDED:
        raise SaysoError(f"annotator {name!r}: this name is reserved for decisions between annotators; choose another.")
    if is_reserved(plain):
        raise SaysoError(f"annotator {name!r}: Windows does not allow a folder of this name; choose another.")
    if len(plain.encode(errors="replace")) > 2 * _LONGEST or len(plain) > _LONGEST or not _SAFE.fullmatch(plain):
        raise SaysoError(
            f"annotator {name[:60]!r}: use up to {_LONGEST} letters, digits, - and _, starting with a letter or digit."
        )
    alike = next((other for other in others if other != plain and folded(other) == folded(plain)), None)
    if alike is not None:
        raise SaysoError(
            f"annotator {name!r}: too similar to the existing {alike!r}, because some systems ignore "
            "capital letters; choose another name, or use the existing one."
        )
    return plain
