"""Mending a tree of HTML before its text is taken: hidden words go, and what only the markup shows is put in words."""

import re
from collections.abc import Callable

from .quotations import mark_block_quotations, mark_posts
from .tree import Tree, drop, is_block, size

_STRUCK = ("s", "del", "strike")
_OF_SENTENCES = ("n", "id", "xml:id", "num")
_SENTENCE_END = re.compile(r"[.!?…][\s\"'”’»)]*\Z")
_NOTE_WORDS = re.compile(r"\s*[\[(]?(?:\d{1,3}|[a-z*†‡])[\])]?\s*")
_NOTE_CLASS = re.compile(r"\b(?:footnote|noteref|reference|endnote)", re.I)
_NUMBER = re.compile(r"\s*[\[(]?\d{1,3}(?:\s*[,–-]\s*\d{1,3})*[\])]?\s*")
_POWER = re.compile(r"\s*[-−+]?\d{1,3}\s*")
_DIGIT = re.compile(r"\d\Z")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d\Z")
_UNIT = re.compile(
    r"(?<![^\W\d_])(?:[^\W\d_]|[cdkm]m|mc|ft|mi|yd|in|foot|feet|inch(?:es)?|miles?|(?:kilo|centi)?met(?:re|er)s?)\Z", re.I
)
"""What a square or cube stands behind; a single letter is a quantity."""
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_HIDDEN_CLASS = re.compile(
    r"(?:^|\s)(?:(?:u-|is-|a11y-)?visually-?hidden|sr-only|screen-?reader(?:-text|-only|s)?|(?:show-)?for-sr)(?:\s|$)", re.I
)
_STORY = 1_000  # characters; where more are hidden than shown, a script shows them, as behind a paywall
_OPENING = "“«„‘‹\"'"


STRUCK = "Struck-out passages left out"


def mend(tree: Tree) -> int:
    """Mend a tree in place, and count the passages that were struck out; all other words stay as they are."""
    n_struck = _drop_struck(tree)
    for step in _STEPS:
        step(tree)
    return n_struck


def _drop_struck(tree: Tree) -> int:
    """Drop words that are struck out, which do not hold; corpora write sentences with the same tag."""
    passages = list(tree.iter("s"))
    are_sentences = _are_sentences(tree, passages)
    for sentence in passages if are_sentences else ():
        sentence.tag = "span"
        sentence.tail = sentence.tail or " "
    struck = [element for element in tree.iter(*_STRUCK) if size(element)]
    for element in struck:
        drop(element)
    return len(struck)


def _are_sentences(tree: Tree, passages: list[Tree]) -> bool:
    """Tell by its number or by the greater part of all words whether ``<s>`` is a sentence, as in corpora."""
    if any(element.get(name) for element in passages for name in _OF_SENTENCES):
        return True
    outermost = [element for element in passages if next(element.iterancestors("s"), None) is None]
    n_whole = sum(size(element) for element in outermost if _SENTENCE_END.search("".join(element.itertext())))
    return 2 * n_whole > size(tree) or sum(map(size, outermost)) == size(tree)


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
        words = "".join(element.itertext())
        is_note = element.find(".//a") is not None or _NOTE_CLASS.search(element.get("class") or "")
        if (is_note and _NOTE_WORDS.fullmatch(words)) or _is_note_number(element, words):
            drop(element)
        elif _POWER.fullmatch(words) and _DIGIT.search(_words_before(element)):
            is_fraction = (element.tail or "").startswith(("/", "⁄"))
            element.text = f"{' ' if is_fraction else '^'}{words.strip()}"
            for child in list(element):
                element.remove(child)


def _is_note_number(element: Tree, words: str) -> bool:
    """Tell a number behind a word or a mark, where no power stands, and none begins an isotope or a fraction."""
    before, after = _words_before(element).rstrip(), (element.tail or "")[:1]
    if not _NUMBER.fullmatch(words) or not before or after.isalnum() or after in ("/", "⁄"):
        return False
    if _DIGIT.search(before):
        previous = element.getprevious()
        return bool(_YEAR.search(before)) or (previous is not None and previous.tag == "sub" and not previous.tail)
    return not (words.strip() in ("2", "3") and _UNIT.search(before)) and before[-1] not in "/⁄^"


def _words_before(element: Tree) -> str:
    """Return the words that stand before an element in its block, as far back as the neighbour that has some."""
    while True:
        previous, parent = element.getprevious(), element.getparent()
        if parent is None:
            return ""
        if words := _text_before(element):
            return words
        if previous is not None:
            return "".join(previous.itertext())
        if is_block(parent):
            return ""
        element = parent


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
    _drop_hidden,
    _drop_note_numbers,
    _unwrap_times,
    _mark_quotations,
    mark_posts,
    mark_block_quotations,
)
