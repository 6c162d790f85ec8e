"""The rows of the text tasks: sentences described by their wording, their article and an encoder, ready for fitting."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from ..data.records import LabelledArticle
from .attribution import Candidate
from .bias import Tokens
from .encoders import Encoder
from .features import Features
from .fit import Ints, Rows, article_features, label_of
from .laid_out import LaidOut, lay_out
from .recipe import Recipe
from .text_features import VECTOR, WORDS, text_features
from .text_model import TextModel, chances

OWN = "towards "  # begins the names of features that are a target's own
Strings = NDArray[np.str_]
Item = tuple[int, str, str]
"""Number of a sentence in its article, target (empty without), label."""
SHARED = 0.55  # how much what all targets share weighs beside what is a target's own
_PLACES = (0.1, 0.2, 0.35, 0.5, 0.65, 0.8, 0.9)


@dataclass(frozen=True, slots=True)
class TextRows(Rows):
    """Sentences laid out for the text classifier.

    Parameters
    ----------
    targets : ndarray of str, shape (n_rows,)
        Empty where there are none.
    also : mapping of str to ndarray of str, shape (n_rows,)
        Their labels in the columns that are learned along; empty where unknown.
    tokens : list of Tokens, length n_rows, or empty
        Their words, where loaded ones are marked.
    """

    targets: Strings = field(default_factory=lambda: np.zeros(0, dtype=np.str_))
    also: Mapping[str, Strings] = field(default_factory=dict)
    tokens: list[Tokens] = field(default_factory=list)

    @property
    def laid(self) -> LaidOut:
        """The features as a matrix."""
        return self.features if isinstance(self.features, LaidOut) else lay_out(self.features)

    def take(self, index: Ints) -> "TextRows":
        """Give some of the rows."""
        also = {column: labels[index] for column, labels in self.also.items()}
        laid, labels = self.laid.take(index), self.labels[index]
        tokens = [self.tokens[i] for i in index] if self.tokens else []
        return TextRows(laid, labels, self.groups[index], self.weights[index], self.targets[index], also, tokens)

    def __add__(self, other: Rows) -> "TextRows":
        if not isinstance(other, TextRows):
            raise TypeError("rows of wording go with rows of wording")
        shift = int(self.groups.max(initial=-1)) + 1
        return TextRows(
            self.laid.below(other.laid),
            np.concatenate([self.labels, other.labels]),
            np.concatenate([self.groups, other.groups + shift]),
            np.concatenate([self.weights, other.weights]),
            np.concatenate([self.targets, other.targets]),
            {column: np.concatenate([labels, other.also[column]]) for column, labels in self.also.items()},
            self.tokens + other.tokens,
        )

    def beside(self, names: Sequence[str], values: NDArray[np.float32]) -> "TextRows":
        """Add features."""
        return replace(self, features=self.laid.beside(names, values))


def text_rows(
    articles: Sequence[LabelledArticle],
    candidates: Iterable[Sequence[Candidate]],
    items: Callable[[LabelledArticle], Sequence[Item]],
    recipe: Recipe,
    encoder: Encoder | None = None,
) -> TextRows:
    """Collect the labelled sentences.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    candidates : iterable of sequence of Candidate, length n_articles
        The attributions found in each.
    items : callable
        Gives what is labelled in an article.
    recipe : Recipe
        Which blocks of features there are.
    encoder : Encoder, optional
    """
    given = [items(a) for a in articles]
    places = [(number, *item) for number, of in enumerate(given) for item in of]
    sentences = [articles[number].sentences[n] for number, n, _, _ in places]
    targets = np.array([target for _, _, target, _ in places], dtype=np.str_)
    laid = lay_out(_described(articles, candidates, given, recipe))
    if encoder is not None and recipe.vectors and places:
        texts = [s.span.of(articles[number].article.text) for s, (number, *_) in zip(sentences, places, strict=True)]
        laid = _with_vectors(laid, encoder.encode(texts) * recipe.vectors, targets)
    return TextRows(
        laid,
        np.array([label for *_, label in places], dtype=np.str_),
        np.array([number for number, *_ in places], dtype=np.int64),
        np.ones(len(places)),
        targets,
        {column: np.array([label_of(s, column) or "" for s in sentences], dtype=np.str_) for column in recipe.also},
    )


def _described(
    articles: Sequence[LabelledArticle],
    candidates: Iterable[Sequence[Candidate]],
    given: Sequence[Sequence[Item]],
    recipe: Recipe,
) -> Iterator[Features]:
    for labelled, found, of in zip(articles, candidates, given, strict=True):
        if not of:
            continue
        around: Sequence[Features] = article_features(labelled, found) if recipe.article else [{}] * len(labelled.sentences)
        for n, target, _ in of:
            row = text_features(labelled.sentences[n].span.of(labelled.article.text), recipe.words, recipe.chars)
            place = place_features(labelled, n) if recipe.article else {}
            yield {**own_features(row, target), **around[n], **place}


def own_features(wording: Features, target: str) -> Features:
    """Give the wording twice where there is a target: shared by all targets, and the target's own."""
    if not target:
        return wording
    shared = {name: SHARED * value for name, value in wording.items()}
    return {**shared, **{f"{OWN}{target}| {name}": value for name, value in wording.items()}, f"{OWN}{target}|": 1.0}


def place_features(labelled: LabelledArticle, n: int) -> Features:
    """Tell where a sentence stands in its article, and how much of the headline and of the beginning it takes up."""
    text, total = labelled.article.text, len(labelled.sentences)
    words = _long_words(labelled.sentences[n].span.of(text))
    share = n / max(total - 1, 1)
    features: Features = {"place": share, f"sentence {min(n, 6)}": 1.0, f"from the end {min(total - 1 - n, 4)}": 1.0}
    features[f"place: {sum(share >= edge for edge in _PLACES)}"] = 1.0
    first = _long_words(labelled.sentences[0].span.of(text))
    for name, other in (("headline", _long_words(labelled.article.title or "")), ("beginning", first if n else set())):
        if other:
            common = len(words & other)
            features[f"words of the {name}"] = common / len(other)
            features[f"words of the {name}: {min(common, 5)}"] = 1.0
    return features


def _long_words(text: str) -> set[str]:
    return {name.removeprefix(WORDS) for name in text_features(text, (1, 1), (0, 0)) if len(name) > len(WORDS) + 3}


def _with_vectors(laid: LaidOut, vectors: NDArray[np.float32], targets: Strings) -> LaidOut:
    """Add an encoder's vectors; where there are targets also as each target's own."""
    names = [f"{VECTOR}{i}" for i in range(vectors.shape[1])]
    if not targets.any():
        return laid.beside(names, vectors)
    laid = laid.beside(names, SHARED * vectors)
    for target in np.unique(targets).tolist():
        own = csr_matrix(vectors * (targets == target)[:, None])
        laid = laid.beside([f"{OWN}{target}| {name}" for name in names], own)
    return laid


def text_chances(
    model: TextModel, labelled: LabelledArticle, candidates: Sequence[Candidate], encoder: Encoder | None = None
) -> NDArray[np.float64]:
    """Give the chance of each label for all sentences of an article, labelled or not.

    Returns
    -------
    ndarray of shape (n_sentences, n_labels)
    """

    def all_of(article: LabelledArticle) -> list[Item]:
        return [(n, "", "") for n in range(len(article.sentences))]

    return chances(model.outputs(text_rows([labelled], [candidates], all_of, model.recipe, encoder)))
