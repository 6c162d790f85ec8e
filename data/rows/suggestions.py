"""Columns beside labels that are none: what a model suggests, and how labels were given."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ..records import LabelledArticle, Sentence
from ..scheme import LABELS_OF
from .labels import as_json, labels_of

PREFIX = "suggested_"
"""Columns of a sentence whose names begin so hold suggestions: ``suggested_kind``, ``suggested_attributions`` …"""

CODEBOOK = "codebook"
"""The column that says under which version of a project's codebook each label of a sentence was given; see `given`."""

_BESIDE = ("_by_", "_p_")
_NESTED = ("attributions", "stance", "loaded")


def is_suggestion(column: str) -> bool:
    """Tell whether a column holds suggestions."""
    return column.startswith(PREFIX)


def is_label_column(column: str) -> bool:
    """Tell whether a further column of a sentence holds labels of the user's own."""
    return column != CODEBOOK and not is_suggestion(column)


def is_counted(column: str) -> bool:
    """Tell whether a further column holds labels that count as given.

    Those of one of several annotators (``topic_by_ana``) and chances of labels (``topic_p_sport``) stand beside labels.
    """
    return is_label_column(column) and not any(part in column for part in _BESIDE)


def own_labels(s: Sentence) -> dict[str, str]:
    """Give a sentence's labels in columns of the user's own."""
    return {column: label for column, label in s.extra.items() if is_label_column(column)}


def has_suggestions(labelled: LabelledArticle) -> bool:
    """Tell whether anything is suggested for an article."""
    return any(is_suggestion(name) for s in labelled.sentences for name in s.extra)


def has_labels(labelled: LabelledArticle) -> bool:
    """Tell whether a person, or what stands for one, has labelled anything in an article."""
    return bool(labelled.complete) or any(
        s.kind or s.source_type or s.bias or s.stance or s.loaded or s.attributions or any(map(is_label_column, s.extra))
        for s in labelled.sentences
    )


def suggested(labelled: LabelledArticle) -> LabelledArticle:
    """Give an article as a model would label it: what is suggested stands in the place of labels."""
    return replace(labelled, sentences=tuple(_as_labels(s, labelled) for s in labelled.sentences), complete=frozenset())


def as_suggested(labelled: LabelledArticle) -> LabelledArticle:
    """Give an article that a model labelled: its labels stand as suggestions, and nobody has labelled it."""
    sentences = (Sentence(s.n, s.span, extra=suggestion_columns(s, labelled)) for s in labelled.sentences)
    return replace(labelled, sentences=tuple(sentences), complete=frozenset())


def without_suggestions(labelled: LabelledArticle) -> LabelledArticle:
    """Give an article with its labels only."""
    sentences = (replace(s, extra={k: v for k, v in s.extra.items() if not is_suggestion(k)}) for s in labelled.sentences)
    return replace(labelled, sentences=tuple(sentences))


def _as_labels(s: Sentence, labelled: LabelledArticle) -> Sentence:
    from ..schemas.row import sifted

    cells = {name.removeprefix(PREFIX): value for name, value in s.extra.items() if is_suggestion(name)}
    values, _ = sifted(cells)
    labels, _ = labels_of(values, s.span, labelled.article.text)
    own = {name: value for name, value in values.items() if name not in (*_NESTED, *LABELS_OF)}
    return Sentence(s.n, s.span, extra=own, **labels)


def suggestion_columns(s: Sentence, labelled: LabelledArticle) -> dict[str, str]:
    """Give the labels that a model gave a sentence as columns of suggestions."""
    labels: Mapping[str, Any] = as_json(s, labelled)
    columns = {PREFIX + name: str(labels[name]) for name in LABELS_OF if labels[name]}
    columns |= {PREFIX + name: json.dumps(labels[name], ensure_ascii=False) for name in _NESTED if labels[name]}
    return columns | {name if is_suggestion(name) else PREFIX + name: value for name, value in s.extra.items()}


def with_suggestions(labelled: LabelledArticle, model: LabelledArticle) -> LabelledArticle:
    """Add what a model says of an article; earlier suggestions go, labels stay.

    Parameters
    ----------
    labelled : LabelledArticle
    model : LabelledArticle
        The same sentences, labelled by the model.
    """
    of = {s.span: suggestion_columns(s, model) for s in model.sentences}
    sentences = tuple(replace(s, extra={**s.extra, **of.get(s.span, {})}) for s in without_suggestions(labelled).sentences)
    return replace(labelled, sentences=sentences)
