"""Formats that need a folder: a page an article with an index, and brat."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

from ...data.exchange.brat import CONFIGURATION, standoff
from ...data.records import Article, Attribution, LabelledArticle, Sentence
from ...errors import SaysoError
from ..annotation.records import Annotated
from ..pages.article_page import article_page
from ..pages.html import GENERATOR
from ..pages.index_page import Entry, index_page

_LONGEST = 80
_UNSAFE = re.compile(r"[^\w.-]+")
_MARKS = {"index.html": f'<meta name="generator" content="{GENERATOR}', "annotation.conf": "# Written by sayso."}
_OURS = frozenset((".html", ".txt", ".ann", ".conf"))


class FolderWriter(Protocol):
    """Turns annotated articles into files of a folder, one article after the other."""

    def article(self, article: Article, annotated: Sequence[Annotated]) -> Mapping[str, str]:
        """Give the name and text of each file for one article."""
        ...

    def end(self) -> Mapping[str, str]:
        """Give the files that stand for all."""
        ...


class Pages:
    """A page an article, and an index.

    Parameters
    ----------
    compare : bool
        The index sets the articles side by side.
    """

    def __init__(self, *, compare: bool = False) -> None:
        self._compare = compare
        self._names = FileNames("index")
        self._entries: list[Entry] = []

    def article(self, article: Article, annotated: Sequence[Annotated]) -> Mapping[str, str]:
        """Give the article's page."""
        file = f"{self._names.of(article.id)}.html"
        self._entries.append(Entry.of(article, annotated, file))
        return {file: article_page(article, annotated, index=True)}

    def end(self) -> Mapping[str, str]:
        """Give the index."""
        return {"index.html": index_page(self._entries, compare=self._compare)}


class Brat:
    """A text and its annotations for each article, and brat's configuration."""

    def __init__(self) -> None:
        self._names = FileNames()

    def article(self, article: Article, annotated: Sequence[Annotated]) -> Mapping[str, str]:
        """Give text and annotations."""
        name = self._names.of(article.id)
        return {f"{name}.txt": article.text, f"{name}.ann": standoff(as_labelled(article, annotated))}

    def end(self) -> Mapping[str, str]:
        """Give the configuration."""
        return {"annotation.conf": CONFIGURATION}


def as_labelled(article: Article, annotated: Sequence[Annotated]) -> LabelledArticle:
    """Take annotations for labels."""
    sentences = [
        Sentence(
            n=a.n,
            span=a.span,
            kind=a.kind,
            source_type=a.source_type,
            bias=a.bias.label if a.bias else None,
            stance={target: stance.label for target, stance in a.stance.items()},
            loaded=a.bias.words if a.bias else (),
            extra={column: of.label for column, of in a.own.items()},
            attributions=tuple([Attribution(f.source, f.cue, f.content, f.speaker, f.source_type) for f in a.attributions]),
        )
        for a in annotated
    ]
    return LabelledArticle(article, tuple(sentences))


class FileNames:
    """Makes a file name of each article's id; no two are the same, whatever the case.

    Examples
    --------
    >>> names = FileNames("index")
    >>> names.of("news/Fire.txt"), names.of("news/fire.txt"), names.of("../index")
    ('news-Fire', 'news-fire-2', 'index-2')
    """

    def __init__(self, *taken: str) -> None:
        self._taken = set(taken)

    def of(self, article: str) -> str:
        """Give the name, without a suffix."""
        stem = re.sub(r"\.(?:txt|html?|md)$", "", article, flags=re.IGNORECASE)
        plain = _UNSAFE.sub("-", stem).strip(".-")[:_LONGEST] or "article"
        name, n = plain, 1
        while name.lower() in self._taken:
            n += 1
            name = f"{plain}-{n}"
        self._taken.add(name.lower())
        return name


def check_folder(path: str) -> None:
    """Refuse to write where something else than such a folder stands.

    Raises
    ------
    SaysoError
        If it is a file, or holds what these formats did not write.
    """
    folder = Path(path)
    if folder.is_dir():
        names = sorted(p.name for p in folder.iterdir())
        foreign = next((name for name in names if Path(name).suffix not in _OURS), None)
        if names and (foreign or not any(_begins(folder / name, mark) for name, mark in _MARKS.items())):
            raise SaysoError(f"{path}: holds {foreign or names[0]!r}, which sayso did not write; give --out a new folder.")
    elif folder.exists():
        raise SaysoError(f"{path}: this is a file; this format needs --out FOLDER.")


def _begins(path: Path, mark: str) -> bool:
    try:
        with open(path, encoding="utf-8", errors="replace") as stream:
            return mark in stream.read(2000)
    except OSError:
        return False
