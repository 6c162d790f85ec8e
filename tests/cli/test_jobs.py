"""``--jobs``: the same output from several processes; what one article, one process or Ctrl-C costs."""

import json
import os
import re
import signal
import subprocess
import sys
import time

import pytest
from builders import json_rows, run_sayso, write_rows

from sayso.classify.annotation import annotator
from sayso.errors import SaysoError

ARTICLES = [
    {"id": "fire", "text": "Rain fell. Police claimed that it burned.", "outlet": "Ems Post", "date": "2024-05-01"},
    {"id": "vote", "text": "“We lost,” Mayor Ana Moll said. The council met on Monday.", "outlet": "Ems Post"},
    {"id": "feu", "text": "Le conseil a dit que le feu était éteint et que les pompiers sont partis hier soir."},
    {"id": "copy", "text": "“We lost,” Mayor Ana Moll said. The council met on Monday.", "outlet": "Sol Radio"},
    {"id": "blank", "text": "* * *"},
    {"id": "end", "text": "The bridge is shut, the ministry said. Nobody was hurt.", "outlet": "Sol Radio"},
]
ONE_THREAD = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}  # so that processes are forks
PATCHED = """
import json
import sys
from sayso import cli
from sayso.classify.annotation import annotator
from sayso.classify.bulk import parallel

whole = annotator.corrected
def corrected(viewed, candidates):
    if "bridge" in viewed.text:
        {does}
    return whole(viewed, candidates)
annotator.corrected = corrected
annotator._AT_ONCE = {at_once}
for words in json.loads(sys.argv[1]):
    try:
        cli.app(words, prog_name="sayso")
    except SystemExit as ended:
        code = ended.code
sys.exit(code)
"""


@pytest.fixture
def news(tmp_path):
    return write_rows(tmp_path / "news.jsonl", ARTICLES)


def sayso(*commands, does="pass", at_once=130_000, **how):
    """Run commands in a process of its own, in which the bridge is bad news."""
    words = json.dumps([[str(word) for word in words] for words in commands])
    return subprocess.Popen(
        [sys.executable, "-c", PATCHED.format(does=does, at_once=at_once), words],
        **{"env": ONE_THREAD, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True} | how,
    )


def done(process):
    out, err = process.communicate(timeout=60)
    return process.returncode, out, err


@pytest.fixture
def bad_news(monkeypatch):
    """Give what runs a command in which the bridge raises an error: in a process of its own if the command forks."""
    whole = annotator.corrected

    def run(error, *words, jobs):
        if jobs > 1:
            does = f"from sayso.errors import SaysoError; raise {error!r}"
            return done(sayso([*words, "--jobs", jobs], does=does))

        def corrected(viewed, candidates):
            if "bridge" in viewed.text:
                raise error
            return whole(viewed, candidates)

        monkeypatch.setattr(annotator, "corrected", corrected)
        return run_sayso(*words, "--jobs", jobs)

    return run


def files_below(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def test_two_processes_give_the_same_bytes_as_one(tmp_path, news, fake_model_options, monkeypatch):
    outputs = [
        ["--out", "a.jsonl", "--profile", "p.json", "--shares", "s.csv", "--by", "outlet"],
        ["--out", "pages", "--format", "html"],
        ["--out", "a.parquet"],
    ]
    commands = [["annotate", news, *words, *fake_model_options] for words in outputs]
    commands.append(["audit", news, "--out", "audit", "--by", "outlet", *fake_model_options])
    one, two = tmp_path / "1", tmp_path / "2"
    one.mkdir()
    two.mkdir()
    _, _, err = done(sayso(*([*words, "--jobs", 2] for words in commands), at_once=60, cwd=two))
    monkeypatch.setattr(annotator, "_AT_ONCE", 60)
    monkeypatch.chdir(one)
    assert "".join(run_sayso(*words, "--jobs", 1).stderr for words in commands) == err
    files = files_below(one)
    assert files == files_below(two)
    assert err.count("Error: blank: no article sentences found; check that this is the right file.\n") == len(outputs) + 1
    assert err.count("1 article is not in English (fr 1; feu): left out;") == len(outputs) + 1
    assert err.count("1 article is a near-duplicate of others") == 2  # in the shares and in the audit
    assert len({name.split("/")[0] for name in files}) == len(outputs) + 3  # the profiles, the shares, the audit


def test_processes_that_start_afresh_give_the_same_too(news, fake_model_options, monkeypatch):
    one = run_sayso("annotate", news, "-f", "jsonl", *fake_model_options)
    monkeypatch.setattr("sayso.classify.bulk.processes._may_fork", lambda: False)
    two = run_sayso("annotate", news, "-f", "jsonl", "--jobs", 2, *fake_model_options)
    assert two == one
    assert [row["article"] for row in json_rows(two.stdout)] == [*["fire"] * 2, *["vote"] * 2, *["copy"] * 2, *["end"] * 2]


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("command", ["annotate", "audit"])
def test_an_error_of_ours_costs_one_article(tmp_path, fake_model_options, bad_news, jobs, command):
    news = write_rows(tmp_path / "news.jsonl", [ARTICLES[0], ARTICLES[5], ARTICLES[1]])
    out = tmp_path / ("out.jsonl" if command == "annotate" else "audit")
    code, _, err = bad_news(IndexError("no such cue"), command, news, "--out", out, *fake_model_options, jobs=jobs)
    assert code == 1
    start = "Error: end: left out because of an internal error of sayso (IndexError: no such cue)"
    told, _, written = err.partition("\n")
    assert told == f"{start}; please report it. Add --debug to see where it happened."
    assert written.startswith("Written to " * (command == "audit"))
    if command == "annotate":
        assert written == ""
        rows = json_rows(out.read_text(encoding="utf-8"))
        assert [row["article"] for row in rows] == [*["fire"] * 2, *["vote"] * 2]
    else:
        assert "Ana Moll" in (out / "roster.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize("jobs", [1, 2])
def test_debug_shows_where_an_error_is(news, fake_model_options, bad_news, jobs):
    words = ["annotate", news, "-f", "jsonl", "--debug", *fake_model_options]
    _, _, err = bad_news(IndexError("no such cue"), *words, jobs=jobs)
    assert "Error: end: left out because of an internal error of sayso (IndexError: no such cue); please report it.\n" in err
    assert err.count("Traceback") == 1
    assert re.search(r"in corrected\n( .*\n)*IndexError: no such cue\n", err)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize(
    ("error", "said"),
    [
        (MemoryError(), "Error: there is not enough memory; give it smaller files, or fewer --jobs.\n"),
        (SaysoError("all: bad"), "Error: all: bad\n"),
    ],
    ids=["memory", "ours"],
)
def test_what_is_no_fault_of_an_article_ends_the_run(tmp_path, fake_model_options, bad_news, jobs, error, said):
    news = write_rows(tmp_path / "news.jsonl", [ARTICLES[0], ARTICLES[5]])
    code, _, err = bad_news(error, "annotate", news, "--out", tmp_path / "out.jsonl", *fake_model_options, jobs=jobs)
    assert code == 1
    assert err.endswith(said)
    assert err.count("\n") == 1
    assert [p.name for p in tmp_path.iterdir()] == ["news.jsonl"]


def test_a_process_that_is_killed_is_one_line(tmp_path, news, fake_model_options):
    words = ["annotate", news, "--out", tmp_path / "out.jsonl", "--jobs", 2, *fake_model_options]
    code, _, err = done(sayso(words, does="import os; os.kill(os.getpid(), 9)"))
    assert code == 1
    assert err.startswith("Error: a worker process was stopped by the system, possibly because memory ran out")
    assert err.count("\n") == 1
    assert [p.name for p in tmp_path.iterdir()] == ["news.jsonl"]


def children_of(pid):
    found = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True, check=False)
    return found.stdout.split()


@pytest.mark.skipif(sys.platform == "win32", reason="no process groups")
@pytest.mark.parametrize("jobs", [1, 2])
def test_ctrl_c_leaves_nothing(tmp_path, news, fake_model_options, jobs):
    begun = tmp_path / "begun"
    words = ["annotate", news, "--out", tmp_path / "out.jsonl", "--jobs", jobs, *fake_model_options]
    running = sayso(words, does=f"import time; open({str(begun)!r}, 'w').close(); time.sleep(60)", start_new_session=True)
    for _ in range(1000):
        if begun.exists():
            break
        time.sleep(0.02)
    children = children_of(running.pid)
    assert len(children) == (jobs if jobs > 1 else 0)
    os.killpg(running.pid, signal.SIGINT)  # as a terminal does
    code, _, err = done(running)
    assert (code, err) == (130, "Interrupted.\n")
    assert sorted(p.name for p in tmp_path.iterdir()) == ["begun", "news.jsonl"]
    for child in children:
        assert subprocess.run(["ps", "-p", child], capture_output=True, check=False).returncode == 1


def test_jobs_are_one_or_more_or_all(news, fake_model_options):
    for command in (["annotate", news], ["audit", news, "--out", "audit"]):
        told = run_sayso(*command, "--jobs", 0, *fake_model_options)
        assert (told.exit_code, told.stdout) == (1, "")
        assert told.stderr == "Error: --jobs 0: give a number of processes, 1 or more, or -1 for one per processor.\n"


@pytest.mark.parametrize("jobs", ["5000", "99999999999999999999"])
def test_more_processes_than_a_machine_can_be_meant_to_start_are_refused(tmp_path, jobs):
    (tmp_path / "a.txt").write_text("The mill burned, police said.\n", "utf-8")
    done = run_sayso("annotate", str(tmp_path / "a.txt"), "--jobs", jobs)
    assert (done.exit_code, done.stdout) == (1, "")
    assert re.fullmatch(rf"Error: --jobs {jobs}: this machine has [\d,]+ processors?; give at most \d+\.\n", done.stderr)
