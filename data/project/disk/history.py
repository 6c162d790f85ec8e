"""The log of an annotator's changes: a line of JSON each, only ever appended to, on disk before anybody is answered."""

import json
import os
import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path

from ....errors import SaysoError
from ...articles.notices import Say
from ..records import Recorded
from .lines import is_change

_KEYS = tuple(field.name for field in fields(Recorded))
_HALF = re.compile(rb"\\u[dD][89a-fA-F]")
_MARKS = ("blind", "accepted")  # stand in a line only where they hold


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
        self._seen = self._look()

    @property
    def last(self) -> int:
        """The number of the last change; 0 before the first."""
        return self._numbers[-1] if self._numbers else 0

    def _look(self) -> tuple[int, int, int] | None:
        """Give what the file looks like; None where there is none."""
        try:
            about = os.stat(self._path)
        except OSError:
            return None
        return about.st_mtime_ns, about.st_size, about.st_ino

    def is_as_it_was(self) -> bool:
        """Tell whether nobody else has written, cut or replaced the file."""
        return self._look() == self._seen

    def load(self) -> Iterator[Recorded]:
        """Yield all changes, and put a last line that was torn aside."""
        self._starts, self._numbers, self._end = array("Q"), array("Q"), 0
        self._seen = self._look()  # before it is read: what somebody writes meanwhile is found out
        line = b"\n"
        try:
            with open(self._path, "rb") as file:
                for line_number, line in enumerate(file, 1):
                    recorded = _parsed(line)
                    if recorded is None and not line.endswith(b"\n"):
                        break
                    if recorded is None or recorded.number <= self.last:
                        self._tell(f"{self._path}:{line_number}: not a valid change, or out of order; the line is skipped.")
                    else:
                        self._tell_gap(recorded.number, line_number)
                        self._note(recorded.number, self._end)
                        yield recorded
                    self._end += len(line)
            if not line.endswith(b"\n"):
                self._mend(line)
        except FileNotFoundError:
            return
        except OSError as error:
            raise SaysoError(f"{self._path}: cannot be read or repaired ({error.strerror or error}).") from error

    def _tell_gap(self, number: int, line_number: int) -> None:
        """Tell of changes that are missing between two lines."""
        if self._numbers and number > self.last + 1:
            between = (
                f"change {number - 1:,} is"
                if number == self.last + 2
                else f"changes {self.last + 1:,} to {number - 1:,} are"
            )
            self._tell(f"{self._path}:{line_number}: {between} missing before this line and cannot be undone.")

    def _mend(self, line: bytes) -> None:
        """Put a last line that was torn aside; end one that only lacks its line break."""
        if _parsed(line) is not None:
            with open(self._path, "ab") as file:
                self._end += file.write(b"\n")
            self._seen = self._look()
            return
        aside = self._path.with_name(f"{self._path.stem}.torn-{datetime.now(UTC):%Y%m%dT%H%M%S%f}")
        aside.write_bytes(line)
        os.chmod(aside, os.stat(self._path).st_mode & 0o777)  # who may not read the one must not read the other
        self.take_back()
        self._tell(
            f"{self._path}: the last line is incomplete and was moved to {aside.name}. If sayso was "
            "stopped while writing it, the change was never reported as saved."
        )

    def _note(self, number: int, start: int) -> None:
        self._numbers.append(number)
        self._starts.append(start)

    def write(self, changes: Sequence[Recorded]) -> None:
        """Write changes, and wait until the disk has them; `note` counts them in, `take_back` takes them away.

        Raises
        ------
        SaysoError
            If they cannot be written; nothing of them is there then.
        """
        is_new = not self._path.exists()
        try:
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
            if os.fstat(file.fileno()).st_size > self._end:  # a shorter one would be filled up with NULs
                file.truncate(self._end)
            os.fsync(file.fileno())
        self._seen = self._look()

    def note(self, changes: Sequence[Recorded]) -> None:
        """Count changes in that were written."""
        for change in changes:
            self._note(change.number, self._end)
            self._end += len(_line(change))
        seen = self._look()
        if seen is not None and seen[1] == self._end:  # otherwise somebody else wrote too: it is read anew
            self._seen = seen

    def since(self, number: int, at_most: int | None = None) -> list[Recorded]:
        """Give the changes after a number: all, or the first of them.

        Raises
        ------
        SaysoError
            If the file cannot be read.
        """
        first = bisect_right(self._numbers, number)
        if first == len(self._numbers):
            return []
        after = len(self._numbers) if at_most is None else first + at_most
        end = self._starts[after] if after < len(self._numbers) else self._end
        try:
            with open(self._path, "rb") as file:
                file.seek(self._starts[first])
                lines = file.read(end - self._starts[first]).split(b"\n")
        except OSError as error:
            raise SaysoError(f"{self._path}: cannot be read ({error.strerror or error}).") from error
        found: list[Recorded] = []
        for recorded in filter(None, map(_parsed, lines)):
            if recorded.number > (found[-1].number if found else number):
                found.append(recorded)
        return found

    def change(self, number: int) -> Recorded:
        """Give a change by its number.

        Raises
        ------
        SaysoError
            If its line is gone.
        """
        found = next((recorded for recorded in self.since(number - 1, 1) if recorded.number == number), None)
        if found is None:
            raise SaysoError(f"{self._path}: change {number:,} no longer exists; nothing was changed.")
        return found


def _line(change: Recorded) -> bytes:
    order = ("number", "time", *(key for key in _KEYS if key not in ("number", "time")))
    values = {key: getattr(change, key) for key in order if key not in _MARKS or getattr(change, key)}
    return json.dumps(values, ensure_ascii=False).encode() + b"\n"


def _parsed(line: bytes) -> Recorded | None:
    """Read a line; None where it holds no change."""
    try:
        value = json.loads(line)
        if _HALF.search(line):  # half of a character could not be written again
            json.dumps(value, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        return None
    if not is_change(value):
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
