"""Turning bytes into text: which encoding, which line ends, and whether it is text at all."""

import codecs
import re

from ...errors import SaysoError
from .notices import Notices, Say

_UNPACK = "unpack it and give the files in it"
_CONVERT = "convert it to plain text, HTML or CSV first"
_KINDS = (
    (b"%PDF-", "a PDF", _CONVERT),
    (b"PK\x03\x04", "a zip archive or an office document", _CONVERT),
    (b"\x1f\x8b", "gzip-compressed", _UNPACK),
    (b"BZh", "bzip2-compressed", _UNPACK),
    (b"\xfd7zXZ\x00", "xz-compressed", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", _UNPACK),
    (b"Rar!\x1a\x07", "a rar archive", _UNPACK),
    (b"\x89PNG", "an image", _CONVERT),
    (b"\xff\xd8\xff", "an image", _CONVERT),
    (b"GIF8", "an image", _CONVERT),
    (b"PAR1", "a Parquet table", _CONVERT),
    (b"\xd0\xcf\x11\xe0", "an office document", _CONVERT),
    (b"{\\rtf", "an RTF document", _CONVERT),
)
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 100_000  # bytes that an encoding is guessed from; more take long and tell no more
_WESTERN = b"\x80\x85\x91\x92\x93\x94\x95\x96\x97\x99\xa0\xa3\xa9\xab\xae\xb0\xb7\xbb\xbd" + bytes(range(0xC0, 0x100))
_OF_MAC = re.compile(
    rb"[a-z]\xd5(?:s|t|re|ll|ve|d|m)\b|(?:\A|[\s(])\xd2[A-Za-z](?s:.){0,1000}?[a-z.,!?]\xd3(?=[\s.,;:)]|\Z)"
)
"""Curly marks in the encoding of old Macs; in Windows English these would be capitals in the midst of words."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x7f]")


def encoding_of_mark(raw: bytes) -> str | None:
    """Return the encoding that a byte order mark names; None without one."""
    return next((encoding for mark, encoding in _BOMS if raw.startswith(mark)), None)


def decode(raw: bytes, where: str, notice: Say, declared: str | None = None) -> str:
    """Return the text of a file or row, every line end a newline.

    Parameters
    ----------
    raw : bytes
    where : str
        File, or file and row, for messages.
    notice : callable
        Is told one line when the encoding had to be guessed.
    declared : str, optional
        The encoding that the document itself names, tried after a byte order mark and UTF-8.

    Raises
    ------
    SaysoError
        If it is not text.
    """
    check_is_no_archive(raw, where)
    encoding = encoding_of_mark(raw)
    if encoding is None and not _utf16_without_mark(raw[:_SAMPLE]):
        try:
            return clean(raw.decode("utf-8"), where)
        except UnicodeDecodeError:
            encoding = _known(raw, declared)
    if encoding is None:
        encoding = told_encoding(raw[:_SAMPLE], where, notice)
    return clean(raw.decode(encoding, errors="replace"), where)


def check_is_no_archive(raw: bytes, where: str) -> None:
    """Refuse well-known kinds of file that are not text."""
    for start, kind, advice in _KINDS:
        if raw.startswith(start):
            raise SaysoError(f"{where}: this is {kind}, not text; {advice}.")


def clean(text: str, where: str) -> str:
    """Return a text with newlines as line ends that can be written as UTF-8; refuse what is not text."""
    n_control = len(_CONTROL.findall(text))  # scraped text has stray ones; with 1 in 50 it is not text
    if "\0" in text or n_control * 50 > len(text):
        raise SaysoError(f"{where}: binary data, not text ({n_control:,} control characters); leave it out.")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return whole_characters(text)


def whole_characters(text: str) -> str:
    """Return a text that can be written as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:  # half of a surrogate pair, from a broken escape in JSON
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def without_stray_nul(text: str, where: str, notices: Notices) -> str:
    """Return a text without the few NUL characters that a program left in it; with 1 in 50 it is no text, and stays."""
    if 0 < text.count("\0") * 50 <= len(text):
        notices.count("NUL characters removed from the text", where)
        return text.replace("\0", "")
    return text


def told_encoding(sample: bytes, where: str, say: Say) -> str:
    """Guess the encoding of bytes that are not UTF-8, and say so."""
    encoding = guess_encoding(sample, where)
    say(f"{where}: not UTF-8; read as {encoding}, which is a guess. Convert it to UTF-8 to be sure.")
    return encoding


def guess_encoding(sample: bytes, where: str) -> str:
    """Guess the encoding of bytes that are not UTF-8."""
    if utf16 := _utf16_without_mark(sample):
        return utf16
    foreign = [byte for byte in sample if byte > 127]
    if len(foreign) * 5 < len(sample) and _OF_MAC.search(sample):
        return "mac_roman"
    if len(foreign) * 5 < len(sample) and all(byte in _WESTERN for byte in set(foreign)):
        return "cp1252"  # a few curly marks and accents in ASCII are Windows English, too few for statistics
    import charset_normalizer  # seldom needed

    best = charset_normalizer.from_bytes(sample).best()
    if best is None:
        raise SaysoError(f"{where}: binary data, or text in an unknown encoding; convert it to UTF-8.")
    return best.encoding


def _utf16_without_mark(sample: bytes) -> str | None:
    """Tell UTF-16 by what it does to English: every other byte is 0, but for curly marks and the like."""
    odd, even = sample[1::2].count(0), sample[::2].count(0)
    if max(odd, even) * 3 > len(sample) and min(odd, even) * 20 < len(sample):
        return "utf-16-le" if odd > even else "utf-16-be"
    return None


def _known(raw: bytes, declared: str | None) -> str | None:
    try:
        raw.decode(declared or "utf-8")
    except (LookupError, UnicodeError, ValueError):
        return None
    return declared
