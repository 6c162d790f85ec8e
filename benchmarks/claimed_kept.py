"""Measure what scores of folds over single sentences are worth: claimed beside kept.

    python benchmarks/claimed_kept.py SHARED [CORPUS …] [--encoder NAME_OR_FOLDER]

SHARED holds `corpora/NAME` as their authors publish them. Every sentence is taken from its article and learned from as
if it stood alone, as in a file of collected sentences. *Claimed* is the macro F1 of five folds over these sentences
(mean of two partings), *similar* that of folds which keep similar sentences together (`--group-similar`), *kept* that
of folds which hold whole groups out, or of a model of the training part on the development part that its authors
publish. Of NewsDiscourse and NewsMTSC whole articles are drawn until they have 3,000 labels. The figures are kept in
`train/trust/elsewhere.py`, where reports take them from.
"""

import argparse
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score
from threadpoolctl import threadpool_limits

from sayso.classify.model_files.shipped_attributions import shipped_candidates
from sayso.classify.wording.encoders import Encoder, load_encoder
from sayso.classify.wording.recipe import Setup
from sayso.data.arrays import Ints, Strings
from sayso.data.corpora.reader import GROUP
from sayso.data.corpora.registry import import_corpus
from sayso.data.records import Article, LabelledArticle, Sentence, Span
from sayso.train.evaluation.held_out_groups import MOST_ROUNDS
from sayso.train.folds.cross_validation import article_groups
from sayso.train.folds.grouped import grouped_folds
from sayso.train.folds.similar import similar_groups
from sayso.train.sentences.rows import Rows
from sayso.train.tasks.registry import task_of
from sayso.train.tasks.task import AnyTask

FOLDS, SEEDS = 5, (0, 1)
DEV = "development part"
GroupOf = Callable[[LabelledArticle], str]


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of a corpus, the ways in which whole groups are held out (`DEV`: the published part), most labels learned."""

    corpus: str
    column: str
    folder: str = ""
    groups: tuple[str, ...] = (DEV,)
    most: int = 10_000

    @property
    def name(self) -> str:
        """What the table calls it."""
        return " ".join(filter(None, (self.corpus, self.folder)))


GROUPS: dict[str, GroupOf] = {
    "events": lambda a: a.meta[GROUP],
    "outlets": lambda a: a.article.outlet or a.article.id,
    "topics": lambda a: a.sentences[0].extra.get("topic", ""),
    "years": lambda a: (a.article.date or a.article.id)[:4],
}
MEASURES = (
    *(Measure("checkthat-subjectivity", "subjectivity", x) for x in ("english", "german", "italian", "bulgarian", "arabic")),
    Measure("babe", "bias", groups=("articles", "outlets", "topics")),
    Measure("basil", "bias", groups=("events", "outlets", "years")),
    Measure("ukraine-news-bias", "subjectivity", groups=("articles",)),
    Measure("news-discourse", "content_type", groups=("articles", DEV), most=3000),
    Measure("newsmtsc", "stance", groups=("articles",), most=3000),
)


def alone(articles: Sequence[LabelledArticle], task: AnyTask) -> tuple[list[LabelledArticle], list[LabelledArticle]]:
    """Make an article of every labelled sentence; give them, and the article of each."""
    single, of = [], []
    for labelled in articles:
        for s in labelled.sentences:
            if task.answers(replace(labelled, sentences=(s,))):
                single.append(_alone(labelled, s))
                of.append(labelled)
    return single, of


def _alone(labelled: LabelledArticle, s: Sentence) -> LabelledArticle:
    start, text = s.span.start, s.span.of(labelled.article.text)
    mentions = {name: tuple(Span(x.start - start, x.end - start) for x in spans) for name, spans in s.mentions.items()}
    sentence = replace(s, n=0, span=Span(0, len(text)), mentions=mentions, attributions=())
    article = Article(f"{labelled.article.id}#{s.n}", text, language=labelled.article.language)
    targets = {name: aliases for name, aliases in labelled.targets.items() if name in s.stance}
    return LabelledArticle(article, (sentence,), targets, frozenset(), {"split": labelled.split})


def drawn(articles: Sequence[LabelledArticle], task: AnyTask, most: int) -> list[LabelledArticle]:
    """Draw articles to learn from until they have so many labels, and keep those of the development part."""
    groups, counts = article_groups(articles), Counter[int]()
    for group, labelled in zip(groups, articles, strict=True):
        counts[group] += len(task.answers(labelled)) if labelled.split == "train" else 0
    chosen, n = set[int](), 0
    for group in np.random.default_rng(0).permutation(np.array(list(counts))).tolist():
        if n < most:
            chosen.add(group)
            n += counts[group]
    return [a for group, a in zip(groups, articles, strict=True) if group in chosen or a.split != "train"]


def macro_f1(truth: Strings, predicted: Strings) -> float:
    """Score labels."""
    return float(f1_score(truth, predicted, labels=np.unique(truth), average="macro", zero_division=0.0))


def of_folds(task: AnyTask, rows: Rows, groups: Ints, n_folds: int = FOLDS) -> float:
    """Score by folds that part no group, the mean of two partings."""
    truth = task.truth(rows)
    scores = []
    for seed in SEEDS if n_folds == FOLDS else SEEDS[:1]:
        predicted = np.empty(len(truth), dtype=object)
        for train, test in grouped_folds(rows.labels, groups, n_folds, seed):
            predicted[test] = task.predict(task.fit(rows.take(train)), rows.take(test))
        scores.append(macro_f1(truth, predicted.astype(np.str_)))
    return float(np.mean(scores))


def measured(measure: Measure, shared: Path, encoder: Encoder | None) -> Iterator[tuple[str, int, float, float, float]]:
    """Yield what was held out, how many labels were scored, and macro F1: claimed, similar, kept."""
    everything = import_corpus(measure.corpus, shared / "corpora" / measure.corpus / measure.folder)
    articles = drawn(everything, task_of(measure.column, everything), measure.most)
    task = task_of(measure.column, articles)
    single, of = alone(articles, task)
    task = task_of(measure.column, single, setup=Setup(encoder))
    every = task.rows(single, shipped_candidates(single))
    claims: dict[bool, tuple[float, float]] = {}
    for name in measure.groups:
        apart = name == DEV
        train = np.array([not apart or a.split == "train" for a in of])
        learned = np.flatnonzero(train[every.groups])
        rows = every.take(learned)
        if apart not in claims:
            similar = np.zeros(len(of), dtype=np.int64)
            similar[train] = similar_groups([a for a, t in zip(single, train, strict=True) if t])[0]
            claims[apart] = of_folds(task, rows, rows.groups), of_folds(task, rows, similar[rows.groups])
        if apart:
            rest = every.take(np.setdiff1d(np.arange(len(every.labels)), learned))
            kept = macro_f1(task.truth(rest), task.predict(task.fit(rows), rest))
            yield name, len(rest.labels), *claims[apart], kept
        else:
            numbers = article_groups(of) if name == "articles" else _numbers([GROUPS[name](a) for a in of])
            groups = np.array(numbers)[rows.groups]
            n_groups = len(np.unique(groups))
            yield name, len(rows.labels), *claims[apart], of_folds(task, rows, groups, _rounds(n_groups))


def _numbers(names: Sequence[str]) -> list[int]:
    return [int(n) for n in np.unique(names, return_inverse=True)[1]]


def _rounds(n_groups: int) -> int:
    return n_groups if n_groups <= MOST_ROUNDS else FOLDS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("corpora", nargs="*")
    parser.add_argument("--encoder")
    asked = parser.parse_intermixed_args()
    encoder = load_encoder(asked.encoder) if asked.encoder else None
    print("corpus\tcolumn\theld out\tlabels\tclaimed\tsimilar\tkept\tclaimed - kept\tsimilar - kept", flush=True)
    with threadpool_limits(1):
        for measure in MEASURES:
            if asked.corpora and not {measure.corpus, measure.folder} & set(asked.corpora):
                continue
            for name, n, *scores in measured(measure, asked.shared, encoder):
                claimed, similar, kept = scores
                cells = [*(f"{x:.3f}" for x in scores), f"{claimed - kept:+.3f}", f"{similar - kept:+.3f}"]
                print("\t".join([measure.name, measure.column, name, str(n), *cells]), flush=True)


if __name__ == "__main__":
    main()
