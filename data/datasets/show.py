"""What is in a labelled dataset: counts, examples and rates."""

import math
from collections.abc import Iterator, Sequence
from typing import Any

from ..records import LabelledArticle, Sentence
from ..rows.suggestions import is_suggestion
from .build import counted
from .rates import label_counts, rates

_MOST = 50
Rows = list[tuple[str, ...]]
Table = tuple[tuple[str, ...], Rows]
"""Names of columns, and rows."""


def describe(articles: Sequence[LabelledArticle], n_examples: int = 0, *, with_rates: bool = False) -> dict[str, Any]:
    """Describe labelled articles as plain values.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    n_examples : int, default=0
        Sentences shown for each label, evenly drawn from first to last.
    with_rates : bool, default=False
        Add the figures of `rates`.
    """
    labels = {**label_counts(articles), **_extra_counts(articles)}
    found: dict[str, Any] = {
        "n_articles": len(articles),
        "n_sentences": sum(len(a.sentences) for a in articles),
        "labels": {task: counts for task, counts in labels.items() if counts},
        "articles": [_article(a) for a in articles],
    }
    if n_examples:
        found["examples"] = {
            task: {label: _examples(articles, task, label, n_examples) for label in counts}
            for task, counts in found["labels"].items()
        }
    if with_rates:
        found["rates"] = {name: None if math.isnan(rate) else rate for name, rate in rates(articles).items()}
    return found


def as_tables(found: dict[str, Any], n_articles: int = 10) -> Iterator[tuple[str, Table]]:
    """Give what `describe` found as tables with their titles.

    Parameters
    ----------
    found : dict
    n_articles : int, default=10
        How many articles are listed, longest first.
    """
    n, total = found["n_articles"], found["n_sentences"]
    rows: Rows = [
        (task, label, f"{count:,}", f"{count / sum(counts.values()):.1%}")
        for task, counts in found["labels"].items()
        for label, count in _shown(counts).items()
    ]
    yield f"{counted(total, 'sentence')} in {counted(n, 'article')}", (("task", "label", "n", "share"), rows)
    longest = sorted(found["articles"], key=lambda a: -int(a["sentences"]))[:n_articles]
    yield (
        f"articles, the {len(longest)} longest" if n > len(longest) else "articles",
        (
            ("article", "split", "sentences", "words", "attributions", "kinds"),
            [
                (
                    *(str(a[key]) for key in ("article", "split", "sentences", "words", "attributions")),
                    _short(a),
                )
                for a in longest
            ],
        ),
    )
    for task, by_label in found.get("examples", {}).items():
        sentences: Rows = [(label, text) for label, texts in by_label.items() for text in texts]
        yield f"examples of {task}", (("label", "sentence"), sentences)
    if "rates" in found:
        figures: Rows = [(name, _figure(value)) for name, value in found["rates"].items()]
        yield "rates", (("rate", "value"), figures)


def _shown(counts: dict[str, int]) -> dict[str, int]:
    """Give counts to show; of a column with very many labels, such as numbers, how many there are."""
    return counts if len(counts) <= _MOST else {f"({len(counts):,} different)": sum(counts.values())}


def _article(labelled: LabelledArticle) -> dict[str, Any]:
    text = labelled.article.text
    return {
        "article": labelled.article.id,
        "split": labelled.meta.get("split", "train"),
        "sentences": len(labelled.sentences),
        "words": sum(len(s.span.of(text).split()) for s in labelled.sentences),
        "attributions": sum(len(s.attributions) for s in labelled.sentences),
        "kinds": label_counts([labelled])["kind"],
    }


def _extra_counts(articles: Sequence[LabelledArticle]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for _, s in _sentences(articles):
        for name, label in ((n, x) for n, x in s.extra.items() if not is_suggestion(n)):
            of = counts.setdefault(name, {})
            of[label] = of.get(label, 0) + 1
    return {name: dict(sorted(of.items(), key=lambda item: -item[1])) for name, of in sorted(counts.items())}


def _sentences(articles: Sequence[LabelledArticle]) -> Iterator[tuple[LabelledArticle, Sentence]]:
    return ((a, s) for a in articles for s in a.sentences)


def _examples(articles: Sequence[LabelledArticle], task: str, label: str, n: int) -> list[str]:
    fitting = [s.span.of(a.article.text) for a, s in _sentences(articles) if _has(s, task, label)]
    step = max(len(fitting) / n, 1)
    return [" ".join(fitting[int(i * step)].split()) for i in range(min(n, len(fitting)))]


def _has(s: Sentence, task: str, label: str) -> bool:
    if task == "stance":
        return label in s.stance.values()
    if task in ("kind", "source_type", "bias"):
        return bool(getattr(s, task) == label)
    return s.extra.get(task) == label


def _short(article: dict[str, Any]) -> str:
    return " ".join(f"{kind}:{n}" for kind, n in article["kinds"].items())


def printable(text: str) -> str:
    """Return a text on one line, without what would steer a terminal."""
    return "".join(c if c.isprintable() else "�" for c in " ".join(text.split()))


def _figure(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"
