"""What the parts of a model file may be, declared and checked: values of JSON, lists of names, arrays of numbers.

Each sort of model declares its parts beside the code that builds it (`classify.tasks`). All of them are checked before
anything is built, and all sizes are bounded, so that no file takes more memory or time than a large model needs.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from reprlib import Repr
from typing import Any, Protocol

import numpy as np
from numpy.typing import DTypeLike, NDArray

from ...data.display import can_be_name, counted
from ...errors import SaysoError

MOST_LABELS, MOST_NAMES = 10_000, 2_000_000
LONGEST_NAME = 1000  # characters of a label, a column or a task
_MOST_NUMBERS = 40_000_000  # in an array: in 16 bits, as weights are kept, more than a model file can hold
_DEEPEST = 16
MANIFEST = "the key "
"""Begins the place of every value of a manifest."""
_COUNTS = frozenset({"articles", "sentences", "folds", "repeats"})
"""Keys whose value counts something, wherever they are."""
_short = Repr()
_short.maxstring = _short.maxother = _short.maxlong = 40


class Parts(Protocol):
    """A model file."""

    @property
    def arrays(self) -> Mapping[str, NDArray[Any]]:
        """Its arrays."""
        ...

    @property
    def texts(self) -> Mapping[str, Any]:
        """Its texts."""
        ...


Sizes = dict[str, int]
"""The sizes that shapes of arrays are told by: number of labels, of features."""


class WrongContentsError(SaysoError):
    """A part of a model file is not what it must be; the message says which, what it must be, and what it is."""

    def __init__(self, said: str) -> None:
        super().__init__(f"{said}; train the model again.")


def wrong(where: str, expected: str, *value: Any) -> WrongContentsError:
    """Say what a part must be, and what it is where that can be said in a few characters."""
    return WrongContentsError(", not ".join([f"{where} must be {expected}", *map(_shown, value)]))


def _shown(value: Any) -> str:
    """Show a value in a few characters of one line."""
    if isinstance(value, dict | list):
        return f"{'an object' if isinstance(value, dict) else 'a list'} of {len(value):,}"
    return "null" if value is None else str(value).lower() if isinstance(value, bool) else _short.repr(value)


def _below(where: str, key: str) -> str:
    """Give the place of a key; a key may be of any characters and length."""
    shown = key if key.isidentifier() and len(key) < _short.maxstring else f"[{_shown(key)}]"
    return f"{where}{shown}" if where == MANIFEST or shown is not key else f"{where}.{shown}"


def _range(low: float, high: float) -> str:
    return f"from {low:,.10g} to {high:,.10g}"


class Form(Protocol):
    """What a value of JSON must be."""

    def check(self, value: Any, where: str) -> None:
        """Refuse another value.

        Parameters
        ----------
        value : JSON
        where : str
            The keys by which it is reached.

        Raises
        ------
        WrongContentsError
        """
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """A string of at most ``most`` characters; a ``name`` is not empty, and without line breaks and control characters."""

    most: int = 10_000
    name: bool = False

    def check(self, value: Any, where: str) -> None:
        """Refuse another value; see `Form`."""
        if not isinstance(value, str) or len(value) > self.most:
            raise wrong(where, f"a string of at most {self.most:,} characters", value)
        if self.name and not can_be_name(value):
            raise wrong(where, "a name without line breaks and control characters", value)


@dataclass(frozen=True, slots=True)
class Number:
    """A number in a range; true and false are none."""

    low: float = -1e9
    high: float = 1e9
    whole: bool = False

    def check(self, value: Any, where: str) -> None:
        """Refuse another value; see `Form`."""
        is_number = type(value) is int or (type(value) is float and not self.whole)
        if not is_number or not self.low <= value <= self.high:
            raise wrong(where, f"{'a whole' if self.whole else 'a'} number {_range(self.low, self.high)}", value)


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def check(self, value: Any, where: str) -> None:
        """Refuse another value; see `Form`."""
        if type(value) is not bool:
            raise wrong(where, "true or false", value)


@dataclass(frozen=True, slots=True)
class OrNull:
    """A value, or null."""

    form: Form

    def check(self, value: Any, where: str) -> None:
        """Refuse another value; see `Form`."""
        if value is not None:
            self.form.check(value, where)


@dataclass(frozen=True, slots=True)
class ListOf:
    """A list of ``least`` to ``most`` items; ``distinct`` allows none twice."""

    form: Form
    most: int = 1000
    least: int = 0
    distinct: bool = False

    def check(self, value: Any, where: str) -> None:
        """Refuse another value; see `Form`."""
        if not isinstance(value, list) or not self.least <= len(value) <= self.most:
            raise wrong(where, f"a list of {self.least:,} to {self.most:,} items", value)
        for number, item in enumerate(value):
            self.form.check(item, f"{where}[{number}]")
        if self.distinct and len(set(value)) < len(value):
            raise wrong(where, "a list without duplicates", value)


@dataclass(frozen=True, slots=True)
class Row:
    """A list with a form for each place."""

    forms: tuple[Form, ...]

    def check(self, value: Any, where: str) -> None:
        """Refuse another value; see `Form`."""
        if not isinstance(value, list) or len(value) != len(self.forms):
            raise wrong(where, f"a list of {len(self.forms)} items", value)
        for number, (form, item) in enumerate(zip(self.forms, value, strict=True)):
            form.check(item, f"{where}[{number}]")


@dataclass(frozen=True, slots=True)
class MapOf:
    """An object with any keys, at most ``most`` of them."""

    form: Form
    most: int = 10_000

    def check(self, value: Any, where: str) -> None:
        """Refuse another value; see `Form`."""
        if not isinstance(value, dict) or len(value) > self.most:
            raise wrong(where, f"an object of at most {self.most:,} keys", value)
        for key, item in value.items():
            self.form.check(item, _below(where, key))


@dataclass(frozen=True, slots=True)
class Keys:
    """An object with certain keys; others are left alone, as a newer version may write more.

    Parameters
    ----------
    needed, optional : mapping of str to Form
    """

    needed: Mapping[str, Form] = field(default_factory=dict)
    optional: Mapping[str, Form] = field(default_factory=dict)

    def check(self, value: Any, where: str) -> None:
        """Refuse another value; see `Form`."""
        if not isinstance(value, dict):
            raise wrong(where, "an object", value)
        for key, form in {**self.needed, **self.optional}.items():
            at = _below(where, key)
            if key in value:
                form.check(value[key], at)
            elif key in self.needed:
                raise WrongContentsError(f"{at} is missing")


COUNT, FRACTION = Number(0, 1e9, whole=True), Number(0, 1)
_LISTED = Text(100_000)  # features are named after words, however long these are
_KEY, _ANY_TEXT, _ANY_NUMBER, _COUNT_OR_NULL = Text(2000), Text(), Number(-1e19, 1e19), OrNull(COUNT)


def check_bounds(value: Any, where: str, depth: int = 0) -> None:
    """Refuse what nothing in a manifest may be: huge numbers, long strings, negative counts, deep nesting.

    Raises
    ------
    WrongContentsError
    """
    if depth > _DEEPEST:
        raise wrong(where, f"nested at most {_DEEPEST} deep", value)
    if isinstance(value, list):
        for item in value:
            check_bounds(item, where, depth + 1)
    elif isinstance(value, dict):
        for key, item in value.items():
            _KEY.check(key, "a key in the manifest")
            at = _below(where, key)
            if key in _COUNTS:
                _COUNT_OR_NULL.check(item, at)
            check_bounds(item, at, depth + 1)
    elif isinstance(value, str):
        _ANY_TEXT.check(value, where)
    elif value is not None and not isinstance(value, bool):
        _ANY_NUMBER.check(value, where)


@dataclass(frozen=True, slots=True)
class Names:
    """A text of a model file that lists different names.

    Parameters
    ----------
    size : str
        What shapes of arrays call the number of names.
    most : int
    """

    size: str
    most: int = MOST_NAMES

    def read(self, value: Any, where: str, sizes: Sizes) -> list[str]:
        """Check the list, and add its length to the sizes.

        Raises
        ------
        WrongContentsError
        """
        if not self._fits(value):
            ListOf(_LISTED, self.most, distinct=True).check(value, where)
        sizes[self.size] = len(value)
        return list(value)

    def _fits(self, value: Any) -> bool:
        """Tell whether all is well, many times as fast as asking name by name which one is not."""
        fits = isinstance(value, list) and len(value) <= self.most and {*map(type, value)} <= {str}
        return fits and max(map(len, value), default=0) <= _LISTED.most and len({*value}) == len(value)


@dataclass(frozen=True, slots=True)
class Array:
    """An array of numbers in a model file.

    Parameters
    ----------
    shape : tuple of str or int
        Sizes by name or number. A name that is not known yet takes the array's own size; ``labels|1`` is one of two.
    kept_as : dtype
        What it is converted to; where that holds whole numbers only, so must the array.
    low, high : float
        Range of its values, which ``kept_as`` can hold.
    most : int
        Of a size that the array sets.
    """

    shape: tuple[str | int, ...]
    kept_as: DTypeLike = np.float32
    low: float = -1e6
    high: float = 1e6
    most: int = MOST_NAMES

    def read(self, array: NDArray[Any], where: str, sizes: Sizes) -> NDArray[Any]:
        """Check an array and convert it; see `Names.read`."""
        self._check_shape(array.shape, where, sizes)
        if np.dtype(self.kept_as).kind == "i" and array.dtype.kind == "f":
            raise wrong(where, "an array of whole numbers", array.dtype.name)
        least, largest = (array.min().item(), array.max().item()) if array.size else (self.low, self.high)
        if not (self.low <= least and largest <= self.high):  # so that no NaN passes either
            bad = largest if self.low <= least else least
            raise wrong(where, f"an array of numbers {_range(self.low, self.high)}", bad)
        return array.astype(self.kept_as)

    def _check_shape(self, shape: tuple[int, ...], where: str, sizes: Sizes) -> None:
        if len(shape) != len(self.shape):
            raise wrong(where, f"an array of {counted(len(self.shape), 'dimension')}", len(shape))
        for has, side in zip(shape, self.shape, strict=True):
            name = str(side).removesuffix("|1")
            known = side if isinstance(side, int) else sizes.setdefault(name, min(has, self.most))
            if has != known and not (has == 1 and str(side).endswith("|1")):
                expected = ", ".join(f"{one}" for one in self.shape)
                size = "" if isinstance(side, int) else f" with {name} = {known:,}"
                raise wrong(where, f"an array of the shape ({expected}){size}", shape)
        if math.prod(shape) > _MOST_NUMBERS:
            raise wrong(where, f"an array of at most {_MOST_NUMBERS:,} numbers", shape)


_MOST_IN_16_BITS = 65_504.0
"""The largest number of half precision, in which weights are kept."""
Declared = Mapping[str, Names | Array]
"""Texts and arrays by their names, in the order in which they are checked: first what sets sizes."""


def read_parts(file: Parts, declared: Declared, sizes: Sizes) -> dict[str, Any]:
    """Check the texts and arrays that are declared, and give them by name; all others are left alone.

    Parameters
    ----------
    file : ModelFile
    declared : mapping of str to Names or Array
    sizes : dict of str to int
        Sizes that are known; those that texts and arrays set are added.

    Raises
    ------
    WrongContentsError
    """
    held = {Names: ("list", file.texts), Array: ("array", file.arrays)}
    return {name: read_part(*held[type(of)], name, of, sizes) for name, of in declared.items()}


def read_part(what: str, held: Mapping[str, Any], name: str, declared: Names | Array, sizes: Sizes) -> Any:
    """Check one text or array; see `read_parts`."""
    if name not in held:
        raise WrongContentsError(f"the {what} {name} is missing")
    return declared.read(held[name], f"the {what} {name}", sizes)


def named_weights(*shape: str) -> Array:
    """Declare weights of named features, which are kept in 16 bits and used in 32."""
    return Array(shape, low=-_MOST_IN_16_BITS, high=_MOST_IN_16_BITS)
