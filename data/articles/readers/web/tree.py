"""HTML as a tree, and the paragraphs that a reader of it sees."""

import re
from collections.abc import Iterator
from typing import Any

from .....errors import SaysoError

Tree = Any
"""An element of lxml, which has no types."""

BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer "
    "form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main menu nav noframes ol p pre search section "
    "summary table tbody td tfoot th thead tr ul".split()
)
"""Elements that begin a paragraph and end one."""
WITHOUT_WORDS = frozenset(
    "applet area audio base button canvas datalist embed head iframe input link map math meta noembed noscript object "
    "optgroup option param rp rt rtc script select source style svg template textarea title track video".split()
)
"""Elements whose content nobody reads as text."""

_ENCODING = re.compile(r"^\s*<\?xml[^>]*>")
_SPACE = re.compile(r"\s+")
_EMPTY_LINE = re.compile(r"\n\s*\n")
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\ufeff\u2060"))  # soft hyphens and what is no wider than nothing
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
    try:
        tree = html.document_fromstring(source if source.strip() else "<p></p>", parser=parser)
    except (ValueError, html.etree.LxmlError) as error:
        raise SaysoError(f"{where}: this HTML cannot be read ({error}); save the text as .txt instead.") from error
    if any("depth" in entry.message for entry in parser.error_log):
        raise SaysoError(f"{where}: this HTML is nested too deeply to be read whole; save the text as .txt instead.")
    return tree


def is_block(element: Tree) -> bool:
    """Tell whether an element stands on lines of its own."""
    if element.tag in BLOCKS:
        return True
    return bool(_IS_BLOCK.search(element.get("style") or ""))


def paragraphs(tree: Tree) -> list[str]:
    r"""Return the paragraphs below an element, in order, none empty.

    White space is one space, ``<br>`` a line end within a paragraph and ``<br><br>`` its end; in ``<pre>`` line ends hold.
    """
    found: list[str] = []
    for block in _blocks(tree):
        found += [paragraph for part in _EMPTY_LINE.split(block) if (paragraph := _tidy(part))]
    return found


def words_of(tree: Tree) -> str:
    """Return the words below an element in one line."""
    return " ".join(" ".join(paragraphs(tree)).split())


def drop(element: Tree) -> None:
    """Take an element out, with all below it; the words behind it stay."""
    parent, tail, before = element.getparent(), element.tail, element.getprevious()
    if parent is None:
        return
    if is_block(element):
        tail = f" {tail or ''}"  # what stood before and behind it never was one word
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
    for paragraph in words:
        etree.SubElement(element, "p").text = paragraph


def _tidy(part: str) -> str:
    lines = (" ".join(line.split()) for line in part.translate(_INVISIBLE).split("\n"))
    return "\n".join(line for line in lines if line)


def _blocks(tree: Tree) -> Iterator[str]:
    """Yield the text between the beginnings and ends of blocks."""
    from lxml import etree

    pieces: list[str] = []
    walk = etree.iterwalk(tree, events=("start", "end"))
    n_pre = 0
    for event, element in walk:
        is_element = isinstance(element.tag, str)
        if event == "start":
            if not is_element or element.tag in WITHOUT_WORDS:
                walk.skip_subtree()
                continue
            if is_block(element):
                yield "".join(pieces)
                pieces = []
            n_pre += element.tag == "pre"
            pieces.append("\n" if element.tag == "br" else _spaced(element.text, n_pre))
            continue
        if is_element and is_block(element):
            yield "".join(pieces)
            pieces = []
        n_pre -= element.tag == "pre"
        if element is not tree:
            pieces.append(_spaced(element.tail, n_pre))
    yield "".join(pieces)


def _spaced(text: str | None, n_pre: int) -> str:
    """Return words as a browser shows them: white space is one space but in ``<pre>``."""
    return (text or "") if n_pre else _SPACE.sub(" ", text or "")
