"""Training, validation and test sides that stay what they are when articles are added.

Where an article goes is decided by a hash of its id (or its outlet's name) against fixed limits, or by its date against
fixed days; by nothing else, and so by no other article. Near-duplicates go together.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ...errors import SaysoError
from ..articles.metadata.date_columns import DateOrder
from ..articles.metadata.dates import iso_date
from ..records import LabelledArticle
from ..rows.places import SPLITS
from .near_articles import BOILERPLATE, near_articles, shared_sentences

BY = ("article", "outlet", "date")
RULE = "split_rule"
"""Where an article's ``meta`` keeps the rule it was placed by."""
_WRITTEN = re.compile(
    r"by (?P<by>article|outlet|date), (?P<shares>[\d.]+/[\d.]+/[\d.]+)"
    r"(?:, seed (?P<seed>\d{1,18})|, validation from (?P<first>[\d-]+), test from (?P<second>[\d-]+))"
)


@dataclass(frozen=True, slots=True)
class Rule:
    """How articles are placed.

    Parameters
    ----------
    by : str
        One of `BY`.
    shares : tuple of float, length 3
        Of train, validation and test; they sum to 1, and a side may have none.
    seed : int
        Goes into the hash.
    cuts : (str, str) or None
        Of a split by date: the first day of validation and of test.
    """

    by: str = "article"
    shares: tuple[float, float, float] = (0.8, 0.1, 0.1)
    seed: int = 0
    cuts: tuple[str, str] | None = None

    def __str__(self) -> str:
        shares = "/".join(f"{100 * share:.10g}" for share in self.shares)
        way = f"validation from {self.cuts[0]}, test from {self.cuts[1]}" if self.cuts else f"seed {self.seed}"
        return f"by {self.by}, {shares}, {way}"

    @property
    def sides(self) -> list[str]:
        """The sides that get something."""
        return [side for side, share in zip(SPLITS, self.shares, strict=True) if share]

    def side_of(self, key: str) -> str:
        """Tell where an article goes by its id, outlet or day.

        Notes
        -----
        Test lies at the low end of the hash: giving some of validation to train moves nothing into or out of test.
        """
        if self.cuts:
            return SPLITS[(key >= self.cuts[0]) + (key >= self.cuts[1])]
        at, below = place_of(key, self.seed), 0.0
        for side, share in zip(reversed(SPLITS), reversed(self.shares), strict=True):
            below += share
            if share and at < below:
                return side
        return self.sides[0]


def place_of(key: str, seed: int) -> float:
    """Give a key its place from 0 to 1: the first 8 bytes of the SHA-256 of ``seed:key``.

    >>> round(place_of("a-article", 0), 4)
    0.244
    """
    return int.from_bytes(hashlib.sha256(f"{seed}:{key}".encode()).digest()[:8], "big") / 2**64


def parse_shares(words: str) -> tuple[float, float, float]:
    """Read ``80/10/10`` (train/validation/test) or ``80/20`` (train/test).

    Raises
    ------
    SaysoError
        If they are no shares of a whole.
    """
    try:
        parts = [float(part) for part in words.split("/")]
    except ValueError:
        parts = []
    if len(parts) == 2:
        parts.insert(1, 0.0)
    total = sum(parts)
    if len(parts) != 3 or min(parts) < 0 or not parts[0] or sum(p > 0 for p in parts) < 2 or round(total, 6) not in (1, 100):
        raise SaysoError(
            f"--shares {words!r}: give the percentages for train, validation and test, such as 80/10/10, "
            "or for train and test, such as 80/20."
        )
    return parts[0] / total, parts[1] / total, parts[2] / total


def parse_rule(words: str) -> Rule | None:
    """Read what ``str(rule)`` gives; None where it is something else."""
    match = _WRITTEN.fullmatch(words)
    if match is None:
        return None
    cuts = (match["first"], match["second"]) if match["first"] else None
    return Rule(match["by"], parse_shares(match["shares"]), int(match["seed"] or 0), cuts)


def earlier_split(articles: Iterable[LabelledArticle], folder: Path) -> tuple[Rule, dict[str, str]]:
    """Read the rule of a split that was written, and the side of each of its articles by its id.

    Raises
    ------
    SaysoError
        If an article stands on two sides, or the articles do not tell one rule; ``folder`` is named in the message.
    """
    sides: dict[str, str] = {}
    rules: set[str] = set()
    for labelled in articles:
        if sides.setdefault(labelled.article.id, labelled.split) != labelled.split:
            raise SaysoError(f"{folder}: article {labelled.article.id!r} is in two splits; split again.")
        rules.add(labelled.meta.get(RULE, ""))
    rule = parse_rule(rules.pop()) if len(rules) == 1 else None
    if rule is None:
        raise SaysoError(
            f"{folder}: its column article_{RULE} does not hold one rule; give a dataset written by sayso data split."
        )
    return rule, sides


@dataclass(frozen=True, slots=True)
class Placed:
    """Articles with their sides.

    Parameters
    ----------
    articles : list of LabelledArticle
        ``meta`` names the side, as everywhere, and the rule.
    rule : Rule
    groups : int
        How many groups of articles that had to stay together.
    largest : int
        How many articles the largest group has.
    left_out : list of str
        Ids of new articles that are like articles of two sides, and so can stand on none.
    """

    articles: list[LabelledArticle]
    rule: Rule
    groups: int
    largest: int
    left_out: list[str]


def split_articles(
    articles: Sequence[LabelledArticle],
    rule: Rule,
    kept: Mapping[str, str] | None = None,
    choose_seed: Callable[[Rule, Sequence[str], Sequence[Sequence[int]]], int] | None = None,
) -> Placed:
    """Place articles on the sides of a split.

    Parameters
    ----------
    articles : sequence of LabelledArticle
        Each with an id of its own.
    rule : Rule
        A rule by date without cuts gets them from the dates at hand.
    kept : mapping of str to str, optional
        Id to side of articles that stand somewhere already, and stay there.
    choose_seed : callable, optional
        Is given the rule, the key of each article and the groups, and chooses the hash's seed.

    Raises
    ------
    SaysoError
        If an article has no outlet or date that is asked for, or a side stays empty.
    """
    kept = kept or {}
    days = _days(articles)
    keys = [_key(labelled, rule.by, day) for labelled, day in zip(articles, days, strict=True)]
    if rule.by == "date" and rule.cuts is None:
        rule = replace(rule, cuts=_cuts(keys, rule))
    groups = _groups(articles, keys if rule.by == "outlet" else None)
    heads = [_head(group, articles, keys, days) for group in groups]
    if choose_seed is not None:
        rule = replace(rule, seed=choose_seed(rule, heads, groups))
    sides: dict[int, str] = {}
    left_out: list[str] = []
    for group, head in zip(groups, heads, strict=True):
        there = {kept[articles[i].article.id] for i in group if articles[i].article.id in kept}
        side = min(there) if there else rule.side_of(head)
        for i in group:
            name = articles[i].article.id
            if name not in kept and len(there) > 1:
                left_out.append(name)
            else:
                sides[i] = kept.get(name, side)
    placed = [_with_side(articles[i], side, rule) for i, side in sorted(sides.items())]
    _check_sides(placed, rule)
    return Placed(placed, rule, len(groups), max(map(len, groups), default=0), left_out)


def _days(articles: Sequence[LabelledArticle]) -> list[str | None]:
    """Give the date of each article in ISO 8601, numbers in the order that fits all of them."""
    seen, dates = DateOrder(), [labelled.article.date or "" for labelled in articles]
    for words in dates:
        seen.add(words)
    return [iso_date(words, seen.order) for words in dates]


def _key(labelled: LabelledArticle, by: str, day: str | None) -> str:
    """Give what decides where an article goes."""
    about = labelled.article
    if by == "article":
        return about.id
    if by == "outlet":
        if not (about.outlet or "").strip():
            raise SaysoError(f"article {about.id!r} has no outlet; add one, or split with --by article.")
        return " ".join((about.outlet or "").lower().split())
    if day is None or len(day) < len("2026-03-01"):
        what = f"the date {about.date!r}" if about.date else "no date"
        raise SaysoError(f"article {about.id!r} has {what}; give a date such as 2026-03-01, or split with --by article.")
    return day


def _cuts(days: Sequence[str], rule: Rule) -> tuple[str, str]:
    """Find the first days of validation and of test, so that the shares come out best."""
    known = sorted(set(days))
    if len(known) < len(rule.sides):
        raise SaysoError(f"{len(known)} different dates are too few for {len(rule.sides)} splits; split with --by article.")
    first = _day_at(days, known, rule.shares[0])
    second = first if not rule.shares[1] else _day_at(days, known, rule.shares[0] + rule.shares[1])
    return (first, second) if rule.shares[2] else (first, "9999-12-31")


def _day_at(days: Sequence[str], known: Sequence[str], share: float) -> str:
    """Give the day before which lies the share of the articles that is nearest to the wanted one."""
    ordered = sorted(days)
    before = {day: ordered.index(day) / len(ordered) for day in known[1:]}
    return min(before, key=lambda day: (abs(before[day] - share), day))


def _groups(articles: Sequence[LabelledArticle], outlets: Sequence[str] | None) -> list[list[int]]:
    """Put articles together that must not part; the groups are in the order of their first articles."""
    from scipy.cluster.hierarchy import DisjointSet

    sets = DisjointSet(range(len(articles)))
    first: dict[str, int] = {}
    for i, outlet in enumerate(outlets or ()):
        sets.merge(i, first.setdefault(outlet, i))
    for holders in shared_sentences(articles):
        if len(holders) <= BOILERPLATE:
            for other in holders[1:]:
                sets.merge(holders[0], other)
    for i, j, _ in near_articles(articles, worth=lambda i, j: not sets.connected(i, j)):
        sets.merge(i, j)
    groups: dict[int, list[int]] = {}
    for i in range(len(articles)):
        groups.setdefault(sets[i], []).append(i)
    return list(groups.values())


def _head(group: Iterable[int], articles: Sequence[LabelledArticle], keys: Sequence[str], days: Sequence[str | None]) -> str:
    """Give the key that decides for a group: that of its oldest article, else of the one with the least hash."""
    oldest = min(group, key=lambda i: (days[i] or "~", place_of(articles[i].article.id, 0)))
    return keys[oldest]


def _with_side(labelled: LabelledArticle, side: str, rule: Rule) -> LabelledArticle:
    meta = {key: value for key, value in labelled.meta.items() if key != "split"}
    if side != "train":
        meta["split"] = side
    return replace(labelled, meta={**meta, RULE: str(rule)})


def _check_sides(placed: Sequence[LabelledArticle], rule: Rule) -> None:
    there = {labelled.split for labelled in placed}
    empty = [side for side in rule.sides if side not in there]
    if empty:
        raise SaysoError(
            f"{' and '.join(empty)} would be empty: {len(placed)} articles (split {rule}) are too few, "
            "or too many of them are near-duplicates; try another --seed, or fewer splits."
        )
