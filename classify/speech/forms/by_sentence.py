"""The attributions of a part of an article, found without a look at all of them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

from ...attribution.extractor import Candidate
from ...language.article_tokens import View

_ANCHOR = attrgetter("anchor")


def anchored(candidates: Sequence[Candidate], first: int, last: int) -> Sequence[Candidate]:
    """Give those with anchors at tokens ``first`` to before ``last``, of attributions in the order of their anchors."""
    start = bisect_left(candidates, first, key=_ANCHOR)
    return candidates[start : bisect_left(candidates, last, start, key=_ANCHOR)]


def by_home(view: View, candidates: Iterable[Candidate]) -> dict[int, list[Candidate]]:
    """Give the attributions of each sentence that holds the anchor of one, in order."""
    homes: dict[int, list[Candidate]] = defaultdict(list)
    for c in candidates:
        homes[view.home[c.anchor]].append(c)
    return homes


class ByWords:
    """Attributions by the sentences in which they say words or have their anchors."""

    def __init__(self, view: View, candidates: Iterable[Candidate]) -> None:
        self._home = view.home
        self._all: dict[int, Candidate] = {id(c): c for c in candidates}
        self._of: dict[int, list[Candidate]] = defaultdict(list)
        for c in self._all.values():
            for n in self._touched(c):
                self._of[n].append(c)

    def add(self, c: Candidate) -> None:
        """Put in an attribution, behind the others."""
        self._all[id(c)] = c
        for n in self._touched(c):
            self._of[n].append(c)

    def drop(self, c: Candidate) -> None:
        """Take out an attribution."""
        del self._all[id(c)]
        for n in self._touched(c):
            self._of[n] = [other for other in self._of[n] if other is not c]

    def __iter__(self) -> Iterator[Candidate]:
        return iter(self._all.values())

    def in_order(self) -> list[Candidate]:
        """Give all attributions in the order of their anchors."""
        return sorted(self._all.values(), key=_ANCHOR)

    def of(self, sentence: int) -> Sequence[Candidate]:
        """Give the attributions of a sentence, in the order in which they were put in."""
        return self._of.get(sentence, ())

    def around(self, at: int) -> list[Candidate]:
        """Give the attributions of the sentences that hold a token and its neighbours."""
        sentences = {self._home[at], self._home[max(at - 1, 0)], self._home[at + 1]}
        return list({id(c): c for n in sentences for c in self.of(n)}.values())

    def _touched(self, c: Candidate) -> Iterable[int]:
        home, content = self._home, c.content
        n = home[c.anchor]
        first, last = (home[content.item(0)], home[content.item(-1)]) if len(content) else (n, n)
        if first == n == last:
            return (n,)
        return {n, first, last} if last - first < 2 else {n, *[home[t] for t in content.tolist()]}
