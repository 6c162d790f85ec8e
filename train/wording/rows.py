"""The rows of the text tasks: sentences described by their wording, their article and an encoder, ready for fitting."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import numpy as np

from ...classify.attribution.extractor import Candidate
from ...classify.kinds.features import Features
from ...classify.language.article_tokens import view
from ...classify.model_files.shipped_words import default_features, sentence_tokens
from ...classify.stance_bias.bias import Tokens
from ...classify.stance_bias.stance import targets_of
from ...classify.wording.describe import describe_article
from ...classify.wording.encoders import Encoder
from ...classify.wording.recipe import Recipe
from ...classify.wording.vectors import encode_texts, encoded_texts
from ...data.arrays import Floats32, Strings
from ...data.corpora.reader import GROUP
from ...data.records import LabelledArticle, Sentence, label_of
from ..sentences.fit_bias import pack_tokens, unpack_tokens
from ..sentences.rows import Arrays, Rows
from ..sentences.sparse_features import LaidOut, lay_out

_MONTH = len("2026-11")  # of a date: year and month
_ENOUGH = 5  # outlets, months or events: so many make folds
_MOST = 0.5  # of the articles, that one of them may have
Item = tuple[int, str, str]
"""Number of a sentence in its article, target (empty without), label."""


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
        Their words, where loaded ones are looked for.
    """

    targets: Strings = field(default_factory=lambda: np.zeros(0, dtype=np.str_))
    also: Mapping[str, Strings] = field(default_factory=dict)
    tokens: list[Tokens] = field(default_factory=list)

    @property
    def laid(self) -> LaidOut:
        """The features as a matrix."""
        return self.features if isinstance(self.features, LaidOut) else lay_out(self.features)

    def as_arrays(self) -> Arrays:
        """Give all of it as arrays; see `Rows`."""
        also = {f"also {column}": labels for column, labels in self.also.items()}
        tokens = pack_tokens(self.tokens) if self.tokens else {}
        origins = {"origins": np.array(self.origins, dtype=np.str_)} if self.origins else {}
        return {**Rows.as_arrays(self), "targets": self.targets, **also, **tokens, **origins}

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> Self:
        """Read what `as_arrays` gave."""
        rows, tokens = Rows.of_arrays(arrays), unpack_tokens(arrays) if "tokens" in arrays else []
        also = {key.removeprefix("also "): labels for key, labels in arrays.items() if key.startswith("also ")}
        origins = arrays["origins"].tolist() if "origins" in arrays else []
        laid = lay_out(rows.features)
        return cls(laid, rows.labels, rows.groups, rows.weights, arrays["targets"], also, tokens, origins=origins)

    def beside(self, names: Sequence[str], values: Floats32) -> "TextRows":
        """Add features."""
        return replace(self, features=self.laid.beside(names, values))


def text_rows(
    articles: Sequence[LabelledArticle],
    candidates: Sequence[Sequence[Candidate]],
    items: Callable[[LabelledArticle], Sequence[Item]],
    recipe: Recipe,
    encoder: Encoder | None = None,
) -> TextRows:
    """Collect the labelled sentences.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    candidates : sequence of sequence of Candidate, length n_articles
        The attributions found in each.
    items : callable
        Gives what is labelled in an article.
    recipe : Recipe
        Which blocks of features there are.
    encoder : Encoder, optional
    """
    given = [items(a) for a in articles]
    numbers, sentences, targets, labels = _columns(articles, given)
    laid = lay_out(_described(articles, candidates, given, recipe))
    if encoder is not None and recipe.vectors and labels:
        laid = laid.beside(*encode_texts(encoder, list(_encoded(articles, given, recipe)), recipe.vectors))
    rows = TextRows(
        laid,
        np.array(labels, dtype=np.str_),
        np.array(numbers, dtype=np.int64),
        np.ones(len(labels)),
        np.array(targets, dtype=np.str_),
        {column: np.array([label_of(s, column) or "" for s in sentences], dtype=np.str_) for column in recipe.also},
        _tokens(articles, candidates, given) if recipe.loaded else [],
        origins=[name for name, of in zip(origins_of(articles), given, strict=True) for _ in of],
    )
    return replace(rows, features=laid.with_rows(default_features(rows))) if recipe.default else rows


def origins_of(articles: Sequence[LabelledArticle]) -> list[str]:
    """Name where articles come from, as folds inside the training articles should part them.

    A model is asked about outlets, dates and events that it has not seen. So what is chosen for it is chosen by outlet,
    else by month, else by event, whichever the data tells of all articles and has several of; else by article.

    Parameters
    ----------
    articles : sequence of LabelledArticle

    Returns
    -------
    list of str, length n_articles
    """
    ids = [labelled.article.id for labelled in articles]
    events = [labelled.meta.get(GROUP, name) for labelled, name in zip(articles, ids, strict=True)]
    outlets = [labelled.article.outlet or "" for labelled in articles]
    months = [(labelled.article.date or "")[:_MONTH] for labelled in articles]
    for names in (outlets, months):
        counts = Counter(names)
        if len(counts) >= _ENOUGH and "" not in counts and max(counts.values()) <= _MOST * len(names):
            return names
    return events


def _columns(
    articles: Sequence[LabelledArticle], given: Sequence[Sequence[Item]]
) -> tuple[list[int], list[Sentence], list[str], list[str]]:
    """List number of the article, sentence, target and label of everything labelled."""
    places = [
        (number, articles[number].sentences[n], target, label) for number, of in enumerate(given) for n, target, label in of
    ]
    numbers, sentences, targets, labels = zip(*places, strict=True) if places else ((), (), (), ())
    return list(numbers), list(sentences), list(targets), list(labels)


def _tokens(
    articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]], given: Sequence[Sequence[Item]]
) -> list[Tokens]:
    """Describe the words of what is labelled."""
    found: list[Tokens] = []
    for labelled, attributions, of in zip(articles, candidates, given, strict=True):
        if of:
            seen = view(labelled.article.text, [s.span for s in labelled.sentences])
            own = sentence_tokens(seen, attributions, [span for s in labelled.sentences for span in s.loaded])
            found += [own[n] for n, _, _ in of]
    return found


def _described(
    articles: Sequence[LabelledArticle],
    candidates: Iterable[Sequence[Candidate]],
    given: Sequence[Sequence[Item]],
    recipe: Recipe,
) -> Iterator[Features]:
    for labelled, found, of in zip(articles, candidates, given, strict=True):
        if of:
            seen = view(labelled.article.text, [s.span for s in labelled.sentences])
            asked = [(n, target) for n, target, _ in of]
            yield from describe_article(seen, labelled.article.title, found, asked, targets_of(labelled), recipe)


def _encoded(
    articles: Sequence[LabelledArticle], given: Sequence[Sequence[Item]], recipe: Recipe
) -> Iterator[tuple[str, ...]]:
    """Give what an encoder looks at, in the order of the rows."""
    for labelled, of in zip(articles, given, strict=True):
        if of:
            seen = view(labelled.article.text, [s.span for s in labelled.sentences])
            yield from encoded_texts(seen, [(n, target) for n, target, _ in of], targets_of(labelled), recipe)
