"""Checking values against a schema: a value that does not fit is named by its key, with what was found and expected."""

from collections.abc import Mapping, Sequence
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
            deep = {one["loc"][0]: _said([one])[0] for one in wrong}
            return self.sift({name: cell for name, cell in value.items() if name not in deep})[0], [*deep.values()]
        said: list[str] = []
        while True:
            try:
                return self._adapter.validate_python(value), said
            except ValidationError as error:
                wrong = error.errors(include_url=False)
            said = said or _said(wrong)
            places = dict.fromkeys(map(_place, reversed(wrong)))  # from the end of a list, so that the places before it stay
            for loc in places:
                if not any(loc[:n] in places for n in range(1, len(loc))):
                    _drop(value, loc)


def _place(error: Mapping[str, Any]) -> Loc:
    """Give the place of the part that is left out: a span or an object that lacks something goes whole."""
    loc: Loc = error["loc"]
    return loc[:-1] if error["type"] == "missing" or (len(loc) > 1 and loc[-1] in _OF_SPAN) else loc


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


def _said(wrong: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say what is wrong: a line for each value, and one for each object that lacks keys."""
    lines: dict[tuple[Loc, str], str] = {}
    lacks: dict[Loc, list[str]] = {}
    for error in wrong:
        loc, found, sort = error["loc"], error["input"], error["type"]
        if sort == "missing":
            lacks.setdefault(loc[:-1], []).append(str(loc[-1]))
            loc, expected = loc[:-1], f"have {' and '.join(lacks[loc[:-1]])}"
        else:
            one_of = f"one of {error['ctx']['expected']}" if sort == "literal_error" else error["msg"]
            expected = f"be {_EXPECTED.get(sort, one_of)}"
        lines[loc, sort] = f"{key_of(loc) or 'this'} is {shown(found)}; it must {expected}."
    return [*lines.values()]
