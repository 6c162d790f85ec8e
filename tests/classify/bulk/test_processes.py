"""What runs in other processes here are functions of the standard library: a fresh process cannot import a test."""

import operator
import os
import pydoc
import signal
import subprocess
import sys
import time
from functools import partial

import pytest

from sayso.classify.bulk.processes import Processes
from sayso.errors import SaysoError

TENS = partial(list, (10, 20, 30, 40))


def locate(name):
    """Give what makes a function the state of a process, for `operator.call`."""
    return partial(pydoc.locate, name)


def python(code, **how):
    """Start a process with one thread, in which processes are forks."""
    code = f"from sayso.classify.bulk.processes import *\nimport operator, os, pydoc, time\n{code}"
    return subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd="/", **how
    )


def children_of(pid):
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return [int(line) for line in found.stdout.split()]


def is_there(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return not state.startswith("Z") and bool(state)


def wait_until(holds):
    for _ in range(500):
        if holds():
            return
        time.sleep(0.02)
    raise AssertionError("it did not come true in ten seconds")


@pytest.fixture
def afresh(monkeypatch):
    """Have processes start afresh, as on systems where they cannot be forks."""
    monkeypatch.setattr("sayso.classify.bulk.processes._may_fork", lambda: False)


def test_results_come_in_the_order_of_the_items(afresh):
    with Processes(2, TENS) as processes:
        assert list(processes.in_order(operator.getitem, [3, 0, 1])) == [(3, 40), (0, 10), (1, 20)]
        assert sorted(processes.as_done(operator.getitem, [3, 0, 1])) == [(0, 10), (1, 20), (3, 40)]


def test_forks_give_the_same_and_take_over_what_is_there():
    code = """
with Processes(2, pydoc.locate, here=[10, 20, 30, 40]) as processes:  # what makes it would fail
    print(list(processes.in_order(operator.getitem, [3, 0, 1])))
"""
    out, err = python(code).communicate()
    assert (out, err) == ("[(3, 40), (0, 10), (1, 20)]\n", "")


def test_items_are_read_no_further_ahead_than_needed(afresh):
    read = []

    def items():
        for n in range(100):
            read.append(n)
            yield n % 4

    with Processes(1, TENS) as processes:
        for number, _ in enumerate(processes.in_order(operator.getitem, items())):
            assert len(read) <= number + 3


def test_an_error_of_a_task_comes_when_its_turn_does(afresh):
    with Processes(1, TENS) as processes:
        results = processes.in_order(operator.getitem, [0, 9, 1])
        assert next(results) == (0, 10)
        with pytest.raises(IndexError, match="list index out of range"):
            next(results)


def test_an_error_in_making_the_state_is_the_tasks(afresh):
    with Processes(1, partial(int, "ten")) as processes, pytest.raises(ValueError, match="invalid literal"):
        list(processes.in_order(operator.getitem, [0]))


def test_a_process_that_is_ended_from_outside_is_one_of_our_errors(afresh):
    with (
        Processes(1, locate("os._exit")) as processes,
        pytest.raises(SaysoError, match=r"a worker process was stopped by the system"),
    ):
        list(processes.in_order(operator.call, [3]))


SLEEP = """
with Processes(2, lambda: time.sleep) as processes:
    futures = [processes.submit(operator.call, 60) for _ in range(5)]
    print("begun", flush=True)
    futures[0].result()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="no signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL, signal.SIGTERM])
def test_no_process_is_left_whatever_ends_the_first(number):
    running = python(SLEEP, start_new_session=True)
    assert running.stdout.readline() == "begun\n"
    wait_until(lambda: len(children_of(running.pid)) == 2)
    children = children_of(running.pid)
    if number == signal.SIGINT:
        os.killpg(running.pid, number)  # as a terminal does
    else:
        running.send_signal(number)
    _, err = running.communicate(timeout=10)
    wait_until(lambda: not any(map(is_there, children)))
    assert err.count("Traceback") == (number == signal.SIGINT)  # of the first process, which catches nothing here
    assert err.count("KeyboardInterrupt") == (number == signal.SIGINT)
