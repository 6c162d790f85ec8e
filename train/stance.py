"""The rows of the task ``stance``: a sentence as seen from a target, once for each target it has a stance towards."""

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from ..data.records import LabelledArticle
from .attribution import Candidate
from .features import Features
from .fit import Rows, article_features
from .ngrams import PAIR, WORD

STANCE = "stance"
OWN = "towards "


def stances(labelled: LabelledArticle) -> list[tuple[int, str, str]]:
    """List the stances of an article: number of the sentence, target, label; sentence by sentence."""
    return [
        (number, target, s.stance[target])
        for number, s in enumerate(labelled.sentences)
        for target in labelled.targets
        if target in s.stance
    ]


def stance_rows(articles: Sequence[LabelledArticle], candidates: Iterable[Sequence[Candidate]]) -> Rows:
    """Collect a row for each sentence and target that has a stance.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    candidates : iterable of sequence of Candidate, length n_articles

    Returns
    -------
    Rows
        In the order of `stances`. Features that begin with ``towards TARGET|`` are for a target's own model.
    """
    features: list[Features] = []
    labels: list[str] = []
    groups: list[int] = []
    for number, (labelled, found) in enumerate(zip(articles, candidates, strict=True)):
        given = stances(labelled)
        if not given:
            continue
        described = article_features(labelled, found, words=True)
        for n, target, label in given:
            features.append(towards(described[n], target))
            labels.append(label)
            groups.append(number)
    return Rows(features, np.array(labels, dtype=np.str_), np.array(groups, dtype=np.int64), np.ones(len(labels)))


def towards(features: Mapping[str, float], target: str) -> Features:
    """Add the words once more, as a target's own."""
    words = {f"{OWN}{target}| {name}": value for name, value in features.items() if name.startswith((WORD, PAIR))}
    return {**features, **words, f"{OWN}{target}|": 1.0}
