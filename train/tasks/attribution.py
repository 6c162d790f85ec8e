"""Attributions: spans of source, cue and content, instead of labels of sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from threadpoolctl import threadpool_limits

from ...classify.attribution.extractor import AttributionModel, Candidate
from ...classify.language.article_tokens import view
from ...classify.linear.composed import ATTRIBUTION
from ...classify.wording.recipe import Setup
from ...data.articles.notices import Say
from ...data.records import LabelledArticle
from ...errors import SaysoError
from ..attribution.fit import FittedAttribution, fit_attribution
from ..attribution.marked_tokens import tokens_in
from ..held_out_attributions import ENOUGH_ARTICLES, ENOUGH_MARKS, can_be_fitted, is_marked
from ..sentences.rows import Rows
from .task import Task


@dataclass(frozen=True, slots=True)
class AttributionTask(Task[Rows, AttributionModel]):
    """Learn attributions from articles in which all of them are marked."""

    metric: ClassVar[str] = "F1"
    of_spans: ClassVar[bool] = True

    def suited(self, articles: Sequence[LabelledArticle], setup: Setup) -> Task[Any, Any]:
        """Check that there is something to learn; see `Task`."""
        if not any(ATTRIBUTION in a.complete for a in articles):
            raise SaysoError("no article has all its attributions marked; attribution cannot be learned.")
        return self


def fit_attribution_task(
    articles: Sequence[LabelledArticle], *, seed: int = 0, notice: Say = lambda _: None
) -> tuple[FittedAttribution, dict[str, float]]:
    """Fit the attribution model on the articles whose attributions are marked.

    Returns
    -------
    fitted : FittedAttribution
    scores : dict of str to float
        Precision, recall and F1 of what models found that had not seen an article.

    Raises
    ------
    SaysoError
        If too little is marked.
    """
    if not can_be_fitted(articles):
        raise SaysoError(
            f"attribution needs {ENOUGH_ARTICLES} articles with all attributions marked, {ENOUGH_MARKS} in all; "
            f"here are {sum(map(is_marked, articles))}."
        )
    marked = [a for a in articles if is_marked(a)]
    with threadpool_limits(1):
        fitted = fit_attribution(marked, seed=seed, notice=notice)
    return fitted, attribution_scores(marked, fitted.out_of_fold)


def attribution_scores(articles: Sequence[LabelledArticle], found: Sequence[Sequence[Candidate]]) -> dict[str, float]:
    """Compare found attributions with the marked ones: right is one whose words are mostly those of a marked one."""
    n_right = n_hit = n_found = n_marked = 0
    for labelled, candidates in zip(articles, found, strict=True):
        tokens = view(labelled.article.text, [s.span for s in labelled.sentences])
        marked_contents = [
            {t for span in a.content for t in tokens_in(tokens, span)} for s in labelled.sentences for a in s.attributions
        ]
        found_contents = [set(c.content.tolist()) for c in candidates]
        n_right += sum(any(_alike(f, m) for m in marked_contents) for f in found_contents)
        n_hit += sum(any(_alike(f, m) for f in found_contents) for m in marked_contents)
        n_found, n_marked = n_found + len(found_contents), n_marked + len(marked_contents)
    precision, recall = n_right / max(n_found, 1), n_hit / max(n_marked, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _alike(one: set[int], other: set[int]) -> bool:
    """Tell whether two contents share half of what they hold together."""
    return 2 * len(one & other) >= len(one | other) > 0
