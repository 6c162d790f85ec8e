import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from types import SimpleNamespace

import pytest
from taught_articles import articles, project

from sayso.classify.model_files.container import read_model
from sayso.data.system.file_names import hashed_stem
from sayso.errors import SaysoError
from sayso.train.evaluation.compare import compare
from sayso.train.evaluation.evaluate import cross_validate
from sayso.train.teach import runs as runs_module
from sayso.train.teach.alive import alive, one_at_a_time
from sayso.train.teach.files import digest_of, read_json, write_json
from sayso.train.teach.runs import Run, runs, start


def ended(run):
    """Wait until a run is over; give its state and the parts that were told meanwhile."""
    parts = []
    until = time.monotonic() + 120
    while (run.state()["status"] == "running" or run._is_alive()) and time.monotonic() < until:
        parts.append(run.state()["part"])
        time.sleep(0.05)
    return run.state(), parts


def waiting(folder, settings):
    """Start a process that holds a run's lock and does nothing, as one would that teaches for an hour."""
    run = Run(folder / "teach" / "0001-topic")
    run.folder.mkdir(parents=True)
    write_json(run.folder / "settings.json", settings)
    code = (
        "import os, sys, time; from pathlib import Path\n"
        "from sayso.train.teach.alive import alive; from sayso.train.teach.child import _State\n"
        "with alive(Path(sys.argv[1]) / 'lock'):\n"
        "    _State(Path(sys.argv[1])).tell('fold 2 of 5', 0.4)\n"
        "    print('ready', flush=True)\n"
        "    time.sleep(600)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", code, str(run.folder)], stdout=subprocess.PIPE)
    assert process.stdout.readline() == b"ready\n"
    return run, process


@pytest.fixture
def taught(tmp_path):
    """Give a run under way in a process of its own, and the process."""
    run, process = waiting(tmp_path, {"column": "topic", "started": "2026-11-30T15:00:00+00:00", "models": []})
    yield run, process
    process.kill()
    process.wait()
    process.stdout.close()


@pytest.fixture(scope="module")
def topic(tmp_path_factory):
    """Give a run that taught a column of one's own, its last state and the parts that were told."""
    folder = tmp_path_factory.mktemp("project")
    run = start(folder, project(folder), "topic")
    return run, *ended(run)


def test_a_run_ends_with_a_model_and_is_found_again(topic):
    run, state, parts = topic
    assert (state["status"], state["message"], state["part"], state["decision"]) == ("done", None, 1.0, "open")
    assert parts == sorted(parts)
    (found,) = runs(run.project)
    assert (found, found.state()) == (run, state)
    assert read_model(run.folder / "topic.sayso").manifest["labels"] == ["money", "road"]


def test_a_run_remembers_which_model_was_in_use_when_it_began(tmp_path, monkeypatch, fake_models):
    from sayso.train.teach import child, teaching

    in_use = tmp_path / "models" / "voice.sayso"
    in_use.parent.mkdir()
    in_use.write_bytes((fake_models / "voice.sayso").read_bytes())
    at_first = digest_of(in_use)
    monkeypatch.setattr(runs_module, "_PROCESSES", {})
    monkeypatch.setattr(runs_module, "_process_for", lambda folder: SimpleNamespace(poll=lambda: 0))
    run = start(tmp_path, tmp_path, "kind", [in_use])

    def teach(column, data, models, tell):
        in_use.write_bytes(b"accepted meanwhile")
        save = (run.folder / "kind.sayso").write_bytes
        return SimpleNamespace(result={"model": "voice"}, save=lambda folder: save(b"taught"))

    monkeypatch.setattr(teaching, "teach", teach)
    assert child.main(run.folder) == 0
    assert run.state()["result"] == {"model": "voice", "replaces": at_first, "digest": digest_of(run.candidate)}


def test_the_result_is_what_the_functions_give(topic):
    result = topic[1]["result"]
    of_topic = cross_validate("topic", articles())
    taught = of_topic._predictions
    found = compare(replace(taught, predicted=taught.others["most_frequent"]), taught)
    assert (result["articles"], result["sentences"]) == (6, 36)
    assert result["before"]["name"] == "no model (always the most frequent label)"
    assert result["before"]["macro_f1"] == found.a.macro_f1
    assert result["after"]["macro_f1"] == of_topic.score.macro_f1
    assert result["after"]["interval"] == list(of_topic.score.interval)
    assert (result["difference"], result["interval"]) == (found.difference, list(found.interval))
    assert (result["model"], result["base"], result["also"]) == ("topic", None, [])
    assert len(result["trust"]) > 5
    assert not any("`--" in one["verdict"] for one in result["trust"])


def test_a_run_that_fails_says_why_in_a_line(tmp_path):
    state, _ = ended(start(tmp_path, project(tmp_path, articles()[:2]), "topic"))
    assert state["status"] == "failed"
    assert (
        state["message"] == "topic: 12 sentences in 2 articles are labelled; label 3 more articles and 18 more sentences "
        "before you can teach."
    )
    assert (state["result"], state["decision"]) == (None, None)


def test_a_fault_of_ours_is_told_in_a_line_and_logged_in_full(tmp_path, monkeypatch, capsys):
    from sayso.train.teach import child, teaching

    def broken(*_):
        raise ZeroDivisionError("no\nfold")

    monkeypatch.setattr(teaching, "teach", broken)
    folder = tmp_path / "0001-topic"
    folder.mkdir()
    write_json(folder / "settings.json", {"column": "topic", "data": str(tmp_path), "models": []})
    assert child.main(folder) == 1
    state = read_json(folder / "state.json")
    assert (state["status"], state["step"]) == ("failed", "reading the labels")
    assert state["message"] == (
        f"Teaching failed: ZeroDivisionError: no fold. The full error message is in {folder / 'log.txt'}."
    )
    assert "Traceback" in capsys.readouterr().err


def test_a_run_whose_process_was_killed_is_stopped(taught):
    run, process = taught
    assert (run.state()["status"], run.state()["step"], run.state()["part"]) == ("running", "fold 2 of 5", 0.4)
    os.kill(process.pid, signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    process.wait()
    state = run.state()
    assert (state["status"], state["step"]) == ("stopped", "fold 2 of 5")
    assert state["message"] == "Teaching ended before it was finished; start it again."


def test_a_run_can_be_stopped_by_another_process_than_the_one_that_started_it(taught):
    run, process = taught
    half = run.folder / ".result.json.x.part"
    half.touch()
    run.stop()
    assert process.wait(10) != 0
    assert run.state()["status"] == "stopped"
    assert run.state()["message"] == "Teaching was stopped; the model in use is unchanged."
    assert not half.exists()


def test_one_run_at_a_time(taught):
    run, _ = taught
    with pytest.raises(SaysoError, match=r"^topic is being taught now; wait until it is finished, or stop it"):
        start(run.project, run.project, "kind")
    assert [r.name for r in runs(run.project)] == ["0001-topic"]


def test_of_two_that_start_at_the_same_moment_one_is_refused(tmp_path, monkeypatch):
    make, processes = runs_module._new_folder, []

    def slowly(parent, column):
        time.sleep(0.2)  # without a lock the other looks meanwhile, and sees no run
        return make(parent, column)

    def asleep(folder):
        processes.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))
        return processes[-1]

    monkeypatch.setattr(runs_module, "_new_folder", slowly)
    monkeypatch.setattr(runs_module, "_process_for", asleep)
    with ThreadPoolExecutor(2) as pool:
        given = [pool.submit(start, tmp_path, tmp_path, column) for column in ("kind", "topic")]
        errors = [error for one in given if (error := one.exception())]
    (started,) = runs(tmp_path)
    with processes[0] as process:
        process.stdin.close()
    assert len(processes) == 1
    assert [str(error) for error in errors] == [
        f"{started.column} is being taught now; wait until it is finished, or stop it."
    ]


def test_who_cannot_start_for_others_who_start_is_told(tmp_path):
    said = "another process is starting the teaching; try again"
    with alive(tmp_path / "lock"), pytest.raises(SaysoError, match=said), one_at_a_time(tmp_path / "lock", 0.05):
        pytest.fail("two hold the lock")


def test_a_run_that_was_started_a_moment_ago_runs_though_its_process_holds_no_lock_yet(tmp_path):
    run = Run(tmp_path / "teach" / "0001-topic")
    run.folder.mkdir(parents=True)
    write_json(run.folder / "settings.json", {"column": "topic"})
    assert (run.state()["status"], run.state()["step"]) == ("running", "starting")
    os.utime(run.folder / "settings.json", (0, 0))
    assert run.state()["status"] == "stopped"


def test_starting_and_accepting_loads_nothing_that_fits_models():
    code = (
        "import sys, sayso.train.teach.runs, sayso.train.teach.accepted\n"
        "print(sorted({'sklearn', 'scipy', 'pandas', 'pyarrow'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    ("column", "name"),
    [
        ("topic", "topic"),
        ("Ton_fall-2", "Ton_fall-2"),
        ("../../etc/passwd", "etc-passwd-"),
        ("a.before", "a-before-"),
        ("con", "con-"),
        ("", "column-"),
        ("ä" * 90, "ä" * 40 + "-"),
    ],
)
def test_a_column_of_any_name_has_files_of_its_own(column, name):
    given = hashed_stem(column)
    assert given.startswith(name)
    assert len(given) - len(name) in (0, 8)
    assert not {"/", ".", "\\"} & set(given)
    assert given == hashed_stem(column)
