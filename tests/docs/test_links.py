"""Links of the documentation lead to files and headings that are there, and every page is linked from the index."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [*sorted(ROOT.glob("*.md")), *sorted(DOCS.rglob("*.md"))]


def text_of(page):
    """Give a page without its code blocks."""
    return re.sub(r"^ *```.*?^ *```$", "", page.read_text(encoding="utf-8"), flags=re.DOTALL | re.MULTILINE)


def links_of(page):
    """Give the places in this repository that a page links to: (file, heading)."""
    found = re.findall(r"(?<!`)\]\(([^)\s]+)\)", text_of(page))
    places = [link.partition("#") for link in found if not re.match(r"[a-z]+:", link)]
    return [((page.parent / name).resolve() if name else page, heading) for name, _, heading in places]


def headings_of(page):
    """Give the names by which links reach the headings of a page."""
    titles = re.findall(r"^#+ (.+)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_leads_somewhere(page):
    assert [str(file) for file, _ in links_of(page) if not file.exists()] == []
    assert [(file.name, at) for file, at in links_of(page) if at and at not in headings_of(file)] == []


@pytest.mark.parametrize("folder", [DOCS, DOCS / "decisions"], ids=["docs", "decisions"])
def test_the_index_of_a_folder_links_to_each_of_its_pages(folder):
    linked = {file for file, _ in links_of(folder / "README.md")}
    assert [page.name for page in sorted(folder.glob("*.md")) if page not in linked and page.name != "README.md"] == []


def test_the_readme_links_to_the_index():
    assert DOCS / "README.md" in {file for file, _ in links_of(ROOT / "README.md")}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_block_says_what_it_holds(page):
    """A block without a language could be an output that no test compares."""
    fences = re.findall(r"^ *```(.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    assert set(fences[::2]) <= {"sh", "console", "python", "pycon", "toml", "json", "text", "mermaid", "r"}
    assert set(fences[1::2]) <= {""}


@pytest.mark.parametrize("folder", ["data", "classify", "train"])
def test_pages_that_the_program_names_are_there(folder):
    files = [*(ROOT / folder).rglob("*.py"), *(ROOT / folder).rglob("*.j2"), ROOT / "cli.py"]
    named = {name for file in files for name in re.findall(r"(?<!/)\bdocs/[\w/-]+\.md", file.read_text(encoding="utf-8"))}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []


def test_pages_that_users_are_sent_to_are_ones_that_sayso_docs_prints():
    folders = (ROOT / "data", ROOT / "classify", ROOT / "train")
    files = [
        ROOT / "cli.py",
        *(file for folder in folders for end in ("py", "j2", "js") for file in folder.rglob(f"*.{end}")),
    ]
    sent = {name for file in files for name in re.findall(r"sayso docs ([a-z][a-z-]+)", file.read_text(encoding="utf-8"))}
    said = {"lists", "prints"}  # of the command itself
    assert {"labels", "evaluation", "annotate"} <= sent
    assert [name for name in sorted(sent - said) if not (ROOT / "docs" / f"{name}.md").is_file()] == []
