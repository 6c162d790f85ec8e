"""Public corpora as their authors publish them, read into our records: one entry of `CORPORA` each."""

from dataclasses import replace
from pathlib import Path

from ...errors import SaysoError
from ..articles.notices import Say
from ..records import LabelledArticle
from . import babe, basil, checkthat_subjectivity, gwsd, news_discourse, newsmtsc, semeval2016, ukraine_news_bias
from .polnear import corpus as polnear
from .reader import Corpus

CORPORA: dict[str, Corpus] = {
    "polnear": polnear.CORPUS,
    "babe": babe.CORPUS,
    "basil": basil.CORPUS,
    "semeval2016": semeval2016.CORPUS,
    "gwsd": gwsd.CORPUS,
    "ukraine-news-bias": ukraine_news_bias.CORPUS,
    "news-discourse": news_discourse.CORPUS,
    "checkthat-subjectivity": checkthat_subjectivity.CORPUS,
    "newsmtsc": newsmtsc.CORPUS,
}


def import_corpus(name: str, path: Path, *, kinds: bool = True, notice: Say = lambda _: None) -> list[LabelledArticle]:
    """Read a public corpus, or one part of it.

    Parameters
    ----------
    name : str
        A key of `CORPORA`.
    path : Path
        The corpus's folder, its data, or one part of it.
    kinds : bool, default=True
        Add the labels that a table of ours gives.
    notice : callable of str
        Told what was skipped.

    Returns
    -------
    list of LabelledArticle
        ``meta["split"]`` names the split.

    Raises
    ------
    SaysoError
        If there is no such corpus, or it cannot be read.
    """
    corpus = corpus_named(name)
    articles = []
    for article in corpus.read(path, notice):
        labelled = corpus.derive(article) if kinds and corpus.derive else article
        articles.append(replace(labelled, complete=_complete(labelled)))
    return articles


def _complete(labelled: LabelledArticle) -> frozenset[str]:
    """Say what is labelled throughout: kinds are not where the source of a sentence is not known."""
    lacking = {task for s in labelled.sentences for task in ("kind", "source_type") if getattr(s, task) is None}
    return labelled.complete - lacking


def corpus_named(name: str) -> Corpus:
    """Look a corpus up."""
    if name not in CORPORA:
        raise SaysoError(f"unknown corpus {name!r}; list the corpora that can be read with: sayso data import --list")
    return CORPORA[name]


def as_rows() -> list[tuple[str, ...]]:
    """Give the table of corpora: corpus, label of its own, what it becomes."""
    return [(name, label, ours) for name, corpus in CORPORA.items() for label, ours in corpus.labels.items()]
