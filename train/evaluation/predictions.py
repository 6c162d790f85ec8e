"""What was predicted for labelled sentences, column by column, and the Parquet file that keeps it."""

import hashlib
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from ...classify.model_files.files import STANCE
from ...classify.stance_bias.stance import stances
from ...data.arrays import Bools, Floats64, Ints, Strings
from ...data.atomic_write import replace_file
from ...data.records import LabelledArticle
from ...errors import SaysoError
from ..sentences.rows import concatenated, taken
from ..tasks.task import AnyTask

_PLACES = {"article": "articles", "n": "n", "start": "start", "end": "end", "text_sha256": "digest", "target": "target"}
_COLUMNS = {**_PLACES, "group": "groups", "truth": "truth", "predicted": "predicted", "fold": "fold", "repeat": "repeat"}
_KEY = b"sayso"


class Unit(NamedTuple):
    """What is labelled: a sentence, by its article's and its own place in their lists; of a stance also the target."""

    article: int
    sentence: int
    target: str = ""


def units_of(task: AnyTask, articles: Sequence[LabelledArticle]) -> list[Unit]:
    """List what is labelled, in the order of `Task.rows`."""
    if task.column == STANCE:
        return [Unit(i, n, target) for i, a in enumerate(articles) for n, target, _ in stances(a)]
    return [Unit(i, n) for i, a in enumerate(articles) for n, s in enumerate(a.sentences) if task.answer(s) is not None]


@dataclass(frozen=True, slots=True)
class Predictions:
    """Labelled sentences and what was predicted for them; with repeats every sentence stands there once for each.

    Parameters
    ----------
    labels : tuple of str, length n_labels
        In the order of ``chances``.
    articles, digest, target : ndarray of str, shape (n_rows,)
        The article's id; the first 16 hexadecimal digits of the SHA-256 of the sentence's text; of a stance the target.
    n, start, end : ndarray of int, shape (n_rows,)
        The sentence's order and place in its article.
    groups : ndarray of int, shape (n_rows,)
        Number of the article; the same for articles that are the same.
    truth, predicted : ndarray of str, shape (n_rows,)
    chances, raw : ndarray of shape (n_rows, n_labels)
        Calibrated and not.
    fold, repeat : ndarray of int, shape (n_rows,)
        ``fold`` is -1 where a given model was asked.
    others : mapping of str to ndarray of str
        Labels by other ways: the baselines, folds over sentences, a second person; empty where there is none.
    about : mapping of str to ndarray of str
        What slices are made by, such as ``outlet``; empty where it is not known.
    """

    labels: tuple[str, ...]
    articles: Strings
    n: Ints
    start: Ints
    end: Ints
    digest: Strings
    target: Strings
    groups: Ints
    truth: Strings
    predicted: Strings
    chances: Floats64
    raw: Floats64
    fold: Ints
    repeat: Ints
    others: Mapping[str, Strings] = field(default_factory=dict)
    about: Mapping[str, Strings] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.truth)

    @property
    def confidence(self) -> Floats64:
        """The chance of the predicted label."""
        column = {label: i for i, label in enumerate(self.labels)}
        return self.chances[np.arange(len(self)), [column[str(label)] for label in self.predicted]]

    @property
    def right(self) -> Bools:
        """Where the predicted label is the true one."""
        return np.asarray(self.truth == self.predicted)

    def take(self, chosen: NDArray[Any]) -> "Predictions":
        """Give some of the rows."""
        return replace(self, **{name: taken(getattr(self, name), chosen) for name in self._columns()})

    def first(self) -> "Predictions":
        """Give the first repeat."""
        return self.take(self.repeat == self.repeat.min(initial=0))

    def __add__(self, other: "Predictions") -> "Predictions":
        return replace(self, **{name: concatenated(getattr(self, name), getattr(other, name)) for name in self._columns()})

    def _columns(self) -> list[str]:
        """Name the fields that hold something for each row."""
        return [f.name for f in fields(self) if f.name != "labels"]


def places(articles: Sequence[LabelledArticle], units: Sequence[Unit]) -> dict[str, NDArray[Any]]:
    """Give the columns of `Predictions` that say which sentences they are."""
    of = [(articles[u.article].article, articles[u.article].sentences[u.sentence]) for u in units]
    digests = [hashlib.sha256(s.span.of(a.text).encode()).hexdigest()[:16] for a, s in of]
    return {
        "articles": np.array([a.id for a, _ in of], dtype=np.str_),
        "n": np.array([s.n for _, s in of], dtype=np.int64),
        "start": np.array([s.span.start for _, s in of], dtype=np.int64),
        "end": np.array([s.span.end for _, s in of], dtype=np.int64),
        "digest": np.array(digests, dtype=np.str_),
        "target": np.array([u.target for u in units], dtype=np.str_),
    }


def columns_of(found: Predictions) -> dict[str, NDArray[Any]]:
    """Give predictions column by column, by the names that files and tables have for them."""
    columns: dict[str, NDArray[Any]] = {name: getattr(found, of) for name, of in _COLUMNS.items()}
    for prefix, table in (("score", found.chances), ("raw", found.raw)):
        columns |= {f"{prefix}_{label}": table[:, i] for i, label in enumerate(found.labels)}
    columns |= {f"as_{name}": values for name, values in found.others.items()}
    return columns | {f"by_{name}": values for name, values in found.about.items()}


def write_predictions(found: Predictions, path: Path, about: Mapping[str, Any]) -> None:
    """Write predictions as Parquet; ``about`` goes into the file's metadata."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = columns_of(found)
    arrays = {name: values.tolist() if values.dtype.kind == "U" else values for name, values in columns.items()}
    metadata = {_KEY: json.dumps({**about, "labels": list(found.labels)}, sort_keys=True)}
    written = io.BytesIO()
    pq.write_table(pa.table(arrays).replace_schema_metadata(metadata), written)
    with replace_file(path) as file:
        file.write(written.getvalue())


def read_predictions(path: Path) -> tuple[Predictions, dict[str, Any]]:
    """Read predictions, and what was said about them.

    Raises
    ------
    SaysoError
        If it is no file of predictions.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(path)
        about = json.loads((table.schema.metadata or {})[_KEY])
        labels = tuple(map(str, about["labels"]))
        columns = {name: table[name].to_numpy() for name in table.column_names}
        main = {of: _typed(columns[name]) for name, of in _COLUMNS.items()}
        chances, raw = (np.stack([columns[f"{prefix}_{label}"] for label in labels], axis=1) for prefix in ("score", "raw"))
    except (pa.ArrowException, OSError, KeyError, ValueError, TypeError) as error:
        raise SaysoError(f"{path}: not predictions written by sayso evaluate --report; give its .parquet file.") from error
    others, by = (
        {name[3:]: _typed(values) for name, values in columns.items() if name.startswith(prefix)}
        for prefix in ("as_", "by_")
    )
    return Predictions(labels, **main, chances=chances, raw=raw, others=others, about=by), about


def _typed(values: NDArray[Any]) -> NDArray[Any]:
    return values.astype(np.str_) if values.dtype == object else values.astype(np.int64)
