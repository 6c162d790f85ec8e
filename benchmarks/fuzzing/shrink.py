"""Makes a failing input smaller while it fails in the same way: by files, words, members, values, lines and bytes."""

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Any, TypeVar

from .case import Case
from .mutations import members_of, zipped

T = TypeVar("T", bytes, tuple[str, ...], list[Any], str)
Fails = Callable[[Case], bool]
_DEEPEST = 6  # values in each other that are made smaller


def shrink(case: Case, fails: Fails, seconds: float = 15.0) -> Case:
    """Give the smallest input found that still fails.

    Parameters
    ----------
    case : Case
    fails : callable
        Tells whether an input fails in the same way.
    seconds : float
        When to stop looking, by the clock.
    """
    shrinking = _Shrinking(case, fails, time.monotonic() + seconds)
    size = -1
    while size != shrinking.case.size and not shrinking.is_over():
        size = shrinking.case.size
        shrinking.drop_files()
        shrinking.drop_words()
        for name in list(shrinking.case.files):
            shrinking.shrink_file(name)
    return shrinking.case


class _Shrinking:
    """The smallest failing input so far."""

    def __init__(self, case: Case, fails: Fails, end: float) -> None:
        self.case, self._fails, self._end = case, fails, end

    def is_over(self) -> bool:
        return time.monotonic() > self._end

    def _take(self, smaller: Case) -> bool:
        """Take a smaller input if it still fails."""
        if self.is_over() or not self._fails(smaller):
            return False
        self.case = smaller
        return True

    def drop_files(self) -> None:
        for name in list(self.case.files):
            if len(self.case.files) > 1:
                self._take(replace(self.case, files={k: v for k, v in self.case.files.items() if k != name}))

    def drop_words(self) -> None:
        for n in (2, 1):
            at = len(self.case.words) - n
            while at > 0:
                words = self.case.words
                self._take(replace(self.case, words=words[:at] + words[at + n :]))
                at -= 1

    def shrink_file(self, name: str) -> None:
        raw = self.case.files[name]
        fails = self._fails_with(name)
        if members := members_of(raw):
            for member in list(members):
                if (fewer := {k: v for k, v in members.items() if k != member}) and fails(zipped(fewer)):
                    members = fewer
            for member in list(members):
                self._shrink_member(members, member, fails)
            return
        if (value := _as_json(raw)) is not None:
            _smaller_json(value, lambda smaller: fails(json.dumps(smaller).encode()))
        self._shrink_bytes(fails, self.case.files[name])

    def _fails_with(self, name: str) -> Callable[[bytes], bool]:
        return lambda raw: self._take(replace(self.case, files={**self.case.files, name: raw}))

    def _shrink_member(self, members: dict[str, bytes], member: str, fails: Callable[[bytes], bool]) -> None:
        def fails_with(raw: bytes) -> bool:
            if not fails(zipped({**members, member: raw})):
                return False
            members[member] = raw
            return True

        self._shrink_bytes(fails_with, members[member])

    def _shrink_bytes(self, fails: Callable[[bytes], bool], raw: bytes) -> None:
        lines = raw.splitlines(keepends=True)
        if len(lines) > 1:
            kept = shortened(lines, lambda fewer: fails(b"".join(fewer)))
            raw = b"".join(kept)
        shortened(raw, fails)


def shortened(whole: T, fails: Callable[[T], bool]) -> T:
    """Leave out stretches, the longest first, while what is left still fails."""
    step = max(len(whole) // 2, 1)
    while True:
        at = 0
        while at < len(whole):
            shorter = whole[:at] + whole[at + step :]
            if len(shorter) < len(whole) and fails(shorter):
                whole = shorter
            else:
                at += step
        if step == 1:
            return whole
        step //= 2


def _as_json(raw: bytes) -> Any:
    try:
        return json.loads(raw)
    except (ValueError, RecursionError):
        return None


def _smaller_json(value: Any, fails: Callable[[Any], bool]) -> None:
    """Leave out parts of a value, in place, while it still fails."""
    for holder, key in list(_places(value, 0)):
        if isinstance(holder, dict) and key in holder:
            kept = holder.pop(key)
            if not fails(value):
                holder[key] = kept
        elif isinstance(holder, list) and key < len(holder):
            kept = holder.pop(key)
            if not fails(value):
                holder.insert(key, kept)
    for holder, key in list(_places(value, 0)):
        if isinstance(holder[key], str) and len(holder[key]) > 1:
            _shorten_in(holder, key, lambda: fails(value))


def _shorten_in(holder: Any, key: Any, fails: Callable[[], bool]) -> None:
    def fails_with(words: str) -> bool:
        kept, holder[key] = holder[key], words
        if fails():
            return True
        holder[key] = kept
        return False

    shortened(holder[key], fails_with)


def _places(value: Any, depth: int) -> Iterator[tuple[Any, Any]]:
    """Give each part of a value by what holds it and its key; of a list the last first."""
    keys: Sequence[Any] = list(value) if isinstance(value, dict) else ()
    if isinstance(value, list):
        keys = range(len(value) - 1, -1, -1)
    for key in keys:
        yield value, key
        if depth < _DEEPEST and (isinstance(value, dict) or key < len(value)):
            yield from _places(value.get(key) if isinstance(value, dict) else value[key], depth + 1)
