"""Whom a reader has met, the last ones first: of thousands only few have to be looked at."""

from collections.abc import Callable, Hashable
from operator import itemgetter
from typing import NamedTuple

from .entities import FEW, Entity

NEAR = 40  # tokens: what having been the last source is worth; a sentence has some twenty
_LOWEST = -(1 << 62)


class Group(NamedTuple):
    """Some of those met.

    Parameters
    ----------
    key : hashable
        The same for the same group.
    holds : callable
        Tells whether somebody is in it. Who comes to be in it has to be touched then: see `Recency.touch`.
    """

    key: Hashable
    holds: Callable[[Entity], bool]


class Option(NamedTuple):
    """Somebody who may be meant, and how salient they are."""

    has_name: bool
    score: int
    entity: Entity


_named_and_salient = itemgetter(0, 1)
EVERYBODY = Group("everybody", lambda e: True)


def salience(entity: Entity) -> int:
    """Give the last token that keeps somebody in mind; higher is likelier meant."""
    spoke = entity.spoke
    return entity.seen if spoke == -1 else max(entity.seen, spoke + NEAR)


class Recency:
    """Those met, in the order in which they were last touched.

    Parameters
    ----------
    numbers : dict of Entity to int
        Everybody met, numbered in the order of the first time.
    nouns : set of str
        All nouns that any of them may be called by.
    """

    __slots__ = ("_highest", "_log", "_orders", "_taken_in", "nouns", "numbers")

    def __init__(self) -> None:
        self.numbers: dict[Entity, int] = {}
        self.nouns: set[str] = set()
        self._highest = 0
        self._log: list[tuple[Entity, int]] = []
        self._orders: dict[Hashable, dict[Entity, int]] = {}
        self._taken_in: dict[Hashable, int] = {}

    def touch(self, entity: Entity, at: int) -> None:
        """Come upon somebody at a token, for the first time or again, or learn something of them there."""
        if entity not in self.numbers:
            self.numbers[entity] = len(self.numbers)
            self.nouns |= entity.nouns
        if at + NEAR > self._highest:
            self._highest = at + NEAR
        self._log.append((entity, self._highest))

    def best(
        self, group: Group, score: Callable[[Entity], int], *, bonus: int = 0, least: int = _LOWEST
    ) -> tuple[int, Entity] | None:
        """Find who of a group has the highest score; of several the one met first.

        Parameters
        ----------
        group : Group
        score : callable
            Gives a number that is no higher than somebody's `salience` and the bonus.
        bonus : int
        least : int
            The lowest score that counts.

        Returns
        -------
        (int, Entity) or None
            The score, and whose it is.
        """
        if len(self.numbers) > FEW:
            return self._best_of_many(group, score, bonus, least)
        holds = group.holds
        some = [e for e in self.numbers if holds(e)]
        if not some:
            return None
        found = max(some, key=score)
        highest = score(found)
        return (highest, found) if highest >= least else None

    def _best_of_many(
        self, group: Group, score: Callable[[Entity], int], bonus: int, least: int
    ) -> tuple[int, Entity] | None:
        order, holds, numbers = self._order(group), group.holds, self.numbers
        found: Entity | None = None
        highest = least
        strangers = []
        for entity in reversed(order):
            if order[entity] + bonus < highest:
                break  # nor is anybody before more salient
            if not holds(entity):
                strangers.append(entity)
                continue
            value = score(entity)
            if value > highest or (value == highest and (found is None or numbers[entity] < numbers[found])):
                found, highest = entity, value
        for entity in strangers:
            del order[entity]
        return (highest, found) if found else None

    def best_named_first(self, group: Group, score: Callable[[Entity], int], *, bonus: int = 0) -> Option | None:
        """Find who of a group has the highest score; nobody without a name if anybody has one."""
        if len(self.numbers) > FEW:
            named = Group((group.key, True), lambda e: e.has_name and group.holds(e))
            nameless = Group((group.key, False), lambda e: not e.has_name and group.holds(e))
            if found := self._best_of_many(named, score, bonus, _LOWEST):
                return Option(True, *found)
            found = self._best_of_many(nameless, score, bonus, _LOWEST)
            return Option(False, *found) if found else None
        holds = group.holds
        options = [Option(e.has_name, score(e), e) for e in self.numbers if holds(e)]
        return max(options, key=_named_and_salient, default=None)

    def has_just_seen(self, at: int) -> bool:
        """Tell whether anybody was last seen at a token that is not far back."""
        if len(self.numbers) > FEW:
            return self._best_of_many(EVERYBODY, lambda e: at if e.seen == at else at - 1, 0, at) is not None
        return any([e.seen == at for e in self.numbers])

    def holds_any(self, group: Group) -> bool:
        """Tell whether anybody met is in a group."""
        return self.best(group, lambda e: 0, least=0) is not None

    def _order(self, group: Group) -> dict[Entity, int]:
        """Give a group, last touched last, with the highest salience that each, or anybody before, can have."""
        key, holds = group
        order = self._orders.setdefault(key, {})
        for entity, highest in self._log[self._taken_in.get(key, 0) :]:
            if holds(entity):
                order.pop(entity, None)
                order[entity] = highest
        self._taken_in[key] = len(self._log)
        return order
