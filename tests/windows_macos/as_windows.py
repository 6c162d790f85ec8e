"""Runs commands as if on Windows, as far as that can be: no module and no function that Windows lacks is there.

Arguments: a JSON list of command lines. Paths, files and the end of lines stay those of this system.
"""

import importlib
import importlib.abc
import importlib.util
import json
import locale
import os
import signal
import sys
import warnings
from pathlib import Path

import fake_msvcrt
from unix_names import UNIX_MODULES, UNIX_NAMES

import sayso

ROOT = Path(sayso.__file__).resolve().parent


class NotThere(importlib.abc.MetaPathFinder):
    """Finds no module that Windows lacks."""

    def find_spec(self, name, path=None, target=None):
        if name in UNIX_MODULES:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return None


def modules():
    """Name all modules of the package."""
    paths = [p for house in ("data", "classify", "train") for p in sorted((ROOT / house).rglob("*.py"))]
    if not importlib.util.find_spec("torch"):
        paths = [p for p in paths if p.parent != ROOT / "train" / "word_reader"]
    places = [p.relative_to(ROOT).with_suffix("").parts for p in paths if p.stem != "__init__"]
    return ["sayso.cli", *(".".join(("sayso", *place)) for place in places)]


def become_windows():
    """Forget our own modules, and take away what Windows lacks from the standard library that stays."""
    for name in modules():
        importlib.import_module(name)  # with all libraries, which look at the system when they are loaded
    for name in [name for name in sys.modules if name.partition(".")[0] == "sayso"]:
        del sys.modules[name]
    for name in UNIX_MODULES & sys.modules.keys():
        del sys.modules[name]
    sys.meta_path.insert(0, NotThere())
    sys.modules["msvcrt"] = fake_msvcrt
    sys.platform = "win32"
    warnings.filterwarnings("error", category=EncodingWarning, module=r"sayso\.")
    locale.getpreferredencoding = lambda do_setlocale=True: "cp1252"
    for module in (os, signal):
        for name in UNIX_NAMES[module.__name__]:
            if hasattr(module, name):
                delattr(module, name)


if __name__ == "__main__":
    become_windows()
    for name in modules():
        importlib.import_module(name)
    app = importlib.import_module("sayso.cli").app
    for words in json.loads(sys.argv[1]):
        try:
            app(words)
        except SystemExit as end:
            sys.stderr.write(f"exit code {end.code or 0}\n")
