"""Every command that `sayso` names is there, and says what it does."""

import pytest
from typer.testing import CliRunner

from sayso.cli import COMMANDS, DATA_COMMANDS, app

WORDS = [[name] for name in COMMANDS] + [["data", name] for name in DATA_COMMANDS] + [["model", "show"]]


@pytest.mark.parametrize("words", WORDS, ids=" ".join)
def test_each_command_has_a_help_that_begins_with_what_it_does(words):
    done = CliRunner().invoke(app, [*words, "--help"], prog_name="sayso")
    assert done.exit_code == 0
    usage, _, does = done.stdout.split("\n")[:3]
    assert usage.startswith(f"Usage: sayso {' '.join(words)} ")
    assert does.startswith("  ")
    assert does.strip()[0].isupper()


def test_an_unknown_command_is_told_with_the_nearest(tmp_path):
    done = CliRunner().invoke(app, ["data", "mrge"], prog_name="sayso")
    assert (done.exit_code, done.stderr.splitlines()[-1]) == (2, "Error: No such command 'mrge'. Did you mean 'merge'?")
