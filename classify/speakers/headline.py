"""The headline of an article, where its text begins with it: shown and labelled as any sentence, but never counted.

Web pages and plain text begin with their headline; in a table or in JSON it often stands beside the text, where no
sentence is made of it. Counts leave it out of both, so that an article counts the same whatever file it came in.
"""

import re
from collections.abc import Sequence
from typing import Protocol

from ...data.records import Article, Span

_LONGEST = 200  # characters: a longer first line is a paragraph
_NO_WORD = re.compile(r"\W+")
_ENDS_SENTENCE = re.compile(r"[.…;:,][\s\"'”’»)\]]*$")


class Placed(Protocol):
    """A sentence, whatever is known of it."""

    @property
    def span(self) -> Span:
        """Where it stands in the article's text."""


def n_in_headline(article: Article, sentences: Sequence[Placed]) -> int:
    """Count the sentences of the headline that an article's text begins with.

    They are those of the line with the first sentence, if more sentences follow and the line is the article's title, or
    begins it (*Rain stops play | Orla Post*); without a title, if it is a short line that does not end as a sentence does.

    Parameters
    ----------
    article : Article
    sentences : sequence of Placed
        All of its sentences, in order.

    Returns
    -------
    int
        0 where the text does not begin with a headline.
    """
    if len(sentences) < 2:
        return 0
    text, first = article.text, sentences[0].span.start
    start, end = text.rfind("\n", 0, first) + 1, text.find("\n", first)
    n = sum(1 for sentence in sentences if sentence.span.start < end)
    if end < 0 or n == len(sentences) or sentences[n - 1].span.end > end:
        return 0
    return n if _is_headline(text[start:end].strip(), article.title) else 0


def _is_headline(line: str, title: str | None) -> bool:
    if title and title.strip():
        return f"{_words(title)} ".startswith(f"{_words(line)} ")
    return len(line) <= _LONGEST and not _ENDS_SENTENCE.search(line)


def _words(text: str) -> str:
    return _NO_WORD.sub(" ", text.casefold()).strip()
