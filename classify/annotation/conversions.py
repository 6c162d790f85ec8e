"""Annotated sentences as plain values, as programs read them, and as labelled sentences."""

from collections.abc import Mapping
from typing import Any

from ...data.records import Article, Attribution, Sentence, Span
from .records import Annotated, FoundAttribution, StanceLabel

_SHIFT = 1.5 * 2**52  # a float of this size has no place for a fraction


def as_dict(article: Article, a: Annotated) -> dict[str, Any]:
    """Give the object of ``docs/annotation-format.md`` for a sentence."""
    return {
        "article": article.id,
        "n": a.n,
        "start": a.span.start,
        "end": a.span.end,
        "text": a.span.of(article.text),
        "language": article.language,
        "kind": a.kind,
        "kind_confidence": _rounded(a.kind_scores[a.kind]),
        "kind_scores": {label: _rounded(score) for label, score in a.kind_scores.items()},
        "abstain": a.abstain,
        "source_type": a.source_type,
        "source_type_confidence": _rounded(a.source_type_scores[a.source_type]),
        "source": a.source,
        "cue": a.cue,
        "attributions": [_attribution(article.text, attribution) for attribution in a.attributions],
        "stance": {target: _stance(stance) for target, stance in a.stance.items()},
        "bias": a.bias
        and {
            "label": a.bias.label,
            "confidence": _rounded(a.bias.confidence),
            "words": [_place(article.text, span) for span in a.bias.words],
        },
        **_own(a),
        "why": {task: [[name, _rounded(weight)] for name, weight in pairs] for task, pairs in a.why.items()},
    }


def _own(a: Annotated) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for column, own in a.own.items():
        values |= {column: own.label, f"{column}_confidence": _rounded(own.confidence)}
    return values


def _stance(stance: StanceLabel) -> dict[str, Any]:
    return {
        "label": stance.label,
        "confidence": _rounded(stance.confidence),
        "scores": {label: _rounded(score) for label, score in stance.scores.items()},
        "abstain": not stance.told,
        "named": stance.named,
    }


def _attribution(text: str, attribution: FoundAttribution) -> dict[str, Any]:
    source, cue = attribution.source, attribution.cue
    return {
        "source": _place(text, source) if source else None,
        "speaker": attribution.speaker,
        "cue": {**_place(text, cue), "tone": attribution.tone} if cue else None,
        "content": [{"start": span.start, "end": span.end} for span in attribution.content],
        "quoted": attribution.quoted,
        "source_type": attribution.source_type,
        "via": attribution.via.of(text) if attribution.via else None,
        "nested": [_attribution(text, inner) for inner in attribution.nested],
    }


def _place(text: str, span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _rounded(number: float) -> float:
    """Round to four digits, in a fifth of the time that `round` takes."""
    return (number * 10_000 + _SHIFT - _SHIFT) / 10_000


def as_sentence(a: Annotated, extra: Mapping[str, str]) -> Sentence:
    """Take annotations for labels.

    Parameters
    ----------
    a : Annotated
    extra : mapping of str to str
        Further columns of the sentence.
    """
    return Sentence(
        n=a.n,
        span=a.span,
        kind=a.kind,
        source_type=a.source_type,
        bias=a.bias.label if a.bias else None,
        stance={target: stance.label for target, stance in a.stance.items() if stance.told},
        loaded=a.bias.words if a.bias else (),
        extra=extra,
        attributions=tuple([Attribution(f.source, f.cue, f.content, f.speaker, f.source_type) for f in a.attributions]),
    )
