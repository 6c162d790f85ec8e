"""What people decided of disputes, in a file of the project that ``sayso data merge --adjudicate`` takes as it is."""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ....data.agreement.disputes import OF_ROWS, read_decisions
from ....data.agreement.merge import Key
from ....data.atomic_write import replace_file
from ....data.project.disk.lock import Lock
from ....data.rows.files import read_rows
from ....data.rows.places import Row
from ....errors import SaysoError

FILE = "disputes.jsonl"
BY, AT, VOID = "decided_by", "decided_at", "void_decision"
_ABOUT = {*OF_ROWS, BY, AT, VOID}
_PATIENCE = 5.0  # seconds that another process may need to write the file; it takes milliseconds


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision.

    Parameters
    ----------
    words : str
        A label, or the name of the annotator who is right.
    by, time : str
        Who decided, and when (ISO 8601, UTC).
    answers : mapping of str to str
        What each annotator said then.
    """

    words: str
    by: str
    time: str
    answers: Mapping[str, str]


class Decisions:
    """The decisions of a project; annotators' servers may write them side by side.

    Parameters
    ----------
    project : Path
        Its folder.
    """

    def __init__(self, project: Path) -> None:
        self.path = project / FILE
        self._lock = project / "history" / ".disputes.lock"  # no annotator is called so

    def read(self) -> dict[Key, Decided]:
        """Read those that stand.

        Raises
        ------
        SaysoError
            If the file is broken; the message names the row.
        """
        rows = self._rows()
        decisions = read_decisions(self.path) if rows else {}
        return {key: _decided(decision.words, rows[key]) for key, decision in decisions.items()}

    def write(self, rows: Iterable[Row], by: str) -> None:
        """Put rows of disputes with their decisions in, each in place of an earlier one; they are on disk afterwards.

        Parameters
        ----------
        rows : iterable of dict
            As `data.agreement.disputes.dispute_row` gives them; a ``decision`` of None takes an earlier one back.
        by : str
            Who decides.
        """
        about = {BY: by, AT: datetime.now(UTC).isoformat(timespec="seconds")}
        with self._alone():
            all_rows = self._rows()
            for row in rows:
                if taken := {BY, AT, VOID} & row.keys():
                    raise SaysoError(f"{min(taken)!r} cannot be an annotator's name: it is a column of {self.path.name}.")
                all_rows[_key(row)] = {**row, **about}
            self._replace(all_rows)

    def void(self, keys: Collection[Key]) -> None:
        """Take decisions out of force whose disputes are other ones now; the file still says what they were."""
        with self._alone():
            rows = self._rows()
            for key in keys:
                rows[key] = {**rows[key], "decision": None, VOID: rows[key]["decision"]}
            self._replace(rows)

    def _rows(self) -> dict[Key, Row]:
        if not self.path.exists():
            return {}
        try:
            return {_key(row): dict(row) for _, row in read_rows(self.path)}
        except (KeyError, ValueError) as error:
            raise SaysoError(
                f"{self.path}: a row without article, n and column; correct the file, or move it away."
            ) from error

    def _replace(self, rows: Mapping[Key, Row]) -> None:
        with replace_file(self.path) as file:
            file.write("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows.values()).encode())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Let no other server write meanwhile."""
        lock = Lock(self._lock, _PATIENCE)
        try:
            yield
        finally:
            lock.release()


def _key(row: Row) -> Key:
    return str(row["article"]), int(row["n"]), str(row["column"])


def _decided(words: str, row: Row) -> Decided:
    answers = {name: str(answer) for name, answer in row.items() if name not in _ABOUT and answer is not None}
    return Decided(words, str(row.get(BY) or ""), str(row.get(AT) or ""), answers)
