"""How many of a sentence's words attributions say, and how many of these in quotation marks."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from .attribution import Candidate
from .features import Features
from .lexemes import WORD
from .tokens import View

_SURE = {"score": (0.2, 0.3, 0.4, 0.55), "cue": (0.3, 0.5, 0.7)}  # from what chance on an attribution counts
_EDGES = (0.02, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.98)
_DIRECT, _INDIRECT = 0.5, 0.3  # shares of the words that make a sentence direct speech, or indirect
_NEAR = (-1, 1)


def said_words(seen: View, candidates: Sequence[Candidate]) -> list[Features]:
    """Describe sentences by the share of their words that attributions say: once for each chance from which these count.

    Parameters
    ----------
    seen : View
    candidates : sequence of Candidate
        The attributions found in it by a model that did not see it.

    Returns
    -------
    list of dict of str to float, length n_sentences

    Examples
    --------
    >>> from sayso.data.records import Span
    >>> from sayso.train.tokens import view
    >>> seen = view("It rained. Police said it rained.", [Span(0, 10), Span(11, 33)])
    >>> police = Candidate(4, (4, 5), (3, 4), np.array([5, 6]), chance=0.9, score=0.5)  # it rained: half of four words
    >>> first, second = said_words(seen, [police])
    >>> [name for name in second if name.startswith(("said, score 0.2", "speech, score:"))]
    ['said, score 0.2: 6', 'speech, score: indirect indirect indirect none']
    """
    rows: list[Features] = [{} for _ in seen.sentences]
    for measure, levels in _SURE.items():
        chance = _chances(seen, candidates, measure)
        speech: list[list[str]] = [[] for _ in rows]
        for sure in levels:
            for n, (said, quoted) in enumerate(_shares(seen, chance >= sure)):
                speech[n].append("direct" if quoted >= _DIRECT else "indirect" if said >= _INDIRECT else "none")
                rows[n][f"said, {measure} {sure}: {bisect_right(_EDGES, said)}"] = 1.0
                rows[n][f"said in quotation marks, {measure} {sure}: {bisect_right(_EDGES, quoted)}"] = 1.0
                rows[n][f"speech, {measure} {sure}: {speech[n][-1]}"] = 1.0
        told = [f"speech, {measure}: {' '.join(kinds)}" for kinds in speech]
        for n, row in enumerate(rows):
            row[told[n]] = 1.0
            row.update({f"{step:+d}, {told[n + step]}": 1.0 for step in _NEAR if 0 <= n + step < len(rows)})
    return rows


def _chances(seen: View, candidates: Sequence[Candidate], measure: str) -> NDArray[np.float64]:
    """Give each token's chance to be said by somebody: that of the attribution, or that its cue is one."""
    chance = np.zeros(len(seen.words))
    for c in candidates:
        chance[c.content] = np.maximum(chance[c.content], c.score if measure == "score" else c.chance)
    return chance


def _shares(seen: View, said: NDArray[np.bool_]) -> Iterator[tuple[float, float]]:
    """Give of each sentence the share of its words that are said, and that are said in quotation marks."""
    words = seen.facts & WORD > 0
    counts = [np.append(0, np.cumsum(flags)) for flags in (words, words & said, words & said & (seen.quote > 0))]
    for first, last in seen.sentences:
        n_words, n_said, n_quoted = (int(count[last] - count[first]) for count in counts)
        yield n_said / max(n_words, 1), n_quoted / max(n_words, 1)
