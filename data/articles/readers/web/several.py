"""Telling the stories of a page with several `<article>` from teasers, comments and cards."""

import re

from .tree import Tree, size, words_of

_FULL = 400  # characters; shorter beside a link in its headline is a teaser of another page
_LEAST = 80  # characters; less is a card or a box
_SHARE = 0.1  # of the longest story; what is shorter than that is a box beside it
_FEW = 3  # teasers; a page of so many and no story is a list of articles
_ASIDE = re.compile(r"comment|related|recirc|recommend|teaser|most-?(?:read|popular)|trending|promo|sidebar", re.I)
_GOES_ON = re.compile(r"(?:…|\.\.\.|\[…\]|read more|continue reading|full story|more)\W*$", re.I)
_ARTICLE = re.compile(r"schema\.org/\w*(?:Article|BlogPosting)$")
_CALLED = re.compile(r"(?:^|\s)(?:article|story|post|h-?entry|news-?item)(?:\s|$)", re.I)
_BOXES = ("div", "section", "td", "tr", "li")
_HEADINGS = ("h1", "h2", "h3", "h4")


def stories_on(tree: Tree) -> tuple[list[Tree], list[Tree]]:
    """Return the elements of a page that are stories of their own, and those that are teasers of others.

    Parameters
    ----------
    tree : element
        The page, mended.

    Returns
    -------
    tuple of (list of element, list of element)
        Of outermost articles only: a live blog's posts and a story's boxes belong to what they stand in.
    """
    marked = [element for element in tree.iter("*") if _is_article(element)]
    every = set(marked)
    outermost = [element for element in marked if every.isdisjoint(element.iterancestors()) and not _is_aside(element)]
    sizes = {element: _own_size(element) for element in outermost}
    longest = max(sizes.values(), default=0)
    least = max(min(_LEAST, longest), _SHARE * longest)
    stories = [e for e in outermost if sizes[e] >= least and not _is_teaser(e, sizes[e])]
    stories = stories or _headed_alike(tree)
    if _is_live_blog(tree, stories):
        return [], []
    among = set(stories)
    return stories, [e for e in marked if e not in among and among.isdisjoint(e.iterancestors())]


def _is_live_blog(tree: Tree, stories: list[Tree]) -> bool:
    """Tell a live blog: posts without headings below the headline of the page."""
    return len(stories) > 1 and tree.find(".//h1") is not None and not any(map(heading_of, stories))


def _headed_alike(tree: Tree) -> list[Tree]:
    """Return the boxes that share out all words of a page, each beginning with a heading of the highest rank.

    Where headings and paragraphs stand side by side without boxes, each run of them is put into one.
    """
    of_first_rank = list(tree.iter("h1"))
    headings = of_first_rank or list(tree.iter("h2"))
    if len(headings) < 2:
        return _called_alike(tree)
    boxes = [_box_of(heading, headings) for heading in headings]
    if len({box.getparent() for box in boxes}) > 1:
        return []
    if all(box.tag in _HEADINGS for box in boxes):
        if not of_first_rank and len(list(tree.iter("hr"))) < len(headings) - 1:
            return []  # headings within one story
        boxes = [_boxed(heading, set(headings)) for heading in headings]
    return boxes if all(map(_begins_with_heading, boxes)) and _share_out(tree, boxes) else []


def _begins_with_heading(box: Tree) -> bool:
    heading = heading_of(box)
    return box.tag in _BOXES and bool(heading) and words_of(box).startswith(heading)


def _called_alike(tree: Tree) -> list[Tree]:
    """Return the boxes side by side whose class says that they are articles, if they share out all words of a page."""
    boxes = [element for element in tree.iter(*_BOXES) if _CALLED.search(element.get("class") or "")]
    side_by_side = len(boxes) > 1 and len({(box.getparent(), box.get("class")) for box in boxes}) == 1
    return boxes if side_by_side and _share_out(tree, boxes) else []


def _share_out(tree: Tree, boxes: list[Tree]) -> bool:
    among = set(boxes)
    outside = (p for p in tree.iter("p") if among.isdisjoint(p.iterancestors()))
    sizes = [_own_size(box) for box in boxes]
    are_stories = all(n >= _LEAST and not _is_teaser(box, n) for box, n in zip(boxes, sizes, strict=True))
    return are_stories and sum(map(_own_size, outside)) < _LEAST


def _boxed(heading: Tree, headings: set[Tree]) -> Tree:
    """Put a heading into a box with all that follows it before the next."""
    from lxml import etree

    box = etree.Element("div")
    heading.addprevious(box)
    following = heading.getnext()
    box.append(heading)
    while following is not None and following not in headings:
        after = following.getnext()
        box.append(following)
        following = after
    return box


def _box_of(heading: Tree, headings: list[Tree]) -> Tree:
    """Return the outermost element that holds a heading and none of the others."""
    others = {above for other in headings if other is not heading for above in other.iterancestors()}
    box = heading
    while (parent := box.getparent()) is not None and parent not in others:
        box = parent
    return box


def is_list_of_teasers(stories: list[Tree], teasers: list[Tree], tree: Tree) -> bool:
    """Tell a front page or a page of a section: teasers, and hardly any other words in paragraphs."""
    if stories or len(teasers) < _FEW:
        return False
    among = set(teasers)
    others = (p for p in tree.iter("p") if among.isdisjoint(p.iterancestors()))
    return sum(map(_own_size, others)) < _FULL


def heading_of(element: Tree) -> str:
    """Return the words of the first heading below an element; "" without one."""
    heading = next(element.iter(*_HEADINGS), None)
    return words_of(heading) if heading is not None else ""


def _is_article(element: Tree) -> bool:
    return (
        element.tag == "article" or element.get("role") == "article" or bool(_ARTICLE.search(element.get("itemtype") or ""))
    )


def _is_aside(element: Tree) -> bool:
    """Tell what a page puts beside its story, by the names of an element and of those it stands in."""
    for one in (element, *element.iterancestors("div", "section", "aside", "ul", "ol")):
        if one.tag == "aside" or _ASIDE.search(f"{one.get('class') or ''} {one.get('id') or ''}"):
            return True
    return False


def _is_teaser(element: Tree, n_words: int) -> bool:
    if n_words >= _FULL:
        return False
    heading = next(element.iter(*_HEADINGS), None)
    is_linked = heading is not None and (
        heading.find(".//a") is not None or next(heading.iterancestors("a"), None) is not None
    )
    return is_linked or bool(_GOES_ON.search(words_of(element)[-40:]))


def _own_size(element: Tree) -> int:
    """Count the characters below an element that stand in no link."""
    return size(element) - sum(size(link) for link in element.iter("a"))
