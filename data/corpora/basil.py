"""BASIL, spans of lexical and informational bias, as its authors publish it (first release).

Fan, White, Sharma, Su, Choubey, Huang, Wang: In Plain Sight: Media Bias Through the Lens of Factual Reporting, D19-1664.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ...errors import SaysoError
from ..articles.notices import Say
from ..citing.reference import Reference
from ..records import Article, LabelledArticle, Sentence, Span
from ..schemas.shown import shown
from ..system.file_names import visible
from .reader import (
    GROUP,
    Corpus,
    choose,
    find_in,
    lay_out,
    need,
    need_list,
    need_text,
    need_whole,
    read_object,
    tell_counts,
)

_KINDS = {"lex": "lexical", "inf": "informational"}
_OUTLETS = {"fox": "Fox News", "nyt": "The New York Times", "hpo": "HuffPost"}
_SENTENCE = re.compile(r"p(\d{1,9})(?:_\d+)?")
_UNUSED_OF_SPANS = ("notes", "indirect-ally-opponent-sentiment", "indirect-target-name")
_UNUSED_OF_ARTICLES = ("main-event", "main-entities", "keywords")
_FEELINGS = ("author_feeling", "you_feeling")
"""What the annotators thought of each person: a field of its own for each name."""

_ABOUT = ("target", "polarity", "aim", "quote", "speaker")


def _read(path: Path, notice: Say) -> Iterator[LabelledArticle]:
    """Read the articles, and beside them ``annotations/resolved``."""
    articles = find_in(path, CORPUS.title, "data/articles", "articles")
    counts: Counter[str] = Counter()
    for file in visible(articles, "*/*.json"):
        marks = articles.parent / "annotations" / "resolved" / file.parent.name / f"{file.stem}_ann.json"
        yield _article(file, marks, counts)
    tell_counts(counts, articles, notice)


def _pieces(paragraphs: list[Any], where: str) -> Iterator[tuple[str, str]]:
    """Give the sentences of paragraphs, each with what stands before it."""
    for number, paragraph in enumerate(paragraphs, 1):
        place = f"{where}: paragraph {number} of body-paragraphs"
        if not isinstance(paragraph, list) or not all(isinstance(sentence, str) for sentence in paragraph):
            raise SaysoError(f"{place} is {shown(paragraph)}; it must be a list of sentences.")
        yield from ((" " if n else "\n\n", sentence) for n, sentence in enumerate(paragraph))


class _Sentences(NamedTuple):
    """The sentences of an article: the file's name, as the file has them, and where they stand in the text."""

    file: str
    raw: list[str]
    text: str
    spans: list[Span]

    def number(self, name: str, place: str) -> int:
        """Tell which sentence an id such as ``p3`` or ``p3_1`` means."""
        match = _SENTENCE.fullmatch(name)
        if not match or int(match[1]) >= len(self.spans):
            raise SaysoError(f"{place}: id {name!r}, but {self.file} has sentences p0 to p{len(self.spans) - 1}.")
        return int(match[1])


def _article(file: Path, annotation_file: Path, counts: Counter[str]) -> LabelledArticle:
    article, annotations, where = read_object(file), read_object(annotation_file), str(file)
    pieces = list(_pieces(need_list(article, where, "body-paragraphs"), where))
    sentences = _Sentences(file.name, [raw for _, raw in pieces], *lay_out(pieces))
    meta = {"split": "train", GROUP: need_text(article, where, "triplet-uuid")}
    meta["relative_stance"] = need_text(annotations, str(annotation_file), "article-level-annotations", "relative_stance")
    _count_unused(article, _UNUSED_OF_ARTICLES, "articles", counts)
    _count_unused(annotations["article-level-annotations"], (), "articles", counts)
    marks: dict[int, list[dict[str, Any]]] = {}
    ids: Counter[str] = Counter()
    for number, mark in enumerate(need_list(annotations, str(annotation_file), "phrase-level-annotations"), 1):
        place = f"{annotation_file}: annotation {number}"
        kind, name = choose(_KINDS, need(mark, place, "bias"), "bias", place), need_text(mark, place, "id")
        _count_unused(mark, _UNUSED_OF_SPANS, "spans", counts)
        counts["spans that share their id with another span of the article, all kept"] += ids[name] > 0
        ids[name] += 1
        if name == "title":
            meta["title_bias"] = kind
            counts["headline spans, kept as the column article_title_bias"] += 1
        elif span := _span(mark, place, sentences, n := sentences.number(name, place), counts):
            about = {key: mark[key] for key in _ABOUT if mark.get(key)}
            words = {"start": span.start, "end": span.end, "text": span.of(sentences.text)}
            marks.setdefault(n, []).append({"kind": kind, **words, **about})
    kept = [(n, span) for n, span in enumerate(sentences.spans) if span.start < span.end]
    counts["empty sentences left out"] += len(pieces) - len(kept)
    outlet = choose(_OUTLETS, need_text(article, where, "source").lower(), "source", where)
    about = {name: need_text(article, where, name) for name in ("title", "date", "url") if article.get(name)}
    return LabelledArticle(
        Article(file.stem, sentences.text, outlet=outlet, **about),
        tuple(_sentence(k, span, marks.get(n, [])) for k, (n, span) in enumerate(kept)),
        complete=frozenset({"bias"}),
        meta=meta,
    )


def _count_unused(about: Mapping[str, Any], names: Sequence[str], of: str, counts: Counter[str]) -> None:
    """Count what the corpus tells of spans or articles and no column takes."""
    for name in names or [name for name in about if name != "relative_stance"]:
        plain = next((start for start in _FEELINGS if name.startswith(start)), name)
        counts[f"{plain} of {of}, left out"] += bool(about.get(name))


def _span(mark: Mapping[str, Any], place: str, sentences: _Sentences, n: int, counts: Counter[str]) -> Span | None:
    """Find a span by its place, or else by its words where they stand in the sentence once."""
    raw, text, span = sentences.raw[n], sentences.text, sentences.spans[n]
    words = need_text(mark, place, "txt").strip()
    base = span.start - (len(raw) - len(raw.lstrip()))
    start, end = base + need_whole(mark, place, "start"), base + need_whole(mark, place, "end")
    if text[start:end].strip() == words:
        start += len(text[start:end]) - len(text[start:end].lstrip())
        return Span(start, start + len(words))
    once = span.of(text).count(words) == 1
    counts["spans moved to where their words occur" if once else "spans whose words are not in the sentence"] += 1
    at = text.index(words, *span) if once else 0
    return Span(at, at + len(words)) if once else None


def _sentence(n: int, span: Span, marks: list[dict[str, Any]]) -> Sentence:
    extra = {kind: "yes" if any(m["kind"] == kind for m in marks) else "no" for kind in _KINDS.values()}
    if marks:
        extra["bias_spans"] = json.dumps(marks, ensure_ascii=False)
    loaded = sorted({Span(m["start"], m["end"]) for m in marks if m["kind"] == "lexical"})
    return Sentence(n, span, bias="biased" if marks else "neutral", loaded=tuple(loaded), extra=extra)


CORPUS = Corpus(
    title="BASIL",
    home="https://github.com/marshallwhiteorg/emnlp19-media-bias",
    licence=None,
    labels={
        "lex": "bias biased, loaded words; column lexical (yes, no)",
        "inf": "bias biased; column informational (yes, no)",
        "(no span)": "bias neutral",
        "phrase-level-annotations": "column bias_spans: each span with target, polarity, aim, quote, speaker, as JSON",
        "title": "spans of the headline: column article_title_bias",
        "triplet-uuid": "column article_group: the three articles on one event always stay in the same fold",
        "relative_stance": "column article_relative_stance",
    },
    read=_read,
    references=(
        Reference(
            "fan2019plain",
            "inproceedings",
            "In Plain Sight: Media Bias Through the Lens of Factual Reporting",
            (
                "Fan, Lisa",
                "White, Marshall",
                "Sharma, Eva",
                "Su, Ruisi",
                "Choubey, Prafulla Kumar",
                "Huang, Ruihong",
                "Wang, Lu",
            ),
            "2019",
            {
                "booktitle": "Proceedings of the 2019 Conference on Empirical Methods in Natural Language Processing and "
                "the 9th International Joint Conference on Natural Language Processing (EMNLP-IJCNLP)",
                "pages": "6343--6349",
                "doi": "10.18653/v1/D19-1664",
            },
        ),
    ),
)
