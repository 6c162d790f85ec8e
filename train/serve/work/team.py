"""What is worked out of a project's labels while the server runs: the queue, progress, agreement, disputes, teaching."""

import threading
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from ...teach.runs import Run, start
from ..desk import Desk
from .teaching import Teaching

if TYPE_CHECKING:
    from .agreement import AgreementSoFar
    from .disputes import Disputes
    from .labels import TeamLabels
    from .progress import Progress
    from .queue import Beside, LabelQueue


T = TypeVar("T")


class Team:
    """Everything that looks at the labels of all annotators of a project.

    Each part is made when it is first asked for: with most of them come many modules, for which the list of articles need
    not wait.

    Parameters
    ----------
    desk : Desk
    teach : callable, optional
        Starts a run of teaching, as `teach.runs.start` does.
    beside : callable, optional
        Starts what asks models, as `work.queue.LabelQueue` wants it.
    """

    def __init__(self, desk: Desk, teach: Callable[..., Run] = start, beside: "Callable[[], Beside] | None" = None) -> None:
        self._desk, self._beside = desk, beside
        self._lock = threading.RLock()
        self.teaching = Teaching(desk, teach)

    def _one(self, name: str, make: Callable[[], T]) -> T:
        """Make a part once, whoever asks for it at the same time."""
        with self._lock:
            if name not in self.__dict__:
                self.__dict__[name] = make()
            made: T = self.__dict__[name]
            return made

    @cached_property
    def labels(self) -> "TeamLabels":
        """Everybody's labels."""
        from .labels import TeamLabels

        return self._one("labels", lambda: TeamLabels(self._desk.project))

    @cached_property
    def progress(self) -> "Progress":
        """How far labelling has come."""
        from .progress import Progress

        return self._one("progress", lambda: Progress(self.labels))

    @cached_property
    def agreement(self) -> "AgreementSoFar":
        """How well annotators agree."""
        from .agreement import AgreementSoFar

        return self._one("agreement", lambda: AgreementSoFar(self.labels))

    @cached_property
    def disputes(self) -> "Disputes":
        """Where annotators differ."""
        from .disputes import Disputes

        return self._one("disputes", lambda: Disputes(self.labels))

    @cached_property
    def queue(self) -> "LabelQueue":
        """What to label next."""
        from .queue import LabelQueue

        return self._one("queue", lambda: LabelQueue(self.labels, self._beside))

    def close(self) -> None:
        """End what runs beside; what is taught is left as it is."""
        self.teaching.close()
        if "queue" in self.__dict__:
            self.queue.close()
