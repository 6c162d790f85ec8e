"""Files of an archive annotated by the workers of a Dask cluster: paths go there, and counts come back."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import islice
from threading import Lock
from typing import Any

from ...errors import SaysoError
from ..annotation.annotator import Annotator
from ..bulk.cluster import connected
from .annotate_files import FileResult, FilesTask, annotate_files, failed
from .inputs import read_run
from .settings import Settings, check_same_run

_AHEAD = 3  # tasks a thread that wait at the scheduler: enough that none is idle

_loading = Lock()  # threads of a worker share its models


def on_cluster(address: str, tasks: Iterable[FilesTask]) -> Iterator[FileResult]:
    """Have the workers of a cluster annotate files, and give each as it is done.

    A worker that ends midway costs nothing: the scheduler gives its files to others. A file that ended several workers is
    an error.

    Parameters
    ----------
    address : str
        Of the scheduler.
    tasks : iterable of FilesTask
        Read no further ahead than the workers need.

    Raises
    ------
    SaysoError
        If no scheduler answers, it goes away, or a worker has other models or versions.
    """
    with connected(address) as client:
        yield from _as_done(client, iter(tasks))


def _as_done(client: Any, tasks: Iterator[FilesTask]) -> Iterator[FileResult]:
    from distributed import KilledWorker, as_completed

    def submit(task: FilesTask) -> Any:
        waiting[future := client.submit(_annotate, task, pure=False)] = task
        return future

    waiting: dict[Any, FilesTask] = {}
    n_threads = sum(client.nthreads().values())
    done = as_completed([submit(task) for task in islice(tasks, _AHEAD * max(n_threads, 1))])
    for future in done:
        task = waiting.pop(future)
        try:
            yield from _results(future)
        except KilledWorker:
            if len(task.files) == 1:
                yield failed(task.files[0], "stopped every worker that tried it, possibly because memory ran out; split it.")
            for file in task.files if len(task.files) > 1 else ():  # one of them did it
                done.add(submit(replace(task, files=(file,))))
        for following in islice(tasks, 1):
            done.add(submit(following))


def _results(future: Any) -> list[FileResult]:
    if future.cancelled() or future.status == "lost":
        raise SaysoError("the connection to the cluster was lost; finished files are kept, so run the command again.")
    results: list[FileResult] = future.result()
    return results


def _annotate(task: FilesTask) -> list[FileResult]:
    """Annotate files on a worker."""
    with _loading:
        annotator = _annotator(task.out, task.settings)
    return annotate_files(annotator, task)


@lru_cache(maxsize=1)
def _annotator(out: str, settings: Settings) -> Annotator:
    """Load the models, once a worker, and see that they are those of the run."""
    check_same_run(out, read_run(out) or {}, settings.as_json())
    return settings.labelling.load(stance=bool(settings.labelling.targets))
