"""The words of a cell: everything that a program left in it besides them is taken out, and told."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from ....errors import SaysoError
from ..decode import clean, whole_characters, without_stray_nul
from ..notices import Notices
from .encoded import decoded
from .entities import has_entities, without_entities
from .escapes import has_escapes, without_escapes
from .light_markup import has_bbcode, has_markdown, has_wiki_markup, without_bbcode, without_markdown, without_wiki_markup
from .markup import has_tags, has_whole_paragraphs, without_tags
from .paragraphs import paragraphs_of
from .printed import printed_value

_ROUNDS = 3  # times that one program after the other made a text safe for the next
_NOTHING = frozenset("nan none null nil n/a na #n/a <na> nat undefined [removed] [deleted] [] {} - -- — . ? \"\" ''".split())
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|data:[\w/+.-]*[;,]\S*", re.I)
_NOT_FOR_FREE = re.compile(r"only available in [\w -]{2,40} plans?\.?", re.I)
_LONGEST_NOTHING = 100  # characters
_LONGEST_NOTE = 60  # characters
_CUT_OFF = re.compile(r"\s*(?:…|\.{3})?\s*\[\+?\d[\d,.]* char(?:acter)?s\]\s*\Z")


@dataclass(frozen=True, slots=True)
class _Step:
    """Something that is undone in a text: how it is seen, what undoes it, and how users are told."""

    told: str
    is_seen: Callable[[str], bool]
    undone: Callable[[str, str, Notices], str]


_STEPS = (
    _Step("escapes such as \\n and \\u201c decoded in the text", has_escapes, lambda text, *_: without_escapes(text)),
    _Step("tags (markup) removed from the text", has_tags, without_tags),
    _Step("escaped characters such as &amp; decoded in the text", has_entities, lambda text, *_: without_entities(text)),
    _Step(
        "markup of forums and blogs ([b], [caption …]) removed from the text",
        has_bbcode,
        lambda text, *_: without_bbcode(text),
    ),
    _Step("Markdown markup removed from the text", has_markdown, lambda text, *_: without_markdown(text)),
    _Step("wiki markup removed from the text", has_wiki_markup, lambda text, *_: without_wiki_markup(text)),
)


def cell_text(value: str, where: str, notices: Notices) -> str:
    r"""Return the words of a cell, and tell once what was done.

    Parameters
    ----------
    value : str
        With ``\n`` as line ends.
    where : str
        File and row, for messages.
    notices : Notices
        Counts what was taken out or undone.

    Returns
    -------
    str
        The same where nothing was found. Empty where it stands for no text, as ``NaN`` does.

    Raises
    ------
    SaysoError
        If it is no text: an address only, or an object without words.
    """
    text = _unprinted(value, where, notices)
    text = _undone(text, where, notices)
    if text != value:  # escapes and encodings may stand for characters that no text has
        text = clean(without_stray_nul(text, where, notices), where)
    if cut := _CUT_OFF.search(text[-_LONGEST_NOTE:]):
        text = text[: len(text) - len(cut[0])].rstrip(". ") + "…"
        notices.count("texts cut off by their source ([+… chars]), read as far as they go", where)
    words = text.strip()
    if len(words) < _LONGEST_NOTHING and (words.lower() in _NOTHING or _NOT_FOR_FREE.fullmatch(words)):
        return ""
    if _ADDRESS.fullmatch(words) and len(words) < 2000:
        raise SaysoError(f"{where}: a web address instead of text; download the page it leads to, or leave this entry out.")
    return text


def cell_word(value: str) -> str:
    """Return a title or a name without tags and entities; empty where it stands for nothing."""
    word = value.strip()
    if "<" in word or "&" in word:
        word = whole_characters(" ".join(_undone(word, "", Notices()).replace("\0", "").split())) or word
    return "" if word.lower() in _NOTHING else word


def _undone(text: str, where: str, notices: Notices) -> str:
    kinds: dict[str, None] = {}
    for number in range(_ROUNDS):
        before = text
        for step in _STEPS:
            if not step.is_seen(text) or (number and step.undone is without_tags and not has_whole_paragraphs(text)):
                continue  # tags that come out of entities may be what the text is about, but for whole paragraphs
            text = step.undone(text, where, notices)
            kinds[step.told] = None
        if text == before:
            break
    for what in kinds:
        notices.count(what, where)
    return text


def _unprinted(text: str, where: str, notices: Notices) -> str:
    """Return the words of what a program printed; a text that is no print as it is."""
    value = printed_value(text)
    if value is not None:
        paragraphs = paragraphs_of(value)
        if not paragraphs and isinstance(value, dict):
            raise SaysoError(
                f"{where}: JSON instead of text, with no key known to hold text; put the text into a "
                "column of its own, or leave this entry out."
            )
        if paragraphs and isinstance(value, list | tuple | dict | str):
            notices.count("lists and objects printed by a program instead of text, read as paragraphs", where)
            return "\n\n".join(paragraphs)
        return text
    sent = decoded(text)
    if sent is None:
        return text
    notices.count("encoded texts (base64, quoted-printable or with %20), decoded", where)
    return sent.replace("\r\n", "\n").replace("\r", "\n")
