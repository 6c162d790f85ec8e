"""The table of checks, in the order in which a reader needs them."""

from collections import Counter
from collections.abc import Callable, Sequence

from ...data.records import LabelledArticle
from ..evaluation.attribution import AttributionEvaluation
from ..evaluation.result import Evaluation
from .accepted import judge_accepted
from .attributions import judge_attributions
from .chances import judge_calibration, judge_labels
from .held_out import judge_duplicates, judge_external, judge_groups, judge_leak, judge_seen
from .learning import judge_curve
from .parts import judge_slices
from .scores import judge_rare, judge_size, judge_trivial
from .verdict import BAD, DOUBTFUL, GOOD, UNKNOWN, Judged, Verdict

CHECKS: tuple[Callable[[Judged], Verdict | None], ...] = (
    judge_seen,
    judge_accepted,
    judge_trivial,
    judge_size,
    judge_rare,
    judge_external,
    judge_groups,
    judge_leak,
    judge_duplicates,
    judge_curve,
    judge_calibration,
    judge_labels,
    judge_slices,
)
"""Each gives a verdict, or nothing where the evaluation has nothing to do with it."""


def judge(evaluation: Evaluation | AttributionEvaluation, articles: Sequence[LabelledArticle]) -> list[Verdict]:
    """Say what speaks for an evaluation and what against it.

    Parameters
    ----------
    evaluation : Evaluation or AttributionEvaluation
    articles : sequence of LabelledArticle
        Those that were evaluated.

    Returns
    -------
    list of Verdict
        In the order of the report.
    """
    if isinstance(evaluation, AttributionEvaluation):
        return judge_attributions(evaluation, articles)
    judged = Judged(evaluation, evaluation._predictions.first(), tuple(articles))
    return [verdict for check in CHECKS if (verdict := check(judged))]


def summed_up(verdicts: Sequence[Verdict]) -> str:
    """Count the verdicts in a sentence.

    Examples
    --------
    >>> summed_up([Verdict("size", "good", "", {}), Verdict("leak", "bad", "", {}), Verdict("parts", "good", "", {})])
    '2 checks are good, 1 is bad.'
    """
    counts = Counter(verdict.mark for verdict in verdicts)
    words = {GOOD: "good", DOUBTFUL: "doubtful", BAD: "bad", UNKNOWN: "not known"}
    told = [(counts[mark], word) for mark, word in words.items() if counts[mark]]
    parts = [
        f"{n}{'' if i else (' check' if n == 1 else ' checks')} {'is' if n == 1 else 'are'} {word}"
        for i, (n, word) in enumerate(told)
    ]
    return ", ".join(parts) + "."
