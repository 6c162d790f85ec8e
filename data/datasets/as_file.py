"""What comes by standard input or is packed, as a file or folder that can be read twice."""

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from ...errors import SaysoError
from ..articles.kinds import READERS, article_suffixes
from ..articles.notices import Notices, Say
from ..articles.reader import MAX_PIPED, START, left_out_as
from ..exchange.formats import exchange_suffixes, format_of
from ..packed.archives import Part
from ..packed.compression import SUFFIXES, is_compressed
from ..packed.pieces import CutOffError
from ..packed.unpack import is_packed, parts_of, unpack
from ..project.folder import dataset_in
from ..records import LabelledArticle
from ..rows.places import Row, RowError
from ..system.file_names import inside
from ..system.whole_file import is_already_open, opened_file, special
from .contents import starts_our_corpus
from .folder import files_below

STDIN = "-"
_PACKED = (*SUFFIXES, ".zip", ".tar")
_LOOKED_AT = 20  # packed files by which articles are told from labelled sentences
_HEAD = 1_000_000  # bytes of each of these
_SUFFIXES = {"json-lines": ".jsonl", "json": ".json", "csv": ".csv", "excel": ".xlsx", "html": ".html"}


@dataclass(frozen=True, slots=True)
class AsFile:
    """A copy of what was given, and how users call it.

    Parameters
    ----------
    path : Path
        The copy, in a folder that is gone afterwards.
    name : str
        What messages and ids say in its place.
    """

    path: Path
    name: str

    def shown(self, words: str) -> str:
        """Put the name in the place of the copy's path."""
        if str(self.path) == self.name:
            return words
        for path in {str(self.path), self.path.as_posix()}:  # ids have / on Windows too
            words = words.replace(path, self.name)
        return words

    def error(self, error: RowError) -> RowError:
        """Give an error as it is told."""
        where, reason, article, twice = map(self.shown, (error.where, error.reason, error.article, error.twice))
        return RowError(where, reason, article, error.n, error.text, twice=twice)

    def tell(self, tell: Say) -> Say:
        """Give what tells lines with the name that users know."""
        return lambda line: tell(self.shown(line))

    def refuse(self, refuse: Callable[[RowError], None] | None) -> Callable[[RowError], None] | None:
        """Give what is told errors with the name that users know; None where the first is raised."""
        return (lambda error: refuse(self.error(error))) if refuse else None

    def on_error(self, on_error: Callable[[SaysoError], None]) -> Callable[[SaysoError], None]:
        """Give what is told errors of articles with the name that users know."""
        return lambda error: on_error(SaysoError(self.shown(str(error))))

    def notices(self, notices: Notices) -> Notices:
        """Give what tells what there is to tell with the name that users know."""
        return Notices(self.tell(notices.say))

    def rows(self, rows: Iterator[tuple[str, Row]]) -> Iterator[tuple[str, Row]]:
        """Give rows with the places that users know."""
        if str(self.path) == self.name:
            yield from rows
            return
        for where, row in rows:
            article = row.get("article")
            known = {"article": self.shown(article)} if isinstance(article, str) else {}
            yield self.shown(where), {**row, **known}

    def article(self, labelled: LabelledArticle) -> LabelledArticle:
        """Give an article with the id that users know."""
        return replace(labelled, article=replace(labelled.article, id=self.shown(labelled.article.id)))


@contextmanager
def as_file(path: Path, say: Say, holds_articles: Callable[[Path], bool] = lambda path: False) -> Iterator[AsFile]:
    """Give a file or folder that can be read as it is, while the context lasts.

    That is the one that was named, or a copy: of standard input, of labelled sentences that are packed (compressed, in a zip
    or tar archive), or of a folder with such files. Articles are read out of what is packed as they come. The folder of a
    labelling project stands for the dataset of its one annotator.

    Parameters
    ----------
    path : Path
    say : callable of str
        Is told what was passed over.
    holds_articles : callable of Path, optional
        Tells whether a file or folder holds articles. Without it none does.

    Raises
    ------
    SaysoError
        If there is nothing, or it cannot be unpacked.
    """
    path = dataset_in(path)
    file = AsFile(path, str(path))
    with ExitStack() as scratch:
        if str(path) == STDIN or _packed_labels(path, holds_articles):
            file = _copied(path, Path(scratch.enter_context(tempfile.TemporaryDirectory())), say)
            if str(path) != STDIN and holds_articles(file.path):
                file = AsFile(path, str(path))
        try:
            yield file
        except RowError as error:
            raise file.error(error) from error
        except SaysoError as error:
            raise SaysoError(file.shown(str(error))) from error


def _packed_labels(path: Path, holds_articles: Callable[[Path], bool]) -> bool:
    """Tell whether something that is packed may hold labelled sentences, by the first of it."""
    if not path.exists():
        raise SaysoError(f"{path}: no such file or folder.")
    if (sort := special(path.stat().st_mode)) is not None and not is_already_open(path):
        raise SaysoError(f"{path}: this is {sort}, not a file; give a file or folder.")
    if path.is_dir():
        return any(
            _packed_labels(p, holds_articles) for p in islice(filter(_is_called_packed, files_below(path)), _LOOKED_AT)
        )
    if not path.is_file() or not is_packed(path):
        return False
    known = article_suffixes() | exchange_suffixes() | {*_PACKED}
    with tempfile.TemporaryDirectory() as folder, opened_file(path, "a packed file") as stream, suppress(SaysoError):
        parts = (part for part in parts_of(stream, str(path)) if left_out_as(part.path.name, known) is None)
        for number, part in enumerate(islice(parts, _LOOKED_AT)):
            head = Path(folder) / str(number) / inside(part.path.name)
            _write_head(part, head)
            if is_packed(head) or not holds_articles(head):
                return True
    return False  # what is broken is told by who reads articles


def _write_head(part: Part, head: Path) -> None:
    """Write the first lines of a file."""
    head.parent.mkdir()
    start = b""
    with suppress(SaysoError):  # reading it tells what is wrong
        for piece in part.pieces:
            start += piece
            if len(start) >= _HEAD:
                start = start[: start.rfind(b"\n") + 1] or start
                break
    head.write_bytes(start)


def _is_called_packed(path: Path) -> bool:
    return path.suffix.lower() in _PACKED


def _copied(path: Path, scratch: Path, say: Say) -> AsFile:
    copy, name = scratch / "copy", str(path)
    try:
        if path.is_dir():
            _copy_folder(path, copy, say)
            return AsFile(copy, name)
        if name == STDIN:
            path = _copy_stdin(scratch / "input")
        if not is_packed(path):
            return AsFile(_with_suffix(path), name)
        copy.mkdir()
        unpack(path, copy, name, say)
        if _is_compressed(path):
            (copy,) = copy.iterdir()
            copy = copy if copy.suffix or copy.is_dir() else _with_suffix(copy)
        while copy.is_dir() and len(inside := list(copy.iterdir())) == 1 and inside[0].is_dir():
            copy, name = inside[0], f"{name}/{inside[0].name}"
    except CutOffError as error:
        raise SaysoError(
            f"{error.where}: cannot be decompressed ({error.reason}); download or create the file again."
        ) from error
    except OSError as error:
        raise SaysoError(f"{name}: cannot be unpacked ({error.strerror or error}); unpack it yourself.") from error
    return AsFile(copy, name)


def _is_compressed(path: Path) -> bool:
    with opened_file(path, "a packed file") as stream:
        return is_compressed(stream.read(16))


def _copy_folder(folder: Path, copy: Path, say: Say) -> None:
    """Make a folder of links to files, with what is packed unpacked."""
    for path in files_below(folder):
        to = copy / path.relative_to(folder)
        if _is_called_packed(path) and is_packed(path):
            to.mkdir(parents=True)
            unpack(path, to, str(path), say)
        else:
            to.parent.mkdir(parents=True, exist_ok=True)
            _link(path.resolve(), to)


def _link(path: Path, to: Path) -> None:
    try:
        to.symlink_to(path)
    except (OSError, NotImplementedError):  # Windows lets few people make links
        shutil.copyfile(path, to)


def _copy_stdin(copy: Path) -> Path:
    if sys.stdin is None:
        raise SaysoError(f"{STDIN}: there is no standard input; give a file.")
    with open(copy, "wb") as file:
        while piece := sys.stdin.buffer.read(1 << 20):
            file.write(piece)
            if file.tell() > MAX_PIPED:
                limit = MAX_PIPED // 1_000_000
                raise SaysoError(f"{STDIN}: more than {limit:,} MB by a pipe; save it as a file, and give that.")
    if not copy.stat().st_size:
        raise SaysoError(f"{STDIN}: the input is empty; give articles or labelled sentences.")
    return copy


def _with_suffix(copy: Path) -> Path:
    """Give a file the suffix that it would have by its beginning; ``.txt`` only if it is what another tool wrote."""
    with open(copy, "rb") as stream:
        suffix = _suffix_of(stream.read(START))
    if suffix:
        return copy.rename(copy.with_suffix(suffix))
    named = copy.rename(copy.with_suffix(".txt"))
    return named if format_of(named) else named.rename(copy)


def _suffix_of(start: bytes) -> str:
    """Tell by its beginning which suffix a file would have."""
    if start.startswith(b"PAR1"):
        return ".parquet"
    if starts_our_corpus(start):
        return ".txt"
    kind = next((kind for kind, reader in READERS.items() if reader.knows(start)), "")
    if not kind and start.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] in (b"[", b"{"):
        kind = "json"
    return _SUFFIXES.get(kind, "")
