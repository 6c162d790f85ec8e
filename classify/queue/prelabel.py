"""What models suggest for articles that people are to label, as columns apart from labels."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from ...data.records import Attribution, LabelledArticle, Sentence
from ...data.rows.suggestions import with_suggestions
from ..annotation.annotator import load_annotator
from ..annotation.records import Annotated, FoundAttribution


def suggester(models: Sequence[str] = ()) -> Callable[[LabelledArticle], LabelledArticle]:
    """Give what adds a model's suggestions to an article; its labels stay as they are.

    Parameters
    ----------
    models : sequence of str
        Model files instead of the package's.
    """
    annotator = load_annotator(models)

    def suggest(labelled: LabelledArticle) -> LabelledArticle:
        found = annotator.annotate(labelled.article)
        if not found:
            return labelled
        return with_suggestions(labelled, replace(labelled, sentences=tuple(map(_sentence, found)), complete=frozenset()))

    return suggest


def _sentence(found: Annotated) -> Sentence:
    confidence = {
        "kind_confidence": f"{found.kind_scores[found.kind]:.4f}",
        "source_type_confidence": f"{found.source_type_scores[found.source_type]:.4f}",
    }
    if found.bias:
        confidence["bias_confidence"] = f"{found.bias.confidence:.4f}"
    return Sentence(
        found.n,
        found.span,
        kind=found.kind,
        source_type=found.source_type,
        bias=found.bias.label if found.bias else None,
        loaded=found.bias.words if found.bias else (),
        stance={target: said.label for target, said in found.stance.items()},
        attributions=tuple(map(_attribution, found.attributions)),
        extra=confidence,
    )


def _attribution(found: FoundAttribution) -> Attribution:
    return Attribution(found.source, found.cue, found.content, found.speaker, found.source_type)
