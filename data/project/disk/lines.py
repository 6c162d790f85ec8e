"""What a line of the history has to hold, so that nothing which somebody wrote by hand breaks what is done with it."""

from collections.abc import Callable, Mapping
from types import NoneType
from typing import Any

from ...records import LABEL_COLUMNS
from ...rows.suggestions import CODEBOOK
from ...scheme import LABELS_OF, STANCES

AT_MOST = 2**52
"""Numbers of changes are smaller: all that reads JSON keeps these as they are, and as many may follow."""
_TYPES: Mapping[str, tuple[type, ...]] = {
    "number": (int,),
    "time": (str,),
    "article": (str,),
    "n": (int, NoneType),
    "set": (dict,),
    "was": (dict,),
    "codebook": (int, NoneType),
    "undoes": (int, NoneType),
    "also": (dict,),
}
Check = Callable[[Any], bool]


def is_change(value: object) -> bool:
    """Tell whether an object is a change; keys that a newer version of sayso may write are no fault."""
    if not isinstance(value, dict):
        return False
    for key, types in _TYPES.items():  # plain loops: a history may have a hundred thousand lines
        if type(value.get(key)) not in types:
            return False
    for key in ("number", "undoes", "codebook", "n"):
        if (number := value.get(key)) is not None and not 0 <= number < AT_MOST:
            return False
    if not value["number"] or "n" not in value:  # without it nobody knows whether a sentence or the article is meant
        return False
    return _are_values(value["set"]) and _are_values(value["was"]) and _is_also(value["also"])


def _is_also(also: dict[str, Any]) -> bool:
    """Tell whether what follows from a change is there forth and back."""
    return not also or all(isinstance(side, dict) and _each(side, _ALSO) for side in (also.get("set"), also.get("was")))


def _are_values(values: dict[str, Any]) -> bool:
    return _each(values, _VALUES)


def _each(values: Mapping[str, Any], checks: Mapping[str, Check]) -> bool:
    for key, value in values.items():
        if key in checks and not checks[key](value):
            return False
    return True


def _text_or_none(value: Any) -> bool:
    return value is None or isinstance(value, str)


def _of(labels: tuple[str, ...]) -> Check:
    return lambda value: value is None or (isinstance(value, str) and value in labels)


def _names(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(name, str) for name in value)


def _targets(value: Any) -> bool:
    return isinstance(value, dict) and all(map(_names, value.values()))


def _mapping_to(check: Check) -> Check:
    return lambda value: isinstance(value, dict) and all(map(check, value.values()))


def _objects(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


_VALUES: Mapping[str, Check] = {
    **{column: _of(tuple(LABELS_OF[column])) for column in LABEL_COLUMNS},
    "stance": _mapping_to(_of(tuple(STANCES))),
    "loaded": _objects,
    "attributions": _objects,
    "own": _mapping_to(_text_or_none),
    "note": lambda value: isinstance(value, str),
    "done": lambda value: isinstance(value, bool),
    "targets": _targets,
}
_ALSO: Mapping[str, Check] = {"complete": _names, "targets": _targets, "stance": _objects, CODEBOOK: _text_or_none}
