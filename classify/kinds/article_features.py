"""What the models of kind, source type and plain label columns look at, for a whole article."""

from collections.abc import Sequence

from ...data.records import LabelledArticle
from ..attribution.extractor import Candidate
from ..language.article_tokens import View, view
from ..word_reader.reader import WordReader
from .features import Features, sentence_features
from .reading import Reading
from .word_features import add_words


def article_features(
    labelled: LabelledArticle, candidates: Sequence[Candidate], words: bool = False, reader: WordReader | None = None
) -> list[Features]:
    """Describe the sentences of one article.

    Parameters
    ----------
    labelled : LabelledArticle
        Its labels are not looked at.
    candidates : sequence of Candidate
        The attributions found in it by a model that did not see it.
    words : bool, default=False
        Add the words themselves, for labels that are about the topic.
    reader : WordReader, optional
        One that did not see it either.
    """
    return described_sentences(view(labelled.article.text, [s.span for s in labelled.sentences]), candidates, words, reader)


def described_sentences(
    tokens: View, candidates: Sequence[Candidate], words: bool = False, reader: WordReader | None = None
) -> list[Features]:
    """Describe the sentences of an article that has been cut into tokens; see `article_features`."""
    reading = Reading.of(tokens, candidates)
    rows = sentence_features(tokens, reading.guesses, reading.spoken, reader.read(tokens) if reader else None)
    if words:
        add_words(rows, tokens)
    return rows
