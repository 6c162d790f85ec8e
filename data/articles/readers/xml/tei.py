"""TEI, in which corpora of newspapers are published: a document is an article."""

from .agencies import paragraphs_of
from .elements import Element, Entry, anywhere, attribute, below, first, known_words, language_of


def document(element: Element, where: str) -> Entry:
    """Read a TEI document: the paragraphs of its body, and what its header tells."""
    header = next(below(element, "teiHeader"), element)
    dates = list(anywhere(header, "date"))
    return Entry(
        "\n\n".join(paragraph for body in anywhere(element, "body") for paragraph in paragraphs_of(body)),
        known_words(
            title=first(anywhere(header, "title")),
            outlet=first(anywhere(header, "publisher")),
            date=attribute(iter(dates), "when", "value") or first(iter(dates)),
            language=language_of(element),
            byline=first(anywhere(header, "author")),
        ),
    )
