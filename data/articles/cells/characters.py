"""Characters that were broken before a text came here: read in the wrong encoding, or lost."""

import re
from dataclasses import replace

from ...records import Article
from ..notices import Notices
from ..reader import optional_module

_MOJIBAKE = re.compile(
    'â€[\x80-\xbf™œžš˜“”¢¦¹º"]|â€\\b|â[\x80-\x84„‚†ˆ][\x80-\xbf¢¬™ž]|Ã[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|Â[\xa0-\xbf]'
    "|ï»¿|ðŸ[\x80-\xbf‘’˜™š]|вЂ[љ™њќ“”�¦]|â€[śťžź]|Ã\xad"
)
"""What UTF-8 becomes when it is read as Windows-1252, 1250 or 1251: ``â€œ`` for “, ``Ã©`` for é."""
_CONTROLS = re.compile("[\x80-\x84\x86-\x9f]")
"""Marks of Windows-1252 (“ is 0x93) that were read as Latin-1."""
_LOST_IN_WORDS = re.compile(r"\?(?<=[a-z]\?)(?:s|t|re|ve|ll|d|m)\b(?!=)")
_HALF_MARK = re.compile(r"â€(?=[\s.,;:!?)]|\Z)")
"""A closing mark whose last byte, which Windows-1252 does not have, was dropped; ftfy makes a dagger of it."""
LOST = "\ufffd"
BROKEN = "articles with characters read in the wrong encoding (such as â€œ for “); add --mend-encoding to repair them"


def is_mojibake(text: str) -> bool:
    r"""Tell whether characters of a text were read in a wrong encoding.

    >>> is_mojibake("â€œNo,â€\x9d said AndrÃ©"), is_mojibake("“No,” said André of São Paulo, at 5°C, 3€")
    (True, False)
    """
    return not text.isascii() and bool(_MOJIBAKE.search(text) or _CONTROLS.search(text))


def checked_characters(article: Article, notices: Notices, *, mend: bool) -> Article:
    """Pass an article on, with a notice of what is broken; that is mended where it can be and was asked for.

    Parameters
    ----------
    article : Article
    notices : Notices
        Counts the articles with mended, broken and lost characters.
    mend : bool
        Undo a wrong encoding in the text and the title.

    Raises
    ------
    SaysoError
        If the library that mends is not there.
    """
    if is_mojibake(article.text) or is_mojibake(article.title or ""):
        if mend:
            text, title = mended(article.text, article.id), article.title and mended(article.title, article.id)
            article = replace(article, text=text, title=title)
            notices.count("articles with characters in the wrong encoding, repaired", article.id)
        if is_mojibake(article.text):
            notices.count(
                BROKEN if not mend else "articles with characters in the wrong encoding that could not be repaired",
                article.id,
            )
    if LOST in article.text:
        notices.count("articles with characters that were already lost (U+FFFD, �)", article.id)
    if len(_LOST_IN_WORDS.findall(article.text)) > 1:
        notices.count("articles with ? in place of characters that were already lost (It?s)", article.id)
    return article


def mended(text: str, where: str) -> str:
    """Return a text with what was read in a wrong encoding undone, and nothing else changed."""
    text = _HALF_MARK.sub("”", text)
    fixed: str = optional_module("ftfy", where, "broken characters").fix_encoding(text)
    return _CONTROLS.sub(lambda control: control[0].encode("latin-1").decode("cp1252", "replace"), fixed)
