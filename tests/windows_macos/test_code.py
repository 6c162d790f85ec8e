"""The code takes no encoding, line end or module for granted that only some systems have."""

import ast
import re
from pathlib import Path

import pytest

from .unix_names import UNIX_MODULES, UNIX_NAMES, WINDOWS_MODULES

ROOT = Path(__file__).parents[2]
HOUSES = ("data", "classify", "train")
SOURCES = sorted([*ROOT.glob("*.py"), *(p for house in HOUSES for p in (ROOT / house).rglob("*.py"))])
MAY_BE_ONE = re.compile(
    rf"open\(|_text\(|TextIOWrapper|NamedTemporaryFile|fdopen|\b(?:{'|'.join(UNIX_NAMES)})\.|"
    rf"import (?:{'|'.join(sorted(UNIX_MODULES | WINDOWS_MODULES))})\b|from (?:{'|'.join(sorted(UNIX_MODULES))}) "
)
"""Is in every module with a fault: those without it need not be parsed."""
GUARDS = ("hasattr(", "sys.platform", "os.name", "getattr(", "AttributeError")
NO_FILES = set("Project archive form gzip os tarfile webbrowser".split())
"""What has a method ``open`` that opens no text file."""


def faults_in(code):
    """Yield line and fault of a module."""
    if not MAY_BE_ONE.search(code):
        return
    tree = ast.parse(code)
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]
    yield from imports_in(tree.body)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (fault := fault_of_call(node)):
            yield node.lineno, fault
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.attr in UNIX_NAMES.get(node.value.id, ()) and not is_guarded(node, functions):
                yield node.lineno, f"{node.value.id}.{node.attr} is not there on Windows"


def imports_in(body):
    """Yield what is imported wherever the module is: not in a function, nor where the system is asked first."""
    for node in body:
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
        for name in names:
            if name.partition(".")[0] in UNIX_MODULES | WINDOWS_MODULES:
                yield node.lineno, f"{name} is not there on every system"
        if isinstance(node, ast.ClassDef | ast.With):
            yield from imports_in(node.body)


def is_guarded(node, functions):
    """Tell whether the function around asks whether the system has it."""
    around = [ast.unparse(f) for f in functions if f.lineno <= node.lineno <= f.end_lineno]
    return any(guard in text for text in around for guard in GUARDS)


def fault_of_call(call):
    """Say what a call that opens a text file leaves to the system."""
    named = {keyword.arg for keyword in call.keywords}
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    is_method = isinstance(call.func, ast.Attribute)
    if name == "read_text" and is_method:
        return None if call.args or "encoding" in named else "read_text without encoding"
    if name == "write_text" and is_method:
        return None if {"encoding", "newline"} <= named else "write_text without encoding and newline"
    if name == "TextIOWrapper":
        return None if len(call.args) > 1 or "encoding" in named else "TextIOWrapper without encoding"
    if name in ("NamedTemporaryFile", "fdopen"):
        return f"{name} cannot be opened twice on Windows, or needs a mode and an encoding; use mkstemp and open"
    if name != "open" or (is_method and getattr(call.func.value, "id", "") in NO_FILES):
        return None
    return fault_of_open(call, named, 0 if is_method else 1)


def fault_of_open(call, named, position):
    mode = next((k.value for k in call.keywords if k.arg == "mode"), None)
    mode = mode or (call.args[position] if len(call.args) > position else ast.Constant("r"))
    if not isinstance(mode, ast.Constant) or "b" in mode.value:
        return None
    if "encoding" not in named:
        return "open without encoding"
    return "open for writing without newline" if mode.value[0] in "wax" and "newline" not in named else None


def test_our_code_takes_nothing_for_granted():
    faults = [
        f"{path.relative_to(ROOT)}:{line}: {fault}"
        for path in SOURCES
        for line, fault in faults_in(path.read_text(encoding="utf-8"))
    ]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize(
    ("code", "fault"),
    [
        ("import fcntl", "fcntl is not there on every system"),
        ("from resource import getrlimit", "resource is not there on every system"),
        ("import msvcrt", "msvcrt is not there on every system"),
        ("def f():\n    return os.fork()", "os.fork is not there on Windows"),
        ("signal.signal(signal.SIGHUP, end)", "signal.SIGHUP is not there on Windows"),
        ("open(path)", "open without encoding"),
        ("path.open('w', encoding='utf-8')", "open for writing without newline"),
        ("path.read_text()", "read_text without encoding"),
        ("path.write_text(text, encoding='utf-8')", "write_text without encoding and newline"),
        ("io.TextIOWrapper(stream)", "TextIOWrapper without encoding"),
    ],
)
def test_what_only_one_system_has_is_found(code, fault):
    assert [found for _, found in faults_in(code)] == [fault]


@pytest.mark.parametrize(
    "code",
    [
        "if sys.platform == 'win32':\n    import msvcrt\nelse:\n    import fcntl",
        "try:\n    import fcntl\nexcept ImportError:\n    fcntl = None",
        "def f():\n    if hasattr(os, 'fork'):\n        os.fork()",
        "open(path, 'rb')",
        "open(path, 'w', encoding='utf-8', newline='')",
        "path.open('wb')",
        "path.read_text('utf-8')",
        "gzip.open(path)",
    ],
)
def test_what_asks_first_is_no_fault(code):
    assert list(faults_in(code)) == []
