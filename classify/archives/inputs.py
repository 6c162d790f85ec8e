"""The files of an archive: where each stands, what its output is called, and which part of a run it belongs to."""

import json
import os
import re
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any
from unicodedata import normalize

from ...data.articles.amounts import files_in
from ...data.articles.files import shown_path
from ...data.articles.folder_columns import folder_columns
from ...data.articles.notices import Say, tell_left_out
from ...data.articles.reader import PACKED
from ...data.system.file_names import folded
from ...data.system.file_systems import Steps, ignores_case
from ...data.system.whole_file import whole_file
from ...errors import SaysoError

OURS = "_sayso"
"""The folder in an output where a run keeps its own files: readers of Parquet and Arrow pass over what begins with ``_``."""
RUN, ERRORS = "run.json", "errors.jsonl"
_MOST_BYTES = 400_000_000  # of the run of an archive of millions of files
_PART = re.compile(r"([0-9]{1,9})/([0-9]{1,9})")


@dataclass(frozen=True, slots=True)
class Root:
    """A PATH of a run.

    Parameters
    ----------
    given : str
        As the user gave it.
    path : str
        Absolute, so that a process that stands elsewhere can open it.
    is_folder : bool
    number : int
        How many came before.
    suffix : str
        Of the outputs.
    """

    given: str
    path: str
    is_folder: bool
    number: int
    suffix: str


@dataclass(frozen=True, slots=True)
class ArchiveFile:
    """A file of an archive: one of very many, so that it holds little.

    Parameters
    ----------
    root : Root
        What it was found in.
    place : str
        Where it stands there, with ``/`` between folders.
    size : int
        In bytes.
    """

    root: Root
    place: str
    size: int

    @property
    def path(self) -> str:
        """Where it is opened."""
        return os.path.join(self.root.path, self.place) if self.root.is_folder else self.root.path

    @property
    def given(self) -> str:
        """How ids and messages name it: as the user would write its path."""
        return shown_path(os.path.join(self.root.given, self.place) if self.root.is_folder else self.root.given)

    @property
    def output(self) -> str:
        """Where its output stands in the folder of outputs."""
        return output_of(self.place, self.root.suffix)


def read_run(out: str) -> dict[str, Any] | None:
    """Read the ``run.json`` of a folder; None where there is none, or another program's."""
    try:
        run = json.loads(whole_file(Path(out, RUN), most=_MOST_BYTES, what="a run"))
    except (OSError, ValueError, RecursionError, SaysoError):
        return None
    return run if isinstance(run, dict) and isinstance(run.get("run"), dict) and "sayso" in run["run"] else None


def output_of(place: str, suffix: str) -> str:
    """Give the place of a file's output; it depends on nothing but the file's own, so that files can be added later.

    >>> [output_of(place, ".jsonl") for place in ("may/a.jsonl", "a.jsonl.gz", "a.csv.gz", "A.JSONL")]
    ['may/a.jsonl', 'a.jsonl', 'a.csv.gz.jsonl', 'A.JSONL.jsonl']
    """
    place = normalize("NFC", place)  # as a Mac gives it back or not, it is one output
    path = PurePosixPath(place)
    unpacked = str(path.with_suffix("")) if path.suffix in PACKED else place
    return unpacked if unpacked.endswith(suffix) else place + suffix


def archive_files(paths: Sequence[str], out: str, suffix: str, say: Say) -> list[ArchiveFile]:
    """Find the files of archives, in the order in which `read_articles` reads them.

    Parameters
    ----------
    paths : sequence of str
        Folders, and single files.
    out : str
        The folder of outputs.
    suffix : str
        Of outputs.
    say : callable
        Is told which files hold no articles.

    Raises
    ------
    SaysoError
        If a path is not there, or standard input; if there is no file with articles; if the outputs would stand among
        what is read, or two in one place.
    """
    files: list[ArchiveFile] = []
    for number, path in enumerate(paths):
        if path == "-":
            raise SaysoError(
                f"-: {out} is a folder with one output per input file; to annotate standard input, give a file with --out."
            )
        _check_apart(path, out)
        files += _found(Root(path, os.path.abspath(path), _is_folder(path), number, suffix), say)
    _check_outputs(files, out)
    return files


def _is_folder(path: str) -> bool:
    try:
        return stat.S_ISDIR(os.stat(path).st_mode)
    except (OSError, ValueError) as error:
        raise SaysoError(f"{shown_path(path)}: {getattr(error, 'strerror', None) or error}; check the path.") from error


def _found(root: Root, say: Say) -> Iterator[ArchiveFile]:
    """Yield the files of a path."""
    if not root.is_folder:
        yield ArchiveFile(root, os.path.basename(root.path), _size_of(root.path))
        return
    left: Counter[str] = Counter()
    n_taken = 0
    for file, why in files_in(root.path):
        if why is None:
            n_taken += 1
            yield ArchiveFile(root, os.path.relpath(file, root.path).replace(os.sep, "/"), _size_of(file))
        else:
            left[why] += 1
    tell_left_out(shown_path(root.given), left, say)
    if not n_taken:
        raise SaysoError(
            f"{shown_path(root.given)}: no articles in this folder; `sayso files` lists the kinds of file that can be read."
        )


def _size_of(path: str) -> int:
    try:
        return os.stat(path).st_size
    except OSError:  # it vanished, or is a link to nowhere: reading it tells
        return 0


def _check_apart(path: str, out: str) -> None:
    """Refuse outputs among what is read: the next run would read them as articles."""
    steps = Steps(out).down_from(path)
    if steps == 0:
        raise SaysoError(f"{out}: this is the input folder; choose another folder for the output.")
    if steps:
        raise SaysoError(f"{out}: this is inside the input folder {path}; choose a folder outside it for the output.")


def _check_outputs(files: Sequence[ArchiveFile], out: str) -> None:
    """Refuse two outputs in one place, and one in a place that is the run's own."""
    _check_apart_from_run(files)
    _check_twins(files, lambda output: output)
    if len({folded(file.output) for file in files}) < len(files) and ignores_case(out):
        _check_twins(files, folded)


def _check_apart_from_run(files: Iterable[ArchiveFile]) -> None:
    for file in files:
        output = folded(file.output)
        if output in (RUN, ERRORS) or output.startswith(f"{OURS}/"):
            raise SaysoError(f"{file.given}: its output would overwrite the run's own {file.output}; rename the input.")


def _check_twins(files: Iterable[ArchiveFile], key: Callable[[str], str]) -> None:
    taken: dict[str, ArchiveFile] = {}
    for file in files:
        other = taken.setdefault(key(file.output), file)
        if other is not file:
            raise SaysoError(
                f"{other.given} and {file.given} would both be written to {other.output}; rename one of the inputs."
            )


def folder_types(files: Iterable[ArchiveFile]) -> dict[str, str]:
    """Give the columns in the names of folders (``outlet=…``), and whether all their values are a ``number`` or ``text``.

    Readers of such folders take whole numbers for numbers; what stands in the files has to be of the same type.
    """
    types: dict[str, str] = {}
    for folder in dict.fromkeys(os.path.dirname(file.given) for file in files):
        for column, value in folder_columns(f"{folder}/file").items():
            is_number = re.fullmatch(r"-?[0-9]{1,9}", value) is not None
            types[column] = "number" if is_number and types.get(column) != "text" else "text"
    return dict(sorted(types.items()))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a run: every ``of``-th file."""

    number: int
    of: int

    @classmethod
    def parse(cls, words: str) -> "Part":
        """Read ``3/40``.

        Raises
        ------
        SaysoError
            If it is something else.
        """
        match = _PART.fullmatch(words)
        part = cls(int(match[1]), int(match[2])) if match else None
        if part is None or not 1 <= part.number <= part.of:
            raise SaysoError(f"--part {words}: give the number of the part and the number of parts, such as 3/40.")
        return part

    def chosen(self, files: Sequence[ArchiveFile]) -> list[ArchiveFile]:
        """Choose the part's files: dealt out from the largest to the smallest, so that parts take about as long."""
        dealt = sorted(files, key=lambda file: (-file.size, file.output))[self.number - 1 :: self.of]
        mine = {file.output for file in dealt}
        return [file for file in files if file.output in mine]

    def __str__(self) -> str:
        return f"{self.number}/{self.of}"
