"""Labelled real news, and each of its sentences beside what we say of it."""

import contextlib
import importlib.util
import io
import json
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from sayso.classify.annotation.annotator import Annotator
from sayso.classify.annotation.conversions import as_dict
from sayso.classify.kinds.kind_rule import apply_rule
from sayso.classify.language.article_tokens import view
from sayso.data.arrays import Ints, Strings
from sayso.data.articles.files import read_articles
from sayso.data.articles.sentences import find_sentences
from sayso.data.records import Article

SETS = ("gold-dev-2", "gold-dev")
NOTHING: Mapping[str, Any] = {"kind": "nothing", "source_type": "nothing", "kind_confidence": 1.0, "attributions": []}
"""Stands for the annotation of a sentence that nothing of ours overlaps."""
Row = Mapping[str, Any]
Annotate = Callable[[Sequence[Article]], Iterator[tuple[Article, list[dict[str, Any]]]]]


@dataclass(frozen=True, slots=True)
class Pair:
    """A labelled sentence beside the annotated one that overlaps it most.

    Parameters
    ----------
    gold, given : mapping
        A line of ``labels.jsonl``; an object of ``sayso annotate -f jsonl``, or `NOTHING`.
    place : (int, int)
        Where the labelled sentence begins and ends in the text of the article.
    overlap : float
        Share of the two sentences together that both have.
    speakers : tuple of str
        Who is given words in this sentence.
    """

    gold: Row
    given: Row
    place: tuple[int, int]
    overlap: float
    speakers: tuple[str, ...]

    @property
    def article(self) -> str:
        """The id of its article."""
        return str(self.gold["article_id"])

    @property
    def right(self) -> bool:
        """Both labels are right."""
        return all(self.gold[column] == self.given[column] for column in ("kind", "source_type"))


@dataclass(frozen=True, slots=True)
class Judged:
    """A labelled set and what one way of annotating says of it.

    Parameters
    ----------
    name : str
    pairs : sequence of Pair
    texts, parts : mapping of str to str
        The text of each article; the part of the set that it is counted with.
    scores : mapping
        What ``score_gold.py`` prints.
    scorer : module
    """

    name: str
    pairs: Sequence[Pair]
    texts: Mapping[str, str]
    parts: Mapping[str, str]
    scores: Mapping[str, Any]
    scorer: ModuleType

    def column(self, name: str) -> tuple[Strings, Strings]:
        """Give the true labels of a column and ours."""
        return np.array([p.gold[name] for p in self.pairs]), np.array([p.given[name] for p in self.pairs])

    def article_numbers(self) -> Ints:
        """Number the article of each sentence."""
        return np.unique([p.article for p in self.pairs], return_inverse=True)[1]


def tool(shared: Path, name: str) -> ModuleType:
    """Load one of the scorers."""
    if str(shared / "tools") not in sys.path:
        sys.path.insert(0, str(shared / "tools"))
    spec = importlib.util.spec_from_file_location(name, shared / "tools" / f"{name}.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{shared}: no tools/{name}.py in it.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def by_rule(articles: Sequence[Article]) -> Iterator[tuple[Article, list[dict[str, Any]]]]:
    """Annotate with the rule alone."""
    for article in articles:
        seen = view(article.text, find_sentences(article.text))
        rows = []
        for span, guess in zip(seen.spans, apply_rule(seen), strict=True):
            source = seen.span(*guess.source).of(article.text) if guess.source else None
            labels = {"kind": guess.kind, "source_type": guess.source_type, "source": source}
            rows.append({"article": article.id, "start": span.start, "end": span.end, **labels})
        yield article, rows


def by_models(annotator: Annotator) -> Annotate:
    """Annotate as ``sayso annotate -f jsonl`` does."""

    def annotate(articles: Sequence[Article]) -> Iterator[tuple[Article, list[dict[str, Any]]]]:
        for annotated in annotator.annotate_all(articles):
            yield annotated.article, [as_dict(annotated.article, a) for a in annotated]

    return annotate


def judge(shared: Path, name: str, annotate: Annotate) -> Judged:
    """Annotate a labelled set from text files, as a user has them, and score it."""
    scorer = tool(shared, "score_gold")
    texts, labels = scorer.load(shared / name)
    with tempfile.TemporaryDirectory() as folder:
        scorer.write_texts(shared / name, folder)
        annotated = {Path(a.id).stem: rows for a, rows in annotate(list(read_articles([folder])))}
    pairs = tuple(_pair(scorer, label, texts[label["article_id"]], annotated) for label in labels)
    return Judged(
        name,
        pairs,
        {article: text for article, (text, _) in texts.items()},
        _parts(shared, name, texts),
        _scores(scorer, shared / name, annotated),
        scorer,
    )


def _pair(scorer: ModuleType, gold: Row, text_and_places: Any, annotated: Mapping[str, Sequence[Row]]) -> Pair:
    rows, place = annotated[gold["article_id"]], text_and_places[1][gold["n"]]
    start, end = place
    best = max(rows, key=lambda row: min(end, row["end"]) - max(start, row["start"]))
    shared = min(end, best["end"]) - max(start, best["start"])
    union = max(end, best["end"]) - min(start, best["start"])
    speakers = tuple(name for name in scorer.speakers_of(rows, start, end) if name)
    return Pair(gold, best if shared > 0 else NOTHING, place, max(shared, 0) / union, speakers)


def _scores(scorer: ModuleType, gold: Path, annotated: Mapping[str, Sequence[Row]]) -> dict[str, Any]:
    """Run the scorer, which reads files and prints its result."""
    said = io.StringIO()
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl", encoding="utf-8") as out:
        for article, rows in annotated.items():
            out.writelines(json.dumps({**row, "article": article}) + "\n" for row in rows)
        out.flush()
        with contextlib.redirect_stdout(said):
            scorer.score(str(gold), out.name)
    result: dict[str, Any] = json.loads(said.getvalue())
    return result


def _parts(shared: Path, name: str, texts: Mapping[str, Any]) -> dict[str, str]:
    """Tell the part that each article is counted with: the leaning of its outlet where that is known, else its origin."""
    known = {}
    source = shared / "articles" / "news-500.jsonl"
    if source.is_file():
        for line in source.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            known[f"news-{row['id']}"] = f"{row['leaning']} outlets"
    parts = {}
    for article in texts:
        kept = json.loads((shared / name / "articles" / f"{article}.json").read_text(encoding="utf-8"))
        parts[article] = known.get(article) or str(kept["origin"])
    return parts
