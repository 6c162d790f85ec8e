"""The zip of a model file, read as strictly as it is written: every byte that is no member's data is compared.

No digest covers the headers of a zip. So they are built again from names, sizes and checksums, and must be the same
bytes: no other time, flag, comment or extra field, nothing before, between or behind the members.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import NamedTuple

STORED, DEFLATED = 0, 8
_LOCAL, _CENTRAL, _END = (struct.Struct(f"<4s{fields}") for fields in ("5H3L2H", "6H3L5H2L", "4H2LH"))
_VERSION, _UNIX, _DATE, _FILE_MODE = 20, 3, (1 << 5) | 1, 0o644 << 16  # 1 January 1980, the same on every system

_HEADERS = "its zip headers are not those that sayso writes"


class BadZipError(Exception):
    """The bytes are no zip as model files are; without a message, not even that can be said."""


class Entry(NamedTuple):
    """A member as the table of contents describes it.

    Parameters
    ----------
    name : str
    method : int
        `STORED` or `DEFLATED`, in files of others anything else.
    flags, crc, packed_size, size, offset : int
    """

    name: str
    method: int
    flags: int
    crc: int
    packed_size: int
    size: int
    offset: int

    @property
    def is_usual(self) -> bool:
        """Whether it is packed as `model_bytes` packs."""
        return self.flags == 0 and self.method in (STORED, DEFLATED)

    @property
    def header(self) -> bytes:
        """What stands before the member's data."""
        return _LOCAL.pack(b"PK\3\4", *self._common, 0) + self.name.encode()

    @property
    def record(self) -> bytes:
        """What the table of contents has of the member."""
        made_by, rest = _UNIX << 8 | _VERSION, (0, 0, 0, 0, _FILE_MODE, self.offset)
        return _CENTRAL.pack(b"PK\1\2", made_by, *self._common, *rest) + self.name.encode()

    @property
    def _common(self) -> tuple[int, ...]:
        sizes = (self.crc, self.packed_size, self.size, len(self.name.encode()))
        return (_VERSION, 0, self.method, 0, _DATE, *sizes)


def table_of_contents(raw: bytes, most: int) -> list[Entry]:
    """Read the table of contents of any zip without a comment; nothing is unpacked.

    Parameters
    ----------
    raw : bytes
    most : int
        Bytes that the table may have.

    Raises
    ------
    BadZipError
    """
    try:
        sign, *_, size, start, comment = _END.unpack_from(raw, max(len(raw) - _END.size, 0))
        if sign != b"PK\5\6" or comment or start + size + _END.size > len(raw):
            raise BadZipError
        if size > most:
            raise BadZipError("its table of contents is too long for a model file")
        return list(_entries(raw, start, start + size))
    except struct.error as error:
        raise BadZipError from error


def _entries(raw: bytes, at: int, end: int) -> Iterator[Entry]:
    while at < end:
        fields = _CENTRAL.unpack_from(raw, at)
        flags, method, crc, packed_size, size = fields[3], fields[4], *fields[7:10]
        n_name, n_extra, n_comment, offset = *fields[10:13], fields[16]
        if fields[0] != b"PK\1\2":
            raise BadZipError
        at += _CENTRAL.size
        name = raw[at : at + n_name].decode(errors="replace")
        yield Entry(name, method, flags, crc, packed_size, size, offset)
        at += n_name + n_extra + n_comment


def check_layout(raw: bytes, entries: list[Entry]) -> None:
    """Refuse a zip that `model_bytes` would not have written with these members.

    Raises
    ------
    BadZipError
    """
    at = 0
    for entry in entries:
        if entry.offset != at or not raw.startswith(entry.header, at):
            raise BadZipError(_HEADERS)
        at += len(entry.header) + entry.packed_size
    table = b"".join(entry.record for entry in entries)
    end = _END.pack(b"PK\5\6", 0, 0, len(entries), len(entries), len(table), at, 0)
    if raw[at:] != table + end:
        raise BadZipError(_HEADERS)


def unpack(raw: bytes, entry: Entry) -> bytes:
    """Unpack a member, never more than it declares.

    Parameters
    ----------
    raw : bytes
        Of the whole file.
    entry : Entry

    Raises
    ------
    BadZipError
        If it has another size or checksum.
    """
    if not raw.startswith(entry.header, entry.offset):
        raise BadZipError(_HEADERS)
    start = entry.offset + len(entry.header)
    packed = memoryview(raw)[start : start + entry.packed_size]
    found, is_whole = bytes(packed), True
    if entry.method == DEFLATED:
        inflater = zlib.decompressobj(-zlib.MAX_WBITS)
        found = inflater.decompress(packed, entry.size + 1)
        is_whole = inflater.eof and not inflater.unused_data
    if not is_whole or len(found) != entry.size or zlib.crc32(found) != entry.crc:
        raise BadZipError
    return found
