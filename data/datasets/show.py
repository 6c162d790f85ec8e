"""What is in a labelled dataset: counts and examples."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from ..display import Rows, Table, sentences_in_articles
from ..records import LabelledArticle, Sentence, label_of
from ..rows.suggestions import own_labels
from .tally import count_labels

_MOST_LABELS = 50
"""Of a column with more different labels, such as numbers, the table says only how many there are."""


def describe(articles: Sequence[LabelledArticle], n_examples: int = 0) -> dict[str, Any]:
    """Describe labelled articles as plain values.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    n_examples : int, default=0
        Sentences shown for each label, evenly drawn from first to last.
    """
    labels = {**label_counts(articles), **_own_label_counts(articles)}
    described: dict[str, Any] = {
        "n_articles": len(articles),
        "n_sentences": sum(len(a.sentences) for a in articles),
        "labels": {task: counts for task, counts in labels.items() if counts},
        "articles": [_article(a) for a in articles],
    }
    if n_examples:
        described["examples"] = {
            task: {label: _examples(articles, task, label, n_examples) for label in counts}
            for task, counts in described["labels"].items()
        }
    return described


def label_counts(articles: Iterable[LabelledArticle]) -> dict[str, dict[str, int]]:
    """Count the labels of each task, most frequent first."""
    counts = count_labels(s for a in articles for s in a.sentences)
    return {task: dict(of_task.most_common()) for task, of_task in counts.items()}


def _own_label_counts(articles: Sequence[LabelledArticle]) -> dict[str, dict[str, int]]:
    """Count the labels of the user's own columns, most frequent first."""
    counts: dict[str, Counter[str]] = {}
    for _, s in _sentences(articles):
        for column, label in own_labels(s).items():
            counts.setdefault(column, Counter())[label] += 1
    return {column: dict(counts[column].most_common()) for column in sorted(counts)}


def _article(labelled: LabelledArticle) -> dict[str, Any]:
    text = labelled.article.text
    return {
        "article": labelled.article.id,
        "split": labelled.split,
        "sentences": len(labelled.sentences),
        "words": sum(len(s.span.of(text).split()) for s in labelled.sentences),
        "attributions": sum(len(s.attributions) for s in labelled.sentences),
        "kinds": label_counts([labelled])["kind"],
    }


def _sentences(articles: Sequence[LabelledArticle]) -> Iterator[tuple[LabelledArticle, Sentence]]:
    return ((a, s) for a in articles for s in a.sentences)


def _examples(articles: Sequence[LabelledArticle], task: str, label: str, n: int) -> list[str]:
    fitting = [s.span.of(a.article.text) for a, s in _sentences(articles) if _has(s, task, label)]
    step = max(len(fitting) / n, 1)
    return [" ".join(fitting[int(i * step)].split()) for i in range(min(n, len(fitting)))]


def _has(s: Sentence, task: str, label: str) -> bool:
    return label in s.stance.values() if task == "stance" else label_of(s, task) == label


def as_tables(described: dict[str, Any], n_articles: int = 10) -> Iterator[tuple[str, Table]]:
    """Give what `describe` returned as tables with their titles.

    Parameters
    ----------
    described : dict
    n_articles : int, default=10
        How many articles are listed, longest first.
    """
    labels: Rows = [
        (task, label, f"{count:,}", f"{count / sum(counts.values()):.1%}")
        for task, counts in described["labels"].items()
        for label, count in _shown(counts).items()
    ]
    title = sentences_in_articles(described["n_sentences"], described["n_articles"])
    yield title, (("task", "label", "n", "share"), labels)
    longest = sorted(described["articles"], key=lambda a: -int(a["sentences"]))[:n_articles]
    keys = ("article", "split", "sentences", "words", "attributions")
    yield (
        f"the {len(longest)} longest articles" if described["n_articles"] > len(longest) else "articles",
        ((*keys, "kinds"), [(*(str(a[key]) for key in keys), _kinds(a)) for a in longest]),
    )
    for task, by_label in described.get("examples", {}).items():
        sentences: Rows = [(label, text) for label, texts in by_label.items() for text in texts]
        yield f"examples of {task}", (("label", "sentence"), sentences)


def _shown(counts: dict[str, int]) -> dict[str, int]:
    """Give the counts to show: of very many labels only how many there are."""
    return counts if len(counts) <= _MOST_LABELS else {f"({len(counts):,} different)": sum(counts.values())}


def _kinds(article: dict[str, Any]) -> str:
    return " ".join(f"{kind}:{n}" for kind, n in article["kinds"].items())
