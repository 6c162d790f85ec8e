"""The headline of an article, where its text begins with it: shown and labelled as any sentence, but never counted.

Web pages and plain text begin with their headline; in a table or in JSON it often stands beside the text, where no
sentence is made of it. Counts leave it out of both, so that an article counts the same whatever file it came in.
"""

import re
from collections.abc import Sequence

from ...data.records import Article
from ..annotation.records import Annotated

_LONGEST = 200  # characters: a longer first line is a paragraph
_NO_WORD = re.compile(r"\W+")
_ENDS_SENTENCE = re.compile(r"[.…;:,][\s\"'”’»)\]]*$")


def n_in_headline(article: Article, annotated: Sequence[Annotated]) -> int:
    """Count the sentences of the headline that an article's text begins with.

    They are those of the line with the first sentence, if more sentences follow and the line is the article's title, or
    begins it (*Rain stops play | Orla Post*); without a title, if it is a short line that does not end as a sentence does.

    Parameters
    ----------
    article : Article
    annotated : sequence of Annotated
        All of its sentences, in order.

    Returns
    -------
    int
        0 where the text does not begin with a headline.
    """
    if len(annotated) < 2:
        return 0
    text, first = article.text, annotated[0].span.start
    start, end = text.rfind("\n", 0, first) + 1, text.find("\n", first)
    n = sum(1 for a in annotated if a.span.start < end)
    if end < 0 or n == len(annotated) or annotated[n - 1].span.end > end:
        return 0
    return n if _is_headline(text[start:end].strip(), article.title) else 0


def _is_headline(line: str, title: str | None) -> bool:
    if title and title.strip():
        return f"{_words(title)} ".startswith(f"{_words(line)} ")
    return len(line) <= _LONGEST and not _ENDS_SENTENCE.search(line)


def _words(text: str) -> str:
    return _NO_WORD.sub(" ", text.casefold()).strip()
