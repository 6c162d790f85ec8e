"""Annotating many articles, in this process or in several: what is made of each comes in the order of the articles."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from ...data.articles.metadata.article_language import article_language
from ...data.records import Article
from ...errors import OF_THE_RUN, described
from ..annotation.annotation import Annotation
from ..annotation.annotator import Annotator, grouped
from ..files.english import EnglishOnly
from ..stance_bias.targets import Target
from .processes import Processes

Part = TypeVar("Part")


class Failure(NamedTuple):
    """What a bug of ours did to an article: the error in a line, and its trace."""

    error: str
    trace: str

    @classmethod
    def of(cls, error: Exception) -> "Failure":
        """Take it from the error that is being handled."""
        return cls(*described(error))


class Outcome(NamedTuple, Generic[Part]):
    """What became of an article.

    Parameters
    ----------
    language : str or None
    shares : mapping of str to float
        Both as `article_language` gives them.
    n_sentences : int
        0 in an article that was left out for its language, too.
    part : optional
        What was asked to be made of the sentences; None without any.
    failure : Failure or None
    """

    language: str | None = None
    shares: Mapping[str, float] = {}
    n_sentences: int = 0
    part: Part | None = None
    failure: Failure | None = None


@dataclass(frozen=True, slots=True)
class Work(Generic[Part]):
    """What is done with articles.

    Parameters
    ----------
    annotator : Annotator
    make_part : callable
        Gives what is wanted of an article with its sentences, by itself; with several processes it is pickled.
    any_language : bool
        Annotate articles that are not English too.
    n_why : int
        How many reasons to give for each label.
    targets : sequence of Target
        Towards whom each sentence's stance is asked for.
    """

    annotator: Annotator
    make_part: Callable[[Article, Annotation], Part]
    any_language: bool = False
    n_why: int = 0
    targets: Sequence[Target] = ()

    def outcomes(self, group: Sequence[Article]) -> list[Outcome[Part]]:
        """Work on some articles at once; an error of ours in one of them costs that one alone."""
        try:
            return self._together(group)
        except OF_THE_RUN:
            raise
        except Exception as error:
            failure = Failure.of(error)
        if len(group) == 1:
            return [Outcome(failure=failure)]
        return [outcome for article in group for outcome in self.outcomes([article])]

    def _together(self, group: Sequence[Article]) -> list[Outcome[Part]]:
        english = EnglishOnly(any_language=self.any_language)
        languages = [article_language(article) for article in group]
        known = [english.judged(article, *found) for article, found in zip(group, languages, strict=True)]
        annotated = self.annotator.annotate_all([article for article in known if article], self.n_why, self.targets)
        return [
            Outcome(*found) if article is None else self._outcome(found, next(annotated))
            for article, found in zip(known, languages, strict=True)
        ]

    def _outcome(self, found: tuple[str | None, Mapping[str, float]], annotation: Annotation) -> Outcome[Part]:
        part = self.make_part(annotation.article, annotation) if annotation else None
        return Outcome(*found, len(annotation), part)


def worked_on(
    articles: Iterable[Article], work: Work[Part], processes: "Processes[Work[Part]] | None" = None
) -> Iterator[tuple[Article, Outcome[Part]]]:
    """Work on one article after the other.

    Parameters
    ----------
    articles : iterable of Article
        Read no further ahead than is needed to keep the processes busy.
    work : Work
    processes : Processes, optional
        Processes with the same work; without them it is done in this one.
    """
    groups = grouped(articles)
    done = processes.in_order(Work.outcomes, groups) if processes else ((group, work.outcomes(group)) for group in groups)
    for group, outcomes in done:
        yield from zip(group, outcomes, strict=True)
