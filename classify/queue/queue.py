"""A queue of sentences to label next: ask a model about what is unlabelled, and choose."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ...data.arrays import Floats64, Ints
from ...data.records import LABEL_COLUMNS, LabelledArticle, label_of
from ...data.rows.places import ABOUT_ARTICLE, RESERVED
from ...data.rows.suggestions import is_suggestion
from ...errors import SaysoError
from ..attribution.extractor import Candidate, Extractor
from ..language.article_tokens import view
from ..linear.label_pairs import PAIRED, VOICE
from ..model_files.files import ATTRIBUTION, BIAS, STANCE, load, sort_of
from ..model_files.shipped import shipped_model
from ..model_files.shipped_attributions import extract, shipped_extractor
from ..tasks.protocol import ColumnReader
from .choose import choose, choose_unlike, least_sure, margins


@dataclass(frozen=True, slots=True)
class Asker:
    """What is asked, and the column that it is asked about."""

    reader: ColumnReader
    column: str

    def chances(self, labelled: LabelledArticle, candidates: Sequence[Candidate]) -> Floats64:
        """Give the chance of each label for the sentences of an article: shape (n_sentences, n_labels)."""
        tokens = view(labelled.article.text, [s.span for s in labelled.sentences])
        return self.reader.chances(tokens, labelled.article.title, candidates)

    def chances_of(self, articles: Sequence[LabelledArticle], extractor: Extractor | None) -> list[Floats64]:
        """Give the chances of several articles, with the attributions that are found in them."""
        found = extract(extractor, articles) if extractor else [[] for _ in articles]
        return [self.chances(labelled, candidates) for labelled, candidates in zip(articles, found, strict=True)]


def load_asker(path: Path | None, column: str | None) -> Asker | None:
    """Load the model to ask: that of a file, or the package's of the column.

    Returns
    -------
    Asker or None
        None for a column of the user's own for which no file is given.

    Raises
    ------
    SaysoError
        If it labels no sentences, or not the column that is asked for, or the column can have no labels.
    """
    if path is None and column is not None and column not in LABEL_COLUMNS:
        _check_own(column)
        return None
    file = path or shipped_model(BIAS if column == BIAS else VOICE)
    if file is None:
        raise SaysoError("no model came along with the package; give one with --model.")
    model = load(file)
    name = path or "the model of the package"
    if model.task in (ATTRIBUTION, STANCE):
        raise SaysoError(f"{name}: labels no sentences; give a model of kind, source_type, bias or a column of yours.")
    sort = sort_of(model)
    if expected := sort.encoder(model):
        raise SaysoError(f"{name}: needs the encoder {expected['name']!r}; train one without --encoder to choose by.")
    if model.task == VOICE and (column or "kind") in PAIRED:
        asked = column or "kind"
        return Asker(replace(sort.reader(model), column=asked), asked)
    if model.task != VOICE and column in (None, model.task):
        return Asker(sort.reader(model), model.task)
    raise SaysoError(f"{name}: a model of the task {model.task!r}, which does not label {column!r}; give one with --model.")


def _check_own(column: str) -> None:
    """Refuse a column that holds something else than labels of sentences."""
    if column in (*RESERVED, ATTRIBUTION) or column.startswith(ABOUT_ARTICLE) or is_suggestion(column):
        raise SaysoError(f"{column!r} holds no labels of sentences; name kind, source_type, bias or a column of yours.")


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
    """What the model takes a sentence for, how likely that is, and how far ahead of the next label."""

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

    def chances(self, of_articles: Mapping[int, Floats64]) -> Floats64:
        """Pick their chances out of those of all sentences, given by article; shape (n_sentences, n_labels)."""
        return np.stack([of_articles[a][i] for a, i in self.places])


def suggest_sentences(articles: Sequence[LabelledArticle], asker: Asker | None, column: str, wanted: Wanted) -> list[Queued]:
    """Choose sentences that have no label in a column: the least sure first, or without a model those unlike each other.

    Raises
    ------
    SaysoError
        If every sentence is labelled, or the model takes none of them for what is wanted.
    """
    unlabelled = Unlabelled.of(articles, column)
    if not unlabelled.places:
        raise SaysoError(f"every sentence has a {column} already; there is nothing to label.")
    if asker is None:
        return unlike_each_other(unlabelled, wanted)
    asked = sorted({a for a, _ in unlabelled.places})
    found = asker.chances_of([articles[a] for a in asked], shipped_extractor())
    chances = unlabelled.chances(dict(zip(asked, found, strict=True)))
    return unsure(unlabelled, chances, asker.reader.labels, wanted)


def unlike_each_other(
    unlabelled: Unlabelled, wanted: Wanted, chooser: Callable[..., list[int]] = choose_unlike
) -> list[Queued]:
    """Choose without a model; ``chooser`` does what `choose_unlike` does."""
    texts, numbers = unlabelled.texts(), unlabelled.numbers()
    chosen = chooser(texts, numbers, wanted.n, per_article=wanted.per_article, seed=wanted.seed)
    return [Queued(unlabelled.articles[a], i) for k in chosen for a, i in (unlabelled.places[k],)]


def unsure(
    unlabelled: Unlabelled,
    chances: Floats64,
    labels: Sequence[str],
    wanted: Wanted,
    chooser: Callable[..., list[int]] = choose,
) -> list[Queued]:
    """Choose by what a model says.

    Parameters
    ----------
    unlabelled : Unlabelled
    chances : ndarray of shape (n_sentences, n_labels)
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
        so_called = np.flatnonzero(chances.argmax(axis=1) == list(labels).index(wanted.called)).tolist()
        if not so_called:
            raise SaysoError(f"the model takes none of the {len(chances):,} unlabelled sentences for {wanted.called!r}.")
        unlabelled, chances = unlabelled.only(so_called), chances[so_called]
    looked_at = least_sure(chances, unlabelled.numbers(), wanted.n, wanted.per_article)
    unlabelled, chances = unlabelled.only(looked_at), chances[looked_at]
    texts, numbers = unlabelled.texts(), unlabelled.numbers()
    ahead, top = margins(chances), chances.argmax(axis=1)
    return [
        Queued(unlabelled.articles[a], i, Guess(labels[top[k]], float(chances[k, top[k]]), float(ahead[k])))
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
            f"no model tells which sentences are {wanted.called!r}: {column!r} has none; give one with --model."
        )
    if wanted.called not in asker.reader.labels:
        raise SaysoError(f"{column} {wanted.called!r} is not one of {', '.join(asker.reader.labels)}.")
