"""An annotated article laid out for a page: paragraphs, sentences cut where their marks change, and notes on them."""

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any, NamedTuple, Protocol

from ...data.records import Article, Span
from ..annotation.conversions import as_dict
from ..annotation.marks import marked
from ..annotation.records import AnnotatedSentence

_BREAK = re.compile(r"(\s*\n\s*)")
_KEPT = ("kind", "kind_confidence", "abstain", "source_type", "source_type_confidence", "source", "cue")


class Placed(Protocol):
    """A sentence of a page, whatever else is shown with it."""

    @property
    def span(self) -> Span:
        """Where it stands in the article's text."""

    @property
    def text(self) -> str:
        """Its words."""


class Piece(NamedTuple):
    """A stretch of text with the classes of its marks: ``source``, ``cue`` with a tone, ``loaded``."""

    text: str
    classes: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A sentence as a page shows it.

    Parameters
    ----------
    annotated : AnnotatedSentence
    text : str
    pieces : list of Piece
        Together they are the text.
    speaker : str or None
        Who says most of it; None where it is not attributed.
    data : mapping of str to str
        Its ``data-`` attributes: everything that a program needs to read it back.
    attributions : list of mapping
        Its attributions, with words for the spans.
    at, words : int
        Words of the article before it, and its own.
    """

    annotated: AnnotatedSentence
    text: str
    pieces: list[Piece]
    speaker: str | None
    data: dict[str, str]
    attributions: list[dict[str, Any]]
    at: int
    words: int

    @property
    def kind(self) -> str:
        """Its kind."""
        return self.annotated.kind

    @property
    def span(self) -> Span:
        """Where it stands in the article's text."""
        return self.annotated.span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences and what stands between them, in order, and the white space behind.

    Parameters
    ----------
    parts : list of Placed or str
        A string is no sentence: page furniture, a dateline, a space.
    behind : str
    is_headline : bool, default=False
        Its sentences are the headline.
    """

    parts: list[Placed | str]
    behind: str
    is_headline: bool = False

    @property
    def is_aside(self) -> bool:
        """No sentence stands in it."""
        return all(isinstance(part, str) for part in self.parts)


def show(
    article: Article, annotated: Sequence[AnnotatedSentence], speakers: Sequence[str | None], n_words: Sequence[int]
) -> list[Shown]:
    """Prepare the sentences of an article.

    Parameters
    ----------
    article : Article
    annotated : sequence of AnnotatedSentence, length n_sentences
    speakers : sequence of str or None, length n_sentences
        Who says most of each, as `speeches.speeches_of` gives it.
    n_words : sequence of int, length n_sentences
    """
    cut = in_pieces(article.text, [a.span for a in annotated], marks_of(article.text, annotated))
    shown, at = [], 0
    for a, pieces, speaker, words in zip(annotated, cut, speakers, n_words, strict=True):
        values = as_dict(article, a)
        own_labels = {c: {"label": own.label, "confidence": values[f"{c}_confidence"]} for c, own in a.own.items()}
        data = _data({**values, "own": own_labels}, speaker)
        shown.append(Shown(a, values["text"], pieces, speaker, data, _attributions(article.text, values), at, words))
        at += words
    return shown


def paragraphs(text: str, shown: Sequence[Placed], n_in_headline: int = 0) -> list[Paragraph]:
    """Lay sentences out; all parts and what stands behind them together are the text, unchanged.

    Parameters
    ----------
    text : str
    shown : sequence of Placed
        All sentences, in order.
    n_in_headline : int, default=0
        The first so many are the headline.
    """
    finished: list[Paragraph] = []
    headline = shown[0] if n_in_headline else None
    parts: list[Placed | str] = []
    for before, sentence in _gaps(text, shown):
        for i, piece in enumerate(_BREAK.split(before)):
            if i % 2:
                finished.append(Paragraph(parts, piece, headline is not None and headline in parts))
                parts = []
            elif piece:
                parts.append(piece)
        if sentence:
            parts.append(sentence)
    return [*finished, Paragraph(parts, "")] if parts else finished


def _gaps(text: str, shown: Sequence[Placed]) -> Iterator[tuple[str, Placed | None]]:
    at = 0
    for sentence in shown:
        yield text[at : sentence.span.start], sentence
        at = sentence.span.end
    yield text[at:], None


def marks_of(text: str, annotated: Sequence[AnnotatedSentence]) -> Iterator[tuple[str, Span]]:
    """Yield the marks of an article, sentence by sentence: a class, with the tone of a cue, and where it stands."""
    for a in annotated:
        tones = {attribution.cue: attribution.tone for attribution in a.attributions}
        for mark, span in marked(text, a):
            yield (f"cue {tones.get(span, 'neutral')}" if mark == "cue" else mark), span
        for span in a.bias.words if a.bias else ():
            yield "loaded", span


def in_pieces(text: str, sentences: Sequence[Span], marks: Iterable[tuple[str, Span]]) -> Iterator[list[Piece]]:
    """Cut sentences, in reading order and without overlap, where a mark begins or ends; yield the pieces of each."""
    ends = [sentence.end for sentence in sentences]
    here: list[list[tuple[str, Span]]] = [[] for _ in sentences]
    for mark, span in marks:
        n = bisect_right(ends, span.start)
        while n < len(sentences) and sentences[n].start < span.end:
            here[n].append((mark, span))
            n += 1
    return (_pieces(text, sentence, its_own) for sentence, its_own in zip(sentences, here, strict=True))


def _pieces(text: str, sentence: Span, marks: Sequence[tuple[str, Span]]) -> list[Piece]:
    here = [(mark, max(span.start, sentence.start), min(span.end, sentence.end)) for mark, span in marks]
    cuts = sorted({*sentence, *(start for _, start, _ in here), *(end for _, _, end in here)})
    pieces = []
    for start, end in pairwise(cuts):
        classes = dict.fromkeys(mark for mark, first, last in here if first <= start and end <= last)
        pieces.append(Piece(text[start:end], " ".join(classes)))
    return pieces


def _data(values: dict[str, Any], speaker: str | None) -> dict[str, str]:
    """Give the attributes' names, without ``data-``, and values; what is not known is left out."""
    plain = {key: values[key] for key in ("n", "start", "end", *_KEPT)} | {"speaker": speaker}
    plain["abstain"] = str(values["abstain"]).lower()
    for key in ("attributions", "stance", "bias", "own"):
        if values[key]:
            plain[key] = json.dumps(_bare(values[key]), ensure_ascii=False, separators=(",", ":"))
    return {key.replace("_", "-"): str(value) for key, value in plain.items() if value is not None}


def _bare(value: Any) -> Any:
    """Leave out the words of spans: they stand in the text."""
    if isinstance(value, dict):
        return {k: _bare(v) for k, v in value.items() if not (k == "text" and "start" in value)}
    return [_bare(part) for part in value] if isinstance(value, list) else value


def _attributions(text: str, values: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {**attribution, "said": " … ".join([text[part["start"] : part["end"]] for part in attribution["content"]])}
        for attribution in values["attributions"]
    ]
