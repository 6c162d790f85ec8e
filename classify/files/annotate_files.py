"""Annotating many articles: what `sayso annotate` does."""

import os
import shlex
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TextIO

from ...data.articles.files import read_articles
from ...data.articles.kinds import article_suffixes
from ...data.articles.tables import Columns
from ...data.atomic_write import check_not_there, is_device
from ...data.records import Article
from ...errors import SaysoError
from ..annotation.annotator import Annotator, load_annotator
from ..annotation.labels import most_named, parse_targets
from ..annotation.records import Annotated
from ..model_files.shipped import beside_others
from ..output.formats import OutputFormat, format_for
from ..speakers.prevalence import PrevalenceCounts, errors_of
from ..speakers.prevalence_tables import check_prevalence_path, prevalence_text, write_prevalence
from ..speakers.profile import Profile, profile_of
from ..speakers.profile_table import check_profile_path, write_profiles
from ..stance_bias.targets import Target
from ..tasks.protocol import StanceReader
from ..wording.encoders import load_encoder
from .copies import Copies
from .destinations import check_output, check_reasons, is_terminal, opened
from .english import EnglishOnly
from .progress import Progress


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
    """

    models: Sequence[str] = ()
    encoder: str | None = None
    targets: Sequence[str] = ()
    bias: bool = True
    any_language: bool = False

    def load(self, *, stance: bool) -> Annotator:
        """Load the models."""
        encoder = load_encoder(self.encoder) if self.encoder else None
        annotator = load_annotator(self.models, stance=stance, bias=self.bias, encoder=encoder)
        if annotator.bias and not self.bias:
            raise SaysoError("--no-bias, and a --model that tells loaded wording: leave out one of the two.")
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
    tables = _Tables(outputs)
    targets = parse_targets(labelling.targets)
    annotator = labelling.load(stance=bool(targets))
    tables.begin(annotator)
    progress = Progress(shown=is_terminal(sys.stderr) and (outputs.out is not None or not is_terminal(sys.stdout)))
    for note in beside_others(labelling.models):
        progress.say(note)
    if annotator.stance and targets:
        _say_of_stances(annotator.stance, targets, progress)
    english = EnglishOnly(any_language=labelling.any_language)
    articles = english.kept(read_articles(paths, notice=progress.say, on_error=progress.report, columns=columns))
    annotated = progress.counted(annotator.annotate_all(articles, _n_why(form, outputs), targets))
    last = _write(annotated, form, outputs, tuple(annotator.own), tables, progress)
    english.tell(progress.say)
    to_people = is_terminal(sys.stderr) and form.for_reading and not outputs.compare
    if to_people and last and progress.n_articles == 1 and not targets:
        _propose_targets(last, progress)
    return not progress.n_errors and last is not None


def _n_why(form: OutputFormat, outputs: Outputs) -> int:
    """Give how many reasons for a label are worked out."""
    if outputs.why is not None:
        return outputs.why
    return 0 if outputs.compare else form.n_why


def _say_of_stances(reader: StanceReader, targets: Sequence[Target], progress: Progress) -> None:
    """Say which targets the stance model did not learn of, and which labels it never tells."""
    for name in reader.unknown(targets):
        progress.say(f"{name}: the stance model learned from no sentence towards it; what its targets share is all it has.")
    silent = reader.never_told()
    if set(silent) == set(reader.labels):
        progress.say("No stance is told: the model was not sure enough on held-out articles; train it on more labels.")
    elif silent:
        progress.say(f"The stance model never tells {' or '.join(silent)}: it was not sure enough on held-out articles.")


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
        raise SaysoError(f"{twice}: two outputs cannot go to one file; give each its own.")
    if read := next((path for path in written if _is_read(path, paths)), None):
        raise SaysoError(f"{read}: this is to be read, so nothing is written over it; choose another output.")


def _is_read(path: str, paths: Sequence[str]) -> bool:
    """Tell whether a file that stands there is one of those to be read, or in one of the folders."""
    target = Path(os.path.realpath(path))
    if not target.is_file():
        return False
    sources = [Path(os.path.realpath(source)) for source in paths if source != "-"]
    return target in sources or (target.suffix.lower() in article_suffixes() and any(map(target.is_relative_to, sources)))


def _write(
    annotated: Iterable[tuple[Article, list[Annotated]]],
    form: OutputFormat,
    outputs: Outputs,
    own_columns: tuple[str, ...],
    tables: "_Tables",
    progress: Progress,
) -> Article | None:
    """Write all that is asked for, and give the last article; without one, nothing is written."""
    last: Article | None = None
    try:
        with opened(form, outputs.out, compare=outputs.compare, own_columns=own_columns) as output:
            for article, sentences in annotated:
                output.article(article, sentences)
                tables.add(article, sentences)
                last = article
            if last is None:
                raise _NothingError
            output.end()
        progress.clear()
        tables.write(progress, sys.stdout if form.for_reading and outputs.out is None else sys.stderr)
    except _NothingError:
        for path in filter(None, (outputs.out, *tables.paths)):
            progress.say(f"{path} was not written.")
    progress.clear()
    return last


class _NothingError(Exception):
    """No article came out, so no file takes the place of an old one."""


class _Tables:
    """What is written besides the annotations: profiles, and the prevalence of labels."""

    def __init__(self, outputs: Outputs) -> None:
        self._outputs = outputs
        self._profiles: list[tuple[Article, Profile]] = []
        self._counts: PrevalenceCounts | None = None
        self._copies = Copies(keep=outputs.keep_duplicates)

    @property
    def paths(self) -> list[str]:
        """The files to be written."""
        return [path for path in (self._outputs.profile, self._outputs.shares) if path and path != "-"]

    def begin(self, annotator: Annotator) -> None:
        """Take what the models know of their errors."""
        if self._outputs.shares:
            self._counts = PrevalenceCounts(self._outputs.by, errors_of(annotator))

    def add(self, article: Article, annotated: list[Annotated]) -> None:
        """Count an article."""
        if self._outputs.profile:
            self._profiles.append((replace(article, text=""), profile_of(article, annotated)))
        if self._counts:
            self._counts.add(article, annotated)
            self._copies.add(article)

    def write(self, progress: Progress, stream: TextIO) -> None:
        """Write the files; prevalence without one goes to the stream."""
        if self._outputs.profile:
            write_profiles(self._outputs.profile, self._profiles)
        if self._outputs.shares and self._counts:
            self._counts.without(self._copies.not_to_count(progress.say))
            progress.report_unknown_columns(self._counts.unknown_columns())
            if self._outputs.shares == "-":
                stream.write(f"\n{prevalence_text(list(self._counts.estimates()))}")
            else:
                write_prevalence(self._outputs.shares, self._counts)


def _propose_targets(article: Article, progress: Progress) -> None:
    """Name whom the article names most: nothing is guessed of a stance that nobody asked for."""
    if names := most_named(article.text):
        more = f"Add --target {shlex.quote(names[0])} for each sentence's stance towards it."
        progress.say(f"Named most: {', '.join(names)}. {more}")
