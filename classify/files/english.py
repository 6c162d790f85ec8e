"""Articles that are not English: the models know no other language, so these are left out, and that is told."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from ...data.articles.metadata.article_language import article_language
from ...data.articles.metadata.language import ENGLISH, OTHER, PART
from ...data.articles.notices import Say
from ...data.display import counted
from ...data.records import Article

_MOST = 8  # languages that a line names


class EnglishOnly:
    """Leaves out articles that are not English, and counts them; see `article_language`.

    Parameters
    ----------
    any_language : bool, default=False
        Leave none out.
    then : str, default="left out"
        What becomes of them, for the line that tells.
    hint : str, optional
        What to do, or why.
    """

    def __init__(
        self,
        *,
        any_language: bool = False,
        then: str = "left out",
        hint: str = "to label them anyway, add --any-language",
    ) -> None:
        self._any, self._then, self._hint = any_language, then, hint
        self._others, self._in_part = _Counts(), _Counts()

    def kept(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Give on what is to be labelled, each with the code of its language."""
        for article in articles:
            known = self.known(article)
            if known is not None:
                yield known

    def known(self, article: Article) -> Article | None:
        """Give an article with the code of its language; None where it is to be left out."""
        return self.judged(article, *article_language(article))

    def judged(self, article: Article, language: str | None, shares: Mapping[str, float]) -> Article | None:
        """Do the same where `article_language` has been asked already."""
        if language not in (ENGLISH, None) and not self._any:
            self._others.add(language or OTHER, article)
            return None
        others = [name for name, share in shares.items() if name != language and share >= PART]
        if others:
            self._in_part.add(others[0], article)
        return replace(article, language=language or article.language)

    def add(self, other: "EnglishOnly") -> None:
        """Add what was left out elsewhere, behind what was left out here."""
        self._others.add_all(other._others)
        self._in_part.add_all(other._in_part)

    def tell(self, say: Say) -> None:
        """Say in a line each how many were left out, and how many are only partly in their language."""
        if self._others.n:
            say(f"{self._others.articles} not in English {self._others}: {self._then}; {self._hint}.")
        if self._in_part.n:
            say(f"{self._in_part.articles} partly in another language {self._in_part}: labelled as a whole.")


class _Counts:
    """Articles by language, and the first of them."""

    def __init__(self) -> None:
        self._by_language: Counter[str] = Counter()
        self._first = ""

    def add(self, language: str, article: Article) -> None:
        self._first = self._first or article.id
        self._by_language["unknown" if language == OTHER else language] += 1

    def add_all(self, other: "_Counts") -> None:
        self._first = self._first or other._first
        self._by_language.update(other._by_language)

    @property
    def n(self) -> int:
        return self._by_language.total()

    @property
    def articles(self) -> str:
        return f"{counted(self.n, 'article')} {'is' if self.n == 1 else 'are'}"

    def __str__(self) -> str:
        named = self._by_language.most_common(_MOST)
        others = self.n - sum(n for _, n in named)
        by_language = ", ".join(f"{language} {n:,}" for language, n in [*named, *([("others", others)] if others else [])])
        return f"({by_language}; {'' if self.n == 1 else 'first '}{self._first})"
