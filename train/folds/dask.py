"""A Dask cluster that works on folds, by joblib's own backend."""

from collections.abc import Iterator
from contextlib import contextmanager

from joblib import parallel_config

from ...classify.bulk.cluster import connected


@contextmanager
def use_dask(address: str) -> Iterator[None]:
    """Let joblib work on the cluster of a scheduler while the context lasts.

    Raises
    ------
    SaysoError
        If the package is missing, or no scheduler answers there.
    """
    with connected(address), parallel_config(backend="dask"):
        yield
