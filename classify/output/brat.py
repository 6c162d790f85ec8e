"""Annotations as a folder for brat: a text with its annotations for each article, and brat's configuration."""

from collections.abc import Mapping, Sequence

from ...data.exchange.brat import CONFIGURATION, SIGN, is_of_brat, standoff
from ...data.records import Article, LabelledArticle
from ...data.system.file_names import FileNames
from ..annotation.conversions import as_sentence
from ..annotation.records import AnnotatedSentence
from .formats import FolderFormat, FolderWriter, OutputFormat


class Brat(FolderWriter):
    """A text and its annotations for each article, and brat's configuration."""

    def __init__(self) -> None:
        self._names = FileNames()

    def part(self, article: Article, annotated: Sequence[AnnotatedSentence]) -> tuple[str, str, str]:
        """Give the article's id, its text and the annotations."""
        sentences = [as_sentence(a, {column: own.label for column, own in a.own.items()}) for a in annotated]
        return article.id, article.text, standoff(LabelledArticle(article, tuple(sentences)))

    def add(self, part: tuple[str, str, str]) -> Mapping[str, str]:
        """Give text and annotations."""
        article, text, annotations = part
        name = self._names.of(article)
        return {f"{name}.txt": text, f"{name}.ann": annotations}

    def end(self) -> Mapping[str, str]:
        """Give the configuration."""
        return {"annotation.conf": CONFIGURATION}


FORMAT = OutputFormat(
    "brat",
    folder=FolderFormat(
        open=lambda options: Brat(),
        sign=("annotation.conf", SIGN),
        wrote=is_of_brat,
    ),
)
