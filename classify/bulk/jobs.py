"""How many processes work, and in how many threads each of them calculates."""

import os

from ...data.display import counted
from ...errors import SaysoError

_EACH = 8  # processes for a processor, at most: more never were faster
_BLAS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")


def n_processes(jobs: int) -> int:
    """Give how many processes ``--jobs`` asks for; -1 is one for each processor that this process may use.

    Raises
    ------
    SaysoError
        If it is 0, below -1, or far more than the machine has processors.
    """
    if jobs == -1:
        return _n_processors()
    check_most(jobs)
    if jobs < 1:
        raise SaysoError(f"--jobs {jobs}: give a number of processes, 1 or more, or -1 for one per processor.")
    return jobs


def check_most(jobs: int) -> None:
    """Refuse more processes than a machine can be meant to start: each takes memory before it does anything.

    Raises
    ------
    SaysoError
        If it is more than 8 for each processor.
    """
    if jobs <= _EACH:  # no need to count, which takes a library
        return
    n_processors = _n_processors()
    if jobs > _EACH * n_processors:
        raise SaysoError(
            f"--jobs {jobs}: this machine has {counted(n_processors, 'processor')}; give at most {_EACH * n_processors}."
        )


def _n_processors() -> int:
    try:
        from joblib import cpu_count  # it knows of a container's limits too
    except ImportError:  # a light install
        affinity = getattr(os, "sched_getaffinity", None)
        return len(affinity(0)) if affinity else os.cpu_count() or 1
    return int(cpu_count())


def use_one_blas_thread() -> None:
    """Have numpy calculate in one thread in this process and those that it starts; call it before numpy is imported.

    The arrays of a few articles are small: more threads cost time, and stand in the way of forking. Who sets a number
    of threads in the environment keeps it.
    """
    for name in _BLAS:
        os.environ.setdefault(name, "1")
