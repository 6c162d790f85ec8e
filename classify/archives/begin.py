"""What a run finds in its folder: nothing, itself before it was killed, or another run."""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import groupby
from pathlib import Path

from ...data.articles.notices import Say
from ...data.display import counted
from ...data.system.file_names import is_left_by_system
from ...data.writing.leftovers import output_of
from ...errors import SaysoError
from ..linear.known_errors import Errors
from .inputs import ERRORS, OURS, RUN, ArchiveFile, read_run
from .notes import SUFFIX, noted_outputs, notes_folder, notes_of, read_note, stamp_of, write_listing
from .settings import Settings, check_same_run, keep_errors_of_models, write_run

_OWN = frozenset((RUN, ERRORS))


def check_free(out: str) -> None:
    """Refuse a folder that holds something and is none of ours.

    Raises
    ------
    SaysoError
        It says what to do.
    """
    folder = Path(out)
    if not folder.is_dir() or read_run(out):
        return
    others = (name for name in os.listdir(folder) if not name.startswith(".") and not is_left_by_system(name))
    if any(name != OURS for name in others):
        raise SaysoError(
            f"{out}: this folder contains other files and no {RUN} written by sayso; give a new folder, or add --force."
        )


def begin(
    out: str,
    files: Sequence[ArchiveFile],
    settings: Settings,
    errors: Mapping[str, Errors | str],
    *,
    force: bool,
    alone: bool,
    say: Say,
) -> None:
    """Make a folder ready for a run: new, the same run as before, or anew by ``force``.

    What killed runs left of the run's own files is removed where no other part may be writing them (``alone``).

    Raises
    ------
    SaysoError
        If another run is there, or an output would take the place of a file that is not ours.
    """
    if alone:
        for path in (*_temporary(Path(out), _OWN.__contains__), *_temporary(Path(out, OURS), lambda name: True)):
            path.unlink(missing_ok=True)
    now, there = settings.as_json(), read_run(out)
    if there and not force:
        check_same_run(out, there, now)
    else:
        _remove_run(out, files, is_ours=there is not None, say=say)
        write_run(out, now)
    keep_errors_of_models(out, errors)


def keep_listing(out: str, files: Sequence[ArchiveFile], say: Say) -> None:
    """Keep which outputs the run is to have, and tell which others are there, as where a file was removed since."""
    write_listing(out, files)
    others = sorted({*noted_outputs(out)} - {file.output for file in files})
    others = [output for output in others if Path(out, output).exists()]
    if others:
        belongs, is_kept = (
            ("belongs to a file that is", "It is") if len(others) == 1 else ("belong to files that are", "They are")
        )
        say(
            f"{out}: {counted(len(others), 'output')} in this folder {belongs} no longer among the inputs "
            f"(first {others[0]}). {is_kept} kept, but not counted in shares and audits."
        )


def _remove_run(out: str, files: Iterable[ArchiveFile], *, is_ours: bool, say: Say) -> None:
    """Remove what a run left: its outputs and its own files; all else stays."""
    ours = {note.output for note in notes_of(out)}
    if is_ours:
        ours |= {file.output for file in files}
    elif other := next((file.output for file in files if file.output not in ours and Path(out, file.output).exists()), None):
        raise SaysoError(
            f"{Path(out, other)}: this file was not written by sayso, so it is not overwritten; choose "
            "another folder, or move the file."
        )
    n_removed = 0
    for output in ours:
        with suppress(FileNotFoundError):
            Path(out, output).unlink()
            n_removed += 1
    for name in (RUN, ERRORS):
        Path(out, name).unlink(missing_ok=True)
    shutil.rmtree(notes_folder(out), ignore_errors=True)
    if n_removed:
        say(f"{out}: {counted(n_removed, 'output')} of the previous run {'is' if n_removed == 1 else 'are'} removed.")


def finished_before(out: str, files: Sequence[ArchiveFile], say: Say) -> tuple[list[ArchiveFile], int]:
    """Find what is still to be done; remove what killed runs left of it.

    Returns
    -------
    list of ArchiveFile, int
        The files that are not finished, and how many errors those have that are.

    Raises
    ------
    SaysoError
        If an output is that of another file, of the same place in another archive.
    """
    pending, n_errors, changed = [], 0, []
    for file in files:
        note = read_note(out, file.output)
        if note is None or not note.finished:
            pending.append(file)
        elif note.given != file.given:
            raise SaysoError(
                f"{Path(out, file.output)} was made from {note.given}, not from {file.given}; give the "
                "same paths as before, or another folder."
            )
        elif not note.is_of(stamp_of(file.path)):
            pending.append(file)
            changed.append(file.given)
        elif not Path(out, file.output).is_file():
            pending.append(file)
        else:
            n_errors += note.errors
    if n_finished := len(files) - len(pending):
        say(f"{counted(n_finished, 'file')} of {len(files):,} {'is' if n_finished == 1 else 'are'} already finished.")
    if changed:
        verb = "has" if len(changed) == 1 else "have"
        say(f"{counted(len(changed), 'file')} {verb} changed since then (first {changed[0]}); annotated again.")
    remove_leftovers(out, pending)
    return pending, n_errors


def remove_leftovers(out: str, files: Iterable[ArchiveFile]) -> None:
    """Remove the temporary files that were left where work on files ended midway."""
    for leftover in _leftovers(out, files):
        leftover.unlink(missing_ok=True)


def _leftovers(out: str, files: Iterable[ArchiveFile]) -> Iterator[Path]:
    """Find the temporary files of outputs and notes that are left; other parts of the run may be writing theirs."""
    for folder, outputs in groupby((file.output for file in files), key=os.path.dirname):
        names = {os.path.basename(output) for output in outputs}
        yield from _temporary(Path(out, folder), names.__contains__)
        yield from _temporary(notes_folder(out) / folder, {name + SUFFIX for name in names}.__contains__)


def _temporary(folder: Path, is_meant: Callable[[str], bool]) -> Iterator[Path]:
    """Yield the temporary files in a folder of names that are meant; a long name is cut, and not told from others."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            output = output_of(entry.name)
            if output is not None and is_meant(output):
                yield Path(entry.path)
