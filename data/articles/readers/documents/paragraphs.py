"""What the readers of documents share: tidy paragraphs, properties that can be believed, and the article made of both."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...decode import clean
from ...reader import Document
from ...tables import Result, new_article
from ..archives.blocks import looks_like_several
from ..archives.exports import archive_articles

_SPACES = re.compile(r" {2,}")
_LINE_END = re.compile(r"[ \t]*\n[ \t]*")
_EMPTY_LINES = re.compile(r"\n{2,}")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]\t?")  # bullets and pictures of symbol fonts
_LETTER = re.compile(r"[^\W\d_]")
_FILE_NAME = re.compile(r"\.(?:docx?|odt|rtf|pdf|x?html?|indd|qx[dp]|pages|tmp|txt|xml|eps)\Z|\Afile:|\Ahttps?:", re.I)
_NO_TITLES = frozenset(
    "untitled document document1 microsoft word title unbenannt dokument1 no_title none unknown print layout".split()
)
_NO_NAMES = frozenset(
    "python-docx user admin administrator unknown author owner default anonymous none root pc hp dell lenovo".split()
) | {"windows user", "microsoft office user"}
_TEMPLATE_DAY = "2013-12-23"  # in the template of python-docx, and so in all documents made from it
_STORY_WORDS = 60  # below a heading
_SEVERAL = 3  # headings with a story; an article may have two
_LONGEST_TITLE = 300  # characters


@dataclass(frozen=True, slots=True)
class Properties:
    """What a document says of itself; its file's date is that of its writing, not of an article."""

    title: str | None = None
    author: str | None = None
    written: str | None = None


@dataclass(slots=True)
class Headings:
    """Headings of the first level: the one that a document begins with, and how many have a story below."""

    first: str | None = None
    n_stories: int = 0
    _n_words: int = 0
    _is_headed: bool = False
    _has_begun: bool = False

    def note(self, text: str, is_heading: bool) -> None:
        """Take note of the next paragraph."""
        if not text.strip():
            return
        if is_heading:
            self.first = self.first if self._has_begun else text
            self._n_words, self._is_headed = 0, True
        else:
            self._n_words += len(text.split())
            if self._is_headed and self._n_words >= _STORY_WORDS:
                self.n_stories, self._is_headed = self.n_stories + 1, False
        self._has_begun = True


def tidy(paragraphs: Iterable[str]) -> Iterator[str]:
    r"""Yield paragraphs that hold something, without soft hyphens and bullets of symbol fonts, one space in a row.

    An empty line inside a paragraph ends it.

    Examples
    --------
    >>> list(tidy(["The  may\xador \n left.", " ", "One.\n\nTwo."]))
    ['The mayor\nleft.', 'One.', 'Two.']
    """
    for paragraph in paragraphs:
        text = _PRIVATE.sub("", paragraph.replace("\xad", "").replace("\r\n", "\n").replace("\r", "\n"))
        for part in _EMPTY_LINES.split(_LINE_END.sub("\n", _SPACES.sub(" ", text))):
            if part.strip():
                yield part.strip(" \t\n")


def believable_title(title: str | None) -> str | None:
    """Return a title out of a document's properties; None for what programs write there: names of files, *Document1*."""
    words = " ".join((title or "").replace("\0", "").split())
    words = words.removeprefix("Microsoft Word - ").removeprefix("Microsoft PowerPoint - ")
    is_title = bool(_LETTER.search(words)) and not _FILE_NAME.search(words) and words.lower() not in _NO_TITLES
    return words if is_title and len(words) <= _LONGEST_TITLE else None


def believable_author(author: str | None) -> str | None:
    """Return a name out of a document's properties; None for what programs and new computers write there."""
    words = " ".join((author or "").replace("\0", "").split())
    return words if words.lower() not in _NO_NAMES and 1 < len(words) <= _LONGEST_TITLE else None


def articles_of(
    document: Document, paragraphs: Iterable[str], properties: Properties, headings: Headings | None = None
) -> Iterator[Result]:
    """Yield the article that the paragraphs of a document are, or those of an archive's export that was saved as one.

    Raises
    ------
    SaysoError
        If there is no text.
    """
    whole = list(tidy(paragraphs))
    exported = archive_articles(whole, document)
    if exported is not None:
        yield from exported
        return
    where, written, text = document.name, properties.written, "\n\n".join(whole)
    headings = headings or Headings()
    several = f"{headings.n_stories:,} headings" if headings.n_stories >= _SEVERAL else looks_like_several(text)
    if several:
        document.notices.say(
            f"{where}: looks like several articles ({several}), but is read as one; save each as a document of its own."
        )
    if (written or "").startswith(_TEMPLATE_DAY):
        written = None
    yield new_article(
        where,
        clean(text, where),
        where,
        {"byline": author} if (author := believable_author(properties.author)) else None,
        title=believable_title(headings.first) or believable_title(properties.title),
        date=written,
    )
    if written:
        document.notices.count("Articles dated by the day their document was written", where)
