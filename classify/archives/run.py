"""A run over an archive: what is finished is passed over, the rest annotated, and what went wrong gathered."""

import contextlib
import os
import sys
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from ...data.articles.tables import Columns
from ...data.atomic_write import check_folder_name
from ...data.commands.console import tell_lines
from ...data.display import counted
from ...data.writing.leftovers import clear_leftovers
from ...errors import SaysoError
from ..annotation.annotator import Annotator
from ..annotation.labels import parse_targets
from ..bulk.jobs import n_processes
from ..bulk.processes import Processes
from ..files.annotate_files import Labelling
from ..files.destinations import is_terminal
from ..files.english import EnglishOnly
from ..model_files.shipped import beside_others
from ..output.formats import load_format
from ..speakers.prevalence import errors_of
from ..word_reader.reader import where_it_is
from .annotate_files import FileResult, annotate_files, tasks_of
from .begin import begin, check_free, finished_before, keep_listing, remove_leftovers
from .inputs import ERRORS, ArchiveFile, Part, archive_files, folder_types
from .locks import gathering, locked
from .notes import Rows, write_errors
from .progress import RunProgress
from .settings import Settings

_MOST_ERRORS, _MOST_NOTICES = 20, 10  # lines of a run


@dataclass(frozen=True, slots=True)
class RunOptions:
    """How an archive is annotated.

    Parameters
    ----------
    form : str
        Name of the format; one that is ``of_archives``.
    part : Part, optional
        Only this part of the files.
    jobs : int, default=1
        Processes; see `bulk.jobs.n_processes`.
    dask : str, optional
        Address of a Dask scheduler, whose workers do it.
    force : bool, default=False
        Begin anew: what an earlier run left is removed.
    why : int, optional
        Reasons for each label; by default as many as the format says.
    debug : bool, default=False
        Show where errors of ours came up.
    """

    form: str
    part: Part | None = None
    jobs: int = 1
    dask: str | None = None
    force: bool = False
    why: int | None = None
    debug: bool = False


def annotate_archive(
    paths: Sequence[str], out: str, labelling: Labelling, options: RunOptions, columns: Columns | None = None
) -> bool:
    """Annotate each file of an archive into a file of its own, at the same place in the folder of outputs.

    Parameters
    ----------
    paths : sequence of str
        Folders and files.
    out : str
        Folder.
    labelling : Labelling
    options : RunOptions
    columns : Columns, optional
        Names in a table; without them the usual ones are looked for.

    Returns
    -------
    bool
        All came out; what did not stands in ``errors.jsonl``.

    Raises
    ------
    SaysoError
        If the run cannot begin, or cannot go on.
    """
    _check(out, options)
    form = load_format(options.form)
    progress = RunProgress(shown=is_terminal(sys.stderr))
    files = archive_files(paths, out, form.suffixes[0], progress.say)
    # only tuples travel and are kept as keys
    labelling = replace(
        labelling,
        models=tuple(map(os.path.abspath, labelling.models)),
        targets=tuple(labelling.targets),
        reader=where_it_is(labelling.reader),
    )
    annotator = _load(labelling)
    for note in beside_others(labelling.models, annotator.reader):
        progress.say(note)
    n_why = form.n_why if options.why is None else options.why
    settings = Settings(labelling, columns or Columns(), form.name, n_why, tuple(folder_types(files).items()))
    if not options.force:
        check_free(out)
    clear_leftovers(Path(os.path.realpath(out)))
    with locked(out, options.part, progress.say):
        alone = options.part is None
        begin(out, files, settings, errors_of(annotator), force=options.force, alone=alone, say=progress.say)
        mine = options.part.chosen(files) if options.part else files
        return _Run(out, files, mine, settings, options, progress).done(annotator)


def _check(out: str, options: RunOptions) -> None:
    check_folder_name(out)
    if Path(out).exists() and not Path(out).is_dir():
        raise SaysoError(f"{out}: this is a file; give a folder with --out.")
    if options.force and options.part:
        raise SaysoError("--force starts the folder again for all parts; leave out --part or --force.")
    if options.dask and options.jobs != 1:
        raise SaysoError("--dask uses its own processes; leave out --jobs.")
    n_processes(options.jobs)


def _load(labelling: Labelling) -> Annotator:
    return labelling.load(stance=bool(parse_targets(labelling.targets)))


class _Run:
    """Works on the files of a run."""

    def __init__(
        self,
        out: str,
        files: Sequence[ArchiveFile],
        mine: Sequence[ArchiveFile],
        settings: Settings,
        options: RunOptions,
        progress: RunProgress,
    ) -> None:
        self._out, self._files, self._mine = out, files, mine
        self._settings, self._options, self._progress = settings, options, progress
        self._english = EnglishOnly()
        self._unkept: dict[str, Rows] = {}
        self._n_errors = self._n_failed = self._n_shown = self._n_notices = 0

    def done(self, annotator: Annotator) -> bool:
        """Annotate what is not finished; tell whether all came out."""
        say = self._progress.say
        pending, self._n_errors = finished_before(self._out, self._mine, say)
        keep_listing(self._out, self._files, say)
        self._progress.begin(len(self._mine), pending)
        is_full = False
        with self._tidied(pending), contextlib.closing(self._results(annotator, pending)) as results:
            for result in results:
                self._take(result)
                if is_full := result.full:
                    break
        self._progress.clear()
        self._english.tell(say)
        if is_full:
            raise SaysoError(
                f"{self._out}: the disk is full; finished files are kept. Free some space and run the command again."
            )
        return self._told()

    def _results(self, annotator: Annotator, pending: Sequence[ArchiveFile]) -> Generator[FileResult, None, None]:
        jobs = n_processes(self._options.jobs)
        if jobs > 1 or self._options.dask:  # the largest first, so that none is left for one process in the end
            pending = sorted(pending, key=lambda file: -file.size)
        tasks = tasks_of(pending, os.path.abspath(self._out), self._settings)
        if self._options.dask:
            from .dask import on_cluster

            yield from on_cluster(self._options.dask, tasks)
        elif jobs == 1:
            for task in tasks:
                yield from annotate_files(annotator, task)
        else:
            with Processes(jobs, partial(_load, self._settings.labelling), annotator) as processes:
                for _, results in processes.as_done(annotate_files, tasks):
                    yield from results

    @contextlib.contextmanager
    def _tidied(self, pending: Sequence[ArchiveFile]) -> Iterator[None]:
        """Leave nothing half written: a process that was ended midway could not see to that."""
        try:
            yield
        finally:
            remove_leftovers(self._out, pending)

    def _take(self, result: FileResult) -> None:
        """Count what became of a file, and tell what went wrong as long as that is readable."""
        self._n_errors += result.note.errors
        self._n_failed += not result.note.finished
        if result.errors:
            self._unkept[result.file.output] = result.errors
        self._english.add(result.english)
        for line in result.shown[: _MOST_ERRORS - self._n_shown]:
            self._progress.say(f"Error: {line}")
            self._n_shown += 1
        for trace in result.traces if self._options.debug else ():
            tell_lines(trace)
        for line in result.notices[: _MOST_NOTICES - self._n_notices]:
            self._progress.say(line)
            self._n_notices += 1
            if self._n_notices == _MOST_NOTICES:
                self._progress.say("More notices of this kind are not shown.")
        self._progress.count(result.file, result.note.sentences)

    def _told(self) -> bool:
        """Gather what went wrong; tell whether nothing did."""
        with gathering(self._out, self._progress.say):
            write_errors(self._out, self._files, self._unkept)
        if self._n_errors:
            failed = (
                f"; {counted(self._n_failed, 'file')} without output, to be tried again in the next run"
                if self._n_failed
                else ""
            )
            self._progress.say(f"{counted(self._n_errors, 'error')}, in {Path(self._out, ERRORS)}{failed}.")
        return not self._n_errors
