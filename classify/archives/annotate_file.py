"""One file of an archive annotated: only its path and the options travel to where that is done."""

import errno
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...data.articles.files import read_articles
from ...data.articles.folder_columns import folder_columns
from ...data.atomic_write import replace_file
from ...data.records import Article
from ...errors import SaysoError
from ..annotation.annotator import Annotator
from ..annotation.labels import parse_targets
from ..annotation.records import Annotated
from ..files.english import EnglishOnly
from ..output.article_columns import ArticleColumns
from ..output.formats import Writer, WriterOptions, load_format
from .inputs import ArchiveFile
from .notes import Note, NoteLines, stamp_of
from .settings import Settings
from .sums import sums_of

_ROW = re.compile(r"(.+?):([0-9]+): ")
_FULL = (errno.ENOSPC, errno.EDQUOT)
_MOST_SHOWN, _MOST_NOTICES = 20, 5  # of a file


@dataclass(frozen=True, slots=True)
class FileTask:
    """What is to be done with a file.

    Parameters
    ----------
    file : ArchiveFile
    out : str
        The folder of outputs, absolute.
    settings : Settings
    """

    file: ArchiveFile
    out: str
    settings: Settings


@dataclass(slots=True)
class FileResult:
    """What became of a file.

    Parameters
    ----------
    note : Note
    errors : list of dict
        Rows of ``errors.jsonl`` that could not be kept beside the output, as where a disk is full.
    shown : list of str
        The first errors, for people.
    notices : list of str
        What reading it had to tell.
    english : EnglishOnly
        What was left out.
    full : bool
        There is no space left: nothing further can be written.
    """

    note: Note
    errors: list[dict[str, Any]] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    english: EnglishOnly = field(default_factory=EnglishOnly)
    full: bool = False


def failed(task: FileTask, why: str) -> FileResult:
    """Give the result of a file that nobody got done."""
    file, told = task.file, f"{task.file.given}: {why}"
    note = Note(file.given, file.output, file.root.number, -1, -1, finished=False, articles=0, sentences=0, errors=1)
    return FileResult(note, [error_row(file, told)], [told])


class _NotKeptError(Exception):
    """The output is not to take its place; what is told stands with the errors already."""


def annotate_file(annotator: Annotator, task: FileTask) -> FileResult:
    """Annotate the articles of a file, and write its output and its note.

    Nothing that is wrong with the file, or with writing its output, is raised: it is told in the result, and in the note
    where that can be written. The output takes its place when it is whole, and the note then.
    """
    return _Work(annotator, task).done()


class _Work:
    """Annotates one file."""

    def __init__(self, annotator: Annotator, task: FileTask) -> None:
        self._annotator, self._task, self._file = annotator, task, task.file
        self._lines = NoteLines()
        self._shown: list[str] = []
        self._n_articles = self._n_sentences = 0
        self._full = False
        self._notices: list[str] = []
        self._english = EnglishOnly(any_language=task.settings.labelling.any_language)

    def done(self) -> FileResult:
        before = stamp_of(self._file.path)
        with self._lines:
            finished = self._write_output(before)
            note = self._note(before, finished)
            try:
                self._lines.write(note, self._task.out)
                kept = True
            except (SaysoError, OSError) as error:
                self._full |= _is_full(error)
                self._error(SaysoError(f"{self._file.given}: {error}"))
                note, kept = self._note(before, finished=False), False
            errors = [] if kept else self._lines.errors()
        return FileResult(note, errors, self._shown, self._notices, self._english, self._full)

    def _note(self, stamp: tuple[int, int], finished: bool) -> Note:
        file = self._file
        counts = (self._n_articles, self._n_sentences) if finished else (0, 0)
        return Note(file.given, file.output, file.root.number, *stamp, finished, *counts, self._lines.n_errors)

    def _write_output(self, before: tuple[int, int]) -> bool:
        """Write the output; tell whether it stands in its place."""
        path = Path(self._task.out, self._file.output)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)  # of what the file was before
            with replace_file(path) as stream:
                for part in self._parts(self._writer()):
                    stream.write(part if isinstance(part, bytes) else part.encode())
                self._check(before)
        except _NotKeptError:
            return False
        except Exception as error:  # whatever it is, it is this file's
            self._full |= _is_full(error)
            reason = error if isinstance(error, SaysoError) else f"{path}: cannot be written ({_named(error)})."
            self._error(SaysoError(f"{self._file.given}: {reason}"))
            return False
        return True

    def _check(self, before: tuple[int, int]) -> None:
        """Refuse an output of a file that could not be read, or is another one by now."""
        after = stamp_of(self._file.path)
        if after != before and self._n_articles:
            what = "vanished" if after[0] < 0 else "changed"
            self._error(SaysoError(f"{self._file.given}: {what} while it was read; run it again when nobody writes there."))
            raise _NotKeptError
        if not self._n_articles and self._lines.n_errors:
            raise _NotKeptError

    def _writer(self) -> Writer:
        settings = self._task.settings
        columns = ArticleColumns.of_file(dict(settings.folders), folder_columns(self._file.given), self._annotator.own)
        form = load_format(settings.form)
        if form.open is None:
            raise ValueError(f"{settings.form} is not written to a file.")
        return form.open(WriterOptions(own_columns=tuple(self._annotator.own), article_columns=columns))

    def _parts(self, writer: Writer) -> Iterator[str | bytes]:
        yield writer.begin()
        for article, annotated in self._annotated():
            if not annotated:
                self._error(SaysoError(f"{article.id}: no sentence of an article in it; is it the right file?"), article.id)
                continue
            sums, part = sums_of(article, annotated), writer.article(article, annotated)
            self._n_articles += 1
            self._n_sentences += len(annotated)
            self._lines.article(sums)
            yield part
        yield writer.end()

    def _annotated(self) -> Iterator[tuple[Article, list[Annotated]]]:
        """Annotate the articles; one that the code stumbles over is an error, and stops no other."""
        settings = self._task.settings
        targets = parse_targets(settings.labelling.targets)
        waiting: list[Article] = []
        articles = _noted(self._articles(), waiting)
        ended = False
        while not ended:
            try:
                for pair in self._annotator.annotate_all(articles, settings.n_why, targets):
                    waiting.pop(0)
                    yield pair
                ended = True
            except Exception:  # whatever it is: one of a few articles that are worked on together has it
                for article in waiting:
                    try:
                        annotated = self._annotator.annotate(article, settings.n_why, targets)
                    except Exception as error:
                        told = f"{article.id}: this article cannot be annotated ({_named(error)})."
                        self._error(SaysoError(told), article.id)
                        continue
                    yield article, annotated
                waiting.clear()

    def _articles(self) -> Iterator[Article]:
        file = self._file
        try:
            articles = read_articles(
                [file.path],
                columns=self._task.settings.columns,
                notice=self._notice,
                on_error=self._error,
                names={file.path: file.given},
            )
            yield from self._english.kept(articles)
        except Exception as error:  # of a reader, on bytes that nobody foresaw
            self._error(SaysoError(f"{file.given}: this file cannot be read ({_named(error)})."))

    def _notice(self, line: str) -> None:
        if len(self._notices) < _MOST_NOTICES:
            self._notices.append(line)

    def _error(self, error: SaysoError, article: str | None = None) -> None:
        row = error_row(self._file, str(error), article)
        self._lines.error(row)
        if len(self._shown) < _MOST_SHOWN:
            self._shown.append(row["message"])


def _noted(articles: Iterable[Article], waiting: list[Article]) -> Iterator[Article]:
    """Give articles on, and note each as one that is waited for."""
    for article in articles:
        waiting.append(article)
        yield article


def error_row(file: ArchiveFile, message: str, article: str | None = None) -> dict[str, Any]:
    """Give the row of ``errors.jsonl`` for an error: which file, which article or row of it where that is known, and what.

    >>> file = ArchiveFile(Root("news", "/home/news", True, 0, ".jsonl"), "a.csv", 120)
    >>> error_row(file, "news/a.csv:3: no text; leave it out.")["row"]
    3
    """
    match, row = _ROW.match(message), None
    # a row of what was compressed has the name without .gz, one of an archive's file has more behind the name
    if match and (match[1].startswith(file.given) or file.given.startswith(match[1])):
        row = int(match[2])
        article = article or f"{match[1]}:{row}"
    return {"file": file.given, "article": article, "row": row, "message": message}


def _named(error: Exception) -> str:
    """Name an error of somebody else's code in a line."""
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return " ".join(f"{type(error).__name__}: {error}".split())


def _is_full(error: BaseException) -> bool:
    cause = error if isinstance(error, OSError) else error.__cause__
    return isinstance(cause, OSError) and cause.errno in _FULL
