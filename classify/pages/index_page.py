"""The pages of several articles: an index of theirs, and a comparison."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ...data.display import counted
from ...data.records import Article
from ...errors import SaysoError
from ..annotation.article_name import name_of_article
from ..annotation.records import AnnotatedSentence
from ..speakers.profile import Profile, profile_of, together
from ..speakers.side_by_side import check_several, side_by_side
from ..speakers.speeches import speeches_of
from .article_page import lead_of, spelled
from .html import render

_MOST_COMPARED = 12  # articles that stand side by side on a page


class Column(NamedTuple):
    """A sentence in the strip of its article: its kind, the words before it, and its own."""

    kind: str
    at: int
    words: int


@dataclass(frozen=True, slots=True)
class Entry:
    """What an index shows of an article.

    Parameters
    ----------
    name : str
    file : str
        Its page; empty without one.
    byline : list of str
    strip : list of Column
    profile : Profile
    """

    name: str
    file: str
    byline: list[str]
    strip: list[Column]
    profile: Profile

    @classmethod
    def of(cls, article: Article, annotated: Sequence[AnnotatedSentence], file: str = "") -> "Entry":
        """Take it from an annotated article."""
        strip: list[Column] = []
        at, heard = 0, speeches_of(article, annotated)
        for a, words in zip(annotated[heard.n_in_headline :], heard.n_counted, strict=True):
            strip.append(Column(a.kind, at, words))
            at += words
        byline = [part for part in (article.outlet, article.date) if part]
        return cls(name_of_article(article), file, byline, strip, profile_of(article, annotated, heard))

    @property
    def spelled(self) -> str:
        """The strip for who cannot see it."""
        return spelled(column.kind for column in self.strip)


def index_page(entries: Sequence[Entry], *, compare: bool = False) -> str:
    """Give a page that leads to those of the articles, and sums them up.

    Parameters
    ----------
    entries : sequence of Entry
    compare : bool, default=False
        Set them side by side.

    Raises
    ------
    SaysoError
        If there are too few or too many to be compared.
    """
    if compare:
        check_several(len(entries))
        if len(entries) > _MOST_COMPARED:
            raise SaysoError(
                f"--compare: a page sets {_MOST_COMPARED} articles side by side, not {len(entries)}; give fewer."
            )
    everything = together(entry.profile for entry in entries)
    return render(
        "index.html.j2",
        styles=("index.css",),
        name=counted(len(entries), "article") + (" side by side" if compare else ""),
        lead=lead_of(everything),
        entries=entries,
        profile=everything,
        sections=side_by_side([entry.profile for entry in entries]) if compare else [],
    )
