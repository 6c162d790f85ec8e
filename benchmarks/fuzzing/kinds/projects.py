"""Labelling projects: odd changes of labels, and projects whose files were changed on disk."""

import json
import random
import re
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from sayso.data.project.changes import OF_ARTICLE, OF_SENTENCE
from sayso.data.project.project import Project
from sayso.data.project.records import Change
from sayso.errors import SaysoError

from .. import mutations, samples
from ..case import Case
from ..exports import labelled

_COLUMNS = {"topic": ("water", "roads"), "remark": None}
_TIME = re.compile(rb'"time": "[^"]+"')
_CHANGES = "changes.json"
_USUAL: Mapping[str, tuple[Any, ...]] = {
    "kind": ("quote", "narrative", None),
    "source_type": ("state", "none", None),
    "bias": ("biased", "neutral", None),
    "stance": ({"Tarn": "favor"}, {"Tarn": None}),
    "loaded": ([{"start": 0, "end": 3}], []),
    "attributions": ([{"source": {"start": 0, "end": 3}, "cue": None, "content": [{"start": 4, "end": 9}]}], []),
    "own": ({"topic": "water"}, {"remark": "It fell."}, {"topic": None}),
    "note": ("Look again.", ""),
    "done": (True, False),
    "targets": ({"Tarn": ["the mayor"]}, {}),
}


@cache
def _files() -> Mapping[str, bytes]:
    """Give the files of a small project."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "in")
        with _opened(root) as project:
            project.add(labelled())
            for n, label in enumerate(("quote", "narrative")):
                project.change(Change("bridge", n, {"kind": label, "note": "Look again."}))
            project.undo()
        found = [path for path in sorted(root.rglob("*")) if path.is_file() and path.suffix != ".lock"]
        return {
            path.relative_to(folder).as_posix(): _TIME.sub(rb'"time": "2031-04-02T10:00:00.000Z"', path.read_bytes())
            for path in found
        }


def _opened(folder: Path) -> Project:
    return Project.open(folder, "anna", tell=lambda line: None, columns=_COLUMNS, codebook=1)


def make(draw: random.Random) -> Case:
    """Make changes for a project, and change one of its files at times."""
    files = dict(_files())
    if draw.random() < 0.5:
        name = draw.choice(sorted(files))
        files[name] = mutations.file(draw, files[name])
        if draw.random() < 0.1:
            del files[name]
    changes = [_change(draw) for _ in range(draw.choice((1, 2, 4)))]
    return Case("projects", {_CHANGES: json.dumps(changes).encode(), **files})


def _change(draw: random.Random) -> Any:
    """Give a change as a browser sends it, usual or odd."""
    if draw.random() < 0.15:
        return draw.choice(("undo", "redo"))
    of_sentence = draw.random() < 0.8
    keys = draw.sample(OF_SENTENCE if of_sentence else OF_ARTICLE, draw.choice((1, 1, 2)))
    value = {key: draw.choice(_USUAL[key]) for key in keys}
    n: Any = draw.choice((0, 1, 2, 2, 99, True, "0", None)) if of_sentence else None
    change = json.loads(json.dumps({"article": draw.choice(("bridge", "dyke")), "n": n, "set": value}))
    if draw.random() < 0.6:
        change["set"] = mutations.json_value(draw, change["set"])
    if draw.random() < 0.1:
        change[draw.choice(("article", "n", "set"))] = samples.value(draw)
    return change


def run(case: Case) -> bytes:
    """Open a copy of the project and make the changes; what cannot be done is refused in one line."""
    said = list[str]()
    changes = json.loads(case.files.get(_CHANGES, b"[]"))
    work = Path("work")
    if Path("in").is_dir():
        shutil.copytree("in", work)
    try:
        with _opened(work) as project:
            for change in changes if isinstance(changes, list) else []:
                said.append(_done(project, change))
            for entry in project.entries():
                said.append(repr(project.article(entry.id)))
                said.append(json.dumps(project.state(entry.id)["notes"]))
        with _opened(work) as again:  # what is on disk is what was in memory
            said += [repr(again.article(entry.id)) for entry in again.entries()]
            said += [repr(recorded.set) for recorded in again.since(0)]
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return "\n".join(said).encode("utf-8", "backslashreplace")


def _done(project: Project, change: Any) -> str:
    try:
        if change in ("undo", "redo"):
            recorded = project.undo() if change == "undo" else project.redo()
        elif isinstance(change, dict) and isinstance(change.get("set"), dict):
            recorded = project.change(Change(change.get("article", ""), change.get("n"), change["set"]))
        else:
            return "no change"
    except SaysoError as error:
        return f"refused: {error}"
    return repr((recorded.set, recorded.was)) if recorded else "nothing"
