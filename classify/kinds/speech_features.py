"""Whether sentences are direct or indirect speech, by how many of their words attributions say."""

from collections.abc import Iterator, Sequence

import numpy as np

from ...data.arrays import Bools, Floats64
from ..attribution.extractor import Candidate
from ..language.article_tokens import View
from ..language.word_forms import WORD
from .features import Features

_SURE = {"score": (0.2, 0.3, 0.4, 0.55), "cue": (0.3, 0.5, 0.7)}  # from what chance on an attribution counts
_DIRECT, _INDIRECT = 0.5, 0.3  # shares of the words that make a sentence direct speech, or indirect


def said_words(view: View, candidates: Sequence[Candidate]) -> list[Features]:
    """Tell whether sentences are direct or indirect speech: once for each chance from which attributions count.

    Parameters
    ----------
    view : View
    candidates : sequence of Candidate
        The attributions found in it by a model that did not see it.

    Returns
    -------
    list of dict of str to float, length n_sentences

    Examples
    --------
    >>> from sayso.data.records import Span
    >>> from sayso.classify.language.article_tokens import view
    >>> article = view("It rained. Police said it rained.", [Span(0, 10), Span(11, 33)])
    >>> police = Candidate(4, (4, 5), (3, 4), np.array([5, 6]), chance=0.9, score=0.5)  # it rained: half of four words
    >>> first, second = said_words(article, [police])
    >>> [name for name in second if name.startswith(("speech, score 0.2", "speech, score:"))]
    ['speech, score 0.2: indirect', 'speech, score: indirect indirect indirect none']
    """
    rows: list[Features] = [{} for _ in view.sentences]
    for measure, levels in _SURE.items():
        chance = _chances(view, candidates, measure)
        by_level = [[_speech(*shares) for shares in _shares(view, chance >= sure)] for sure in levels]
        for row, speech in zip(rows, zip(*by_level, strict=True), strict=True):
            row.update({f"speech, {measure} {sure}: {kind}": 1.0 for sure, kind in zip(levels, speech, strict=True)})
            row[f"speech, {measure}: {' '.join(speech)}"] = 1.0
    return rows


def _speech(said: float, quoted: float) -> str:
    return "direct" if quoted >= _DIRECT else "indirect" if said >= _INDIRECT else "none"


def _chances(view: View, candidates: Sequence[Candidate], measure: str) -> Floats64:
    """Give each token's chance to be said by somebody: that of the attribution, or that its cue is one."""
    chance = np.zeros(len(view.words))
    for c in candidates:
        chance[c.content] = np.maximum(chance[c.content], c.score if measure == "score" else c.chance)
    return chance


def _shares(view: View, said: Bools) -> Iterator[tuple[float, float]]:
    """Give of each sentence the share of its words that are said, and that are said in quotation marks."""
    said_word = said & (view.facts & WORD > 0)
    n_said, n_quoted = [[0, *np.cumsum(flags).tolist()] for flags in (said_word, said_word & (view.quote > 0))]
    for first, last in view.sentences:
        n_words = max(view.n_words[last] - view.n_words[first], 1)
        yield (n_said[last] - n_said[first]) / n_words, (n_quoted[last] - n_quoted[first]) / n_words
