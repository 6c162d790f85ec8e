"""Do annotators mark the same words? The F1 of sources, cues, contents and loaded words between them.

A span is compared by where it stands in which sentence, so that annotators may have an article laid out differently.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

from ..records import LabelledArticle, Sentence, Span
from .coefficients import Figure, span_f1

SPANS = ("source", "cue", "content", "loaded")
HALF = 0.5
"""Two spans overlap enough that share half of what they cover together."""

Pieces = tuple[tuple[int, int, int], ...]
"""Stretches of sentences: the sentence's number, and start and end within it."""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class SpanAgreement:
    """How well annotators agree on one sort of span, over all pairs of them.

    Parameters
    ----------
    role : str
        One of `SPANS`.
    articles : int
    spans : tuple of int
        How many each annotator marked in these articles.
    exact, overlap : Figure
        F1 of spans that are the same, and of spans that share half of the characters they cover together.
    """

    role: str
    articles: int
    spans: tuple[int, ...]
    exact: Figure
    overlap: Figure


def span_agreement(annotators: Sequence[Mapping[str, LabelledArticle]]) -> list[SpanAgreement]:
    """Measure the agreement on spans in the articles where two annotators or more looked for them.

    Parameters
    ----------
    annotators : sequence of mapping of str to LabelledArticle
        Each one's articles by their ids.
    """
    by_role = (_role_agreement(role, annotators) for role in SPANS)
    return [agreement for agreement in by_role if agreement is not None]


def _role_agreement(role: str, annotators: Sequence[Mapping[str, LabelledArticle]]) -> SpanAgreement | None:
    exact: list[tuple[int, int]] = []
    overlap: list[tuple[int, int]] = []
    totals = [0] * len(annotators)
    for name in dict.fromkeys(name for articles in annotators for name in articles):
        marked = _marks_by_annotator(role, [articles.get(name) for articles in annotators])
        if len(marked) < 2:
            continue
        pairs = list(combinations(marked.values(), 2))
        n = sum(len(one) + len(other) for one, other in pairs)
        exact.append((sum(len(set(one) & set(other)) for one, other in pairs), n))
        overlap.append((sum(n_matched(one, other, likeness) for one, other in pairs), n))
        for number, spans in marked.items():
            totals[number] += len(spans)
    if not any(totals):
        return None
    return SpanAgreement(role, len(exact), tuple(totals), span_f1(exact), span_f1(overlap))


def _marks_by_annotator(role: str, theirs: Sequence[LabelledArticle | None]) -> dict[int, list[Pieces]]:
    """Give what the annotators who looked for such spans marked in an article, by the annotator's number."""
    return {
        number: marks(labelled, role, theirs)
        for number, labelled in enumerate(theirs)
        if labelled is not None and has_looked(labelled, role)
    }


def has_looked(labelled: LabelledArticle, role: str) -> bool:
    """Tell whether somebody looked for such spans in an article: it has some, or is said to be labelled throughout."""
    if role == "loaded":
        return "bias" in labelled.complete or any(s.bias or s.loaded for s in labelled.sentences)
    return "attribution" in labelled.complete or any(s.attributions for s in labelled.sentences)


def marks(labelled: LabelledArticle, role: str, theirs: Sequence[LabelledArticle | None]) -> list[Pieces]:
    """Give the different spans of one sort in the sentences that all who have the article have."""
    shared = set.intersection(*({s.n for s in other.sentences} for other in theirs if other is not None))
    pieces = (pieces_of(spans, labelled) for s in labelled.sentences if s.n in shared for spans in _spans(s, role) if spans)
    return list(dict.fromkeys(pieces))


def _spans(s: Sentence, role: str) -> list[tuple[Span, ...]]:
    if role == "loaded":
        return [(span,) for span in s.loaded]
    if role == "content":
        return [x.content for x in s.attributions]
    return [(span,) for x in s.attributions if (span := getattr(x, role)) is not None]


def pieces_of(spans: Sequence[Span], labelled: LabelledArticle) -> Pieces:
    """Say of spans which stretches of which sentences they cover."""
    pieces = []
    for s in labelled.sentences:
        for span in spans:
            start, end = max(span.start, s.span.start), min(span.end, s.span.end)
            if start < end:
                pieces.append((s.n, start - s.span.start, end - s.span.start))
    return tuple(pieces)


def likeness(one: Pieces, other: Pieces) -> float:
    """Give the share of the characters that two spans cover together which both cover.

    >>> likeness(((0, 4, 10),), ((0, 6, 10),))
    0.6666666666666666
    """
    both = sum(max(0, min(e1, e2) - max(s1, s2)) for n1, s1, e1 in one for n2, s2, e2 in other if n1 == n2)
    either = sum(end - start for _, start, end in (*one, *other)) - both
    return both / either if either else 0.0


def n_matched(one: Sequence[T], other: Sequence[T], like: Callable[[T, T], float]) -> int:
    """Count the pairs of spans that are alike by half or more, the most alike first, each span used once.

    >>> n_matched([((0, 0, 4),), ((0, 5, 9),)], [((0, 0, 3),), ((0, 0, 4),)], likeness)
    1
    """
    pairs = [(like(a, b), i, j) for i, a in enumerate(one) for j, b in enumerate(other)]
    left: set[int] = set()
    right: set[int] = set()
    for alike, i, j in sorted(pairs, key=lambda pair: (-pair[0], *pair[1:])):
        if alike >= HALF and i not in left and j not in right:
            left.add(i)
            right.add(j)
    return len(left)
