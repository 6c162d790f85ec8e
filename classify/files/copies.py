"""Articles that stand in the input more than once, in nearly the same words: where articles are counted one counts."""

from ...data.articles.notices import Say
from ...data.display import counted
from ...data.records import Article
from ...data.splits.fingerprints import Fingerprints
from ...data.splits.near_articles import Least

_LAST = "~"  # sorts behind every date


class Copies:
    """Notes articles one by one, and tells in the end which are copies of others.

    Of nearly the same articles the earliest by date counts, else the first that was read.

    Parameters
    ----------
    keep : bool, default=False
        Count them all: nothing is noted.
    """

    def __init__(self, *, keep: bool = False) -> None:
        self._keep = keep
        self._seen = Fingerprints()
        self._about: list[tuple[str, str]] = []

    def add(self, article: Article, signature: Least | None) -> None:
        """Note an article by the `signature_of` its text; its number is how many came before."""
        if not self._keep and signature is not None:
            self._seen.add_signature(signature)
            self._about.append((article.date or _LAST, article.id))

    def not_to_count(self, say: Say) -> frozenset[int]:
        """Give the numbers of the articles that do not count, and say in a line how many these are."""
        copy_of: dict[int, int] = {}
        for group in self._seen.groups():
            counts = min(group, key=lambda number: (self._about[number][0], number))
            copy_of |= {number: counts for number in group if number != counts}
        if copy_of:
            first = min(copy_of)
            verb, which = ("is", "a near-duplicate") if len(copy_of) == 1 else ("are", "near-duplicates")
            example = f"{self._about[first][1]} of {self._about[copy_of[first]][1]}"
            start = f"{counted(len(copy_of), 'article')} {verb} {which} of others ({example})"
            say(f"{start}: not counted; to count them all, add --keep-duplicates.")
        return frozenset(copy_of)
