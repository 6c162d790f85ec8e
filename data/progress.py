"""How far long work is: one line on standard error, which is drawn anew, where somebody may be waiting for it."""

import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NamedTuple, TypeVar

from .display import clean, counted

_BETWEEN = 0.2  # seconds from one line to the next
_SETTLED = 2.0  # seconds after which it can be said how quick the work is
T = TypeVar("T")
_line = {"drawn": False, "next": 0.0}
"""Of the one standard error that there is: is a line drawn, and when may the next be?"""


def is_shown() -> bool:
    """Tell whether standard error is a terminal: in files and logs a line that is drawn anew would be noise."""
    return sys.stderr is not None and sys.stderr.isatty()


def draw(text: str, *, at_once: bool = False) -> None:
    """Show a line in place of the last one; too soon after it, nothing happens, unless it is to be shown at once."""
    now = time.monotonic()
    if not at_once and now < _line["next"]:
        return
    _line.update(drawn=True, next=now + _BETWEEN)
    width = shutil.get_terminal_size().columns - 1  # a line that is wrapped could not be taken away
    _steer(f"\r\x1b[K{clean(text)[:width]}")


def clear() -> None:
    """Take the line away; call it before anything else is printed."""
    if _line["drawn"]:
        _line["drawn"] = False
        if sys.stderr is not None:
            _steer("\r\x1b[K")


def _steer(text: str) -> None:
    """Write what moves the cursor: past what keeps all other text from doing so, see `terminal.Filtered`."""
    stream = getattr(sys.stderr, "whole", sys.stderr)
    stream.write(text)
    stream.flush()


@contextmanager
def waiting(text: str) -> Iterator[None]:
    """Show a line while work lasts that cannot be counted."""
    if is_shown():
        draw(f"{text} …", at_once=True)
    try:
        yield
    finally:
        clear()


def watched(
    items: Iterable[T], what: str, *, total: int | None = None, share: Callable[[], float | None] | None = None
) -> Iterable[T]:
    """Give items on, and show how many are done, and how long the rest takes where that can be known.

    Parameters
    ----------
    items : iterable
    what : str
        One of them, such as ``"article"``.
    total : int, optional
        How many there are.
    share : callable, optional
        Gives the share of the whole that is done, where the number is not known.
    """
    return _watched(items, what, total, share or (lambda: None)) if is_shown() else items


def _watched(items: Iterable[T], what: str, total: int | None, share: Callable[[], float | None]) -> Iterator[T]:
    start = Mark(time.monotonic(), 0, 0.0)
    try:
        for n, item in enumerate(items, 1):
            yield item
            of = f" of {total:,}" if total else ""
            done = f"{n:,}{of} {what}s" if total else counted(n, what)
            draw(done + speed(start, Mark(time.monotonic(), n, n / total if total else share())))
    finally:
        clear()


class Mark(NamedTuple):
    """How far work was at a time: seconds on some clock, what is done, and the share of the whole, where it is known."""

    seconds: float
    n_done: int
    share: float | None


def speed(first: Mark, now: Mark) -> str:
    """Say how quick the work was between two times, how much is done, and how long the rest takes.

    >>> speed(Mark(0.0, 1_000, 0.05), Mark(10.0, 41_000, 0.25))
    ', 4,000 a second, 25 %, 38 s left'
    """
    seconds = now.seconds - first.seconds
    rate = (now.n_done - first.n_done) / seconds if seconds >= _SETTLED else 0.0
    return (f", {rate:,.0f} a second" if rate >= 1 else "") + rest(first, now)


def rest(first: Mark, now: Mark) -> str:
    """Say how much is done, and how long the rest takes.

    >>> rest(Mark(0.0, 0, 0.0), Mark(90.0, 2, 0.4)), rest(Mark(0.0, 0, None), Mark(90.0, 2, None))
    (', 40 %, 2 min left', '')
    """
    seconds, text = now.seconds - first.seconds, ""
    if now.share is not None:
        text = f", {100 * now.share:.0f} %"
    if seconds >= _SETTLED and now.share and first.share is not None and now.share > first.share:
        text += f", {duration(seconds * (1 - now.share) / (now.share - first.share))} left"
    return text


def duration(seconds: float) -> str:
    """Give a time to wait as one reads it.

    >>> duration(42), duration(95), duration(8_000)
    ('42 s', '2 min', '2 h 13 min')
    """
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"
