"""Annotating many articles: what `sayso annotate` does."""

import shlex
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TextIO

from ...data.articles.files import read_articles
from ...data.records import Article
from ...errors import SaysoError
from ..annotation.annotator import Annotator, load_annotator
from ..annotation.labels import most_named, parse_targets, unknown_targets
from ..annotation.records import Annotated
from ..model_files.shipped import beside_others
from ..output.format_names import Format
from ..output.profile_table import check_profile_path, write_profiles
from ..output.share_tables import check_shares_path, shares_text, write_shares
from ..speakers.profile import Profile, profile_of
from ..speakers.share_counts import ShareCounts, errors_of
from ..wording.encoders import load_encoder
from .destinations import check_output, format_of, is_terminal, opened
from .progress import Progress

N_WHY = 5
_WITH_WHY = (Format.JSON, Format.JSONL, Format.HTML, Format.PARQUET)


def annotate_paths(
    paths: Sequence[str],
    *,
    form: Format | None = None,
    models: Sequence[str] = (),
    out: str | None = None,
    columns: Mapping[str, str | None] | None = None,
    profile: str | None = None,
    compare: bool = False,
    shares: str | None = None,
    by: Sequence[str] = (),
    targets: Sequence[str] = (),
    bias: bool = True,
    encoder: str | None = None,
) -> bool:
    """Annotate the articles of files and folders, one after the other.

    Parameters
    ----------
    paths : sequence of str
        As `data.read.read_articles` takes them.
    form : Format, optional
        Without it what the suffix of ``out`` says, else for reading.
    models : sequence of str
        Model files instead of the package's.
    out : str, optional
        File or folder to write; standard output without it.
    columns : mapping of str to str or None, optional
        ``text_column`` and the like.
    profile : str, optional
        File for the profiles of the articles, ``.json`` or ``.csv``.
    compare : bool, default=False
        Set the articles side by side instead of telling sentence by sentence.
    shares : str, optional
        File for the shares of the labels over all articles, ``.json`` or ``.csv``; ``-`` shows them behind the rest:
        on standard output where that is for reading, else on standard error.
    by : sequence of str
        Columns to part the shares by.
    targets : sequence of str
        Towards whom stances are asked for: ``NAME`` or ``NAME=ALIAS,ALIAS``.
    bias : bool, default=True
        Tell loaded wording.
    encoder : str, optional
        Folder or name of the encoder that a model was trained with.

    Returns
    -------
    bool
        Every article came out; what did not is named on standard error.
    """
    form = format_of(form, out)
    check_output(form, out, compare=compare)
    tables = _Tables(profile, shares, by)
    asked = parse_targets(targets)
    given = load_encoder(encoder) if encoder else None
    annotator = load_annotator(models, stance=bool(asked), bias=bias, encoder=given)
    if annotator.bias and not bias:
        raise SaysoError("--no-bias, and a --model that tells loaded wording: leave out one of the two.")
    tables.begin(annotator)
    progress = Progress(shown=is_terminal(sys.stderr) and (out is not None or not is_terminal(sys.stdout)))
    bad: list[SaysoError] = []
    for note in beside_others(models):
        progress.say(note)
    for name in unknown_targets(annotator.stance, asked):
        progress.say(f"{name}: the stance model learned from no sentence towards it; what its targets share is all it has.")

    def report(error: SaysoError) -> None:
        bad.append(error)
        progress.say(f"Error: {error}")

    articles = read_articles(paths, notice=progress.say, on_error=report, **(columns or {}))
    n_why = N_WHY if form in _WITH_WHY and not compare else 0
    last: Article | None = None
    try:
        with opened(form, out, compare=compare, own=tuple(annotator.own)) as output:
            for article, annotated in _with_sentences(annotator.annotate_all(articles, n_why, asked), report):
                output.article(article, annotated)
                tables.add(article, annotated)
                last = article
                progress.count(len(annotated))
            if not progress.n_articles:
                raise _NothingError
            output.end()
        progress.clear()
        tables.write(report, sys.stdout if form == Format.TERMINAL and out is None else sys.stderr)
    except _NothingError:
        for path in filter(None, (out, *tables.paths)):
            progress.say(f"{path} was not written.")
    progress.clear()
    if is_terminal(sys.stderr) and form == Format.TERMINAL and last and progress.n_articles == 1 and not (asked or compare):
        _propose_targets(last, progress.say)
    return not bad


def _with_sentences(
    annotated: Iterable[tuple[Article, list[Annotated]]], report: Callable[[SaysoError], None]
) -> Iterator[tuple[Article, list[Annotated]]]:
    """Leave out the articles that have no sentence, and say so."""
    for article, sentences in annotated:
        if sentences:
            yield article, sentences
        else:
            report(SaysoError(f"{article.id}: no sentence of an article in it; is it the right file?"))


class _Tables:
    """What is written besides the annotations: profiles, and shares of labels."""

    def __init__(self, profile: str | None, shares: str | None, by: Sequence[str]) -> None:
        if profile:
            check_profile_path(profile)
        if shares:
            check_shares_path(shares)
        self._profile, self._shares, self._by = profile, shares, by
        self._profiles: list[tuple[Article, Profile]] = []
        self._counts: ShareCounts | None = None

    @property
    def paths(self) -> list[str]:
        """The files to be written."""
        return [path for path in (self._profile, self._shares) if path and path != "-"]

    def begin(self, annotator: Annotator) -> None:
        """Take what the models know of their errors."""
        if self._shares:
            self._counts = ShareCounts(self._by, errors_of(annotator))

    def add(self, article: Article, annotated: list[Annotated]) -> None:
        """Count an article."""
        if self._profile:
            self._profiles.append((replace(article, text=""), profile_of(article, annotated)))
        if self._counts:
            self._counts.add(article, annotated)

    def write(self, report: Callable[[SaysoError], None], stream: TextIO) -> None:
        """Write the files; shares without one go to the stream."""
        if self._profile:
            write_profiles(self._profile, self._profiles)
        if self._shares and self._counts:
            for column in self._counts.unknown_columns():
                report(SaysoError(f"--by {column}: no article says anything of it; is it a column of the table?"))
            _tell_shares(self._shares, self._counts, stream)


def _tell_shares(path: str, counts: ShareCounts, stream: TextIO) -> None:
    if path == "-":
        stream.write(f"\n{shares_text(list(counts.shares()))}")
    else:
        write_shares(path, counts)


def _propose_targets(article: Article, say: Callable[[str], None]) -> None:
    """Name whom the article names most: nothing is guessed of a stance that nobody asked for."""
    names = most_named(article.text)
    if names:
        say(f"Named most: {', '.join(names)}. Add --target {shlex.quote(names[0])} for each sentence's stance towards it.")


class _NothingError(Exception):
    """No article came out, so no file takes the place of an old one."""
