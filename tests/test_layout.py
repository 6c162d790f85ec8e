import runpy
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
SETUPTOOLS = PROJECT["tool"]["setuptools"]
NO_PACKAGES = {"tests", "benchmarks", "docs", "examples", "build", "dist"}


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
        # pytest imports the root's __init__ under the folder's name; it holds a docstring only
        if where == Path("__init__.py"):
            continue
        assert module.__name__.startswith("sayso."), (module.__name__, file)


def test_the_roots_init_imports_nothing():
    assert "import" not in (ROOT / "__init__.py").read_text(encoding="utf-8").replace("important", "")


def test_every_module_can_be_imported_on_its_own():
    names = [
        ".".join(("sayso", *p.relative_to(ROOT).with_suffix("").parts))
        for package in ("data", "train", "classify")
        for p in sorted((ROOT / package).rglob("*.py"))
        if p.name != "__init__.py"
    ]
    code = "import importlib, sys\nfor name in sys.argv[1:]: importlib.import_module(name)"
    subprocess.run([sys.executable, "-c", code, *names], check=True, cwd="/")


def test_python_m_sayso_is_the_command():
    done = subprocess.run([sys.executable, "-m", "sayso", "--version"], capture_output=True, text=True, check=True, cwd="/")
    assert done.stdout == f"sayso {PROJECT['project']['version']}\n"


@pytest.mark.parametrize("path", sorted((ROOT / "benchmarks").glob("*.py")), ids=lambda path: path.stem)
def test_benchmarks_find_what_they_import(path):
    runpy.run_path(str(path), run_name="imported")
