"""The text of a plain mail: flowed lines joined; quoted mails, signatures and the frames of forwarded mails cut off."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

_QUOTED = re.compile(r"[ \t]?>")
_WROTE = re.compile(r"\bwrote:\s*\Z|\bschrieb(?: am [^\n]*)?:\s*\Z|\ba écrit\s*:\s*\Z")
_BEGINS_WROTE = re.compile(r"(?:On|At|Am|Le)\b")
_FORWARDED = re.compile(
    r"\s*-{2,}\s*(?:Forwarded (?:message|mail)|Forwarded by\b.*|Weitergeleitete Nachricht|Message transféré)[^-\n]*-*\s*\Z"
    r"|\s*Begin forwarded message:\s*\Z",
    re.I,
)
_ORIGINAL = re.compile(r"\s*-{2,}\s*(?:Original (?:message|mail|appointment))\s*-*\s*\Z|\s*_{20,}\s*\Z", re.I)
_HEADER = re.compile(r"\s*\*?(From|Sent|Date|To|Cc|Bcc|Subject|Reply-To|Resent-From|Importance)\s*:\*?[ \t]*(.*)\Z", re.I)
_LIST_FOOT = re.compile(r"_{30,}\s*\Z")
_PGP_FRAME = re.compile(r"-----BEGIN PGP SIGNED MESSAGE-----\n(?:\w+: .*\n)*\n?")
_PGP_SIGNATURE = re.compile(r"-----BEGIN PGP SIGNATURE-----.*?(?:-----END PGP SIGNATURE-----|\Z)", re.DOTALL)
_LONGEST_SIGNATURE = 15  # lines; by custom a signature has four, but the notices of law firms are longer
_LONGEST_HEADER = 200  # lines of a mail within another
_LONGEST_WROTE = 4  # lines that "On … wrote:" is wrapped to


QUOTED = "Quoted earlier mails left out"
SIGNATURES = "Mail signatures left out"
_NOTES = "Notes above forwarded mails left out"


@dataclass(slots=True)
class MailText:
    """What a mail says itself: its text, what was left out of it, and the header of the mail that it forwards."""

    text: str
    left_out: set[str] = field(default_factory=set)
    forwarded: dict[str, str] = field(default_factory=dict)


def unflow(text: str, delete_space: bool = False) -> str:
    r"""Join the lines of a mail in ``format=flowed``: one that ends with a space goes on in the next.

    Parameters
    ----------
    text : str
    delete_space : bool, default=False
        The space itself is no part of the text (``delsp=yes``).

    Examples
    --------
    >>> unflow("The mayor \nleft.\n-- \nAda")
    'The mayor left.\n-- \nAda'
    """
    lines: list[str] = []
    goes_on, depth_before = False, 0
    for line in text.split("\n"):
        depth = len(line) - len(line.lstrip(">"))
        words = line[depth:].removeprefix(" ")
        if goes_on and depth == depth_before and words != "-- ":
            lines[-1] += words
        else:
            lines.append(">" * depth + (" " if depth else "") + words)
        goes_on, depth_before = words.endswith(" ") and words != "-- ", depth
        if goes_on and delete_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def own_text(text: str, is_forward: bool) -> MailText:
    """Return what a mail says itself, in lines.

    Parameters
    ----------
    text : str
    is_forward : bool
        Its subject says that it forwards another mail: that one is the article.
    """
    mail = MailText(_PGP_SIGNATURE.sub("", _PGP_FRAME.sub("", text)))
    lines = mail.text.split("\n")
    lines = _past_frame(lines, is_forward, mail)
    lines = _without_signature(lines, mail)
    lines = _without_quoted(lines, mail)
    mail.text = "\n".join(lines).strip("\n")
    return mail


def _past_frame(lines: Sequence[str], is_forward: bool, found: MailText) -> list[str]:
    """Keep a forwarded mail without its header lines, or what stands above an earlier one."""
    at = next((n for n, line in enumerate(lines) if _is_frame(lines, n)), None)
    if at is None:
        return list(lines)
    above = [line for line in lines[:at] if line.strip()]
    is_forwarded = bool(_FORWARDED.match(lines[at])) or is_forward or not above
    if not is_forwarded:
        found.left_out.add(QUOTED)
        return list(lines[:at])
    start, header = _header_after(lines, at - bool(_HEADER.match(lines[at])))
    found.forwarded = header
    if above:
        found.left_out.add(_NOTES)
    return list(lines[start:])


def _is_frame(lines: Sequence[str], n: int) -> bool:
    """Tell a line that another mail comes after: it says so, or is the first of its header lines."""
    line = lines[n]
    if _FORWARDED.match(line):
        return True
    if _ORIGINAL.match(line):
        return len(_header_after(lines, n)[1]) >= 2
    header = _HEADER.match(line)
    return bool(header and header[1].lower() == "from" and len(_header_after(lines, n - 1)[1]) >= 3)


def _header_after(lines: Sequence[str], at: int) -> tuple[int, dict[str, str]]:
    """Return the number of the line behind the header lines that follow, and what they say."""
    header: dict[str, str] = {}
    name, n = "", at + 1
    while n < len(lines) and (not lines[n].strip() or lines[n].strip() == ">") and not header:
        n += 1
    while n < min(len(lines), at + _LONGEST_HEADER):
        if not lines[n].strip():
            following = _HEADER.match(lines[n + 1]) if n + 1 < len(lines) else None
            if not following or following[1].lower() in header:
                break
        elif match := _HEADER.match(lines[n]):
            name = match[1].lower()
            header[name] = match[2].strip(" *")
        elif name and len(header) < 10 and lines[n][:1] in (" ", "\t"):
            header[name] += " " + lines[n].strip()
        else:
            break
        n += 1
    return n, header


def _without_signature(lines: Sequence[str], found: MailText) -> list[str]:
    own = [bool(line.strip() and not _QUOTED.match(line)) for line in lines]
    rest = sum(own)
    for n, line in enumerate(lines):
        rest -= own[n]  # lines of the mail's own behind this one
        is_mark = line == "-- " or (line in ("--", "-- \xa0") and rest <= _LONGEST_SIGNATURE // 2)
        is_foot = _LIST_FOOT.match(line) and "mailing list" in " ".join(lines[n + 1 : n + 3])
        if (is_mark and rest <= _LONGEST_SIGNATURE) or is_foot:
            found.left_out.add(SIGNATURES)
            return list(lines[:n])
    return list(lines)


def _without_quoted(lines: Sequence[str], found: MailText) -> list[str]:
    """Take out lines quoted from another mail with the line that says whose they are, unless there are no others."""
    if not any(_QUOTED.match(line) for line in lines):
        return list(lines)
    kept: list[str] = []
    for n, line in enumerate(lines):
        if not _QUOTED.match(line):
            kept.append(line)
        elif n == 0 or not _QUOTED.match(lines[n - 1]):
            _drop_wrote(kept)
    if not any(line.strip() for line in kept):
        return [_QUOTED.sub("", line).removeprefix(" ") for line in lines if _QUOTED.match(line) or not line.strip()]
    found.left_out.add(QUOTED)
    return kept


def _drop_wrote(kept: list[str]) -> None:
    """Take off the end *On Monday, Ada Moor wrote:*, over however many lines it runs."""
    end = len(kept)
    while end and not kept[end - 1].strip():
        end -= 1
    if end and _WROTE.search(kept[end - 1]):
        begins = [n for n in range(max(0, end - _LONGEST_WROTE), end) if _BEGINS_WROTE.match(kept[n])]
        del kept[begins[-1] if begins else end - 1 :]
