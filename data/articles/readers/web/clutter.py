"""What stands in and around a story on its page and is none of it: captions, boxes, buttons, bars."""

import re

from .tree import Tree, drop, size

_TAGS = (
    "aside footer nav form button figcaption caption dialog menu select textarea input iframe object embed audio video "
    "canvas amp-ad amp-sidebar amp-social-share amp-consent amp-list noscript template"
).split()
_NAMES = re.compile(
    r"(?:^|[\s_-])(?:(?:news-?letters?|sign-?up|subscri(?:be|ption)s?|promos?|promotion|related|recirc\w*|recommend\w*|most-?(?:read|popular"
    r"|viewed)|trending|read-?(?:more|next|also)|more-?(?:on|from|stories|news)|see-?also|share|sharing|social|follow-?us|breadcrumbs?|caption"
    r"|credits?|copyright|tags?|tag-?list|topics|byline|author-?(?:bio|box|card|info)|about-?author|comments?|disqus|respond|cookies?|consent|gdpr"
    r"|advert\w*|ads?|ad-?(?:slot|unit|wrapper|container|label)|sponsor\w*|outbrain|taboola|teasers?|toolbar|pagination|pager|print-?only"
    r"|no-?print|skip-?(?:link|to)\w*|wm-ipp\w*|donat\w*|timestamp|dateline-?bar|read-?time|reading-?time|listen|audio-?player"
    r"|video-?player|kicker|eyebrow|menu|navbar|masthead|site-?(?:header|footer)|footer))(?=$|[\s_-])",
    re.I,
)
_MOST = 0.4  # of a page's words: what holds more is the story, whatever it is called
_INSIDE = ("p", "span", "a", "b", "em", "strong", "i", "small")
_LONG_PARAGRAPH = 250  # characters
_LONGEST_FIGURE = 60  # characters in each cell of a table of figures; one that lays out a page has the story in a cell


TABLES = "Tables of numbers in web pages left out"


def drop_clutter(tree: Tree) -> int:
    """Take out what is not part of the story, by its element, its class or its id; count the tables of figures."""
    n_all = size(tree)
    for element in list(tree.iter(*_TAGS)):
        if size(element) <= _MOST * n_all:
            drop(element)
    n_tables = _drop_tables_of_figures(tree)
    for element in list(tree.iter("*")):
        if element.tag in ("html", "body", "main", "article", "header") or not _is_called_clutter(element):
            continue
        n_words = size(element)
        in_sentence = element.tag in _INSIDE and (n_words > _LONG_PARAGRAPH or _within_paragraph(element))
        if n_words <= _MOST * n_all and not in_sentence and element.find(".//h1") is None:
            drop(element)
    return n_tables


def _drop_tables_of_figures(tree: Tree) -> int:
    """Drop them, and count those that have words besides links in several cells, and are none of another's."""
    n_told = 0
    for table in list(tree.iter("table")):
        cells = list(table.iter("td", "th"))
        if cells and all(size(cell) < _LONGEST_FIGURE for cell in cells):
            filled = [cell for cell in cells if size(cell) and cell.find(".//a") is None]
            n_told += len(filled) > 1 and next(table.iterancestors("table"), None) is None
            drop(table)
    return n_told


def _is_called_clutter(element: Tree) -> bool:
    return any(_NAMES.search(element.get(attribute) or "") for attribute in ("class", "id", "data-component", "role"))


def _within_paragraph(element: Tree) -> bool:
    return element.tag != "p" and next(element.iterancestors("p"), None) is not None
