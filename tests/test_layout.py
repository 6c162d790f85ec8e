import ast
import json
import re
import runpy
import subprocess
import sys
import tomllib
from functools import cache
from graphlib import CycleError, TopologicalSorter
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS = PROJECT["tool"]["setuptools"]
TORCH = ROOT / "train" / "word_reader"  # whose modules need torch, which only those have who train a reader
NO_PACKAGES = {"tests", "benchmarks", "docs", "examples", "reader", "build", "dist"}  # reader is a distribution of its own


def test_every_folder_with_code_is_a_package_that_ships():
    folders = {
        "sayso." + ".".join(p.parent.relative_to(ROOT).parts)
        for p in ROOT.rglob("*.py")
        if p.parent != ROOT and not NO_PACKAGES & {p.relative_to(ROOT).parts[0]} and not _is_hidden(p)
    }
    assert sorted(SETUPTOOLS["packages"]) == sorted({"sayso", *folders})
    for package in folders:
        assert (ROOT / Path(*package.split(".")[1:]) / "__init__.py").exists()


def _is_hidden(path):
    return any(part.startswith(".") for part in path.relative_to(ROOT).parts)


def test_the_root_holds_no_other_modules():
    assert sorted(p.name for p in ROOT.glob("*.py")) == ["__init__.py", "__main__.py", "cli.py", "errors.py"]


@pytest.mark.parametrize("package", ["sayso", "sayso.data", "sayso.train", "sayso.classify"])
def test_package_data_is_there(package):
    folder = ROOT.joinpath(*package.split(".")[1:])
    for pattern in SETUPTOOLS["package-data"][package]:
        assert list(folder.glob(pattern)), f"{package}: {pattern}"


def test_no_module_of_ours_is_loaded_under_another_name():
    for module in list(sys.modules.values()):
        file = getattr(module, "__file__", None)
        if not file or not Path(file).is_relative_to(ROOT):
            continue
        where = Path(file).relative_to(ROOT)
        if where.parts[0] in NO_PACKAGES | {".venv", ".types"}:
            continue
        # pytest imports the root's __init__ under the folder's name; what it imports has the package's name all the same
        if where == Path("__init__.py"):
            continue
        assert module.__name__.startswith("sayso."), (module.__name__, file)


def test_every_module_can_be_imported_on_its_own():
    names = [
        ".".join(("sayso", *p.relative_to(ROOT).with_suffix("").parts))
        for package in ("data", "train", "classify")
        for p in sorted((ROOT / package).rglob("*.py"))
        if p.name != "__init__.py" and (p.parent != TORCH or find_spec("torch"))
    ]
    code = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"
    subprocess.run([sys.executable, "-c", code, *names], check=True, cwd="/")


ABOVE = {"data": {"classify", "train"}, "classify": {"train"}, "train": set()}
MOST_MODULES = 12
OURS = re.compile(r"(?m)^ *from (\.+)([\w.]*) import (\([^)]*\)|.*)")  # thirty times faster than to parse each file


@cache
def _modules():
    """Name each of our modules in the three houses by its path without suffix."""
    paths = [p for house in ABOVE for p in sorted((ROOT / house).rglob("*.py")) if p.name != "__init__.py"]
    return {".".join(p.relative_to(ROOT).with_suffix("").parts): p for p in paths}


@cache
def _imports():
    """List the line and the module of each import of ours, wherever in the file it stands, by module."""
    modules = _modules()
    return {name: list(_imports_of(name, path, modules)) for name, path in modules.items()}


def _imports_of(name, path, modules):
    folder, text = name.split(".")[:-1], path.read_text(encoding="utf-8")
    for found in OURS.finditer(text):
        dots, module, names = found.groups()
        start = ".".join([*folder[: len(folder) - len(dots) + 1], *([module] if module else [])])
        for alias in re.findall(r"(\w+)(?: as \w+)?", re.sub("#.*", "", names)):
            yield text.count("\n", 0, found.start()) + 1, start if start in modules else f"{start}.{alias}"


def test_data_imports_nothing_of_ours_classify_only_data():
    modules = _modules()
    against = [
        f"{path.relative_to(ROOT)}:{line} imports {found}"
        for name, path in modules.items()
        for line, found in _imports()[name]
        if found.split(".")[0] in ABOVE[name.split(".")[0]]
    ]
    assert not against, "\n".join(against)


def test_no_modules_import_each_other_in_a_circle():
    modules = _modules()
    graph = {name: {found for _, found in imports if found in modules} for name, imports in _imports().items()}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_a_folder_holds_twelve_modules_at_most_and_never_one_and_says_what_belongs_there():
    for house in ABOVE:
        for init in (ROOT / house).rglob("__init__.py"):
            n_modules = len([p for p in init.parent.glob("*.py") if p.name != "__init__.py"])
            n_rooms = len(list(init.parent.glob("*/__init__.py")))
            assert n_modules <= MOST_MODULES, init.parent
            assert n_modules > 1 or n_rooms, f"{init.parent} is a folder for one file"
            said = ast.get_docstring(ast.parse(init.read_text(encoding="utf-8"))) or ""
            assert len(said.split()) > 8, f"{init} does not say what belongs there"


def test_who_annotates_loads_no_module_that_trains(tmp_path):
    article = str(ROOT / "examples" / "scraped.txt")
    commands = [
        ["annotate", article],
        ["audit", article, "-o", str(tmp_path / "o")],
        ["data", "suggest", article, "-o", str(tmp_path / "q.csv")],
    ]
    code = (
        "import json, sys\nfrom sayso.cli import app\n"
        "for words in json.loads(sys.argv[1]):\n"
        "    try: app(words)\n"
        "    except SystemExit as end: assert not end.code, end.code\n"
        "    print('loaded:', *sorted(m for m in sys.modules if m.startswith('sayso.train')), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, json.dumps(commands)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd="/")
    assert [line for line in done.stderr.splitlines() if line.startswith("loaded:")] == ["loaded:"] * len(commands)


def test_python_m_sayso_is_the_command():
    done = subprocess.run([sys.executable, "-m", "sayso", "--version"], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout == f"sayso {version('sayso')}\n"


@pytest.mark.parametrize("path", sorted((ROOT / "benchmarks").glob("*.py")), ids=lambda path: path.stem)
def test_benchmarks_find_what_they_import(path, monkeypatch):
    monkeypatch.syspath_prepend(path.parent)  # as running the script does
    runpy.run_path(str(path), run_name="imported")


def test_the_citation_names_the_version():
    assert f"\nversion: {PROJECT['project']['version']}\n" in (ROOT / "CITATION.cff").read_text("utf-8")
