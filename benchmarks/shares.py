"""How well corrected shares and their intervals hold, in simulation and on real news.

    python benchmarks/shares.py coverage [--trials 400] [--outputs FILE.npz]
    python benchmarks/shares.py real SHARED [--models FOLDER]

``coverage`` fits on the project's corpus (two minutes; FILE.npz keeps what comes out), and draws from its out-of-fold
predictions, again and again: 280 articles to measure the errors on, and 20, 50 or 100 articles to count, with
replacement, whose sentences are thinned by label until the shares are others. Printed is how many of the 95 % intervals
hold the true share, by label, and the mean distance of counted and corrected shares from it.

``real`` counts and corrects the labels of gold-dev and of PolNeAR's dev part by each of the sets of errors that the voice
model knows, and prints the mean distance from the true shares.
"""

import argparse
import importlib.util
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from threadpoolctl import threadpool_limits

from sayso.classify.annotation.annotator import Annotator
from sayso.classify.attribution.extractor import AttributionModel, Extractor
from sayso.classify.linear.label_pairs import combine, kind_and_type
from sayso.classify.linear.quantification import HeldOutLabels, adjusted_shares, estimate_shares, measure_errors
from sayso.classify.model_files.files import SentenceModel, load
from sayso.classify.model_files.shipped import shipped_model
from sayso.classify.speakers.prevalence import LABELS
from sayso.data.arrays import Bools, Floats64, Ints, Strings
from sayso.data.corpora.own import own_corpus
from sayso.data.corpora.polnear.corpus import read_polnear
from sayso.data.corpora.polnear.kinds import label_article
from sayso.data.records import Article
from sayso.train.attribution.fit import fit_attribution
from sayso.train.sentences.fit_voice import fit_voice_held_out
from sayso.train.sentences.rows import voice_rows

_COUNTED = (20, 50, 100)  # articles
_SHIFTS = 4
_RARE = 0.02  # no label is thinned to less than this share of its most frequent one


class Sentences(NamedTuple):
    """Held-out predictions of one column, in the order of their articles."""

    labels: tuple[str, ...]
    truth: Ints
    given: Ints
    chances: Floats64
    article: Ints


def held_out(cache: Path | None) -> tuple[Strings, Floats64, Ints]:
    """Give true pairs, out-of-fold outputs and article numbers of the project's corpus."""
    if cache is not None and cache.exists():
        with np.load(cache) as kept:
            n = int(kept["n_own"])
            return kept["labels"][:n], kept["outputs"][:n], kept["groups"][:n]
    own = own_corpus()
    with threadpool_limits(1):
        rows = voice_rows(own, fit_attribution(own, seed=0).out_of_fold)
        _, outputs = fit_voice_held_out(rows, seed=0)
    if cache is not None:
        np.savez(cache, labels=rows.labels, outputs=outputs, groups=rows.groups, n_own=len(rows.labels))
    return rows.labels, outputs, rows.groups


def columns_of(pairs: Strings, outputs: Floats64, groups: Ints) -> Iterator[tuple[str, Sentences]]:
    """Part the predictions of pairs into those of kind and of source type."""
    chances = combine(outputs)
    given = kind_and_type(chances)
    _, article = np.unique(groups, return_inverse=True)
    order = np.argsort(article, kind="stable")
    true = np.array([pair.split("/") for pair in pairs])
    for i, (column, labels) in enumerate(LABELS.items()):
        truth = np.array([labels.index(x) for x in true[:, i]])
        shares = chances.sum(axis=2 - i)
        yield column, Sentences(labels, truth[order], given[i][order], shares[order], article[order])


def coverage(cache: Path | None, trials: int) -> None:
    """Print how often the intervals hold."""
    for column, sentences in columns_of(*held_out(cache)):
        base = np.bincount(sentences.truth, minlength=len(sentences.labels)) / len(sentences.truth)
        rng = np.random.default_rng(5)
        rates = [base, *rng.dirichlet(np.full(len(base), 1.5), _SHIFTS)]
        for n_articles in _COUNTED:
            for wanted in rates:
                keep = np.maximum(wanted / base / (wanted / base).max(), _RARE)
                simulate(column, sentences, base * keep / (base * keep).sum(), keep, n_articles, trials)


def simulate(column: str, s: Sentences, true: Floats64, keep: Floats64, n_articles: int, trials: int) -> None:
    """Draw articles again and again, and print what the estimates are worth."""
    rng = np.random.default_rng(1)
    errors = measure_errors("", column, s.labels, HeldOutLabels(s.truth, s.given, s.chances, s.article))
    starts = np.searchsorted(s.article, np.arange(s.article[-1] + 2))
    covered: dict[str, list[Bools]] = {"adjusted": [], "probabilistic": []}
    distance: dict[str, list[float]] = {"counted": [], "adjusted": [], "probabilistic": []}
    n_sentences = 0
    for _ in range(trials):
        measured = rng.integers(0, len(errors.given), len(errors.given))
        counted = np.array([thinned(s, starts, a, keep, rng) for a in rng.integers(0, len(starts) - 1, n_articles)])
        n_sentences += int(counted[:, 0].sum())
        total = counted[:, 0].sum(axis=0)
        distance["counted"].append(np.abs(total / total.sum() - true).mean())
        for part, (way, known) in enumerate((("adjusted", errors.given), ("probabilistic", errors.chances))):
            estimate = adjusted_shares(counted[:, part], known[measured])
            distance[way].append(np.abs(estimate.shares - true).mean())
            if estimate.low is not None and estimate.high is not None:
                covered[way].append((estimate.low <= true) & (true <= estimate.high))
    print(f"{column}, {n_articles} articles, {n_sentences // trials} sentences, {trials} draws")
    print("  true shares          ", *(f"{100 * x:5.1f}" for x in true))
    for way, held in covered.items():
        print(
            f"  {way:13} holds %  ", *(f"{100 * x:5.1f}" for x in np.mean(held, axis=0)), f"  mean {100 * np.mean(held):.1f}"
        )
    print("  mean distance, points", *(f"{way} {100 * np.mean(found):.2f}" for way, found in distance.items()), flush=True)


def thinned(s: Sentences, starts: Ints, article: int, keep: Floats64, rng: np.random.Generator) -> Floats64:
    """Give labels counted and chances summed of one article, of each label only some sentences."""
    index = np.arange(starts[article], starts[article + 1])
    index = index[rng.random(len(index)) < keep[s.truth[index]]]
    return np.stack([np.bincount(s.given[index], minlength=len(keep)), s.chances[index].sum(axis=0)])


def real(shared: Path, models: Path | None) -> None:
    """Print how near to the truth counted and corrected shares are."""
    paths = [models / f"{name}.sayso" if models else shipped_model(name) for name in ("attribution", "voice")]
    attribution, voice = (load(path) for path in paths if path is not None)
    if not isinstance(attribution, AttributionModel) or not isinstance(voice, SentenceModel):
        sys.exit("these are not an attribution and a voice model.")
    annotator = Annotator(voice=voice, extractor=Extractor.of(attribution))
    for name, articles in (("gold-dev", gold(shared)), ("PolNeAR dev", polnear(shared))):
        rows = list(matched(annotator, articles))
        for column, labels in LABELS.items():
            compare(name, column, labels, rows, voice)


def gold(shared: Path) -> Iterator[tuple[str, str, dict[int, tuple[str, str]]]]:
    """Yield id, text, and true labels by where the sentence begins."""
    spec = importlib.util.spec_from_file_location("score_gold", shared / "tools" / "score_gold.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{shared}: no tools/score_gold.py in it.")
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    texts, labels = scorer.load(shared / "gold-dev")
    for article, (text, spans) in texts.items():
        own = [row for row in labels if row["article_id"] == article]
        yield article, text, {spans[row["n"]][0]: (row["kind"], row["source_type"]) for row in own}


def polnear(shared: Path) -> Iterator[tuple[str, str, dict[int, tuple[str, str]]]]:
    """Yield the same of PolNeAR's dev part, whose labels come from the table of ours."""
    for raw in read_polnear(shared / "corpora" / "polnear" / "data" / "dev", lambda _: None):
        labelled = label_article(raw)
        known = {s.span.start: (s.kind, s.source_type) for s in labelled.sentences if s.kind and s.source_type}
        yield labelled.article.id, labelled.article.text, known


def matched(annotator: Annotator, articles: Iterable[tuple[str, str, dict[int, tuple[str, str]]]]) -> Iterator[Any]:
    """Yield article number, true labels and annotation of every sentence that is cut alike."""
    for number, (name, text, known) in enumerate(articles):
        for a in annotator.annotate(Article(name, text)):
            if a.span.start in known:
                yield number, known[a.span.start], a


def compare(name: str, column: str, labels: tuple[str, ...], rows: Sequence[Any], voice: SentenceModel) -> None:
    """Print true, counted and corrected shares of one column."""
    i = list(LABELS).index(column)
    articles = np.array([number for number, _, _ in rows])
    truth = np.array([labels.index(pair[i]) for _, pair, _ in rows])
    given = np.array([labels.index((a.kind, a.source_type)[i]) for _, _, a in rows])
    chances = np.array([[(a.kind_scores, a.source_type_scores)[i][label] for label in labels] for _, _, a in rows])
    counted = measure_errors("", column, labels, HeldOutLabels(truth, given, chances, articles), most=len(rows))
    true = np.bincount(truth, minlength=len(labels)) / len(truth)
    print(f"{name}, {column}: {len(rows)} sentences in {len(counted.given)} articles; shares in per cent")
    print(f"  {'':40}", *(f"{label[:7]:>7}" for label in labels), " distance")
    raw = counted.given.sum(axis=(0, 1)) / len(rows)
    lines = [("true", true), ("counted", raw)]
    for errors in [e for e in voice.errors if e.column == column]:
        shares = estimate_shares(column, labels, counted.given.sum(axis=1), counted.chances.sum(axis=1), errors)
        for way in ("adjusted", "probabilistic"):
            estimate = getattr(shares, way)
            held = int(((estimate.low <= true) & (true <= estimate.high)).sum())
            lines.append((f"{way}, {errors.data} ({held} of {len(labels)} held)", estimate.shares))
    for line, shares in lines:
        print(
            f"  {line:40}", *(f"{100 * x:7.1f}" for x in shares), f"  {100 * np.abs(shares - true).mean():.2f}", flush=True
        )


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parts = parser.add_subparsers(dest="part", required=True)
    simulated = parts.add_parser("coverage")
    simulated.add_argument("--trials", type=int, default=400)
    simulated.add_argument("--outputs", type=Path, help="file that keeps the out-of-fold outputs")
    measured = parts.add_parser("real")
    measured.add_argument("shared", type=Path)
    measured.add_argument("--models", type=Path, help="folder with attribution.sayso and voice.sayso")
    given = parser.parse_args(arguments)
    if given.part == "coverage":
        coverage(given.outputs, given.trials)
    else:
        real(given.shared, given.models)


if __name__ == "__main__":
    main()
