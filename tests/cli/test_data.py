import errno
import json
import os
import re
import subprocess
import sys
from importlib.metadata import version

import pytest
from builders import run_sayso, write_rows

from sayso.data.commands import look as commands
from sayso.data.datasets.build import read_labelled

ROWS = [
    {"article": "rain", "text": "Rain fell.", "kind": "narrative", "source_type": "none", "topic": "sky"},
    {"article": "rain", "text": "“It did,” she said.", "kind": "quote", "source_type": "state"},
]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command in a folder with rain.jsonl in it; give exit code, output and messages."""
    monkeypatch.chdir(tmp_path)
    write_rows(tmp_path / "rain.jsonl", ROWS)
    return run_sayso


def test_build_says_what_it_wrote(run, tmp_path):
    assert run("data", "build", "rain.jsonl", "--out", "out/rain") == (
        0,
        "",
        "2 sentences in 1 article\n"
        "kind: narrative 1, quote 1\n"
        "source_type: none 1, state 1\n"
        "topic: 1 sentence (a label column of your own)\n"
        "Written to out/rain.\n",
    )
    (found,) = read_labelled([tmp_path / "out/rain"])
    assert found.article.text == "Rain fell. “It did,” she said."


def test_build_keeps_what_stands_there_unless_told(run):
    run("data", "build", "rain.jsonl", "--out", "x")
    assert run("data", "build", "rain.jsonl", "--out", "x") == (
        1,
        "",
        "Error: x already exists; choose another name, or add --force to overwrite it.\n",
    )
    assert run("data", "build", "rain.jsonl", "--out", "x", "--force")[0] == 0


def test_build_writes_nothing_when_a_row_is_wrong(run, tmp_path):
    (tmp_path / "bad.jsonl").write_text('{"text": "a", "kind": "qoute"}\n', encoding="utf-8")
    assert run("data", "build", "rain.jsonl", "bad.jsonl", "--out", "x") == (
        1,
        "",
        "Error: bad.jsonl:1: kind 'qoute' is not one of quote, official_claim, independent_assessment, narrative.\n",
    )
    assert sorted(p.name for p in tmp_path.iterdir()) == ["bad.jsonl", "rain.jsonl"]


def test_build_puts_name_and_licence_on_the_card(run, tmp_path):
    run("data", "build", "rain.jsonl", "--out", "x", "--name", "Rain: a study", "--licence", "cc0-1.0")
    card = (tmp_path / "x/README.md").read_text(encoding="utf-8")
    assert card.startswith('---\npretty_name: "Rain: a study"\nlicense: "cc0-1.0"\n')
    assert "\n# Rain: a study\n" in card


@pytest.mark.parametrize("path", ["rain.jsonl", "x"])
def test_show_counts_a_file_and_a_folder(run, path):
    run("data", "build", "rain.jsonl", "--out", "x")
    assert run("data", "show", path) == (
        0,
        "# 2 sentences in 1 article\n"
        "task\tlabel\tn\tshare\n"
        "kind\tnarrative\t1\t50.0%\n"
        "kind\tquote\t1\t50.0%\n"
        "source_type\tnone\t1\t50.0%\n"
        "source_type\tstate\t1\t50.0%\n"
        "topic\tsky\t1\t100.0%\n"
        "\n"
        "# articles\n"
        "article\tsplit\tsentences\twords\tattributions\tkinds\n"
        "rain\ttrain\t2\t6\t0\tnarrative:1 quote:1\n"
        "\n",
        "",
    )


def test_show_gives_examples(run):
    _, out, _ = run("data", "show", "rain.jsonl", "--examples", "1")
    assert "# examples of kind\nlabel\tsentence\nnarrative\tRain fell.\nquote\t“It did,” she said.\n" in out


def test_show_as_json_holds_everything(run):
    _, out, _ = run("data", "show", "rain.jsonl", "--examples", "1", "--json")
    found = json.loads(out)
    assert (found["n_sentences"], found["labels"]["topic"]) == (2, {"sky": 1})
    assert found["examples"]["source_type"] == {"none": ["Rain fell."], "state": ["“It did,” she said."]}


def test_show_without_a_name_is_of_our_corpus(run):
    code, out, _ = run("data", "show")
    assert code == 0
    assert re.match(r"# \d,\d{3} sentences in \d{3} articles\n", out)


def test_check_names_each_problem_and_fails_on_errors(run, tmp_path):
    rows = [{**ROWS[0], "kind": "quote"}, {**ROWS[1], "text": "It did, she said."}]
    write_rows(tmp_path / "bad.jsonl", rows)
    assert run("data", "check", "bad.jsonl") == (
        1,
        "bad.jsonl:1: error: quote cannot have the source type none; it has state, political, organisation, "
        "expert, monitor, media, individual, unnamed. | Rain fell.\n"
        "rain:1: error: a quote without quotation marks that does not continue an earlier quotation | It did, she said.\n",
        "2 sentences in 1 article: 2 errors, 0 warnings.\n",
    )


def test_check_passes_with_warnings(run, tmp_path):
    for name, text in (("a", "The rain fell on the town."), ("b", "The rain fell on the town!")):
        (tmp_path / f"{name}.txt").write_text(f"@id {name}\n\nN none | {text}\n", encoding="utf-8")
    (tmp_path / "rain.jsonl").unlink()
    code, out, err = run("data", "check", ".", "--json")
    assert code == 0
    assert json.loads(out) == {
        "article": "b",
        "n": 0,
        "level": "warning",
        "reason": "100% like a:0",
        "text": "The rain fell on the town!",
        "where": "",
    }
    assert err == "2 sentences in 2 articles: 0 errors, 1 warning.\n"


def test_check_tells_a_broken_corpus_file_by_line(run, tmp_path):
    (tmp_path / "a.txt").write_text("@id a\n\nN none | Rain}.\n", encoding="utf-8")
    assert run("data", "check", "a.txt") == (
        1,
        "a.txt:3: error: a } closes nothing.\n",
        "0 sentences in 0 articles: 1 error, 0 warnings.\n",
    )


def test_our_corpus_passes(run):
    code, out, _ = run("data", "check")
    assert code == 0
    assert out.count("\n") < 20


def test_usage_errors_exit_with_2(run):
    code, out, err = run("data", "build", "rain.jsonl")
    assert (code, out) == (2, "")
    assert err.endswith("Error: Missing option '--out' / '-o'.\n")
    assert run("nonsense")[0] == 2


def test_the_version_is_that_of_the_package(run):
    assert run("--version") == (0, f"sayso {version('sayso')}\n", "")


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (KeyboardInterrupt(), (130, "", "Interrupted.\n")),
        (OSError(errno.ENOSPC, "No space left"), (1, "", "Error: standard output: No space left.\n")),
        (
            PermissionError(errno.EACCES, "Permission denied", "a.csv"),
            (1, "", "Error: a.csv: Permission denied.\n"),
        ),
        (BrokenPipeError(), (0, "", "")),
    ],
)
def test_what_stops_a_command_is_one_line(run, monkeypatch, error, expected):
    def fail(path, row_names):
        raise error

    monkeypatch.setattr(commands, "labelled_articles", fail)
    assert run("data", "show") == expected


def test_a_closed_pipe_is_no_error():
    reader, writer = os.pipe()
    os.close(reader)
    code = "from sayso.cli import app; app()"
    with os.fdopen(writer, "wb") as pipe:
        done = subprocess.run(
            [sys.executable, "-c", code, "data", "--help"], stdout=pipe, stderr=subprocess.PIPE, check=False
        )
    assert (done.returncode, done.stderr) == (0, b"")


def test_help_imports_none_of_the_slow_libraries():
    code = (
        "import sys\nfrom sayso.cli import app\n"
        "try:\n    app(['data', '--help'])\nexcept SystemExit:\n    pass\n"
        "slow = {'numpy', 'pandas', 'sklearn', 'datasets', 'pyarrow', 'scipy', 'nupunkt', 'jinja2'}\n"
        "print(sorted(slow & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


@pytest.mark.parametrize("streams", [("stdout",), ("stderr",), ("stdout", "stderr")])
def test_work_goes_on_where_its_scores_are_not_read(streams, tmp_path):
    reader, writer = os.pipe()
    os.close(reader)
    code = """
from sayso.data.commands.console import tell, unread_is_no_error
for n in range(3):
    tell("fold")
    with unread_is_no_error("the scores"):
        print("a score", flush=n == 1)
open("done", "w").close()
"""
    with os.fdopen(writer, "wb") as pipe:
        piped = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | dict.fromkeys(streams, pipe)
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, check=False, **piped)
    assert (done.returncode, (tmp_path / "done").exists()) == (0, True)
    if "stderr" not in streams:
        assert done.stderr == b"fold\n" * 3


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="no full disk here")
def test_a_full_disk_is_told_and_the_work_goes_on(tmp_path):
    code = """
from sayso.data.commands.console import unread_is_no_error
with unread_is_no_error("the scores"):
    print("a score")
open("done", "w").close()
"""
    with open("/dev/full", "wb") as full:
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.stderr == b"the scores cannot be printed: No space left on device.\n"
    assert (done.returncode, (tmp_path / "done").exists()) == (0, True)
