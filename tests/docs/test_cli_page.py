"""docs/cli.md names every command and option as the help does, and what it says of settings holds.

``python -m pytest tests/docs --write-docs`` writes the tables anew.
"""

import re

import cli_page
import pytest
from builders import run_sayso
from typer.main import get_command

from sayso.cli import app
from sayso.data.settings.options import ALIKE, REFUSED, options_of


@pytest.fixture(scope="module")
def page():
    return cli_page.PAGE.read_text(encoding="utf-8")


def test_the_tables_are_what_the_help_says(page, request):
    if request.config.getoption("--write-docs"):
        cli_page.PAGE.write_text(cli_page.written(), encoding="utf-8")
        page = cli_page.PAGE.read_text(encoding="utf-8")
    assert page == cli_page.written()


def listed(page, begins):
    """Give the options in the line of a list that begins so."""
    (line,) = [line for line in page.splitlines() if line.startswith(f"- {begins}")]
    return set(re.findall(r"`([a-z-]+)`", line.removeprefix(f"- {begins}")))


def test_the_options_that_every_command_may_take_are_listed(page):
    several = [name for of in options_of(get_command(app)).values() for name in of]
    assert listed(page, "At the top of the file:") == {name for name in ALIKE if several.count(name) > 1}


def test_the_options_that_no_file_may_set_are_listed(page):
    assert listed(page, "Never:") == REFUSED


def test_the_settings_that_are_shown_are_ones(page, tmp_path, monkeypatch):
    (shown,) = re.findall(r"(?s)```toml\n(.*?)```", page)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAYSO_CONFIG", "sayso.toml")
    (tmp_path / "sayso.toml").write_text(shown.replace("[data.build]", '["data build"]'), encoding="utf-8")
    done = run_sayso("config", "annotate")
    assert done.exit_code == 0, done.stderr
    assert 'format\t"jsonl"\t[annotate] of sayso.toml\n' in done.stdout
    assert 'outlet-column\t"paper"\t[annotate] of sayso.toml\n' in done.stdout
    assert 'date-order\t"day-first"\tgeneral of sayso.toml\n' in done.stdout
    assert 'text-column\t"sentence"\t[train] of sayso.toml\n' in run_sayso("config", "train").stdout
    (tmp_path / "sayso.toml").write_text(shown, encoding="utf-8")
    assert 'rows\t"articles"\tdata build\t[data.build]\n' in run_sayso("config").stdout


def test_data_can_be_a_setting_beside_a_table_of_its_command(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SAYSO_CONFIG", "sayso.toml")
    (tmp_path / "sayso.toml").write_text('data = "gold"\n["data build"]\nrows = "articles"\n', encoding="utf-8")
    assert run_sayso("config").stdout.splitlines()[2:4] == [
        'data\t"gold"\ttrain, evaluate, compare\tgeneral',
        'rows\t"articles"\tdata build\t[data.build]',
    ]
