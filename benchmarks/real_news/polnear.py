"""Scores of attributions on PolNeAR's dev part: as the extractor finds them, and as the annotator gives them."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sklearn.metrics import f1_score

from sayso.classify.annotation.annotator import Annotator
from sayso.classify.annotation.attributions import stretches
from sayso.classify.attribution.extractor import Extractor
from sayso.classify.attribution.source_ends import with_descriptions
from sayso.classify.language.article_tokens import view
from sayso.data.articles.sentences import find_sentences
from sayso.data.records import Article, Span

from .gold_sets import tool

Spans = Mapping[str, list[list[int]]]
CLASSES = ("direct", "indirect", "none")


def by_extractor(extractor: Extractor) -> Callable[[str], Iterable[Spans]]:
    """Give the attributions that the extractor finds likely in a text."""

    def attributions(text: str) -> Iterable[Spans]:
        seen = view(text, find_sentences(text))
        for c in with_descriptions(seen, extractor.likely(extractor.extract(seen))):
            yield {
                "source": [list(seen.span(*c.source))] if c.source else [],
                "cue": [list(seen.span(*c.cue))],
                "content": [list(seen.span(*tokens)) for tokens in stretches(seen, c.content.tolist())],
            }

    return attributions


def by_annotator(annotator: Annotator) -> Callable[[str], Iterable[Spans]]:
    """Give the attributions that annotating a text tells."""

    def attributions(text: str) -> Iterable[Spans]:
        for sentence in annotator.annotate(Article("article", text)):
            for found in sentence.attributions:
                yield {
                    "source": _places([found.source]),
                    "cue": _places([found.cue]),
                    "content": _places(found.content),
                }

    return attributions


def _places(spans: Sequence[Span | None]) -> list[list[int]]:
    return [list(span) for span in spans if span]


def print_polnear(shared: Path, attributions: Callable[[str], Iterable[Spans]], name: str) -> None:
    """Score attributions on PolNeAR's dev part, in the offsets of the raw text."""
    reader, scorer = tool(shared, "polnear"), tool(shared, "score_polnear")
    gold = reader.read_split(str(shared / "corpora" / "polnear" / "data" / "dev"))
    sentences = json.loads((shared / "tools" / "sentences_polnear.json").read_text(encoding="utf-8"))
    found = {stem: list(attributions(text)) for stem, (text, _) in gold.items()}
    scores = scorer.score(gold, found, sentences)["all"]
    attribution, token = scores["attribution"], scores["token"]
    print(
        f"{name:28} overlap {attribution['overlap']['F1']:.1f}  full {attribution['full']['F1']:.1f}  "
        f"exact {attribution['exact']['F1']:.1f}  "
        f"linked {token['linked']['F1']:.1f}  content / source / cue "
        f"{token['content']['F1']:.1f} / {token['source']['F1']:.1f} / {token['cue']['F1']:.1f}",
        flush=True,
    )
    truth, given = [], []
    for stem, (text, marked) in gold.items():
        article = scorer.Article(text, sentences[stem])
        truth += sentence_classes(article, marked)
        given += sentence_classes(article, found[stem])
    each = f1_score(truth, given, labels=CLASSES, average=None)
    by_class = "  ".join(f"{label} {figure:.3f}" for label, figure in zip(CLASSES, each, strict=True))
    print(f"{'  sentences by class':28} macro F1 {each.mean():.3f}  {by_class}", flush=True)


def sentence_classes(article: Any, attributions: Iterable[Spans]) -> list[str]:
    """Class sentences by attributions: quoted content from half of the words on, other content from three tenths on."""
    spans = [span for a in attributions for span in a["content"]]
    said = article.word_set(spans)
    classes = []
    for words in article.sent_words:
        direct, any_said = len(words & said & article.inside), len(words & said)
        classes.append(
            "direct" if 2 * direct >= max(len(words), 1) else "indirect" if any_said >= 0.3 * len(words) > 0 else "none"
        )
    return classes
