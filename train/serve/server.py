"""Starting and stopping the server."""

import socket
from collections.abc import Callable

from ...errors import SaysoError
from .app import make_app
from .desk import Desk
from .guard import Door

_AT_ONCE = 512  # connections; more are told to come again


def listen(host: str, port: int) -> socket.socket:
    """Take a port; 0 is any that is free.

    Raises
    ------
    SaysoError
        If it is taken, or the address is none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((host, port))
    except (OSError, OverflowError) as error:
        listening.close()
        reason = getattr(error, "strerror", None) or str(error)
        raise SaysoError(f"{host}:{port}: {reason}; give another --port, or 0 for one that is free.") from error
    return listening


def serve(desk: Desk, listening: socket.socket, host: str, ready: Callable[[Door], None]) -> None:
    """Answer requests until somebody presses Ctrl-C or the process is told to end.

    Parameters
    ----------
    desk : Desk
    listening : socket
        Of `listen`.
    host : str
    ready : callable
        Is given the door as soon as requests are answered.
    """
    import uvicorn

    door = Door(listening.getsockname()[1], host)
    config = uvicorn.Config(
        make_app(desk, door),
        log_level="error",
        access_log=False,
        server_header=False,
        limit_concurrency=_AT_ONCE,
        timeout_graceful_shutdown=5,
        lifespan="off",
    )
    ready(door)
    uvicorn.Server(config).run(sockets=[listening])
