"""The pages of a crawl: which of its answers are pages, and their articles."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from .....errors import SaysoError
from ....display import counted
from ....records import Article
from ...reader import Document
from ...tables import Result
from ..web.page import page_articles

_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{2,40})", re.I)
_MOST_KINDS = 6  # of what was left out are told, the most frequent first


@dataclass(slots=True)
class Crawl:
    """Reads the answers of one crawl, and counts those that hold no article.

    Parameters
    ----------
    document : Document
    """

    document: Document
    n_pages: int = 0
    n_articles: int = 0
    left_out: Counter[str] = field(default_factory=Counter)

    def is_page(self, status: str, content_type: str) -> bool:
        """Tell whether an answer is a page that was found; count it if it is not."""
        kind = content_type.partition(";")[0].strip().lower()
        if status != "200":
            self.left_out[f"status {status or 'unknown'}"] += 1
        elif kind not in ("text/html", "application/xhtml+xml"):
            self.left_out[kind or "of no type"] += 1
        else:
            return True
        return False

    def articles(self, raw: bytes, content_type: str, url: str, day: str) -> Iterator[Result]:
        """Yield the articles of a page.

        Parameters
        ----------
        raw : bytes
            The page, not compressed.
        content_type : str
            As the server named it; its charset counts if the page names none.
        url, day : str
            Its address, and when it was fetched: the last resort for a date, which is told.
        """
        self.n_pages += 1
        where, notices = f"{self.document.name}:{self.n_pages}", self.document.notices
        charset = _CHARSET.search(content_type)
        try:
            for result in page_articles(raw, where, notices, charset=charset[1] if charset else None, url=url):
                if isinstance(result, Article):
                    self.n_articles += 1
                    if not result.date and day:
                        notices.count("pages without a date, dated by the day they were downloaded", where)
                        result = replace(result, date=day)
                yield result
        except SaysoError as error:  # most pages of a crawl are lists and forms
            self.left_out[_in_short(error, where)] += 1

    def tell_rest(self, what: str) -> None:
        """Tell what was left out.

        Raises
        ------
        SaysoError
            If there was no article at all.
        """
        kinds = [f"{kind} {n:,}" for kind, n in self.left_out.most_common(_MOST_KINDS)]
        if others := self.left_out.total() - sum(n for _, n in self.left_out.most_common(_MOST_KINDS)):
            kinds.append(f"other reasons {others:,}")
        names = ", ".join(kinds)
        if not self.n_articles:
            raise SaysoError(f"{self.document.name}: no articles in this {what}" + (f" (it has {names})." if names else "."))
        if names:
            self.document.notices.say(
                f"{self.document.name}: left out: {counted(self.left_out.total(), 'record')} ({names})."
            )


def _in_short(error: SaysoError, where: str) -> str:
    message = str(error).removeprefix(f"{where}: ")
    return "lists of teasers" if message.startswith("a list of") else "pages without an article"
