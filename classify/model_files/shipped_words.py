"""The words of sentences as the model of loaded wording sees them, and what the package's own model says of them."""

from collections.abc import Iterable, Sequence
from functools import cache

import numpy as np

from ...data.records import Article, Span
from ..attribution.extractor import Candidate
from ..kinds.features import Features
from ..language.article_tokens import View
from ..linear.composed import BIAS
from ..linear.hashed import Weights
from ..linear.label_pairs import VOICE
from ..stance_bias.bias import Tokens
from ..stance_bias.bias_features import WordFacts, word_hashes
from ..tasks.bias import LOADED
from ..wording.model import L, Sentences, loaded_features, word_scores
from .container import read_model
from .shipped import mark_of, seen_by, shipped_model

_DEFAULT = "default "  # begins the names of what the package's model says


def sentence_tokens(seen: View, candidates: Sequence[Candidate], marked: Iterable[Span] = ()) -> list[Tokens]:
    """Describe the words of an article's sentences, and tell which are marked as loaded."""
    facts = WordFacts.of([seen])
    whose = facts.whose([seen], [candidates])
    hashes = word_hashes(facts, whose)
    loaded = np.zeros(len(whose), dtype=np.bool_)
    for span in marked:
        loaded |= (seen.starts < span.end) & (seen.ends > span.start)
    listed = facts.listed
    return [Tokens(hashes[a:b], whose[a:b], loaded[a:b], listed[a:b]) for a, b in seen.sentences]


@cache
def default_words() -> Weights | None:
    """Give the package's own model of loaded words; None where there is none."""
    path = shipped_model(BIAS)
    return LOADED.unpack(read_model(path)).words if path else None


def may_learn_from_default(articles: Iterable[Article]) -> bool:
    """Tell whether the package's models of loaded words, kind and source type have seen none of the articles."""
    paths = [path for name in (BIAS, VOICE) if (path := shipped_model(name))]
    seen = frozenset[str]().union(*(seen_by(read_model(path).manifest) for path in paths))
    return not any(mark_of(article) in seen for article in articles)


def default_features(rows: Sentences[L]) -> list[Features]:
    """Describe sentences that have tokens by what the package's own model of loaded words says of them."""
    words = default_words()
    if words is None:
        return [{} for _ in rows.tokens]
    said = loaded_features(word_scores(words, rows.tokens), rows)
    return [{_DEFAULT + name: value for name, value in row.items()} for row in said]
