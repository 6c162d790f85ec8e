"""AnnotatedSentence sentences as JSON, as plain values, and as labelled sentences."""

import json
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring as quoted
from typing import Any

from ...data.records import Article, Attribution, Sentence, Span
from ..speakers.headline import n_in_headline
from .records import AnnotatedSentence, BiasLabel, FoundAttribution, OwnLabel, StanceLabel

_SHIFT = 1.5 * 2**52  # a float of this size has no place for a fraction
_ENCODER = json.JSONEncoder(  # `json.dumps` would make one a call; nothing here holds itself
    ensure_ascii=False, allow_nan=False, check_circular=False
)


def dump(value: Any) -> str:
    """Give a value as JSON, on one line."""
    return _ENCODER.encode(value)


class _Chances(dict[float, str]):
    """Chances as they are written, with four digits at most, each worked out once; the keys are shifted: see `rounded`."""

    def __missing__(self, shifted: float) -> str:
        number = (shifted - _SHIFT) / 10_000
        if not 0 <= number <= 1:
            raise ValueError(f"{number} is no chance")
        written = self[shifted] = repr(number)
        return written


_CHANCES = _Chances()


def written_chance(chance: float) -> str:
    """Give a chance as it is written."""
    return _CHANCES[chance * 10_000 + _SHIFT]


def rounded(number: float) -> float:
    """Round to four digits, in a fifth of the time that `round` takes."""
    return (number * 10_000 + _SHIFT - _SHIFT) / 10_000


def as_json(article: Article, annotated: Sequence[AnnotatedSentence], n_headline: int | None = None) -> list[str]:
    """Write the object of ``docs/annotation-format.md`` for each sentence of an article.

    This is the one place that knows its keys. What every sentence has is put together as text, in a third of the time that
    a dictionary and its encoding take.

    Parameters
    ----------
    article : Article
    annotated : sequence of AnnotatedSentence
        In order.
    n_headline : int, optional
        How many of them are the headline, where these are not all sentences of the article.

    Returns
    -------
    list of str, length n_sentences
        Each on one line, without its end.
    """
    text = article.text
    n_headline = n_in_headline(article, annotated) if n_headline is None else n_headline
    begin, language = f'{{"article": {quoted(article.id)}, "n": ', _words(article.language)
    objects = []
    for i, a in enumerate(annotated):
        start, end = a.span
        kind, source_type = a.kind, a.source_type
        objects.append(
            f'{begin}{a.n}, "start": {start}, "end": {end}, "text": {quoted(text[start:end])}, "language": {language}, '
            f'"is_headline": {_truth(i < n_headline)}, '
            f'"kind": "{kind}", "kind_confidence": {_CHANCES[a.kind_scores[kind] * 10_000 + _SHIFT]}, '
            f'"kind_scores": {_scores(a.kind_scores)}, "abstain": {_truth(a.abstain)}, "source_type": "{source_type}", '
            f'"source_type_confidence": {_CHANCES[a.source_type_scores[source_type] * 10_000 + _SHIFT]}, '
            f'"source": {_words(a.source)}, "cue": {_words(a.cue)}, "attributions": {_attributions(text, a.attributions)}, '
            f'"stance": {_stances(a.stance) if a.stance else "{}"}, "bias": {_bias(text, a.bias)}, '
            f'{_own(a.own) if a.own else ""}"why": {_reasons(a.why) if a.why else "{}"}}}'
        )
    return objects


def as_dict(article: Article, a: AnnotatedSentence, *, is_headline: bool = False) -> dict[str, Any]:
    """Give the object for one sentence as values."""
    values: dict[str, Any] = json.loads(as_json(article, [a], int(is_headline))[0])
    return values


def _words(words: str | None) -> str:
    return "null" if words is None else quoted(words)


def _truth(value: bool) -> str:
    return "true" if value else "false"


def _scores(scores: Mapping[str, float]) -> str:
    return "{" + ", ".join([f'"{label}": {_CHANCES[score * 10_000 + _SHIFT]}' for label, score in scores.items()]) + "}"


def _place(text: str, span: Span) -> str:
    """Write the inside of an object."""
    start, end = span
    return f'"start": {start}, "end": {end}, "text": {quoted(text[start:end])}'


def _attributions(text: str, attributions: Sequence[FoundAttribution]) -> str:
    return f"[{', '.join([_attribution(text, attribution) for attribution in attributions])}]" if attributions else "[]"


def _attribution(text: str, a: FoundAttribution) -> str:
    source = f"{{{_place(text, a.source)}}}" if a.source else "null"
    cue = f'{{{_place(text, a.cue)}, "tone": "{a.tone}"}}' if a.cue else "null"
    content = ", ".join([f'{{"start": {start}, "end": {end}}}' for start, end in a.content])
    return (
        f'{{"source": {source}, "speaker": {_words(a.speaker)}, "cue": {cue}, "content": [{content}], '
        f'"quoted": {_truth(a.quoted)}, "source_type": "{a.source_type}", '
        f'"via": {quoted(a.via.of(text)) if a.via else "null"}, "nested": {_attributions(text, a.nested)}}}'
    )


def _bias(text: str, bias: BiasLabel | None) -> str:
    if bias is None:
        return "null"
    words = ", ".join([f"{{{_place(text, span)}}}" for span in bias.words])
    return f'{{"label": "{bias.label}", "confidence": {written_chance(bias.confidence)}, "words": [{words}]}}'


def _stances(stances: Mapping[str, StanceLabel]) -> str:
    values = {
        target: {
            "label": stance.label,
            "confidence": rounded(stance.confidence),
            "scores": {label: rounded(score) for label, score in stance.scores.items()},
            "abstain": not stance.told,
            "named": stance.named,
        }
        for target, stance in stances.items()
    }
    return dump(values)


def _own(labels: Mapping[str, OwnLabel]) -> str:
    """Write the keys of columns of the user's own, each with the comma behind it."""
    values: dict[str, Any] = {}
    for column, own in labels.items():
        values |= {column: own.label, f"{column}_confidence": rounded(own.confidence)}
    return f"{dump(values)[1:-1]}, "


def _reasons(why: Mapping[str, Sequence[tuple[str, float]]]) -> str:
    return dump({task: [[reason, rounded(weight)] for reason, weight in reasons] for task, reasons in why.items()})


def as_sentence(a: AnnotatedSentence, extra: Mapping[str, str]) -> Sentence:
    """Take annotations for labels.

    Parameters
    ----------
    a : AnnotatedSentence
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
