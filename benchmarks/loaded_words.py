"""Measure what is told of loaded wording: how many of the sentences and words that annotating tells are loaded indeed.

    python benchmarks/loaded_words.py [FOLDER [--corpus babe]] [--model FILE]

Without FOLDER on our own corpus, by models of four fifths of its articles each (SEED 0). With FOLDER on the articles of
a public corpus as its authors publish it, or of a dataset folder, by the model of the package or FILE, which learned
nothing of them. Attributions are those that the package's model finds. Printed are macro F1 of the likelier label, and
precision and recall of the sentences and of the words that are told; a word counts as right inside a marked one.
"""

import argparse
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score

from sayso.classify.attribution.extractor import Candidate
from sayso.classify.language.article_tokens import view
from sayso.classify.linear.composed import BIAS, BiasModel
from sayso.classify.model_files.files import load
from sayso.classify.model_files.shipped import shipped_model
from sayso.classify.model_files.shipped_attributions import shipped_candidates
from sayso.classify.stance_bias.bias import BiasReader
from sayso.data.corpora.own import own_corpus
from sayso.data.corpora.registry import import_corpus
from sayso.data.datasets.build import read_labelled
from sayso.data.records import LabelledArticle, Sentence, Span
from sayso.train.folds.grouped import grouped_folds
from sayso.train.sentences.fit_bias import bias_rows, fit_bias

FOLDS, SEED, LABELS = 5, 0, ("biased", "neutral")


class Counts(Counter[str]):
    """Sentences and words: told, loaded, both; the labels of sentences, and the likelier ones."""

    def __init__(self) -> None:
        super().__init__()
        self.truth: list[str] = []
        self.likely: list[str] = []

    def add(self, sentence: Sentence, likely: str, told: Sequence[Span]) -> None:
        """Count a labelled sentence."""
        biased = sentence.bias == "biased"
        self.truth.append(sentence.bias or "")
        self.likely.append(likely)
        right = [any(span.start < mark.end and mark.start < span.end for mark in sentence.loaded) for span in told]
        found = [any(span.start < mark.end and mark.start < span.end for span in told) for mark in sentence.loaded]
        self.update(
            {
                "sentences": biased,
                "sentences told": bool(told),
                "sentences right": bool(told) and biased,
                "words": len(found),
                "words found": sum(found),
                "words told": len(told),
                "words right": sum(right),
            }
        )

    def lines(self) -> Iterable[str]:
        """Write out what was counted."""
        macro = f1_score(self.truth, self.likely, average="macro", zero_division=0.0)
        yield f"{len(self.truth)} sentences, {self['sentences']} biased; macro F1 of the likelier label {macro:.3f}"
        for what, found in (("sentences", "sentences right"), ("words", "words found")):
            told, right, n = self[f"{what} told"], self[f"{what} right"], self[what]
            yield (
                f"{what} told {told}, right {right}: precision {right / max(told, 1):.3f}, "
                f"recall {self[found] / max(n, 1):.3f} of {n}"
            )


def count(
    model: BiasModel, articles: Sequence[LabelledArticle], found: Sequence[Sequence[Candidate]], counts: Counts
) -> None:
    """Count what a model tells of articles."""
    reader = BiasReader.of(model)
    for labelled, candidates in zip(articles, found, strict=True):
        seen = view(labelled.article.text, [s.span for s in labelled.sentences])
        ((chances, words),) = reader.loaded_words([seen], [labelled.article.title], [candidates])
        for sentence, row, told in zip(labelled.sentences, chances, words, strict=True):
            if sentence.bias:
                counts.add(sentence, reader.labels[int(row.argmax())], told)


def by_folds(articles: Sequence[LabelledArticle], counts: Counts) -> None:
    """Count what models of the other articles tell of each."""
    found = shipped_candidates(articles)
    labels = np.array(["biased" if any(s.bias == "biased" for s in a.sentences) else "neutral" for a in articles])
    for train, test in grouped_folds(labels, np.arange(len(articles)), FOLDS, SEED):
        model = fit_bias(bias_rows([articles[i] for i in train], [found[i] for i in train]), LABELS, seed=SEED)
        count(model, [articles[i] for i in test], [found[i] for i in test], counts)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path)
    parser.add_argument("--corpus")
    parser.add_argument("--model", type=Path)
    asked = parser.parse_args()
    counts = Counts()
    if asked.folder is None:
        by_folds([a for a in own_corpus() if any(s.bias for s in a.sentences)], counts)
    else:
        articles = import_corpus(asked.corpus, asked.folder) if asked.corpus else read_labelled([asked.folder])
        model = load(asked.model or shipped_model(BIAS))
        count(model, articles, shipped_candidates(articles), counts)
    print("\n".join(counts.lines()))


if __name__ == "__main__":
    main()
