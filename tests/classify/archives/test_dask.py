import os
import signal
from pathlib import Path

import pytest

from sayso.classify.archives import dask

from .conftest import PORT, contents

pytest.importorskip("distributed")
pytestmark = pytest.mark.loopback


@pytest.fixture
def cluster():
    """Give a cluster of two worker processes on this machine."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address="127.0.0.1:0") as running:
        yield running


@pytest.mark.filterwarnings("ignore")  # of the cluster's own clock and of a worker that is gone
def test_a_cluster_gives_the_same_also_where_a_worker_is_killed(archive, run, cluster, monkeypatch):
    for n in range(12):
        Path(f"news/k{n:02}.txt").write_text(f"{PORT} {n} ships wait.\n" * 20, encoding="utf-8")
    Path("news/bad.parquet").write_bytes(b"PAR1")
    run("news", "--out", "whole/", "-f", "parquet")
    real, killed = dask._results, []

    def kill_first(future):
        if not killed:
            worker = next(iter(cluster.workers.values()))
            killed.append(worker.pid)
            os.kill(worker.pid, signal.SIGKILL)
        return real(future)

    monkeypatch.setattr(dask, "_results", kill_first)
    code, _, err = run("news", "--out", "out/", "-f", "parquet", "--dask", cluster.scheduler_address)
    assert (code, len(killed)) == (1, 1)
    assert err.splitlines()[-1] == "1 error, in out/errors.jsonl; 1 file without output, to be tried again in the next run."
    assert contents("out") == contents("whole")
    assert not list(Path("out").rglob(".*.part"))


def test_a_cluster_that_is_not_there_is_told(archive, run, monkeypatch):
    monkeypatch.setattr("sayso.classify.bulk.cluster._PATIENCE", "1s")
    code, _, err = run("news", "--out", "out/", "-f", "jsonl", "--dask", "tcp://127.0.0.1:1")
    told = "Error: --dask tcp://127.0.0.1:1: no scheduler answers at this address; start one with: dask scheduler"
    assert (code, err.splitlines()[-1]) == (1, told)
