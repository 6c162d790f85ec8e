"""Columns that tell, beside each sentence, of the article that it stands in."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ...data.records import Article
from ..annotation.records import RESERVED

ABOUT = ("title", "outlet", "date", "url")


@dataclass(frozen=True, slots=True)
class ArticleColumns:
    """The columns of what is known of articles, and of the folders that their file stands in (``outlet=…/year=…``).

    Parameters
    ----------
    types : mapping of str to str
        Column to ``text`` or ``number``: the type in formats that have types.
    folders : mapping of str to str
        What the file's folders say; they count before what the article says itself, as they do with those who read
        such folders.
    """

    types: Mapping[str, str] = field(default_factory=dict)
    folders: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def of_file(cls, folder_types: Mapping[str, str], folders: Mapping[str, str], own: Iterable[str]) -> "ArticleColumns":
        """Choose the columns; those that annotations have already, or models of the user's own give, are left out."""
        taken = RESERVED.union(*({column, f"{column}_confidence"} for column in own))
        types = {name: kind for name, kind in {**dict.fromkeys(ABOUT, "text"), **folder_types}.items() if name not in taken}
        return cls(types, {name: value for name, value in folders.items() if name in types})

    def values(self, article: Article) -> dict[str, str | None]:
        """Give the values of an article, None where nothing is known."""
        return {name: self.folders.get(name, getattr(article, name) if name in ABOUT else None) for name in self.types}
