"""RTF: paragraphs as they read with all changes accepted, without notes, headers and hidden words."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .....errors import SaysoError
from ...notices import Notices
from ...reader import Document, optional_module
from ...tables import Result
from .paragraphs import Properties, articles_of, tidy

_TOKEN = re.compile(
    r"\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?|\\'(?P<code>[0-9a-fA-F]{2})|\\(?P<sign>[^a-zA-Z])"
    r"|(?P<brace>[{}])|(?P<text>[^\\{}]+)|\\",
    re.DOTALL,
)
_LEFT_OUT = frozenset(
    "stylesheet colortbl info header headerl headerr headerf footer footerl footerr footerf footnote annotation atnid "
    "atnauthor fldinst listtext pntext pict object nonesttables nonshppict shprslt shp do upr xe tc rxe txe private sp "
    "ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn filetbl themedata datastore template revtbl".split()
)
_SEALED = _LEFT_OUT - {"shp", "do", "upr"}  # groups inside stay left out
_BOXES = frozenset(("shptxt", "dptxbxtext"))
_SHOWN_AGAIN = _BOXES | {"ud"}  # the second, in Unicode, of two spellings of the same words
_PARAGRAPH_ENDS = frozenset(("par", "sect", "page", "column", "row", "cell", "nestcell", "nestrow"))
_HIDES = frozenset(("deleted", "v", "strike", "striked"))
_CODE_PAGES = {"mac": "mac_roman", "ansicpg10000": "mac_roman", "pc": "cp437", "pca": "cp850", "ansicpg65001": "utf-8"}
_START = 200  # characters within which the code page stands
_LINE_END = "\u2028"  # stands for a line end within a paragraph until the paragraphs are parted
_WRITTEN = re.compile(r"\{\\creatim\s*\\yr(\d+)\s*\\mo(\d+)\s*\\dy(\d+)")
_MOST_BYTES = 200_000_000  # pictures, which are not read, are most of a large file
_INFO_WITHIN = 1 << 18  # characters; styles and fonts come before the document's properties
_RAW_BYTE = re.compile("[\udc80-\udcff]")


def rtf_paragraphs(raw: bytes, where: str = "-", notices: Notices | None = None) -> list[str]:
    r"""Return the paragraphs of an RTF document; line ends within one are ``\n``.

    Parameters
    ----------
    raw : bytes
        The whole file.
    where : str, default="-"
        File, for messages.
    notices : Notices, optional
        Is told what was left out.

    Raises
    ------
    SaysoError
        If striprtf is not installed.
    """
    source = _source(raw)
    shown = _shown(source)
    if shown.n_notes and notices:
        notices.count("Footnotes and endnotes left out", where)
    text = _decoded("".join(shown.tokens), source, where)
    return list(tidy(part.replace(_LINE_END, "\n") for part in text.split("\n")))


def read(document: Document) -> Iterator[Result]:
    """Yield the articles of a file, and an error for each that cannot be read."""
    raw = document.stream.read(_MOST_BYTES + 1)
    if len(raw) > _MOST_BYTES:
        raise SaysoError(
            f"{document.name}: more than {_MOST_BYTES // 1_000_000} MB of RTF, too large; save it without pictures."
        )
    paragraphs = rtf_paragraphs(raw, document.name, document.notices)
    yield from articles_of(document, paragraphs, _properties(_source(raw), document.name))


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    return start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rtf")


def _source(raw: bytes) -> str:
    """Return the source as ASCII, as RTF has to be; other bytes stay bytes, but for RTF that some program wrote in UTF-8."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("ascii", "surrogateescape")


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds inside a pair of braces."""

    left_out: bool = False
    sealed: bool = False
    emitted: bool = True
    boxed: bool = False
    hides: frozenset[str] = frozenset()


@dataclass(slots=True)
class _Shown:
    """The tokens of what a reader sees; text boxes wait for the end of the paragraph that they hang on."""

    tokens: list[str] = field(default_factory=list)
    box: list[str] = field(default_factory=list)
    group: _Group = field(default_factory=_Group)
    outer: list[_Group] = field(default_factory=list)
    n_notes: int = 0
    starred: bool = False

    def show_again(self, word: str) -> None:
        """Show what a group holds within one that is left out: a text box, or the newer spelling of some words."""
        is_box = word in _BOXES
        self.group = replace(self.group, left_out=False, boxed=self.group.boxed or is_box)
        if is_box:
            self.emit("\\par ")

    def leave_out(self, word: str) -> None:
        """Leave out the rest of the group."""
        self.n_notes += word == "footnote" and not self.group.left_out
        self.group = replace(self.group, left_out=True, sealed=self.group.sealed or word in _SEALED)

    def emit(self, token: str) -> None:
        """Add a token to the text or to the text box that is open."""
        (self.box if self.group.boxed else self.tokens).append(token)

    def end_paragraph(self) -> None:
        """End a paragraph; text boxes that hang on it follow."""
        self.emit("\\par ")
        if self.box and not self.group.boxed:
            self.tokens += [*self.box, "\\par "]
            self.box.clear()


def _shown(source: str) -> _Shown:
    """Leave out of an RTF source what a reader does not see, or what is no part of the text."""
    shown, at = _Shown(), 0
    while match := _TOKEN.match(source, at):
        at = match.end()
        if match["word"] == "bin":
            at += max(int(match["number"] or 0), 0)
        elif match["brace"]:
            _pass_brace(shown, match["brace"])
        elif match["word"]:
            _pass_word(shown, match["word"], match["number"])
        elif match["sign"] == "*":
            shown.starred = True
        elif not shown.group.left_out and match["sign"] in ("\n", "\r"):
            shown.end_paragraph()
        elif not shown.group.left_out and not shown.group.hides:
            shown.emit(_escaped(match[0]) if match["text"] else match[0])
    shown.end_paragraph()
    return shown


def _pass_brace(shown: _Shown, brace: str) -> None:
    if brace == "{":
        shown.outer.append(shown.group)
        shown.group = replace(shown.group, emitted=not shown.group.left_out)
        if shown.group.emitted:
            shown.emit("{")
    elif shown.outer:
        if shown.group.emitted:
            shown.emit("}")
        shown.group = shown.outer.pop()
    shown.starred = False


def _pass_word(shown: _Shown, word: str, number: str | None) -> None:
    starred, shown.starred = shown.starred, False
    if word in _SHOWN_AGAIN and not shown.group.sealed:
        shown.show_again(word)
    elif word in _LEFT_OUT or (starred and not shown.group.left_out):
        shown.leave_out(word)
    elif shown.group.left_out:
        return
    elif word in _HIDES or word == "plain":
        shown.group = replace(shown.group, hides=_hides_after(shown.group.hides, word, number))
    else:
        _pass_shown_word(shown, word, number)


def _hides_after(hides: frozenset[str], word: str, number: str | None) -> frozenset[str]:
    r"""Return the formats that hide text after one more word: ``\v`` begins one, ``\v0`` ends it, ``\plain`` ends all."""
    if word == "plain":
        return frozenset()
    return hides - {word} if number == "0" else hides | {word}


def _pass_shown_word(shown: _Shown, word: str, number: str | None) -> None:
    """Take a word that ends a paragraph or a line, or one that striprtf reads."""
    hides = shown.group.hides
    if word in _PARAGRAPH_ENDS:
        if "deleted" not in hides:
            shown.end_paragraph()
    elif hides:
        return
    elif word in ("line", "lbr"):
        shown.emit(f"{{}}{_LINE_END}")
    elif _is_readable(word, number):
        shown.emit(f"\\{word}{number or ''} ")


def _is_readable(word: str, number: str | None) -> bool:
    """Tell a word that striprtf can read: it has the encoding from elsewhere, and fails on numbers that are no character."""
    if word in ("u", "uc"):
        return number is not None and -0x8000 <= int(number) <= 0xFFFF
    return word != "ansicpg"


def _escaped(text: str) -> str:
    """Write bytes beyond ASCII, which no RTF should have, as codes of the document's own code page."""
    return _RAW_BYTE.sub(lambda byte: f"\\'{ord(byte[0]) - 0xDC00:02x}", text)


def _decoded(tokens: str, source: str, where: str) -> str:
    """Return the text of RTF tokens, by striprtf."""
    striprtf = optional_module("striprtf.striprtf", where, "RTF")
    try:
        text: str = striprtf.rtf_to_text(tokens, encoding=_code_page(source[:_START]), errors="replace")
    except (LookupError, ValueError, TypeError) as error:  # a code page that Python does not have
        raise SaysoError(f"{where}: this RTF cannot be read ({error}); save it as .docx.") from error
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _code_page(start: str) -> str:
    """Return Python's name of the encoding that a document declares; that of Windows without one that it knows."""
    declared = re.search(r"\\(ansicpg\d+|mac|pca?)\b", start)
    name = _CODE_PAGES.get(declared[1], declared[1].replace("ansicpg", "cp")) if declared else "cp1252"
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"


def _properties(source: str, where: str) -> Properties:
    """Return what the document says of itself, which stands near its beginning."""
    start = source[:_INFO_WITHIN]
    parts = {
        name: _decoded(f"{{\\rtf1 {_escaped(match[1])}}}", source, where)
        for name in ("title", "author")
        if (match := re.search(rf"\{{\\{name}\b ?((?:\\.|[^{{}}\\])*)\}}", start, re.DOTALL))
    }
    written = _WRITTEN.search(start)
    day = "-".join(number.zfill(2) for number in written.groups()) if written and written[1] != "0" else None
    return Properties(parts.get("title"), parts.get("author"), day)
