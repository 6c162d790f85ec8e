"""Attributions as features, honestly: what is found in an article, by a model that has not seen it."""

from collections.abc import Sequence
from dataclasses import dataclass

from threadpoolctl import threadpool_limits

from ..classify.attribution.extractor import Extractor
from ..classify.model_files.container import read_model
from ..classify.model_files.files import ATTRIBUTION
from ..classify.model_files.shipped import mark_of, seen_by, shipped_model
from ..classify.model_files.shipped_attributions import Found, extract, shipped_candidates
from ..classify.word_reader.reader import WordReader
from ..data.articles.notices import Say
from ..data.records import LabelledArticle
from .attribution.fit import fit_attribution

FITTED, SHIPPED, NOTHING = "fitted", "shipped", "none"
ENOUGH_ARTICLES, ENOUGH_MARKS = 20, 100  # marked, to learn from
_QUICK_FOLDS, _QUICK_PASSES = 2, 0.34  # own corpus: 40 % less time; macro F1 of kinds 0.898, else 0.901
NO_MODEL = "There is no attribution model: the features leave out attributions."


@dataclass(frozen=True, slots=True)
class Source:
    """Where the attributions in articles come from.

    Parameters
    ----------
    way : str
        ``fitted``: models fitted on the marked articles of the data, each on those that it is not asked about;
        ``shipped``: the model of the package; ``none``: no attributions.
    note : str
        What to tell people about it; empty where there is nothing to tell.
    reader : WordReader or None
        That models are fitted with, or whose model takes the place of the package's.
    """

    way: str
    note: str = ""
    reader: WordReader | None = None


def choose_source(articles: Sequence[LabelledArticle], reader: WordReader | None = None) -> Source:
    """Choose by what is marked in the data, and by what the shipped model has seen of it.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    reader : WordReader, optional
        One that has seen none of them, nor has the model on top of it.
    """
    if can_be_fitted(articles):
        return Source(FITTED, reader=reader)
    if reader is not None:
        return Source(SHIPPED, reader=reader)
    path = shipped_model(ATTRIBUTION)
    if path is None:
        return Source(NOTHING, NO_MODEL)
    seen = seen_by(read_model(path).manifest)
    n_seen = sum(mark_of(a.article) in seen for a in articles)
    if n_seen:
        return Source(
            NOTHING,
            f"The built-in attribution model was trained on {n_seen} of these {len(articles)} articles: "
            "the features leave out attributions.",
        )
    return Source(SHIPPED)


def can_be_fitted(articles: Sequence[LabelledArticle]) -> bool:
    """Tell whether enough attributions are marked to learn from."""
    marked = [a for a in articles if is_marked(a)]
    n_marks = sum(len(s.attributions) for a in marked for s in a.sentences)
    return len(marked) >= ENOUGH_ARTICLES and n_marks >= ENOUGH_MARKS


def is_marked(labelled: LabelledArticle) -> bool:
    """Tell whether all attributions of an article are marked."""
    return ATTRIBUTION in labelled.complete


def fitted_candidates(
    train: Sequence[LabelledArticle],
    test: Sequence[LabelledArticle] = (),
    *,
    seed: int = 0,
    quick: bool = True,
    reader: WordReader | None = None,
) -> tuple[Found, Found]:
    """Fit attribution models on the marked articles of ``train`` and find attributions in all articles.

    Parameters
    ----------
    train, test : sequence of LabelledArticle
    seed : int
    quick : bool, default=True
        Spend less than a model that ships would need.
    reader : WordReader, optional
        One that has seen none of the articles.

    Returns
    -------
    train, test : list of list of Candidate
        No model was fitted on the article that it was asked about.
    """
    marked = [a for a in train if is_marked(a)]
    if quick:
        fitted = fit_attribution(marked, seed=seed, folds=_QUICK_FOLDS, passes=_QUICK_PASSES, reader=reader)
    else:
        fitted = fit_attribution(marked, seed=seed, reader=reader)
    extractor = Extractor.of(fitted.model, reader)
    held_out = iter(fitted.out_of_fold)
    found = [next(held_out) if is_marked(a) else extract(extractor, [a])[0] for a in train]
    return found, extract(extractor, test)


def candidates_of(
    source: Source, articles: Sequence[LabelledArticle], *, seed: int = 0, notice: Say = lambda _: None
) -> Found:
    """Find the attributions of the articles that a model learns from.

    Parameters
    ----------
    source : Source
    articles : sequence of LabelledArticle
    seed : int
        Of the models that are fitted for it.
    notice : callable of str
        Told what is being done.
    """
    if source.way == FITTED:
        notice("attributions")
        with threadpool_limits(1):  # the same sums on every machine
            return fitted_candidates(articles, seed=seed, quick=False, reader=source.reader)[0]
    return shipped_candidates(articles, source.reader) if source.way == SHIPPED else [[] for _ in articles]
