"""The models that were accepted: which are in use, and the one before, to go back to.

Every step is a rename or writes a copy first: whenever a process is killed, the model in use is whole and none is lost.
"""

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from ...classify.linear.label_pairs import PAIRED, VOICE
from ...data.atomic_write import replace_file
from ...data.system.file_systems import replace
from ...errors import SaysoError
from .files import BASE, MODELS, RESULT, digest_of, read_json
from .runs import ACCEPTED, DISCARDED, DONE, OPEN, Run

_KEPT = 64  # files whose task is known


def accepted_models(project_folder: str | Path) -> list[Path]:
    """List the model files of a project that are in use, by name; those that they replaced are kept, and not in it."""
    folder = Path(project_folder) / MODELS
    return sorted(path for path in folder.glob("*.sayso") if "." not in path.stem) if folder.is_dir() else []


def models_in_use(
    project_folder: str | Path,
    given: Sequence[str | Path] = (),
    refuse: Callable[[SaysoError], None] | None = None,
) -> list[Path]:
    """List the model files to annotate with: those accepted, and of those given the ones for which none was accepted.

    Parameters
    ----------
    project_folder : path
    given : sequence of path
    refuse : callable of SaysoError, optional
        Is told of an accepted model that cannot be read, which is left out; without it the error is raised.

    Raises
    ------
    SaysoError
        If a model cannot be read.
    """
    used: list[Path] = []
    tasks: set[str] = set()
    for path in accepted_models(project_folder):
        try:
            tasks.add(task_of(path))
            used.append(path)
        except SaysoError as error:
            if refuse is None:
                raise
            refuse(error)
    labelled = {*tasks, *(PAIRED if VOICE in tasks else ())}
    return [*used, *(Path(path) for path in given if task_of(path) not in labelled)]


def task_of(path: str | Path) -> str:
    """Give the task of a model file, which is read again only when it is another one.

    Raises
    ------
    SaysoError
        If it cannot be read.
    """
    try:
        about = os.stat(path)
    except OSError as error:
        raise SaysoError(f"{path}: cannot be read ({error.strerror or error}).") from error
    return _task_read(str(path), (about.st_mtime_ns, about.st_size, about.st_ino))


@lru_cache(maxsize=_KEPT)
def _task_read(path: str, state: object) -> str:
    from ...classify.model_files.files import load

    return load(path).task


def model_of(column: str, models: Iterable[str | Path]) -> Path | None:
    """Find the model file that labels a column among those in use; None where that is the package's, or there is none."""
    by_task = {task_of(path): Path(path) for path in models}
    return by_task.get(column) or (by_task.get(VOICE) if column in PAIRED else None)


def accept(run: Run, models: Iterable[str | Path] | None = None) -> Path:
    """Put a run's model into use; the one before is kept as ``NAME.before.sayso``.

    Parameters
    ----------
    run : Run
    models : iterable of path, optional
        The model files in use now; those of `accepted_models` without it.

    Returns
    -------
    Path
        ``models/NAME.sayso``.

    Raises
    ------
    SaysoError
        If the run is not done, was decided on already, or was compared with another model than the one in use now; if the
        model file is not the one that was taught.
    """
    _check_open(run, ACCEPTED)
    result = read_json(run.folder / RESULT) or {}
    _check_compared(run, result, model_of(run.column, accepted_models(run.project) if models is None else models))
    _check_candidate(run, result)
    target = run.project / MODELS / f"{result['model']}.sayso"
    target.parent.mkdir(exist_ok=True)
    if target.is_file():
        _copy(target, _beside(target, "before"))
    if result["base"]:
        _copy(Path(result["base"]), target.with_suffix(BASE))
    replace(run.candidate, target)
    return target


def discard(run: Run) -> None:
    """Leave the model in use as it is; the candidate stays in the run's folder under another name.

    Raises
    ------
    SaysoError
        If the run is not done, or was decided on already.
    """
    _check_open(run, DISCARDED)
    replace(run.candidate, run.discarded)


def restore(project_folder: str | Path, name: str) -> Path | None:
    """Go back to the model before the last one that was accepted, which is kept as ``NAME.undone.sayso``.

    Parameters
    ----------
    project_folder : path
    name : str
        Of the model file, without ``.sayso``.

    Returns
    -------
    Path or None
        The model file that is in use now; None where it is the package's own.

    Raises
    ------
    SaysoError
        If no model of that name was accepted.
    """
    target = Path(project_folder) / MODELS / f"{name}.sayso"
    if target not in accepted_models(project_folder):
        raise SaysoError(f"{name}: no taught model was accepted, so there is nothing to undo.")
    before, undone = _beside(target, "before"), _beside(target, "undone")
    if not before.is_file():
        replace(target, undone)
        return None
    _copy(target, undone)
    replace(before, target)
    return target


def _beside(target: Path, what: str) -> Path:
    return target.with_name(f"{target.stem}.{what}.sayso")


def _copy(path: Path, copy: Path) -> None:
    with replace_file(copy) as file:
        file.write(path.read_bytes())


def _check_compared(run: Run, result: Mapping[str, Any], now: Path | None) -> None:
    """Refuse a model that was compared with another one than it would take the place of."""
    if result["replaces"] == (digest_of(now) if now else None):
        return
    then = result["before"]["name"] if result["replaces"] is None else "the model that was in use when teaching began"
    is_now = f"another model ({now})" if now else "none of this project's models"
    raise SaysoError(f"{run.column}: this model was compared with {then}, but now {is_now} is in use; teach again.")


def _check_candidate(run: Run, result: Mapping[str, Any]) -> None:
    """Refuse a file that is not what the run wrote, or cannot be used."""
    from ...classify.model_files.files import load

    if digest_of(run.candidate) != result["digest"]:
        raise SaysoError(f"{run.candidate}: this file is not the taught model, so the model in use is kept. Teach again.")
    load(run.candidate)


def _check_open(run: Run, wanted: str) -> None:
    state = run.state()
    if state["status"] != DONE:
        raise SaysoError(f"{run.name}: this run is {state['status']}, so it has no model that can be {wanted}.")
    if state["decision"] != OPEN:
        raise SaysoError(f"{run.name}: this model was already {state['decision']}.")
