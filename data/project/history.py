"""The log of an annotator's changes: a line of JSON each, only ever appended to, on disk before anybody is answered."""

import json
import os
from array import array
from collections.abc import Iterator, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..articles.notices import Say
from .records import Recorded

_KEYS = tuple(field.name for field in fields(Recorded))
_NEEDED = ("number", "time", "article", "n", "set", "was")


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
        torn = b""
        try:
            with open(self._path, "rb") as file:
                for line_number, line in enumerate(file, 1):
                    recorded = _parsed(line)
                    if recorded is None and not _ends(line):
                        torn = line
                        break
                    if recorded is None or recorded.number <= self.last:
                        self._tell(
                            f"{self._path}:{line_number}: this line is no change, or out of order; it is passed over."
                        )
                    else:
                        self._note(recorded.number, self._end)
                        yield recorded
                    self._end += len(line)
        except FileNotFoundError:
            return
        except OSError as error:
            raise SaysoError(f"{self._path}: cannot be read ({error.strerror or error}).") from error
        if torn:
            self._put_aside(torn)

    def _note(self, number: int, start: int) -> None:
        self._numbers.append(number)
        self._starts.append(start)

    def _put_aside(self, torn: bytes) -> None:
        aside = self._path.with_name(f"{self._path.stem}.torn-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        aside.write_bytes(torn)
        self.cut(self._end)
        self._tell(
            f"{self._path}: its last line was cut off in the middle, before anybody was told that it was saved; "
            f"it is put aside as {aside.name}."
        )

    @property
    def end(self) -> int:
        """Where the next line will begin, in bytes."""
        return self._end

    def cut(self, end: int) -> None:
        """Take lines away that were written but not answered."""
        with open(self._path, "r+b") as file:
            file.truncate(end)
            os.fsync(file.fileno())
        while self._starts and self._starts[-1] >= end:
            self._starts.pop()
            self._numbers.pop()
        self._end = end

    def append(self, changes: Sequence[Recorded]) -> None:
        """Write changes, and wait until the disk has them; after an error nothing of them is there.

        Raises
        ------
        SaysoError
            If they cannot be written.
        """
        lines = [json.dumps(_as_json(change), ensure_ascii=False).encode() + b"\n" for change in changes]
        start = self._end
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            is_new = not self._path.exists()
            with open(self._path, "ab") as file:
                file.write(b"".join(lines))
                file.flush()
                os.fsync(file.fileno())
            if is_new:
                sync_folder(self._path.parent)
        except OSError as error:
            if self._path.exists():
                self.cut(start)
            raise SaysoError(f"{self._path}: cannot be written ({error.strerror or error}); nothing was changed.") from error
        for change, line in zip(changes, lines, strict=True):
            self._note(change.number, self._end)
            self._end += len(line)

    def since(self, number: int) -> list[Recorded]:
        """Give the changes after a number."""
        first = next((i for i in range(len(self._numbers), 0, -1) if self._numbers[i - 1] <= number), 0)
        if first == len(self._numbers):
            return []
        with open(self._path, "rb") as file:
            file.seek(self._starts[first])
            read = file.read(self._end - self._starts[first]).splitlines(keepends=True)
        return [recorded for line in read if (recorded := _parsed(line)) and recorded.number > number]

    def change(self, number: int) -> Recorded:
        """Give a change by its number."""
        return next(recorded for recorded in self.since(number - 1) if recorded.number == number)


def _as_json(change: Recorded) -> dict[str, Any]:
    return {key: getattr(change, key) for key in ("number", "time", *(k for k in _KEYS if k not in ("number", "time")))}


def _parsed(line: bytes) -> Recorded | None:
    """Read a line; None where it holds no change."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError):
        return None
    if not isinstance(value, dict) or not all(key in value for key in _NEEDED) or type(value["number"]) is not int:
        return None
    return Recorded(**{key: value[key] for key in _KEYS if key in value})


def _ends(line: bytes) -> bool:
    return line.endswith(b"\n")


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
