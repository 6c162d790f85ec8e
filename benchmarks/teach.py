"""Compare ways to teach kinds and source types: what labels are worth, by how they differ from the package's model.

    python benchmarks/teach.py PolNeAR/data/dev [--draws 3]

PolNeAR's dev part, which no model of the package has seen, is labelled by our table, and relabelled as somebody with
another scheme would (`SCHEMES`). Of some articles, some sentences are learned from; all others are scored: macro F1 of
kind and of source type, means of the draws. The ways: the package's model as it is; the labels alone, as
``sayso train kind`` learns; our corpus with the labels, which count five times; the package's model adapted to the
labels, as teaching does.
"""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score
from threadpoolctl import threadpool_limits

from sayso.classify.linear.label_pairs import PAIRED, combine, kind_and_type
from sayso.classify.model_files.shipped_attributions import shipped_candidates
from sayso.data.arrays import Floats64, Strings
from sayso.data.corpora.own import own_corpus
from sayso.data.corpora.polnear.corpus import read_polnear
from sayso.data.corpora.polnear.kinds import label_article
from sayso.data.scheme import KINDS, SOURCE_TYPES, SOURCE_TYPES_OF
from sayso.train.sentences.adapt import AdaptedRows, adapt
from sayso.train.sentences.fit_voice import fit_rows
from sayso.train.sentences.rows import Rows, voice_rows
from sayso.train.tasks.adapted import PACKAGE, AdaptedTask, adapted_from
from sayso.train.tasks.outputs import paired_labels

SIZES = ((6, 10), (30, 10), (42, 25))
"""Articles, and sentences of each, that are learned from."""
WEIGHT = 5.0  # of a person's label beside one of our corpus
Scheme = Callable[[str, str, Mapping[str, float]], tuple[str, str]]


def moved(source_type: str, other: str) -> Scheme:
    """Count the sources of one type as those of another; the kind follows."""

    def scheme(kind: str, given: str, _: Mapping[str, float]) -> tuple[str, str]:
        if given != source_type:
            return kind, given
        return next((k for k in KINDS[1:] if kind != "quote" and other in SOURCE_TYPES_OF[k]), kind), other

    return scheme


def mostly_quoted(kind: str, source_type: str, features: Mapping[str, float]) -> tuple[str, str]:
    """Take a sentence for a quote only if three quarters of it stand in quotation marks."""
    if kind != "quote" or features.get("quoted share", 0.0) >= 0.75:
        return kind, source_type
    return next(k for k in KINDS[1:] if source_type in SOURCE_TYPES_OF[k]), source_type


def politicians_are_nobody(kind: str, source_type: str, _: Mapping[str, float]) -> tuple[str, str]:
    """Take what politicians are said to say for the outlet's own."""
    return ("narrative", "none") if (kind, source_type) == ("official_claim", "political") else (kind, source_type)


SCHEMES: Mapping[str, Scheme] = {
    "the same": lambda kind, source_type, _: (kind, source_type),
    "politicians are individuals": moved("political", "individual"),
    "experts are organisations": moved("expert", "organisation"),
    "quotes are mostly quoted": mostly_quoted,
    "politicians' claims are narrative": politicians_are_nobody,
}


def main() -> None:
    """Print the table."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("polnear", type=Path)
    options.add_argument("--draws", type=int, default=3)
    given = options.parse_args()
    with threadpool_limits(1):
        articles = [label_article(a) for a in read_polnear(given.polnear, print)]
        task = adapted_from(PACKAGE, "kind")
        rows = task.rows(articles, shipped_candidates(articles))
        rows = rows.take(np.flatnonzero([all(label.split("/")) for label in rows.labels]))
        own = own_corpus()
        own_rows = voice_rows(own, shipped_candidates(own))
        print("scheme\tlabels\tpackage\tlabels alone\tour corpus and labels\tadapted")
        for name, labels in (("the model's own labels", said_by(rows)), *relabelled(rows)):
            for n_articles, n_each in SIZES:
                draws = [drawn(rows, n_articles, n_each, seed) for seed in range(given.draws)]
                found = [scores(task, replace(rows, labels=labels), own_rows, *draw) for draw in draws]
                cells = ["/".join(f"{x:.3f}" for x in way) for way in np.mean(found, axis=0)]
                print("\t".join([name, str(n_articles * n_each), *cells]), flush=True)


def said_by(rows: AdaptedRows) -> Strings:
    """Label as the package's model does."""
    kinds, types = kind_and_type(combine(rows.base))
    return np.array([f"{KINDS[k]}/{SOURCE_TYPES[t]}" for k, t in zip(kinds, types, strict=True)])


def relabelled(rows: AdaptedRows) -> list[tuple[str, Strings]]:
    """Give the labels of each scheme."""
    pairs = [label.split("/") for label in rows.labels]
    return [
        (name, np.array(["/".join(scheme(*pair, row)) for pair, row in zip(pairs, rows.features, strict=True)]))
        for name, scheme in SCHEMES.items()
    ]


def drawn(rows: Rows, n_articles: int, n_each: int, seed: int) -> tuple[np.ndarray, np.ndarray]:
    """Draw articles and sentences to learn from; the sentences of all other articles are scored."""
    rng = np.random.default_rng(seed)
    articles = rng.choice(np.unique(rows.groups), n_articles, replace=False)
    learned = [rng.permutation(np.flatnonzero(rows.groups == article))[:n_each] for article in articles]
    return np.concatenate(learned), np.flatnonzero(~np.isin(rows.groups, articles))


def scores(task: AdaptedTask, rows: AdaptedRows, own: Rows, learned: np.ndarray, scored: np.ndarray) -> list[list[float]]:
    """Score each way: macro F1 of kind and of source type."""
    train, test = rows.take(learned), rows.take(scored)
    plain = Rows(train.features, train.labels, train.groups, train.weights)
    both = own + replace(plain, weights=plain.weights * WEIGHT)
    taught = adapt(task.base, train)
    outputs = [
        test.base,
        fit_rows(plain).outputs(test.features),
        fit_rows(both).outputs(test.features),
        test.base + taught.outputs(test.features) - task.base.outputs(test.features),
    ]
    return [[macro(test.labels, out, column) for column in PAIRED] for out in outputs]


def macro(labels: Strings, outputs: Floats64, column: str) -> float:
    """Give macro F1 over the labels that occur."""
    truth = np.array([label.split("/")[column == "source_type"] for label in labels])
    found = paired_labels(outputs, column)
    return float(f1_score(truth, found, labels=np.unique(truth), average="macro", zero_division=0.0))


if __name__ == "__main__":
    main()
