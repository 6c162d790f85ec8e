"""Writing files and folders so that nobody ever finds half of one."""

import contextlib
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from ..errors import SaysoError

_OF_FILES = frozenset(
    ".csv .tsv .json .jsonl .ndjson .parquet .html .htm .txt .md .pdf .doc .docx .odt .rtf .xls .xlsx .xml .epub .zip "
    ".gz .bz2 .xz .zst .sayso".split()
)
"""Suffixes by which people and programs know files; a folder of such a name is a slip."""


def check_not_there(path: str | os.PathLike[str], *, force: bool) -> None:
    """Refuse to write over what stands somewhere; devices, pipes and empty folders hold nothing that would be lost.

    Raises
    ------
    SaysoError
        If something is there, unless it may be replaced by ``force``.
    """
    target = Path(os.path.realpath(path))
    try:
        is_free = is_device(path) or not target.exists() or (target.is_dir() and not any(target.iterdir()))
    except (OSError, ValueError):
        return  # writing tells what is wrong
    if not is_free and not force:
        raise SaysoError(f"{os.fspath(path)} already exists; choose another name, or add --force to overwrite it.")


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
    with _named(path):
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent)
        try:
            with open(handle, "wb") as file:
                yield file
                file.flush()
                if durable:
                    os.fsync(file.fileno())
            os.chmod(temporary, _mode_of(target))
            os.replace(temporary, target)
        except BaseException:
            with contextlib.suppress(OSError):
                os.unlink(temporary)
            raise


@contextlib.contextmanager
def replace_folder(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give an empty folder to fill that takes the place of `path` once all is written.

    An old folder is moved aside, then removed; after an error it is there as it was.
    """
    target = Path(os.path.realpath(path))
    with _named(path):
        work = Path(tempfile.mkdtemp(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent))
        new, old = work / "new", work / "old"
        try:
            new.mkdir()
            yield new
            if target.exists():
                os.replace(target, old)
            try:
                os.replace(new, target)
            except OSError:
                if old.exists():
                    os.replace(old, target)
                raise
        finally:
            shutil.rmtree(work, ignore_errors=True)


@contextlib.contextmanager
def fill_folder(path: str | os.PathLike[str]) -> Iterator[Path]:
    """Give an empty folder to fill, whose files are put into `path` once all are written; what else is in it stays.

    Until then, and for good after an error, nothing of it is there: neither half of the files nor a folder that was not
    there before.
    """
    target = Path(os.path.realpath(path))
    with _named(path):
        work = Path(tempfile.mkdtemp(prefix=f".{target.name[:80]}.", suffix=".part", dir=target.parent))
        new = work / "new"
        try:
            new.mkdir()
            yield new
            if not target.exists():
                os.replace(new, target)
                return
            for file in sorted(new.rglob("*")):
                place = target / file.relative_to(new)
                if file.is_dir():
                    place.mkdir(exist_ok=True)
                else:
                    os.replace(file, place)
        finally:
            shutil.rmtree(work, ignore_errors=True)


@contextlib.contextmanager
def _named(path: str | os.PathLike[str]) -> Iterator[None]:
    """Say of an error of the system which path could not be written for it."""
    try:
        yield
    except OSError as error:
        beside = Path(os.path.realpath(path)).parent
        if isinstance(error.filename, str) and not Path(error.filename).is_relative_to(beside):
            raise  # about a file that the caller read meanwhile
        reason = error.strerror or str(error)
        raise SaysoError(f"{os.fspath(path)}: cannot be written ({reason}); nothing was changed.") from error


def is_device(path: str | os.PathLike[str]) -> bool:
    """Tell what is there and neither a file nor a folder; ``/dev/stdout`` and the like are not, wherever they lead."""
    try:
        mode = os.stat(path).st_mode
    except (OSError, ValueError):
        return False
    return Path(os.path.abspath(path)).is_relative_to("/dev") or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


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
