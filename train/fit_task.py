"""Training the model of one task on all of the data."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace

from threadpoolctl import threadpool_limits

from ..classify.attribution.extractor import Candidate
from ..classify.language.article_tokens import view
from ..classify.model_files.files import STANCE, LabelModel
from ..classify.model_files.shipped_attributions import shipped_candidates
from ..classify.stance_bias.stance import stances
from ..classify.wording.model import TextModel
from ..classify.wording.recipe import Setup
from ..data.records import LabelledArticle
from ..errors import SaysoError
from .attribution.fit import FittedAttribution, fit_attribution
from .attribution.marked_tokens import tokens_in
from .held_out_attributions import (
    ENOUGH_ARTICLES,
    ENOUGH_MARKS,
    FITTED,
    SHIPPED,
    can_be_fitted,
    choose_source,
    fitted_candidates,
    is_marked,
)
from .tasks import task_of

Notice = Callable[[str], None]
_MOST_TARGETS = 100  # that a model file names


def fit_task(
    name: str,
    articles: Sequence[LabelledArticle],
    *,
    label: str | None = None,
    setup: Setup | None = None,
    seed: int = 0,
    notice: Notice = lambda _: None,
) -> LabelModel:
    """Fit and calibrate the model of a sentence task on all articles.

    Parameters
    ----------
    name : str
    articles : sequence of LabelledArticle
    label : str, optional
        Column to learn; the task's name without it.
    setup : Setup, optional
        What is asked of the text classifier.
    seed : int
    notice : callable of str
        Told what is being done.
    """
    task = task_of(name, articles, label, setup)
    source = choose_source(articles)
    found: list[list[Candidate]] = [[] for _ in articles]
    if source.way == FITTED:
        notice("attributions")
        with threadpool_limits(1):  # the same sums on every machine
            found, _ = fitted_candidates(articles, seed=seed, quick=False)
    elif source.way == SHIPPED:
        found = shipped_candidates(articles)
    model = task.fit(task.rows(articles, found), seed, notice)
    return replace(model, targets=_targets(articles)) if isinstance(model, TextModel) and task.column == STANCE else model


def _targets(articles: Sequence[LabelledArticle]) -> dict[str, tuple[str, ...]]:
    """Give the targets that most sentences are about, with all of their other names."""
    counts = Counter(target for a in articles for _, target, _ in stances(a))
    names: dict[str, dict[str, None]] = {target: {} for target, _ in counts.most_common(_MOST_TARGETS)}
    for target, aliases in (pair for a in articles for pair in a.targets.items() if pair[0] in names):
        names[target] |= dict.fromkeys(aliases)
    return {target: tuple(aliases) for target, aliases in names.items()}


def fit_attribution_task(
    articles: Sequence[LabelledArticle], *, seed: int = 0, notice: Notice = lambda _: None
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
        seen = view(labelled.article.text, [s.span for s in labelled.sentences])
        marks = [
            {t for span in a.content for t in tokens_in(seen, span)} for s in labelled.sentences for a in s.attributions
        ]
        given = [set(c.content.tolist()) for c in candidates]
        n_right += sum(any(_alike(g, m) for m in marks) for g in given)
        n_hit += sum(any(_alike(g, m) for g in given) for m in marks)
        n_found, n_marked = n_found + len(given), n_marked + len(marks)
    precision, recall = n_right / max(n_found, 1), n_hit / max(n_marked, 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(f1, 4)}


def _alike(one: set[int], other: set[int]) -> bool:
    """Tell whether two contents share half of what they hold together."""
    return 2 * len(one & other) >= len(one | other) > 0
