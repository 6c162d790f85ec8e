"""How right the models are on real news that nobody wrote for them: gold-dev and PolNeAR's dev part.

    python benchmarks/gold.py SHARED [--models FOLDER] [--curve]

SHARED holds ``gold-dev``, ``corpora`` and ``tools`` (the scorers). Prints kind and source type macro F1 and source F1
on gold-dev for the rule alone and for the models (the shipped ones, or those of FOLDER), and the attribution scores on
PolNeAR's dev part. With ``--curve`` it fits models on 20, 40, … 100 % of the project's corpus alone, and scores those too.
"""

import argparse
import contextlib
import importlib.util
import io
import json
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
from sklearn.metrics import f1_score

from sayso.classify.annotation.annotator import Annotator
from sayso.classify.annotation.attributions import stretches
from sayso.classify.attribution.extractor import AttributionModel, Extractor
from sayso.classify.attribution.source_ends import with_descriptions
from sayso.classify.kinds.kind_rule import apply_rule
from sayso.classify.language.article_tokens import view
from sayso.classify.model_files.files import SentenceModel, load
from sayso.classify.model_files.shipped import shipped_model
from sayso.data.articles.sentences import find_sentences
from sayso.data.corpora.own import own_corpus
from sayso.data.records import Article
from sayso.train.shipped_voice import fit_defaults

Rows = list[dict[str, Any]]
CLASSES = ("direct", "indirect", "none")


def tool(shared: Path, name: str) -> ModuleType:
    """Load one of the scorers."""
    sys.path.insert(0, str(shared / "tools"))
    spec = importlib.util.spec_from_file_location(name, shared / "tools" / f"{name}.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{shared}: no tools/{name}.py in it.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_rule(article: Article) -> Rows:
    """Annotate with the rule alone."""
    seen = view(article.text, find_sentences(article.text))
    rows = []
    for span, guess in zip(seen.spans, apply_rule(seen), strict=True):
        rows.append(
            {
                "start": span.start,
                "end": span.end,
                "kind": guess.kind,
                "source_type": guess.source_type,
                "source": seen.span(*guess.source).of(article.text) if guess.source else None,
            }
        )
    return rows


def by_models(annotator: Annotator) -> Callable[[Article], Rows]:
    """Annotate with models."""

    def annotate(article: Article) -> Rows:
        return [
            {"start": a.span.start, "end": a.span.end, "kind": a.kind, "source_type": a.source_type, "source": a.source}
            for a in annotator.annotate(article)
        ]

    return annotate


def on_gold(shared: Path, annotate: Callable[[Article], Rows], name: str) -> None:
    """Score one way of annotating on gold-dev."""
    scorer = tool(shared, "score_gold")
    texts = {name: text for name, (text, _) in scorer.load(shared / "gold-dev")[0].items()}
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        for article, text in texts.items():
            for row in annotate(Article(article, text)):
                out.write(json.dumps({"article": article, **row}) + "\n")
        out.flush()
        result = _printed(scorer, shared, out.name)
    kind, types = result["kind"], result["source_type"]
    print(
        f"{name:28} kind {kind['macro_f1']:.3f} {kind['macro_f1_95']}  source type {types['macro_f1']:.3f} "
        f"{types['macro_f1_95']}  source F1 {result['source']['f1']:.3f}  same bounds {result['same_bounds']:.3f}",
        flush=True,
    )


def _printed(scorer: ModuleType, shared: Path, predictions: str) -> dict[str, Any]:
    """Run the scorer, which prints its result."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        scorer.score(str(shared / "gold-dev"), predictions)
    result: dict[str, Any] = json.loads(said.getvalue())
    return result


def on_polnear(shared: Path, extractor: Extractor, name: str) -> None:
    """Score an attribution model on PolNeAR's dev part, in the offsets of the raw text."""
    reader, scorer = tool(shared, "polnear"), tool(shared, "score_polnear")
    gold = reader.read_split(str(shared / "corpora" / "polnear" / "data" / "dev"))
    sentences = json.loads((shared / "tools" / "sentences_polnear.json").read_text(encoding="utf-8"))
    found = {stem: list(_attributions(extractor, text)) for stem, (text, _) in gold.items()}
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
    by_class = "  ".join(f"{name} {figure:.3f}" for name, figure in zip(CLASSES, each, strict=True))
    print(f"{'  sentences by class':28} macro F1 {each.mean():.3f}  {by_class}", flush=True)


def sentence_classes(article: Any, attributions: Iterable[dict[str, Any]]) -> list[str]:
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


def _attributions(extractor: Extractor, text: str) -> Iterable[dict[str, list[list[int]]]]:
    seen = view(text, find_sentences(text))
    for c in with_descriptions(seen, extractor.likely(extractor.extract(seen))):
        yield {
            "source": [list(seen.span(*c.source))] if c.source else [],
            "cue": [list(seen.span(*c.cue))],
            "content": [list(seen.span(*tokens)) for tokens in stretches(seen, c.content.tolist())],
        }


def curve(shared: Path) -> None:
    """Fit on growing shares of the project's corpus."""
    articles = own_corpus()
    order = np.random.default_rng(0).permutation(len(articles))
    for percent in (20, 40, 60, 80, 100):
        chosen = [articles[i] for i in order[: len(articles) * percent // 100]]
        fitted = fit_defaults(chosen)
        _score(shared, fitted.models["attribution"], fitted.models["voice"], f"own corpus, {percent} %")


def _score(shared: Path, attribution: AttributionModel, voice: SentenceModel, name: str) -> None:
    extractor = Extractor.of(attribution)
    on_gold(shared, by_models(Annotator(voice=voice, extractor=extractor)), name)
    on_polnear(shared, extractor, name)


def _models(folder: Path | None) -> tuple[AttributionModel, SentenceModel]:
    paths = [folder / f"{n}.sayso" if folder else shipped_model(n) for n in ("attribution", "voice")]
    attribution, voice = (load(path) for path in paths if path is not None)
    if not isinstance(attribution, AttributionModel) or not isinstance(voice, SentenceModel):
        sys.exit("these are not an attribution and a voice model.")
    return attribution, voice


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--models", type=Path, help="folder with attribution.sayso and voice.sayso")
    parser.add_argument("--curve", action="store_true")
    given = parser.parse_args(arguments)
    on_gold(given.shared, by_rule, "the rule alone")
    _score(given.shared, *_models(given.models), "the models")
    if given.curve:
        curve(given.shared)


if __name__ == "__main__":
    main()
