"""An input, the fault that it has, and the file in which a failing input is kept."""

import base64
import hashlib
import json
import re
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

import sayso

ROOT = Path(sayso.__file__).resolve().parent  # of the package: this checkout, or where it is installed
_NOT_OURS = ("benchmarks", "tests", ".venv", ".types")


@dataclass(frozen=True, slots=True)
class Case:
    """An input.

    Parameters
    ----------
    kind : str
        A key of `kinds.KINDS`.
    files : mapping of str to bytes
        The files that are there, by their path inside the folder that the work is done in.
    words : tuple of str
        A command with its options, or what else the kind needs to know.
    """

    kind: str
    files: Mapping[str, bytes]
    words: tuple[str, ...] = ()

    @property
    def size(self) -> int:
        """The number of bytes."""
        return sum(map(len, self.files.values())) + sum(len(word) for word in self.words)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with an input.

    Parameters
    ----------
    sort : str
        Such as ``traceback ValueError`` or ``slow``.
    place : str
        The innermost line of sayso, or the command.
    detail : str
        The last line of the traceback, or what was measured.
    trace : str
        The traceback, where there is one; it does not count when faults are compared.
    """

    sort: str
    place: str
    detail: str = field(default="", compare=False)
    trace: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """A name for a file."""
        words = re.sub(r"[^\w.]+", "-", f"{self.sort} {self.place}")[:80].strip("-")
        return f"{words}-{hashlib.sha256(f'{self.sort} {self.place}'.encode()).hexdigest()[:6]}"


class FaultError(Exception):
    """A fault that a kind found itself."""

    def __init__(self, sort: str, place: str, detail: str = "") -> None:
        super().__init__(sort)
        self.fault = Fault(sort, place, detail)


def fault_of(error: BaseException, sort: str = "traceback") -> Fault:
    """Give the fault of an error that should not have come up."""
    trace = "".join(traceback.format_exception(error))
    detail = " ".join(f"{type(error).__name__}: {error}".split())[:300]
    return Fault(f"{sort} {type(error).__name__}", _innermost(error.__traceback__), detail, trace)


def fault_of_trace(sort: str, detail: str, trace: str) -> Fault:
    """Give the fault of an error of which only the text of its traceback is left."""
    lines = re.findall(r'File "([^"]+)", line (\d+), in', trace)
    places = [place for file, line in lines if (place := _place(file, int(line)))]
    return Fault(f"{sort} {detail.partition(':')[0]}", places[-1] if places else "", detail[:300], trace)


def _innermost(trace: TracebackType | None) -> str:
    found = ""
    for frame, line in traceback.walk_tb(trace):
        found = _place(frame.f_code.co_filename, line) or found
    return found


@cache
def _place(file: str, line: int) -> str:
    path = Path(file).resolve()  # the package may be installed as a link
    if not path.is_relative_to(ROOT) or path.relative_to(ROOT).parts[0] in _NOT_OURS:
        return ""
    return f"{path.relative_to(ROOT).as_posix()}:{line}"


def write_kept(path: Path, case: Case, fault: Fault, about: Mapping[str, Any]) -> None:
    """Write a failing input, in a form that people can read where the input is text."""
    kept = {
        "fault": fault.sort,
        "place": fault.place,
        "detail": fault.detail,
        "again": f"python benchmarks/fuzz.py --again {path}",
        **about,
        "kind": case.kind,
        "words": list(case.words),
        "files": {name: _written(raw) for name, raw in case.files.items()},
        "trace": fault.trace.splitlines()[-40:],
    }
    path.write_text(json.dumps(kept, indent=1), encoding="utf-8")


def read_kept(path: Path) -> Case:
    """Read what `write_kept` wrote."""
    kept = json.loads(path.read_text(encoding="utf-8"))
    files = {name: _read(written) for name, written in kept["files"].items()}
    return Case(kept["kind"], files, tuple(kept["words"]))


def _written(raw: bytes) -> dict[str, str]:
    try:
        return {"text": raw.decode("utf-8")}
    except UnicodeDecodeError:
        return {"base64": base64.b64encode(raw).decode()}


def _read(written: Mapping[str, str]) -> bytes:
    return written["text"].encode() if "text" in written else base64.b64decode(written["base64"])
