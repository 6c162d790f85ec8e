"""The check whether the model does surely worse on some part of the data."""

from collections.abc import Iterator
from statistics import NormalDist
from typing import NamedTuple

import numpy as np

from ...data.arrays import Bools
from ..evaluation.predictions import Predictions
from ..measures.scores import article_draws
from ..measures.slices import FEW
from .verdict import BAD, DOUBTFUL, GOOD, UNKNOWN, Judged, Verdict, share, span

MUCH_WORSE = 0.1
"""Accuracy that a part may lack beside the rest before it is called bad."""
_LEAST_ARTICLES = 5  # of a part; an interval over fewer says nothing


class Part(NamedTuple):
    """A part of the sentences: accuracy there and elsewhere, and the spread of their difference over draws of articles."""

    column: str
    name: str
    n: int
    there: float
    elsewhere: float
    spread: float

    @property
    def difference(self) -> float:
        """Accuracy there less that elsewhere."""
        return self.there - self.elsewhere


def judge_slices(judged: Judged) -> Verdict:
    """Name the part of the data that is surely worse than the rest by most."""
    parts = list(compared_parts(judged.first))
    if not parts:
        return Verdict("parts", UNKNOWN, f"No part of the data has {FEW} sentences in {_LEAST_ARTICLES} articles.", {})
    z = NormalDist().inv_cdf(1 - 0.025 / len(parts))  # so many parts: one of them differs by chance (Bonferroni)
    worst = min(parts, key=lambda p: (p.difference + z * p.spread, p.difference))
    ends = worst.difference - z * worst.spread, worst.difference + z * worst.spread
    sure = ends[1] < 0
    mark = GOOD if not sure else BAD if worst.difference <= -MUCH_WORSE else DOUBTFUL
    where = f"where {worst.column} is `{worst.name}` ({worst.n:,} sentences)"
    figures = f"{share(worst.there)} correct there, {share(worst.elsewhere)} elsewhere"
    said = f"Worse {where}: {figures}, {span((-ends[0], -ends[1]))} less."
    if not sure:
        said = f"None of {len(parts)} parts is clearly worse than the rest; the weakest is {where}: {figures}."
    figure = {**worst._asdict(), "difference": worst.difference, "interval": ends, "parts": len(parts)}
    return Verdict("parts", mark, said, figure)


def compared_parts(of: Predictions) -> Iterator[Part]:
    """Compare the accuracy of every part that is large enough with that of the rest."""
    _, article = np.unique(of.groups, return_inverse=True)
    for column, values in of.about.items():
        names, counts = np.unique(values[values != ""], return_counts=True)
        for name, n in zip(names.tolist(), counts.tolist(), strict=True):
            inside = np.asarray(values == name)
            if min(n, int((values != "").sum()) - n) >= FEW and len(np.unique(article[inside])) >= _LEAST_ARTICLES:
                yield _compared(of, column, name, inside, article)


def _compared(of: Predictions, column: str, name: str, inside: Bools, article: np.ndarray) -> Part:
    outside = ~inside & (of.about[column] != "")
    n_articles = int(article.max()) + 1
    counts = np.stack(
        [np.bincount(article, part, n_articles) for part in (inside & of.right, inside, outside & of.right, outside)], axis=1
    )
    right, n, other_right, other_n = (article_draws(n_articles) @ counts).T
    drawn = (right / np.maximum(n, 1) - other_right / np.maximum(other_n, 1))[(n > 0) & (other_n > 0)]
    there, elsewhere = float(of.right[inside].mean()), float(of.right[outside].mean())
    return Part(column, name, int(inside.sum()), there, elsewhere, float(drawn.std()))
