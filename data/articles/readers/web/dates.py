"""The day on which a page says that its article was published: not that of an update, nor one within the story."""

import copy
import re

from .tree import BLOCKS, Tree, drop, words_of

_UPDATED = re.compile(r"modif|updat|edited|revis|expire|last-?mod", re.I)
_PUBLISHED = re.compile(r"publi|created|entry-date|post-?date|byline|dateline|issued|timestamp", re.I)
_BESIDE = re.compile(r"comment|related|recirc|recommend|teaser|most-?(?:read|popular)|trending|promo|sidebar|footer", re.I)
_SENTENCE = re.compile(r"[a-z]{2}[.!?…][”’\"]?$")


def day_of(tree: Tree) -> str:
    """Return the day that `<time>` or microdata give, in their own words; a lone `<time>` counts, too.

    Those inside of sentences belong to the story, those in boxes to other articles.
    """
    elements = tree.xpath(".//time|.//span[@data-time]|.//*[@itemprop='datePublished']")
    times = [time for time in elements if not (in_sentence(time) or _is_beside(time) or _is_of_update(time))]
    days_of_publication = [_day_in(time) for time in times if _is_of_publication(time)]
    days = days_of_publication or list({_day_in(time) for time in times})
    is_clear = bool(days_of_publication) or len(days) == 1
    return next(filter(None, days), "") if is_clear else ""


def _is_of_publication(time: Tree) -> bool:
    return time.get("pubdate") is not None or bool(_PUBLISHED.search(_role(time)))


def _day_in(time: Tree) -> str:
    return time.get("datetime") or time.get("content") or words_of(time)


def day_by_htmldate(tree: Tree, address: str) -> str:
    """Return the day that htmldate finds in a page, in ISO; "" if it finds none."""
    from htmldate import find_date  # comes with trafilatura

    page = copy.deepcopy(tree)
    for script in list(page.iter("script")):  # it takes the day of any article in a list
        drop(script)
    for element in list(page.iter("aside", "footer", "nav", "meta", "time", "div", "section", "ul", "ol")):
        is_of_update = element.tag in ("meta", "time") and _is_of_update(element)
        if is_of_update or _is_beside(element) or (element.tag == "time" and in_sentence(element)):
            drop(element)
    # By default it takes the last day anywhere in the words: a copyright line, or a day that the story tells of.
    return find_date(page, extensive_search=False, original_date=True, url=address or None) or ""


def in_sentence(element: Tree) -> bool:
    """Tell whether an element stands in a sentence, and not on a line that tells who wrote when."""
    block = next((above for above in element.iterancestors() if above.tag in BLOCKS), None)
    if block is None or block.tag in ("article", "header", "main", "body", "html", "footer"):
        return False
    line = words_of(block)
    return len(line) > 2 * len(words_of(element)) + 40 or bool(_SENTENCE.search(line))


def _is_beside(element: Tree) -> bool:
    """Tell whether an element stands in a box, in the comments, or at the foot of a page."""
    for one in (element, *element.iterancestors("div", "section", "aside", "ul", "ol", "footer", "nav")):
        if one.tag in ("aside", "nav") or (one.tag == "footer" and next(one.iterancestors("article"), None) is None):
            return True
        if one.tag in ("div", "section", "ul", "ol") and _BESIDE.search(f"{one.get('class') or ''} {one.get('id') or ''}"):
            return True
    return False


def _is_of_update(element: Tree) -> bool:
    names = [element.get(name) for name in ("class", "itemprop", "id", "property", "name")]
    words = f"{_role(element)} {' '.join(filter(None, names))} {words_of(element)[:40]}"
    return bool(_UPDATED.search(words)) and not re.search(r"publi", words, re.I)


def _role(element: Tree) -> str:
    parent = element.getparent()
    words = [element.get("class"), element.get("itemprop"), element.get("id")]
    if parent is not None and element.tag != "meta":
        words += [parent.get("class"), parent.get("itemprop"), parent.text]
    return " ".join(filter(None, words))
