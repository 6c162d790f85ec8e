"""Teaching from the page: a run is started, watched, and its model taken into use or not."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from ....data.project.names import DECIDED
from ....data.project.project import Project
from ....errors import SaysoError
from ...teach.accepted import accept, discard, restore
from ...teach.files import digest_of, read_json, write_json
from ...teach.runs import OPEN, RUNNING, Run, runs
from ..contents.columns import codebook_of, taught_columns
from ..desk import Desk

_SHOWN = 40  # characters of a name that is none
_TAKEN = "taken.json"  # in a run's folder: the digest of the model that was taken into use


class Teaching:
    """The runs of a project.

    Parameters
    ----------
    desk : Desk
    start : callable
        Starts a run, as `teach.runs.start` does.
    """

    def __init__(self, desk: Desk, start: Callable[..., Run]) -> None:
        self._desk, self._start = desk, start
        self._started: Run | None = None

    @property
    def root(self) -> Path:
        """The project's folder."""
        return self._desk.project.layout.root

    def runs(self) -> list[Run]:
        """List the runs, the oldest first."""
        return runs(self.root)

    def run(self, name: object = None) -> Run | None:
        """Give the run of a name, without one the last; None where there is none."""
        found = self.runs()
        if name is None:
            return found[-1] if found else None
        return next((run for run in found if run.name == name), None)

    def now(self) -> dict[str, Any] | None:
        """Tell how the last run stands; see `teach.runs.Run.state`."""
        run = self.run()
        return self.state(run) if run else None

    def state(self, run: Run) -> dict[str, Any]:
        """Tell how a run stands; see `teach.runs.Run.state`."""
        return run.state()

    def brief(self) -> dict[str, Any] | None:
        """Tell what every page shows: a run that is under way, or one that waits for a decision; nothing when blind."""
        state = None if self._desk.settings.blind else self.now()
        if state is None or (state["status"] != RUNNING and state["decision"] != OPEN):
            return None
        column = state["column"].replace("_", " ")
        is_running = state["status"] == RUNNING
        said = f"teaching {column}, {state['part']:.0%}" if is_running else f"new model for {column}: use it?"
        return {"run": state["run"], "said": said}

    def start(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Start a run: ``column``, and ``labels``: ``decided``, or without it one's own."""
        column, labels = values.get("column"), values.get("labels")
        if not isinstance(column, str) or labels not in (None, "", DECIDED):
            raise SaysoError(f"teaching needs a column, and labels that are {DECIDED} or your own.")
        project = self._desk.project
        _check_column(project, column)
        folder = project.labels_folder(DECIDED if labels else None)
        if not (folder / "data").is_dir():
            raise SaysoError("there are no such labels yet.")
        self._started = self._start(self.root, folder, column, self._desk.models())
        return self.state(self._started)

    def stop(self, name: object) -> dict[str, Any]:
        """Stop a run."""
        run = self._known(name)
        run.stop()
        return self.state(run)

    def close(self) -> None:
        """Stop the run that was started here, if it is under way, and say so."""
        run = self._started
        if run is not None and run.state()["status"] == RUNNING:
            run.stop()
            self._desk.tell(f"Teaching of {run.column} was stopped; the model in use is unchanged.")

    def accept(self, name: object) -> dict[str, Any]:
        """Take a run's model into use."""
        run = self._known(name)
        write_json(run.folder / _TAKEN, {"digest": digest_of(run.candidate)})
        accept(run, self._desk.models())
        self._desk.load()
        return self.state(run)

    def discard(self, name: object) -> dict[str, Any]:
        """Leave a run's model aside."""
        run = self._known(name)
        discard(run)
        return self.state(run)

    def restore(self, name: object) -> dict[str, Any]:
        """Go back to the model that was in use before a run's was taken."""
        run = self._known(name)
        if not self.is_in_use(run):
            raise SaysoError(f"{run.name}: its model is not in use.")
        restore(self.root, self._file(run).stem)
        self._desk.load()
        return self.state(run)

    def is_in_use(self, run: Run) -> bool:
        """Tell whether a run's model is the one in use."""
        taken = (read_json(run.folder / _TAKEN) or {}).get("digest")
        return taken is not None and not run.candidate.is_file() and taken == digest_of(self._file(run))

    def _file(self, run: Run) -> Path:
        result = run.state()["result"] or {}
        return self.root / "models" / f"{result.get('model', run.column)}.sayso"

    def _known(self, name: object) -> Run:
        run = self.run(name) if isinstance(name, str) else None
        if run is None:
            raise SaysoError("there is no such teaching run; reload the page.")
        return run


def _check_column(project: Project, column: str) -> None:
    """Refuse a column that the codebook does not ask for and that has no labels."""
    asked = [c.name for c in taught_columns(codebook_of(project))]
    if column in asked or any(entry.labelled.get(column) for entry in project.entries()):
        return
    shown = column[:_SHOWN].encode("utf-8", "replace").decode()
    raise SaysoError(f"{shown}: not a column of the codebook that can be taught; these can: {', '.join(asked)}.")
