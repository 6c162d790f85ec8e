"""Every command that `sayso` names is there, and its help says what it is for as a person would write it."""

import re
import shlex
from pathlib import Path

import pytest
from builders import run_sayso
from typer.main import get_command
from typer.testing import CliRunner

from sayso.cli import COMMANDS, DATA_COMMANDS, app
from sayso.train.tasks.registry import TASKS

ROOT = Path(__file__).parents[2]
WORDS = [[name] for name in COMMANDS] + [["data", name] for name in DATA_COMMANDS] + [["model", "show"]]
NOT_UNDERSTOOD = re.compile(
    r"(?i:so many|again for more|repeatable|comes along|of before|\btell|\bpart a\b|\bmend)|(?:^|[.;] )Of [-a-z]"
)


def help_of(words, option="--help"):
    """Give the help of a command as it is printed."""
    done = CliRunner().invoke(app, [*words, option], prog_name="sayso")
    assert done.exit_code == 0, done.output
    return done.stdout


def command_of(words):
    """Find the command that words of a command line begin with, and the words after it."""
    command = get_command(app)
    while words and words[0] in getattr(command, "commands", ()):
        command, words = command.commands[words[0]], words[1:]
    return command, words


def options_of(words):
    """Give the options and arguments of a command."""
    return [p for p in command_of(words)[0].params if p.name not in ("help", "install_completion", "show_completion")]


def examples_in(text):
    """Give the examples of a help text."""
    return re.findall(r"(?m)^ +(sayso .*?)(?:   .*)?$", text.split("Docs: ")[0])


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_each_command_has_a_help_that_begins_with_what_it_does(words):
    usage, _, does = help_of(words).split("\n")[:3]
    assert usage.startswith(f"Usage: sayso {' '.join(words)} ")
    assert does.startswith("  ")
    assert does.strip()[0].isupper()


@pytest.mark.parametrize("words", [[], *WORDS], ids=" ".join)
def test_each_help_names_values_as_people_do(words):
    text = help_of(words)
    assert not re.findall(r"<\w.*?>|\{.*?\}|\.\.\.|x>=", text)
    for option in options_of(words):
        assert getattr(option, "is_flag", False) or option.metavar, option.name
        assert not NOT_UNDERSTOOD.search(option.help), option.help
    assert not NOT_UNDERSTOOD.search(re.sub(r"--\S+", "", text))


@pytest.mark.parametrize("words", [[], *WORDS], ids=" ".join)
def test_each_help_has_examples_that_the_command_understands(words):
    examples = examples_in(help_of(words))
    assert 1 <= len(examples) <= 4
    for example in examples:
        command, rest = command_of(shlex.split(example)[1:])
        rest = rest[: rest.index(">")] if ">" in rest else rest
        if "COMMAND" not in rest:
            command.make_context("sayso", rest, resilient_parsing=True)  # an unknown option raises


@pytest.mark.parametrize("words", [[], ["data"], ["model"], *WORDS], ids=" ".join)
def test_each_help_names_a_page_of_the_docs_that_is_there(words):
    (page,) = re.findall(r"(?m)^  Docs: sayso docs ?(\S*)$", help_of(words))
    assert (ROOT / "docs" / f"{page or 'README'}.md").is_file()


@pytest.mark.parametrize("words", [[], ["data"], ["model"]], ids=" ".join)
def test_the_list_of_commands_has_each_first_sentence_on_one_line(words):
    text = help_of(words)
    for name in {"": COMMANDS, "data": DATA_COMMANDS, "model": ["show"]}["".join(words)]:
        first = help_of([*words, name]).split("\n")[2].strip()
        assert re.search(rf"(?m)^  {name} +{re.escape(first)}$", text), first
        assert first.endswith(".")
        assert len(first) <= 66  # of a terminal with 80 columns


@pytest.mark.parametrize("words", [[], ["data"], ["model"], *WORDS], ids=" ".join)
def test_h_is_help_too(words):
    assert help_of(words, "-h") == help_of(words)


def test_an_option_is_shown_with_its_value_default_and_heading():
    text = help_of(["annotate"])
    assert "\n  -o, --out FILE       File to write; a folder for brat, and for html of" in text
    assert "\n  --jobs N        Number of processes; -1 for one per processor. The output is" in text
    assert "\n                  the same. [default: 1]\n" in text
    assert [line for line in text.split("\n") if line.endswith(":") and line[0] != " "] == [
        "Arguments:",
        "Options:",
        "Output:",
        "Models:",
        "Input:",
        "Performance:",
    ]


def test_a_required_option_says_so():
    assert "formula. [required]" in help_of(["audit"])


def test_an_unknown_command_is_reported_with_the_nearest(tmp_path):
    done = CliRunner().invoke(app, ["data", "mrge"], prog_name="sayso")
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (2, "Error: No such command 'mrge'. Did you mean 'merge'?")


@pytest.mark.parametrize("option", ["--show-completion", "--install-completion"])
def test_completion_for_a_shell_that_is_not_known_is_refused(option):
    done = run_sayso(option, "nosuch")
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"Invalid value for {option}: 'nosuch' is not one of bash, zsh, fish." in done.stderr


@pytest.mark.parametrize("words", [["train"], ["evaluate"], ["compare"]], ids=" ".join)
def test_the_help_lists_every_task(words):
    text = help_of(words)
    assert [task for task in TASKS if f"{task}, " not in text] == []


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_docs_prints_a_page_for_each_command(command):
    done = run_sayso("docs", command)
    assert (done.exit_code, done.stdout[:2]) == (0, "# ")
