"""A Dask cluster that works on folds, by joblib's own backend."""

from collections.abc import Iterator
from contextlib import contextmanager

from joblib import parallel_config

from ...errors import SaysoError

_PATIENCE = "20s"


@contextmanager
def use_dask(address: str) -> Iterator[None]:
    """Let joblib work on the cluster of a scheduler while the context lasts.

    Raises
    ------
    SaysoError
        If the package is missing, or no scheduler answers there.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise SaysoError("--dask needs the package distributed: pip install 'sayso[bulk]'.") from error
    try:
        client = Client(address, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise SaysoError(f"--dask {address}: no scheduler answers there; start one with: dask scheduler.") from error
    with client, parallel_config(backend="dask"):
        yield
