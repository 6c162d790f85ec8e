"""Changes that are written together: each is judged by what those before it leave; all are on disk before any is told."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any

from ...errors import SaysoError
from ..records import LabelledArticle
from .changes import Facts, applied, holds, plan, values_of
from .disk.tables import check_fits
from .present import UNFIT, Present
from .records import Change, ConflictError, ElsewhereError, Recorded
from .state import State
from .values import shown


class Batch:
    """Changes on their way to disk.

    Parameters
    ----------
    present : Present
        What is there; it stays as it is until `write` has written.
    """

    def __init__(self, present: Present) -> None:
        self._present = present
        self.state: State = present.state.above()
        self._changed: dict[str, LabelledArticle] = {}
        self._recorded: list[Recorded] = []

    def _article(self, name: object) -> LabelledArticle:
        name = self._present.id_of(name)
        return self._changed.get(name) or self._present.article(name)

    def change(self, change: Change, base: int | None) -> Recorded:
        """Judge a change, and apply it; see `Project.change`."""
        if base is not None and type(base) is not int:
            raise SaysoError(f"base is {shown(base)}; it must be the number of a change.")
        labelled = self._article(change.article)
        name, n = labelled.article.id, change.n
        facts = self._present.facts(name, n, self.state, labelled.complete)
        planned = plan(change, labelled, facts)
        if base is not None and self.state.touched.get((name, n), 0) > base:
            raise self._conflict("this has changed in the meantime; check its current state.", labelled, n)
        also = {"set": planned.also_set, "was": planned.also_was} if planned.also_set else {}
        return self._record(labelled, n, (planned.set, planned.was), also, accepted=change.accepted)

    def undo(self, within: str | None = None) -> Recorded | None:
        """Take the last change back; see `Project.undo`."""
        return self._take_back(self.state.to_undo, within)

    def redo(self, within: str | None = None) -> Recorded | None:
        """Take the last undoing back; see `Project.redo`."""
        return self._take_back(self.state.to_redo, within)

    def _take_back(self, numbers: list[int], within: str | None) -> Recorded | None:
        if not numbers:
            return None
        number = numbers[-1]
        undone = self._change(number)
        name, n = undone.article, undone.n
        if name not in self._present.articles:
            self._skip_gone(numbers)
            raise ConflictError(
                f"change {number} cannot be undone: its article no longer exists.", name, n, {"change": number}
            )
        if within not in (None, name):
            raise ElsewhereError(undone)
        labelled = self._article(name)
        if not holds(labelled, n, undone.set, self._present.facts(name, n, self.state, labelled.complete)):
            numbers.pop()
            reason = f"change {number} cannot be undone: the labels were since changed outside this page."
            raise self._conflict(reason, labelled, n)
        also = {"set": undone.also["was"], "was": undone.also["set"]} if undone.also else {}
        try:
            return self._record(labelled, n, (undone.was, undone.set), also, undoes=number)
        except UNFIT as error:
            numbers.pop()
            reason = f"change {number} cannot be undone: its line in the history has been edited."
            raise self._conflict(reason, labelled, n) from error

    def _check_undone(self, after: LabelledArticle, n: int | None, values: Mapping[str, Any]) -> None:
        """Refuse what cannot stand in the dataset as the history says it: somebody may have written there by hand."""
        check_fits(after, n, self._present.shards.schema)
        if not holds(after, n, {key: value for key, value in values.items() if key not in ("done", "note")}, Facts()):
            raise ValueError("the article would not hold these values")

    def _change(self, number: int) -> Recorded:
        return next((r for r in self._recorded if r.number == number), None) or self._present.history.change(number)

    def _skip_gone(self, numbers: list[int]) -> None:
        """Pass over the last changes of articles that are gone, so that a person is told once."""
        while numbers and self._change(numbers[-1]).article not in self._present.articles:
            numbers.pop()

    def _conflict(self, reason: str, labelled: LabelledArticle, n: int | None) -> ConflictError:
        where = labelled.article.id, n
        present: dict[str, Any] = {"note": self.state.note(where), "change": self.state.touched.get(where, 0)}
        if n is None:
            present["done"] = self.state.is_done(where[0], labelled.complete)
            present["targets"] = {name: list(also) for name, also in labelled.targets.items()}
        elif any(s.n == n for s in labelled.sentences):
            present |= values_of(labelled, n)
        return ConflictError(reason, *where, present)

    def _record(
        self,
        labelled: LabelledArticle,
        n: int | None,
        values: tuple[Mapping[str, Any], Mapping[str, Any]],
        also: Mapping[str, Mapping[str, Any]],
        **how: Any,
    ) -> Recorded:
        """Apply values, of which the earlier ones are given as well; ``how`` has what else is recorded."""
        name = labelled.article.id
        after = applied(labelled, n, values[0], also.get("set", {}))
        if "undoes" in how:
            self._check_undone(after, n, values[0])
        self._changed[name] = after
        recorded = Recorded(
            name,
            n,
            values[0],
            number=self._present.last + len(self._recorded) + 1,
            time=datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z"),
            was=values[1],
            codebook=self._present.codebook,
            also=also,
            blind=self._present.blind,
            **how,
        )
        self._recorded.append(recorded)
        self.state.add(recorded)
        return recorded

    def write(self, publishing: AbstractContextManager[Any]) -> None:
        """Put the changes on disk: shards beside the old ones, then the log, then the shards into their places.

        Parameters
        ----------
        publishing : context manager
            Is entered while what readers see is changed.

        Raises
        ------
        SaysoError
            If anything cannot be written; then nothing was changed.
        """
        present = self._present
        if not self._recorded:
            with publishing:
                present.state.take(self.state)
            return
        with present.replacing(self._changed, self._recorded[-1].number) as writing:
            present.history.write(self._recorded)
            try:
                with publishing:
                    writing.place()
                    present.history.note(self._recorded)
                    present.state.take(self.state)
                    present.refresh(self._changed.values())
            except BaseException:
                present.history.take_back()
                raise
