"""What users are told while articles are read: at once, or counted and told in one line at the end."""

from collections import Counter
from collections.abc import Callable, Iterator

from ...errors import SaysoError
from ..display import counted

Say = Callable[[str], None]
Line = Callable[[int, str], str]
"""Makes the line about like cases of their number and the place of the first."""


class Notices:
    """Tells what was guessed, changed or left out; of many like cases only how many there were.

    Parameters
    ----------
    say : callable of str, optional
        Is given each line. Without it nobody is told.

    Examples
    --------
    >>> notices = Notices(print)
    >>> for row in (3, 8):
    ...     notices.count("HTML tags removed from the text", f"news.csv:{row}")
    >>> notices.tell_counts()
    HTML tags removed from the text: 2 times, first at news.csv:3.
    """

    def __init__(self, say: Say | None = None) -> None:
        self.say: Say = say or (lambda line: None)
        self._counts: Counter[str] = Counter()
        self._first: dict[str, str] = {}
        self._lines: dict[str, Line] = {}

    def count(self, what: str, where: str, n: int = 1, line: Line | None = None) -> None:
        """Count one of many like cases, or ``n`` in one place; `tell_counts` reports them, by ``line`` of the first."""
        if n == 0:
            return
        self._counts[what] += n
        self._first.setdefault(what, where)
        if line is not None:
            self._lines.setdefault(what, line)

    def tell_counts(self) -> None:
        """Tell what was counted, a line for each thing, and begin anew."""
        for what, n in self._counts.items():
            if what in self._lines:
                self.say(self._lines[what](n, self._first[what]))
                continue
            times = "once, at" if n == 1 else f"{n:,} times, first at"
            self.say(f"{what}: {times} {self._first[what]}.")
        self._counts.clear()
        self._first.clear()
        self._lines.clear()


def tell_files(where: str, what: str, taken: Counter[str], left: Counter[str], notices: Notices) -> Iterator[SaysoError]:
    """Tell which files of a folder or archive were left out, and whether those that were read are of several kinds.

    Parameters
    ----------
    where : str
        Its name.
    what : str
        What it is, as in "archive".
    taken, left : Counter of str
        How many files with each suffix were read, and were not.
    notices : Notices
        Is told how many.

    Yields
    ------
    SaysoError
        If none was read.
    """
    if not taken:
        found = f" (it has {_listed(left)})" if left else ""
        yield SaysoError(
            f"{where}: no articles in this {what}{found}; `sayso files` lists the kinds of file that can be read."
        )
        return
    tell_left_out(where, left, notices.say)
    (most, _), *further = taken.most_common()
    if further:
        also = ", ".join(f"{suffix} {n:,}" for suffix, n in sorted(further))
        n_files = counted(sum(n for _, n in further), "file")
        kinds = "another kind" if len(further) == 1 else "other kinds"
        notices.say(f"{where}: read {n_files} of {kinds} than {most}: {also}.")


def tell_left_out(where: str, left: Counter[str], say: Say) -> None:
    """Tell how many files with each suffix a folder or archive has that are not read; nothing where there are none."""
    if left:
        say(f"{where}: left out: {counted(left.total(), 'file')} ({_listed(left)}).")


def _listed(n_files: Counter[str]) -> str:
    return ", ".join(f"{suffix or 'without a suffix'} {n:,}" for suffix, n in sorted(n_files.items(), key=_last_if_none))


def _last_if_none(counted_suffix: tuple[str, int]) -> tuple[bool, str]:
    return not counted_suffix[0], counted_suffix[0]
