"""Subtitles (SubRip, WebVTT): the words that were spoken, without their numbers and times."""

import re
from collections.abc import Iterator

from ....errors import SaysoError
from ..cells.entities import unescaped
from ..decode import decode
from ..reader import Document
from ..tables import Result, new_article

_TIME = r"(?:\d{1,3}:)?\d{1,2}:\d{2}[,.]\d{1,3}"
_TIMES = re.compile(rf"[ \t]*{_TIME}[ \t]*-->[ \t]*{_TIME}.*")
_BEGINS = re.compile(rf"\ufeff?\s*(?:WEBVTT(?:[ \t][^\n]*)?\n|(?:\d{{1,7}}[ \t]*\n)?{_TIMES.pattern}\n)")
_VOICE = re.compile(r"<v(?:\.[\w.]+)?[ \t]+(?P<name>[^<>\n]{1,100})>", re.I)
_MARKUP = re.compile(r"</?[a-z][^<>\n]{0,100}>|<(?:\d+:)?\d+:\d+\.\d+>|\{\\[^{}\n]{0,100}\}", re.I)
_NEW_SPEAKER = re.compile(r"(?:>>+|[-–—])[ \t]*(?=\S)")


def knows(start: bytes) -> bool:
    """Tell it by its beginning."""
    encoding = "utf-16" if start.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8"
    text = start[:4_000].decode(encoding, "replace")
    return _BEGINS.match(text.replace("\r\n", "\n").replace("\r", "\n")) is not None


def read(document: Document) -> Iterator[Result]:
    """Yield the one article of a file: a paragraph for each speaker where they are marked, or else for all words.

    Raises
    ------
    SaysoError
        If nothing is said.
    """
    text = decode(document.whole(), document.name, document.notices.say)
    spoken = "\n\n".join(_paragraphs(text))
    if not spoken:
        raise SaysoError(f"{document.name}: subtitles without words; leave the file out.")
    document.notices.count("Numbers and times of subtitles left out", document.name)
    yield new_article(document.name, spoken, document.name)


def _paragraphs(text: str) -> Iterator[str]:
    words: list[str] = []
    last_voice = ""
    for line in _spoken_lines(text):
        voice = _VOICE.search(line)
        name = voice["name"].strip() if voice else ""
        plain = unescaped(_MARKUP.sub("", _VOICE.sub("", line)))
        begun = _NEW_SPEAKER.sub("", plain.strip(), count=1) if _NEW_SPEAKER.match(plain.strip()) else plain.strip()
        if words and (begun != plain.strip() or (name and name != last_voice)):
            yield " ".join(words)
            words = []
        if begun:
            words.append(f"{name}: {begun}" if name and name != last_voice else begun)
        last_voice = name or last_voice
    if words:
        yield " ".join(words)


def _spoken_lines(text: str) -> Iterator[str]:
    """Yield the lines below times; where captions roll, each line stands in two of them and counts once."""
    last = ""
    is_spoken = False
    for line in text.split("\n"):
        if _TIMES.match(line):
            is_spoken = True
        elif not line.strip():
            is_spoken = False
        elif is_spoken and (shown := _MARKUP.sub("", line).strip()) != last:
            yield line
            last = shown
