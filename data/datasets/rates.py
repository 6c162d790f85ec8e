"""How often things happen in labelled news: the figures that tell written corpora from real news."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise
from statistics import mean, median, pstdev

from ..articles.quotation_marks import quotations
from ..lexicon import load_cues
from ..records import LabelledArticle

_WORD = re.compile(r"\w+(?:[’'-]\w+)*")
_SAY = frozenset({"say", "says", "said", "saying"})


def rates(articles: Sequence[LabelledArticle]) -> dict[str, float]:
    """Measure a labelled corpus.

    Parameters
    ----------
    articles : sequence of LabelledArticle
        Every sentence labelled with kind and source type.

    Returns
    -------
    dict of str to float
        Shares are from 0 to 1; lengths are in words; ``nan`` where nothing can be counted.
    """
    pairs = [(a, s) for a in articles for s in a.sentences]
    n_words = [len(_WORD.findall(s.span.of(a.article.text))) for a, s in pairs]
    free = [(a, s) for a, s in pairs if s.source_type == "none"]
    runs = [r for a in articles for r in _runs([s.source_type == "none" for s in a.sentences])]
    quotes = [s for _, s in pairs if s.kind == "quote"]
    neighbours = [(x, y) for a in articles for x, y in pairwise(a.sentences)]
    cues = _cues(articles)
    return {
        "articles": len(articles),
        "sentences": len(pairs),
        "words a sentence, median": median(n_words) if n_words else float("nan"),
        "words a sentence, spread": pstdev(n_words) if n_words else float("nan"),
        "sentences of 35 words or more": _mean(n >= 35 for n in n_words),
        "unattributed sentences": len(free) / max(len(pairs), 1),
        "unattributed in a row, mean": _mean(runs),
        "unattributed in a row, longest": max(runs, default=0),
        "unattributed with a cue-like word": _mean(has_cue_word(s.span.of(a.article.text)) for a, s in free),
        "quotes": _mean(s.kind == "quote" for _, s in pairs),
        "a quote follows a quote": _mean(y.kind == "quote" for x, y in neighbours if x.kind == "quote"),
        "begins inside a quotation": _mean(inside for a in articles for inside in _begin_inside(a)),
        "quotes without a cue in the sentence": _mean(not any(a.cue for a in s.attributions) for s in quotes),
        "same kind as the sentence before": _mean(x.kind == y.kind for x, y in neighbours),
        "forms of say among cues": _mean(bool(_SAY & set(cue.split())) for cue in cues),
        "different cues in 150": _distinct(cues),
        "sentences an article": _mean(len(a.sentences) for a in articles),
        "source types an article": _mean(len({s.source_type for s in a.sentences} - {"none", None}) for a in articles),
    }


def label_counts(articles: Iterable[LabelledArticle]) -> dict[str, dict[str, int]]:
    """Count the labels of each task, most frequent first."""
    counts: dict[str, Counter[str]] = {
        "kind": Counter(),
        "source_type": Counter(),
        "bias": Counter(),
        "stance": Counter(),
    }
    for labelled in articles:
        for s in labelled.sentences:
            for task, label in (("kind", s.kind), ("source_type", s.source_type), ("bias", s.bias)):
                if label:
                    counts[task][label] += 1
            counts["stance"].update(s.stance.values())
    return {task: dict(counter.most_common()) for task, counter in counts.items()}


def has_cue_word(text: str) -> bool:
    """Tell whether a word stands in the text that marks an attribution elsewhere.

    >>> has_cue_word("The report ran to 400 pages.")
    True
    >>> has_cue_word("Rain fell on Tuesday.")
    False
    """
    return any(word.lower() in _cue_words() for word in _WORD.findall(text))


def _cue_words() -> frozenset[str]:
    global _CUE_WORDS
    if not _CUE_WORDS:
        kept = (c for c in load_cues() if c.group not in {"silent", "deed", "prep"})
        _CUE_WORDS = frozenset(form for c in kept for form in c.forms if " " not in form)
    return _CUE_WORDS


_CUE_WORDS: frozenset[str] = frozenset()


def _cues(articles: Iterable[LabelledArticle]) -> list[str]:
    return [x.cue.of(a.article.text).lower() for a in articles for s in a.sentences for x in s.attributions if x.cue]


def _distinct(cues: Sequence[str]) -> float:
    """Mean number of different cues in windows of 150; nan where there are fewer."""
    windows = [len(set(cues[i : i + 150])) for i in range(0, len(cues) - 149, 150)]
    return _mean(windows)


def _runs(flags: Iterable[bool]) -> list[int]:
    return [sum(1 for _ in group) for flag, group in groupby(flags) if flag]


def _begin_inside(labelled: LabelledArticle) -> list[bool]:
    quoted = quotations(labelled.article.text)
    return [any(q.start < s.span.start < q.end for q in quoted) for s in labelled.sentences]


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return mean(found) if found else float("nan")
