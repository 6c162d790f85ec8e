"""Measure the tasks on public corpora by grouped cross-validation, beside a plain TF-IDF model on the same folds.

    python benchmarks/public_corpora.py SHARED_DIR [--encoder NAME_OR_FOLDER] [CORPUS …]

SHARED_DIR holds `corpora/NAME` as their authors publish them. Printed is a table: corpus, measure, a plain TF-IDF model,
ours from the text, ours with the encoder, and the seconds of one fit (calibration included) on all of the corpus.
"""

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from sklearn.pipeline import Pipeline, make_pipeline

from sayso.classify.wording.encoders import load_encoder
from sayso.classify.wording.recipe import Setup
from sayso.data.arrays import Strings
from sayso.data.corpora.registry import import_corpus
from sayso.data.records import LabelledArticle
from sayso.train.folds.cross_validation import Parting, article_groups, hold_out
from sayso.train.folds.grouped import grouped_folds
from sayso.train.held_out_attributions import choose_source
from sayso.train.tasks.registry import fit_task, task_of
from sayso.train.tasks.task import AnyTask

FOLDS, SEED = 5, 0


@dataclass(frozen=True, slots=True)
class Measure:
    """What is measured on a corpus.

    Parameters
    ----------
    corpus, task : str
    labels : tuple of str
        Whose F1 is averaged; empty for all.
    also : tuple of str
        Columns learned along.
    single : str
        A label whose own F1 is told too; empty for none.
    """

    corpus: str
    task: str
    labels: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    single: str = ""

    @property
    def name(self) -> str:
        """What the table calls it."""
        what = f"mean F1 of {' and '.join(self.labels)}" if self.labels else "macro F1"
        what += f" / F1 of {self.single}" if self.single else ""
        return f"{self.task}, {what}" + "".join(f", --also {column}" for column in self.also)

    def of(self, truth: Strings, predicted: Strings) -> str:
        """Score predicted labels."""
        asked = [self.labels or sorted(set(truth.tolist())), *([[self.single]] if self.single else [])]
        scores = [f1_score(truth, predicted, labels=labels, average="macro", zero_division=0.0) for labels in asked]
        return " / ".join(f"{score:.3f}" for score in scores)


MEASURES = (
    Measure("semeval2016", "stance", ("favor", "against")),
    Measure("babe", "bias", also=("label_opinion",)),
    Measure("gwsd", "stance"),
    Measure("basil", "bias", single="biased"),
    Measure("news-discourse", "speech"),
    Measure("news-discourse", "content_type"),
)


def ours(task: AnyTask, articles: Sequence[LabelledArticle], measure: Measure) -> str:
    found = hold_out(task, articles, choose_source(articles), Parting(FOLDS, SEED))
    return measure.of(found.truth, found.predicted)


def plain_model() -> Pipeline:
    """Make a model of words and pairs of words: TF-IDF, logistic regression."""
    return make_pipeline(
        TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2),
        LogisticRegression(C=10, max_iter=1000, class_weight="balanced"),
    )


def plain(task: AnyTask, articles: Sequence[LabelledArticle], measure: Measure) -> str:
    """Score words and pairs of words, TF-IDF, logistic regression, on the same folds."""
    groups, texts, labels = [], [], []
    for group, labelled in zip(article_groups(articles), articles, strict=True):
        for s in labelled.sentences:
            answers = list(s.stance.values()) if task.column == "stance" else [task.answer(s)]
            for answer in filter(None, answers):
                groups.append(group)
                texts.append(s.span.of(labelled.article.text))
                labels.append(answer)
    truth, number = np.array(labels, dtype=np.str_), np.array(groups, dtype=np.int64)
    predicted = np.empty(len(truth), dtype=truth.dtype)
    for train, test in grouped_folds(truth, number, FOLDS, SEED):
        predicted[test] = plain_model().fit([texts[i] for i in train], truth[train]).predict([texts[i] for i in test])
    return measure.of(truth, predicted)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("corpora", nargs="*")
    parser.add_argument("--encoder")
    asked = parser.parse_intermixed_args()  # corpora may stand behind the option
    encoder = load_encoder(asked.encoder) if asked.encoder else None
    print("corpus\tmeasure\tplain TF-IDF\tours, text\tours, encoder\tseconds of a fit", flush=True)
    for measure in MEASURES:
        if asked.corpora and measure.corpus not in asked.corpora:
            continue
        articles = import_corpus(measure.corpus, asked.shared / "corpora" / measure.corpus)
        setup = Setup(also=measure.also)
        task = task_of(measure.task, articles, setup=setup)
        scores = [plain(task, articles, measure), ours(task, articles, measure)]
        if encoder and task.recipe_line is not None:
            scores.append(ours(task_of(measure.task, articles, setup=Setup(encoder, measure.also)), articles, measure))
        began = time.process_time()
        fit_task(measure.task, articles, setup=setup, seed=SEED)
        spent = time.process_time() - began
        scores += ["-"] * (3 - len(scores))
        print("\t".join([measure.corpus, measure.name, *scores, f"{spent:.0f}"]), flush=True)


if __name__ == "__main__":
    main()
