"""Files of an archive annotated: only their paths and the options travel to where that is done."""

import errno
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ...data.articles.files import read_articles
from ...data.articles.folder_columns import folder_columns
from ...data.atomic_write import replace_file
from ...data.records import Article
from ...data.rows.refused import FewOfEach
from ...errors import OF_THE_RUN, OwnError, SaysoError
from ..annotation.annotation import Annotation
from ..annotation.annotator import Annotator, grouped
from ..annotation.labels import parse_targets
from ..bulk.parallel import Failure, Outcome, Work
from ..files.english import EnglishOnly
from ..output.article_columns import ArticleColumns
from ..output.formats import Writer, WriterOptions, load_format
from .inputs import ArchiveFile
from .notes import Note, NoteLines, stamp_of
from .settings import Settings
from .sums import sums_of

_ROW = re.compile(r"(.+?):([0-9]{1,18}): ")
_FULL = (errno.ENOSPC, errno.EDQUOT)
_MOST_SHOWN, _MOST_NOTICES = 20, 5  # of a file
_TOGETHER, _MOST_FILES = 400_000, 500  # bytes of small files that are annotated together, and how many of them


@dataclass(frozen=True, slots=True)
class FilesTask:
    """What is to be done with a file, or with some small ones: articles are annotated faster together.

    Parameters
    ----------
    files : tuple of ArchiveFile
    out : str
        The folder of outputs, absolute.
    settings : Settings
    """

    files: tuple[ArchiveFile, ...]
    out: str
    settings: Settings


def tasks_of(files: Iterable[ArchiveFile], out: str, settings: Settings) -> Iterator[FilesTask]:
    """Divide files into tasks, in their order."""
    together: list[ArchiveFile] = []
    n_bytes = 0
    for file in files:
        if together and (n_bytes + file.size > _TOGETHER or len(together) == _MOST_FILES):
            yield FilesTask(tuple(together), out, settings)
            together, n_bytes = [], 0
        together.append(file)
        n_bytes += file.size
    if together:
        yield FilesTask(tuple(together), out, settings)


@dataclass(slots=True)
class FileResult:
    """What became of a file.

    Parameters
    ----------
    file : ArchiveFile
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
    traces : list of str
        Where the first errors of ours came up.
    """

    file: ArchiveFile
    note: Note
    errors: list[dict[str, Any]] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    english: EnglishOnly = field(default_factory=EnglishOnly)
    full: bool = False
    traces: list[str] = field(default_factory=list)


def failed(file: ArchiveFile, why: str) -> FileResult:
    """Give the result of a file that nobody got done."""
    told = f"{file.given}: {why}"
    note = Note(file.given, file.output, file.root.number, -1, -1, finished=False, articles=0, sentences=0, errors=1)
    return FileResult(file, note, [error_row(file, told)], [told])


def annotate_files(annotator: Annotator, task: FilesTask) -> list[FileResult]:
    """Annotate the articles of files, and write the output and the note of each.

    Nothing that is wrong with a file, or with writing its output, is raised: it is told in the result, and in the note
    where that can be written. An output takes its place when it is whole, and its note then. After a file for which there
    was no space left no further one is begun.
    """
    works = [_Work(annotator, file, task) for file in task.files]
    annotating = _Annotating(annotator, works, task.settings)
    results = []
    with ExitStack() as opened:
        for work in works:
            opened.enter_context(work.lines)
        for work in works:
            results.append(work.done(annotating.of(work)))
            if results[-1].full:
                break
    return results


Found = tuple[Article, Outcome[Annotation]]
"""An article, and what became of it."""


class _Annotating:
    """Annotates the articles of some files together, and gives them file by file."""

    def __init__(self, annotator: Annotator, works: Sequence["_Work"], settings: Settings) -> None:
        labelling = settings.labelling
        targets = parse_targets(labelling.targets)
        self._articles_work = Work(annotator, _as_it_is, labelling.any_language, settings.n_why, targets)
        self._works = works
        self._owners: deque[_Work] = deque()
        self._found = self._annotated()
        self._next: tuple[_Work, Found] | None = None

    def of(self, work: "_Work") -> Iterator[Found]:
        """Yield the articles of a file; those of the files before have to be taken."""
        while True:
            self._next = self._next or next(self._found, None)
            if self._next is None or self._next[0] is not work:
                return
            found, self._next = self._next[1], None
            yield found

    def _articles(self) -> Iterator[Article]:
        for work in self._works:
            for article in work.articles():
                self._owners.append(work)
                yield article

    def _annotated(self) -> Iterator[tuple["_Work", Found]]:
        for group in grouped(self._articles()):
            for found in zip(group, self._outcomes(group), strict=True):
                yield self._owners.popleft(), found

    def _outcomes(self, group: Sequence[Article]) -> list[Outcome[Annotation]]:
        """Annotate articles; one for which memory does not suffice stops no other."""
        try:
            return self._articles_work.outcomes(group)
        except MemoryError:
            if len(group) > 1:
                return [outcome for article in group for outcome in self._outcomes([article])]
            return [Outcome(failure=Failure("left out, as memory does not suffice for it", ""))]


def _as_it_is(article: Article, annotation: Annotation) -> Annotation:
    return annotation


class _NotKeptError(Exception):
    """The output is not to take its place; what is told stands with the errors already."""


class _Work:
    """Reads one file, and writes its output."""

    def __init__(self, annotator: Annotator, file: ArchiveFile, task: FilesTask) -> None:
        self._own_columns, self._file, self._task = tuple(annotator.own), file, task
        self.lines = NoteLines()
        self._shown: list[str] = []
        self._few = FewOfEach(self._shown.append)
        self._notices: list[str] = []
        self._traces: list[str] = []
        self._n_articles = self._n_sentences = 0
        self._full = False
        self._stamp = (-1, -1)
        self._english = EnglishOnly(any_language=task.settings.labelling.any_language)

    def articles(self) -> Iterator[Article]:
        """Read the file."""
        file = self._file
        self._stamp = stamp_of(file.path)
        try:
            yield from read_articles(
                [file.path],
                columns=self._task.settings.columns,
                notice=self._notice,
                on_error=self._error,
                names={file.path: file.given},
            )
        except Exception as error:  # of a reader, on bytes that nobody foresaw
            self._error(SaysoError(f"{file.given}: cannot be read ({_named(error)})."))

    def done(self, found: Iterator[Found]) -> FileResult:
        """Write the output and the note of the file."""
        finished = self._write_output(found)
        for _ in found:  # left over where the output cannot be written
            pass
        note, kept = self._note(finished), True
        try:
            self.lines.write(note, self._task.out)
        except (SaysoError, OSError) as error:
            self._full |= _is_full(error)
            self._error(SaysoError(f"{self._file.given}: {error}"))
            note, kept = self._note(finished=False), False
        errors = [] if kept else self.lines.errors()
        self._few.__exit__(None, None, None)  # how many more there were of each kind
        return FileResult(self._file, note, errors, self._shown, self._notices, self._english, self._full, self._traces)

    def _note(self, finished: bool) -> Note:
        file = self._file
        counts = (self._n_articles, self._n_sentences) if finished else (0, 0)
        return Note(file.given, file.output, file.root.number, *self._stamp, finished, *counts, self.lines.n_errors)

    def _write_output(self, found: Iterator[Found]) -> bool:
        """Write the output; tell whether it stands in its place."""
        path = Path(self._task.out, self._file.output)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)  # of what the file was before
            with replace_file(path) as stream:
                for part in self._parts(self._writer(), found):
                    stream.write(part if isinstance(part, bytes) else part.encode())
                self._check()
        except _NotKeptError:
            return False
        except Exception as error:  # whatever it is, it is this file's
            self._full |= _is_full(error)
            reason = error if isinstance(error, SaysoError) else f"{path}: cannot be written ({_named(error)})."
            self._error(SaysoError(f"{self._file.given}: {reason}"))
            return False
        return True

    def _check(self) -> None:
        """Refuse an output of a file that could not be read, or is another one by now."""
        after = stamp_of(self._file.path)
        if after != self._stamp and self._n_articles:
            what = "vanished" if after[0] < 0 else "changed"
            self._error(
                SaysoError(
                    f"{self._file.given}: {what} while it was being read; run the command again when the "
                    "file no longer changes."
                )
            )
            raise _NotKeptError
        if not self._n_articles and self.lines.n_errors:
            raise _NotKeptError

    def _writer(self) -> Writer:
        settings = self._task.settings
        columns = ArticleColumns.of_file(dict(settings.folders), folder_columns(self._file.given), self._own_columns)
        form = load_format(settings.form)
        if form.open is None:
            raise ValueError(f"{settings.form} cannot be written to a file.")
        return form.open(WriterOptions(own_columns=self._own_columns, article_columns=columns))

    def _parts(self, writer: Writer, found: Iterator[Found]) -> Iterator[str | bytes]:
        yield writer.begin()
        for article, outcome in found:
            known = self._english.judged(article, outcome.language, outcome.shares)
            if outcome.failure:
                self._lose(article, outcome.failure)
            elif known is None:
                continue
            elif outcome.part is None:
                self._error(
                    SaysoError(f"{article.id}: no article sentences found; check that this is the right file."), article.id
                )
            else:
                try:
                    sums, part = sums_of(known, outcome.part), writer.article(known, outcome.part)
                except OF_THE_RUN:
                    raise
                except Exception as error:
                    self._lose(article, Failure.of(error))
                    continue
                self._n_articles += 1
                self._n_sentences += outcome.n_sentences
                self.lines.article(sums)
                yield part
        yield writer.end()

    def _lose(self, article: Article, failure: Failure) -> None:
        """Note that a bug of ours, or too little memory, cost an article."""
        error = OwnError(article.id, *failure) if failure.trace else SaysoError(f"{article.id}: {failure.error}.")
        self._error(error, article.id)
        if isinstance(error, OwnError) and len(self._traces) < _MOST_SHOWN:
            self._traces.append(error.trace)

    def _notice(self, line: str) -> None:
        if len(self._notices) < _MOST_NOTICES:
            self._notices.append(line)

    def _error(self, error: SaysoError, article: str | None = None) -> None:
        row = error_row(self._file, str(error), article)
        self.lines.error(row)
        if self._few.counts(error) and len(self._shown) < _MOST_SHOWN:
            message = row["message"]
            told_apart = article is None or self._file.given in message  # ids of one's own say no file
            self._shown.append(message if told_apart else f"{self._file.given}: {message}")


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
