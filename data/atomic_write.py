"""Writing files and folders so that nobody ever finds half of one."""

import contextlib
import os
import re
import stat
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from ..errors import SaysoError
from .system.file_names import check_can_be_named, is_left_by_system
from .system.file_systems import replace
from .writing.batch import CURRENT, Batch
from .writing.ending import nobody_reads
from .writing.leftovers import clear_leftovers, finish_interrupted, prefix_of
from .writing.locks import take

_OF_FILES = frozenset(
    ".csv .tsv .json .jsonl .ndjson .parquet .html .htm .txt .md .pdf .doc .docx .odt .rtf .xls .xlsx .xml .epub .zip "
    ".gz .bz2 .xz .zst .sayso".split()
)
"""Suffixes by which people and programs know files; a folder of such a name is a slip."""

_STREAM = re.compile(r"/dev/(stdin|stdout|stderr)$|(/dev|/proc/[^/]+)/fd/")
"""Names of open streams, which may lead to a file."""

_FREE: set[Path] = set()
"""Outputs of this process that were found not to be there, and that nobody said may be overwritten."""


def check_not_there(path: str | os.PathLike[str], *, force: bool) -> None:
    """Refuse to write over what stands somewhere; devices, pipes and empty folders hold nothing that would be lost.

    Raises
    ------
    SaysoError
        If something is there, unless it may be replaced by ``force``.
    """
    check_can_be_named(os.fspath(path))
    try:
        target = Path(os.path.realpath(path))
        if is_device(path):
            return
        finish_interrupted([path])
        clear_leftovers(target)
        is_free = _is_free(target)
    except (OSError, ValueError):
        return  # writing tells what is wrong
    if not is_free and not force:
        raise SaysoError(f"{os.fspath(path)} already exists; choose another name, or add --force to overwrite it.")
    if force:
        _FREE.discard(target)
    else:
        _FREE.add(target)


def _is_free(target: Path) -> bool:
    return not target.exists() or (target.is_dir() and all(is_left_by_system(path.name) for path in target.iterdir()))


def _check_still_free(target: Path) -> None:
    """Refuse to overwrite what another run has put there since it was found that nothing is."""
    if target in _FREE and not _is_free(target):
        raise SaysoError(f"{target}: another run wrote this meanwhile, and it is kept; choose another name and run again.")


def check_folder_name(path: str | os.PathLike[str]) -> None:
    """Refuse a folder that has a file's name.

    Raises
    ------
    SaysoError
        If it ends in `.csv`, `.docx` or the like.
    """
    suffix = Path(path).suffix
    if suffix.lower() in _OF_FILES and not Path(path).exists():
        raise SaysoError(f"{os.fspath(path)}: the output is a folder; give a name without {suffix}.")


@contextlib.contextmanager
def together() -> Iterator[None]:
    """Let all that is written in this context take its place at its end: all files and folders of a result, or none.

    A kill at any moment leaves the old ones or the new ones: what is to be moved is written down first, and the next run
    of sayso that reads or writes there finishes it (`finish_interrupted`). A device is written to at once.

    Raises
    ------
    SaysoError
        If something cannot be written; then nothing was changed.
    """
    if CURRENT.get() is not None:
        yield
        return
    batch = Batch(_check_still_free)
    mark = CURRENT.set(batch)
    try:
        yield
        try:
            batch.put_in_place()
        except OSError as error:
            raise SaysoError(_cannot(batch.name_in(error), error)) from error
        _FREE.difference_update(batch.targets)
    finally:
        CURRENT.reset(mark)
        batch.close()


@contextlib.contextmanager
def replace_file(path: str | os.PathLike[str], *, durable: bool = True) -> Iterator[BinaryIO]:
    """Give a file to write to that takes the place of `path` once all is written.

    Until then, and for good after an error, `path` stays as it was. A link is followed: what it points to is
    replaced. The new file has the rights of the old one, or those that any new file gets. A device or a pipe is no file
    that another could take the place of: it is written to.

    Parameters
    ----------
    path : str or path
    durable : bool, default=True
        Wait until the disk has it; without, half a file may stand there after a power cut.

    Raises
    ------
    SaysoError
        If it cannot be written: no such folder, no right to, no space left.
    """
    if is_device(path):
        with _named(path), open(path, "ab") as device:  # a file that standard output goes to keeps what it has
            yield device
        return
    target = Path(os.path.realpath(path))
    batch = _batch_for(target)
    with _named(path):
        handle, temporary = _temporary(target) if batch is None else _opened(batch.new(target, path))
        alive = None
        try:
            with open(handle, "wb") as file:
                alive = os.dup(handle) if os.name != "nt" else None  # its lock says that this process still needs the file
                yield file
                file.flush()
                if durable:
                    os.fsync(file.fileno())
            os.chmod(temporary, _mode_of(target))
            if batch is not None:
                batch.file(Path(temporary), target)
                return
            _check_still_free(target)
            replace(temporary, target)
            _FREE.discard(target)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise
        finally:
            if alive is not None:
                os.close(alive)


@contextlib.contextmanager
def replace_folder(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give an empty folder to fill that takes the place of `path` once all is written.

    An old folder is moved aside, then removed; after an error it is there as it was. Where the folder itself cannot be
    replaced (something is mounted there, or nothing may be written beside it), what is in it is.
    """
    with _named(path), together():
        target, batch = Path(os.path.realpath(path)), _current()
        new = batch.new(target, path, is_folder=True)
        yield new
        batch.replace(new, target)


@contextlib.contextmanager
def fill_folder(
    path: str | os.PathLike[str], remove: Callable[[Path], Iterable[Path]] = lambda target: ()
) -> Iterator[Path]:
    """Give an empty folder to fill, whose files are put into `path` once all are written; what else is in it stays.

    Until then, and for good after an error, nothing of it is there: neither half of the files nor a folder that was not
    there before.

    Parameters
    ----------
    path : str or path
    remove : callable, optional
        Is given the folder before the new files come, and gives files in it that are to go.
    """
    with _named(path), together():
        target, batch = Path(os.path.realpath(path)), _current()
        new = batch.new(target, path, is_folder=True)
        yield new
        batch.fill(new, target, lambda: [file for file in remove(target) if os.path.lexists(file)])


def remove_file(path: str | os.PathLike[str]) -> None:
    """Remove a file of a result if it is there; within `together`, when all of it takes its place."""
    target = Path(os.path.realpath(path))
    batch = _batch_for(target)
    if batch is None:
        with _named(path):
            target.unlink(missing_ok=True)
    elif target.exists():
        batch.remove(target)


def _batch_for(target: Path) -> Batch | None:
    """Give what a file joins; a file of a new folder that is being filled has its place already."""
    batch = CURRENT.get()
    return None if batch is None or batch.holds(target) else batch


def _current() -> Batch:
    batch = CURRENT.get()
    if batch is None:
        raise RuntimeError("this is called within `together`")
    return batch


def _temporary(target: Path) -> tuple[int, str]:
    """Make a file beside the target that others see is in use."""
    while True:
        handle, name = tempfile.mkstemp(prefix=prefix_of(target), suffix=".part", dir=target.parent)
        with contextlib.suppress(OSError):  # no locks there
            take(handle)
        if os.fstat(handle).st_nlink:
            return handle, name
        os.close(handle)  # somebody cleared it away just before


def _opened(path: Path) -> tuple[int, str]:
    return os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600), os.fspath(path)


@contextlib.contextmanager
def _named(path: str | os.PathLike[str]) -> Iterator[None]:
    """Say of an error of the system which path could not be written for it, and refuse names that the system lacks."""
    check_can_be_named(os.fspath(path))
    try:
        yield
    except OSError as error:
        if nobody_reads(error):
            raise  # a device that is a pipe
        beside = Path(os.path.realpath(path)).parent
        if isinstance(error.filename, str) and not Path(error.filename).is_relative_to(beside):
            raise  # about a file that the caller read meanwhile
        raise SaysoError(_cannot(path, error)) from error


def _cannot(path: str | os.PathLike[str], error: OSError) -> str:
    kept = "" if is_device(path) else "; nothing was changed"  # what a device was given cannot be taken back
    return f"{os.fspath(path)}: cannot be written ({error.strerror or error}){kept}."


def is_device(path: str | os.PathLike[str]) -> bool:
    """Tell what is there and neither a file nor a folder; ``/dev/stdout`` and the like are not, wherever they lead."""
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return False
    return _STREAM.match(os.path.abspath(path)) is not None or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _mode_of(target: Path) -> int:
    try:
        return target.stat().st_mode & 0o777
    except OSError:
        return 0o666 & ~_umask()


def _umask() -> int:
    """Give the rights that new files are not to have."""
    with contextlib.suppress(OSError), open("/proc/self/status", encoding="ascii", errors="replace") as status:
        for line in status:
            if line.startswith("Umask:"):
                return int(line.split()[1], 8)
    mask = os.umask(0)  # the only way to ask elsewhere; files that other threads make in this moment are open to all
    os.umask(mask)
    return mask
