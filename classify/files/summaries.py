"""What is written besides the annotations: profiles of articles, and the prevalence of labels in all of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TextIO

from ...data.records import Article
from ...data.splits.near_articles import Least, signature_of
from ..annotation.records import AnnotatedSentence
from ..linear.known_errors import Errors
from ..speakers.prevalence import PrevalenceCounts, label_sums
from ..speakers.prevalence_tables import prevalence_text, write_prevalence
from ..speakers.profile import Profile, profile_of
from ..speakers.profile_table import write_profiles
from .copies import Copies
from .progress import Progress


@dataclass(frozen=True, slots=True)
class Summaries:
    """What is asked for.

    Parameters
    ----------
    profile : str, optional
        File for the profiles of the articles, ``.json`` or ``.csv``.
    shares : str, optional
        File for the prevalence of the labels over all articles, or ``-``.
    by : sequence of str
        Columns to part the prevalence by.
    keep_duplicates : bool, default=False
        Count every copy of an article in the prevalence.
    excel : bool, default=False
        Write CSV for Excel, see `data.tabular.spreadsheets`.
    """

    profile: str | None = None
    shares: str | None = None
    by: Sequence[str] = ()
    keep_duplicates: bool = False
    excel: bool = False

    @property
    def paths(self) -> list[str]:
        """The files to be written."""
        return [path for path in (self.profile, self.shares) if path and path != "-"]

    def of(self, article: Article, annotated: Sequence[AnnotatedSentence]) -> "Summary":
        """Give what they need of an article."""
        return Summary(
            profile_of(article, annotated) if self.profile else None,
            label_sums(article, annotated) if self.shares else None,
            signature_of(article.text) if self.shares and not self.keep_duplicates else None,
        )


class Summary(NamedTuple):
    """What summaries need of an article, each None where it is not needed.

    Parameters
    ----------
    profile : Profile or None
    sums : list of float or None
        See `label_sums`.
    signature : array or None
        By which copies are known.
    """

    profile: Profile | None
    sums: list[float] | None
    signature: Least | None


class Gathered:
    """Gathers the summaries of articles, and writes them in the end.

    Parameters
    ----------
    wanted : Summaries
    errors : mapping of str to Errors or str
        What is known of the errors of whatever labelled: see `errors_of`.
    """

    def __init__(self, wanted: Summaries, errors: Mapping[str, Errors | str]) -> None:
        self._wanted = wanted
        self._profiles: list[tuple[Article, Profile]] = []
        self._counts = PrevalenceCounts(wanted.by, errors) if wanted.shares else None
        self._copies = Copies(keep=wanted.keep_duplicates)

    def add(self, article: Article, summary: Summary) -> None:
        """Count an article."""
        if self._counts and summary.sums:
            self._counts.add_row(article, summary.sums)
            self._copies.add(article, summary.signature)
        if summary.profile:
            self._profiles.append((replace(article, text=""), summary.profile))

    def write(self, progress: Progress, stream: TextIO) -> None:
        """Write the files; prevalence without one goes to the stream."""
        if self._wanted.profile:
            write_profiles(self._wanted.profile, self._profiles, excel=self._wanted.excel)
        if self._wanted.shares and self._counts:
            self._counts.without(self._copies.not_to_count(progress.say))
            progress.report_unknown_columns(self._counts.unknown_columns())
            if self._wanted.shares == "-":
                stream.write(f"\n{prevalence_text(list(self._counts.estimates()))}")
            else:
                write_prevalence(self._wanted.shares, self._counts, excel=self._wanted.excel)
