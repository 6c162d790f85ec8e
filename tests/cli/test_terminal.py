"""Nothing from outside steers the terminal, and no encoding of an output ends a command: every command is gone through."""

import ast
import io
import json
import re
import sys
import warnings
from pathlib import Path

import pytest
from builders import run_sayso
from hypothesis import given
from hypothesis import strategies as st

from sayso.classify.api.warned import warn
from sayso.cli import COMMANDS, DATA_COMMANDS, app
from sayso.data.display import clean, clean_lines, printable
from sayso.data.system.terminal import Filtered

ROOT = Path(__file__).parents[2]
EVIL = "\x1b[31mred\x1b]0;t\x07\u202e\x9b2J\u200b\U000e0041\nError: forged"
"""Colour, a window's title, a bell, writing turned round, a C1 control, no width, a tag, and a line that is not ours."""
GONE = f"gone {EVIL}"
SENTENCES = ("The ferry to Tarnholm was late, the harbour office said.", "“We wait,” it said.", "Nobody was cold.")
CALLS = {
    "annotate": [["{art}", "{models}"], [GONE], ["{table}", "{models}", "--text-column", EVIL], ["{art}", "--format", EVIL]],
    "audit": [["{table}", "{models}", "--out", "{out}", "--by", f"desk{EVIL}"], [GONE, "--out", "{out}"]],
    "files": [[], [EVIL]],
    "serve": [[GONE, "--no-browser"], ["{a}", "--port", EVIL]],
    "data": [[EVIL]],
    "train": [["kind", "--data", GONE, "--out", "{out}.sayso"], ["kind", "--data", "{a}", "--out", f"{GONE}/x.sayso"]],
    "evaluate": [["kind", "--data", GONE], [EVIL, "--data", "{a}"]],
    "compare": [[GONE, "rule"], [EVIL, EVIL]],
    "model": [[GONE], ["show", "{art}"]],
    "shares": [["{a}", "--gold", "{b}", "--column", "topic", "--by", "outlet"], [GONE, "--gold", "{b}"]],
    "effects": [["{a}", "--gold", "{b}", "--column", "topic", "--on", f"outlet={EVIL}"]],
    "cite": [[GONE], ["{a}"], ["--format", EVIL]],
    "config": [[], [EVIL]],
    "docs": [[EVIL], ["labels"]],
    "data build": [["{a}", "--out", "{out}"], ["{wrong}", "--out", "{out}"], ["{a}", "--out", "{out}", "--rows", EVIL]],
    "data import": [[EVIL, "x", "--out", "{out}"], ["polnear", GONE, "--out", "{out}"]],
    "data show": [["{a}", "--examples", "1"], ["{wrong}"], [GONE]],
    "data check": [["{a}"], ["{wrong}"]],
    "data codebook": [[GONE], ["{rules}"]],
    "data suggest": [["{a}", "--out", "{out}.csv", "--column", f"frame{EVIL}"], ["{a}", "--out", "{out}.q"]],
    "data rules": [["{a}", "--rules", "{rules}"], ["{a}", "--rules", GONE]],
    "data agree": [["{a}", "{b}", "--disputes", "{out}.csv"], ["{a}", "{b}", "--as-machine", EVIL]],
    "data merge": [["{a}", "{b}", "--out", "{out}"], ["{a}", "{b}", "--out", "{out}", "--undecided", "unlabelled"]],
    "data split": [["{a}", "--out", "{out}"], ["{a}", "--out", "{out}", "--by", EVIL]],
    "data export": [["{a}", "--out", "{out}.csv", "--format", "csv"], ["{a}", "--out", "{out}", "--format", EVIL]],
    "data sample": [["{a}", "--out", "{out}.csv", "--n", "3", "--column", "topic"], ["{a}", "--out", "{out}.x"]],
}
"""For each command calls that succeed and calls that fail, on input whose every name is `EVIL`."""


def steering(text):
    """Give what in a text would steer a terminal, and lines that pretend to be ours."""
    forged = [line for line in text.split("\n") if line.startswith("Error: forged")]
    return [c for c in text if c not in "\n\t" and not c.isprintable()] + forged


def labelled(path, shift):
    """Write labelled sentences whose ids, labels, columns and targets are `EVIL`; give the path."""
    rows = [
        {
            "article": f"{EVIL}{place}",
            "n": n,
            "text": text.replace("Tarnholm", place),
            "topic": (f"label{EVIL}", "other")[(i + n + shift) % 2],
            f"frame{EVIL}": (f"label{EVIL}", "other")[(i + n) % 2],
            "stance": {EVIL: "favor"},
            "outlet": EVIL,
            "title": EVIL,
        }
        for i, place in enumerate(("Tarnholm", "Osk", "Vell", "Rusk Point"))
        for n, text in enumerate(SENTENCES)
    ]
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def evil(tmp_path_factory):
    """Give the inputs by name."""
    folder = tmp_path_factory.mktemp("evil")
    text = " ".join(SENTENCES)
    (art := folder / f"{EVIL.replace('/', '')}.txt").write_text(text, encoding="utf-8")
    (table := folder / f"t{EVIL}.csv").write_text(
        f'id,text,outlet,"desk{EVIL}"\n"{EVIL}","{text}","{EVIL}","{EVIL}"\n', encoding="utf-8"
    )
    (wrong := folder / f"w{EVIL}.jsonl").write_text(
        json.dumps({"article": EVIL, "n": 0, "text": SENTENCES[0], "kind": EVIL}), encoding="utf-8"
    )
    (rules := folder / f"r{EVIL}.toml").write_text(
        f'[[rule]]\nname = {json.dumps(EVIL)}\n{json.dumps(EVIL)} = "x"\n'.replace("\x7f", ""), encoding="utf-8"
    )
    a, b = labelled(folder / f"a{EVIL}.jsonl", 0), labelled(folder / f"b{EVIL}.jsonl", 1)
    return {"art": art, "table": table, "wrong": wrong, "rules": rules, "a": a, "b": b}


def test_each_command_is_gone_through():
    words = [*COMMANDS, *(f"data {name}" for name in DATA_COMMANDS)]
    assert sorted(CALLS) == sorted(words)


@pytest.mark.parametrize("command", CALLS)
def test_no_name_label_or_id_steers_the_terminal(command, evil, tmp_path, fake_model_options):
    for n, call in enumerate(CALLS[command]):
        places = {**evil, "out": tmp_path / f"out{n}{EVIL}"}
        words = [
            word
            for given in call
            for word in (fake_model_options if given == "{models}" else [given.format(**places) if "{" in given else given])
        ]
        done = run_sayso(*command.split(), *words)
        assert done.exit_code in (0, 1, 2)
        assert done.stdout + done.stderr
        assert (steering(done.stdout), steering(done.stderr)) == ([], []), call


def test_what_a_settings_file_holds_is_cleaned(tmp_path, monkeypatch):
    (settings := tmp_path / "own.toml").write_text(
        f"[annotate]\n{json.dumps(EVIL)} = 1\njobs = {json.dumps(EVIL)}\n", "utf-8"
    )
    monkeypatch.setenv("SAYSO_CONFIG", str(settings))
    done = run_sayso("annotate", "x.txt")
    assert done.exit_code == 1
    assert steering(done.stderr) == []


def test_a_name_that_is_no_text_is_shown_with_its_gap():
    done = run_sayso("annotate", "caf\udce9.txt")
    assert done.stderr == "Error: caf�.txt: No such file or directory; check the path.\n"


def test_lines_of_the_program_stay_lines_and_those_of_a_value_do_not():
    done = run_sayso("annotate", "x.txt", f"--no\x1b\n{EVIL}")
    assert done.exit_code == 2
    assert [line[:6] for line in done.stderr.splitlines()] == ["Usage:", "Try 's", "", "Error:"]


def test_a_warning_of_the_python_interface_is_cleaned():
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        warn(f"a {EVIL}")
    assert steering(str(caught[0].message)) == []


def test_standard_error_is_filtered_whoever_writes_to_it():
    whole = io.StringIO()
    stream = Filtered(whole)
    stream.writelines(["one\ttwo\n", "three\x1b[2J\r\n"])
    assert stream.write("four\udcff") == 5
    assert whole.getvalue() == "one\ttwo\nthree�[2J \nfour�"
    assert stream.getvalue() == whole.getvalue()


@given(st.text())
def test_cleaning_keeps_the_number_of_characters_and_what_can_be_shown(text):
    assert len(clean(text)) == len(clean_lines(text)) == len(text)
    assert clean(text).isprintable()
    assert [a for a, b in zip(text, clean(text), strict=True) if a != b and a.isprintable()] == []
    assert clean(clean_lines(text)) == clean(text)
    assert printable(text) == " ".join(clean(text).split())


MAY_WRITE = {
    "data/commands/console.py",
    "data/progress.py",  # draws a line anew
    "data/system/terminal.py",
    "classify/files/destinations.py",  # annotations
    "data/commands/files.py",  # pages of the documentation, framed
    "train/serve/downloads.py",  # one process's answer to another
}


WRITES = re.compile(r"\bprint\(|echo\(|sys\.std(?:out|err)|\bConsole\(")
"""What is in the text of any module that `writes` gives lines of."""


def writes(tree):
    """Give the lines in which a module prints or writes to standard output or error by itself."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in {"print", "typer.echo", "typer.secho", "click.echo", "Console"} or called.startswith(
                ("sys.stdout.write", "sys.stderr.write", "sys.stdout.buffer")
            ):
                yield node.lineno


def test_only_one_place_writes_to_the_terminal():
    found = {}
    for path in [ROOT / "cli.py", *(p for name in ("data", "classify", "train") for p in (ROOT / name).rglob("*.py"))]:
        name, text = path.relative_to(ROOT).as_posix(), path.read_text("utf-8")
        if name not in MAY_WRITE and WRITES.search(text) and (lines := [*writes(ast.parse(text))]):
            found[name] = lines
    assert found == {}, "print with show, tell or their like of data/commands/console.py"


@pytest.fixture
def printed(monkeypatch):
    """Give what runs a command with outputs of an encoding, and gives the exit code and what it wrote, in bytes."""

    def run(encoding, *words):
        streams = {name: io.TextIOWrapper(io.BytesIO(), encoding=encoding) for name in ("stdout", "stderr")}
        for name, stream in streams.items():
            monkeypatch.setattr(sys, name, stream)
        with pytest.raises(SystemExit, match=r"^([012]|None|)$") as ended:
            app(words, prog_name="sayso")
        for stream in streams.values():
            stream.flush()
        return ended.value.code or 0, *(stream.buffer.getvalue() for stream in streams.values())

    return run


def test_results_for_people_are_printed_in_the_encoding_of_the_terminal(tmp_path, printed):
    row = '{"article": "Жук – 1", "n": 0, "text": "“Late” …", "topic": "café"}'
    (path := tmp_path / "rows.jsonl").write_text(row, encoding="utf-8")
    code, out, err = printed("cp1252", "data", "show", str(path), "--examples", "1")
    assert code == 0
    assert {"??? – 1\ttrain\t1\t2\t0\t", "café\t“Late” …"} <= {*out.decode("cp1252").split("\n")}
    assert err.decode().splitlines() == [
        "Characters that the encoding cp1252 does not have are printed as '?'. To get them all, set PYTHONIOENCODING=utf-8."
    ]


def test_results_for_programs_are_utf_8_whatever_the_terminal_has(tmp_path, printed):
    (path := tmp_path / "rows.jsonl").write_text('{"article": "Жук", "n": 0, "text": "Spät …", "topic": "café"}', "utf-8")
    code, out, err = printed("ascii", "data", "show", str(path), "--examples", "1", "--json")
    assert (code, err) == (0, b"")
    assert {"Spät …", "café"} <= {*out.decode("utf-8").split('"')}


def test_messages_are_written_in_signs_that_the_terminal_has(printed):
    code, out, err = printed("latin-1", "annotate", "Жук – é.txt")
    assert (code, out) == (1, b"")
    assert err.decode("latin-1").splitlines() == [
        r"Error: \u0416\u0443\u043a - é.txt: No such file or directory; check the path."
    ]
