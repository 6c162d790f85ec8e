"""Elements of XML by their names without namespaces, since sites and agencies write them with any or none."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from .....errors import SaysoError
from ....records import Article
from ...cells.cell_text import cell_text
from ...cells.entities import without_entities
from ...decode import clean
from ...notices import Notices
from ...tables import new_article

Element = Any
"""An element of lxml, which comes without type hints."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One article of an XML file.

    Parameters
    ----------
    text : str
        Its words; "" if it has none.
    known : dict of str to str
        ``id``, ``title``, ``outlet``, ``date``, ``url``, ``language`` and further words, none of them empty.
    is_teaser : bool, default=False
        Whether only its beginning is there.
    """

    text: str
    known: dict[str, str] = field(default_factory=dict)
    is_teaser: bool = False

    def article(self, where: str) -> Article:
        """Return its article, the headline first.

        Raises
        ------
        SaysoError
            If it has no text.
        """
        known = dict(self.known)
        title = known.get("title", "")
        if not self.text.strip():
            about = f" of “{title[:60]}”" if title else ""
            raise SaysoError(f"{where}: no text{about}; leave it out.")
        parts = {part: known.pop(part, None) for part in ("title", "outlet", "date", "url", "language")}
        begins = " ".join(self.text[: 2 * len(title)].split()).startswith(title)
        text = self.text if begins else f"{title}\n\n{self.text}"
        return new_article(known.pop("id", where), clean(text, where), where, known, **parts)


def name_of(element: Element) -> str:
    """Return the name of an element without its namespace; "" for what is none."""
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def below(element: Element, *path: str) -> Iterator[Element]:
    """Yield the elements on a path of names, each a child of the one before, whatever their namespaces."""
    if not path:
        yield element
        return
    for child in element:
        if name_of(child) == path[0]:
            yield from below(child, *path[1:])


def anywhere(element: Element, *names: str) -> Iterator[Element]:
    """Yield the elements of these names at any depth below an element, in order."""
    return (one for one in element.iter("*") if one is not element and name_of(one) in names)


def words(element: Element | None) -> str:
    """Return the words in an element in one line; "" for None."""
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def first(*candidates: Iterator[Element]) -> str:
    """Return the words of the first element that has any."""
    return next((text for elements in candidates for element in elements if (text := words(element))), "")


def attribute(elements: Iterator[Element], *names: str) -> str:
    """Return an attribute of the first element that has one of these."""
    values = (element.get(name) for element in elements for name in names)
    return next((value.strip() for value in values if value and value.strip()), "")


def language_of(element: Element) -> str:
    """Return the language that an element or one around it names."""
    for one in (element, *element.iterancestors()):
        if language := one.get("{http://www.w3.org/XML/1998/namespace}lang") or one.get("lang"):
            return str(language)
    return ""


def known_words(**parts: str) -> dict[str, str]:
    """Return the parts that have words, without the entities that CDATA keeps."""
    return {part: without_entities(word) for part, word in parts.items() if word}


def text_of_html(html: str, where: str) -> str:
    """Return the words of what may be HTML or plain text; words in angle brackets that are no tags stay."""
    return cell_text(clean(html, where), where, Notices()).strip()  # that markup is taken out is no news here


def inner_text(element: Element, where: str) -> str:
    """Return the text in an element, whether it holds XHTML as elements or HTML as text."""
    from lxml import etree

    if not len(element):
        return text_of_html(element.text or "", where)
    from ..web.html_text import html_text

    for one in element.iter("*"):
        if "}" in one.tag:
            one.tag = name_of(one)  # prefixes are no part of HTML
    return html_text(etree.tostring(element, encoding="unicode", with_tail=False), where)
