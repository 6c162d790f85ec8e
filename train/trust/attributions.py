"""Checks of found attributions."""

from collections.abc import Sequence

from ...data.records import LabelledArticle
from ...data.splits.near_articles import near_articles
from ..evaluation.attribution import AttributionEvaluation
from ..held_out_attributions import is_marked
from .held_out import judge_gap, seen_verdict
from .scores import judge_width
from .verdict import BAD, DOUBTFUL, GOOD, Verdict, share

FOUND = 0.5
"""Part of the attributions that should be found of either sort, direct and indirect."""
HARDLY = 0.25


def judge_attributions(evaluation: AttributionEvaluation, articles: Sequence[LabelledArticle]) -> list[Verdict]:
    """Give the verdicts on found attributions."""
    verdicts = [*filter(None, [seen_verdict(evaluation.notes)]), _size(evaluation), _found(evaluation)]
    if evaluation.folds:
        verdicts.append(_duplicates([a for a in articles if is_marked(a)]))
    if evaluation.external:
        verdicts.append(judge_gap(evaluation.external.gap))
    return verdicts


def _size(evaluation: AttributionEvaluation) -> Verdict:
    overlap = evaluation.scores["all"].measures["overlap"]
    return judge_width("F1 by overlap", overlap.f1, overlap.interval, (evaluation.articles, "articles"))


def _found(evaluation: AttributionEvaluation) -> Verdict:
    """Judge which part of the marked attributions is found, of either sort."""
    there = {scope: score.measures["overlap"] for scope, score in evaluation.scores.items() if scope != "all"}
    found = {scope: of.recall for scope, of in there.items() if of.marked}
    least = min(found.values(), default=0.0)
    mark = GOOD if least >= FOUND else DOUBTFUL if least >= HARDLY else BAD
    told = " and ".join(f"{share(recall)} of {there[scope].marked:,} {scope} ones" for scope, recall in found.items())
    said = f"Of the marked attributions, it finds {told or 'none'}."
    return Verdict("found", mark, said, {"recall": found, "marked": {scope: of.marked for scope, of in there.items()}})


def _duplicates(articles: Sequence[LabelledArticle]) -> Verdict:
    """Count the articles that are nearly another one: folds may part them."""
    pairs = [(one, other) for one, other, _ in near_articles(articles)]
    n = len({number for pair in pairs for number in pair})
    figure = {"articles": n, "of": len(articles)}
    if not n:
        return Verdict("near duplicates", GOOD, "No near-duplicate articles.", figure)
    said = (
        f"{n:,} of {len(articles):,} articles are near-duplicates of another article and may be in "
        "different folds, so the score may be too good."
    )
    return Verdict("near duplicates", DOUBTFUL, said, figure)
