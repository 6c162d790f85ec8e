"""JSON texts that are read value by value, so that a list of any length needs the memory of its longest entry."""

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from ....errors import SaysoError

MAX_VALUE = 400_000_000
"""In characters, of one value; of a list, each entry is a value."""
_SPACE = re.compile(r"[ \t\r\n]*+")
_decoder = json.JSONDecoder(strict=False)  # line ends within strings are a common slip, and clear


class Value(NamedTuple):
    """A value, and whether it is an entry of a list rather than a text of its own."""

    value: Any
    listed: bool


def json_values(pieces: Iterable[str], where: str) -> Iterator[Value]:
    """Yield the entries of a JSON list one by one; of several texts, one behind the other, every one.

    Parameters
    ----------
    pieces : iterable of str
        The JSON, cut anywhere.
    where : str
        File, for messages.

    Raises
    ------
    SaysoError
        Where it is broken, cut off, nested too deeply, or has a value that is too large; the entries before come first.
    """
    text = _Text(iter(pieces), where)
    while text.next_character():
        if text.next_character() == "[":
            yield from _entries(text)
        else:
            yield Value(text.value(), listed=False)


def _entries(text: "_Text") -> Iterator[Value]:
    text.skip("[")
    if text.next_character() == "]":
        text.skip("]")
        return
    while True:
        yield Value(text.value(), listed=True)
        if text.next_character() == "]":
            text.skip("]")
            return
        text.skip(",")


class _Text:
    """As much of a JSON text as the next value needs."""

    def __init__(self, pieces: Iterator[str], where: str) -> None:
        self._pieces, self._where = pieces, where
        self._buffer, self._at, self._passed = "", 0, 0
        self._ended = False

    def next_character(self) -> str:
        """Return the next character that is not white space, without passing it; empty at the end."""
        while True:
            space = _SPACE.match(self._buffer, self._at)
            self._at = space.end() if space else self._at
            if self._at < len(self._buffer) or not self._read_on():
                return self._buffer[self._at : self._at + 1]

    def skip(self, character: str) -> None:
        """Pass the next character, which has to be this one."""
        found = self.next_character()
        if found != character:
            what = f"{character!r} is missing" if found else "it is cut off"
            raise SaysoError(f"{self._where}: broken JSON ({what} at character {self._passed + self._at:,}); fix it.")
        self._at += 1

    def value(self) -> Any:
        """Return the next value and pass it."""
        self.next_character()
        while True:
            try:
                value, end = _decoder.raw_decode(self._buffer, self._at)
                if self._buffer[end : end + 1] not in _OF_NUMBERS or not self._read_on():  # a number could go on
                    self._at = end
                    return value
            except RecursionError as error:
                raise SaysoError(f"{self._where}: this JSON is nested too deeply; give flat objects instead.") from error
            except json.JSONDecodeError as error:
                if self._is_broken(error) or not self._read_on():
                    place = f"{error.msg} at character {self._passed + error.pos:,}"
                    raise SaysoError(f"{self._where}: broken JSON ({place}); fix or remove it.") from error
            except ValueError as error:  # a number of more digits than Python reads
                raise SaysoError(f"{self._where}: broken JSON ({error}); fix or remove it.") from error

    def _is_broken(self, error: json.JSONDecodeError) -> bool:
        """Tell whether more text could not help: only at its end, or in a string that has no end, it could."""
        return error.pos + _LONGEST_WORD < len(self._buffer) and not error.msg.startswith("Unterminated string")

    def _read_on(self) -> bool:
        """Take in about as much as there is already, so that a long value is not tried at every piece."""
        if self._ended:
            return False
        rest = self._buffer[self._at :]
        if len(rest) > MAX_VALUE:
            limit = MAX_VALUE // 1_000_000
            raise SaysoError(
                f"{self._where}: a JSON object of more than {limit} MB; give a list of objects or JSON "
                "lines, which can be of any length."
            )
        self._passed += self._at
        pieces, n_new = [rest], 0
        for piece in self._pieces:
            pieces.append(piece)
            n_new += len(piece)
            if n_new >= len(rest):
                break
        else:
            self._ended = True
        self._buffer, self._at = "".join(pieces), 0
        return n_new > 0


_OF_NUMBERS = "0123456789.eE+-"  # "", the end of what has been read, counts as one, too
_LONGEST_WORD = 32  # characters of a number, or of an escape
