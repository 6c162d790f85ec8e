"""A process that is killed at any moment loses nothing that was answered, and leaves whole files."""

import json
import subprocess
import sys

import pytest
from projects import BRIDGE, FERRY, opened

from sayso.data.datasets.build import read_labelled

_CHILD = """
import os, signal, sys
sys.path[:0] = sys.argv[2:]
from pathlib import Path
from projects import begun, opened
from sayso.data.project.project import Project
from sayso.data.project.records import Change

def kill_at(number):
    # every moment at which a file changes its state on disk counts
    left = [number]
    def counted(call):
        def called(*words, **named):
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            left[0] -= 1
            return call(*words, **named)
        return called
    os.fsync, os.replace, os.chmod, os.write = map(counted, (os.fsync, os.replace, os.chmod, os.write))

def work(folder, number):
    with begun(folder) as project:
        pass
    project = opened(folder)
    answered = os.open(folder / "answered", os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    say = os.write
    kill_at(number)
    for n, kind in enumerate(("quote", "narrative", "official_claim") * 20):
        article, sentence = ("bridge", "ferry")[n % 2], n % 3 % 2
        recorded = project.change(Change(article, sentence, {"kind": kind, "note": f"note {n}"}))
        say(answered, b"%d %d\\n" % (recorded.number, n))
        if n == 4:
            project.use({**project.columns, "mood": None})
        if n % 5 == 4:
            recorded = project.undo()
            say(answered, b"%d undo\\n" % recorded.number)

for number in map(int, sys.stdin.read().split()):
    child = os.fork()
    if not child:
        work(Path(sys.argv[1]) / str(number), number)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == signal.SIGKILL
"""
_MOMENTS = (1, 2, 3, 4, 5, 6, *range(25, 41), 61)  # 25 and on: all files get a further column


@pytest.fixture(scope="module")
def killed(tmp_path_factory):
    """Projects whose process was killed at some moment each."""
    folder = tmp_path_factory.mktemp("killed")
    moments = " ".join(map(str, _MOMENTS))
    subprocess.run([sys.executable, "-c", _CHILD, folder, *sys.path], input=moments, text=True, check=True)
    return folder


@pytest.mark.parametrize("moment", _MOMENTS)
def test_what_was_answered_is_there_after_a_kill(killed, moment):
    folder = killed / str(moment)
    answered = [line.split() for line in (folder / "answered").read_text("utf-8").splitlines()]
    before = read_labelled([folder / "labels" / "anna"]) if (folder / "labels/anna/data").is_dir() else None
    assert before is None or [a.article.id for a in before] == ["bridge", "ferry"]
    told = []
    with opened(folder, tell=told.append) as project:
        logged = project.since(0)
        assert len(answered) <= len(logged) <= len(answered) + 1  # the one that was being written may be there
        assert [int(number) for number, _ in answered] == [r.number for r in logged][: len(answered)]
        kinds = {("bridge", 0): None, ("bridge", 1): None, ("ferry", 0): "quote", ("ferry", 1): None}
        notes = {}
        for recorded in logged:
            kinds[recorded.article, recorded.n] = recorded.set["kind"]
            notes[recorded.article, recorded.n] = recorded.set["note"]
        for name, n in kinds:
            assert project.article(name).sentences[n].kind == kinds[name, n]
        assert {(note.article, note.n): note.note for note in project.notes()} == {k: v for k, v in notes.items() if v}
        assert [a.article.text for a in map(project.article, ("bridge", "ferry"))] == [
            BRIDGE.article.text,
            FERRY.article.text,
        ]
        while project.undo():
            pass
        assert [project.article(a.article.id) for a in (BRIDGE, FERRY)] == [BRIDGE, FERRY]
    lines = (folder / "history/anna.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["number"] for line in lines] == list(range(1, len(lines) + 1))
    assert not list(folder.rglob("*.part"))
    with opened(folder):  # nothing is left to tell
        pass
