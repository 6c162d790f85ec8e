"""The examples of the docstrings."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

from sayso.train import estimators

MODULES = sorted(p.stem for p in Path(estimators.__path__[0]).glob("*.py") if ">>>" in p.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", MODULES)
def test_examples_run(name):
    done = doctest.testmod(import_module(f"sayso.train.estimators.{name}"))
    assert done.attempted > 0
    assert done.failed == 0
