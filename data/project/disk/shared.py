"""Another annotator's dataset, which their own process may be writing."""

import time
from collections.abc import Collection
from pathlib import Path

from ....errors import SaysoError
from ...records import LabelledArticle
from ..state import Where
from .tables import articles_in, read_table, stamp_of

_TRIES, _WAIT = 5, 0.05  # seconds; a whole folder of shards takes the place of another in far less


def read_shared(folder: Path, ids: Collection[str] | None = None) -> list[LabelledArticle]:
    """Read a dataset, each file as it was at one moment.

    Parameters
    ----------
    folder : Path
    ids : collection of str, optional
        Only these articles.

    Raises
    ------
    SaysoError
        If it cannot be read.
    """
    for _ in range(_TRIES - 1):
        try:
            return _read(folder, ids)
        except SaysoError:
            time.sleep(_WAIT)  # files were replaced just now
    return _read(folder, ids)


def read_words(folder: Path, places: Collection[Where]) -> dict[Where, str]:
    """Read the words of some sentences of a dataset, without reading what else is in it.

    Parameters
    ----------
    folder : Path
    places : collection of (str, int or None)
        Ids of articles, and numbers of sentences.
    """
    import pyarrow as pa

    from ...datasets.folder import dataset_tables

    found: dict[Where, str] = {}
    for _, path in dataset_tables(folder):
        try:
            table = read_table(path, ["article", "n", "text"])
        except (pa.ArrowException, OSError, ValueError):
            continue  # replaced just now, or none of ours: the place is named without the words
        columns = [table.column(name).to_pylist() for name in ("article", "n", "text")]
        found.update(((name, n), text) for name, n, text in zip(*columns, strict=True) if (name, n) in places)
    return found


def _read(folder: Path, ids: Collection[str] | None) -> list[LabelledArticle]:
    import pyarrow as pa
    import pyarrow.compute as pc

    from ...datasets.folder import dataset_tables

    articles: list[LabelledArticle] = []
    for split, path in dataset_tables(folder):
        try:
            table = read_table(path) if path.suffix == ".parquet" else None
        except (pa.ArrowException, OSError, ValueError) as error:
            raise SaysoError(f"{path}: cannot be read ({(str(error).splitlines() or [''])[0]}).") from error
        if table is None or stamp_of(table.schema) is None:
            from ...datasets.build import read_labelled

            return [labelled for labelled in read_labelled([folder]) if ids is None or labelled.article.id in ids]
        if ids is not None:
            table = table.filter(pc.is_in(table.column("article"), pa.array(list(ids), pa.string())))
        articles += articles_in(table, split)
    return articles
