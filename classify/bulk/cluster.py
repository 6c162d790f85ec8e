"""A Dask cluster to work on; who has it runs its scheduler and workers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from ...errors import SaysoError

_PATIENCE = "20s"


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """Give a client of the cluster of a scheduler.

    Raises
    ------
    SaysoError
        If the package is missing, or no scheduler answers there.
    """
    try:
        from distributed import Client
    except ImportError as error:
        raise SaysoError("--dask needs the package distributed; install it with: pip install 'sayso[bulk]'") from error
    try:
        client = Client(address, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise SaysoError(
            f"--dask {address}: no scheduler answers at this address; start one with: dask scheduler"
        ) from error
    with client:
        yield client
