"""Compressed files: gzip, bzip2, xz and Zstandard."""

import bz2
import lzma
import re
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedReader
from typing import Protocol

from ...errors import SaysoError
from ..articles.notices import Say
from ..articles.reader import optional_module
from .pieces import CutOffError, check_ratio

_MOST_USELESS = 100_000_000  # packed bytes that give nothing: a member may begin with long headers
_PIECE = 1 << 13  # bytes; what they unpack to has to fit into memory, even if somebody means harm


class Decompressor(Protocol):
    """Unpacks one member of a compressed file."""

    @property
    def eof(self) -> bool:
        """The member has ended."""

    @property
    def unused_data(self) -> bytes:
        """What came after its end."""

    def decompress(self, data: bytes, /) -> bytes:
        """Unpack some more."""


@dataclass(frozen=True, slots=True)
class Method:
    """A way of compressing.

    Parameters
    ----------
    suffixes : mapping of str to str
        Of its files, and what takes their place in the name of what is in them.
    magic : re.Pattern
        Matches the beginning of each member.
    decompressor : callable of str
        Makes a decompressor for a member of the file of that name.
    """

    suffixes: dict[str, str]
    magic: re.Pattern[bytes]
    decompressor: Callable[[str], Decompressor]


class _Zstandard:
    """A member of Zstandard, whose own library raises an error of its own."""

    def __init__(self, where: str) -> None:
        library = optional_module("zstandard", where, ".zst")
        self._member, self._error = library.ZstdDecompressor().decompressobj(), library.ZstdError

    @property
    def eof(self) -> bool:
        return bool(self._member.eof)

    @property
    def unused_data(self) -> bytes:
        return bytes(self._member.unused_data)

    def decompress(self, data: bytes, /) -> bytes:
        try:
            return bytes(self._member.decompress(data))
        except self._error as error:
            raise ValueError(str(error)) from error


METHODS = (
    Method({".gz": "", ".tgz": ".tar"}, re.compile(rb"\x1f\x8b\x08"), lambda where: zlib.decompressobj(wbits=31)),
    Method(
        {".bz2": "", ".tbz2": ".tar", ".tbz": ".tar"}, re.compile(rb"BZh[1-9]1AY&SY"), lambda where: bz2.BZ2Decompressor()
    ),
    Method({".xz": "", ".txz": ".tar"}, re.compile(rb"\xfd7zXZ\x00"), lambda where: lzma.LZMADecompressor()),
    Method({".zst": "", ".tzst": ".tar"}, re.compile(rb"\x28\xb5\x2f\xfd|[\x50-\x5f]\x2a\x4d\x18"), _Zstandard),
)
SUFFIXES = {suffix: inside for method in METHODS for suffix, inside in method.suffixes.items()}


def name_inside(name: str) -> str:
    """Give the name of what a compressed file holds.

    >>> name_inside("news.jsonl.gz"), name_inside("news.tgz"), name_inside("-")
    ('news.jsonl', 'news.tar', '-')
    """
    suffix = next((suffix for suffix in SUFFIXES if name.lower().endswith(suffix)), None)
    return name[: -len(suffix)] + SUFFIXES[suffix] if suffix else name


def is_compressed(start: bytes) -> bool:
    """Tell a compressed file by its beginning."""
    return _method_of(start) is not None


def _method_of(start: bytes) -> Method | None:
    return next((method for method in METHODS if method.magic.match(start)), None)


def decompressed(stream: BufferedReader, name: str, say: Say) -> Iterator[bytes]:
    """Yield what all members of a compressed file hold, one after the other.

    Parameters
    ----------
    stream : BufferedReader
        The file.
    name : str
        How messages name it.
    say : callable of str
        Is told what stands behind the last member.

    Raises
    ------
    SaysoError
        If it is not compressed, or unpacks to more than text does; behind what a member gave that ends early or is broken.
    """
    method = _method_of(stream.peek(16))
    if method is None:
        raise SaysoError(
            f"{name}: named as a compressed file, but not compressed; rename it with the suffix of its contents."
        )
    packed = stream.read1(_PIECE)
    n_packed = n_unpacked = n_members = n_useless = 0
    while packed:
        if not method.magic.match(packed) and len(packed) < 16:  # a magic number may be cut by the pieces
            packed += stream.read1(_PIECE)
        if n_members and not method.magic.match(packed):
            if packed.strip(b"\0"):
                say(f"{name}: there is other data after the compressed data; it is left out.")
            return
        member = method.decompressor(name)
        n_members += 1
        while not member.eof:
            if not packed:
                raise CutOffError(name, "the compressed data is cut off")
            piece = _decompressed(member, packed, name)
            n_packed, n_unpacked = n_packed + len(packed), n_unpacked + len(piece)
            check_ratio(name, n_packed, n_unpacked)
            n_useless = 0 if piece else n_useless + len(packed)
            if n_useless > _MOST_USELESS:
                raise CutOffError(name, f"the compressed data holds nothing for {_MOST_USELESS // 1_000_000} MB")
            if piece:
                yield piece
            packed = b"" if member.eof else stream.read1(_PIECE)
        packed = bytes(member.unused_data) or stream.read1(_PIECE)


def _decompressed(member: Decompressor, packed: bytes, name: str) -> bytes:
    try:
        return member.decompress(packed)
    except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
        raise CutOffError(name, f"the compressed data is damaged ({error})") from error
