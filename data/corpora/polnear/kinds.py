"""Kind and source type for the sentences of PolNeAR: from its marked attributions, by the labelling guide's rules."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from ...articles.quotation_marks import quotations
from ...records import Attribution, LabelledArticle, Sentence, Span
from ...scheme import KINDS, SOURCE_TYPES_OF
from .sources import PRONOUNS, is_common, source_type_of
from .wording import begins_predicate, has_finite_verb, is_backing, is_naming, is_nobodys, is_speech, relayed

_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_PERSONAL = frozenset({"he", "she", "him", "her", "himself", "herself"})
_OWN = frozenset({"i", "we", "you", "me", "us", "my", "our", "your"})
_RELATIVE = frozenset({"who", "whom", "whose", "which", "that"})
_SURNAME = re.compile(r"(?:(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov)\. )?([A-Z][\w’'-]+?)(?:['’]s)?")
_NAME = re.compile(r"[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)+")
_OF_A_PLACE = re.compile(r"(?: of [A-Z][\w. ]*| \([A-Z][^)]*\))$")  # Senator Ada Lund of Ohio, Ada Lund (R-Ohio)
_OPENING = re.compile(
    r"(?:after|although|amid|as|asked|at|before|by|despite|during|even|following|for|from|if|in|on|since|speaking|though|"
    r"throughout|to|under|when|while|with|within|without)\b[^,\n]*(?:, (?:and|or|including) [^,\n]*)*,\s*",
    re.IGNORECASE,
)
_JOINED = re.compile(r"\b(?:and|but|or|while|as)\b", re.IGNORECASE)
_CLAUSE_BEGINS = re.compile(r"(?:[.,:;!?—–-]|\b(?:that|because|but|if|whether|while|when|as|so|for|how|why))\s*$")
_MARKS = frozenset("\"“‘'")
_CLOSERS = frozenset("\"”’'")
_LONGEST_GAP = 4  # words between a source and its cue, or a cue and its content, that belong to neither

_PUBLISHED = re.compile(  # the guide takes what is published for a claim, PolNeAR does not mark it
    r"\b(?:publish|post|releas|issu|upload|circulat|broadcast|shar)(?:e?d|es|s|ing)\b[^.;]*"
    r"\b(?:show(?:s|ed|ing)?|purport\w*|appear\w*|apparently|indicat\w*|in which|according to which)\b"
)


def label_article(labelled: LabelledArticle) -> LabelledArticle:
    """Give every sentence of an article kind and source type.

    A sentence is a quote if half of its words, the attribution clause left out, stand in quotation marks and are said by
    somebody; otherwise it is attributed if half of those words are said by somebody in words that report (PolNeAR marks
    wishes and deeds too), by others than the author, and in more than a relative clause; otherwise it is narrative. The
    type is that of the source who says most of it; a sentence whose source has none that is known stays unlabelled.
    The column ``speech`` tells what the marks alone tell.
    """
    typed = _typed_attributions(labelled)
    text = labelled.article.text
    attributions = [x for s in typed for x in s.attributions]
    in_marks = quotations(text)
    quoted = [*in_marks, *_turns(attributions, text)]
    sentences = tuple(_with_speech(_label(s, attributions, quoted, text), attributions, in_marks, text) for s in typed)
    return replace(labelled, sentences=sentences, complete=labelled.complete | {"kind", "source_type"})


def _typed_attributions(labelled: LabelledArticle) -> list[Sentence]:
    """Look every source up; a pronoun takes the type of the source named last, a surname that of its full name."""
    text = labelled.article.text
    surnames = _surnames(labelled)
    person: str | None = None
    last: str | None = None
    sentences: list[Sentence] = []
    for s in labelled.sentences:
        typed: list[Attribution] = []
        for x in sorted(s.attributions, key=lambda x: x.source or x.content[0]):
            words = x.source.of(text) if x.source else ""
            if not words:
                source_type: str | None = "unnamed"
            elif words.lower() in PRONOUNS:
                source_type = (person or last) if words.lower() in _PERSONAL else (last or person)
            else:
                surname = _SURNAME.fullmatch(words.split(",")[0])
                source_type = surnames.get(surname[1]) if surname else None
                source_type = source_type or source_type_of(relayed(x.content[0].of(text)) or words)
                last = source_type or last
                if words[:1].isupper() and not is_common(words):
                    person = source_type or person
            typed.append(replace(x, source_type=source_type))
        sentences.append(replace(s, attributions=tuple(typed)))
    return sentences


def _surnames(labelled: LabelledArticle) -> dict[str, str]:
    """Find the types of those whom the article's sources name in full, by surname; those of two types are left out."""
    text = labelled.article.text
    types_of: dict[str, set[str]] = {}
    for x in (x for s in labelled.sentences for x in s.attributions if x.source):
        words = x.source.of(text) if x.source else ""
        named = _OF_A_PLACE.sub("", words.split(",")[0])
        name = _NAME.search(named)
        source_type = source_type_of(words) if name and name.end() == len(named) else None
        if name and source_type:
            types_of.setdefault(name[0].split()[-1], set()).add(source_type)
    return {surname: types.pop() for surname, types in types_of.items() if len(types) == 1}


def _turns(attributions: Iterable[Attribution], text: str) -> Iterator[Span]:
    """Give the turns of a transcript, which are somebody's own words without quotation marks."""
    for x in attributions:
        if x.source and x.cue and x.cue.of(text).strip() == ":" and text[: x.source.start].strip():
            if text[x.source.start - 1] == "\n":
                yield from x.content


def _label(s: Sentence, attributions: Sequence[Attribution], quoted: Sequence[Span], text: str) -> Sentence:
    near = [x for x in attributions if any(part.overlaps(s.span) for part in x.content)]
    if not near:
        return s if _PUBLISHED.search(text, *s.span) else _with_kind(s, "narrative", "none")
    words = _words(s.span, text)
    counted = _outside_clauses(words, near, s.span, text)
    if _is_quoted(counted, near, quoted, s.span, text):
        return _with_kind(s, "quote", _main(near, words).source_type)
    reported = [x for x in near if _reports(x, text)]
    if not reported or 2 * _covered(counted, _contents(reported)) < len(counted):
        return _with_kind(s, "narrative", "none")
    source_type = _main(reported, words).source_type
    kind = next((k for k in KINDS[1:] if source_type in SOURCE_TYPES_OF[k]), None)
    return _with_kind(s, kind, source_type)


def _with_kind(s: Sentence, kind: str | None, source_type: str | None) -> Sentence:
    """Label a sentence, unless the type of its source is not known."""
    return replace(s, kind=kind, source_type=source_type) if source_type else s


def _main(attributions: Sequence[Attribution], words: Sequence[Span]) -> Attribution:
    """Choose the attribution that says most of the words."""
    return max(attributions, key=lambda x: _covered(words, x.content))


def _outside_clauses(words: Sequence[Span], near: Sequence[Attribution], within: Span, text: str) -> Sequence[Span]:
    """Give the words that are said or belong to no attribution clause; all of them where that leaves none."""
    content = _contents(near)
    clauses = [span for x in near for span in _clause(x, within, text)]
    return [w for w in words if _inside(w, content) or not _inside(w, clauses)] or words


def _is_quoted(words: Sequence[Span], near: Sequence[Attribution], quoted: Sequence[Span], within: Span, text: str) -> bool:
    """Tell whether half of the words are said and in quotation marks, which hold a clause and no mere words."""
    content = _contents(near)
    n_in_marks = sum(_inside(w, quoted) and _inside(w, content) for w in words)
    named = _contents(x for x in near if x.cue and is_naming(x.cue.of(text).lower()))
    return 2 * n_in_marks >= len(words) and any(
        _holds_clause(q, within, content, text) and not _is_name(q, named, text) for q in quoted
    )


def _is_name(quotation: Span, named: Sequence[Span], text: str) -> bool:
    """Tell whether a quotation is what somebody calls something, in words that are no clause."""
    return any(quotation.overlaps(part) for part in named) and not has_finite_verb(quotation.of(text))


def _with_speech(s: Sentence, attributions: Sequence[Attribution], quoted: Sequence[Span], text: str) -> Sentence:
    """Add the class that follows from the marks alone: ``direct``, ``indirect`` or ``none`` in the column ``speech``.

    It is direct if half of the words are somebody's and in quotation marks, else indirect if three in ten are somebody's.
    """
    words = _words(s.span, text)
    content = [part for part in _contents(attributions) if part.overlaps(s.span)]
    theirs = [w for w in words if _inside(w, content)]
    direct = sum(_inside(w, quoted) for w in theirs)
    speech = "direct" if 0 < len(words) <= 2 * direct else "indirect" if 0 < 3 * len(words) <= 10 * len(theirs) else "none"
    return replace(s, extra={**s.extra, "speech": speech})


def _holds_clause(quotation: Span, within: Span, content: Sequence[Span], text: str) -> bool:
    """Tell whether a quotation may hold a whole clause of a sentence: it stands where one begins."""
    if not quotation.overlaps(within):
        return False
    starts = {within.start, *(c.start for c in content)}
    if any(quotation.start <= at <= quotation.end for at in starts):
        return True
    before = text[within.start : quotation.start]
    return bool(_CLAUSE_BEGINS.search(before)) or begins_predicate(before, quotation.of(text).lstrip("\"“‘'"))


def _clause(x: Attribution, within: Span, text: str) -> list[Span]:
    """Give the attribution clause in a sentence: source, cue, and what belongs to them but not to the content."""
    parts = sorted(p for p in (x.source, x.cue) if p and within.start <= p.start < within.end)
    if not parts:
        return []
    start, end = parts[0].start, max(p.end for p in parts)
    content_start = min((c.start for c in x.content if end <= c.start < within.end), default=end)
    gaps = [*(Span(a.end, b.start) for a, b in pairwise(parts)), Span(end, content_start)]
    clause = parts + [gap for gap in gaps if _belongs_to_clause(gap, text)]
    is_closed = text[within.start : start].rstrip()[-1:] in _CLOSERS
    if is_closed and content_start == end and not _JOINED.search(text, end, within.end):
        clause.append(Span(end, within.end))  # “It rained,” she said on a visit to the town
    if _OPENING.fullmatch(text, within.start, start):
        clause.append(Span(within.start, start))
    return clause


def _belongs_to_clause(gap: Span, text: str) -> bool:
    """Tell whether words between source, cue and content go with them: few, or up to a quotation mark."""
    is_short = len(_WORD.findall(text, *gap)) <= _LONGEST_GAP or text[gap.end : gap.end + 1] in _MARKS
    return is_short and not _JOINED.search(text, *gap)


def _reports(x: Attribution, text: str) -> bool:
    """Tell whether a paraphrase is somebody's word by the guide."""
    cue = x.cue.of(text).lower() if x.cue else ""
    if x.source is None:
        return is_nobodys(cue)
    is_answer = x.source_type == "monitor" and is_backing(cue)  # 61 percent support it
    return x.source.of(text).lower() not in _OWN | _RELATIVE and (is_answer or is_speech(cue, x.content[0].of(text)))


def _words(within: Span, text: str) -> list[Span]:
    return [Span(*m.span()) for m in _WORD.finditer(text, *within)]


def _contents(attributions: Iterable[Attribution]) -> list[Span]:
    return [part for x in attributions for part in x.content]


def _inside(word: Span, spans: Sequence[Span]) -> bool:
    return any(a <= word.start < b for a, b in spans)


def _covered(words: Sequence[Span], spans: Sequence[Span]) -> int:
    return sum(_inside(w, spans) for w in words)
