"""Labelled sentences as rows of features, ready for fitting."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from ...classify.attribution.extractor import Candidate
from ...classify.kinds.article_features import article_features
from ...classify.kinds.features import Features
from ...classify.word_reader.reader import WordReader
from ...data.arrays import Floats64, Ints, Strings
from ...data.records import LabelledArticle, Sentence
from .sparse_features import LaidOut

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Rows:
    """Sentences ready for fitting; a subclass adds fields that hold something for each row.

    Parameters
    ----------
    features : sequence of dict of str to float, length n_sentences
    labels : ndarray of str, shape (n_sentences,)
        For the voice tasks ``kind/source_type``.
    groups : ndarray of int, shape (n_sentences,)
        Number of each sentence's article: folds never part an article.
    weights : ndarray of shape (n_sentences,)
    origins : list of str, length n_sentences, or empty
        What choices inside the training articles hold out together; articles, where it is empty.
    """

    features: Sequence[Features]
    labels: Strings
    groups: Ints
    weights: Floats64
    origins: list[str] = field(default_factory=list, kw_only=True)

    @property
    def held_out_together(self) -> Ints:
        """Number what no fold parts: the origins, or the articles."""
        return np.unique(self.origins, return_inverse=True)[1] if self.origins else self.groups

    @property
    def n_held_out_together(self) -> int:
        """How many of these there are: no more folds can be made."""
        return len(np.unique(self.held_out_together))

    @property
    def n_articles(self) -> int:
        """How many articles the sentences come from."""
        return len(np.unique(self.groups))

    def take(self, index: Ints) -> Self:
        """Give some of the rows."""
        return replace(self, **{f.name: taken(getattr(self, f.name), index) for f in fields(self)})

    def as_arrays(self) -> Arrays:
        """Give all of it as arrays of numbers and words, for a file."""
        features = list(self.features)
        names = sorted({name for row in features for name in row})
        number = {name: i for i, name in enumerate(names)}
        return {
            "names": np.array(names, dtype=np.str_),
            "lengths": np.array([len(row) for row in features], dtype=np.int64),
            "columns": np.array([number[name] for row in features for name in row], dtype=np.int64),
            "values": np.array([value for row in features for value in row.values()], dtype=np.float64),
            **{f"rows_{name}": getattr(self, name) for name in ("labels", "groups", "weights")},
        }

    @classmethod
    def of_arrays(cls, arrays: Arrays) -> Self:
        """Read what `as_arrays` gave; a key or a length that is wrong raises."""
        names, lengths = arrays["names"].tolist(), arrays["lengths"]
        columns, values = (np.split(arrays[part], np.cumsum(lengths)[:-1]) for part in ("columns", "values"))
        features = [
            {names[c]: v for c, v in zip(row.tolist(), numbers.tolist(), strict=True)}
            for row, numbers in zip(columns, values, strict=True)
        ][: len(lengths)]
        return cls(features, arrays["rows_labels"], arrays["rows_groups"], arrays["rows_weights"])

    def __add__(self, other: Self) -> Self:
        other = replace(other, groups=other.groups + int(self.groups.max(initial=-1)) + 1)
        return replace(self, **{f.name: concatenated(getattr(self, f.name), getattr(other, f.name)) for f in fields(self)})


def taken(values: Any, index: Ints) -> Any:
    """Take what some of the rows have in a field: an array, a matrix, a list (empty where nothing is known), several."""
    if isinstance(values, Mapping):
        return {name: taken(part, index) for name, part in values.items()}
    if isinstance(values, LaidOut):
        return values.take(index)
    if isinstance(values, np.ndarray):
        return values[index]
    return [values[i] for i in index] if values else []


def concatenated(one: Any, other: Any) -> Any:
    """Put the values of a field behind those of another."""
    if isinstance(one, Mapping):
        return {name: concatenated(part, other[name]) for name, part in one.items()}
    if isinstance(one, LaidOut):
        return one.below(other)
    return np.concatenate([one, other]) if isinstance(one, np.ndarray) else [*one, *other]


def voice_label(s: Sentence) -> str | None:
    """Give kind and source type as one label, of a sentence that has both."""
    return f"{s.kind}/{s.source_type}" if s.kind and s.source_type else None


def make_rows(
    articles: Sequence[LabelledArticle],
    candidates: Iterable[Sequence[Candidate]],
    label: Callable[[Sentence], str | None],
    *,
    words: bool = False,
    weight: float = 1.0,
    reader: WordReader | None = None,
) -> Rows:
    """Collect the sentences that have a label.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    candidates : iterable of sequence of Candidate, length n_articles
    label : callable
        Gives a sentence's label, None where it has none.
    words : bool
        See `article_features`.
    weight : float
        Of each of these sentences, beside others.
    reader : WordReader, optional
        One that learned from none of these articles.
    """
    features: list[Features] = []
    labels: list[str] = []
    groups: list[int] = []
    for number, (labelled, found) in enumerate(zip(articles, candidates, strict=True)):
        given = [label(s) for s in labelled.sentences]
        if not any(given):
            continue
        for of, row in zip(given, article_features(labelled, found, words, reader), strict=True):
            if of:
                features.append(row)
                labels.append(of)
                groups.append(number)
    numbers = np.array(groups, dtype=np.int64)
    return Rows(features, np.array(labels, dtype=np.str_), numbers, np.full(len(labels), weight))


def voice_rows(
    articles: Sequence[LabelledArticle],
    candidates: Iterable[Sequence[Candidate]],
    weight: float = 1.0,
    reader: WordReader | None = None,
) -> Rows:
    """Collect the sentences that have both kind and source type."""
    return make_rows(articles, candidates, voice_label, weight=weight, reader=reader)
