"""Whether an export holds as many articles as it says."""

from ...notices import Notices
from .entries import Entry


class Count:
    """Counts the articles of a file, and tells where an export in it says that there are others.

    Parameters
    ----------
    name : str
        File, for the messages.
    notices : Notices
    """

    def __init__(self, name: str, notices: Notices) -> None:
        self.n_found = 0
        self._name, self._notices = name, notices
        self._total: int | None = None
        self._first = self._last = self._n_here = 0
        self._missing: list[str] = []

    def add(self, entry: Entry) -> None:
        """Count an article; one of a lower number, or a cover page before it, begins another export."""
        covered = entry.number is None and entry.total is not None
        restarted = entry.number is not None and (entry.number <= self._last or self._total is None)
        if covered or restarted:
            self._tell()
            self._total, self._n_here, self._missing = entry.total, 0, []
            self._first, self._last = entry.number or 1, (entry.number or 1) - 1
        number = entry.number or self._last + 1
        if number > self._last + 1:
            self._missing.append(_range(self._last + 1, number - 1))
        self._last = number
        self.n_found += 1
        self._n_here += 1

    def finish(self, last: Entry) -> None:
        """Tell what the last export lacks."""
        self._tell()
        if last.cut:
            self._notices.say(
                f"{self._name}: article {self.n_found:,} ends without the usual closing lines; check "
                "that the file is complete."
            )

    def _tell(self) -> None:
        if self._total is None or (self._n_here == self._total and not self._missing):
            return
        missing = list(self._missing)
        if self._first > 1:
            missing.insert(0, _range(1, self._first - 1))
        if self._last < self._total:
            missing.append(_range(self._last + 1, self._total))
        left_out = f"; missing: {', '.join(missing[:5])}{' …' if len(missing) > 5 else ''}" if missing else ""
        were = "was" if self._n_here == 1 else "were"
        self._notices.say(
            f"{self._name}: the export announces {self._total:,} documents, but {self._n_here:,} {were} "
            f"found{left_out}. Export the others as well if you need them."
        )


def _range(first: int, last: int) -> str:
    return f"{first:,}" if first == last else f"{first:,} to {last:,}"
