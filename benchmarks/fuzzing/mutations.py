"""Changes to text, bytes, values of JSON, tables and zip files."""

import io
import json
import random
import re
import zipfile
import zlib
from collections.abc import Callable, Mapping
from typing import Any

from .samples import CHARACTERS, NAMES, WORDS, value

_LONGEST = 3_000  # characters or bytes that repeats may lead to
_BYTES = (
    b"\0",
    b"\xff",
    b"\xff\xff\xff\xff",
    b"\x80",
    b"\xef\xbb\xbf",
    b"\xff\xfe",
    b"PK\x03\x04",
    b"<",
    b">",
    b"\r",
    b"\n",
)
_NUMBERS = (b"0", b"-1", b"65535", b"2147483648", b"18446744073709551616", b"99999999999999999999", b"1e9", b"0x7f", b"\xb2")


def text(draw: random.Random, words: str) -> str:
    """Change a text in one to six places."""
    for _ in range(draw.choice((1, 1, 2, 3, 6))):
        words = draw.choice(_OF_TEXT)(draw, words)
    return words


def _stretch(draw: random.Random, n: int, longest: int = 60) -> tuple[int, int]:
    start = draw.randint(0, n)
    return start, min(start + draw.randint(0, longest), n)


def _cut(draw: random.Random, words: str) -> str:
    start, end = _stretch(draw, len(words))
    return words[:start] + words[end:]


def _repeat(draw: random.Random, words: str) -> str:
    start, end = _stretch(draw, len(words))
    times = min(draw.choice((2, 2, 3, 10, 100)), _LONGEST // (end - start + 1))
    return words[:start] + words[start:end] * times + words[end:]


def _character(draw: random.Random, words: str) -> str:
    at = draw.randint(0, len(words))
    return words[:at] + draw.choice(CHARACTERS) * draw.choice((1, 1, 1, 2, 30)) + words[at:]


def _word(draw: random.Random, words: str) -> str:
    at = draw.choice([0, len(words), *(m.end() for m in re.finditer(" ", words))])
    return f"{words[:at]}{draw.choice(WORDS)}{draw.choice((' ', ' ', ''))}{words[at:]}"


def _swap(draw: random.Random, words: str) -> str:
    parts = re.split(r"(?<=[.\n]) ?", words)
    draw.shuffle(parts)
    return draw.choice((" ", "", "\n", "\n\n", "; ")).join(parts)


def _replace(draw: random.Random, words: str) -> str:
    if not words:
        return words
    old = draw.choice((words[draw.randrange(len(words))], draw.choice((" ", ".", ",", "\n", "said", "“", "”", '"', "a"))))
    return words.replace(old, draw.choice((*CHARACTERS, *WORDS[:20], "")), draw.choice((1, 5, 200)))


def _case(draw: random.Random, words: str) -> str:
    start, end = _stretch(draw, len(words), 400)
    return words[:start] + draw.choice((str.upper, str.lower, str.title, str.swapcase))(words[start:end]) + words[end:]


_OF_TEXT: tuple[Callable[[random.Random, str], str], ...] = (
    *(_cut, _repeat, _character, _character, _word, _word, _swap, _replace, _case),
)


def raw(draw: random.Random, content: bytes) -> bytes:
    """Change bytes in one to six places."""
    for _ in range(draw.choice((1, 1, 2, 3, 6))):
        content = draw.choice(_OF_BYTES)(draw, content)
    return content


def _flip(draw: random.Random, content: bytes) -> bytes:
    if not content:
        return content
    at = draw.randrange(len(content))
    return content[:at] + bytes([content[at] ^ 1 << draw.randrange(8)]) + content[at + 1 :]


def _truncate(draw: random.Random, content: bytes) -> bytes:
    return content[: draw.randint(0, len(content))]


def _cut_bytes(draw: random.Random, content: bytes) -> bytes:
    start, end = _stretch(draw, len(content))
    return content[:start] + content[end:]


def _repeat_bytes(draw: random.Random, content: bytes) -> bytes:
    start, end = _stretch(draw, len(content), 200)
    times = min(draw.choice((2, 2, 3, 30)), _LONGEST // (end - start + 1))
    return content[:start] + content[start:end] * times + content[end:]


def _overwrite(draw: random.Random, content: bytes) -> bytes:
    at, odd = draw.randint(0, len(content)), draw.choice((*_BYTES, *_NUMBERS))
    return content[:at] + odd + content[at + draw.choice((0, len(odd))) :]


def _number(draw: random.Random, content: bytes) -> bytes:
    """Put another number in the place of one."""
    found = list(re.finditer(rb"\d+", content))
    if not found:
        return content
    at = draw.choice(found)
    return content[: at.start()] + draw.choice(_NUMBERS) + content[at.end() :]


def _move(draw: random.Random, content: bytes) -> bytes:
    start, end = _stretch(draw, len(content), 200)
    left, at = content[:start] + content[end:], draw.randint(0, len(content))
    return left[:at] + content[start:end] + left[at:]


def _lines(draw: random.Random, content: bytes) -> bytes:
    lines = content.split(b"\n")
    at = draw.randrange(len(lines))
    change = draw.randrange(3)
    if change == 0:
        del lines[at]
    elif change == 1:
        lines.insert(draw.randint(0, len(lines)), lines[at])
    else:
        lines[at] = text(draw, lines[at].decode("utf-8", "replace")).encode("utf-8", "replace")
    return b"\n".join(lines)


def _tag(draw: random.Random, content: bytes) -> bytes:
    """Leave out, double or move something between angle brackets, braces or backslashes."""
    found = list(re.finditer(rb"<[^<>]{0,200}>|[{}]|\\[a-z]+", content))
    if not found:
        return content
    one, other = draw.choice(found), draw.choice(found)
    new = draw.choice((b"", one[0] * 2, one[0] * 40, other[0]))
    return content[: one.start()] + new + content[one.end() :]


def _words_in(draw: random.Random, content: bytes) -> bytes:
    """Change what can be read as text."""
    return text(draw, content.decode("utf-8", "replace")).encode("utf-8", "replace")


def _recode(draw: random.Random, content: bytes) -> bytes:
    coding = draw.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "utf-7", "utf-8-sig", "koi8-r"))
    return content.decode("utf-8", "replace").encode(coding, "replace")


_OF_BYTES: tuple[Callable[[random.Random, bytes], bytes], ...] = (
    *(_flip, _flip, _truncate, _cut_bytes, _repeat_bytes, _overwrite, _number, _number, _move, _lines, _lines, _tag, _tag),
    *(_words_in, _words_in, _recode),
)


def members_of(content: bytes) -> dict[str, bytes]:
    """Give the members of a whole zip file; none of other bytes."""
    if not content.startswith(b"PK"):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return {info.filename: archive.read(info) for info in archive.infolist() if info.file_size < 1_000_000}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, ValueError, OSError):
        return {}


def zipped(members: Mapping[str, bytes | str]) -> bytes:
    """Give a zip file; the same members give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return out.getvalue()


def file(draw: random.Random, content: bytes) -> bytes:
    """Change a file: of a zip file mostly a member, of JSON mostly a value."""
    if (members := members_of(content)) and draw.random() < 0.8:
        return _zip(draw, members)
    if content[:1] in (b"{", b"[") and draw.random() < 0.7 and (changed := _json_file(draw, content)) is not None:
        return changed
    return raw(draw, content)


def _zip(draw: random.Random, members: dict[str, bytes]) -> bytes:
    name = draw.choice(list(members))
    change = draw.randrange(8)
    if change == 0:
        del members[name]
    elif change == 1:
        members[draw.choice(("../x", "a/" * 40 + "b", "\u202ex.txt", "CON.txt", "", name.upper()))] = members.pop(name)
    elif change == 2:
        members[draw.choice(("x.txt", "__MACOSX/._a", "x.zip", "x.gz"))] = draw.choice((b"", b"\0" * 4000, members[name]))
    else:
        members[name] = raw(draw, members[name])
    return zipped(members)


def _json_file(draw: random.Random, content: bytes) -> bytes | None:
    """Change a value in a file of JSON or of JSON lines."""
    lines = content.splitlines() if content[:1] == b"{" and b"\n{" in content else [content]
    at = draw.randrange(len(lines))
    try:
        changed = json_value(draw, json.loads(lines[at]))
    except (ValueError, RecursionError):
        return None
    lines[at] = json.dumps(changed, ensure_ascii=draw.random() < 0.5).encode("utf-8", "surrogatepass")
    return b"\n".join(lines)


def json_value(draw: random.Random, whole: Any) -> Any:
    """Change one to four places in a value of JSON, in place."""
    for _ in range(draw.choice((1, 1, 2, 4))):
        places = _json_places(whole)
        if not places:
            return value(draw)
        holder, key = draw.choice(places)
        change = draw.randrange(7)
        if change == 0:
            del holder[key]
        elif change == 1 and isinstance(holder, dict):
            holder[draw.choice(NAMES)] = holder.pop(key)
        elif change == 2 and isinstance(holder, dict):
            holder[draw.choice(NAMES)] = value(draw)
        elif change == 3 and isinstance(holder, list):
            holder.extend([holder[key]] * draw.choice((1, 2, 50)))
        elif change == 4 and isinstance(holder[key], str):
            holder[key] = text(draw, holder[key])
        else:
            holder[key] = value(draw)
    return whole


def _json_places(whole: Any, depth: int = 0) -> list[tuple[Any, Any]]:
    """Give each place in a value: what holds it, and its key."""
    if depth > 8 or not isinstance(whole, dict | list):
        return []
    keys: list[Any] = list(whole) if isinstance(whole, dict) else list(range(len(whole)))[:40]
    return [(whole, key) for key in keys] + [place for key in keys for place in _json_places(whole[key], depth + 1)]
