"""Articles that are not English: the models know no other language, so these are left out, and that is told."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from ...data.articles.metadata.language import ENGLISH, OTHER, PART, languages_of
from ...data.articles.metadata.language_names import language_code
from ...data.display import counted
from ...data.records import Article


class EnglishOnly:
    """Leaves out articles that are not English, and counts them.

    The text decides; where it is too short to tell, the article's own ``language``; where that says nothing either, the
    article is taken for English.

    Parameters
    ----------
    any_language : bool, default=False
        Leave none out.

    Attributes
    ----------
    n_left_out : int
    """

    def __init__(self, *, any_language: bool = False) -> None:
        self._any = any_language
        self._left_out: Counter[str] = Counter()
        self._in_part: Counter[str] = Counter()
        self._first: dict[str, str] = {}

    @property
    def n_left_out(self) -> int:
        """The articles left out so far."""
        return self._left_out.total()

    def kept(self, articles: Iterable[Article]) -> Iterator[Article]:
        """Give on what is to be labelled, each with the code of its language."""
        for article in articles:
            known = self.known(article)
            if known is not None:
                yield known

    def known(self, article: Article) -> Article | None:
        """Give an article with the code of its language; None where it is to be left out."""
        shares = languages_of(article.text)
        language = _language(article, shares)
        if language not in (ENGLISH, None) and not self._any:
            self._count(self._left_out, "left out", language or OTHER, article)
            return None
        others = [name for name, share in shares.items() if name != language and share >= PART]
        if others:
            self._count(self._in_part, "in part", others[0], article)
        return replace(article, language=language or article.language)

    def _count(self, counts: Counter[str], what: str, language: str, article: Article) -> None:
        counts[language] += 1
        self._first.setdefault(what, article.id)

    def tell(self, say: Callable[[str], None]) -> None:
        """Say in a line each how many were left out, and how many are only partly in their language."""
        if n := self._left_out.total():
            verb = "is" if n == 1 else "are"
            start = (
                f"{counted(n, 'article')} {verb} not English ({_listed(self._left_out)}), first {self._first['left out']}"
            )
            say(f"{start}: left out; --any-language labels them all the same.")
        if n := self._in_part.total():
            verb = "is" if n == 1 else "are"
            what = f"in another language in part ({_listed(self._in_part)}), first {self._first['in part']}"
            say(f"{counted(n, 'article')} {verb} {what}: labelled as a whole.")


def _language(article: Article, shares: dict[str, float]) -> str | None:
    """Choose between what the text is in and what its table says of it."""
    told = language_code(article.language) if article.language else None
    found = next(iter(shares), None)
    return told if found is None or (found == OTHER and told) else found


def _listed(counts: Counter[str]) -> str:
    return ", ".join(f"{'unknown' if language == OTHER else language} {n:,}" for language, n in counts.most_common())
