"""What is imported is declared, what is declared is imported and says why, and the smoke test runs every command."""

import re
import sys
import tomllib
from functools import cache
from pathlib import Path

import smoke
from typer.main import get_command

from sayso.cli import COMMANDS, DATA_COMMANDS, app

ROOT = Path(__file__).parent.parent
TEXT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
PROJECT = tomllib.loads(TEXT)["project"]
OURS = ("files", "embeddings", "reader", "reader-train", "audit", "web", "bulk")
PACKAGE_OF = {
    "cassis": "dkpro-cassis",
    "markdown_it": "markdown-it-py",
    "pdfminer": "pdfminer.six",
    "pydantic_core": "pydantic",  # which asks for one version of it exactly
    "sklearn": "scikit-learn",
}
NOT_DECLARED = {"sayso", "sentence_transformers", "wordllama"}  # encoders that a user may have
FOR_OTHERS = {"lxml-html-clean", "onnx"}  # trafilatura imports the one; torch and onnxruntime.quantization the other
IMPORTS = re.compile(
    r"(?m)^ *import (\w+)(?=[\w.]*(?: as \w+)?(?: *#.*)?$)|^ *from (\w+)[\w.]* import "
    r"|\b(?:find_spec|optional_module)\(\s*[\"'](\w+)"  # functions that are given the name of a module
)  # a hundred times faster than to parse each file


def declared():
    """Give the packages that sayso or one of its extras for users declares."""
    lines = [*PROJECT["dependencies"], *(line for extra in OURS for line in PROJECT["optional-dependencies"][extra])]
    return {re.match(r"[\w.-]+", line)[0] for line in lines}


def imports_of(path):
    """Give the modules of others that a file imports, by the names of their packages."""
    for found in IMPORTS.finditer(path.read_text(encoding="utf-8")):
        name = found[found.lastindex]
        if name not in sys.stdlib_module_names:
            yield PACKAGE_OF.get(name, name.replace("_", "-") if name not in NOT_DECLARED else name)


@cache
def imported():
    """Give the packages that our modules import."""
    paths = [*ROOT.glob("*.py"), *(path for house in ("data", "classify", "train") for path in (ROOT / house).rglob("*.py"))]
    return {name for path in paths for name in imports_of(path)} - NOT_DECLARED


def test_what_is_imported_is_declared():
    assert imported() - declared() == set()


def test_what_is_declared_is_imported():
    assert declared() - imported() == FOR_OTHERS


def test_each_dependency_says_why_it_is_there():
    section = TEXT[TEXT.index("\ndependencies = [") : TEXT.index("\ntest = [")]
    lines = re.findall(r'(?m)^    "[\w.-]+>=.*$', section)
    assert {re.search(r"[\w.-]+", line)[0] for line in lines} == declared()
    assert [line for line in lines if not re.search(r'",  # .*\w', line)] == []


def test_no_dependency_has_an_upper_bound():
    lines = [*PROJECT["dependencies"], *(line for extra in OURS for line in PROJECT["optional-dependencies"][extra])]
    assert [line for line in lines if not re.fullmatch(r"[\w.-]+>=[\d.]+", line)] == []


def test_no_pattern_repeats_a_group_possessively():
    """Up to Python 3.11.4, which Debian 12 has, a group that fails half-way leaves its first half matched: (?>(?:…)*)."""
    paths = [path for house in ("data", "classify", "train") for path in (ROOT / house).rglob("*.py")]
    lines = [(path.name, line) for path in paths for line in path.read_text("utf-8").splitlines() if "r" in line]
    assert [found for found in lines if re.search(r"\br?f?r?[\"'].*(?<!\\)\)(?:[*?+]|\{[\d,]+\})\+", found[1])] == []


def test_the_smoke_test_runs_every_command():
    groups = {"data": DATA_COMMANDS, "model": get_command(app).commands["model"].commands}
    names = {name for name in COMMANDS if name != "data"} | {f"{group} {name}" for group in groups for name in groups[group]}
    assert names - {"serve"} == {name for name in smoke.COMMANDS if not name.startswith("-")}
    for name, lines in smoke.COMMANDS.items():
        assert lines
        assert [line for line in lines if not f"{line} ".startswith(f"{name} ")] == []
