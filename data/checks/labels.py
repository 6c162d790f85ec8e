"""What can be wrong with the labels of a sentence: against each other, its spans and its quotation marks."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..articles.quotation_marks import quotations
from ..records import LABEL_COLUMNS, Attribution, LabelledArticle, Sentence, Span
from ..scheme import KINDS, LABELS_OF, SOURCE_TYPES, STANCES, go_together
from .spans import Finding, SentenceFinding

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")

_HALF = 0.5
"""From this part of its words inside quotation marks on, a sentence is a quote (labelling guide)."""
_MOST = 0.6
"""Above this part of its words a sentence of another kind is worth a look; near a half annotators may well differ."""
_CLAUSE = 5
"""From so many words on, a quotation that begins with a capital is taken for a whole clause."""


def label_problems(labelled: LabelledArticle) -> Iterator[SentenceFinding]:
    """Find labels that cannot be right, or hardly."""
    text = labelled.article.text
    quoted = quotations(text)
    attributions = [x for s in labelled.sentences for x in s.attributions]
    is_marked = "attribution" in labelled.complete
    for s in labelled.sentences:
        yield from ((s.n, "error", reason) for reason in _wrong_labels(s, labelled))
        yield from ((s.n, *finding) for finding in _loaded(s, labelled, quoted))
        if s.kind in KINDS and s.source_type in SOURCE_TYPES:
            own = [x for x in attributions if any(part.overlaps(s.span) for part in x.content)]
            yield from ((s.n, *finding) for finding in _kind(_Context(s, text, quoted, own, is_marked)))
        if is_marked:
            yield from ((s.n, *finding) for x in s.attributions for finding in _attribution(x))
    yield from _split_types(labelled)


def _wrong_labels(s: Sentence, labelled: LabelledArticle) -> Iterator[str]:
    yield from _unknown_labels(s)
    for column in LABEL_COLUMNS:
        if column in labelled.complete and getattr(s, column) is None:
            yield f"no {column}, although the article is marked as completely labelled"
    if "stance" in labelled.complete:
        yield from (f"no stance towards {target}" for target in sorted(set(labelled.targets) - set(s.stance)))
    for target in sorted(set(s.stance) - set(labelled.targets)):
        yield f"stance towards {target}, which is not a target of the article"
    if s.kind in KINDS and s.source_type in SOURCE_TYPES and not go_together(s.kind, s.source_type):
        yield f"{s.kind} cannot have the source type {s.source_type}"


def _unknown_labels(s: Sentence) -> Iterator[str]:
    for what, label, known in (
        *((column.replace("_", " "), getattr(s, column), labels) for column, labels in LABELS_OF.items()),
        *(("stance", label, STANCES) for label in s.stance.values()),
        *(("an attribution's source type", x.source_type, SOURCE_TYPES) for x in s.attributions),
    ):
        if label is not None and label not in known:
            yield f"{what} {label!r} is not one of {', '.join(known)}"


def _loaded(s: Sentence, labelled: LabelledArticle, quoted: Sequence[Span]) -> Iterator[Finding]:
    if s.bias == "neutral" and s.loaded:
        yield "error", "loaded words in a sentence that is not biased"
    if s.bias == "biased" and not s.loaded and labelled.complete:
        yield "warning", "biased, but no loaded words are marked"
    for span in s.loaded:
        if any(q.start < span.start and span.end < q.end for q in quoted):
            words = span.of(labelled.article.text)
            yield "warning", f"loaded words inside quotation marks: {words!r}"


@dataclass(frozen=True, slots=True)
class _Context:
    """A sentence with a kind and a source type, and what these are held against.

    Parameters
    ----------
    sentence : Sentence
    text : str
        The article's.
    quoted : sequence of Span
        What stands inside quotation marks in the article.
    own : sequence of Attribution
        Those of the article with some content in this sentence.
    is_marked : bool
        Attributions are labelled throughout: one that is not there means that there is none.
    """

    sentence: Sentence
    text: str
    quoted: Sequence[Span]
    own: Sequence[Attribution]
    is_marked: bool


def _kind(context: _Context) -> Iterator[Finding]:
    if context.sentence.kind == "quote":
        yield from _quote(context)
        return
    yield from _quoted_words(context)
    if context.is_marked and context.sentence.source_type == "none":
        yield from _unattributed(context)
    elif context.is_marked:
        yield from _attributed(context)


def _quote(context: _Context) -> Iterator[Finding]:
    """Judge a quote by its quotation marks; a turn of speech behind a name and a colon needs none."""
    own, part = context.own, _quoted_part(context)
    if part < _HALF and not any(_is_turn(x, context.text) for x in own):
        if part == 0:
            yield "error", "a quote without quotation marks that does not continue an earlier quotation"
        elif own:
            yield "warning", f"a quote with {part:.0%} of its words inside quotation marks"
    if context.is_marked and not own:
        yield "error", "a quote without a content span"


def _is_turn(x: Attribution, text: str) -> bool:
    """Tell whether the source is followed by its words at once, or by a colon and its words."""
    if x.source is None or not x.content:
        return False
    return text[x.source.end : x.content[0].start].strip() in (":", "")


def _quoted_words(context: _Context) -> Iterator[Finding]:
    """Find a whole quotation in a sentence of another kind."""
    s, part = context.sentence, _quoted_part(context)
    if part > _MOST and any(_is_clause(q, s.span, context.text) for q in context.quoted):
        yield "warning", f"{s.kind} with {part:.0%} of its words inside quotation marks"


def _unattributed(context: _Context) -> Iterator[Finding]:
    s, text = context.sentence, context.text
    n_said = sum(_n_words(text, part, s.span) for x in context.own for part in x.content)
    if n_said > _MOST * _n_words(text, s.span, s.span):
        yield "warning", "unattributed, although most of it is the content of an attribution"


def _attributed(context: _Context) -> Iterator[Finding]:
    s = context.sentence
    attributions = [*context.own, *s.attributions]
    if not attributions:
        yield "error", f"{s.source_type} without an attribution"
    elif s.n and not any(x.cue for x in attributions):  # a headline often has none
        yield "error" if s.kind != "narrative" else "warning", f"{s.kind} without a cue"


def _quoted_part(context: _Context) -> float:
    """Return which part of a sentence's words stands in quotation marks, from 0 to 1, its attribution clause left out."""
    span = context.sentence.span
    said = [part for x in context.own for part in x.content if part.overlaps(span)] or [span]
    words = [Span(*m.span()) for m in _WORD.finditer(context.text, *span)]
    said_words = [word for word in words if _is_inside_one(word, said)]
    return sum(_is_inside_one(word, context.quoted) for word in said_words) / max(len(said_words), 1)


def _is_inside_one(word: Span, spans: Iterable[Span]) -> bool:
    return any(span.start <= word.start and word.end <= span.end for span in spans)


def _is_clause(quotation: Span, sentence: Span, text: str) -> bool:
    """Tell whether a quotation looks like a whole clause: it is long and begins like a sentence."""
    words = _WORD.findall(text, max(quotation.start, sentence.start), min(quotation.end, sentence.end))
    return len(words) >= _CLAUSE and words[0][0].isupper()


def _attribution(x: Attribution) -> Iterator[Finding]:
    if not x.content:
        yield "error", "a source or cue without content"
    if x.cue is None and x.source is None:
        yield "warning", "an attribution with neither source nor cue"


def _split_types(labelled: LabelledArticle) -> Iterator[SentenceFinding]:
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


def _n_words(text: str, part: Span, sentence: Span) -> int:
    start, end = max(part.start, sentence.start), min(part.end, sentence.end)
    return len(_WORD.findall(text, start, end)) if start < end else 0
