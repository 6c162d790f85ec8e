"""Processes that work beside this one; each has something that is made once in it, such as loaded models."""

import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing.connection import wait as wait_for
from types import TracebackType
from typing import Any, Generic, NoReturn, TypeVar

from ...errors import SaysoError

State = TypeVar("State")
Item = TypeVar("Item")
Result = TypeVar("Result")

_AHEAD = 2  # tasks a process that wait or are done: enough that none is idle, and memory stays bounded
_PATIENCE = 1.0  # seconds for a process that has ended to say how
_ENDED = (
    "a worker process was stopped by the system, possibly because memory ran out; run the command again "
    "with a smaller --jobs."
)
_UNGUARDED = (
    "a script that starts processes must not run again in each of them: put its own code under "
    'if __name__ == "__main__":, or use one process.'
)
_EXIT_UNGUARDED = 97
"""Exit code of a process that, instead of working, ran the script that started it."""


class Processes(Generic[State]):
    """Processes that do tasks with a state of their own; a context manager, after which none of them is left.

    Where it can be done safely the processes are forks of this one and share its memory. Elsewhere (macOS, Windows,
    a process with several threads) they start afresh, and make their state with their first task.

    Parameters
    ----------
    n : int
        How many.
    make : callable
        Makes the state; a function of a module, or a `partial` of one, since it may have to be pickled.
    here : optional
        What ``make`` gives, where this process has it already: forks need not make it again.

    Examples
    --------
    >>> with Processes(2, partial(load_annotator, models)) as processes:
    ...     for article, annotated in processes.in_order(annotate_one, articles):
    ...         print(article.id, len(annotated))
    """

    def __init__(self, n: int, make: Callable[[], State], here: State | None = None) -> None:
        self.n = n
        if getattr(multiprocessing.current_process(), "_inheriting", False):  # it is still loading the script
            os._exit(_EXIT_UNGUARDED)
        forks = _may_fork()
        if forks:
            here = here if here is not None else make()
            gc.freeze()  # else each fork's first look for garbage would copy the memory that they share
        # processes that start afresh are told how to make the state, forks have it
        begin: tuple[Any, ...] = (None, here) if forks else (make, None)
        context = multiprocessing.get_context("fork" if forks else "spawn")
        self._pool = ProcessPoolExecutor(n, context, initializer=_begin, initargs=(*begin, gc.get_threshold()))
        self._started: set[Any] = set()

    def __enter__(self) -> "Processes[State]":
        self.submit(_nothing)  # forks begin before this process does anything else
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """End the processes; after an error at once, whatever they are at."""
        if kind is not None:
            for process in self._started:
                process.terminate()
        self._pool.shutdown(cancel_futures=True)

    def submit(self, task: Callable[..., Result], *arguments: Any) -> "Future[Result]":
        """Have a process call ``task(state, *arguments)``; the task is a function of a module."""
        with _interrupts_wait():
            others = set(multiprocessing.active_children())
            try:
                future = self._pool.submit(_do, task, arguments)
            except BrokenProcessPool as error:
                raise self._ended() from error
            if len(self._started) < self.n:  # a pool starts its processes while it takes tasks
                self._started |= set(multiprocessing.active_children()) - others
        return future

    def in_order(self, task: Callable[[State, Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result]]:
        """Do a task for each item, and yield both in the order of the items.

        Parameters
        ----------
        task : callable
            A function of a module; called with the state of its process and the item. What it raises is raised here
            when its turn comes.
        items : iterable
            Read no further ahead than the processes need.

        Raises
        ------
        SaysoError
            If a process ends before its work is done, as where memory runs out.
        """
        waiting: deque[tuple[Item, Future[Result]]] = deque()
        for item in items:
            waiting.append((item, self.submit(task, item)))
            while len(waiting) > _AHEAD * self.n or (waiting and waiting[0][1].done()):
                yield self._result(*waiting.popleft())
        while waiting:
            yield self._result(*waiting.popleft())

    def as_done(self, task: Callable[[State, Item], Result], items: Iterable[Item]) -> Iterator[tuple[Item, Result]]:
        """Do a task for each item, and yield both as they are done: as `in_order`, but nothing waits for a slow one."""
        waiting: dict[Future[Result], Item] = {}
        for item in items:
            waiting[self.submit(task, item)] = item
            if len(waiting) > _AHEAD * self.n:
                yield from self._those_done(waiting)
        while waiting:
            yield from self._those_done(waiting)

    def _those_done(self, waiting: "dict[Future[Result], Any]") -> Iterator[tuple[Any, Result]]:
        """Wait for one task at least, and take those that are done."""
        for future in wait(waiting, return_when=FIRST_COMPLETED).done:
            yield self._result(waiting.pop(future), future)

    def _result(self, item: Item, future: "Future[Result]") -> tuple[Item, Result]:
        try:
            return item, future.result()
        except BrokenProcessPool as error:
            raise self._ended() from error

    def _ended(self) -> SaysoError:
        """Say why a process ended that should have worked."""
        for process in self._started:
            process.join(_PATIENCE)
        codes = {process.exitcode for process in self._started}
        return SaysoError(_UNGUARDED if _EXIT_UNGUARDED in codes else _ENDED)


@contextlib.contextmanager
def started(n: int, make: Callable[[], State], here: State | None = None) -> "Iterator[Processes[State] | None]":
    """Start processes, as `Processes` does; None where one is enough, which is this one."""
    gc.freeze()  # what has been loaded stays: looking through it for garbage again and again cost 7 % of the time
    if n == 1:
        yield None
        return
    with Processes(n, make, here) as processes:
        yield processes


def _may_fork() -> bool:
    """Tell whether a fork is safe: only with one thread, as in a fork nobody opens the locks of others."""
    return sys.platform == "linux" and len(os.listdir("/proc/self/task")) == 1


@contextlib.contextmanager
def _interrupts_wait() -> Iterator[None]:
    """Hold Ctrl-C and SIGTERM back while processes start, so that they begin without it; it comes right after."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_states: list[Any] = []
"""The state of this process, once it has been made."""
_makers: list[Callable[[], Any]] = []


def _begin(make: Callable[[], Any] | None, here: Any, collect_at: tuple[int, int, int]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches every process; the one that started them ends them
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})  # held back while this process was started
    gc.set_threshold(*collect_at)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _states.clear()
    if make is None:
        _states.append(here)
    else:
        _makers.append(make)


def _end_with_parent() -> None:
    """End when the process that started this one is gone: who kills it gets no chance to end the others."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait_for([parent.sentinel])
        _leave()


def _leave() -> NoReturn:
    os._exit(1)


def _nothing(state: Any) -> None:
    pass


def _do(task: Callable[..., Result], arguments: tuple[Any, ...]) -> Result:
    if not _states:  # not in `_begin`, so that what goes wrong in making it is an error of the task
        _states.append(_makers[0]())
        gc.freeze()
    return task(_states[0], *arguments)
