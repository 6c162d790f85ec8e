"""Set the rates of the own corpus beside those of real news.

    python benchmarks/corpus_rates.py SHARED_DIR

SHARED_DIR/gold-dev holds real articles with labels (SHARED_DIR/tools/score_gold.py lays them out as text), and
SHARED_DIR/articles/news-500.jsonl real articles without: there only what needs no label is measured, on
sentences found by sayso. Prints for each rate ours, both real ones and whether ours is within a third of
them: not below 2/3 of the lower one, nor above 4/3 of the higher one. Then the counts of our labels.
"""

import importlib.util
import json
import re
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import groupby, pairwise
from pathlib import Path
from statistics import mean, median, pstdev
from types import ModuleType

from sayso.data.articles.quotation_marks import quotations
from sayso.data.articles.sentences import find_sentences
from sayso.data.corpora.own import own_corpus
from sayso.data.datasets.show import label_counts
from sayso.data.lexicon import load_cues
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
WORD = re.compile(r"\w+(?:[’'-]\w+)*")
SAY = frozenset({"say", "says", "said", "saying"})


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


def rates(articles: Sequence[LabelledArticle]) -> dict[str, float]:
    """Measure a labelled corpus: parts of 1, lengths in words; nan where nothing can be counted."""
    pairs = [(a, s) for a in articles for s in a.sentences]
    n_words = [len(WORD.findall(s.span.of(a.article.text))) for a, s in pairs]
    free = [(a, s) for a, s in pairs if s.source_type == "none"]
    runs = [r for a in articles for r in runs_of([s.source_type == "none" for s in a.sentences])]
    quotes = [s for _, s in pairs if s.kind == "quote"]
    neighbours = [(x, y) for a in articles for x, y in pairwise(a.sentences)]
    cues = cues_of(articles)
    return {
        "articles": len(articles),
        "sentences": len(pairs),
        "words a sentence, median": median(n_words) if n_words else float("nan"),
        "words a sentence, spread": pstdev(n_words) if n_words else float("nan"),
        "sentences of 35 words or more": mean_of(n >= 35 for n in n_words),
        "unattributed sentences": len(free) / max(len(pairs), 1),
        "unattributed in a row, mean": mean_of(runs),
        "unattributed in a row, longest": max(runs, default=0),
        "unattributed with a cue-like word": mean_of(has_cue_word(s.span.of(a.article.text)) for a, s in free),
        "quotes": mean_of(s.kind == "quote" for _, s in pairs),
        "a quote follows a quote": mean_of(y.kind == "quote" for x, y in neighbours if x.kind == "quote"),
        "begins inside a quotation": mean_of(inside for a in articles for inside in begin_inside(a)),
        "quotes without a cue in the sentence": mean_of(not any(a.cue for a in s.attributions) for s in quotes),
        "same kind as the sentence before": mean_of(x.kind == y.kind for x, y in neighbours),
        "forms of say among cues": mean_of(bool(SAY & set(cue.split())) for cue in cues),
        "different cues in 150": distinct_in_150(cues),
        "sentences an article": mean_of(len(a.sentences) for a in articles),
        "source types an article": mean_of(len({s.source_type for s in a.sentences} - {"none", None}) for a in articles),
    }


def has_cue_word(text: str) -> bool:
    """Tell whether a word stands in the text that marks an attribution elsewhere."""
    return any(word.lower() in cue_words() for word in WORD.findall(text))


@cache
def cue_words() -> frozenset[str]:
    kept = (c for c in load_cues() if c.group not in {"silent", "deed", "prep"})
    return frozenset(form for c in kept for form in c.forms if " " not in form)


def cues_of(articles: Iterable[LabelledArticle]) -> list[str]:
    return [x.cue.of(a.article.text).lower() for a in articles for s in a.sentences for x in s.attributions if x.cue]


def distinct_in_150(cues: Sequence[str]) -> float:
    """Mean number of different cues in windows of 150; nan where there are fewer."""
    windows = [len(set(cues[i : i + 150])) for i in range(0, len(cues) - 149, 150)]
    return mean_of(windows)


def runs_of(flags: Iterable[bool]) -> list[int]:
    return [sum(1 for _ in group) for flag, group in groupby(flags) if flag]


def begin_inside(labelled: LabelledArticle) -> list[bool]:
    quoted = quotations(labelled.article.text)
    return [any(q.start < s.span.start < q.end for q in quoted) for s in labelled.sentences]


def mean_of(values: Iterable[float]) -> float:
    found = list(values)
    return mean(found) if found else float("nan")


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
