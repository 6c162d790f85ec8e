"""Names of files made of any text: ids, labels, people. One name is one file on Linux, macOS and Windows."""

import hashlib
import re
import sys
from pathlib import Path, PurePath
from unicodedata import normalize

from ...errors import SaysoError

_LONGEST = 80  # characters of a name; a number and a suffix come after it
_MOST_BYTES = 200  # file systems take 255; names of temporary files are longer than that of their file
_UNSAFE = re.compile(r"[^\w.-]+")
_PLAIN = re.compile(r"[^\W_][\w-]{0,59}")
_ASCII = re.compile(r"[^A-Za-z0-9]+")
_OF_ARTICLES = re.compile(r"\.(?:txt|html?|md)$", re.IGNORECASE)
_DEVICES = frozenset(
    ("con", "prn", "aux", "nul", "conin$", "conout$", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10)))
)
_NOT_ON_WINDOWS = re.compile(r'[<>:"\\|?*\x00-\x1f]')
_LEFT_BY_SYSTEMS = frozenset((".ds_store", ".localized", "thumbs.db", "ehthumbs.db", "desktop.ini"))


def folded(name: str) -> str:
    """Give what is the same for two names that some file system takes for one: capitals, composed and wide letters.

    >>> folded("Fire.TXT"), folded("LPT¹")
    ('fire.txt', 'lpt1')
    """
    return normalize("NFKC", normalize("NFKC", name).casefold())


def is_reserved(name: str) -> bool:
    """Tell whether Windows takes a name for a device: in any case, with any suffix.

    >>> [is_reserved(name) for name in ("CON", "aux.csv", "Lpt¹.tar.gz", "console.txt", "com10")]
    [True, True, True, False, False]
    """
    return folded(re.split("[.:]", name, maxsplit=1)[0].rstrip(" ")) in _DEVICES


def is_left_by_system(name: str) -> bool:
    """Tell whether a file manager leaves a file of this name in the folders that it shows; it is nobody's work.

    >>> [is_left_by_system(name) for name in (".DS_Store", "._fire.txt", "Thumbs.db", "fire.txt")]
    [True, True, True, False]
    """
    return name.startswith("._") or name.lower() in _LEFT_BY_SYSTEMS


def visible(folder: Path, pattern: str) -> list[Path]:
    """Give what a pattern finds in a folder, in the same order everywhere, but for what a Mac leaves (``._fire.txt``)."""
    found = (path for path in folder.glob(pattern) if not is_left_by_system(path.name))
    return sorted(found, key=lambda path: path.parts)  # paths of Windows themselves are sorted without their case


def file_stem(text: str, otherwise: str = "file") -> str:
    """Give a file name, without a suffix, that holds as much of a text as every system allows.

    Parameters
    ----------
    text : str
    otherwise : str, default="file"
        The name of a text that has no letter or digit; begins a name that Windows reserves.

    Examples
    --------
    >>> [file_stem(text) for text in ("news/Fire: day 2?", "../..", "-rf", "aux")]
    ['news-Fire-day-2', 'file', 'rf', 'file-aux']
    """
    plain = _cut(_UNSAFE.sub("-", normalize("NFC", text)).strip(".-")[:_LONGEST], _MOST_BYTES) or otherwise
    return f"{otherwise}-{plain}" if is_reserved(plain) else plain


def _cut(name: str, n_bytes: int) -> str:
    return name.encode()[:n_bytes].decode(errors="ignore")


def ascii_stem(text: str, most: int = 60) -> str:
    """Give the last ASCII letters and digits of a text, for a name that begins with a number or a word of ours.

    >>> ascii_stem("By 50 % of Køn"), ascii_stem("声")
    ('By-50-of-K-n', '')
    """
    return _ASCII.sub("-", text)[-most:].strip("-")


def hashed_stem(text: str, otherwise: str = "column") -> str:
    """Give a text as a file name if every system takes it as it is; otherwise its words and a digest, so that none is lost.

    >>> hashed_stem("topic"), hashed_stem("../side"), hashed_stem("con")
    ('topic', 'side-d54c715b', 'con-1143da2b')
    """
    is_short = bool(_PLAIN.fullmatch(text)) and len(text.encode()) <= _MOST_BYTES
    if is_short and normalize("NFC", text) == text and not is_reserved(text):
        return text
    words = _cut("-".join(re.findall(r"[^\W_]+", normalize("NFC", text)))[:40], _MOST_BYTES) or otherwise
    digest = hashlib.sha256(text.encode(errors="surrogatepass")).hexdigest()
    return f"{words}-{digest[:8]}"


class FileNames:
    """Makes a file name of each article's id; no two are the same, whatever the case.

    Parameters
    ----------
    *taken : str
        Names that the folder holds already, without a suffix.

    Examples
    --------
    >>> names = FileNames("index")
    >>> names.of("news/Fire.txt"), names.of("news/fire.txt"), names.of("../index"), names.of("con.txt")
    ('news-Fire', 'news-fire-2', 'index-2', 'article-con')
    """

    def __init__(self, *taken: str) -> None:
        self._taken = {folded(name) for name in taken}
        self._last: dict[str, int] = {}  # number that a name got last: of 10,000 articles of one name each looks once

    def of(self, article: str) -> str:
        """Give the name, without a suffix."""
        name = plain = file_stem(_OF_ARTICLES.sub("", article), "article")
        key = folded(plain)
        n = self._last.get(key, 1)
        while folded(name) in self._taken:
            n += 1
            name = f"{plain}-{n}"
        self._last[key] = n
        self._taken.add(folded(name))
        return name


def inside(step: str) -> str:
    """Give the name of a file or folder in an archive as this system can hold it; only Windows needs another.

    There a colon would lead to another drive or hide what is written, and a device would take it.
    """
    if sys.platform != "win32":
        return step
    plain = _NOT_ON_WINDOWS.sub("_", step).rstrip(". ") or "_"
    return f"_{plain}" if is_reserved(plain) else plain


def check_can_be_named(path: str) -> None:
    """Refuse a path that Windows would take for a device or cannot hold; other systems take any.

    Raises
    ------
    SaysoError
        On Windows only. ``NUL`` is allowed: it is where people send what they do not want.
    """
    if sys.platform != "win32" or PurePath(path).name.upper() == "NUL":
        return
    for name in PurePath(path).parts[1 if PurePath(path).anchor else 0 :]:
        if name in (".", ".."):
            continue
        if is_reserved(name):
            raise SaysoError(f"{path}: Windows reserves the name {name!r} for a device; choose another name.")
        if (wrong := _NOT_ON_WINDOWS.search(name)) or name[-1] in ". ":
            sign = wrong[0] if wrong else name[-1]
            where = "contain" if wrong else "end with"
            raise SaysoError(f"{path}: names of files cannot {where} {sign!r} on Windows; choose another name.")
