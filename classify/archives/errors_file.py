"""``errors.jsonl``: what went wrong with which file or article, gathered from the notes of all files."""

import contextlib
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ...data.atomic_write import replace_file
from ...errors import SaysoError
from .inputs import ERRORS, ArchiveFile
from .notes import errors_of_note, read_note

Rows = list[dict[str, Any]]


def write_errors(out: str, files: Iterable[ArchiveFile], unkept: Mapping[str, Rows]) -> int:
    """Write the errors of all files of an archive, in the order of the files; without any there is no such file.

    Parameters
    ----------
    out : str
        The folder of outputs.
    files : iterable of ArchiveFile
        All files, also those of other parts.
    unkept : mapping of str to list of dict
        Errors of files whose note could not be written, by their output.

    Returns
    -------
    int
        How many errors there are.
    """
    path, n_errors = Path(out, ERRORS), 0
    with replace_file(path) as target:
        for file in files:
            for row in unkept.get(file.output) or _kept(out, file):
                target.write(f"{json.dumps(row, ensure_ascii=False)}\n".encode(errors="replace"))
                n_errors += 1
    if not n_errors:
        with contextlib.suppress(OSError):
            path.unlink()
    return n_errors


def _kept(out: str, file: ArchiveFile) -> Rows:
    note = read_note(out, file.output)
    try:
        return errors_of_note(out, note) if note else []
    except SaysoError as error:
        return [{"file": file.given, "article": None, "row": None, "message": str(error)}]
