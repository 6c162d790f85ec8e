"""Completion with the Tab key: what it offers, the script that a shell reads, and what is set up."""

import pytest
from builders import run_sayso
from typer.testing import CliRunner

from sayso.cli import app


def offered(line):
    """Give what bash is offered behind a line."""
    environment = {"_SAYSO_COMPLETE": "complete_bash", "COMP_WORDS": line, "COMP_CWORD": str(line.count(" "))}
    return CliRunner().invoke(app, [], prog_name="sayso", env=environment).stdout.split()


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("sayso da", ["data"]),
        ("sayso data sp", ["split"]),
        ("sayso annotate --out", ["--out", "--outlet-column"]),
        ("sayso effects --model l", ["linear", "logistic"]),
    ],
)
def test_commands_options_and_values_are_offered(line, expected):
    assert offered(line) == expected


@pytest.mark.parametrize(("shell", "line"), [("bash", "complete -o default"), ("zsh", "compdef"), ("fish", "complete")])
def test_the_script_of_a_named_shell_is_printed(shell, line):
    done = run_sayso("--show-completion", shell)
    assert (done.exit_code, done.stderr) == (0, "")
    assert line in done.stdout
    assert "sayso" in done.stdout


def test_completion_is_set_up_by_one_line(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    done = run_sayso("--install-completion", "bash")
    script = tmp_path / ".bash_completions" / "sayso.sh"
    assert done.stdout == f"Completion for bash is set up in {script}; open a new terminal to use it.\n"
    assert "complete_bash" in script.read_text(encoding="utf-8")
    assert str(script) in (tmp_path / ".bashrc").read_text(encoding="utf-8")
