"""Measure who is found to be behind a source, on the project's own corpus with its sources given.

    python benchmarks/speakers.py

Articles fall into two halves by their identifiers; the word lists and rules were mended against errors of half A
alone. `type` is scored for the main attribution of a sentence, `speaker` wherever the corpus names one: right with
the same last word, or half the words.
"""

import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from zlib import crc32

from sayso.classify.entities.coreference import Memory, Resolved
from sayso.classify.entities.mentions import introductions
from sayso.classify.entities.noun_phrases import PRONOUNS
from sayso.classify.language.article_tokens import View, view
from sayso.classify.language.source_words import look_up
from sayso.data.corpora.own import own_corpus
from sayso.data.records import LabelledArticle, Span


@dataclass(frozen=True)
class Case:
    """A source as the corpus labels it, and what was made of it."""

    half: str
    sort: str
    words: tuple[str, ...]
    gold_type: str | None
    gold_speaker: str | None
    resolved: Resolved


def cases_of(article: LabelledArticle) -> Iterator[Case]:
    seen = view(article.article.text, [s.span for s in article.sentences])
    memory = Memory(introductions(seen))
    attributions = [a for s in article.sentences for a in s.attributions if a.source]
    for a in sorted(attributions, key=lambda a: a.source or Span(0, 0)):
        first, last = tokens_of(seen, a.source or Span(0, 0))
        words = seen.words[first:last]
        resolved = memory.resolve(words, first)
        memory.note(words, resolved)
        half = "AB"[crc32(article.article.id.encode()) % 2]
        yield Case(half, sort_of(words, a.speaker), tuple(words), a.source_type, a.speaker, resolved)


def tokens_of(seen: View, span: Span) -> tuple[int, int]:
    first = int(seen.starts.searchsorted(span.start))
    return first, int(seen.starts.searchsorted(span.end))


def sort_of(words: Sequence[str], speaker: str | None) -> str:
    """Tell by its look what sort of source it is."""
    content = [w for w in words if w.lower().strip(".") not in {"the", "mr", "mrs", "ms", "dr", "sir", "prof"}]
    if len(content) == 1 and content[0].lower() in PRONOUNS:
        return "pronoun"
    capital = [w[0].isupper() for w in content]
    if speaker:
        return "surname" if all(capital) and content[-1] == speaker.split()[-1] else "short form, role"
    if any(f.sort in {"body", "name", "country", "place"} and not f.first for f in look_up(content)):
        return "body"
    if any(a and b for a, b in pairwise(capital[1:])) or (len(capital) > 1 and all(capital)):
        return "full name"
    return "group" if content and content[-1].endswith("s") else "other"


def is_same(found: str, gold: str) -> bool:
    a, b = [[w.lower() for w in name.split() if w.lower() not in {"the", "of"}] for name in (found, gold)]
    return bool(a and b) and (a[-1] == b[-1] or 2 * len(set(a) & set(b)) >= max(len(a), len(b)))


def macro_f1(cases: Sequence[Case]) -> float:
    right: dict[str, int] = defaultdict(int)
    given: dict[str, int] = defaultdict(int)
    true: dict[str, int] = defaultdict(int)
    for case in cases:
        gold, found = case.gold_type or "", case.resolved.source_type or ""
        true[gold] += 1
        given[found] += 1
        right[gold] += gold == found
    return sum(2 * right[t] / (true[t] + given[t]) for t in true) / len(true) if true else 0.0


def row(name: str, cases: Sequence[Case]) -> str:
    typed = [c for c in cases if c.gold_type]
    covered = [c for c in typed if c.resolved.source_type]
    right = sum(c.gold_type == c.resolved.source_type for c in covered)
    meant = [c for c in cases if c.gold_speaker]
    answered = [c for c in meant if c.resolved.speaker]
    same = sum(is_same(c.resolved.speaker or "", c.gold_speaker or "") for c in answered)
    return (
        f"{name:18} {len(typed):5} {len(covered) / max(len(typed), 1):9.3f} {right / max(len(typed), 1):9.3f} "
        f"{right / max(len(covered), 1):10.3f} {macro_f1(typed):9.3f} | {len(meant):5} "
        f"{same / max(len(answered), 1):9.3f} {same / max(len(meant), 1):9.3f}"
    )


def main() -> None:
    corpus = own_corpus()
    list(cases_of(corpus[0]))  # the word lists are read
    cases = [case for article in corpus for case in cases_of(article)]
    print(f"{'':18}  type  coverage  accuracy  precision  macro F1 | speak precision    recall")
    for half in ("A", "B", "AB"):
        chosen = [c for c in cases if c.half in half]
        print(row(f"half {half}", chosen))
        for sort in sorted({c.sort for c in chosen}):
            print(row(f"  {sort}", [c for c in chosen if c.sort == sort]))
    print(f"{seconds(corpus) * 1e6:.0f} µs a sentence")


def seconds(corpus: Sequence[LabelledArticle]) -> float:
    """Time of a sentence, cutting it into tokens left out."""
    views = [view(a.article.text, [s.span for s in a.sentences]) for a in corpus]
    sources = [
        [tokens_of(v, x.source) for s in a.sentences for x in s.attributions if x.source]
        for a, v in zip(corpus, views, strict=True)
    ]
    began = time.process_time()
    for seen, spans in zip(views, sources, strict=True):
        memory = Memory(introductions(seen))
        for first, last in spans:
            words = seen.words[first:last]
            memory.note(words, memory.resolve(words, first))
    return (time.process_time() - began) / sum(len(a.sentences) for a in corpus)


if __name__ == "__main__":
    main()
