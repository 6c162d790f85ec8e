"""An annotated article as a notebook shows it: a table that brings its own style and changes nothing around it."""

from collections import Counter
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from ...data.display import counted
from ...data.records import Article
from ...data.scheme import KINDS
from ..annotation.article_name import name_of_article
from ..annotation.records import AnnotatedSentence
from ..speakers.speeches import speeches_of
from .html import KIND_NAMES, templates_of, with_names
from .marked_text import in_pieces, marks_of

if TYPE_CHECKING:
    import jinja2

MOST_ROWS = 60
"""Sentences that are shown; a notebook keeps its outputs, and a longer table is better read as a page."""


def notebook_table(article: Article, sentences: Sequence[AnnotatedSentence]) -> str:
    """Give a fragment of HTML: no script, nothing loaded, all text escaped, and styles for this table alone.

    Parameters
    ----------
    article : Article
    sentences : sequence of AnnotatedSentence
        All of its sentences, in order; the first `MOST_ROWS` are shown.
    """
    heard = speeches_of(article, sentences)
    shown = sentences[:MOST_ROWS]
    cut = in_pieces(article.text, [a.span for a in shown], marks_of(article.text, shown))
    rows = list(zip(shown, cut, heard.speakers, strict=False))
    html: str = _template().render(
        name=name_of_article(article),
        language=article.language or "en",
        summary=_summary(sentences[heard.n_in_headline :]),
        has_headline=heard.n_in_headline > 0,
        rows=rows,
        n_more=len(sentences) - len(shown),
        stances=any(a.stance for a in shown),
        own=dict.fromkeys(column for a in shown for column in a.own),
    )
    return html


def _summary(sentences: Sequence[AnnotatedSentence]) -> str:
    counts = Counter(a.kind for a in sentences)
    parts = [counted(counts[kind], KIND_NAMES[kind].lower()) for kind in KINDS if counts[kind]]
    return counted(len(sentences), "sentence") + (f": {', '.join(parts)}" if parts else "")


@cache
def _template() -> "jinja2.Template":
    return with_names(templates_of(_read, keep_trailing_newline=False)).get_template("notebook.html.j2")


def _read(name: str) -> str:
    return (files("sayso.classify") / "templates" / name).read_text(encoding="utf-8")
