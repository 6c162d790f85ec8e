"""The standards of news agencies: NITF, NewsML 1 and NewsML-G2."""

from collections.abc import Iterator

from .elements import (
    Element,
    Entry,
    anywhere,
    attribute,
    below,
    first,
    inner_text,
    known_words,
    language_of,
    name_of,
    text_of_html,
    words,
)

_NO_STORY = ("table", "media", "fn", "note", "bibliography", "hr", "datasource", "pullquote", "media-caption", "series")
_PARAGRAPHS = ("p", "hl2", "li", "dt", "dd", "pre", "bq", "quote")


def nitf(element: Element, where: str) -> Entry:
    """Read a document of NITF: the paragraphs of its content, without tables, captions and what stands below the story."""
    heads = [*anywhere(element, "body.head")] or [element]
    contents = [*anywhere(element, "body.content")] or [*below(element, "body")]
    paragraphs = [paragraph for content in contents for paragraph in paragraphs_of(content)]
    text = "\n\n".join(paragraphs) or "\n\n".join(text_of_html(words(content), where) for content in contents)
    head = heads[0]
    byline = first(anywhere(head, "byline")).removeprefix("By ")
    return Entry(
        text,
        known_words(
            id=attribute(anywhere(element, "doc-id"), "id-string"),
            title=first(anywhere(head, "hl1"), anywhere(head, "hedline"), anywhere(element, "title")),
            outlet=first(anywhere(head, "distributor")) or attribute(anywhere(element, "pubdata"), "name"),
            date=attribute(anywhere(element, "date.issue"), "norm")
            or attribute(anywhere(element, "date.release", "story.date"), "norm")
            or attribute(anywhere(element, "pubdata"), "date.publication"),
            url=attribute(anywhere(element, "pubdata"), "ex-ref"),
            language=language_of(element),
            byline=byline,
            section=attribute(anywhere(element, "pubdata"), "position.section"),
        ),
    )


def paragraphs_of(content: Element) -> Iterator[str]:
    """Yield the paragraphs of a story, without tables, captions and notes."""
    for element in content:
        name = name_of(element)
        if name in _NO_STORY or not name:
            continue
        inner = list(paragraphs_of(element)) if name not in ("p", "hl2") else []
        if inner:
            yield from inner
        elif name in _PARAGRAPHS and (text := _without_captions(element)):
            yield text


def _without_captions(paragraph: Element) -> str:
    for element in [*anywhere(paragraph, *_NO_STORY)]:
        if (parent := element.getparent()) is not None:
            tail, before = element.tail or "", element.getprevious()
            if before is not None:
                before.tail = (before.tail or "") + tail
            else:
                parent.text = (parent.text or "") + tail
            parent.remove(element)
    return words(paragraph)


def news_item(element: Element, where: str) -> Entry:
    """Read a newsItem of NewsML-G2: its text stands in it as NITF, as XHTML or as plain words."""
    entry = Entry("")
    for content in below(element, "contentSet", "inlineXML"):
        inner = next((one for one in content if name_of(one)), None)
        if inner is not None:
            entry = nitf(inner, where) if name_of(inner) == "nitf" else Entry(inner_text(inner, where))
            break
    text = entry.text or "\n\n".join(inner_text(one, where) for one in below(element, "contentSet", "inlineData"))
    meta = ("itemMeta",)
    known = known_words(
        id=element.get("guid", ""),
        title=first(below(element, "contentMeta", "headline"), below(element, "itemMeta", "title")),
        outlet=first(
            below(element, *meta, "provider", "name"),
            below(element, "contentMeta", "infoSource", "name"),
            below(element, *meta, "provider"),
        )
        or attribute(below(element, *meta, "provider"), "literal"),
        date=first(
            below(element, "contentMeta", "contentCreated"),
            below(element, *meta, "firstCreated"),
            below(element, *meta, "versionCreated"),
        ),
        language=attribute(below(element, "contentMeta", "language"), "tag") or language_of(element),
        byline=first(below(element, "contentMeta", "by")).removeprefix("By "),
        located=first(below(element, "contentMeta", "located", "name")),
    )
    return Entry(text, {**entry.known, **known})


def news_ml_item(element: Element, where: str) -> Entry:
    """Read a NewsItem of NewsML 1: the first of its contents that is text."""
    entry = Entry("")
    for content in anywhere(element, "DataContent"):
        inner = next((one for one in content if name_of(one)), None)
        if inner is None:
            entry = Entry(text_of_html(content.text or "", where))
        else:
            entry = nitf(inner, where) if name_of(inner) == "nitf" else Entry(inner_text(content, where))
        if entry.text:
            break
    known = known_words(
        id=first(anywhere(element, "PublicIdentifier"), anywhere(element, "NewsItemId")),
        title=first(anywhere(element, "HeadLine")),
        outlet=attribute(anywhere(element, "Party"), "FormalName"),
        date=first(anywhere(element, "FirstCreated"), anywhere(element, "DateId")),
        language=attribute(anywhere(element, "Language"), "FormalName"),
        byline=first(anywhere(element, "ByLine")).removeprefix("By "),
    )
    return Entry(entry.text, {**entry.known, **known})
