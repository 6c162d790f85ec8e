"""A queue of sentences to label next: read what is unlabelled, ask a model, choose, and write what a person fills in."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from ...data.arrays import Floats64
from ...data.articles.files import read_articles
from ...data.articles.sentences import find_sentences
from ...data.atomic_write import replace_file
from ...data.datasets.build import read_labelled
from ...data.exchange.formats import write_exchange
from ...data.records import Article, LabelledArticle, Sentence, label_of
from ...data.rows.files import TABLES, read_rows
from ...data.rows.places import ABOUT, OURS
from ...data.rows.suggestions import PREFIX, without_suggestions
from ...data.rows.tables import BOM, quoted
from ...errors import SaysoError
from ..attribution.extractor import Candidate
from ..language.article_tokens import view
from ..linear.label_pairs import PAIRED, VOICE
from ..model_files.files import ATTRIBUTION, STANCE, load, sort_of
from ..model_files.shipped import shipped_model
from ..model_files.shipped_attributions import shipped_candidates
from ..tasks.protocol import ColumnReader
from .choose import choose, margins

_OF_SENTENCES = frozenset({"article", "n", "sentence", *OURS}) - frozenset(ABOUT)


@dataclass(frozen=True, slots=True)
class Asker:
    """What is asked, and the column that it is asked about."""

    reader: ColumnReader
    column: str

    @property
    def labels(self) -> Sequence[str]:
        """The labels, in the order of the chances."""
        return self.reader.labels

    def chances(self, labelled: LabelledArticle, found: Sequence[Candidate]) -> Floats64:
        """Give the chance of each label for the sentences of an article: shape (n_sentences, n_labels)."""
        tokens = view(labelled.article.text, [s.span for s in labelled.sentences])
        return self.reader.chances(tokens, labelled.article.title, found)


def load_asker(path: Path | None, column: str | None) -> Asker:
    """Load the model to ask: that of a file, or the package's of kind and source type.

    Raises
    ------
    SaysoError
        If it labels no sentences, or not the column that is asked for.
    """
    shipped = shipped_model(VOICE)
    if path is None and shipped is None:
        raise SaysoError("no model came along with the package; give one with --model.")
    model = load(path or shipped)  # type: ignore[arg-type]  # one of both is there
    name = path or "the model of the package"
    if model.task in (ATTRIBUTION, STANCE):
        raise SaysoError(f"{name}: labels no sentences; give a model of kind, source_type, bias or a column of yours.")
    sort = sort_of(model)
    if expected := sort.encoder(model):
        raise SaysoError(f"{name}: needs the encoder {expected['name']!r}; train one without --encoder to choose by.")
    if model.task == VOICE and (column or "kind") in PAIRED:
        asked = column or "kind"
        return Asker(replace(sort.reader(model), column=asked), asked)
    if model.task != VOICE and column in (None, model.task):
        return Asker(sort.reader(model), model.task)
    raise SaysoError(f"{name}: a model of the task {model.task!r}, which does not label {column!r}; give one with --model.")


def read_pool(paths: Sequence[Path], on_error: Callable[[SaysoError], None]) -> list[LabelledArticle]:
    """Read sentences to choose from: datasets and labelled files, or articles, which are cut into sentences.

    Parameters
    ----------
    paths : sequence of Path
    on_error : callable
        Is given each article that cannot be read, which is left out.
    """
    found: list[LabelledArticle] = []
    for path in paths:
        if not path.exists():
            raise SaysoError(f"{path}: no such file or folder.")
        if holds_sentences(path):
            found += read_labelled([path])
        else:
            found += map(_in_sentences, read_articles([str(path)], on_error=on_error))
    counts: dict[str, int] = {}
    for labelled in found:
        counts[labelled.article.id] = counts.get(labelled.article.id, 0) + 1
    twice = next((name for name, n in counts.items() if n > 1), None)
    if twice is not None:
        raise SaysoError(f"two articles are called {twice!r}; give each an id of its own.")
    return found


def holds_sentences(path: Path) -> bool:
    """Tell whether a file or folder holds sentences by rows (or our corpus format), not whole articles."""
    if path.is_dir():
        inside = sorted(p for p in path.rglob("*") if p.suffix.lower() in {*TABLES, ".txt", ".html"} and p.is_file())
        return any(p.suffix.lower() == ".parquet" for p in inside) or bool(inside and holds_sentences(inside[0]))
    if path.suffix.lower() == ".txt":
        with path.open(encoding="utf-8", errors="replace") as lines:
            return lines.readline().startswith("@id ")
    if path.suffix.lower() not in TABLES:
        return False
    try:
        return any(_OF_SENTENCES & set(row) for _, row in islice(read_rows(path), 1))
    except SaysoError:
        return False  # articles are read with more patience


def _in_sentences(article: Article) -> LabelledArticle:
    spans = find_sentences(article.text)
    return LabelledArticle(article, tuple(Sentence(n, span) for n, span in enumerate(spans)))


@dataclass(frozen=True, slots=True)
class Queued:
    """A sentence to label.

    Parameters
    ----------
    labelled : LabelledArticle
    i : int
        Which of its sentences.
    label : str
        The model's guess.
    chance, margin : float
        How likely it is, and how far ahead of the next.
    """

    labelled: LabelledArticle
    i: int
    label: str
    chance: float
    margin: float


def suggest_sentences(
    articles: Sequence[LabelledArticle], asker: Asker, n: int, per_article: int, seed: int = 0
) -> list[Queued]:
    """Choose sentences that have no label in the asked column, the least sure first.

    Raises
    ------
    SaysoError
        If every sentence is labelled.
    """
    places: list[tuple[int, int]] = []
    chances: list[Floats64] = []
    for number, (labelled, found) in enumerate(zip(articles, shipped_candidates(articles), strict=True)):
        open_ = [i for i, s in enumerate(labelled.sentences) if label_of(s, asker.column) is None]
        if open_:
            chances.append(asker.chances(labelled, found)[open_])
            places += [(number, i) for i in open_]
    if not places:
        raise SaysoError(f"every sentence has a {asker.column} already; there is nothing to label.")
    likely = np.concatenate(chances)
    texts = [articles[a].sentences[i].span.of(articles[a].article.text) for a, i in places]
    numbers = np.array([a for a, _ in places], dtype=np.int64)
    ahead, top = margins(likely), likely.argmax(axis=1)
    return [
        Queued(articles[a], i, asker.labels[top[k]], float(likely[k, top[k]]), float(ahead[k]))
        for k in choose(likely, texts, numbers, n, per_article=per_article, seed=seed)
        for a, i in (places[k],)
    ]


def queue_row(queued: Queued, column: str) -> dict[str, Any]:
    """Give a sentence as a row that a person fills in; the model's guess stands apart, in a column of suggestions."""
    about, sentences, i = queued.labelled.article, queued.labelled.sentences, queued.i
    s = sentences[i]
    return {
        "article": about.id,
        "n": s.n,
        "start": s.span.start,
        "end": s.span.end,
        "text": s.span.of(about.text),
        column: None,
        PREFIX + column: queued.label,
        "why": {"chance": round(queued.chance, 4), "margin": round(queued.margin, 4)},
        "context": {
            "before": sentences[i - 1].span.of(about.text) if i else "",
            "after": sentences[i + 1].span.of(about.text) if i + 1 < len(sentences) else "",
        },
        **{name: value for name in ABOUT if (value := getattr(about, name)) is not None},
    }


def write_queue(queue: Sequence[Queued], column: str, path: Path, name: str | None, *, force: bool) -> None:
    """Write a queue.

    Parameters
    ----------
    queue : sequence of Queued
    column : str
    path : Path
    name : str or None
        An exchange format, which holds whole articles in which the chosen sentences are marked. Without it a row for each
        sentence, the least sure first, as JSON lines or CSV by what the path ends in.
    force : bool
        Replace what stands there.
    """
    if name is not None:
        write_exchange(_as_articles(queue, column), path, name, force=force)
        return
    rows = [queue_row(queued, column) for queued in queue]
    as_json = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    with replace_file(path) as file:
        file.write((_as_csv(rows) if path.suffix.lower() == ".csv" else as_json).encode())


def _as_articles(queue: Sequence[Queued], column: str) -> list[LabelledArticle]:
    """Give the articles with the chosen sentences alone, the guess as a suggestion."""
    chosen: dict[str, dict[int, str]] = {}
    articles: dict[str, LabelledArticle] = {}
    for queued in queue:
        name = queued.labelled.article.id
        articles[name] = queued.labelled
        chosen.setdefault(name, {})[queued.labelled.sentences[queued.i].n] = queued.label
    return [
        replace(
            labelled,
            sentences=tuple(
                replace(s, extra={**s.extra, PREFIX + column: label})
                for s in without_suggestions(labelled).sentences
                if (label := chosen[name].get(s.n))
            ),
        )
        for name, labelled in articles.items()
    ]


def _as_csv(rows: Sequence[dict[str, Any]]) -> str:
    """Lay rows out for a spreadsheet; the columns that are for people only are ignored when it is read back."""
    names = list(dict.fromkeys(name for row in rows for name in row))
    written = io.StringIO(newline="")
    table = csv.writer(written, lineterminator="\r\n")
    table.writerow(names)
    for row in rows:
        why, beside = row["why"], row["context"]
        for_people = {
            "why": f"{why['chance']:.0%} sure, {why['margin']:.0%} ahead",
            "context": f"{beside['before']} […] {beside['after']}",
        }
        cells = {**row, **for_people}
        table.writerow([quoted(str(x)) if (x := cells.get(name)) is not None else "" for name in names])
    return BOM + written.getvalue()
