"""Writing annotations out for programs: JSON lines, JSON, CSV."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from ...data.records import Article, Span
from ..annotation.records import Annotated, FoundAttribution

CSV_COLUMNS = (
    *("article", "n", "start", "end", "text", "kind", "kind_confidence", "abstain"),
    *("source_type", "source_type_confidence", "source", "cue"),
    *("bias", "bias_confidence", "loaded", "stance"),
)
_SHIFT = 1.5 * 2**52
_ENCODER = json.JSONEncoder(  # `json.dumps` would make one a sentence; nothing here holds itself
    ensure_ascii=False, allow_nan=False, check_circular=False
)


class Writer(Protocol):
    """Turns annotated articles into text, or bytes, one after the other."""

    def begin(self) -> str | bytes:
        """Give what stands before the first article."""
        ...

    def article(self, article: Article, annotated: list[Annotated]) -> str | bytes:
        """Give what stands for one article."""
        ...

    def end(self) -> str | bytes:
        """Give what stands behind the last article."""
        ...


class JsonLines:
    """One sentence a line."""

    def begin(self) -> str:
        """Give nothing."""
        return ""

    def article(self, article: Article, annotated: list[Annotated]) -> str:
        """Give a line for each sentence."""
        return "".join([f"{_dump(as_dict(article, a))}\n" for a in annotated])

    def end(self) -> str:
        """Give nothing."""
        return ""


class Json:
    """One array of the same objects that `JsonLines` writes."""

    def __init__(self) -> None:
        self._separator = "[\n"

    def begin(self) -> str:
        """Give nothing: the bracket comes with the first sentence."""
        return ""

    def article(self, article: Article, annotated: list[Annotated]) -> str:
        """Give the sentences, each after its comma."""
        parts = []
        for a in annotated:
            parts += [self._separator, _dump(as_dict(article, a))]
            self._separator = ",\n"
        return "".join(parts)

    def end(self) -> str:
        """Close the array."""
        return "\n]\n" if self._separator == ",\n" else "[]\n"


class Csv:
    """A row a sentence, without attributions, scores and reasons.

    Parameters
    ----------
    own : sequence of str
        Columns of the user's own that models label.
    """

    def __init__(self, own: Sequence[str] = ()) -> None:
        self._columns = [*CSV_COLUMNS, *(name for column in own for name in (column, f"{column}_confidence"))]

    def begin(self) -> str:
        """Give the header."""
        return _csv_row(self._columns)

    def article(self, article: Article, annotated: list[Annotated]) -> str:
        """Give a row for each sentence; what is not known is empty."""
        rows = []
        for a in annotated:
            known = as_dict(article, a)
            known |= {"abstain": str(a.abstain).lower(), "stance": _stances(known["stance"]), **_bias(known["bias"])}
            rows.append(_csv_row([known[column] for column in self._columns]))
        return "".join(rows)

    def end(self) -> str:
        """Give nothing."""
        return ""


def _csv_row(cells: Sequence[Any]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()[:-2] + "\n"  # with both in the end of the line, both are quoted elsewhere


def _stances(found: Mapping[str, Any]) -> str:
    return _dump({target: of["label"] for target, of in found.items()}) if found else ""


def _bias(found: Mapping[str, Any] | None) -> dict[str, Any]:
    if found is None:
        return dict.fromkeys(("bias", "bias_confidence", "loaded"))
    loaded = _dump(found["words"]) if found["words"] else ""
    return {"bias": found["label"], "bias_confidence": found["confidence"], "loaded": loaded}


def as_dict(article: Article, a: Annotated) -> dict[str, Any]:
    """Give the object of ``docs/annotation-format.md`` for a sentence."""
    return {
        "article": article.id,
        "n": a.n,
        "start": a.span.start,
        "end": a.span.end,
        "text": a.span.of(article.text),
        "kind": a.kind,
        "kind_confidence": _rounded(a.kind_scores[a.kind]),
        "kind_scores": {label: _rounded(score) for label, score in a.kind_scores.items()},
        "abstain": a.abstain,
        "source_type": a.source_type,
        "source_type_confidence": _rounded(a.source_type_scores[a.source_type]),
        "source": a.source,
        "cue": a.cue,
        "attributions": [_attribution(article.text, found) for found in a.attributions],
        "stance": {
            target: {"label": found.label, "confidence": _rounded(found.confidence)} for target, found in a.stance.items()
        },
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
    found: dict[str, Any] = {}
    for column, of in a.own.items():
        found |= {column: of.label, f"{column}_confidence": _rounded(of.confidence)}
    return found


def _attribution(text: str, found: FoundAttribution) -> dict[str, Any]:
    return {
        "source": _place(text, found.source) if found.source else None,
        "speaker": found.speaker,
        "cue": {**_place(text, found.cue), "tone": found.tone} if found.cue else None,
        "content": [{"start": span.start, "end": span.end} for span in found.content],
        "quoted": found.quoted,
        "source_type": found.source_type,
        "nested": [_attribution(text, inner) for inner in found.nested],
    }


def _place(text: str, span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "text": span.of(text)}


def _rounded(number: float) -> float:
    """Round to four digits: a shift by 1.5 × 2⁵² leaves no place for a fraction; `round` takes five times as long."""
    return (number * 10_000 + _SHIFT - _SHIFT) / 10_000


def _dump(value: Any) -> str:
    return _ENCODER.encode(value)
