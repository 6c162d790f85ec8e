import os

import pytest

from sayso.classify.bulk.jobs import n_processes, use_one_blas_thread
from sayso.errors import SaysoError


@pytest.mark.parametrize("jobs", [0, -2])
def test_a_number_of_processes_is_one_or_more(jobs):
    with pytest.raises(SaysoError, match=f"--jobs {jobs}: give a number of processes, 1 or more, or -1"):
        n_processes(jobs)


def test_minus_one_is_every_processor():
    assert n_processes(3) == 3
    assert n_processes(-1) >= 1


def test_a_number_of_threads_in_the_environment_stays(monkeypatch):
    monkeypatch.setattr(os, "environ", {"OPENBLAS_NUM_THREADS": "4"})
    use_one_blas_thread()
    assert (os.environ["OPENBLAS_NUM_THREADS"], os.environ["OMP_NUM_THREADS"]) == ("4", "1")
