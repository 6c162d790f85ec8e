import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

import sayso

ROOT = Path(__file__).parents[2]
HEAVY = ("numpy", "pandas", "sklearn", "scipy", "pyarrow", "datasets", "jinja2", "typer")


def loaded_by(code):
    """Run a line in a new process and name what it loaded, but for the standard library's."""
    end = f"; import sys; print(*sorted(m for m in sys.modules if m.startswith('sayso.') or m in {HEAVY}))"
    done = subprocess.run([sys.executable, "-c", code + end], capture_output=True, text=True, check=True, cwd="/")
    return done.stdout.split()


def test_importing_the_package_loads_nothing_else():
    assert loaded_by("import sayso") == []


def test_a_name_loads_what_it_needs():
    assert loaded_by("import sayso; sayso.Article") == ["sayso.data", "sayso.data.records", "sayso.data.scheme"]
    assert loaded_by("from sayso import SaysoError") == ["sayso.errors"]


def test_annotating_loads_no_pandas_and_nothing_that_trains():
    loaded = loaded_by("import sayso; sayso.annotate('It rained.')")
    assert not {"pandas", "sklearn", "datasets", "pyarrow"} & set(loaded)
    assert not [name for name in loaded if name.startswith("sayso.train")]


@pytest.mark.parametrize("name", sayso.__all__)
def test_every_name_is_there_and_listed(name):
    assert getattr(sayso, name) is not None
    assert name in dir(sayso)


def test_all_names_are_sorted_and_stand_once():
    assert sorted(set(sayso.__all__)) == sayso.__all__
    assert {"__version__", *sayso._MODULE_OF} == set(sayso.__all__)


def test_another_name_is_refused_as_any_module_refuses_it():
    with pytest.raises(AttributeError, match=r"module 'sayso' has no attribute 'anotate'"):
        getattr(sayso, "".join(("anot", "ate")))


def test_the_file_under_another_name_makes_no_second_copy_of_a_class():
    """As pytest imports it: under the name of the folder that the project stands in."""
    before = set(sys.modules)
    spec = importlib.util.spec_from_file_location("checkout", ROOT / "__init__.py")
    other = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(other)
    for name in sayso.__all__:
        assert getattr(other, name) is getattr(sayso, name) or name == "__version__"
    assert other.__version__ == sayso.__version__
    assert all(name.startswith("sayso.") for name in set(sys.modules) - before)
