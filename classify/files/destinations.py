"""Where annotations go: standard output, a file that is whole or not there, a device, or a folder."""

import os
import shutil
import stat
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol, TextIO

from ...data.atomic_write import replace_file, replace_folder
from ...data.records import Article
from ...errors import SaysoError
from ..annotation.records import Annotated
from ..output.format_names import Format
from ..output.records import Csv, Json, JsonLines, Writer

_BY_SUFFIX = {
    **{".jsonl": Format.JSONL, ".ndjson": Format.JSONL, ".json": Format.JSON, ".csv": Format.CSV},
    **{".html": Format.HTML, ".htm": Format.HTML, ".parquet": Format.PARQUET},
}
_PLAIN: Mapping[Format, Callable[[], Writer]] = {Format.JSONL: JsonLines, Format.JSON: Json}
_COMPARING = (Format.TERMINAL, Format.HTML)
Write = Callable[[str | bytes], object]


def format_of(form: Format | None, out: str | None) -> Format:
    """Give the format asked for, else what the suffix of the file says, else the one for reading."""
    return form or _BY_SUFFIX.get(Path(out).suffix.lower() if out else "", Format.TERMINAL)


def check_output(form: Format, out: str | None, *, compare: bool) -> None:
    """Refuse what cannot be written so, before any work is done."""
    if compare and form not in _COMPARING:
        raise SaysoError(f"--compare gives terminal or html, not {form}; for figures use --profile FILE.csv.")
    if form is Format.BRAT and out is None:
        raise SaysoError("--format brat writes several files; give --out FOLDER.")
    if form is Format.PARQUET and out is None and is_terminal(sys.stdout):
        raise SaysoError("--format parquet is not for a terminal; give --out FILE.parquet.")
    if _needs_folder(form, out):
        from .folders import check_folder

        check_folder(out or "")


def _needs_folder(form: Format, out: str | None) -> bool:
    is_file = out is None or Path(out).suffix.lower() in (".html", ".htm") or stat.S_ISCHR(_mode_of(out))
    return form is Format.BRAT or (form is Format.HTML and not is_file)


class Output(Protocol):
    """Takes annotated articles, one after the other."""

    def article(self, article: Article, annotated: list[Annotated]) -> None:
        """Write an article."""
        ...

    def end(self) -> None:
        """Write what stands behind the last article."""
        ...


class _Stream:
    """Writes to one file; nothing is written before the first article has come."""

    def __init__(self, writer: Writer, write: Write) -> None:
        self._writer, self._write, self._begun = writer, write, False

    def article(self, article: Article, annotated: list[Annotated]) -> None:
        if not self._begun:
            self._write(self._writer.begin())
            self._begun = True
        self._write(self._writer.article(article, annotated))

    def end(self) -> None:
        self._write(self._writer.end())


class _Folder:
    """Writes files into a folder."""

    def __init__(self, form: Format, folder: Path, *, compare: bool) -> None:
        from .folders import Brat, Pages

        self._writer = Brat() if form is Format.BRAT else Pages(compare=compare)
        self._folder = folder

    def article(self, article: Article, annotated: list[Annotated]) -> None:
        for name, text in self._writer.article(article, annotated).items():
            (self._folder / name).write_bytes(text.encode())

    def end(self) -> None:
        for name, text in self._writer.end().items():
            (self._folder / name).write_bytes(text.encode())


@contextmanager
def opened(form: Format, out: str | None, *, compare: bool = False, own: Sequence[str] = ()) -> Iterator[Output]:
    """Open what is written to; after an error what stood there before still does.

    Parameters
    ----------
    form : Format
    out : str or None
    compare : bool
    own : sequence of str
        Columns of the user's own that models label.
    """
    if _needs_folder(form, out):
        with replace_folder(out or "") as folder:
            yield _Folder(form, folder, compare=compare)
    else:
        with _opened(out, form) as write:
            yield _Stream(_writer(form, own, plain=out is not None, compare=compare), write)


def _writer(form: Format, own: Sequence[str], *, plain: bool, compare: bool) -> Writer:
    if form in _PLAIN:
        return _PLAIN[form]()
    if form is Format.CSV:
        return Csv(own)
    if form is Format.PARQUET:
        from ..output.parquet import Parquet

        return Parquet(own)
    if form is Format.HTML:
        from ..pages.index_page import OnePage

        return OnePage(compare=compare)
    from ..output.side_by_side import Comparison
    from ..output.terminal import Terminal

    on_terminal = not plain and is_terminal(sys.stdout)
    colour = on_terminal and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    width = shutil.get_terminal_size().columns if on_terminal else None
    return Comparison(colour=colour, width=width) if compare else Terminal(colour=colour, width=width)


@contextmanager
def _opened(out: str | None, form: Format) -> Iterator[Write]:
    """Open what is written to: standard output, a file that is whole or not there, or a device."""
    if out is None:
        if sys.stdout is None:
            raise SaysoError("there is no standard output; name a file with --out.")
        if hasattr(sys.stdout, "reconfigure"):
            encoding = {"errors": "replace"} if form is Format.TERMINAL else {"encoding": "utf-8", "newline": "\n"}
            sys.stdout.reconfigure(**encoding)
        yield _to_stdout
        return
    mode = _mode_of(out)
    if stat.S_ISDIR(mode):
        raise SaysoError(f"{out}: this is a folder; give --out a file.")
    with replace_file(out) as binary:
        yield lambda part: binary.write(_bytes(part))


def _bytes(part: str | bytes) -> bytes:
    return part.encode() if isinstance(part, str) else part


def _to_stdout(part: str | bytes) -> None:
    if isinstance(part, str):
        sys.stdout.write(part)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(part)


def _mode_of(path: str) -> int:
    try:
        return os.stat(path).st_mode
    except (OSError, ValueError):
        return 0


def is_terminal(stream: TextIO | None) -> bool:
    """Tell whether somebody may be reading along."""
    return stream is not None and stream.isatty()
