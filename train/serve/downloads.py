"""Labels as a file for another tool, as `sayso data export` writes it.

Those of a large project are written in a process of their own, so that nobody who labels waits for them, and their memory
is given back: ``python -m sayso.train.serve.downloads``, with what is wanted as JSON.
"""

import asyncio
import contextlib
import json
import os
import sys
import zipfile
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from ...data.exchange.formats import FORMATS, write_exchange
from ...data.project.disk.shared import read_shared
from ...data.records import LabelledArticle
from ...data.rows.suggestions import CODEBOOK
from ...errors import SaysoError
from .desk import Desk
from .uploads import safe_name

_FEW = 2000  # sentences that are written as quickly as a process is started
_NICENESS = 10  # those who label go first


@dataclass(frozen=True, slots=True)
class Wanted:
    """Labels that somebody wants as a file.

    Parameters
    ----------
    labels : str
        The folder of their dataset.
    name : str
        What the file is called, without its ending.
    form : str
        A key of `FORMATS`.
    excel : bool
        Of CSV: no cell is run as a formula.
    columns : collection of str, optional
        The only further columns that may be in it; others may hold what a model says.
    """

    labels: str
    name: str
    form: str
    excel: bool = False
    columns: Collection[str] | None = None

    @classmethod
    def of(cls, desk: Desk, asked: Mapping[str, str]) -> "Wanted":
        """Read what a browser asks for: ``format``, and if wished ``annotator`` and ``excel``.

        Raises
        ------
        SaysoError
            If there is no such format or annotator, or nothing to write.
        """
        form, project = asked.get("format", "jsonl"), desk.project
        if form not in FORMATS:
            raise SaysoError(f"unknown format {form[:40]!r}; the formats are {', '.join(FORMATS)}.")
        if not asked.get("annotator") and not project.entries():
            raise SaysoError("There are no articles yet.")
        annotator = asked.get("annotator") or project.annotator
        if annotator not in project.layout.datasets():
            project.labels_of(annotator)  # says whose labels there are
        name = safe_name(f"{project.layout.root.resolve().name}-{annotator}")
        columns = list(project.columns) if desk.settings.blind else None
        return cls(str(project.layout.labels(annotator)), name, form, "excel" in asked, columns)


@dataclass(frozen=True, slots=True)
class Download:
    """A file for the browser: its name there, and where it is."""

    name: str
    path: Path


def write(wanted: Wanted, folder: Path) -> Download:
    """Write labels into an empty folder; several files come in a zip archive.

    Raises
    ------
    SaysoError
        If there is nothing to write, or it cannot be written.
    """
    from ...data.codebook.versions import codebook_around

    articles = read_shared(Path(wanted.labels))
    if not articles:
        raise SaysoError("There are no articles yet.")
    if wanted.columns is not None:
        articles = [_without_others(labelled, wanted.columns) for labelled in articles]
    path = folder / f"labels{FORMATS[wanted.form].suffix}"
    meanings = codebook_around([wanted.labels]) if FORMATS[wanted.form].write_by else None
    written = write_exchange(articles, path, wanted.form, excel=wanted.excel, codebook=meanings)
    if written == [path] and path.is_file():
        return Download(f"{wanted.name}{path.suffix}", path)
    return Download(f"{wanted.name}-{wanted.form}.zip", _zipped(written, wanted.name, folder / "all.zip"))


def _without_others(labelled: LabelledArticle, columns: Collection[str]) -> LabelledArticle:
    """Leave out further columns but those given; the version of the codebook stays."""
    sentences = (
        replace(s, extra={k: v for k, v in s.extra.items() if k in columns or k == CODEBOOK}) for s in labelled.sentences
    )
    return replace(labelled, sentences=tuple(sentences))


def _zipped(written: list[Path], name: str, packed: Path) -> Path:
    """Put files and the files of folders into one archive."""
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in written:
            for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
                inside = file.relative_to(path) if path.is_dir() else f"{name}{file.suffix}"
                archive.write(file, str(inside))
    return packed


def is_small(desk: Desk) -> bool:
    """Tell whether a project is so small that no process is worth its while."""
    return sum(entry.n_sentences for entry in desk.project.entries()) <= _FEW


async def write_beside(wanted: Wanted, folder: Path) -> Download:
    """Do what `write` does in a process of its own, of low priority, which ends with this one."""
    # -P: no module of the folder where the server was started takes the place of ours
    command = [sys.executable, "-P", "-m", "sayso.train.serve.downloads", json.dumps(asdict(wanted)), str(folder)]
    process = await asyncio.create_subprocess_exec(
        *command,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"},
    )
    if sys.platform != "win32":
        with contextlib.suppress(OSError):  # it has ended already
            os.setpriority(os.PRIO_PROCESS, process.pid, _NICENESS)
    try:
        said, _ = await process.communicate()
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
    answer: dict[str, Any] = json.loads(said) if process.returncode == 0 else {}
    if "path" not in answer:
        raise SaysoError(answer.get("error", "the download could not be prepared, because its process ended; try again."))
    return Download(answer["name"], Path(answer["path"]))


def main(wanted: str, folder: str) -> None:
    """Write what is wanted, and say where it is, or in a line why it is not."""
    try:
        done = write(Wanted(**json.loads(wanted)), Path(folder))
        answer = {"name": done.name, "path": str(done.path)}
    except (SaysoError, OSError) as error:
        answer = {"error": str(error)}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main(*sys.argv[1:])
