"""What can be wrong with the labels of a sentence: against each other, its spans and its quotation marks."""

import re
from collections.abc import Iterator, Sequence

from ..articles.quotation_marks import quotations
from ..records import Attribution, LabelledArticle, Sentence, Span
from ..scheme import BIASES, KINDS, SOURCE_TYPES, STANCES, go_together
from .spans import Found

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")


def label_problems(labelled: LabelledArticle) -> Iterator[Found]:
    """Find labels that cannot be right, or hardly."""
    text = labelled.article.text
    quoted = quotations(text)
    attributions = [x for s in labelled.sentences for x in s.attributions]
    for s in labelled.sentences:
        yield from ((s.n, "error", reason) for reason in _unknown(s, labelled))
        yield from ((s.n, *found) for found in _loaded(s, labelled, quoted))
        if s.kind in KINDS and s.source_type in SOURCE_TYPES:
            yield from ((s.n, *found) for found in _kind(s, text, quoted, attributions, labelled))
        if "attribution" in labelled.complete:
            yield from ((s.n, *found) for x in s.attributions for found in _attribution(x))
    yield from _split_types(labelled)


def _unknown(s: Sentence, labelled: LabelledArticle) -> Iterator[str]:
    for task, label, known in (
        ("kind", s.kind, KINDS),
        ("source type", s.source_type, SOURCE_TYPES),
        ("bias", s.bias, BIASES),
        *(("stance", label, STANCES) for label in s.stance.values()),
        *(("an attribution's source type", x.source_type, SOURCE_TYPES) for x in s.attributions),
    ):
        if label is not None and label not in known:
            yield f"{task} {label!r} is not one of {', '.join(known)}"
    for task, label in (("kind", s.kind), ("source_type", s.source_type), ("bias", s.bias)):
        if label is None and task in labelled.complete:
            yield f"no {task}, though the article is said to be labelled throughout"
    missing = set(labelled.targets) - set(s.stance) if "stance" in labelled.complete else set()
    undeclared = set(s.stance) - set(labelled.targets)
    for target in sorted(missing):
        yield f"no stance towards {target}"
    for target in sorted(undeclared):
        yield f"stance towards {target}, which is no target of the article"
    if s.kind in KINDS and s.source_type in SOURCE_TYPES and not go_together(s.kind, s.source_type):
        yield f"{s.kind} cannot have the source type {s.source_type}"


def _loaded(s: Sentence, labelled: LabelledArticle, quoted: Sequence[Span]) -> Iterator[tuple[str, str]]:
    if s.bias == "neutral" and s.loaded:
        yield "error", "loaded words in a sentence that is not biased"
    if s.bias == "biased" and not s.loaded and labelled.complete:
        yield "warning", "biased, but no loaded words are marked"
    for span in s.loaded:
        if any(q.start < span.start and span.end < q.end for q in quoted):
            words = span.of(labelled.article.text)
            yield "warning", f"loaded words inside quotation marks: {words!r}"


def _kind(
    s: Sentence,
    text: str,
    quoted: Sequence[Span],
    attributions: Sequence[Attribution],
    labelled: LabelledArticle,
) -> Iterator[tuple[str, str]]:
    own = [x for x in attributions if any(_meet(part, s.span) for part in x.content)]
    share = _quoted_share(s, text, quoted, own)
    marked = "attribution" in labelled.complete
    if s.kind == "quote":
        turn = any(x.source and x.content and text[x.source.end : x.content[0].start].strip() in (":", "") for x in own)
        if share == 0 and not turn:
            yield "error", "a quote without quotation marks, outside a running quotation"
        elif share < 0.5 and own and not turn:
            yield "warning", f"a quote with {share:.0%} of its words inside quotation marks"
        if marked and not own:
            yield "error", "a quote without a content span"
        return
    if share > 0.6 and any(_is_clause(q, s.span, text) for q in quoted):
        yield "warning", f"{s.kind} with {share:.0%} of its words inside quotation marks"
    if not marked:
        return
    if s.source_type == "none":
        said = sum(_n_words(text, part, s.span) for x in own for part in x.content)
        if said > 0.6 * _n_words(text, s.span, s.span):
            yield "warning", "unattributed, though most of it is the content of an attribution"
    elif not own and not s.attributions:
        yield "error", f"{s.source_type} without an attribution"
    elif s.n and not any(x.cue for x in (*own, *s.attributions)):
        yield "error" if s.kind != "narrative" else "warning", f"{s.kind} without a cue"


def _quoted_share(s: Sentence, text: str, quoted: Sequence[Span], own: Sequence[Attribution]) -> float:
    """Return which share of a sentence's words stands in quotation marks, its attribution clause left out."""
    said = [part for x in own for part in x.content if _meet(part, s.span)] or [s.span]
    words = [m.span() for m in _WORD.finditer(text, *s.span)]
    counted = [w for w in words if any(part.start <= w[0] and w[1] <= part.end for part in said)]
    inside = sum(any(q.start <= w[0] and w[1] <= q.end for q in quoted) for w in counted)
    return inside / max(len(counted), 1)


def _is_clause(quotation: Span, sentence: Span, text: str) -> bool:
    """Tell whether a quotation looks like a whole clause: it is long and begins like a sentence."""
    words = _WORD.findall(text, max(quotation.start, sentence.start), min(quotation.end, sentence.end))
    return len(words) > 4 and words[0][0].isupper()


def _attribution(x: Attribution) -> Iterator[tuple[str, str]]:
    if not x.content:
        yield "error", "a source or cue without content"
    if x.cue is None and x.source is None:
        yield "warning", "an attribution with neither source nor cue"


def _split_types(labelled: LabelledArticle) -> Iterator[Found]:
    """Find quotations whose sentences have different source types."""
    for s in labelled.sentences:
        for x in s.attributions[:1]:
            types = {
                other.source_type
                for other in labelled.sentences
                if other.kind == "quote" and _is_most(x.content, other.span)
            }
            if len(types) > 1:
                yield (
                    s.n,
                    "error",
                    f"one quotation with several source types: {', '.join(sorted(map(str, types)))}",
                )


def _is_most(content: Sequence[Span], sentence: Span) -> bool:
    """Tell whether content is most of a sentence."""
    shared = (min(part.end, sentence.end) - max(part.start, sentence.start) for part in content)
    return 2 * sum(n for n in shared if n > 0) > sentence.end - sentence.start


def _meet(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _n_words(text: str, part: Span, sentence: Span) -> int:
    start, end = max(part.start, sentence.start), min(part.end, sentence.end)
    return len(_WORD.findall(text, start, end)) if start < end else 0
