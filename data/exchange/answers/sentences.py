"""Labels of stretches become labels of sentences, or sources, cues, content and loaded words."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from ...articles.sentences import find_sentences
from ...records import Span
from ...schemas.shown import shown
from ...scheme import LABELS_OF
from ..passages import CUE, LOADED, SENTENCE, SOURCE, Mark, MarkedAttribution
from .columns import ROLE, STANCE, Control, with_target
from .record import Answers, Record, SpanLabel

_LABELS = (*LABELS_OF, STANCE)
_SIGN = re.compile(r"\w")


def sentences_in(record: Record) -> list[Span]:
    """Return the sentences of a text: those that the tool knows, or those that are found."""
    return record.sentences or list(find_sentences(record.text))


class LabelledStretches:
    """Puts the labels of stretches onto sentences.

    A stretch stands for the sentences of which it covers more than half, or else for the one that holds most of it.
    Sentences that a stretch holds together are one, as the person saw it.

    Parameters
    ----------
    record : Record
    controls : mapping of str to Control
    unused : Counter of str
        Takes what cannot be used, in words, with its number.
    """

    def __init__(self, record: Record, controls: Mapping[str, Control], unused: Counter[str]) -> None:
        self._record, self._controls, self._unused = record, controls, unused
        self._bounds = sentences_in(record)
        self._labels: list[tuple[Span, str, str]] = []
        self.loaded: list[Mark] = []
        self._roles: list[tuple[SpanLabel, str]] = []

    def add(self, spans: Iterable[SpanLabel]) -> None:
        """Take the labels of stretches."""
        for span in spans:
            control = self._controls[span.control]
            column, value = control.place(span.label)
            if column == ROLE and value == LOADED:
                self.loaded.append(Mark(LOADED, span.start, span.end))
            elif column == ROLE and value != SENTENCE:
                self._roles.append((span, value))
            else:
                self._add_label(span, column, value, control)

    def _add_label(self, span: SpanLabel, column: str, value: str, control: Control) -> None:
        hull = self._hull(Span(span.start, span.end))
        is_part = not self._is_whole(span, hull) and column not in ("kind", "bias", STANCE, ROLE)
        if is_part:
            self._unused[f"spans labelled {shown(span.label)} that cover only part of a sentence, left out"] += 1
        elif column in _LABELS or column == ROLE:
            self._labels.append((hull, column, value))
        else:
            self._labels += [(hull, name, one) for name, one in control.own_columns([span.label]) if one != "no"]

    def _hull(self, span: Span) -> Span:
        shared = {b: min(b.end, span.end) - max(b.start, span.start) for b in self._bounds if b.overlaps(span)}
        most = max(shared.values(), default=0)
        held = [b for b, n in shared.items() if 2 * n > b.end - b.start] or [b for b, n in shared.items() if n == most]
        return Span(min(b.start for b in held), max(b.end for b in held)) if held else span

    def _is_whole(self, span: SpanLabel, hull: Span) -> bool:
        text = self._record.text
        return not (_SIGN.search(text[hull.start : span.start]) or _SIGN.search(text[span.end : hull.end]))

    def sentences(self) -> list[Mark]:
        """Return the sentences with their labels; of several labels in a column none is taken, and all are counted."""
        hulls = [hull for hull, _, _ in self._labels]
        marks = []
        for span in _merged([*hulls, *self._bounds]):
            of: dict[str, dict[str, None]] = {}
            for _, column, value in (label for label in self._labels if label[0].overlaps(span)):
                of.setdefault(column, {})[value] = None
            ours, own = sentence_values(of, self._unused)
            values = with_target(ours, self._record.about.get("target"), self._record.where)
            marks.append(Mark(SENTENCE, *span, None, {**values, "extra": own}))
        return marks

    def attributions(self, relations: Sequence[tuple[str, str]], *, are_related: bool) -> list[MarkedAttribution]:
        """Return the attributions: what relations hold together, or, where no text has any, what a sentence holds."""
        groups = _joined([span.key for span, _ in self._roles], relations)
        if not are_related:
            groups = self._by_sentence()
        found: dict[str, MarkedAttribution] = {}
        for n, (span, role) in enumerate(self._roles):
            attribution = found.setdefault(groups[n], MarkedAttribution())
            attribution.marks.append(Mark(role, span.start, span.end))
        return list(found.values())

    def _by_sentence(self) -> list[str]:
        """Name a group for each role: its sentence, where that has at most one source and one cue."""
        homes = [self._hull(Span(span.start, span.end)).start for span, _ in self._roles]
        counts = Counter((home, role) for home, (_, role) in zip(homes, self._roles, strict=True))
        groups = []
        for n, home in enumerate(homes):
            is_clear = counts[home, SOURCE] < 2 and counts[home, CUE] < 2
            groups.append(f"sentence {home}" if is_clear else f"stretch {n}")
            if not is_clear:
                self._unused[
                    "sources, cues and contents without a relation between them, kept as separate attributions"
                ] += 1
        return groups


def sentence_values(of: Mapping[str, Iterable[str]], unused: Counter[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Return the labels of a sentence, ours and its own; ``of`` holds what it was given in each column."""
    values: dict[str, str] = {}
    extra: dict[str, str] = {}
    for column, chosen in of.items():
        labels = list(chosen)
        if column == ROLE:
            continue
        if len(labels) > 1:
            unused[f"{column} of sentences with several labels ({', '.join(sorted(labels))}), left out"] += 1
        elif column in _LABELS:
            values[column] = labels[0]
        else:
            extra[column] = labels[0]
    return values, extra


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    """Join spans that overlap."""
    start = end = -1
    for span in sorted(spans):
        if span.start >= end:
            if end >= 0:
                yield Span(start, end)
            start = span.start
        end = max(end, span.end)
    if end >= 0:
        yield Span(start, end)


def _joined(keys: Sequence[str], relations: Iterable[tuple[str, str]]) -> list[str]:
    """Name the group of each key: relations join keys, in whatever direction."""
    group = {key: key for key in keys}
    for one, other in relations:
        if one in group and other in group:
            old, new = group[other], group[one]
            group = {key: new if of == old else of for key, of in group.items()}
    return [group[key] for key in keys]


def controls_in(answers: Iterable[Answers | None]) -> Iterator[tuple[str, bool, list[str]]]:
    """Yield each question that was answered, whether it is one of stretches, and the labels that it was given at once."""
    for one in filter(None, answers):
        whole: dict[str, list[str]] = {}
        for control, label in one.whole:
            whole.setdefault(control, []).append(label)
        spans: dict[tuple[str, int, int], list[str]] = {}
        for span in one.spans:
            spans.setdefault((span.control, span.start, span.end), []).append(span.label)
        places = ((control, labels) for (control, _, _), labels in spans.items())
        yield from chain(((name, False, labels) for name, labels in whole.items()), ((n, True, x) for n, x in places))
