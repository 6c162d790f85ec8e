"""Where annotations go: standard output, a file that is whole or not there, a device, or a folder."""

import errno
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, Protocol, TextIO, cast

from ...data.articles.kinds import article_suffixes
from ...data.atomic_write import check_folder_name, check_not_there, is_device, replace_file, replace_folder
from ...data.system.file_names import check_can_be_named
from ...data.system.file_systems import Steps
from ...data.system.terminal import as_utf8
from ...errors import SaysoError
from ..output.folders import check_folder
from ..output.formats import (
    FolderFormat,
    FolderWriter,
    OutputFormat,
    Writer,
    WriterOptions,
    all_formats,
    check_suffix,
)

Write = Callable[[str | bytes], object]


class Output(Protocol):
    """Takes the parts that a writer made of articles, one after the other."""

    def add(self, part: Any) -> None:
        """Write an article."""
        ...

    def end(self) -> None:
        """Write what stands behind the last article."""
        ...


class _Stream:
    """Writes to one file; nothing is written before the first article has come."""

    def __init__(self, writer: Writer, write: Write) -> None:
        self._writer, self._write, self._begun = writer, write, False

    def add(self, part: Any) -> None:
        if not self._begun:
            self._write(self._writer.begin())
            self._begun = True
        self._write(self._writer.add(part))

    def end(self) -> None:
        self._write(self._writer.end())


class _Folder:
    """Writes files into a folder."""

    def __init__(self, writer: FolderWriter, folder: Path) -> None:
        self._writer, self._folder = writer, folder

    def add(self, part: Any) -> None:
        self._write(self._writer.add(part))

    def end(self) -> None:
        self._write(self._writer.end())

    def _write(self, files: Mapping[str, str]) -> None:
        for name, text in files.items():
            (self._folder / name).write_bytes(text.encode())


def check_output(form: OutputFormat, out: str | None, *, compare: bool, force: bool = False) -> None:
    """Refuse what cannot be written so, or would be written over something, before any work is done."""
    if compare and not form.compares:
        able = " or ".join([other.name for other in all_formats() if other.compares])
        raise SaysoError(f"--compare writes {able}, not {form.name}; for figures, use --profile FILE.csv.")
    if form.open is None and out is None:
        raise SaysoError(f"--format {form.name} writes several files; give a folder with --out.")
    if form.is_binary and out is None and is_terminal(sys.stdout):
        raise SaysoError(f"--format {form.name} cannot be shown in a terminal; give --out FILE{form.suffixes[0]}.")
    if out is None:
        return
    check_can_be_named(out)
    if _folder_of(form, out):
        check_folder_name(out)
        check_folder(out)
    elif Path(out).is_dir():
        raise SaysoError(f"{out}: this is a folder; give a file with --out.")
    elif out.endswith(("/", os.sep)):
        raise SaysoError(
            f"{out}: {form.name} is written to one file; give a file with --out, or choose --format {_of_archives()}."
        )
    elif not is_device(out):
        check_suffix(form, out)
    check_not_there(out, force=force)


def _of_archives() -> str:
    return " or ".join(form.name for form in all_formats() if form.of_archives)


def check_reasons(form: OutputFormat, out: str | None, *, compare: bool) -> None:
    """Refuse a format that has no place for the reasons that are asked for."""
    if not form.gives_reasons:
        able = [other.name for other in all_formats() if other.gives_reasons]
        raise SaysoError(f"--why: {form.name} cannot hold reasons; choose --format {', '.join(able[:-1])} or {able[-1]}.")
    if compare and _folder_of(form, out) is None:
        raise SaysoError(
            "--why: a comparison cannot show reasons; leave out --compare, or give --out FOLDER to get a page per article."
        )


def check_is_not_read(path: str, paths: Iterable[str], *, force: bool = False) -> None:
    """Refuse an output that is one of the files to be read, or that the next run would take for an article.

    Parameters
    ----------
    path : str
        What is to be written, a file or a folder.
    paths : iterable of str
        What is to be read.
    force : bool, default=False
        Write a new file into a folder that is read.

    Raises
    ------
    SaysoError
    """
    target, steps = Path(os.path.realpath(path)), Steps(path)
    down_from = {source: n for source in paths if source != "-" and (n := steps.down_from(source)) is not None}
    suffix = target.suffix.lower()
    if not down_from or (suffix and suffix not in article_suffixes() and 0 not in down_from.values()):
        return
    below = next(iter(down_from))
    if target.is_file():
        raise SaysoError(f"{path}: this is an input file and is not overwritten; choose another output.")
    if not force:
        raise SaysoError(
            f"{path}: this is inside the input folder {below}, so the next run would read it as "
            "articles; choose another place, or add --force."
        )


def check_may_write(path: str) -> None:
    """Refuse a place that nothing can be written to, before any work is done.

    Raises
    ------
    SaysoError
        If its folder is not there, we have no right to write into it, or Windows has no files of this name.
    """
    check_can_be_named(path)
    folder = Path(os.path.realpath(path)).parent
    wrong = None if folder.is_dir() else errno.ENOENT
    if not wrong and not os.access(folder, os.W_OK | os.X_OK):
        wrong = errno.EACCES
    if wrong:
        raise SaysoError(f"{path}: cannot be written ({os.strerror(wrong)}); choose another place.")


def _folder_of(form: OutputFormat, out: str | None) -> FolderFormat | None:
    """Give how a folder is written, unless the format is written to a file, a device or standard output."""
    to_file = out is None or Path(out).suffix.lower() in form.suffixes or is_device(out)
    return None if form.open and to_file else form.folder


def writer_of(form: OutputFormat, out: str | None, options: WriterOptions) -> Writer | FolderWriter:
    """Make what turns articles into text, for the place where it goes.

    Parameters
    ----------
    form : OutputFormat
    out : str or None
        Standard output where it is None.
    options : WriterOptions
        Whether somebody reads along is found out here.
    """
    options = replace(options, on_terminal=out is None and is_terminal(sys.stdout))
    opens = folder.open if (folder := _folder_of(form, out)) else form.open
    if opens is None:
        raise ValueError(f"{form.name} can be written only to a folder")
    return opens(options)


@contextmanager
def opened(form: OutputFormat, out: str | None, writer: Writer | FolderWriter) -> Iterator[Output]:
    """Open what is written to; after an error what stood there before still does.

    Parameters
    ----------
    form : OutputFormat
    out : str or None
        Standard output where it is None.
    writer : Writer or FolderWriter
        As `writer_of` gives it for both.
    """
    if _folder_of(form, out):
        with replace_folder(out or "") as folder:
            yield _Folder(cast(FolderWriter, writer), folder)
    else:
        with _standard_output(form) if out is None else _file(out) as write:
            yield _Stream(cast(Writer, writer), write)


@contextmanager
def _standard_output(form: OutputFormat) -> Iterator[Write]:
    if sys.stdout is None:
        raise SaysoError("there is no standard output; give a file with --out.")
    if not form.for_reading:
        as_utf8()
    yield _to_stdout


def _to_stdout(part: str | bytes) -> None:
    if isinstance(part, str):
        sys.stdout.write(part)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(part)


@contextmanager
def _file(out: str) -> Iterator[Write]:
    with replace_file(out) as binary:
        yield lambda part: binary.write(part.encode() if isinstance(part, str) else part)


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether somebody may be reading along."""
    return stream is not None and stream.isatty()
