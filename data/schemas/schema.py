"""Checking values against a schema: a value that does not fit is named by its key, with what was found and expected."""

from collections.abc import Mapping
from typing import Annotated, Any, Generic, TypeVar

from pydantic import BeforeValidator, Field, StringConstraints, TypeAdapter, ValidationError

from ..rows.places import is_word
from .shown import key_of, shown

T = TypeVar("T")
Loc = tuple[int | str, ...]
_MOST = 2**31  # Arrow and spreadsheets keep offsets and numbers below this
_OF_SPAN = ("start", "end", "text")
_EXPECTED = {
    "string_type": "text",
    "string_unicode": "text without half characters",
    "string_pattern_mismatch": "text without NUL characters",
    "value_error": "text",
    "list_type": "a list",
    "dict_type": "an object",
    **dict.fromkeys(("int_type", "greater_than_equal", "less_than"), "a whole number, 0 or more"),
}


def _word(value: object) -> str:
    """Give a name: text, or a number or a day, which is written out."""
    if not is_word(value):
        raise ValueError("text")
    return str(value)


Text = Annotated[str, StringConstraints(strict=True, pattern=r"\A[^\x00]*\z")]
Word = Annotated[Text, BeforeValidator(_word)]
Whole = Annotated[int, Field(strict=True, ge=0, lt=_MOST)]


class Schema(Generic[T]):
    """A schema of values that are read from a file.

    Parameters
    ----------
    shape : type
        Built of lists, mappings and typed dictionaries; keys that it does not name are passed over.

    Examples
    --------
    >>> Schema(dict[str, Whole]).sift({"start": 4.0, "end": True})
    ({'start': 4}, ['end is true; it must be a whole number, 0 or more.'])
    """

    def __init__(self, shape: Any) -> None:
        self._adapter: TypeAdapter[T] = TypeAdapter(shape)

    def sift(self, value: Any) -> tuple[T, list[str]]:
        """Give a value without what does not fit, and say of each part that is left out why.

        An object that lacks a key which it must have is left out, and a span that is not all right.
        """
        try:
            return self._adapter.validate_python(value), []
        except ValidationError as error:
            wrong = error.errors(include_url=False)
        try:
            value = _with_whole_numbers(value)
        except RecursionError:
            deep = {one["loc"][0]: _said(one) for one in wrong}
            return self.sift({name: cell for name, cell in value.items() if name not in deep})[0], [*deep.values()]
        said: list[str] = []
        while True:
            try:
                return self._adapter.validate_python(value), said
            except ValidationError as error:
                wrong = error.errors(include_url=False)
            said = said or [_said(one) for one in wrong]
            for one in reversed(wrong):  # from the end of a list, so that the places before it stay
                goes_whole = one["type"] == "missing" or (len(one["loc"]) > 1 and one["loc"][-1] in _OF_SPAN)
                _drop(value, one["loc"][:-1] if goes_whole else one["loc"])


def _with_whole_numbers(value: Any) -> Any:
    """Copy a value; a float without a fraction, as spreadsheets write, becomes a whole number."""
    if isinstance(value, dict):
        return {name: _with_whole_numbers(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_with_whole_numbers(inner) for inner in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _drop(value: Any, loc: Loc) -> None:
    """Take out the part at a place, or the innermost one around it that the value has as it stands."""
    inside: Any = value
    key: Any = loc[0]
    for step in loc[1:]:
        inner = inside[key]
        if not (step in inner if isinstance(inner, dict) else isinstance(inner, list) and isinstance(step, int)):
            break
        inside, key = inner, step
    if isinstance(inside, dict) or key < len(inside):
        del inside[key]


def _said(error: Mapping[str, Any]) -> str:
    loc, found = error["loc"], error["input"]
    if error["type"] == "missing":
        return f"{key_of(loc[:-1]) or 'this'} is {shown(found)}; it must have {loc[-1]}."
    one_of = f"one of {error['ctx']['expected']}" if error["type"] == "literal_error" else error["msg"]
    expected = _EXPECTED.get(error["type"], one_of)
    return f"{key_of(loc) or 'this'} is {shown(found)}; it must be {expected}."
