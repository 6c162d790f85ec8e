"""Set the rates of the own corpus beside those of real news.

    python benchmarks/corpus_rates.py SHARED_DIR

SHARED_DIR/gold-dev holds real articles with labels (SHARED_DIR/tools/score_gold.py lays them out as text), and
SHARED_DIR/articles/news-500.jsonl real articles without: there only what needs no label is measured, on
sentences found by sayso. Prints for each rate ours, both real ones and whether ours is within a third of
them: not below 2/3 of the lower one, nor above 4/3 of the higher one. Then the counts of our labels.
"""

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType

from sayso.data.articles.sentences import find_sentences
from sayso.data.corpora.own import own_corpus
from sayso.data.datasets.rates import label_counts, rates
from sayso.data.records import Article, Attribution, LabelledArticle, Sentence, Span

UNLABELLED = frozenset(
    {
        "articles",
        "sentences",
        "words a sentence, median",
        "words a sentence, spread",
        "sentences of 35 words or more",
        "begins inside a quotation",
        "sentences an article",
    }
)
"""What can be measured on articles without labels."""


def load_scorer(shared: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_gold", shared / "tools" / "score_gold.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{shared}: no tools/score_gold.py there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold(shared: Path) -> list[LabelledArticle]:
    """Return the real articles with labels; a cue is looked for in its sentence."""
    articles, labels = load_scorer(shared).load(shared / "gold-dev")
    result = []
    for name, (text, spans) in articles.items():
        rows = [row for row in labels if row["article_id"] == name]
        sentences = tuple(labelled(n, text, Span(*spans[row["n"]]), row) for n, row in enumerate(rows))
        result.append(LabelledArticle(Article(name, text), sentences))
    return result


def labelled(n: int, text: str, span: Span, row: dict[str, str]) -> Sentence:
    at = text.find(row["cue"], span.start, span.end) if row["cue"] else -1
    cue = Span(at, at + len(row["cue"])) if at >= 0 else None
    found = (Attribution(None, cue, (span,)),) if row["cue"] or row["source"] else ()
    return Sentence(n, span, row["kind"], row["source_type"], attributions=found)


def unlabelled(path: Path) -> list[LabelledArticle]:
    """Return real articles whose sentences have no labels."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        LabelledArticle(
            Article(row["id"], row["text"]),
            tuple(Sentence(n, span) for n, span in enumerate(find_sentences(row["text"]))),
        )
        for row in rows
    ]


def verdict(ours: float, real: list[float]) -> str:
    low, high = min(real) * 2 / 3, max(real) * 4 / 3
    return "" if low <= ours <= high else f"  OUT: {low:.3g} to {high:.3g}"


def main() -> None:
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    shared = Path(sys.argv[1])
    own = own_corpus()
    ours, real = rates(own), rates(gold(shared))
    news = rates(unlabelled(shared / "articles" / "news-500.jsonl"))
    print(f"{'':40} {'ours':>8} {'gold-dev':>8} {'news-500':>8}")
    for name, value in ours.items():
        theirs = [real[name]] + [news[name]] * (name in UNLABELLED)
        shown = f"{news[name]:8.3g}" if name in UNLABELLED else " " * 8
        counted = name in {"articles", "sentences"}
        print(f"{name:40} {value:8.4g} {real[name]:8.3g} {shown}" + ("" if counted else verdict(value, theirs)))
    print(json.dumps(label_counts(own), indent=1))


if __name__ == "__main__":
    main()
