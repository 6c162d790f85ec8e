"""What a history says of the present: notes, what is done, what can be undone, and who changed what last."""

from collections import ChainMap
from collections.abc import MutableMapping
from dataclasses import dataclass, field
from typing import NamedTuple, TypeVar

from .records import Recorded

Where = tuple[str, int | None]
"""An article's id, and a sentence of it; None for the article as a whole."""
Key = TypeVar("Key")
Value = TypeVar("Value")
_DONE = frozenset(("attribution", "kind"))


class Noted(NamedTuple):
    """A note, when it was written, and the number of the change that wrote it."""

    note: str
    time: str
    number: int


@dataclass(slots=True)
class State:
    """What all changes so far have led to, beside the labels.

    Parameters
    ----------
    touched : mapping of Where to int
        The number of the last change of each sentence and article.
    notes : mapping of Where to Noted
        The note on it; an empty one where it was taken away.
    done : mapping of str to bool
        Articles that somebody said to be labelled to the end, or not to be.
    to_undo, to_redo : list of int
        Numbers of changes, the next one last.
    """

    touched: MutableMapping[Where, int] = field(default_factory=dict)
    notes: MutableMapping[Where, Noted] = field(default_factory=dict)
    done: MutableMapping[str, bool] = field(default_factory=dict)
    to_undo: list[int] = field(default_factory=list)
    to_redo: list[int] = field(default_factory=list)

    def above(self) -> "State":
        """Give a copy to try changes on; `take` takes it over."""
        return State(
            ChainMap({}, self.touched),
            ChainMap({}, self.notes),
            ChainMap({}, self.done),
            list(self.to_undo),
            list(self.to_redo),
        )

    def take(self, tried: "State") -> None:
        """Take over what was tried on a copy."""
        self.touched.update(_tried(tried.touched))
        self.notes.update(_tried(tried.notes))
        self.done.update(_tried(tried.done))
        self.to_undo, self.to_redo = tried.to_undo, tried.to_redo

    def add(self, recorded: Recorded) -> None:
        """Follow a change."""
        where = recorded.article, recorded.n
        self.touched[where] = recorded.number
        if "note" in recorded.set:
            self.notes[where] = Noted(recorded.set["note"], recorded.time, recorded.number)
        if "done" in recorded.set:
            self.done[recorded.article] = recorded.set["done"]
        if recorded.undoes is None:
            self.to_undo.append(recorded.number)
            self.to_redo.clear()
        elif _drop(self.to_undo, recorded.undoes):
            self.to_redo.append(recorded.number)
        elif _drop(self.to_redo, recorded.undoes):
            self.to_undo.append(recorded.number)

    def note(self, where: Where) -> str:
        """Give the note on a sentence or an article; empty without one."""
        noted = self.notes.get(where)
        return noted.note if noted else ""

    def is_done(self, name: str, complete: frozenset[str]) -> bool:
        """Tell whether an article is labelled to the end: as somebody said, or as it came."""
        return self.done.get(name, complete >= _DONE)


def _tried(of: MutableMapping[Key, Value]) -> MutableMapping[Key, Value]:
    return of.maps[0] if isinstance(of, ChainMap) else {}


def _drop(numbers: list[int], number: int) -> bool:
    """Take a number away, with those after it: they could not be taken back, since somebody had changed the labels."""
    for i in range(len(numbers) - 1, -1, -1):
        if numbers[i] == number:
            del numbers[i:]
            return True
        if numbers[i] < number:
            return False
    return False
