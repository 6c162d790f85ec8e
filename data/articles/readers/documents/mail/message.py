"""Mail: a message is an article, and so is each message that it carries; a page saved as .mht is one, too."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from typing import Any

from ......errors import SaysoError
from .....records import Article
from ....decode import clean, decode
from ....notices import Notices
from ....reader import Document
from ....tables import Result, new_article
from ...archives.export_pages import export_page_articles
from ..paragraphs import believable_title
from .own_text import QUOTED, SIGNATURES, MailText, own_text, unflow
from .parts import Parts, header, parameter, payload

_HEADER_LINE = re.compile(rb"([A-Za-z][A-Za-z0-9-]{1,60}):|[ \t]+\S")
_KNOWN = frozenset(b"from to cc subject date sender reply-to".split())
_BY_MACHINES = frozenset(
    b"message-id mime-version received return-path content-type content-transfer-encoding delivered-to dkim-signature "
    b"x-mozilla-status x-mozilla-status2 x-gmail-labels x-gm-thrid snapshot-content-location".split()
)
_LENGTH_LINE = re.compile(rb"\A\d{1,10}[ \t]*\r?\n")  # the first line of Apple's .emlx: the length in bytes
_ADDRESS = re.compile(rb"^From:.*@", re.M | re.I)
_STATEFUL = ("utf-7", "iso-2022", "hz")  # encodings in ASCII: what they hold would pass for UTF-8
_IN_BRACKETS = re.compile(r"\s*(?:<[^>]*>|\[[^\]]*\]|\([^)]*\))")
_ANSWERS = re.compile(r"\A\s*(?:(?:re|aw|sv|fwd?|wg|tr)(?:\[\d+\])?\s*:\s*)+", re.I)
_FORWARD = re.compile(r"\A\s*(?:fwd?|wg|tr)\s*:", re.I)
_QUOTING = ("gmail_quote", "gmail_extra", "moz-cite-prefix", "yahoo_quoted", "protonmail_quote")
_SIGNATURES = ("gmail_signature", "moz-signature", "protonmail_signature_block")
_DECLARED = re.compile(rb"<meta\b[^>]{0,300}?\bcharset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
_LINKS = re.compile(
    r"[ \t\n]?<(?:https?://|mailto:)[^<>\s]+>|\[(?:cid|image|https?):[^\[\]]*\][ \t]?"
)  # of words and pictures
_FORWARDED = re.compile(r"Forwarded message|Begin forwarded message", re.I)


def message_articles(raw: bytes, where: str, notices: Notices, day: str | None = None) -> Iterator[Result]:
    """Yield the article of a message, and those of the messages that it carries.

    Parameters
    ----------
    raw : bytes
    where : str
        The article's id, and how messages name it; a message within has ``where/number``.
    notices : Notices
        Is told what was left out.
    day : str, optional
        Taken where the message has no date.
    """
    yield from _articles(message_from_bytes(raw), where, notices, day)


def _articles(message: Message, where: str, notices: Notices, day: str | None) -> Iterator[Result]:
    parts = Parts()
    parts.sort(message)
    try:
        if parts.encrypted:
            raise SaysoError(f"{where}: this mail is encrypted; save it decrypted.")
        if parts.texts or not parts.messages:
            yield from _pages(message, parts, where, notices) or [_article(message, parts, where, notices, day)]
    except SaysoError as error:
        yield error
    for number, inner in enumerate(parts.messages, 1):
        yield from _articles(inner, f"{where}/{number}", notices, day)


def _pages(message: Message, parts: Parts, where: str, notices: Notices) -> Iterator[Result] | None:
    """Yield the articles of a page that a browser saved, or that an archive sent by mail; None for other mails."""
    if not parts.texts or parts.texts[0].get_content_type() == "text/plain":
        return None
    page = parts.texts[0]
    if _is_saved_page(message, page):
        return _saved_page(message, page, where, notices)
    raw, charset = payload(page)
    return export_page_articles(raw, where, notices, charset)


def _article(message: Message, parts: Parts, where: str, notices: Notices, day: str | None) -> Article:
    """Make an article of the text of a mail."""
    for _ in range(parts.n_attachments):
        notices.count("Mail attachments left out (save them as files to have them read)", where)
    is_forward = bool(_FORWARD.match(header(message, "Subject")))
    texts = [_text_of(part, is_forward, where, notices) for part in parts.texts]
    for what in sorted(set[str]().union(*(text.left_out for text in texts))):
        notices.count(what, where)
    forwarded = next((text.forwarded for text in texts if text.forwarded), {})
    about = {name: forwarded.get(name) or header(message, name) for name in ("subject", "from", "date")}
    return new_article(
        where,
        clean("\n\n".join(filter(None, (text.text.strip() for text in texts))), where),
        where,
        title=believable_title(_ANSWERS.sub("", about["subject"])),
        outlet=_name_of(about["from"]),
        date=forwarded.get("date") or forwarded.get("sent") or about["date"] or day or None,
    )


def _name_of(sender: str) -> str | None:
    """Return the name that stands beside an address, or else the address."""
    return _IN_BRACKETS.sub("", sender).strip(" \"'") or sender.strip("<> ") or None


def _text_of(part: Message, is_forward: bool, where: str, notices: Notices) -> MailText:
    """Return the text of a part, without what it quotes of other mails."""
    raw, charset = payload(part)
    if part.get_content_type() != "text/plain" and (declared := _DECLARED.search(raw[:4096])):
        charset = charset or declared[1].decode()
    if (charset or "").startswith(_STATEFUL):
        try:
            text = clean(raw.decode(charset or "", "replace"), where)
        except LookupError:
            text = decode(raw, where, notices.say)
    else:
        text = decode(raw, where, notices.say, declared=charset)
    if part.get_content_type() != "text/plain":
        return _text_of_html(text, is_forward, where)
    if str(parameter(part, "format")).lower() == "flowed":
        text = unflow(text, str(parameter(part, "delsp")).lower() == "yes")
    return own_text(_LINKS.sub("", text), is_forward)


def _text_of_html(page: str, is_forward: bool, where: str) -> MailText:
    from ...web.mend import STRUCK, mend
    from ...web.tree import drop, paragraphs, parse_html

    tree = parse_html(page, where)
    left_out: set[str] = set()
    for quotation in [*tree.iterfind('.//blockquote[@type="cite"]'), *_of_classes(tree, _QUOTING)]:
        if not _FORWARDED.search("".join(quotation.itertext())[:1000]) and not is_forward:
            left_out.add(QUOTED)
            drop(quotation)
    for signature in _of_classes(tree, _SIGNATURES):
        left_out.add(SIGNATURES)
        drop(signature)
    left_out |= {STRUCK} if mend(tree) else set()
    mail = own_text("\n\n".join(paragraphs(tree)), is_forward)
    mail.left_out |= left_out
    return mail


def _of_classes(tree: Any, names: tuple[str, ...]) -> list[Any]:
    """Return the elements below one that have one of these classes."""
    return [element for element in tree.iterfind(".//*[@class]") if not set(names).isdisjoint(element.get("class").split())]


def _is_saved_page(message: Message, page: Message) -> bool:
    """Tell a page that a browser saved from a mail: it says so, or nobody is written to and the page has an address."""
    if header(message, "Snapshot-Content-Location") or "saved by" in header(message, "From").lower():
        return True
    is_mail = any(header(message, name) for name in ("To", "From", "Message-ID", "Received"))
    return not is_mail and bool(header(page, "Content-Location"))


def _saved_page(message: Message, page: Message, where: str, notices: Notices) -> Iterator[Result]:
    from ...web.page import page_articles

    raw, charset = payload(page)
    address = header(message, "Snapshot-Content-Location") or header(page, "Content-Location")
    saved = header(message, "Date") or None
    url = address if address.startswith("http") else None
    for result in page_articles(raw, where, notices, charset=charset, url=url, date=saved):
        if saved and not isinstance(result, SaysoError) and result.date == saved:
            notices.count("Articles dated by the day their page was saved", where)
        yield result


def knows(start: bytes) -> bool:
    """Tell whether bytes begin with the header of a mail: two lines of those that mails have, one of them by a machine."""
    names: set[bytes] = set()
    lines = _LENGTH_LINE.sub(b"", start.removeprefix(b"\xef\xbb\xbf")).split(b"\n")
    for n, line in enumerate(lines):
        match = _HEADER_LINE.match(line)
        if not line.strip() and n:
            break
        if not match or (n == 0 and match[1] is None):
            return False
        names.add((match[1] or b"").lower())
    return len(names & (_KNOWN | _BY_MACHINES)) > 1 and (bool(names & _BY_MACHINES) or _ADDRESS.search(start) is not None)


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    raw = document.whole().removeprefix(b"\xef\xbb\xbf")
    if length := _LENGTH_LINE.match(raw):
        raw = raw[length.end() :][: int(length[0])]
    yield from message_articles(raw, document.name, document.notices)
