"""The labels of one row: read and judged, or written."""

from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from ..records import Attribution, LabelledArticle, Sentence, Span
from ..schemas.shown import shown
from ..scheme import BIASES, KINDS, LABELS_OF, SOURCE_TYPES, SOURCE_TYPES_OF, STANCES, UNDECIDED, go_together
from .label_values import label_list, scheme_label, single
from .places import whole

_HINT = "offsets count characters from the article's first, end exclusive"


def as_json(s: Sentence, labelled: LabelledArticle) -> dict[str, Any]:
    """Give the labels of a sentence as plain values, every span with its words."""
    text = labelled.article.text

    def span(found: Span | None) -> dict[str, Any] | None:
        return found and {"start": found.start, "end": found.end, "text": found.of(text)}

    attributions = [
        {
            "source": span(x.source),
            "cue": span(x.cue),
            "content": [span(part) for part in x.content],
            "speaker": x.speaker,
            "source_type": x.source_type,
        }
        for x in s.attributions
    ]
    return {
        "kind": s.kind,
        "source_type": s.source_type,
        "bias": s.bias,
        "attributions": attributions if attributions or "attribution" in labelled.complete else None,
        "stance": [
            {"target": target, "label": label} | ({"mentions": [span(x) for x in found]} if found else {})
            for target, label in s.stance.items()
            for found in (s.mentions.get(target, ()),)
        ],
        "loaded": [span(part) for part in s.loaded],
    }


def labels_of(values: Mapping[str, Any], span: Span, text: str | None) -> tuple[dict[str, Any], list[str]]:
    """Read the labels of a row.

    Parameters
    ----------
    values : mapping
        The row, as `data.schemas.row.sifted` gives it.
    span : Span
        Where its sentence stands.
    text : str or None
        The article's text; None where the offsets are known to be wrong, so that no span can be read.

    Returns
    -------
    dict, list of str
        Fields of `Sentence`, and what is wrong.
    """
    reader = _LabelReader(text, span)
    bias = values.get("bias")
    labels: dict[str, Any] = {
        "kind": reader.label(values.get("kind"), "kind", KINDS),
        "source_type": reader.label(values.get("source_type"), "source_type", SOURCE_TYPES),
        "bias": reader.label(bias.get("label") if isinstance(bias, Mapping) else bias, "bias", BIASES),
        **reader.stance(values.get("stance") or ()),
        "loaded": reader.spans(values.get("loaded"), "loaded"),
    }
    kind, source_type = labels["kind"], labels["source_type"]
    if kind and source_type and not go_together(kind, source_type):
        reader.wrong.append(f"{kind} cannot have the source type {source_type}; it has {', '.join(SOURCE_TYPES_OF[kind])}.")
        labels["source_type"] = None
    if "attributions" in values:
        labels["attributions"] = reader.attributions(values["attributions"])
    elif "cue" in values or "source" in values:
        labels["attributions"] = reader.named(values, source_type)
    return labels, reader.wrong


class _LabelReader:
    """Reads labels and keeps what is wrong with them."""

    def __init__(self, text: str | None, sentence: Span) -> None:
        self.text, self.sentence = text, sentence
        self.wrong: list[str] = []

    def label(self, value: object, column: str, allowed: tuple[str, ...]) -> str | None:
        value = single(value)
        if value is None or value == "":
            return None
        label = scheme_label(value, allowed)
        if label is None and (several := label_list(value)) is not None:
            named = ", ".join(x if isinstance(x, str) else shown(x) for x in several)[:80]
            self.wrong.append(f"{column} holds {len(several)} labels ({named}); a sentence has one.")
        elif label is None:
            self.wrong.append(f"{column} {_cut(value)} is not one of {', '.join(allowed)}.{_hint(value, column, allowed)}")
        return label

    def stance(self, items: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """Read stances, and where their targets stand."""
        labels: dict[str, str] = {}
        mentions: dict[str, tuple[Span, ...]] = {}
        for x in items:
            target = x["target"]
            given = None if x.get("label") == UNDECIDED else x.get("label")
            label = self.label(given, f"stance towards {target}:", STANCES)
            if label:
                labels[target] = label
                if spans := self._mentions(x, target):
                    mentions[target] = spans
        return {"stance": labels, "mentions": mentions}

    def _mentions(self, x: Mapping[str, Any], target: str) -> tuple[Span, ...]:
        """Read where a target stands: spans of the article, or ``from`` and ``to``, which count in the sentence."""
        name = f"stance towards {target}: mention"
        if "from" not in x:
            return self.spans(x.get("mentions"), name)
        try:
            start, end = whole(x["from"], "from"), whole(x.get("to"), "to")
        except ValueError as error:
            self.wrong.append(f"{name}: {error}")
            return ()
        if not 0 <= start < end <= self.sentence.end - self.sentence.start:
            self.wrong.append(
                f"{name} is {start} to {end}, outside the sentence; offsets count from the sentence's first character."
            )
            return ()
        return (Span(self.sentence.start + start, self.sentence.start + end),)

    def attributions(self, items: Iterable[Mapping[str, Any]]) -> tuple[Attribution, ...]:
        if self.text is None:
            return ()
        return tuple(self._attribution(x, f"attribution {i}") for i, x in enumerate(items, 1))

    def _attribution(self, x: Mapping[str, Any], name: str) -> Attribution:
        return Attribution(
            source=self.span(x.get("source"), f"{name}: source"),
            cue=self.span(x.get("cue"), f"{name}: cue"),
            content=self.spans(x.get("content"), f"{name}: content"),
            speaker=x.get("speaker") or None,
            source_type=self.label(x.get("source_type"), f"{name}: source_type", SOURCE_TYPES),
        )

    def named(self, values: Mapping[str, Any], source_type: str | None) -> tuple[Attribution, ...]:
        """Find a source and a cue that are given as words in the sentence."""
        spans: dict[str, Span] = {}
        for role in ("source", "cue"):
            words = str(values.get(role, ""))
            at = self.text.find(words, *self.sentence) if words and self.text is not None else -1
            if at >= 0:
                spans[role] = Span(at, at + len(words))
            elif words and self.text is not None:
                self.wrong.append(f"{role} {words!r} does not occur in the sentence.")
        if not spans:
            return ()
        return (Attribution(spans.get("source"), spans.get("cue"), source_type=source_type),)

    def spans(self, items: Iterable[Mapping[str, Any] | None] | None, name: str) -> tuple[Span, ...]:
        spans = (self.span(x, f"{name} {i}") for i, x in enumerate(items or (), 1))
        return tuple(span for span in spans if span is not None)

    def span(self, value: Mapping[str, Any] | None, name: str) -> Span | None:
        if value is None or self.text is None:
            return None
        start, end = value["start"], value["end"]
        if not 0 <= start < end <= len(self.text):
            self.wrong.append(f"{name} is {start} to {end}, outside the article's {len(self.text)} characters; {_HINT}.")
            return None
        words = value.get("text")
        if words is not None and words != self.text[start:end]:
            there = self.text[start:end]
            self.wrong.append(f"{name} is {start} to {end}, which is {_cut(there)}, not {_cut(words)}; {_HINT}.")
            return None
        return Span(start, end)


def _hint(value: object, column: str, allowed: tuple[str, ...]) -> str:
    """Say how a column of ours is read as one of the user's own, unless the label is only misspelt."""
    is_misspelt = isinstance(value, str) and get_close_matches(value.casefold(), allowed, 1)
    if column not in LABELS_OF or is_misspelt:
        return ""
    return f" If these are your own labels, give --label-column {column}."


def _cut(value: object) -> str:
    if not isinstance(value, str):
        return shown(value)
    return repr(value if len(value) <= 40 else value[:39] + "…")
