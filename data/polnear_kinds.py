"""Kind and source type for the sentences of PolNeAR: from its marked attributions, by the labelling guide's rules."""

import re
from collections.abc import Sequence
from dataclasses import replace

from .polnear_sources import PRONOUNS, source_type_of
from .quotes import quotations
from .records import Attribution, LabelledArticle, Sentence, Span
from .scheme import KINDS, SOURCE_TYPES_OF

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_PERSONAL = frozenset({"he", "she", "him", "her", "himself", "herself"})


def label_article(labelled: LabelledArticle) -> LabelledArticle:
    """Give every sentence of an article kind and source type.

    A sentence is a quote if half of its words, the attribution clause left out, stand in quotation marks and are said by
    somebody; otherwise it is attributed if half of those words are said by somebody; otherwise it is narrative. The type is
    that of the source who says most of it; a sentence whose source has none that is known stays unlabelled.
    """
    typed = _typed_attributions(labelled)
    text = labelled.article.text
    quoted = quotations(text)
    said = [x for s in typed for x in s.attributions]
    sentences = tuple(_label(s, said, quoted, text) for s in typed)
    return replace(labelled, sentences=sentences, complete=labelled.complete | {"kind", "source_type"})


def _typed_attributions(labelled: LabelledArticle) -> list[Sentence]:
    """Look every source up; a pronoun takes the type of the source named last."""
    text = labelled.article.text
    person: str | None = None
    last: str | None = None
    out: list[Sentence] = []
    for s in labelled.sentences:
        found: list[Attribution] = []
        for x in sorted(s.attributions, key=lambda x: x.source or x.content[0]):
            words = x.source.of(text).lower() if x.source else ""
            if not words:
                source_type: str | None = "unnamed"
            elif words in PRONOUNS:
                source_type = (person or last) if words in _PERSONAL else (last or person)
            else:
                source_type = source_type_of(x.source.of(text)) if x.source else None
                last = source_type or last
                if x.source and x.source.of(text)[:1].isupper():
                    person = source_type or person
            found.append(replace(x, source_type=source_type))
        out.append(replace(s, attributions=tuple(found)))
    return out


def _label(s: Sentence, said: Sequence[Attribution], quoted: Sequence[Span], text: str) -> Sentence:
    near = [x for x in said if any(c.start < s.span.end and s.span.start < c.end for c in x.content)]
    words = [Span(m.start(), m.end()) for m in _WORD.finditer(text, *s.span)]
    clause = [span for x in near for span in (x.source, x.cue) if span and s.span.start <= span.start < s.span.end]
    main = max(near, key=lambda x: _covered(words, x.content), default=None)
    if main is None:
        return replace(s, kind="narrative", source_type="none")
    left = [w for w in words if not any(c.start <= w.start < c.end for c in clause)] or words
    content = [c for x in near for c in x.content]
    in_content = [w for w in left if _inside(w, content)]
    if 2 * sum(_inside(w, quoted) for w in in_content) >= len(left):
        return replace(s, kind="quote", source_type=main.source_type) if main.source_type else s
    if 2 * len(in_content) < len(left):
        return replace(s, kind="narrative", source_type="none")
    if main.source_type is None:
        return s
    if main.source is None:  # reportedly, is expected to: nobody’s word in particular
        return replace(s, kind="narrative", source_type="unnamed")
    kind = next(k for k in KINDS[1:] if main.source_type in SOURCE_TYPES_OF[k])
    return replace(s, kind=kind, source_type=main.source_type)


def _inside(word: Span, spans: Sequence[Span]) -> bool:
    return any(a <= word.start < b for a, b in spans)


def _covered(words: Sequence[Span], spans: Sequence[Span]) -> int:
    return sum(_inside(w, spans) for w in words)
