"""The check whether the labels are people's own: those that were accepted from the models' view are no test of a model."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...classify.linear.composed import STANCE
from ...data.arrays import Bools
from ...data.records import LabelledArticle
from ...data.rows.given import STANCE_TOWARDS, given_of
from ..evaluation.predictions import Predictions
from ..measures.scores import score
from .verdict import BAD, DOUBTFUL, GOOD, Judged, Verdict, span

SOME, MOST = 0.2, 0.5
"""Parts of the labels that were accepted up to which a score is good, and above which it says little."""
LEAST_ARTICLES, LEAST_SENTENCES = 5, 30
"""Of labels given by hand, for a score of their own."""


def accepted_rows(of: Predictions, column: str, articles: Sequence[LabelledArticle]) -> Bools:
    """Tell which labels were accepted from the models' view.

    Parameters
    ----------
    of : Predictions
    column : str
        That was predicted.
    articles : sequence of LabelledArticle
        Those that were predicted.

    Returns
    -------
    ndarray of bool, shape (n_rows,)
    """
    accepted = {
        (a.article.id, s.n, name) for a in articles for s in a.sentences for name, how in given_of(s).items() if how.accepted
    }
    if not accepted:
        return np.zeros(len(of), dtype=np.bool_)
    rows = zip(of.articles.tolist(), of.n.tolist(), of.target.tolist(), strict=True)
    names = ((article, n, STANCE_TOWARDS + target if column == STANCE else column) for article, n, target in rows)
    return np.array([name in accepted for name in names], dtype=np.bool_)


def enough_by_hand(of: Predictions, by_hand: Bools) -> bool:
    """Tell whether the labels given by hand can have a score of their own."""
    return int(by_hand.sum()) >= LEAST_SENTENCES and len(np.unique(of.groups[by_hand])) >= LEAST_ARTICLES


def told_of_accepted(n: int, of: int) -> str:
    """Say how many labels were accepted, and what that means for a score."""
    said = f"{n:,} of {of:,} labels were accepted from the model's suggestions"
    if n <= SOME * of:
        return f"{said}."
    little = "so the score means little" if n > MOST * of else "so the score is too good"
    return f"{said}, {little}; label some articles with `sayso serve --blind`."


def judge_accepted(judged: Judged) -> Verdict | None:
    """Judge how many labels were accepted; nothing to say where none was."""
    first, column = judged.first, judged.evaluation.column
    accepted = accepted_rows(first, column, judged.articles)
    n, of, by_hand = int(accepted.sum()), len(first), ~accepted
    if not n:
        return None
    mark = GOOD if n <= SOME * of else DOUBTFUL if n <= MOST * of else BAD
    said = told_of_accepted(n, of)
    figure: dict[str, Any] = {"accepted": n, "labels": of, "share": n / of}
    if enough_by_hand(first, by_hand):
        alone = score(first.truth[by_hand], first.predicted[by_hand], first.groups[by_hand], first.labels)
        figure |= {"by_hand": alone.macro_f1, "interval": alone.interval}
        said += f" On the {of - n:,} labels given by hand: macro F1 {alone.macro_f1:.2f} ({span(alone.interval)})."
    elif n < of:
        said += f" The {of - n:,} labels given by hand are too few for a score of their own."
    return Verdict("accepted labels", mark, said, figure)
