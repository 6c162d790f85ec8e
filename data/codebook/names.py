"""Which names columns and labels of a codebook can have."""

import re

from ...errors import SaysoError
from ..rows.label_values import folded
from ..rows.places import ABOUT_ARTICLE, RESERVED
from ..rows.suggestions import PREFIX
from .codebook import BUILT_IN, Column

_PREFIXES = {
    PREFIX: "suggestions of models",
    ABOUT_ARTICLE: "what is known of articles",
    "second_": "second labels",
    "weak_": "labels by rules",
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
        raise SaysoError(f"{where}: {name!r} differs from the column {builtin!r} that comes along in capitals only.")
    if plain in RESERVED or plain in _KEPT:
        raise SaysoError(f"{where}: the name {name!r} has a meaning of its own in datasets; choose another.")
    for prefix, what in _PREFIXES.items():
        if plain.startswith(prefix):
            raise SaysoError(f"{where}: names that begin with {prefix} are those of {what}; choose another.")
    for part, what in _INSIDE.items():
        if part in plain:
            raise SaysoError(f"{where}: a name with {part} in it is that of {what}; choose another.")
    if not _NAME.fullmatch(name):
        raise SaysoError(f"{where}: {name!r} is no name for a column: letters, digits, _ and -, a letter first.")
    if len(name) > _LONGEST_NAME:
        raise SaysoError(
            f"{where}: a name of {len(name)} characters; {_LONGEST_NAME} at most. What is asked goes into question."
        )


def check_label_name(name: str, where: str, column: Column) -> None:
    """Refuse what is no label, and labels of the user's own in a column that comes along.

    Raises
    ------
    SaysoError
        With the reason.
    """
    if not name.isprintable():
        raise SaysoError(f"{where}: {name!r} has a character that cannot be seen, such as a line break; leave it out.")
    if len(name) > _LONGEST_LABEL:
        raise SaysoError(
            f"{where}: a label of {len(name)} characters; {_LONGEST_LABEL} at most. What it means goes into text."
        )
    if column.builtin and column.labels and column.label(name) is None:
        labels = ", ".join(label.name for label in column.labels)
        raise SaysoError(f"{where}: {column.name} has the labels {labels} only; make a [[column]] of your own for others.")
