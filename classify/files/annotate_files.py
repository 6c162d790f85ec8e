"""Annotating many articles: what `sayso annotate` does."""

import os
import shlex
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from ...data.articles.files import read_articles
from ...data.articles.tables import Columns
from ...data.atomic_write import check_not_there, is_device, together
from ...data.records import Article
from ...errors import SaysoError
from ..annotation.annotator import Annotator, load_annotator
from ..annotation.labels import most_named, parse_targets
from ..annotation.records import AnnotatedSentence
from ..bulk.jobs import n_processes
from ..bulk.parallel import Work, worked_on
from ..bulk.processes import started
from ..model_files.shipped import beside_others
from ..output.formats import FolderWriter, OutputFormat, Writer, WriterOptions, format_for
from ..speakers.prevalence import errors_of
from ..speakers.prevalence_tables import check_prevalence_path
from ..speakers.profile_table import check_profile_path
from ..stance_bias.targets import Target
from ..tasks.protocol import StanceReader
from ..word_reader.reader import word_reader
from ..wording.encoders import load_encoder
from .destinations import check_is_not_read, check_may_write, check_output, check_reasons, is_terminal, opened, writer_of
from .english import EnglishOnly
from .progress import Progress
from .summaries import Gathered, Summaries, Summary


@dataclass(frozen=True, slots=True)
class Labelling:
    """What sentences are labelled with.

    Parameters
    ----------
    models : sequence of str
        Model files instead of the package's.
    encoder : str, optional
        Folder or name of the encoder that a model was trained with.
    targets : sequence of str
        Towards whom stances are asked for: ``NAME`` or ``NAME=ALIAS,ALIAS``.
    bias : bool, default=True
        Tell loaded wording.
    any_language : bool, default=False
        Label articles that are not English too.
    reader : str, optional
        Name or folder of a word reader.
    """

    models: Sequence[str] = ()
    encoder: str | None = None
    targets: Sequence[str] = ()
    bias: bool = True
    any_language: bool = False
    reader: str | None = None

    def load(self, *, stance: bool) -> Annotator:
        """Load the models."""
        encoder = load_encoder(self.encoder) if self.encoder else None
        reader = word_reader(self.reader)
        annotator = load_annotator(self.models, stance=stance, bias=self.bias, encoder=encoder, reader=reader)
        if annotator.bias and not self.bias:
            raise SaysoError("--no-bias and a --model for loaded wording contradict each other; leave one out.")
        return annotator


@dataclass(frozen=True, slots=True)
class Outputs:
    """What is written, and where.

    Parameters
    ----------
    form : str, optional
        One of `output.formats.NAMES`; without it what the suffix of ``out`` says, else for reading.
    out : str, optional
        File or folder for the annotations; standard output without it.
    compare : bool, default=False
        Set the articles side by side instead of telling sentence by sentence.
    profile : str, optional
        File for the profiles of the articles, ``.json`` or ``.csv``.
    shares : str, optional
        File for the prevalence of the labels over all articles, ``.json`` or ``.csv``; ``-`` shows it behind the rest:
        on standard output where that is for reading, else on standard error.
    by : sequence of str
        Columns to part the prevalence by.
    keep_duplicates : bool, default=False
        Count every copy of an article in the prevalence.
    force : bool, default=False
        Replace files and folders that stand there.
    why : int, optional
        How many reasons to give for each label, besides the rest and the constant; by default as many as the format says,
        and none where articles are set side by side.
    jobs : int, default=1
        Processes that annotate; what is written is the same.
    debug : bool, default=False
        Show where an error of ours came up.
    excel : bool, default=False
        Write CSV for Excel, see `data.tabular.spreadsheets`.
    """

    form: str | None = None
    out: str | None = None
    compare: bool = False
    profile: str | None = None
    shares: str | None = None
    by: Sequence[str] = ()
    keep_duplicates: bool = False
    force: bool = False
    why: int | None = None
    jobs: int = 1
    debug: bool = False
    excel: bool = False

    @property
    def summaries(self) -> Summaries:
        """What is written besides the annotations."""
        return Summaries(self.profile, self.shares, self.by, self.keep_duplicates, self.excel)


class _Made(NamedTuple):
    """What is made of an article: what its writer adds, and what summaries need."""

    written: Any
    summary: Summary


@dataclass(frozen=True, slots=True)
class _Making:
    """Makes what is written of an article."""

    writer: Writer | FolderWriter
    summaries: Summaries

    def __call__(self, article: Article, annotated: Sequence[AnnotatedSentence]) -> _Made:
        return _Made(self.writer.part(article, annotated), self.summaries.of(article, annotated))


def annotate_paths(paths: Sequence[str], labelling: Labelling, outputs: Outputs, columns: Columns | None = None) -> bool:
    """Annotate the articles of files and folders, one after the other.

    Parameters
    ----------
    paths : sequence of str
        As `data.articles.files.read_articles` takes them.
    labelling : Labelling
    outputs : Outputs
    columns : Columns, optional
        Names in a table; without them the usual ones are looked for.

    Returns
    -------
    bool
        Every article came out that is English; what did not, and what was left out, is named on standard error.
    """
    form = format_for(outputs.form, outputs.out)
    _check_outputs(paths, form, outputs)
    n_jobs = n_processes(outputs.jobs)
    work = _work(labelling, outputs)
    shown = is_terminal(sys.stderr) and (outputs.out is not None or not is_terminal(sys.stdout))
    progress = Progress(shown=shown, traces=outputs.debug, paths=paths)
    for note in beside_others(labelling.models, work.annotator.reader):
        progress.say(note)
    if work.annotator.stance and work.targets:
        _say_of_stances(work.annotator.stance, work.targets, progress)
    english = EnglishOnly(any_language=labelling.any_language)
    articles = read_articles(
        paths,
        columns=columns,
        notice=progress.say,
        on_error=progress.report,
        amount=progress.amount,
        rows_together=True,
    )
    with progress, started(n_jobs, partial(_work, labelling, outputs), work) as processes:
        made = progress.counted(worked_on(progress.watched(articles), work, processes), english)
        last = _write(made, form, outputs, work.annotator, progress)
    english.tell(progress.say)
    to_people = is_terminal(sys.stderr) and form.for_reading and not outputs.compare
    if to_people and last and progress.n_articles == 1 and not work.targets:
        _propose_targets(last, progress)
    return not progress.n_errors and last is not None


def _n_why(form: OutputFormat, outputs: Outputs) -> int:
    """Give how many reasons for a label are worked out."""
    if outputs.why is not None:
        return outputs.why
    return 0 if outputs.compare else form.n_why


def _work(labelling: Labelling, outputs: Outputs) -> Work[_Made]:
    """Load what a process needs for its work."""
    form = format_for(outputs.form, outputs.out)
    targets = parse_targets(labelling.targets)
    annotator = labelling.load(stance=bool(targets))
    making = _Making(_writer(outputs, annotator), outputs.summaries)
    return Work(annotator, making, labelling.any_language, _n_why(form, outputs), targets)


def _writer(outputs: Outputs, annotator: Annotator) -> Writer | FolderWriter:
    form = format_for(outputs.form, outputs.out)
    options = WriterOptions(outputs.compare, tuple(annotator.own), excel=outputs.excel)
    return writer_of(form, outputs.out, options)


def _say_of_stances(reader: StanceReader, targets: Sequence[Target], progress: Progress) -> None:
    """Say which targets the stance model did not learn of, and which labels it never tells."""
    for name in reader.unknown(targets):
        progress.say(
            f"{name}: the stance model had no training sentences for this target; it uses only what its "
            "other targets have in common."
        )
    silent = reader.never_told()
    if set(silent) == set(reader.labels):
        progress.say(
            "No stance is predicted: the model was not accurate enough on held-out articles; train it on more labels."
        )
    elif silent:
        progress.say(
            f"The stance model never predicts {' or '.join(silent)}: it was not accurate enough on held-out articles."
        )


def _check_outputs(paths: Sequence[str], form: OutputFormat, outputs: Outputs) -> None:
    """Refuse files that cannot be written, stand there already, are one, or are what is to be read."""
    check_output(form, outputs.out, compare=outputs.compare, force=outputs.force)
    if outputs.why:
        check_reasons(form, outputs.out, compare=outputs.compare)
    for path, check in ((outputs.profile, check_profile_path), (outputs.shares, check_prevalence_path)):
        if path:
            check(path)
            check_not_there(path, force=outputs.force)
    written = [
        path for path in (outputs.out, outputs.profile, outputs.shares) if path and path != "-" and not is_device(path)
    ]
    real = [os.path.realpath(path) for path in written]
    if twice := next((path for path, name in zip(written, real, strict=True) if real.count(name) > 1), None):
        raise SaysoError(f"{twice}: given for two outputs; give each output a file of its own.")
    for path in written:
        check_is_not_read(path, paths, force=outputs.force)
        check_may_write(path)


def _write(
    made: Iterable[tuple[Article, _Made]], form: OutputFormat, outputs: Outputs, annotator: Annotator, progress: Progress
) -> Article | None:
    """Write all that is asked for, and give the last article; without one, nothing is written."""
    last: Article | None = None
    gathered = Gathered(outputs.summaries, errors_of(annotator))
    try:
        with together():
            with opened(form, outputs.out, _writer(outputs, annotator)) as output:
                for article, (written, summary) in made:
                    with progress.one_article(article.id):
                        gathered.add(article, summary)
                        output.add(written)
                        last = article
                if last is None:
                    raise _NothingError
                output.end()
            progress.clear()
            gathered.write(progress, sys.stdout if form.for_reading and outputs.out is None else sys.stderr)
    except _NothingError:
        for path in filter(None, (outputs.out, *outputs.summaries.paths)):
            progress.say(f"{path} was not written.")
    progress.clear()
    return last


class _NothingError(Exception):
    """No article came out, so no file takes the place of an old one."""


def _propose_targets(article: Article, progress: Progress) -> None:
    """Name whom the article names most: nothing is guessed of a stance that nobody asked for."""
    if names := most_named(article.text):
        more = f"To get each sentence's stance towards a target, add for example --target {shlex.quote(names[0])}."
        progress.say(f"Most mentioned: {', '.join(names)}. {more}")
