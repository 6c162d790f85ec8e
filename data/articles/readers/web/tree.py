"""HTML as a tree, and the paragraphs that a reader of it sees."""

import re
from collections.abc import Iterator
from typing import Any

from .....errors import SaysoError

Tree = Any
"""An element of lxml, which comes without type hints."""

BLOCKS = frozenset(
    "address article aside blockquote body caption cell center dd details dialog dir div dl dt fieldset figcaption figure "
    "footer form frameset graphic h1 h2 h3 h4 h5 h6 header hgroup hr html item legend li list main menu nav noframes ol p "
    "pre quote row search section summary table tbody td tfoot th thead tr ul".split()
)
"""Elements that begin a paragraph and end one; a few are trafilatura's (``list``, ``item``, ``quote``, ``cell``)."""
WITHOUT_WORDS = frozenset(
    "applet area audio base button canvas datalist embed head iframe input link map math meta noembed noscript object "
    "optgroup option param rp rt rtc script select source style svg template textarea title track video".split()
)
"""Elements whose content nobody reads as text."""
LINE_ENDS = ("br", "lb")
"""Elements that end a line; ``lb`` is trafilatura's."""

_ENCODING = re.compile(r"^\s*<\?xml[^>]*>")
_NOT_OF_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BY_NUMBER = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|(\d{1,9}));?")
_SPACE = re.compile(r"\s+")
_EMPTY_LINE = re.compile(r"\n\s*\n")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\ufeff\u2060"))  # soft hyphens and characters without width
_IS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)", re.I)


def parse_html(page: str, where: str = "") -> Tree:
    """Return the root of a page or of a piece of one.

    Raises
    ------
    SaysoError
        If it is nested more deeply than libxml2 follows: it drops whatever comes then.
    """
    from lxml import html

    # Without huge_tree all that comes after 256 open elements is dropped; old pages reach that with unclosed <font>.
    parser = html.HTMLParser(huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False, no_network=True)
    source = _ENCODING.sub("", page)  # lxml refuses text that names an encoding
    source = _NOT_OF_XML.sub(" ", _BY_NUMBER.sub(_without_control, source))  # it reads these, but does not write them
    try:
        tree = html.document_fromstring(f"{source}<p></p>", parser=parser)  # lxml refuses a page without an element
    except (ValueError, html.etree.LxmlError) as error:
        raise SaysoError(f"{where}: this HTML cannot be read ({error}); save the text as .txt instead.") from error
    if any("depth" in entry.message for entry in parser.error_log):
        raise SaysoError(f"{where}: this HTML is nested too deeply; save the text as .txt instead.")
    return tree


def _without_control(reference: re.Match[str]) -> str:
    """Return a reference to a character, or a space for one that stands for none."""
    number = int(reference[1], 16) if reference[1] else int(reference[2])
    is_character = number <= 0x10FFFF and not _NOT_OF_XML.match(chr(number))
    return reference[0] if is_character else " "


def is_block(element: Tree) -> bool:
    """Tell whether an element stands on lines of its own."""
    if element.tag in BLOCKS:
        return True
    return bool(_IS_BLOCK.search(element.get("style") or ""))


def paragraphs(tree: Tree) -> list[str]:
    r"""Return the paragraphs below an element, in order, none empty.

    White space is one space, ``<br>`` a line end within a paragraph and ``<br><br>`` its end; in ``<pre>`` line ends hold.
    """
    return [text for _, text in blocks(tree)]


def blocks(tree: Tree) -> Iterator[tuple[Tree, str]]:
    """Yield the paragraphs below an element, each with the innermost block that it stands in."""
    for element, block in _blocks(tree):
        for part in _EMPTY_LINE.split(block):
            if text := _tidy(part):
                yield element, text


def size(element: Tree) -> int:
    """Count the characters of the words below an element, without those of its scripts."""
    every = sum(len(words.strip()) for words in element.itertext())
    return every - sum(len((script.text or "").strip()) for script in element.iter("script", "style"))


def words_of(tree: Tree) -> str:
    """Return the words below an element in one line."""
    return " ".join(" ".join(paragraphs(tree)).split())


def drop(element: Tree) -> None:
    """Take an element out, with all below it; the words behind it stay."""
    parent, tail, before = element.getparent(), element.tail, element.getprevious()
    if parent is None:
        return
    if is_block(element):
        tail = f" {tail or ''}"  # the words before and behind it were never one word
    if before is not None:
        before.tail = (before.tail or "") + (tail or "")
    else:
        parent.text = (parent.text or "") + (tail or "")
    parent.remove(element)


def replace(element: Tree, words: list[str]) -> None:
    """Put paragraphs of plain words in the place of an element; the words behind it stay."""
    from lxml import etree

    for child in list(element):
        element.remove(child)
    element.tag, element.text = "div", None
    element.attrib.clear()
    element.set("data-quotation", "told")  # beside its paragraphs in the story, not below them
    for paragraph in words:
        etree.SubElement(element, "p").text = paragraph


def _tidy(part: str) -> str:
    lines = (" ".join(line.split()) for line in part.translate(_INVISIBLE).split("\n"))
    return "\n".join(line for line in lines if line)


def _blocks(tree: Tree) -> Iterator[tuple[Tree, str]]:
    """Yield the text between the beginnings and ends of blocks."""
    from lxml import etree

    pieces: list[str] = []
    inside = [tree]
    walk = etree.iterwalk(tree, events=("start", "end"))
    n_pre = 0
    for event, element in walk:
        is_element = isinstance(element.tag, str)
        if event == "start" and (not is_element or element.tag in WITHOUT_WORDS):
            walk.skip_subtree()
            continue
        if is_element and is_block(element):
            yield inside[-1], "".join(pieces)
            pieces = []
            if event == "start":
                inside.append(element)
            else:
                inside.pop()
        n_pre += (element.tag == "pre") * (1 if event == "start" else -1)
        if event == "start":
            pieces.append("\n" if element.tag in LINE_ENDS else _spaced(element.text, n_pre))
        elif element is not tree:
            pieces.append(_spaced(element.tail, n_pre))
    yield tree, "".join(pieces)


def _spaced(text: str | None, n_pre: int) -> str:
    """Return words as a browser shows them: white space is one space but in ``<pre>``."""
    return (text or "") if n_pre else _SPACE.sub(" ", text or "")
