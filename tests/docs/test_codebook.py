import re
from pathlib import Path

import pytest
from builders import run_sayso

from sayso.data.codebook.keys import COMMANDS
from sayso.data.codebook.reading import parse_codebook
from sayso.data.codebook.versions import Versions

PAGE = (Path(__file__).parents[2] / "docs" / "codebook.md").read_text(encoding="utf-8")
TOML = [re.sub(r"^  ", "", block, flags=re.M) for block in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)]


def without_digest(text):
    """Leave out digests: they change with every text that comes along."""
    return re.sub(r"\b[0-9a-f]{12}\b", "…", text)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Work in a folder that holds the first codebook of the page."""
    monkeypatch.chdir(tmp_path)
    Path("topic.toml").write_text(TOML[0], encoding="utf-8")
    return tmp_path


def test_the_codebooks_of_the_page_are_right():
    short, whole, table = (parse_codebook(text, "page") for text in TOML)
    assert short.own_columns() == {"topic": ("war", "economy", "other")}
    assert whole.own_columns() == {"topic": ("war", "economy"), "remark": None}
    assert [column.name for column in whole.columns] == ["kind", "source_type", "topic", "remark"]
    assert [label.text for label in table.column("topic").labels][1] == "Prices, wages, jobs"


def test_the_error_of_the_page_is_the_one_that_is_told(folder):
    Path("topic.toml").write_text(TOML[0].replace('"economy"', '"War"'), encoding="utf-8")
    assert run_sayso("data", "codebook", "topic.toml").stderr in PAGE


def test_the_line_on_a_new_version_is_the_one_that_is_told(folder):
    versions = Versions(Path("my-project"))
    versions.take_up(Path("topic.toml"))
    Path("my-project/codebook.toml").write_text(TOML[0].replace("war", "conflict"), encoding="utf-8")
    (line,) = versions.take_up().changes
    assert f"\n{without_digest(line)}\n" in without_digest(PAGE)


def test_the_keys_of_the_page_are_those_that_no_label_can_have():
    table = PAGE.split("| key | does |\n| --- | --- |\n")[1].split("\n\n")[0]
    assert {key for line in table.splitlines() for key in re.findall(r"`(.)`", line)} == set(COMMANDS)


def test_the_python_of_the_page_gives_what_its_comments_say(folder):
    (code,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    names = {}
    for line in code.splitlines():
        expression, _, expected = line.partition("  # ")
        if expected and not expected.startswith("lines"):
            assert eval(expression, names) == eval(expected), line
        else:
            exec(expression, names)


def test_every_option_and_key_of_the_page_is_there():
    for command in ("export", "build", "check"):
        assert "--codebook" in run_sayso("data", command, "--help").stdout
    assert "--new" in run_sayso("data", "codebook", "--help").stdout


def test_a_codebook_that_the_page_begins_with_is_one(folder):
    assert run_sayso("data", "codebook", "--new", "codebook.toml").exit_code == 0
    assert parse_codebook(Path("codebook.toml").read_text(encoding="utf-8"), "new").own_columns() == {}
