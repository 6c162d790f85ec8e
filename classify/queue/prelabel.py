"""What models suggest for articles that people are to label, as columns apart from labels."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from ...data.records import LabelledArticle, Sentence
from ...data.rows.suggestions import with_suggestions
from ...errors import SaysoError, described
from ..annotation.annotator import load_annotator
from ..annotation.conversions import as_sentence
from ..annotation.records import AnnotatedSentence
from ..files.english import EnglishOnly
from ..word_reader.reader import WordReader


def suggester(
    models: Sequence[str],
    english: EnglishOnly,
    on_error: Callable[[SaysoError], object],
    reader: WordReader | None = None,
) -> Callable[[LabelledArticle], LabelledArticle]:
    """Give what adds a model's suggestions to an article; its labels stay as they are.

    Parameters
    ----------
    models : sequence of str
        Model files instead of the package's.
    english : EnglishOnly
        Tells which articles get suggestions.
    on_error : callable
        Is told of each article that has no suggestions because of a bug of ours.
    reader : WordReader, optional
        Reads the articles too.
    """
    annotator = load_annotator(models, reader=reader)

    def suggest(labelled: LabelledArticle) -> LabelledArticle:
        try:
            return suggested(labelled)
        except (SaysoError, MemoryError):
            raise
        except Exception as error:
            said, _ = described(error)
            name = labelled.article.id
            on_error(SaysoError(f"{name}: no suggestions because of an internal error of sayso ({said}); please report it."))
            return labelled

    def suggested(labelled: LabelledArticle) -> LabelledArticle:
        if not english.known(labelled.article) or not (annotated := annotator.annotate(labelled.article)):
            return labelled
        return with_suggestions(
            labelled, replace(labelled, sentences=tuple(map(_sentence, annotated)), complete=frozenset())
        )

    return suggest


def _sentence(a: AnnotatedSentence) -> Sentence:
    confidence = {
        "kind_confidence": f"{a.kind_scores[a.kind]:.4f}",
        "source_type_confidence": f"{a.source_type_scores[a.source_type]:.4f}",
    }
    if a.bias:
        confidence["bias_confidence"] = f"{a.bias.confidence:.4f}"
    return as_sentence(a, confidence)
