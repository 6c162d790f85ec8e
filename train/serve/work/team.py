"""What is worked out of a project's labels while the server runs: the queue, progress, agreement, disputes, teaching."""

from collections.abc import Callable

from ...teach.runs import Run, start
from ..desk import Desk
from .agreement import AgreementSoFar
from .disputes import Disputes
from .labels import TeamLabels
from .progress import Progress
from .queue import Beside, LabelQueue
from .teaching import Teaching


class Team:
    """Everything that looks at the labels of all annotators of a project.

    Parameters
    ----------
    desk : Desk
    teach : callable, optional
        Starts a run of teaching, as `teach.runs.start` does.
    beside : callable, optional
        Starts what asks models, as `work.queue.LabelQueue` wants it.
    """

    def __init__(self, desk: Desk, teach: Callable[..., Run] = start, beside: Callable[[], Beside] | None = None) -> None:
        self.labels = TeamLabels(desk.project)
        self.progress = Progress(self.labels)
        self.agreement = AgreementSoFar(self.labels)
        self.disputes = Disputes(self.labels)
        self.queue = LabelQueue(self.labels, beside)
        self.teaching = Teaching(desk, teach)

    def close(self) -> None:
        """End what runs beside; what is taught is left as it is."""
        self.teaching.close()
        self.queue.close()
