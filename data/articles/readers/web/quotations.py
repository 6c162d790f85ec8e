"""Block quotations and embedded posts: their words in marks, with the name of who speaks.

The markup alone says that these words are quoted, and by whom; without marks a reader would take them for the outlet's.
"""

import re
from dataclasses import dataclass

from .tree import Tree, drop, paragraphs, replace, words_of

_POST = re.compile(
    r"\b(?:twitter-(?:tweet|video)|tweet-embed|instagram-media|fb-(?:post|video|xfbml-parse-ignore)|bluesky-embed|mastodon-embed"
    r"|tiktok-embed|text-post-media|reddit-(?:embed-bq|card)|telegram-post|truthsocial-embed|linkedin-embed|imgur-embed-pub)\b"
)
_PULL_QUOTE = re.compile(r"pull-?_?quote|quote-pull|blockquote--pull", re.I)
_MAIL = re.compile(r"\b(?:gmail_quote|moz-cite|yahoo_quoted)", re.I)
_NAME_CLASS = re.compile(
    r"attribut|author|speaker|byline|cite|(?:quote|block)[-_]*(?:source|name|credit|caption|footer)", re.I
)

_SIGNED = re.compile(
    r"\s*(?:^|\s)(?:[—–]|--?)\s*(?P<name>[^—–\n]{0,100}?)\s*\((?P<handle>@[\w.@-]+)\)[^()]{0,80}$"  # — Ada Roe (@roe) May 2
    r"|^\s*(?:A (?:post|video|reel|photo) (?:shared|posted) by|Post(?:ed)? by|Post by)\s+"
    r"(?P<sharer>.{1,100}?)(?:\s*\((?P<sharer_handle>@[^)\s]+)\))?(?:\s+on\s.{1,60}|\s*[·•].{0,60})?$"
    r"|^\s*by\s+(?P<user>u/[\w-]+)\s+in\s.{1,60}$",
    re.M,
)
_HANDLE = re.compile(r"(?:[—–]|--?)\s*[^—–()]{1,100}\(@[\w.@-]+\)[^()]{0,80}$")
_FURNITURE = re.compile(
    r"^(?:View (?:this|more|on|post).{0,60}|See (?:this|more).{0,40}|.{0,20}♬.*|Add a comment.{0,20}|Loading\W*"
    r"|Watch on .{0,20}|(?:Read|Show) more.{0,30}|\d[\d,.]* (?:likes|replies|comments|retweets|reposts)\b.{0,60})$",
    re.I,
)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?:pic|t)\.[\w-]+(?:\.\w+)?/\S+|[\w-]+(?:\.[\w-]+)+/\S*…?")
_ADDRESSEES = re.compile(r"^\s*(?:\.?@[\w.]+\s+)+(?=\S)")  # before a reply
_TOPICS = re.compile(r"(?<=[.!?…”\"])(?:\s+[#@]\w+)+\s*$")  # behind the last sentence
_ONLY_TAGS = re.compile(r"(?:\s*[#@]\w+)+")
_HANDLE_ALONE = re.compile(r"@[\w.]+")
_DASH = re.compile(r"^(?:[—–―]|--?)\s*(?=\S)")
_OPENING = ("“", '"', "„", "«", "‘")
_MOST_NAME = 20  # words; what is longer is no name with its description
_LEAST_OUTSIDE = 80  # characters; a page with fewer outside of its block quotations indents its story with them


@dataclass(frozen=True, slots=True)
class _Quotation:
    """What somebody said: its paragraphs, and the words before them."""

    words: list[str]
    name: str = ""
    verb: str = "said"


def mark_posts(tree: Tree) -> None:
    """Turn each embedded post into `NAME posted: “…”`; a post without words goes."""
    posts = {e for e in tree.iter("blockquote", "div") if _is_post(e)}
    for element in [post for post in tree.iter("blockquote", "div") if post in posts]:
        if not posts.isdisjoint(element.iterancestors()):
            continue
        post = _post(element)
        if post.words:
            replace(element, _as_told(post))
        else:
            drop(element)


def _is_post(element: Tree) -> bool:
    """Tell an embedded post by its class, or a block quotation by the handle of who signs it."""
    if _POST.search(element.get("class") or ""):
        return True
    return element.tag == "blockquote" and bool(_HANDLE.search(words_of(element)))


def _post(element: Tree) -> _Quotation:
    """Read an embedded post, without its addresses and buttons; its signature names who speaks."""
    for link in list(element.iter("a")):
        if _ADDRESS.fullmatch(words_of(link)) or words_of(link) == "[image or embed]":
            drop(link)
    words, name = [], ""
    for paragraph in paragraphs(element):
        signature = _SIGNED.search(paragraph)
        name = name or _signer(signature)
        if line := _without_furniture(paragraph[: signature.start()] if signature else paragraph):
            words.append(line)
    if len(words) > 1 and _HANDLE_ALONE.fullmatch(words[0]):  # TikTok: the name stands first
        name = name or words.pop(0)
    return _Quotation(_without_tags(words), name.strip(), "posted")


def _signer(signature: re.Match[str] | None) -> str:
    """Return the name in a signature, or else the handle; "" without one."""
    parts = signature.groupdict() if signature else {}
    return next((parts[part] for part in ("name", "handle", "sharer", "user") if parts.get(part)), "")


def _without_furniture(paragraph: str) -> str:
    """Return the words of a paragraph in one line, without buttons, counts and addresses."""
    lines = (line for line in paragraph.split("\n") if line.strip() and not _FURNITURE.match(line.strip()))
    return " ".join(_ADDRESS.sub("", " ".join(lines)).split())


def _without_tags(words: list[str]) -> list[str]:
    """Take out the handles before a reply, the tags behind the last sentence, and paragraphs that are but tags."""
    if not words:
        return []
    words = [*words]
    words[0] = _ADDRESSEES.sub("", words[0])
    words[-1] = _TOPICS.sub("", words[-1])
    return [line for line in words if not _ONLY_TAGS.fullmatch(line)]


def mark_block_quotations(tree: Tree) -> None:
    """Put each block quotation in marks, after the name of its speaker if the page gives one.

    Pull quotes go: their words stand in the story.
    """
    for element in list(tree.iter("figure", "aside", "blockquote", "div")):
        if _PULL_QUOTE.search(element.get("class") or ""):
            drop(element)
    quoted = [e for e in tree.iter("blockquote") if e.get("type") != "cite" and not _MAIL.search(e.get("class") or "")]
    if not quoted or _only_indents(tree):
        return
    for element in reversed(quoted):
        _mark(element)


def _only_indents(tree: Tree) -> bool:
    outside = (words_of(p) for p in tree.iter("p", "div") if _holds_words(p) and not _within(p, "blockquote"))
    return sum(map(len, outside)) < _LEAST_OUTSIDE


def _holds_words(element: Tree) -> bool:
    """Tell a paragraph: it has words of its own, and no block quotation below."""
    return bool((element.text or "").strip() or element.tag == "p") and element.find(".//blockquote") is None


def _within(element: Tree, tag: str) -> bool:
    return any(above.tag == tag for above in element.iterancestors())


def _mark(element: Tree) -> None:
    name = _take_name(element)
    words = paragraphs(element)
    if len(words) > 1 and not name and _DASH.match(words[-1]) and _is_name(_DASH.sub("", words[-1])):
        name = _DASH.sub("", words.pop())
    whole = element
    figure = element.getparent()
    if figure is not None and figure.tag == "figure" and figure.find(".//img") is None:
        name, whole = name or _take_name(figure), figure
    if not words:
        drop(whole)
        return
    said = _Quotation(words, _DASH.sub("", name).rstrip(".:,"))
    if introduction := _take_introduction(whole):
        marked = _as_told(_Quotation(words))
        marked[0] = f"{introduction} {marked[0]}"
    else:
        marked = _as_told(said)
    replace(whole, marked)


def _take_introduction(element: Tree) -> str:
    """Take out the paragraph before a quotation if it leads over to it: `Roe told reporters:`."""
    before = element.getprevious()
    if before is None or before.tag not in ("p", "div") or (before.tail or "").strip():
        return ""
    words = paragraphs(before)
    if len(words) != 1 or not words[0].endswith(":"):
        return ""
    drop(before)
    return words[0]


def _take_name(element: Tree) -> str:
    """Take out of a quotation who it is by: what stands last in it and is marked up as that."""
    for part in element.iter("cite", "footer", "figcaption", "p", "div", "span", "small"):
        is_name = part.tag in ("cite", "footer", "figcaption") or _NAME_CLASS.search(part.get("class") or "")
        if part is element or not is_name or _within_sentence(part, element):
            continue
        words = words_of(part)
        if _is_name(_DASH.sub("", words)):
            drop(part)
            return words
    return ""


def _within_sentence(part: Tree, element: Tree) -> bool:
    whole, words = words_of(element), words_of(part)
    before = whole[: -len(words) or None].rstrip(" —–-")
    return not whole.endswith(words) or (part.tag == "cite" and before[-1:].isalpha())


def _is_name(words: str) -> bool:
    return 0 < len(words.split()) <= _MOST_NAME and not _ADDRESS.fullmatch(words)


def _as_told(said: _Quotation) -> list[str]:
    """Return the paragraphs of a quotation with its marks: each opens, the last closes."""
    marked = list(said.words)
    if not marked[0].startswith(_OPENING):
        marked = [f"“{words}" for words in marked]
        marked[-1] += "”"
    if said.name:
        comma = "," if "," in said.name else ""
        marked[0] = f"{said.name}{comma} {said.verb}: {marked[0]}"
    return marked
