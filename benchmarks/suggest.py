"""Does choosing sentences save labels? Learning curves on the own corpus, sentence by sentence.

    python benchmarks/suggest.py [--seeds 5] [--most 1000] [--json]

For each seed 30 % of the articles are held out and score the models; the rest is a pool without labels. Every way starts
with the same 100 random sentences, a model learns from them, 100 more are chosen and their labels looked up, and so on.
The ways: `random` sentences; `articles` labelled whole, one after the other; `unsure`, the smallest margins alone; and
`suggest`, what `sayso data suggest` does. Sentences are described without attributions, which no label of theirs gives.
"""

import argparse
import json
from collections.abc import Callable

import numpy as np
from joblib import Parallel, delayed
from threadpoolctl import threadpool_limits

from sayso.classify.linear.label_pairs import combine
from sayso.classify.queue.choose import choose, margins
from sayso.data.arrays import Ints
from sayso.data.corpora.own import own_corpus
from sayso.train.measures.scores import score
from sayso.train.sentences.rows import Rows, voice_rows
from sayso.train.tasks.registry import TASKS

START, STEP, PER_ARTICLE = 100, 100, 3
COLUMNS = ("kind", "source_type")
Way = Callable[[np.ndarray, list[str], Ints, Ints, np.random.Generator], list[int]]


def by_random(chances: np.ndarray, texts: list[str], articles: Ints, pool: Ints, rng: np.random.Generator) -> list[int]:
    return rng.permutation(len(pool))[:STEP].tolist()


def by_article(chances: np.ndarray, texts: list[str], articles: Ints, pool: Ints, rng: np.random.Generator) -> list[int]:
    order = np.random.default_rng(0).permutation(int(articles.max()) + 1)  # the same at every step: begun articles first
    return sorted(range(len(pool)), key=lambda i: (order[articles[i]], i))[:STEP]


def by_margin(chances: np.ndarray, texts: list[str], articles: Ints, pool: Ints, rng: np.random.Generator) -> list[int]:
    return np.argsort(margins(chances), kind="stable")[:STEP].tolist()


def by_suggestion(chances: np.ndarray, texts: list[str], articles: Ints, pool: Ints, rng: np.random.Generator) -> list[int]:
    return choose(chances, texts, articles, STEP, per_article=PER_ARTICLE)


WAYS: dict[str, Way] = {"random": by_random, "articles": by_article, "unsure": by_margin, "suggest": by_suggestion}


def curve(name: str, column: str, rows: Rows, texts: list[str], seed: int, most: int) -> list[float]:
    """Label more and more of the pool by one way; give the macro F1 on held-out articles after each step."""
    rng = np.random.default_rng(seed)
    articles = rng.permutation(np.unique(rows.groups))
    held_out = np.isin(rows.groups, articles[: round(0.3 * len(articles))])
    test, free = np.flatnonzero(held_out), np.flatnonzero(~held_out)
    labelled = rng.permutation(free)[:START]
    task, found = TASKS[column], []
    truth = np.array([task.label(str(x)) for x in rows.labels[test]])
    while True:
        with threadpool_limits(1):
            model = task.fit(rows.take(labelled), calibrated=False)
        predicted = task.predict(model, rows.take(test))
        found.append(score(truth, predicted, rows.groups[test]).macro_f1)
        if len(labelled) >= most:
            return found
        pool = np.setdiff1d(free, labelled)
        chances = combine(model.outputs([rows.features[i] for i in pool])).sum(axis=2 if column == "kind" else 1)
        chosen = WAYS[name](chances, [texts[i] for i in pool], rows.groups[pool], pool, rng)
        labelled = np.concatenate([labelled, pool[chosen]])


def reached(curves: np.ndarray, goal: float) -> int | None:
    """Give how many labels it takes until the mean curve is at the goal."""
    steps = np.flatnonzero(curves.mean(axis=0) >= goal)
    return START + STEP * int(steps[0]) if len(steps) else None


def summary(curves: dict[str, np.ndarray]) -> dict[str, object]:
    goal = float(curves["random"].mean(axis=0)[-1])
    out: dict[str, object] = {"goal: what random order ends at": round(goal, 4)}
    for name, of in curves.items():
        gain = (of - curves["random"]).mean(axis=1)  # over the whole curve, seed by seed
        out[name] = {
            "macro_f1": [round(float(x), 4) for x in of.mean(axis=0)],
            "above random, mean over the curve": round(float(gain.mean()), 4),
            "standard error over seeds": round(float(gain.std(ddof=1) / np.sqrt(len(gain))), 4),
            "labels to the goal": reached(of, goal),
        }
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5)
    parser.add_argument("--most", type=int, default=1000)
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    articles = own_corpus()
    rows = voice_rows(articles, [[] for _ in articles])
    texts = [s.span.of(a.article.text) for a in articles for s in a.sentences if s.kind and s.source_type]
    out = {}
    for column in COLUMNS:
        jobs = [delayed(curve)(name, column, rows, texts, seed, args.most) for name in WAYS for seed in range(args.seeds)]
        found = np.array(Parallel(n_jobs=args.jobs)(jobs)).reshape(len(WAYS), args.seeds, -1)
        out[column] = summary(dict(zip(WAYS, found, strict=True)))
    print(json.dumps(out, indent=1))


if __name__ == "__main__":
    main()
