"""Sentences that are nearly the same, or likely of one source: what no fold should part where no article is known.

Sentences collected without their articles still come from them: an article's sentences share names and rare words.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...data.display import counted
from ...data.records import LabelledArticle
from ...data.splits.near_sentences import near_duplicates
from .cross_validation import article_groups, joined

LIKE = 0.15
"""Cosine of rare words' TF-IDF from which two texts may share a group: of babe, basil, NewsMTSC and the news on Ukraine
11 to 22 % of an article's pairs of sentences stay together so, 3 to 6 times as many as by chance; with 0.2 10 to 19 %."""
LARGEST = 0.05
"""Rare words join no group with more than this part of the texts: five folds then have four groups each, or more."""
_LEAST = 5  # texts that a group may have in small data
_RARE = 0.02  # part of the texts that have a rare word, at most
_MOST_HOLDERS = 50  # texts of large data that have a rare word, at most: 50 make 1,225 pairs
_WORD = r"\w{3,}"


@dataclass(frozen=True, slots=True)
class Similar:
    """Groups of texts that stay together.

    Parameters
    ----------
    texts : int
        Articles, or sentences that stand alone.
    groups : int
        How many there are.
    largest : int
        Texts of the largest.
    near : int
        Pairs of nearly the same sentence that were found.
    """

    texts: int
    groups: int
    largest: int
    near: int

    @property
    def note(self) -> str:
        """What was done, in a sentence."""
        return (
            f"--group-similar: {self.texts:,} texts in {self.groups:,} groups, each kept within one fold; the largest "
            f"has {self.largest:,}; {counted(self.near, 'pair')} of near-duplicate sentences."
        )


def similar_groups(articles: Sequence[LabelledArticle]) -> tuple[list[int], Similar]:
    """Group texts that share nearly the same sentence, and those that share rare words.

    Nearly the same sentences always stay together. Pairs that share rare words are joined after that, the most alike
    first, as long as the group stays small (`LARGEST`).

    Parameters
    ----------
    articles : sequence of LabelledArticle
        Articles, or single sentences.

    Returns
    -------
    numbers : list of int, length n_articles
        Of each article's group.
    similar : Similar
    """
    near = _near(articles)
    units = article_groups(articles)
    keys = [[f"group {n}"] for n in units]
    for one, other in near:
        keys[one].append(f"near {one} {other}")
        keys[other].append(f"near {one} {other}")
    numbers = _join_alike(_alike(articles), joined(keys), units, max(int(LARGEST * len(set(units))), _LEAST))
    counts = Counter(numbers)
    return numbers, Similar(len(numbers), len(counts), max(counts.values(), default=0), len(near))


def _near(articles: Sequence[LabelledArticle]) -> list[tuple[int, int]]:
    """Give pairs of articles that hold nearly the same sentence."""
    numbers = {a.article.id: i for i, a in enumerate(articles)}
    return [(numbers[one.article], numbers[other.article]) for one, other, _ in near_duplicates(articles)]


def _alike(articles: Sequence[LabelledArticle]) -> Iterator[tuple[int, int]]:
    """Yield pairs of articles that share rare words, the most alike first."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    n = len(articles)
    most = max(min(int(_RARE * n), _MOST_HOLDERS), _LEAST)
    words = TfidfVectorizer(token_pattern=_WORD, min_df=2, max_df=most, sublinear_tf=True)
    try:
        table = words.fit_transform(a.article.text for a in articles)
    except ValueError:  # no word stands in two texts
        return
    cosines = (table @ table.T).tocoo()
    kept = (cosines.row < cosines.col) & (cosines.data >= LIKE)
    likeness = cosines.data[kept].round(9)  # sums in another order differ in the last digits
    pairs = zip((-likeness).tolist(), cosines.row[kept].tolist(), cosines.col[kept].tolist(), strict=True)
    yield from ((one, other) for _, one, other in sorted(pairs))


def _join_alike(pairs: Iterator[tuple[int, int]], numbers: Sequence[int], units: Sequence[int], most: int) -> list[int]:
    """Join the groups of pairs in their order, where the two together have no more than ``most`` units.

    A unit is what belongs together whatever it says: an article, or all texts of an event or of one article.

    >>> _join_alike(iter([(0, 1), (1, 2), (2, 3)]), [0, 1, 2, 3], [0, 1, 2, 3], 2)
    [0, 0, 2, 2]
    >>> _join_alike(iter([(0, 2)]), [0, 0, 2, 2], [0, 0, 2, 2], 2)
    [0, 0, 0, 0]
    """
    members: dict[int, list[int]] = {}
    for i, number in enumerate(numbers):
        members.setdefault(number, []).append(i)
    group_of = list(numbers)
    for one, other in pairs:
        kept, gone = sorted((group_of[one], group_of[other]))
        if kept != gone and len({units[i] for i in (*members[kept], *members[gone])}) <= most:
            for i in members[gone]:
                group_of[i] = kept
            members[kept] += members.pop(gone)
    return group_of
