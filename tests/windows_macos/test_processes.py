"""Processes that start afresh, as on Windows and macOS: nothing is inherited, and all that they get is pickled."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from builders import run_sayso

FIRE = "The harbour burned, police said. Nobody was hurt."


@pytest.fixture
def afresh(monkeypatch):
    monkeypatch.setattr("sayso.classify.bulk.processes._may_fork", lambda: False)


@pytest.fixture
def articles(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    Path("news").mkdir()
    for n in range(2):
        Path(f"news/{n}.txt").write_text(f"{FIRE} {n} boats sank.", encoding="utf-8")


def test_an_archive_of_processes_that_start_afresh_is_the_same(articles, afresh, fake_model_options):
    for jobs in (1, 2):
        done = run_sayso("annotate", "news", "--format", "jsonl", "--jobs", jobs, "-o", f"{jobs}/", *fake_model_options)
        assert done.exit_code == 0, done.stderr
    for n in range(2):
        assert Path(f"1/{n}.txt.jsonl").read_bytes() == Path(f"2/{n}.txt.jsonl").read_bytes() != b""


SCRIPT = """
import operator
from functools import partial
from sayso.classify.bulk import processes
from sayso.errors import SaysoError

processes._may_fork = lambda: False
try:
    with processes.Processes(2, partial(list, (10, 20))) as started:
        print(list(started.in_order(operator.getitem, [1, 0])))
except SaysoError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("script", "line"),
    [
        (
            SCRIPT,
            "a script that starts processes must not run again in each of them: put its own code under "
            'if __name__ == "__main__":, or use one process.',
        ),
        (SCRIPT.replace("try:", "if __name__ == '__main__':\n  try:").replace("except", "  except"), "[(1, 20), (0, 10)]"),
    ],
)
def test_a_script_without_a_guard_gets_one_line(tmp_path, script, line):
    path = tmp_path / "mine.py"
    path.write_text(script, encoding="utf-8")
    done = subprocess.run([sys.executable, path], capture_output=True, text=True, check=False, cwd="/", env={**os.environ})
    assert (done.stdout, done.stderr) == (f"{line}\n", "")
