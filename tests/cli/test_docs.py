"""``sayso docs`` lists the pages of documentation and prints one; they are installed with the program."""

import tomllib
from pathlib import Path

import pytest
from builders import run_sayso

from sayso.data.manual import sections

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"


def test_every_page_is_listed_once_by_task():
    listed = [name for _, rows in sections() for name, _ in rows]
    pages = {path.stem for path in DOCS.glob("*.md")} - {"README"} | {"decisions"}
    assert sorted(listed) == sorted(pages)
    assert all(about for _, rows in sections() for _, about in rows)
    out = run_sayso("docs").stdout
    assert out.startswith("# By task\npage\tabout\nannotate\tannotate articles: in the terminal, as pages, as tables\n")


@pytest.mark.parametrize("name", ["labels", "labels.md", "docs/labels.md#kinds", "Labels"])
def test_a_page_is_printed_as_markdown(name):
    done = run_sayso("docs", name)
    assert (done.exit_code, done.stdout) == (0, (DOCS / "labels.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["decisions", "decisions/README"])
def test_pages_in_a_folder_are_printed_too(name):
    assert run_sayso("docs", name).stdout == (DOCS / "decisions" / "README.md").read_text(encoding="utf-8")
    assert run_sayso("docs", "decisions/speed").exit_code == 0


def test_a_page_that_is_not_there_is_an_error_with_the_nearest():
    done = run_sayso("docs", "lables")
    assert done.exit_code == 1
    assert done.stderr.startswith("Error: lables: no such page; sayso docs lists them. Did you mean ")
    assert "labels" in done.stderr


def test_the_folder_can_be_asked_for():
    assert (Path(run_sayso("docs", "--path").stdout.strip()) / "labels.md").is_file()


def test_every_page_ships_with_the_package():
    patterns = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["package-data"]["sayso"]
    shipped = {path for pattern in patterns for path in ROOT.glob(pattern)}
    assert set(DOCS.rglob("*.md")) <= shipped
