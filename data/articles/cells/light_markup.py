"""What people type in the place of tags: the marks of forums and blogs, of Markdown and of wikis."""

import re

_BB_NAMES = "b|i|u|s|url|quote|size|color|center|list|font|align|left|right"
_BB_TAG = re.compile(rf"\[(?P<end>/?)(?P<name>{_BB_NAMES})(?:=[^\[\]\n]*)?\]", re.I)
_BLOCKS = "caption|gallery|embed|video|audio|playlist|soundcloud|youtube|tweet"
_SHORTCODE = re.compile(
    rf"\[(?P<name>{_BLOCKS})(?:\s[^\[\]]*)?\][^\[\]]{{0,1000}}\[/(?P=name)\]|\[(?:{_BLOCKS})\s[^\[\]]*=[^\[\]]*\]"
    r"|\[img(?:=[^\[\]]*)?\][^\[\]]{0,1000}\[/img\]",
    re.I,
)


def has_bbcode(text: str) -> bool:
    """Tell whether a text has the tags of forums, or what blogs put in the place of pictures.

    >>> [has_bbcode(text) for text in ("A [b]big[/b] fire.", "[caption id=1]The pier[/caption]", "He [b] and [s]he said")]
    [True, True, False]
    """
    return "[" in text and bool(_bbcode_names(text) or _SHORTCODE.search(text))


def without_bbcode(text: str) -> str:
    """Return a text without the tags of forums; pictures, videos and captions go with theirs.

    >>> without_bbcode("A [b]big[/b] [url=http://a.example]fire[/url].[img]a.png[/img]")
    'A big fire.'
    """
    text = _SHORTCODE.sub("", text)
    names = _bbcode_names(text)
    return _BB_TAG.sub(lambda tag: "" if tag["name"].lower() in names else tag[0], text)


def _bbcode_names(text: str) -> set[str]:
    opened, closed = set[str](), set[str]()
    for tag in _BB_TAG.finditer(text):
        (closed if tag["end"] else opened).add(tag["name"].lower())
    return opened & closed


_LINK = re.compile(
    r"(?P<image>!?)\[(?P<words>[^\[\]\n]{0,300})\]\((?:https?:|mailto:|/|#|\.)[^\s()]{0,2000}(?:\s\"[^\"\n]{0,300}\")?\)"
)
_OF_PYTHON = "all|call|class|del|dict|doc|exit|file|future|init|iter|len|main|name|new|pycache|repr|slots|str"
_BOLD = re.compile(
    rf"(?<![\w*])(?!__(?:{_OF_PYTHON})__)(?P<mark>\*\*|__)(?=[^\s*_])(?P<words>[^*_\n]{{1,500}})(?<=\S)(?P=mark)(?![\w*])"
)
"""Bold words; names that Python has in two underlines are none."""
_HEADING = re.compile(r"^#{2,6}[ \t]+(?=\S)", re.M)
_ANY_HEADING = re.compile(r"^#{1,6}[ \t]+(?=\S)|^(?:\*{3,}|-{3,}|_{3,})[ \t]*$", re.M)


def has_markdown(text: str) -> bool:
    """Tell whether a text has links, bold words or headings as Markdown writes them.

    >>> [has_markdown(text) for text in ("See [it](https://a.example).", "__Orla__: Rain", "f**k, s**t", "__init__.py")]
    [True, True, False, False]
    """
    return bool(
        ("](" in text and _LINK.search(text))
        or (("**" in text or "__" in text) and _BOLD.search(text))
        or ("##" in text and _HEADING.search(text))
    )


def without_markdown(text: str) -> str:
    r"""Return a text without the marks of Markdown; the words of links stay, pictures go.

    >>> without_markdown("## Pit\n\n**Orla**: See [the page](https://a.example).![A pit](/pit.png)")
    'Pit\n\nOrla: See the page.'
    """
    text = _LINK.sub(lambda link: "" if link["image"] else link["words"], text)
    return _ANY_HEADING.sub("", _BOLD.sub(lambda bold: bold["words"], text))


_WIKI_LINK = re.compile(r"\[\[(?>(?:[^\[\]|\n]{1,300}\|)*)(?P<words>[^\[\]|\n]{1,300})\]\]")
_WIKI_FILE = re.compile(r"\[\[(?:File|Image|Category)\s?:(?>(?:[^\[\]]++|\[\[[^\[\]]{0,300}\]\])*)\]\]", re.I)
_TEMPLATE = re.compile(r"\{\{[^{}]{0,5000}\}\}")
_WIKI_MARKS = re.compile(r"'{2,5}|^=+[ \t]*|(?<![ \t=])[ \t]*+=+[ \t]*$", re.M)


def has_wiki_markup(text: str) -> bool:
    """Tell whether a text has the links of wikis.

    >>> has_wiki_markup("'''Orla''' is a [[town|big town]]."), has_wiki_markup("He [[sic]")
    (True, False)
    """
    return "[[" in text and bool(_WIKI_LINK.search(text))


def without_wiki_markup(text: str) -> str:
    r"""Return a text without the marks of wikis; the words of links stay, templates, pictures and categories go.

    >>> without_wiki_markup("== Pit ==\n'''Orla''' is a [[town|big town]].{{cite|x}}[[Category:Towns]]")
    'Pit\nOrla is a big town.'
    """
    for _ in range(3):  # templates within templates
        text = _TEMPLATE.sub("", text)
    return _WIKI_MARKS.sub("", _WIKI_LINK.sub(lambda link: link["words"], _WIKI_FILE.sub("", text)))
