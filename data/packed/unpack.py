"""Unpacking a compressed file or an archive into a folder, and what is packed in it as well."""

from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path, PurePosixPath

from ...errors import SaysoError
from ..articles.notices import Say
from ..system.file_names import inside
from ..system.whole_file import opened_file
from .archives import Part, is_tar, is_zip, tar_parts, zip_parts
from .compression import decompressed, is_compressed, name_inside
from .pieces import MAX_DEPTH, START, check_ratio


def is_packed(path: Path) -> bool:
    """Tell a compressed file or an archive, but no office document, by its beginning."""
    with opened_file(path, "a packed file") as stream:
        start = stream.read(START)
    return is_compressed(start) or is_zip(start) or is_tar(start)


def parts_of(stream: BufferedReader, name: str, say: Say = lambda line: None) -> Iterator[Part]:
    """Yield the files of an archive, or the one that a compressed file holds.

    Parameters
    ----------
    stream : BufferedReader
        Of a file.
    name : str
        Its own.
    say : callable of str
        Is told what was passed over.

    Raises
    ------
    SaysoError
        If it is broken, or unpacks to more than text does.
    """
    start = stream.peek(START)
    if is_zip(start):
        return zip_parts(stream, name)
    if is_tar(start):
        return tar_parts(stream, name)
    return iter([Part(PurePosixPath(PurePosixPath(name_inside(name)).name), name, decompressed(stream, name, say))])


def unpack(path: Path, folder: Path, name: str, say: Say, depth: int = 1) -> None:
    """Unpack a file into a folder; what is packed in it becomes a folder of its name.

    Parameters
    ----------
    path : Path
    folder : Path
        One that is empty.
    name : str
        How messages name the file.
    say : callable of str
        Is told what was passed over.
    depth : int, default=1
        Times that it is packed.

    Raises
    ------
    SaysoError
        If it is broken, packed more than `MAX_DEPTH` times over, or unpacks to more than text does.
    """
    if depth > MAX_DEPTH:
        raise SaysoError(f"{name}: archives nested more than {MAX_DEPTH} deep; unpack it yourself.")
    n_packed, n_unpacked = path.stat().st_size, 0
    with opened_file(path, "a packed file") as stream:
        for part in parts_of(stream, name, say):
            copy = _free(folder.joinpath(*(inside(step) for step in part.path.parts if step not in ("..", "/"))))
            copy.parent.mkdir(parents=True, exist_ok=True)
            with open(copy, "wb") as file:
                for piece in part.pieces:
                    n_unpacked += len(piece)
                    check_ratio(name, n_packed, n_unpacked)
                    file.write(piece)
            if is_packed(copy):
                inner = copy.rename(_free(copy.with_name("packed")))
                copy.mkdir()
                unpack(inner, copy, part.where, say, depth + 1)
                inner.unlink()


def _free(path: Path) -> Path:
    """Give a path where nothing stands: an archive may hold two files of one name."""
    while path.exists():
        path = path.with_name(f"_{path.name}")
    return path
