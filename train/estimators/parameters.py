"""The parameters of estimators, checked where an estimator is fitted; messages have their names in Python."""

import math
from collections.abc import Callable, Iterable, Mapping
from numbers import Integral, Real
from pathlib import Path
from typing import Any

from ...classify.annotation.records import RESERVED
from ...classify.linear.composed import ATTRIBUTION
from ...classify.linear.label_pairs import VOICE
from ...classify.model_files.declared import LONGEST_NAME, MOST_LABELS
from ...classify.wording.encoders import Encoder
from ...classify.wording.recipe import Recipe
from ...data.display import can_be_name, counted
from ...data.rows.places import value_shown
from ...data.schemas.shown import shown
from .sentence_in import DataError

_MOST_SEED = 2**32 - 1  # of numpy
_FORMULAS = "=+-@"
"""What begins a cell that a spreadsheet runs: the name becomes the head of a column."""
_TASKS = (ATTRIBUTION, VOICE, "defaults")
"""Names that model files have for models of other sorts."""


def _is_word(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_whole(value: Any) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool) and 0 <= int(value) <= _MOST_SEED


def _is_count_of_jobs(value: Any) -> bool:
    return isinstance(value, Integral) and not isinstance(value, bool) and int(value) != 0


def _is_positive(value: Any) -> bool:
    return isinstance(value, Real) and not isinstance(value, bool) and 0 < float(value) < math.inf


def _is_switch(value: Any) -> bool:
    return isinstance(value, bool) or type(value).__name__ in ("bool_", "bool")  # of numpy, from a grid


def _are_words(value: Any) -> bool:
    return not isinstance(value, str | bytes | Mapping) and isinstance(value, Iterable) and all(map(_is_word, value))


def _are_aliases(value: Any) -> bool:
    return isinstance(value, Mapping) and all(map(_is_word, value)) and all(map(_are_words, value.values()))


def _or_none(check: Callable[[Any], bool]) -> Callable[[Any], bool]:
    return lambda value: value is None or check(value)


_CHECKS: Mapping[str, tuple[Callable[[Any], bool], str]] = {
    "column": (_is_word, "the name of a column (str)"),
    "name": (_or_none(_is_word), "a name (str), or None"),
    "seed": (_is_whole, "a whole number, 0 or more"),
    "n_folds": (lambda value: _is_whole(value) and value > 1, "a whole number, 2 or more"),
    "repeats": (lambda value: _is_whole(value) and value > 0, "a whole number, 1 or more"),
    "n_jobs": (_is_count_of_jobs, "a whole number, 1 or more, or -1 for all processors"),
    "similar": (_is_switch, "True or False"),
    "C": (_or_none(_is_positive), "a number above 0, or None"),
    "also": (_are_words, "a list of column names, such as ['topic']"),
    "aliases": (_or_none(_are_aliases), "a dict of names and lists of other names, such as {'Ida Berg': ['the mayor']}"),
    "encoder": (_or_none(lambda value: isinstance(value, Encoder | Path) or _is_word(value)), "a name, a folder, or None"),
    "reader": (
        _or_none(lambda value: hasattr(value, "read_all") or isinstance(value, Path) or _is_word(value)),
        "a name, the folder of a reader, or None",
    ),
    "recipe": (_or_none(lambda value: isinstance(value, Recipe)), "a Recipe, or None"),
    "search": (_is_switch, "True or False"),
    "calibrate": (_is_switch, "True or False"),
    "words": (_is_switch, "True or False"),
    "wording": (_or_none(_is_switch), "True, False or None"),
    "together": (_or_none(_is_switch), "True, False or None"),
}


def check_parameters(given: Mapping[str, Any]) -> None:
    """Refuse parameters that cannot be meant; others than those of the estimators here are left alone.

    Raises
    ------
    DataError
        The message has the name of the parameter, and what it takes.
    """
    for name, value in given.items():
        check, expected = _CHECKS.get(name, (_anything, ""))
        if not check(value):
            raise DataError(f"{name} must be {expected}, not {value!r}.")
    if given.get("labels") is not None:
        _check_labels(given["labels"])


def _anything(_: Any) -> bool:
    return True


def _check_labels(labels: Any) -> None:
    """Refuse what is no list of different labels."""
    if isinstance(labels, str | bytes | Mapping) or not isinstance(labels, Iterable):
        raise DataError(f"labels must be a list of labels, such as ['food', 'money'], not {labels!r}.")
    names = list(map(value_shown, labels))
    if twice := next((name for name in names if names.count(name) > 1), None):
        raise DataError(f"labels has {twice!r} twice; give each label once.")
    if len(names) < 2:
        raise DataError(f"labels has only {counted(len(names), 'label')}; training needs two or more.")
    check_names(names)


def check_names(labels: Iterable[str]) -> None:
    """Refuse labels that no line of an output, or no model file, could hold.

    Raises
    ------
    DataError
    """
    names = list(labels)
    if len(names) > MOST_LABELS:
        raise DataError(f"there are {len(names):,} different labels; a model can have {MOST_LABELS:,}.")
    for name in names:
        if not can_be_name(name):
            raise DataError(
                f"the label {shown(name)} holds a line break or another character that cannot be shown; rename it."
            )
        if len(name) > LONGEST_NAME:
            raise DataError(f"the label {shown(name)} has {len(name):,} characters; a label can have {LONGEST_NAME:,}.")


def wrong_name(name: str) -> str:
    """Say why a model cannot have a name: annotations could not hold its labels under it; empty where it can.

    Parameters
    ----------
    name : str
        What the model calls itself: its column, or another name.

    Examples
    --------
    >>> wrong_name("speaker"), wrong_name("topic")
    ('is the name of something else in annotations', '')
    """
    if len(name) > LONGEST_NAME:
        return f"has more than {LONGEST_NAME:,} characters"
    if not can_be_name(name):
        return "is empty, or holds a line break or another character that cannot be shown"
    if name[0] in _FORMULAS:
        return "would be run as a formula by a spreadsheet"
    taken = name in _TASKS or {name, f"{name}_confidence"} & RESERVED
    return "is the name of something else in annotations" if taken else ""


def check_model_name(name: str) -> None:
    """Refuse a name that a model cannot have.

    Raises
    ------
    DataError
    """
    if why := wrong_name(name):
        plain = "".join(c for c in name if c.isalnum() or c == "_")
        raise DataError(f"column {name!r} {why}; give the model another name, such as name={'my_' + plain!r}.")
