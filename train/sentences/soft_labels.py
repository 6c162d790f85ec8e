"""Soft labels: a sentence counts for every label by its probability, or by how many annotators gave it.

``docs/dataset-format.md`` tells the columns: ``COLUMN_p_LABEL`` holds a probability, ``COLUMN_by_NAME`` one of many labels.
"""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TypeVar

import numpy as np

from ...data.records import Sentence
from ...errors import SaysoError
from .rows import Rows

Shares = Mapping[str, float]
R = TypeVar("R", bound=Rows)


def shares_of(s: Sentence, column: str, labels: Sequence[str]) -> dict[str, float]:
    """Give the share of each label in what is known of a sentence.

    Parameters
    ----------
    s : Sentence
    column : str
    labels : sequence of str
        The task's.

    Returns
    -------
    dict of str to float
        They sum to 1; empty where neither probabilities nor annotators are given.

    Raises
    ------
    SaysoError
        If a probability is no number from 0 on, or an annotator gave a label that the task does not have.
    """
    given = {label: s.extra[f"{column}_p_{label}"] for label in labels if f"{column}_p_{label}" in s.extra}
    if given:
        found = {label: _probability(text, f"{column}_p_{label}", s) for label, text in given.items()}
    else:
        prefix = f"{column}_by_"
        votes = {name: label for name, label in s.extra.items() if name.startswith(prefix) and label}
        for name, label in votes.items():
            if label not in labels:
                raise SaysoError(f"sentence {s.n}: {name} is {label!r}, not one of {', '.join(labels)}.")
        found = {label: float(n) for label, n in Counter(votes.values()).items()}
    total = sum(found.values())
    return {label: share / total for label, share in found.items() if share} if total else {}


def _probability(text: str, name: str, s: Sentence) -> float:
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not (value >= 0 and math.isfinite(value)):
        raise SaysoError(f"sentence {s.n}: {name} is {text!r}; a probability is needed there.")
    return value


def soften(rows: R, shares: Sequence[Shares]) -> R:
    """Count each row for every label by its share.

    Parameters
    ----------
    rows : Rows
    shares : sequence of mapping of str to float, length n_rows
        A row with an empty one keeps its label.

    Returns
    -------
    Rows
        As many times each row as it has labels; the weights of a row's copies sum to its own.
    """
    told = [dict(of) or {str(label): 1.0} for of, label in zip(shares, rows.labels, strict=True)]
    index = np.repeat(np.arange(len(told)), [len(of) for of in told])
    taken = rows.take(index)
    labels = np.array([label for of in told for label in of], dtype=np.str_)
    weights = taken.weights * np.array([share for of in told for share in of.values()])
    return replace(taken, labels=labels, weights=weights)  # type: ignore[return-value]  # `take` gives its own kind
