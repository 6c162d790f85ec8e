"""BABE, bias annotations by experts, as its authors publish it.

Spinde, Plank, Krieger, Ruas, Gipp, Aizawa: Neural Media Bias Detection Using Distant Supervision With BABE,
Findings of EMNLP 2021.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ...errors import SaysoError
from ..articles.notices import Say
from ..citing.reference import Reference
from ..records import Article, LabelledArticle, Sentence, Span
from .reader import Corpus, choose, find_in, lay_out, read_records

_FILE = "final_labels_SG2.csv"
_BIASES = {"Biased": "biased", "Non-biased": "neutral", "No agreement": ""}
_COLUMNS = ("text", "news_link", "outlet", "topic", "type", "label_bias", "label_opinion", "biased_words")
_MARKED = "marked words"
_ABSENT = "that do not occur in their sentence, left out"
_TAKEN = "that are only part of a word or of another marked span, left out"
_NOT_LOADED = "in sentences that are not biased, kept in the column biased_words only"
_OWN = ("label_opinion", "topic", "type")


def _read(path: Path, notice: Say) -> Iterator[LabelledArticle]:
    """Read the table; the sentences of one link are one article, those without a link an article each."""
    table = find_in(path, CORPUS.title, _FILE, f"data/{_FILE}")
    groups: dict[str, list[tuple[str, Mapping[str, str]]]] = {}
    for where, row in read_records(table, ";", _COLUMNS):
        groups.setdefault(_key(row["news_link"]) or where.rpartition(":")[2], []).append((where, row))
    counts: Counter[str] = Counter()
    for key, rows in groups.items():
        yield _article(key, rows, counts)
    n_words = counts.pop(_MARKED, 0)
    for what, n in sorted((+counts).items()):
        notice(f"{table}: marked words {what}: {n:,} of {n_words:,}.")


def _key(link: str) -> str:
    """Name an article by its link, which is written in several ways."""
    return re.sub(r"^https?://(www\.)?|[?#].*$", "", link.strip()).rstrip("/")


def _article(key: str, rows: Sequence[tuple[str, Mapping[str, str]]], counts: Counter[str]) -> LabelledArticle:
    text, spans = lay_out(("\n\n", row["text"]) for _, row in rows)
    sentences = tuple(
        _sentence(Sentence(n, span), text, row, where, counts)
        for n, ((where, row), span) in enumerate(zip(rows, spans, strict=True))
    )
    outlets = {row["outlet"] for _, row in rows}
    link = rows[0][1]["news_link"] or None
    article = Article(key, text, outlet=outlets.pop() or None if len(outlets) == 1 else None, url=link)
    complete = frozenset({"bias"}) if all(s.bias for s in sentences) else frozenset()
    return LabelledArticle(article, sentences, complete=complete, meta={"split": "train"})


def _sentence(bare: Sentence, text: str, row: Mapping[str, str], where: str, counts: Counter[str]) -> Sentence:
    """Give a sentence the labels of its row, and count its marked words."""
    bias = choose(_BIASES, row["label_bias"], "label_bias", where)
    words = _words(row["biased_words"], where)
    extra = {name: row[name] for name in _OWN if row[name]}
    if words:
        extra["biased_words"] = "; ".join(words)
    marked, missing = find_words(words, text, bare.span)
    counts[_MARKED] += len(words)
    for word in missing:
        is_absent = word.lower() not in bare.span.of(text).lower()
        counts[_ABSENT if is_absent else _TAKEN] += 1
    if bias != "biased":
        counts[_NOT_LOADED] += len(marked)
        marked = ()
    return replace(bare, bias=bias or None, loaded=marked, extra=extra)


def _words(cell: str, where: str) -> list[str]:
    try:
        words = ast.literal_eval(cell or "[]")
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        words = None
    if not isinstance(words, list) or not all(isinstance(word, str) for word in words):
        raise SaysoError(f"{where}: biased_words is {cell[:40]!r}; it must be a list of words.")
    return [word.strip() for word in words if word.strip()]


def find_words(words: Sequence[str], text: str, span: Span) -> tuple[tuple[Span, ...], list[str]]:
    """Find marked words in their sentence, each at its first place that is still free; give those that have none."""
    spans: list[Span] = []
    missing: list[str] = []
    for word in words:
        pattern = re.compile(rf"(?<!\w){re.escape(word)}(?!\w)", re.IGNORECASE)
        matches = (Span(*m.span()) for m in pattern.finditer(text, *span))
        place = next((m for m in matches if not any(map(m.overlaps, spans))), None)
        spans += [place] if place else []
        missing += [] if place else [word]
    return tuple(sorted(spans)), missing


CORPUS = Corpus(
    title="BABE",
    home="https://github.com/Media-Bias-Group/Neural-Media-Bias-Detection-Using-Distant-Supervision-With-BABE",
    licence="AGPL-3.0",
    labels={
        "Biased": "bias biased; judged for the whole sentence, including the words that it quotes",
        "Non-biased": "bias neutral",
        "No agreement": "no bias label",
        "biased_words": "loaded words of a biased sentence where they occur in it, otherwise only "
        "counted; column biased_words",
        "label_opinion, topic, type": "columns of the same names",
        "news_link": "the article: its sentences stay together, in the order of the table",
    },
    read=_read,
    references=(
        Reference(
            "spinde2021neural",
            "inproceedings",
            "Neural Media Bias Detection Using Distant Supervision With BABE - Bias Annotations By Experts",
            ("Spinde, Timo", "Plank, Manuel", "Krieger, Jan-David", "Ruas, Terry", "Gipp, Bela", "Aizawa, Akiko"),
            "2021",
            {
                "booktitle": "Findings of the Association for Computational Linguistics: EMNLP 2021",
                "pages": "1166--1177",
                "doi": "10.18653/v1/2021.findings-emnlp.101",
            },
        ),
    ),
)
