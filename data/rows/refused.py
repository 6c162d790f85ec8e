"""What is wrong with rows and files, told so that people can read it: a few of each sort, and how many more there are."""

import re
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Self

from ...errors import SaysoError
from ..articles.notices import Say
from ..display import counted
from .places import RowError, file_of

_TOLD = 5  # of each sort, in each file
_DIFFERS = re.compile(r"'(?:[^'\\]|\\.)*'|\"[^\"]*\"|\d+")


class FewOfEach:
    """Tells the first few errors of each sort, and at the end of the context how many more there were.

    Rows that stand in another file already are not told one by one: such files hold the labels of several people.

    Parameters
    ----------
    tell : callable of str

    Examples
    --------
    >>> with FewOfEach(print) as errors:  # doctest: +ELLIPSIS
    ...     for n in range(7):
    ...         errors.add(RowError(f"a.csv:{n}", f"kind 'q{n}' is unknown."))
    a.csv:0: kind 'q0' is unknown.
    ...
    a.csv:4: kind 'q4' is unknown.
    a.csv: 2 more like this: kind 'q0' is unknown.
    """

    def __init__(self, tell: Say) -> None:
        self._tell = tell
        self._counts: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], str] = {}
        self._twice: dict[str, Counter[str]] = {}  # rows of each file that stand in another

    def add(self, error: SaysoError) -> None:
        """Take an error, and tell it if it is one of the first of its sort in its file, or folder of articles."""
        if self.counts(error):
            self._tell(str(error))

    def counts(self, error: SaysoError) -> bool:
        """Take an error, and give whether it is to be told."""
        where, reason = (error.where, error.reason) if isinstance(error, RowError) else _parted(str(error))
        file = file_of(where)
        if isinstance(error, RowError) and error.twice and file_of(error.twice) != file:
            self._twice.setdefault(file_of(error.twice), Counter())[file] += 1
            return False
        sort = file if file != where else str(Path(file).parent), _DIFFERS.sub("…", reason.replace(file, ""))
        self._counts[sort] += 1
        self._first.setdefault(sort, reason)
        return self._counts[sort] <= _TOLD

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for sort, n in self._counts.items():
            if n > _TOLD:
                place = "" if sort[0] == "." else f"{sort[0]}: "
                self._tell(f"{place}{n - _TOLD:,} more of this kind: {self._first[sort]}")
        for other, files in self._twice.items():
            self._tell(_several_people(other, files))


def _parted(line: str) -> tuple[str, str]:
    where, _, reason = line.partition(": ")
    return where, reason


def _several_people(first: str, files: Counter[str]) -> str:
    """Say of files that hold sentences of another, with labels of somebody else, what to do with them."""
    (name, _), *more = files.items()
    others = f"{name} and {counted(len(more), 'more file')}" if more else name
    n = counted(sum(files.values()), "sentence")
    return (
        f"{others}: left out {n} that are already in {first}. If the files hold labels by several "
        "people, open each file by itself (sayso serve FILE --project FOLDER --annotator NAME), or join "
        "them first (sayso data merge FILE FILE --out "
        "FOLDER)."
    )
