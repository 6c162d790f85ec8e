"""Model files: a zip of a manifest, arrays and word lists; numbers and words, never code.

The manifest is judged before anything else is read. It names every other member with its size and SHA-256;
what it does not name is refused. Nothing is unpickled, nothing is unpacked to disk.
"""

import hashlib
import io
import json
import os
import re
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from ...data.atomic_write import replace_file
from ...errors import SaysoError
from .declared import WrongContentsError
from .manifest import check_manifest
from .zip_layout import BadZipError, Entry, check_layout, table_of_contents, unpack

JSON = dict[str, Any] | list[Any] | str | int | float | bool | None
FORMAT = 1
"""It rises when an older sayso would misread the file, not with a key or an array that it may ignore."""

MAX_FILE, MAX_UNPACKED, MAX_MANIFEST, MAX_TEXT = 64_000_000, 128_000_000, 8_000_000, 48_000_000
MAX_MEMBERS, MAX_CONTENTS = 64, 20_000
MAX_MANIFEST_VALUES, MAX_TEXT_VALUES = 400_000, 4_000_000
"""Commas and opening brackets: each value of JSON takes up many times the bytes that stand for it."""
_MANIFEST = "manifest.json"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")
_MEMBER = re.compile(r"[a-z][a-z0-9_]{0,63}\.(?:npy|json)")
_OWN = ("format", "members")
_DTYPES = frozenset("i1 u1 i2 u2 i4 u4 i8 u8 f2 f4 f8".split())
_MAX_DIMENSIONS = 4
_TIME = (1980, 1, 1, 0, 0, 0)
_HALF_CHARACTER = re.compile(rb"(?<!\\)(?:\\\\)*\\u[dD][89a-fA-F]")


_TOO_LARGE = "the model is too large for a model file ({}); train it on fewer labels, targets or sentences."


class Readable(Protocol):
    """What a model can be read from: a path, or a file inside a package."""

    def read_bytes(self) -> bytes:
        """Give all of it."""
        ...


@dataclass(frozen=True, slots=True)
class ModelFile:
    """What a model file holds.

    Parameters
    ----------
    manifest : dict
        Without the keys ``format`` and ``members``.
    arrays : dict of str to ndarray
        Read-only.
    texts : dict of str to JSON
    digest : str
        SHA-256 of all members but the manifest: of the model itself, whatever the file says of its making.
    """

    manifest: dict[str, Any]
    arrays: dict[str, NDArray[Any]]
    texts: dict[str, Any]
    digest: str


class _BadFileError(Exception):
    """What is wrong with a file, and what to do about it."""


def write_model(
    path: str | Path,
    manifest: Mapping[str, Any],
    arrays: Mapping[str, NDArray[Any]],
    texts: Mapping[str, JSON],
) -> None:
    """Write a model file; the same content gives the same bytes.

    Parameters
    ----------
    path : str or Path
        Replaced, if it exists, only when all is written.
    manifest : mapping
        JSON; without the keys ``format`` and ``members``, which are added.
    arrays : mapping of str to ndarray
        Finite numbers; names are lower case.
    texts : mapping of str to JSON

    Raises
    ------
    SaysoError
        If it is more than a model file can hold.
    """
    raw = model_bytes(manifest, arrays, texts)
    with replace_file(path) as stream:
        stream.write(raw)


def model_bytes(manifest: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], texts: Mapping[str, JSON]) -> bytes:
    """Give what `write_model` writes."""
    members = {f"{name}.npy": _npy(name, array) for name, array in sorted(arrays.items())}
    members |= {f"{name}.json": _json(value) for name, value in sorted(texts.items())}
    if wrong := [name for name in (*arrays, *texts) if not _NAME.fullmatch(name)] + [k for k in _OWN if k in manifest]:
        raise ValueError(f"{wrong[0]!r} cannot be used as a name.")
    if len(members) < len(arrays) + len(texts) or "manifest" in texts:
        raise ValueError("A name is used twice.")
    listed = {n: {"size": len(raw), "sha256": hashlib.sha256(raw).hexdigest()} for n, raw in members.items()}
    head = _json({"format": FORMAT, **manifest, "members": listed}, indent=1)
    _check_sizes(len(head), len(head) + sum(map(len, members.values())), len(members) + 1)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compresslevel=9) as archive:
        for name, raw in {_MANIFEST: head, **members}.items():
            info = zipfile.ZipInfo(name, _TIME)
            info.create_system, info.external_attr = 3, 0o644 << 16  # the same on every system
            info.compress_type = _packing(raw)
            archive.writestr(info, raw)
    if len(out.getvalue()) > MAX_FILE:
        raise SaysoError(_TOO_LARGE.format(f"{len(out.getvalue()):,} bytes, at most {MAX_FILE:,}"))
    return out.getvalue()


def _check_sizes(manifest: int, unpacked: int, n_members: int) -> None:
    """Refuse to write what reading would refuse."""
    for size, most, what in (
        (manifest, MAX_MANIFEST, "bytes of manifest"),
        (unpacked, MAX_UNPACKED, "bytes unpacked"),
        (n_members, MAX_MEMBERS, "members"),
    ):
        if size > most:
            raise SaysoError(_TOO_LARGE.format(f"{size:,} {what}, at most {most:,}"))


def _packing(raw: bytes) -> int:
    """Deflate what becomes a third smaller; unpacking the rest would cost more time than it saves space."""
    return zipfile.ZIP_DEFLATED if 3 * len(zlib.compress(raw, 9)) < 2 * len(raw) else zipfile.ZIP_STORED


def _npy(name: str, array: NDArray[Any]) -> bytes:
    if array.dtype.str[1:] not in _DTYPES or array.ndim > _MAX_DIMENSIONS:
        raise ValueError(f"The array {name!r} has type {array.dtype} and {array.ndim} dimensions; it must hold numbers.")
    if not np.isfinite(array).all():
        raise ValueError(f"The array {name!r} contains a value that is not a finite number.")
    out = io.BytesIO()
    little = np.ascontiguousarray(array, dtype=array.dtype.newbyteorder("<")).reshape(array.shape)
    np.lib.format.write_array(out, little, version=(1, 0), allow_pickle=False)
    return out.getvalue()


def _json(value: Any, indent: int | None = None) -> bytes:
    separators = (",", ":") if indent is None else (",", ": ")
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent, separators=separators).encode()


def read_model(path: str | Path | Readable) -> ModelFile:
    """Read a model file, trusting nothing in it.

    Parameters
    ----------
    path : str, Path, or what has ``read_bytes``
        A file inside an installed package is of the last sort.

    Raises
    ------
    SaysoError
        One line: which file, what is wrong, what to do.
    """
    raw = b""
    try:
        raw = _bytes_of(path)
        entries = _judged(table_of_contents(raw, MAX_CONTENTS))
        manifest, listed = _judge_manifest(unpack(raw, entries[_MANIFEST]))
        _judge_members(entries, listed)
        check_layout(raw, [entries[name] for name in (_MANIFEST, *_in_order(listed))])
        check_manifest(manifest)
        members = {name: _member(raw, entries[name], about) for name, about in listed.items()}
        arrays = {name[:-4]: _array(name, member) for name, member in members.items() if name.endswith(".npy")}
        texts = {name[:-5]: _parse(name, member) for name, member in members.items() if name.endswith(".json")}
    except (_BadFileError, WrongContentsError) as error:
        raise SaysoError(f"{path}: {error}") from error
    except (BadZipError, zlib.error, ValueError) as error:
        raise SaysoError(f"{path}: {_what_is_wrong(raw, str(error) if isinstance(error, BadZipError) else '')}") from error
    except OSError as error:
        raise SaysoError(f"{path}: {error.strerror or error}; give a model file (NAME.sayso).") from error
    return ModelFile(manifest, arrays, texts, _digest(listed))


def _digest(listed: Mapping[str, Any]) -> str:
    lines = (f"{name} {about['sha256']}\n" for name, about in sorted(listed.items()))
    return hashlib.sha256("".join(lines).encode()).hexdigest()


def _in_order(members: Iterable[str]) -> list[str]:
    """Give names of members in the order in which they are written: arrays, then texts."""
    return sorted(members, key=lambda name: (name.endswith(".json"), name))


def _what_is_wrong(raw: bytes, known: str) -> str:
    if known:
        return f"{known}; do not use it, get the file from a source that you trust."
    if raw.startswith(b"PK\x03\x04"):
        return "this model file is incomplete or damaged; copy it or train it again."
    return "this is not a model file; give one written by `sayso train` (NAME.sayso)."


def _bytes_of(path: str | Path | Readable) -> bytes:
    if not isinstance(path, str | Path):
        return path.read_bytes()
    with open(os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)), "rb") as stream:
        about = os.fstat(stream.fileno())
        if not stat.S_ISREG(about.st_mode):
            raise _BadFileError("this is not a file; give a model file (NAME.sayso).")
        if about.st_size > MAX_FILE:
            raise _BadFileError(
                f"{about.st_size:,} bytes are too many for a model file (at most {MAX_FILE:,}); check "
                "that it is the right file."
            )
        return stream.read(MAX_FILE + 1)


def _judged(listed: Sequence[Entry]) -> dict[str, Entry]:
    """Look at the table of contents; nothing is unpacked yet."""
    entries = {entry.name: entry for entry in listed}
    if _MANIFEST not in entries:
        raise _BadFileError(
            "this is a zip file, but not a model file, because it has no manifest.json; give a model file (NAME.sayso)."
        )
    if len(listed) > MAX_MEMBERS:
        raise _BadFileError(
            f"{len(listed):,} members are too many for a model file; get the file from a source that you trust."
        )
    if len(entries) < len(listed):
        raise _BadFileError(
            "a name occurs twice in this model file; do not use it, get the file from a source that you trust."
        )
    if sum(entry.size for entry in listed) > MAX_UNPACKED or entries[_MANIFEST].size > MAX_MANIFEST:
        raise _BadFileError(
            "this model file unpacks to far too much data; do not use it, get the file from a source that you trust."
        )
    if wrong := next((entry.name for entry in listed if not entry.is_usual), None):
        raise _BadFileError(f"{_shown(wrong)} is packed in a way that sayso never uses; train the model again.")
    return entries


def _judge_manifest(raw: bytes) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what the manifest says, and what it says of the other members."""
    manifest = _parse(_MANIFEST, raw, _without_doubles)
    number = manifest.get("format") if isinstance(manifest, dict) else None
    if type(number) is not int or number < 1:
        raise _BadFileError("its manifest.json has no format number, so this is not a model file written by sayso.")
    if number > FORMAT:
        raise _BadFileError(
            f"this model file has format {number}, from a newer version of sayso; this version reads up "
            f"to format {FORMAT}, so upgrade sayso."
        )
    listed = manifest.pop("members", None)
    if not isinstance(listed, dict) or not all(map(_is_listing, listed.values())):
        raise _BadFileError("its manifest.json does not list its members with size and sha256; train the model again.")
    del manifest["format"]
    return manifest, listed


def _is_listing(about: Any) -> bool:
    return isinstance(about, dict) and type(about.get("size")) is int and isinstance(about.get("sha256"), str)


def _judge_members(entries: Mapping[str, Entry], listed: Mapping[str, Any]) -> None:
    for name in entries.keys() - listed.keys() - {_MANIFEST}:
        raise _BadFileError(f"it contains {_shown(name)}, which its manifest does not list; do not use it.")
    for name in sorted(listed.keys() - entries.keys()):
        raise _BadFileError(f"{_shown(name)} is missing, although its manifest lists it; copy the file or train it again.")
    for name in listed:
        if not _MEMBER.fullmatch(name) or name == _MANIFEST:
            raise _BadFileError(
                f"its manifest lists {_shown(name)}, which does not belong into a model file; do not use it."
            )


def _shown(name: str) -> str:
    return ascii(name[:60])


def _member(raw: bytes, entry: Entry, about: Mapping[str, Any]) -> bytes:
    if entry.size != about["size"]:
        raise _BadFileError(
            f"{entry.name} has {entry.size:,} bytes, but its manifest says {about['size']:,}; "
            "copy the file or train it again."
        )
    found = unpack(raw, entry)
    if hashlib.sha256(found).hexdigest() != about["sha256"]:
        raise _BadFileError(f"{entry.name} was changed (its SHA-256 does not match); copy the file or train it again.")
    return found


def _array(name: str, raw: bytes) -> NDArray[Any]:
    try:
        stream = io.BytesIO(raw)
        if np.lib.format.read_magic(stream) != (1, 0):
            raise ValueError("another version of .npy")
        shape, fortran, dtype = np.lib.format.read_array_header_1_0(stream)
    except Exception as error:  # numpy hands a header to Python's own parser, which fails in many ways
        raise _BadFileError(f"{name} is not a readable array; train the model again.") from error
    if dtype.hasobject or dtype.fields or dtype.str[1:] not in _DTYPES or dtype.str[0] not in "<|":
        kind = "objects (code could hide there)" if dtype.hasobject else f"the type {dtype.str[:20]!r}"
        raise _BadFileError(f"{name} contains {kind}, not plain numbers; do not use it, train the model again.")
    n = 1
    for side in shape:
        n *= side
    if (
        fortran
        or len(shape) > _MAX_DIMENSIONS
        or min(shape, default=0) < 0
        or n * dtype.itemsize != len(raw) - stream.tell()
    ):
        raise _BadFileError(f"{name} does not have the size that its header says; train the model again.")
    array = np.frombuffer(raw, dtype, n, stream.tell()).reshape(shape)
    if dtype.kind == "f" and not np.isfinite(array).all():
        raise _BadFileError(f"{name} contains a value that is not a finite number; train the model again.")
    return array


def _parse(name: str, raw: bytes, hook: Callable[[list[tuple[str, Any]]], Any] | None = None) -> Any:
    values = raw.count(b",") + raw.count(b"[") + raw.count(b"{")
    if len(raw) > MAX_TEXT or values > (MAX_MANIFEST_VALUES if name == _MANIFEST else MAX_TEXT_VALUES):
        raise _BadFileError(f"{name} holds more than any model needs; get the file from a source that you trust.")
    try:
        if b"\\u" in raw and _HALF_CHARACTER.search(raw):
            raise ValueError("half a character")
        return json.loads(raw.decode(), object_pairs_hook=hook, parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise _BadFileError(f"{name} cannot be read; copy the model file or train it again.") from error


def _without_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a key occurs twice")
    return found


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a number")
