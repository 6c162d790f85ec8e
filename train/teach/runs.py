"""Runs of teaching: started in a process of their own, watched, stopped, and found again after a restart."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from ...data.system.file_names import hashed_stem
from ...errors import SaysoError
from .alive import is_alive, one_at_a_time
from .files import LOCK, LOG, RESULT, SETTINGS, STATE, digest_of, read_json, write_json

RUNNING, DONE, FAILED, STOPPED = "running", "done", "failed", "stopped"
OPEN, ACCEPTED, DISCARDED = "open", "accepted", "discarded"
FOLDER = "teach"
_PATIENCE = 20.0  # seconds until the process holds its lock: a slow disk reads the libraries first
_GRACE = 3.0  # seconds between asking a process to end and ending it
_GONE = "Teaching ended before it was finished; start it again."
_ASKED = "Teaching was stopped; the model in use is unchanged."

_PROCESSES: "dict[Path, subprocess.Popen[bytes]]" = {}
"""What this process started, by the folder of the run, until it has ended and another one is started."""


@dataclass(frozen=True, slots=True)
class Run:
    """One run of teaching.

    Parameters
    ----------
    folder : Path
        ``teach/RUN`` of the project.
    """

    folder: Path

    @property
    def name(self) -> str:
        """The name of its folder: a number and the column."""
        return self.folder.name

    @property
    def project(self) -> Path:
        """The project's folder."""
        return self.folder.parent.parent

    @property
    def settings(self) -> dict[str, Any]:
        """What it was started with: column, data, models and their digests as they were then, time."""
        return read_json(self.folder / SETTINGS) or {}

    @property
    def column(self) -> str:
        """The label column that is taught."""
        return str(self.settings.get("column", ""))

    def state(self) -> dict[str, Any]:
        """Tell how far it is.

        Returns
        -------
        dict
            ``run``, ``column``, ``started`` (UTC, ISO 8601); ``status``: running, done, failed or stopped; ``step``: what
            is being done, in words; ``part``: how much is done, 0 to 1; ``message``: a line for people, or None;
            ``decision``: of a run that is done, open, accepted or discarded, else None; ``result``: see
            `teaching.teach`, None until it is done.
        """
        settings, written = self.settings, self._written()
        result = read_json(self.folder / RESULT) if written["status"] == DONE else None
        about = {"run": self.name, "column": settings.get("column", ""), "started": settings.get("started", "")}
        return {**about, **written, "decision": self._decision(result), "result": result}

    def _written(self) -> dict[str, Any]:
        """Give what the process wrote last; a run whose process is gone is stopped."""
        alive = self._is_alive()  # before reading: what it writes last is read then
        written = read_json(self.folder / STATE) or {"status": RUNNING, "step": "starting", "part": 0.0, "message": None}
        if written["status"] == RUNNING and not alive:
            written = {**written, "status": STOPPED, "message": _GONE}
        return {key: written.get(key) for key in ("status", "step", "part", "message")}

    @property
    def _process(self) -> "subprocess.Popen[bytes] | None":
        """Its process where this one started it."""
        return _PROCESSES.get(self.folder)

    def _is_alive(self) -> bool:
        if self._process is not None:
            return self._process.poll() is None
        return is_alive(self.folder / LOCK) or self._is_young()

    def _is_young(self) -> bool:
        """Tell whether it was started a moment ago by another process than this one, and may not hold its lock yet."""
        if (self.folder / LOCK).is_file() or (self.folder / STATE).is_file():
            return False
        with contextlib.suppress(OSError):
            return time.time() - (self.folder / SETTINGS).stat().st_mtime < _PATIENCE
        return False

    def _decision(self, result: dict[str, Any] | None) -> str | None:
        """Tell by the files what became of the candidate: accepting and discarding move it, all at once."""
        if result is None:
            return None
        if self.candidate.is_file():
            return OPEN
        return DISCARDED if self.discarded.is_file() else ACCEPTED

    @property
    def candidate(self) -> Path:
        """The model file that waits to be accepted."""
        return self.folder / f"{hashed_stem(self.column)}.sayso"

    @property
    def discarded(self) -> Path:
        """The model file after it was discarded."""
        return self.candidate.with_suffix(".discarded.sayso")

    def stop(self) -> None:
        """End the process; the model in use stays as it is, and a run that is done stays done."""
        if self._is_alive():
            self._end()
        written = read_json(self.folder / STATE) or {"step": "starting", "part": 0.0}
        if written.get("status", RUNNING) == RUNNING:
            write_json(self.folder / STATE, {**written, "status": STOPPED, "message": _ASKED})
        for half in self.folder.glob(".*.part"):  # of a file that was being written
            half.unlink(missing_ok=True)

    def _end(self) -> None:
        """Ask the process to end, then end it."""
        ask = getattr(signal, "SIGTERM", None)
        for number in (ask, getattr(signal, "SIGKILL", ask)):
            self._send(number)
            until = time.monotonic() + _GRACE
            while time.monotonic() < until:
                if not self._is_alive():
                    return
                time.sleep(0.02)

    def _send(self, number: Any) -> None:
        if self._process is not None:
            self._process.send_signal(number)
            return
        pid = (read_json(self.folder / STATE) or {}).get("pid")
        if isinstance(pid, int) and is_alive(self.folder / LOCK):  # the lock is held: the number is still that process's
            with contextlib.suppress(OSError):
                os.kill(pid, number)


def start(
    project_folder: str | Path, dataset_folder: str | Path, column: str, current_models: Sequence[str | Path] = ()
) -> Run:
    """Start to teach a column in a process of its own, of low priority.

    Parameters
    ----------
    project_folder : path
        A folder ``teach/RUN`` is made in it.
    dataset_folder : path
        Labelled articles: ``labels/NAME``, ``labels/decided``, or any dataset.
    column : str
        ``kind``, ``source_type``, ``bias``, ``stance`` or a column of the user's own.
    current_models : sequence of path
        The model files in use; those of the package are in use for what none of them labels.

    Raises
    ------
    SaysoError
        If another run of the project is under way.
    """
    project = Path(project_folder).resolve()
    (project / FOLDER).mkdir(parents=True, exist_ok=True)
    models = [Path(path).resolve() for path in current_models]
    settings = {
        "column": column,
        "data": str(Path(dataset_folder).resolve()),
        "models": [str(path) for path in models],
        "digests": {str(path): digest_of(path) for path in models},
        "started": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    with one_at_a_time(project / FOLDER / LOCK, _PATIENCE):  # of two that start at once the second sees the first
        return _started(project, settings)


def _started(project: Path, settings: dict[str, Any]) -> Run:
    """Start the process, unless another run is under way."""
    if busy := next((run for run in runs(project) if run.state()["status"] == RUNNING), None):
        raise SaysoError(f"{busy.column} is being taught now; wait until it is finished, or stop it.")
    run = Run(_new_folder(project / FOLDER, settings["column"]))
    write_json(run.folder / SETTINGS, settings)
    for ended in [folder for folder, process in _PROCESSES.items() if process.poll() is not None]:
        del _PROCESSES[ended]
    _PROCESSES[run.folder] = _process_for(run.folder)
    return run


def _new_folder(parent: Path, column: str) -> Path:
    """Make a folder with the next number; where there are no locks, of two that start at once each gets its own."""
    number = 1 + max((int(p.name[:4]) for p in parent.iterdir() if p.name[:4].isdecimal()), default=0)
    while True:
        folder = parent / f"{number:04d}-{hashed_stem(column)}"
        try:
            folder.mkdir()
        except FileExistsError:
            number += 1
        else:
            return folder


def _process_for(folder: Path) -> "subprocess.Popen[bytes]":
    """Start the process; it outlives this one, and so does the lock that it holds."""
    apart: dict[str, Any] = {"start_new_session": True}
    if sys.platform == "win32":
        apart = {"creationflags": subprocess.BELOW_NORMAL_PRIORITY_CLASS | subprocess.CREATE_NEW_PROCESS_GROUP}
    # -P: no module of the folder where the server was started takes the place of ours
    command = [sys.executable, "-P", "-m", "sayso.train.teach.child", str(folder)]
    with (folder / LOG).open("wb") as log:
        return subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            env={**os.environ, "OMP_NUM_THREADS": "1", "PYTHONUTF8": "1"},
            **apart,
        )


def runs(project_folder: str | Path) -> list[Run]:
    """List the runs of a project, the oldest first."""
    folder = Path(project_folder).resolve() / FOLDER
    if not folder.is_dir():
        return []
    return [Run(path) for path in sorted(folder.iterdir()) if (path / SETTINGS).is_file()]
