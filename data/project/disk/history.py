"""The log of an annotator's changes: a line of JSON each, only ever appended to, on disk before anybody is answered."""

import json
import os
from array import array
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from types import NoneType

from ....errors import SaysoError
from ...articles.notices import Say
from ..records import Recorded

_KEYS = tuple(field.name for field in fields(Recorded))
_MARKS = ("blind", "accepted")  # stand in a line only where they hold
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


class History:
    """An annotator's log.

    Parameters
    ----------
    path : Path
    tell : callable of str
        Is told of lines that cannot be read.
    """

    def __init__(self, path: Path, tell: Say) -> None:
        self._path, self._tell = path, tell
        self._starts = array("Q")  # of the line of each change
        self._numbers = array("Q")
        self._end = 0

    @property
    def last(self) -> int:
        """The number of the last change; 0 before the first."""
        return self._numbers[-1] if self._numbers else 0

    def load(self) -> Iterator[Recorded]:
        """Yield all changes, and put a last line that was torn aside."""
        self._starts, self._numbers, self._end = array("Q"), array("Q"), 0
        line = b"\n"
        try:
            with open(self._path, "rb") as file:
                for line_number, line in enumerate(file, 1):
                    recorded = _parsed(line)
                    if recorded is None and not line.endswith(b"\n"):
                        break
                    if recorded is None or recorded.number <= self.last:
                        self._tell(
                            f"{self._path}:{line_number}: this line is no change, or out of order; it is passed over."
                        )
                    else:
                        self._note(recorded.number, self._end)
                        yield recorded
                    self._end += len(line)
            if not line.endswith(b"\n"):
                self._mend(line)
        except FileNotFoundError:
            return
        except OSError as error:
            raise SaysoError(f"{self._path}: cannot be read or mended ({error.strerror or error}).") from error

    def _mend(self, line: bytes) -> None:
        """Put a last line that was torn aside; end one that only lacks its line break."""
        if _parsed(line) is not None:
            with open(self._path, "ab") as file:
                self._end += file.write(b"\n")
            return
        aside = self._path.with_name(f"{self._path.stem}.torn-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        aside.write_bytes(line)
        self.take_back()
        self._tell(
            f"{self._path}: its last line was cut off in the middle, before anybody was told that it was saved; "
            f"it is put aside as {aside.name}."
        )

    def _note(self, number: int, start: int) -> None:
        self._numbers.append(number)
        self._starts.append(start)

    def write(self, changes: Sequence[Recorded]) -> None:
        """Write changes, and wait until the disk has them; `note` counts them in.

        Raises
        ------
        SaysoError
            If they cannot be written; nothing of them is there then.
        """
        is_new = not self._path.exists()
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with open(self._path, "ab") as file:
                file.write(b"".join(map(_line, changes)))
                file.flush()
                os.fsync(file.fileno())
            if is_new:
                sync_folder(self._path.parent)
        except OSError as error:
            self.take_back()
            raise SaysoError(f"{self._path}: cannot be written ({error.strerror or error}); nothing was changed.") from error

    def take_back(self) -> None:
        """Take away what was written and not counted in."""
        with suppress(OSError), open(self._path, "r+b") as file:
            file.truncate(self._end)
            os.fsync(file.fileno())

    def note(self, changes: Sequence[Recorded]) -> None:
        """Count changes in that were written."""
        for change in changes:
            self._note(change.number, self._end)
            self._end += len(_line(change))

    def since(self, number: int) -> list[Recorded]:
        """Give the changes after a number."""
        first = next((i for i in range(len(self._numbers), 0, -1) if self._numbers[i - 1] <= number), 0)
        if first == len(self._numbers):
            return []
        with open(self._path, "rb") as file:
            file.seek(self._starts[first])
            lines = file.read(self._end - self._starts[first]).split(b"\n")
        found: list[Recorded] = []
        for recorded in filter(None, map(_parsed, lines)):
            if recorded.number > (found[-1].number if found else number):
                found.append(recorded)
        return found

    def change(self, number: int) -> Recorded:
        """Give a change by its number."""
        return next(recorded for recorded in self.since(number - 1) if recorded.number == number)


def _line(change: Recorded) -> bytes:
    order = ("number", "time", *(key for key in _KEYS if key not in ("number", "time")))
    values = {key: getattr(change, key) for key in order if key not in _MARKS or getattr(change, key)}
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"


def _parsed(line: bytes) -> Recorded | None:
    """Read a line; None where it holds no change."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or not all(type(value.get(key)) in types for key, types in _TYPES.items()):
        return None
    value |= {key: value.get(key) is True for key in _MARKS}
    return Recorded(**{key: value[key] for key in _KEYS if key in value})


def sync_folder(folder: Path) -> None:
    """Wait until the disk has the names of a folder's files, where the system can do so."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return  # Windows opens no folders
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
