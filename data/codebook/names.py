"""Which names columns and labels of a codebook can have."""

import re

from ...errors import SaysoError
from ..display import can_be_name
from ..rows.label_values import folded
from ..rows.places import ABOUT_ARTICLE, RESERVED
from ..rows.suggestions import PREFIX
from .codebook import BUILT_IN, Column

_PREFIXES = {
    PREFIX: "model suggestions",
    ABOUT_ARTICLE: "information about articles",
    "second_": "second labels",
    "weak_": "labels given by rules",
    "stance_": "stances",
}
_INSIDE = {"_by_": "one annotator's labels", "_p_": "probabilities"}
_KEPT = frozenset("codebook note annotator done second speaker content span attribution_source_type".split())
_NAME = re.compile(r"[^\W\d_][\w-]*")
_LONGEST_NAME, _LONGEST_LABEL = 60, 100  # names become names of files and columns; labels stand on buttons


def check_column_name(name: str, where: str) -> None:
    """Refuse a name that no column of the user's own can have.

    Raises
    ------
    SaysoError
        With the reason.
    """
    plain = folded(name)
    if builtin := next((x for x in BUILT_IN if x == plain), None):
        raise SaysoError(
            f"{where}: {name!r} differs from the built-in column {builtin!r} only in capital letters; choose another name."
        )
    if plain in RESERVED or plain in _KEPT:
        raise SaysoError(f"{where}: the name {name!r} is reserved in datasets; choose another.")
    for prefix, what in _PREFIXES.items():
        if plain.startswith(prefix):
            raise SaysoError(f"{where}: names that begin with {prefix} are reserved for {what}; choose another.")
    for part, what in _INSIDE.items():
        if part in plain:
            raise SaysoError(f"{where}: names that contain {part} are reserved for {what}; choose another.")
    if not _NAME.fullmatch(name):
        raise SaysoError(f"{where}: {name!r} cannot be a column name; use letters, digits, _ and -, starting with a letter.")
    if len(name) > _LONGEST_NAME:
        raise SaysoError(
            f"{where}: the name has {len(name)} characters, more than {_LONGEST_NAME}; put the question "
            "that it asks into question."
        )


def check_label_name(name: str, where: str, column: Column) -> None:
    """Refuse what is no label, and labels of the user's own in a column that comes along.

    Raises
    ------
    SaysoError
        With the reason.
    """
    if not can_be_name(name):
        raise SaysoError(f"{where}: {name!r} contains an invisible character, such as a line break; remove it.")
    if len(name) > _LONGEST_LABEL:
        raise SaysoError(
            f"{where}: the label has {len(name)} characters, more than {_LONGEST_LABEL}; put its meaning into text."
        )
    if column.builtin and column.labels and column.label(name) is None:
        labels = ", ".join(label.name for label in column.labels)
        raise SaysoError(
            f"{where}: {column.name} can only have the labels {labels}; for others, add a [[column]] of your own."
        )
