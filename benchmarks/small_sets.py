"""Draw learning curves of small sets: what 100, 200, 400 and 800 labelled sentences of a corpus are worth.

    python benchmarks/small_sets.py CORPORA [--encoder NAME_OR_FOLDER] [--draws 5] [--picture FILE] [CORPUS …]

CORPORA holds the corpora as their authors publish them, a folder each. Beside ours stand a plain TF-IDF model and, with
an encoder, logistic regression of its vectors alone, all learned from the same sentences. Whole articles are drawn from
the training part, again and again; all are scored on the same articles, which are never drawn: the validation part
where the corpus has one (PART in the table: dev), else a fifth of the groups. Printed are macro F1, the mean of the
draws and their standard deviation, and the worst difference of the means: ours from the text less plain TF-IDF, and ours
with the encoder less its vectors alone. FILE (.png or .svg) gets a picture of all curves.

Every sentence is described once; a draw takes its rows.
"""

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from public_corpora import plain_model
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score
from threadpoolctl import threadpool_limits

from sayso.classify.model_files.shipped_attributions import shipped_candidates
from sayso.classify.wording.encoders import Encoder, load_encoder
from sayso.classify.wording.recipe import Setup
from sayso.data.arrays import Floats32, Ints, Strings
from sayso.data.corpora.registry import import_corpus
from sayso.data.records import LabelledArticle
from sayso.train.folds.cross_validation import article_groups
from sayso.train.tasks.labels import LabelTask
from sayso.train.tasks.registry import task_of
from sayso.train.wording.rows import TextRows

SIZES, SEED, TESTED = (100, 200, 400, 800), 0, 5
PLAIN, TEXT, VECTORS, ENCODER = "plain TF-IDF", "ours, text", "vectors alone", "ours, encoder"
Way = Callable[[Ints, Ints], Strings]
"""Learns from the first rows, and labels the second."""
Scores = dict[int, list[float]]
"""Macro F1 of every draw, by the number of sentences."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A column of a corpus; ``folder`` where it is not all of the corpus."""

    corpus: str
    column: str
    folder: str = ""

    @property
    def name(self) -> str:
        """What the table calls it."""
        return " ".join(filter(None, (self.corpus, self.folder)))


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


@dataclass(frozen=True, slots=True)
class Described:
    """The labelled sentences of a corpus, described once.

    Parameters
    ----------
    task : LabelTask
    rows : TextRows
    texts : list of str, length n_rows
    vectors : ndarray of shape (n_rows, n_dimensions), or None
    """

    task: LabelTask
    rows: TextRows
    texts: list[str]
    vectors: Floats32 | None

    def ways(self) -> dict[str, Way]:
        """Give every way of learning by its name."""
        found: dict[str, Way] = {PLAIN: self.plain, TEXT: lambda *sides: self.ours(0.0, *sides)}
        if self.vectors is not None:
            found |= {VECTORS: self.vectors_alone, ENCODER: lambda *sides: self.ours(1.0, *sides)}
        return found

    def ours(self, vectors: float, learned: Ints, tested: Ints) -> Strings:
        """Learn the column as `sayso train` does."""
        learner = self.task.learner
        task = replace(self.task, learner=learner.having(recipe=replace(learner.recipe, vectors=vectors)))
        return task.predict(task.fit(self.rows.take(learned), SEED), self.rows.take(tested))

    def plain(self, learned: Ints, tested: Ints) -> Strings:
        """Learn from words and pairs of words."""
        texts = np.array(self.texts, dtype=object)
        model = plain_model().fit(texts[learned], self.rows.labels[learned])
        return np.asarray(model.predict(texts[tested]), dtype=np.str_)

    def vectors_alone(self, learned: Ints, tested: Ints) -> Strings:
        """Learn from an encoder's vectors."""
        if self.vectors is None:
            raise ValueError("no encoder was given.")
        model = LogisticRegression(C=10, max_iter=1000, class_weight="balanced")
        model.fit(self.vectors[learned], self.rows.labels[learned])
        return np.asarray(model.predict(self.vectors[tested]), dtype=np.str_)


def described(
    articles: Sequence[LabelledArticle], pool: Sequence[LabelledArticle], column: str, encoder: Encoder | None
) -> Described:
    """Describe all labelled sentences, as the recipe for a small draw asks."""
    small = next((of for size in reversed(SIZES) if (of := drawn(pool, column, size, SEED))), list(pool))
    chosen = task_of(column, small)
    if chosen.recipe_line is None:
        raise TypeError(f"{column} is not learned by the text classifier.")
    task = task_of(column, articles, setup=Setup(encoder, recipe=chosen.learner.recipe))
    texts, _ = labels_of(articles, column)
    rows = task.rows(articles, shipped_candidates(articles))
    return Described(task, rows, texts, None if encoder is None else encoder.encode(texts))


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


def curve(measure: Measure, articles: Sequence[LabelledArticle], encoder: Encoder | None, draws: int) -> dict[str, Scores]:
    """Score every way at every size; print a line a size."""
    column = measure.column
    labelled = [a for a in articles if task_of(column, articles).answers(a)]
    pool, tested, part = parted(labelled)
    of, number = described(labelled, pool, column, encoder), {id(a): i for i, a in enumerate(labelled)}
    asked = rows_of(tested, number, of)
    truth = of.rows.labels[asked]
    labels = sorted(set(truth.tolist()))
    scores: dict[str, Scores] = {name: {} for name in of.ways()}
    for size in SIZES:
        chosen = [found for draw in range(draws) if (found := drawn(pool, column, size, SEED + draw))]
        for name, way in of.ways().items():
            judged = [way(rows_of(articles_of_draw, number, of), asked) for articles_of_draw in chosen]
            if judged:
                scores[name][size] = [
                    float(f1_score(truth, predicted, labels=labels, average="macro", zero_division=0.0))
                    for predicted in judged
                ]
        if chosen:
            cells = [f"{np.mean(sizes[size]):.3f} ± {np.std(sizes[size]):.3f}" for sizes in scores.values()]
            print("\t".join([measure.name, column, part, str(size), *cells]), flush=True)
    return scores


def rows_of(articles: Sequence[LabelledArticle], number: Mapping[int, int], of: Described) -> Ints:
    """Give the rows of articles."""
    return np.flatnonzero(np.isin(of.rows.groups, [number[id(a)] for a in articles]))


def worst(scores: Mapping[str, Scores], ours: str, other: str) -> str:
    """Tell where ours is least above another way."""
    margins = {size: float(np.mean(scores[ours][size]) - np.mean(scores[other][size])) for size in scores[ours]}
    size = min(margins, key=lambda one: margins[one])
    return f"{ours} less {other}: {margins[size]:+.3f} at the least, with {size} sentences"


def draw_picture(curves: Mapping[str, Mapping[str, Scores]], path: Path) -> None:
    """Draw all curves, a panel a measure, into a file."""
    import matplotlib as mpl

    mpl.use("agg")
    from matplotlib import pyplot as plt

    wide = min(len(curves), 4)
    figure, panels = plt.subplots(-(-len(curves) // wide), wide, figsize=(3.2 * wide, 2.8 * -(-len(curves) // wide)))
    flat = np.atleast_1d(panels).ravel()
    styles = {PLAIN: ("0.45", ":"), VECTORS: ("0.45", "--"), TEXT: ("tab:blue", "-"), ENCODER: ("tab:red", "-")}
    for panel, (title, scores) in zip(flat, curves.items(), strict=False):
        for name, sizes in scores.items():
            colour, line = styles[name]
            means = [float(np.mean(of)) for of in sizes.values()]
            panel.errorbar([*sizes], means, [float(np.std(of)) for of in sizes.values()], color=colour, ls=line, label=name)
        panel.set(title=title, xscale="log", xticks=SIZES, xticklabels=SIZES)
        panel.title.set_fontsize(8)
        panel.minorticks_off()
    for panel in flat[len(curves) :]:
        panel.axis("off")
    flat[0].legend(fontsize=7)
    figure.supxlabel("labelled sentences")
    figure.supylabel("macro F1")
    figure.tight_layout()
    figure.savefig(path, dpi=120)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("corpora", nargs="*")
    parser.add_argument("--encoder")
    parser.add_argument("--draws", type=int, default=5)
    parser.add_argument("--picture", type=Path)
    asked = parser.parse_intermixed_args()
    encoder = load_encoder(asked.encoder) if asked.encoder else None
    names = [PLAIN, TEXT, *([VECTORS, ENCODER] if encoder else [])]
    print("\t".join(["corpus", "column", "PART", "sentences", *names]), flush=True)
    curves: dict[str, dict[str, Scores]] = {}
    for measure in MEASURES:
        if asked.corpora and measure.corpus not in asked.corpora and measure.folder not in asked.corpora:
            continue
        articles = import_corpus(measure.corpus, asked.folder / measure.corpus / measure.folder)
        with threadpool_limits(1):  # the same sums, whatever the machine
            curves[f"{measure.name}, {measure.column}"] = curve(measure, articles, encoder, asked.draws)
    for title, scores in curves.items():
        pairs = [(TEXT, PLAIN), *([(ENCODER, VECTORS)] if encoder else [])]
        print(f"{title}: {'; '.join(worst(scores, *pair) for pair in pairs if scores[TEXT])}")
    if asked.picture:
        draw_picture(curves, asked.picture)


if __name__ == "__main__":
    main()
