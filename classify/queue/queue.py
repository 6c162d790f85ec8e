"""A queue of sentences to label next: ask a model about what is unlabelled, and choose."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from ...data.arrays import Floats64
from ...data.records import LabelledArticle, label_of
from ...errors import SaysoError
from ..attribution.extractor import Candidate
from ..language.article_tokens import view
from ..linear.label_pairs import PAIRED, VOICE
from ..model_files.files import ATTRIBUTION, STANCE, load, sort_of
from ..model_files.shipped import shipped_model
from ..model_files.shipped_attributions import shipped_candidates
from ..tasks.protocol import ColumnReader
from .choose import choose, margins


@dataclass(frozen=True, slots=True)
class Asker:
    """What is asked, and the column that it is asked about."""

    reader: ColumnReader
    column: str

    def chances(self, labelled: LabelledArticle, candidates: Sequence[Candidate]) -> Floats64:
        """Give the chance of each label for the sentences of an article: shape (n_sentences, n_labels)."""
        tokens = view(labelled.article.text, [s.span for s in labelled.sentences])
        return self.reader.chances(tokens, labelled.article.title, candidates)


def load_asker(path: Path | None, column: str | None) -> Asker:
    """Load the model to ask: that of a file, or the package's of kind and source type.

    Raises
    ------
    SaysoError
        If it labels no sentences, or not the column that is asked for.
    """
    file = path or shipped_model(VOICE)
    if file is None:
        raise SaysoError("no model came along with the package; give one with --model.")
    model = load(file)
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
    for number, (labelled, candidates) in enumerate(zip(articles, shipped_candidates(articles), strict=True)):
        unlabelled = [i for i, s in enumerate(labelled.sentences) if label_of(s, asker.column) is None]
        if unlabelled:
            chances.append(asker.chances(labelled, candidates)[unlabelled])
            places += [(number, i) for i in unlabelled]
    if not places:
        raise SaysoError(f"every sentence has a {asker.column} already; there is nothing to label.")
    likely = np.concatenate(chances)
    texts = [articles[a].sentences[i].span.of(articles[a].article.text) for a, i in places]
    numbers = np.array([a for a, _ in places], dtype=np.int64)
    ahead, top = margins(likely), likely.argmax(axis=1)
    return [
        Queued(articles[a], i, asker.reader.labels[top[k]], float(likely[k, top[k]]), float(ahead[k]))
        for k in choose(likely, texts, numbers, n, per_article=per_article, seed=seed)
        for a, i in (places[k],)
    ]
