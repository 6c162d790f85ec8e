"""What the models of kind, source type and plain label columns look at, for a whole article."""

from collections.abc import Sequence

from ...data.records import LabelledArticle
from ..attribution.extractor import Candidate
from ..language.article_tokens import view
from ..language.kind_rule import apply_rule
from ..language.mentions import introductions
from .features import Features, resolve_sources, sentence_features, voices
from .word_features import add_words


def article_features(labelled: LabelledArticle, candidates: Sequence[Candidate], words: bool = False) -> list[Features]:
    """Describe the sentences of one article.

    Parameters
    ----------
    labelled : LabelledArticle
        Its labels are not looked at.
    candidates : sequence of Candidate
        The attributions found in it by a model that did not see it.
    words : bool, default=False
        Add the words themselves, for labels that are about the topic.
    """
    viewed = view(labelled.article.text, [s.span for s in labelled.sentences])
    named = introductions(viewed)
    rows = sentence_features(
        viewed, apply_rule(viewed, named), voices(viewed, candidates, resolve_sources(viewed, candidates, named))
    )
    if words:
        add_words(rows, viewed)
    return rows
