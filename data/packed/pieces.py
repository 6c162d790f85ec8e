"""What comes out of compressed files and archives: pieces of bytes, and how many there may be."""

import io
from collections.abc import Iterable, Iterator
from typing import Any

from ...errors import SaysoError

MAX_RATIO = 200
"""Times its packed size; text is packed to a third or a tenth of its size, and repeated lines to a fiftieth."""
ALWAYS_ALLOWED = 100_000_000
"""Bytes that may be unpacked whatever the ratio."""
START = 512
"""Bytes by which compressed files and archives are told."""
MAX_DEPTH = 4
"""Times that something may be packed; a file in a compressed archive in an archive has three."""
_LONGEST_LINE = 1 << 20  # bytes that are held back for the rest of their line


class _Pieces(io.RawIOBase):
    """Bytes that come in pieces, as a raw stream."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return 0
            self._rest = piece
        size = min(len(buffer), len(self._rest))
        buffer[:size] = self._rest[:size]
        self._rest = self._rest[size:]
        return size


class CutOffError(SaysoError):
    """Compressed data are cut off or broken; what came before was read."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}; download the file again. Everything before that was read.")
        self.where, self.reason = where, reason


def stream_of(pieces: Iterable[bytes]) -> io.BufferedReader:
    """Return pieces of bytes as a stream.

    An error that a piece raises comes when all whole lines before it were read; the line that it cuts off is left out.
    """
    return io.BufferedReader(_Pieces(_in_whole_lines(pieces)))


def _in_whole_lines(pieces: Iterable[bytes]) -> Iterator[bytes]:
    held = b""
    for piece in pieces:
        cut = len(piece) if len(held) > _LONGEST_LINE else piece.rfind(b"\n") + 1
        if cut:
            yield held + piece[:cut]
            held = piece[cut:]
        else:
            held += piece
    if held:
        yield held


def check_ratio(where: str, n_packed: int, n_unpacked: int) -> None:
    """Refuse what unpacks to far more than text does.

    Raises
    ------
    SaysoError
        If there are more than `ALWAYS_ALLOWED` bytes, and more than `MAX_RATIO` times the packed ones.
    """
    if n_unpacked > ALWAYS_ALLOWED and n_unpacked > MAX_RATIO * n_packed:
        raise SaysoError(
            f"{where}: unpacks to more than {MAX_RATIO} times its size, which is unusual for text; if "
            "you trust it, unpack it yourself and give the files in it."
        )
