"""Draw learning curves of small sets: what 100, 200, 400 and 800 labelled sentences of a corpus are worth.

    python benchmarks/small_sets.py CORPORA [--encoder NAME_OR_FOLDER] [--draws 5] [CORPUS …]

CORPORA holds the corpora as their authors publish them, a folder each. Beside ours stand a plain TF-IDF model and, with
an encoder, logistic regression of its vectors alone, all learned from the same sentences. Whole articles are drawn from
the training part, again and again; all are scored on the same articles, which are never drawn: the validation part
where the corpus has one (PART in the table: dev), else a fifth of the groups. Printed are macro F1, the mean of the
draws and their standard deviation, and in how many draws ours is below plain TF-IDF.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from public_corpora import plain_model
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from sayso.classify.model_files.shipped_attributions import shipped_candidates
from sayso.classify.wording.encoders import Encoder, load_encoder
from sayso.classify.wording.recipe import Setup
from sayso.data.arrays import Strings
from sayso.data.corpora.registry import import_corpus
from sayso.data.records import LabelledArticle
from sayso.train.folds.cross_validation import article_groups
from sayso.train.tasks.registry import task_of

SIZES, SEED, TESTED = (100, 200, 400, 800), 0, 5
Way = Callable[[Sequence[LabelledArticle], Sequence[LabelledArticle]], Strings]
"""Learns from the first articles, and labels the sentences of the second."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of a corpus; ``folder`` where it is not all of the corpus."""

    corpus: str
    column: str
    folder: str = ""


MEASURES = (
    Measure("checkthat-subjectivity", "subjectivity", "english"),
    Measure("checkthat-subjectivity", "subjectivity", "german"),
    Measure("checkthat-subjectivity", "subjectivity", "italian"),
    Measure("babe", "bias"),
    Measure("basil", "bias"),
    Measure("gwsd", "stance"),
    Measure("semeval2016", "stance"),
    Measure("newsmtsc", "stance"),
    Measure("news-discourse", "speech"),
    Measure("news-discourse", "content_type"),
    Measure("ukraine-news-bias", "subjectivity"),
)


def labels_of(articles: Sequence[LabelledArticle], column: str) -> tuple[list[str], Strings]:
    """Give the labelled sentences and their labels, in the order of a task's rows."""
    task = task_of(column, articles)
    texts = []
    for labelled in articles:
        if column == "stance":
            texts += [
                s.span.of(labelled.article.text) for t in labelled.targets for s in labelled.sentences if t in s.stance
            ]
        else:
            texts += [s.span.of(labelled.article.text) for s in labelled.sentences if task.answer(s) is not None]
    return texts, np.array([label for labelled in articles for label in task.answers(labelled)], dtype=np.str_)


def ours(column: str, encoder: Encoder | None = None) -> Way:
    """Learn the column as `sayso train` does."""

    def judge(learned: Sequence[LabelledArticle], tested: Sequence[LabelledArticle]) -> Strings:
        task = task_of(column, learned, setup=Setup(encoder))
        model = task.fit(task.rows(learned, shipped_candidates(learned)), SEED)
        return task.predict(model, task.rows(tested, shipped_candidates(tested)))

    return judge


def plain(column: str) -> Way:
    """Learn from words and pairs of words."""

    def judge(learned: Sequence[LabelledArticle], tested: Sequence[LabelledArticle]) -> Strings:
        texts, labels = labels_of(learned, column)
        return np.asarray(plain_model().fit(texts, labels).predict(labels_of(tested, column)[0]), dtype=np.str_)

    return judge


def vectors_alone(column: str, encoder: Encoder) -> Way:
    """Learn from an encoder's vectors."""

    def judge(learned: Sequence[LabelledArticle], tested: Sequence[LabelledArticle]) -> Strings:
        texts, labels = labels_of(learned, column)
        model = LogisticRegression(C=10, max_iter=1000, class_weight="balanced").fit(encoder.encode(texts), labels)
        return np.asarray(model.predict(encoder.encode(labels_of(tested, column)[0])), dtype=np.str_)

    return judge


def parted(articles: Sequence[LabelledArticle]) -> tuple[list[LabelledArticle], list[LabelledArticle], str]:
    """Part articles to learn from and articles to score: the corpus's own validation part, or a fifth of the groups."""
    own = [a for a in articles if a.split == "validation"]
    if own:
        groups = dict(zip(map(id, articles), article_groups(articles), strict=True))
        kept = {groups[id(a)] for a in own}
        return [a for a in articles if a.split == "train" and groups[id(a)] not in kept], own, "dev"
    numbers = np.array(article_groups(articles))
    chosen = np.random.default_rng(SEED).permutation(np.unique(numbers))
    tested = np.isin(numbers, chosen[: len(chosen) // TESTED])
    sides = [[a for a, t in zip(articles, tested, strict=True) if t == side] for side in (False, True)]
    return sides[0], sides[1], "a fifth"


def drawn(articles: Sequence[LabelledArticle], column: str, size: int, seed: int) -> list[LabelledArticle]:
    """Draw articles until they have so many labelled sentences; empty where all have fewer."""
    task, found, n = task_of(column, articles), [], 0
    for i in np.random.default_rng(seed).permutation(len(articles)).tolist():
        if n >= size:
            return found
        found.append(articles[i])
        n += len(task.answers(articles[i]))
    return found if n >= size else []


def curve(measure: Measure, articles: Sequence[LabelledArticle], ways: Mapping[str, Way], draws: int) -> None:
    """Print the scores of every way at every size."""
    column = measure.column
    labelled = [a for a in articles if task_of(column, articles).answers(a)]
    pool, tested, part = parted(labelled)
    truth = labels_of(tested, column)[1]
    for size in SIZES:
        scores: dict[str, list[float]] = {name: [] for name in ways}
        for draw in range(draws):
            learned = drawn(pool, column, size, SEED + draw)
            if not learned:
                break
            for name, way in ways.items():
                labels = sorted(set(truth.tolist()))
                scores[name].append(f1_score(truth, way(learned, tested), labels=labels, average="macro", zero_division=0.0))
        if scores["plain TF-IDF"]:
            below = sum(a < b for a, b in zip(scores["ours, text"], scores["plain TF-IDF"], strict=True))
            cells = [f"{np.mean(of):.3f} ± {np.std(of):.3f}" for of in scores.values()]
            name = " ".join(filter(None, (measure.corpus, measure.folder)))
            print("\t".join([name, column, part, str(size), *cells, f"{below} of {draws}"]), flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("corpora", nargs="*")
    parser.add_argument("--encoder")
    parser.add_argument("--draws", type=int, default=5)
    asked = parser.parse_intermixed_args()
    encoder = load_encoder(asked.encoder) if asked.encoder else None
    names = ["plain TF-IDF", "ours, text", *(["vectors alone", "ours, encoder"] if encoder else [])]
    print("\t".join(["corpus", "column", "PART", "sentences", *names, "below TF-IDF"]), flush=True)
    for measure in MEASURES:
        if asked.corpora and measure.corpus not in asked.corpora and measure.folder not in asked.corpora:
            continue
        articles = import_corpus(measure.corpus, asked.folder / measure.corpus / measure.folder)
        ways = {"plain TF-IDF": plain(measure.column), "ours, text": ours(measure.column)}
        if encoder:
            ways |= {"vectors alone": vectors_alone(measure.column, encoder), "ours, encoder": ours(measure.column, encoder)}
        curve(measure, articles, ways, asked.draws)


if __name__ == "__main__":
    main()
