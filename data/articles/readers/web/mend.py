"""Mending a tree of HTML before its text is taken: hidden words go, and what only the markup shows is put in words."""

import re
from collections.abc import Callable

from .quotations import mark_block_quotations, mark_posts
from .tree import Tree, drop, is_block, size

_STRUCK = ("s", "del", "strike")
_NOTE_WORDS = re.compile(r"\s*[\[(]?(?:\d{1,3}|[a-z*†‡])[\])]?\s*")
_NOTE_CLASS = re.compile(r"\b(?:footnote|noteref|reference|endnote)", re.I)
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HIDDEN_CLASS = re.compile(
    r"(?:^|\s)(?:(?:u-|is-|a11y-)?visually-?hidden|sr-only|screen-?reader(?:-text|-only|s)?|(?:show-)?for-sr)(?:\s|$)", re.I
)
_STORY = 1_000  # characters; where more are hidden than shown, a script shows them, as behind a paywall
_OPENING = "“«„‘‹\"'"


def mend(tree: Tree) -> None:
    """Mend a tree in place; each of the steps leaves all other words as they are."""
    for step in _STEPS:
        step(tree)


def _drop_struck(tree: Tree) -> None:
    """Words that are struck out do not hold."""
    for element in list(tree.iter(*_STRUCK)):
        drop(element)


def _drop_hidden(tree: Tree) -> None:
    """Words that nobody sees, unless the story itself waits for a script."""
    hidden = {element for element in tree.iter("*") if _is_hidden(element)}
    outermost = [element for element in tree.iter("*") if element in hidden and hidden.isdisjoint(element.iterancestors())]
    n_hidden = sum(size(element) for element in outermost)
    if n_hidden > max(_STORY, size(tree) - n_hidden):
        return
    for element in outermost:
        drop(element)


def _is_hidden(element: Tree) -> bool:
    if element.tag in ("html", "body"):
        return False
    return (
        element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or bool(_HIDDEN_STYLE.search(element.get("style") or ""))
        or bool(_HIDDEN_CLASS.search(element.get("class") or ""))
    )


def _drop_note_numbers(tree: Tree) -> None:
    """The number of a footnote is no part of the sentence; a power or an ordinal is."""
    for element in list(tree.iter("sup")):
        is_note = element.find(".//a") is not None or _NOTE_CLASS.search(element.get("class") or "")
        if is_note and _NOTE_WORDS.fullmatch("".join(element.itertext())):
            drop(element)


def _unwrap_times(tree: Tree) -> None:
    """Keep the words of `<time>` in a sentence, which trafilatura takes out; alone it tells when the page was made."""
    for element in list(tree.iter("time", "data", "label", "output")):
        if element.tag == "time" and _stands_alone(element):
            element.set("datetime", element.get("datetime") or "".join(element.itertext()))
            element.set("data-time", "alone")  # for the day of each of several articles
            for child in list(element):
                element.remove(child)
            element.text = None
        element.tag = "span"


def _stands_alone(element: Tree) -> bool:
    """Tell whether there are no words before and behind an element in its block."""
    while True:
        parent = element.getparent()
        if parent is None:
            return True
        if (element.tail or "").strip() or _text_before(element).strip():
            return False
        if any(not is_block(other) and size(other) for other in parent if other is not element and other.tag != "time"):
            return False
        if is_block(parent):
            return True
        element = parent


def _mark_quotations(tree: Tree) -> None:
    """Write the marks that a browser puts around `<q>`: ‘single’ ones within another."""
    for element in list(tree.iter("q")):
        words = "".join(element.itertext()).strip()
        before = _text_before(element).rstrip()
        is_inner = any(above.tag == "q" or above.get("data-q") for above in element.iterancestors())
        element.tag = "span"
        element.set("data-q", "1")
        if words and words[0] not in _OPENING and not before.endswith(("“", "‘")):
            opening, closing = "‘’" if is_inner else "“”"
            element.text = opening + (element.text or "").lstrip()
            _append(element, closing)


def _text_before(element: Tree) -> str:
    previous = element.getprevious()
    return (element.getparent().text if previous is None else previous.tail) or ""


def _append(element: Tree, closing: str) -> None:
    """Write a mark behind the last word below an element."""
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + closing
    else:
        element.text = (element.text or "").rstrip() + closing


_STEPS: tuple[Callable[[Tree], None], ...] = (
    _drop_struck,
    _drop_hidden,
    _drop_note_numbers,
    _unwrap_times,
    _mark_quotations,
    mark_posts,
    mark_block_quotations,
)
