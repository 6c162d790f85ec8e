"""A queue of sentences to label next: ask a model about unlabelled sentences, and choose."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from ...data.arrays import Ints
from ...data.records import LabelledArticle, label_of
from ...errors import SaysoError
from .asker import Asker, Said, ask_each
from .choose import choose, choose_unlike, least_sure, margins


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which sentences are wanted.

    Parameters
    ----------
    n : int
        How many.
    called : str or None
        Only those that the model calls so; None: whatever it calls them.
    per_article : int
        At most so many of one article.
    seed : int
        Of the sorting by likeness.
    """

    n: int
    called: str | None = None
    per_article: int = 3
    seed: int = 0


class Guess(NamedTuple):
    """What the model takes a sentence for, how likely that is, and how far its likeliest label is ahead of the next."""

    label: str
    chance: float
    margin: float


@dataclass(frozen=True, slots=True)
class Queued:
    """A sentence to label.

    Parameters
    ----------
    labelled : LabelledArticle
    i : int
        Which of its sentences.
    guess : Guess or None
        The model's; None where no model was asked.
    """

    labelled: LabelledArticle
    i: int
    guess: Guess | None = None


@dataclass(frozen=True, slots=True)
class Unlabelled:
    """The sentences that have no label in a column.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    places : list of (int, int)
        Number of the article, and which of its sentences.
    """

    articles: Sequence[LabelledArticle]
    places: list[tuple[int, int]]

    @classmethod
    def of(cls, articles: Sequence[LabelledArticle], column: str) -> "Unlabelled":
        """Find them."""
        return cls(
            articles,
            [(a, i) for a, of in enumerate(articles) for i, s in enumerate(of.sentences) if label_of(s, column) is None],
        )

    def only(self, numbers: Sequence[int]) -> "Unlabelled":
        """Give some of them, by their numbers here."""
        return Unlabelled(self.articles, [self.places[k] for k in numbers])

    def texts(self) -> list[str]:
        """Give the words of each."""
        return [self.articles[a].sentences[i].span.of(self.articles[a].article.text) for a, i in self.places]

    def numbers(self) -> Ints:
        """Give the number of each one's article."""
        return np.array([a for a, _ in self.places], dtype=np.int64)

    def said(self, of_articles: Mapping[int, Said]) -> Said:
        """Pick what is said of them out of what is said of all sentences, given by article."""
        chances = [of_articles[a].chances[i] for a, i in self.places]
        return Said(np.stack(chances), np.array([of_articles[a].labels[i] for a, i in self.places]))


def suggest_sentences(
    articles: Sequence[LabelledArticle],
    asker: Asker | None,
    column: str,
    wanted: Wanted,
    on_error: Callable[[SaysoError], object] = lambda error: None,
) -> list[Queued]:
    """Choose sentences that have no label in a column: the least sure first, or without a model those unlike each other.

    ``on_error`` is told of each article that is left out because of a bug of ours.

    Raises
    ------
    SaysoError
        If every sentence is labelled, or the model takes none of them for what is wanted.
    """
    unlabelled = Unlabelled.of(articles, column)
    if not unlabelled.places:
        raise SaysoError(f"every sentence already has a {column}; there is nothing to label.")
    if asker is None:
        return unlike_each_other(unlabelled, wanted)
    asked = sorted({a for a, _ in unlabelled.places})
    found = zip(asked, ask_each(asker, [articles[a] for a in asked], on_error), strict=True)
    said = {a: of for a, of in found if of is not None}
    unlabelled = Unlabelled(articles, [place for place in unlabelled.places if place[0] in said])
    if not said:
        raise SaysoError("no article is left to choose sentences from.")
    return unsure(unlabelled, unlabelled.said(said), asker.labels, wanted)


def unlike_each_other(
    unlabelled: Unlabelled, wanted: Wanted, chooser: Callable[..., list[int]] = choose_unlike
) -> list[Queued]:
    """Choose without a model; ``chooser`` does what `choose_unlike` does."""
    texts, numbers = unlabelled.texts(), unlabelled.numbers()
    chosen = chooser(texts, numbers, wanted.n, per_article=wanted.per_article, seed=wanted.seed)
    return [Queued(unlabelled.articles[a], i) for k in chosen for a, i in (unlabelled.places[k],)]


def unsure(
    unlabelled: Unlabelled,
    said: Said,
    labels: Sequence[str],
    wanted: Wanted,
    chooser: Callable[..., list[int]] = choose,
) -> list[Queued]:
    """Choose by what a model says.

    Parameters
    ----------
    unlabelled : Unlabelled
    said : Said
        Of these sentences.
    labels : sequence of str
    wanted : Wanted
    chooser : callable
        Does what `choose` does, in another process perhaps.

    Raises
    ------
    SaysoError
        If the model takes none of them for what is wanted.
    """
    if wanted.called is not None:
        so_called = np.flatnonzero(said.labels == list(labels).index(wanted.called)).tolist()
        if not so_called:
            raise SaysoError(f"the model labels none of the {len(said.labels):,} unlabelled sentences as {wanted.called!r}.")
        unlabelled, said = unlabelled.only(so_called), said.only(so_called)
    looked_at = least_sure(said.chances, unlabelled.numbers(), wanted.n, wanted.per_article)
    unlabelled, said = unlabelled.only(looked_at), said.only(looked_at)
    texts, numbers = unlabelled.texts(), unlabelled.numbers()
    chances, ahead, told = said.chances, margins(said.chances), said.labels
    return [
        Queued(unlabelled.articles[a], i, Guess(labels[told[k]], float(chances[k, told[k]]), float(ahead[k])))
        for k in chooser(chances, texts, numbers, wanted.n, per_article=wanted.per_article, seed=wanted.seed)
        for a, i in (unlabelled.places[k],)
    ]


def check_called(asker: Asker | None, column: str, wanted: Wanted) -> None:
    """Refuse to look for a label that the model does not have.

    Raises
    ------
    SaysoError
        If the model does not tell it apart, or there is no model.
    """
    if wanted.called is None:
        return
    if asker is None:
        raise SaysoError(
            f"cannot choose sentences labelled {wanted.called!r}, because there is no model for "
            f"{column!r}; give one with --model."
        )
    if wanted.called not in asker.labels:
        raise SaysoError(f"{column} {wanted.called!r} is not one of {', '.join(asker.labels)}.")
