"""The paragraphs of a story on its page: trafilatura chooses them, and they are written as the page has them.

Its own text runs headlines into sentences and marks up lists, so only its choice is taken.
"""

import copy
import re
from dataclasses import dataclass
from typing import Any

from .tree import Tree, blocks, paragraphs

_LEAST_CHOSEN = 0.8  # of trafilatura's words have to be found again among the paragraphs
_LONG = 40  # characters that stand in a text only once
_HEADINGS = ("h2", "h3", "h4", "h5", "h6")
_LISTS = ("ul", "ol", "dl")
_BESIDE = ("p", "li", "dt", "dd", "pre", *_HEADINGS)
"""Elements that are a paragraph of the story where their neighbours are."""
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph of the page, where it stands, and its words without white space."""

    element: Tree
    text: str
    letters: str


def story_of(tree: Tree) -> list[str]:
    """Return the paragraphs of the story on a page that is free of clutter, in order; none if there is no story.

    Parameters
    ----------
    tree : element
        Root of the page, mended.
    """
    page = [_Block(element, text, _letters(text)) for element, text in blocks(tree)]
    chosen = _chosen_by_trafilatura(tree)
    if not chosen:
        return [block.text for block in page if _has_own_words(block)]
    kept = _find_again(page, chosen)
    if not kept:
        return []  # trafilatura took the text of a script for the story
    if sum(len(page[number].letters) for number in kept) < _LEAST_CHOSEN * len(_letters("".join(chosen))):
        return chosen
    return [page[number].text for number in sorted(_between(page, kept))]


def _chosen_by_trafilatura(tree: Tree) -> list[str]:
    import trafilatura  # importing it takes a third of a second

    # It clears the tree that it is given. Tables of figures have no sentences.
    story: Any = trafilatura.bare_extraction(copy.deepcopy(tree), include_comments=False, include_tables=False)
    return [] if story is None or story.body is None else paragraphs(story.body)


def _find_again(page: list[_Block], chosen: list[str]) -> set[int]:
    """Return the numbers of the paragraphs that were chosen: whole lines, and long ones wherever they stand."""
    letters = _letters("".join(chosen))
    kept, at = set(), 0
    for number, block in enumerate(page):
        if letters.startswith(block.letters, at):
            kept.add(number)
            at += len(block.letters)
        elif len(block.letters) >= _LONG and (place := letters.find(block.letters)) >= 0:
            kept.add(number)
            at = max(at, place + len(block.letters))
    return kept


def _between(page: list[_Block], kept: set[int]) -> set[int]:
    """Return the paragraphs that were left out between chosen ones beside which they stand: short answers, questions.

    A heading counts if a paragraph follows it that is taken: it may stand above a list of links.
    """
    parents = {page[number].element.getparent() for number in kept}
    parents |= {parent.getparent() for parent in parents if _is_within_story(parent)}
    taken = set(kept)
    for number in reversed(range(min(kept, default=0), max(kept, default=0))):
        element = page[number].element
        parent = element.getparent()
        if _is_within_story(parent):
            parent = parent.getparent()
        is_followed = element.tag not in _HEADINGS or number + 1 in taken
        if element.tag in _BESIDE and parent in parents and is_followed and _has_own_words(page[number]):
            taken.add(number)
    return taken


def _is_within_story(parent: Tree | None) -> bool:
    """Tell a list or a quotation, which stands beside paragraphs."""
    return parent is not None and (parent.tag in _LISTS or parent.get("data-quotation") is not None)


def _has_own_words(block: _Block) -> bool:
    """Tell a paragraph from a line of links."""
    n_linked = sum(len(_letters("".join(link.itertext()))) for link in block.element.iter("a"))
    return n_linked < 0.8 * max(len(block.letters), 1)


def _letters(text: str) -> str:
    return _SPACE.sub("", text)
