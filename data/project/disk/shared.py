"""Another annotator's dataset, which their own process may be writing."""

import time
from pathlib import Path

from ....errors import SaysoError
from ...datasets.build import read_labelled
from ...datasets.folder import dataset_tables
from ...records import LabelledArticle
from .tables import articles_in, change_of

_TRIES, _WAIT = 5, 0.05  # seconds; a whole folder of shards takes the place of another in far less


def read_shared(folder: Path) -> list[LabelledArticle]:
    """Read a dataset, each file as it was at one moment.

    Raises
    ------
    SaysoError
        If it cannot be read.
    """
    for _ in range(_TRIES - 1):
        try:
            return _read(folder)
        except (SaysoError, OSError):
            time.sleep(_WAIT)  # files were replaced just now
    return _read(folder)


def _read(folder: Path) -> list[LabelledArticle]:
    import pyarrow.parquet as pq

    articles: list[LabelledArticle] = []
    for split, path in dataset_tables(folder):
        if path.suffix != ".parquet" or change_of(pq.read_schema(path)) is None:
            return read_labelled([folder])
        articles += articles_in(pq.read_table(path, partitioning=None), split)
    return articles
