"""Starting and stopping the server."""

import contextlib
import errno
import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import h11
import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol, RequestResponseCycle

from ...errors import SaysoError
from .guard import HEADERS

if TYPE_CHECKING:
    from asyncio import TimerHandle, Transport

    from starlette.types import ASGIApp

_AT_ONCE = 512  # connections; more are told to come again
_WAITING = 1024  # connections that the system holds until they are looked at
_TRIED = 20  # ports, from the usual one on
_PATIENCE = 30.0  # seconds for the head of a request, or in which nothing of an answer is read
_LINGERS = 1.0  # seconds in which who is refused may read why
_LOOKS = 5.0  # seconds between looks at a connection
_LAST = 3  # seconds that requests may take when the server is told to end


def listen(host: str, port: int, *, or_next: bool = False) -> socket.socket:
    """Take a port.

    Parameters
    ----------
    host : str
    port : int
        0 is any that is free.
    or_next : bool, default=False
        Where it is taken, take the next one that is free.

    Raises
    ------
    SaysoError
        If it is taken, or the address is none of this machine.
    """
    for tried in range(port, port + _TRIED):
        try:
            return _listening(host, tried)
        except (OSError, OverflowError) as error:
            if or_next and getattr(error, "errno", None) == errno.EADDRINUSE:
                continue
            reason = getattr(error, "strerror", None) or str(error)
            raise SaysoError(f"{host}:{tried}: {reason}; give another --port, or 0 for any free port.") from error
    raise SaysoError(f"{host}: ports {port} to {port + _TRIED - 1} are in use; give another --port, or 0 for any free port.")


def _listening(host: str, port: int) -> socket.socket:
    listening = socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere two programs could share a port by it
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        listening.listen(_WAITING)  # who comes before the server looks waits
    except BaseException:
        listening.close()
        raise
    return listening


def own_address(host: str) -> str | None:
    """Give the address by which other machines reach this one, where all of its addresses are listened on."""
    family, outside = (socket.AF_INET6, "2001:db8::1") if ":" in host else (socket.AF_INET, "192.0.2.1")
    with contextlib.suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as asking:
        asking.connect((outside, 9))  # chooses a way to a place that is nowhere; nothing is sent
        return str(asking.getsockname()[0])
    return None


class _Connection(H11Protocol):
    """A connection that is let go where the head of a request does not come, or nobody reads the answer."""

    _look_again: "TimerHandle | None" = None
    _still = 0.0  # seconds in which nothing has moved
    _unread = 0  # bytes
    _last: "RequestResponseCycle | None" = None
    _made = 0.0  # when it was made, by the clock of the loop
    _is_refused = False

    def connection_made(self, transport: "Transport") -> None:  # type: ignore[override]  # as its own base does
        """Begin to look; where there is one connection too many, one on which nothing happens makes room."""
        super().connection_made(transport)
        self._made = self.loop.time()
        if len(self.connections) > _AT_ONCE and not self._make_room():
            self._refuse(503, "Too many connections at once; try again.")
            return
        self._look_again = self.loop.call_later(_LOOKS, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Look no more."""
        if self._look_again:
            self._look_again.cancel()
        super().connection_lost(exc)

    def _make_room(self) -> bool:
        """Let the oldest connection go that waits for a request: first of those that never sent one."""
        idle = [c for c in self.connections if isinstance(c, _Connection) and c is not self and c._is_idle()]
        if idle:
            min(idle, key=lambda c: (c.cycle is not None, c._made)).transport.close()
        return bool(idle)

    def _is_idle(self) -> bool:
        return not self.transport.is_closing() and (self.cycle is None or self.cycle.response_complete)

    def data_received(self, data: bytes) -> None:
        """Take what was sent; what comes after a refusal is nothing to us."""
        if not self._is_refused:
            super().data_received(data)

    def _look(self) -> None:
        unread = self.transport.get_write_buffer_size()
        is_stuck = unread == self._unread if unread else self._awaits_a_head()
        self._still = self._still + _LOOKS if is_stuck else 0.0
        self._unread, self._last = unread, self.cycle
        if self._still >= _PATIENCE:
            self.transport.abort()
        else:
            self._look_again = self.loop.call_later(_LOOKS, self._look)

    def _awaits_a_head(self) -> bool:
        """Tell whether no request has begun since the last look, and none is being answered."""
        return self.cycle is self._last and (self.cycle is None or self.cycle.response_complete)

    def send_400_response(self, msg: str) -> None:
        """Answer what is no HTTP as everything else is answered."""
        self._refuse(400, msg)

    def _refuse(self, status: int, line: str) -> None:
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            body = f"{line}\n".encode("ascii")
            headers = [*HEADERS.items(), ("Content-Type", "text/plain; charset=utf-8"), ("Connection", "close")]
            answer = h11.Response(status_code=status, headers=headers, reason=HTTPStatus(status).phrase)
            for event in (answer, h11.Data(data=body), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self._is_refused = True
        if self.transport.can_write_eof() and len(self.connections) < 2 * _AT_ONCE:
            self.transport.write_eof()
            self.loop.call_later(_LINGERS, self.transport.close)  # closed with something unread, it would cut the answer off
        else:
            self.transport.close()


class Server(uvicorn.Server):
    """A server of one application that ends when it is told to; `should_exit` tells it.

    Parameters
    ----------
    app : ASGI application
    """

    def __init__(self, app: "ASGIApp") -> None:
        super().__init__(
            uvicorn.Config(
                app,
                http=_Connection,
                ws="none",
                loop="asyncio",
                lifespan="off",
                log_level="critical",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                backlog=_WAITING,
                timeout_graceful_shutdown=_LAST,
            )
        )

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """End by Ctrl-C, and by what asks a process to end, as by nothing else: what was opened is closed."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        asked = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name)]
        heard = [number for number in asked if signal.getsignal(number) != signal.SIG_IGN]  # as nohup has it
        before = {number: signal.signal(number, self._end) for number in heard}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _end(self, number: int, frame: Any) -> None:
        self.force_exit = self.should_exit  # the second time at once
        self.should_exit = True


def serve(app: "ASGIApp", listening: socket.socket, ready: Callable[[Server], None] = lambda server: None) -> None:
    """Answer requests until somebody presses Ctrl-C or the process is told to end.

    Parameters
    ----------
    app : ASGI application
    listening : socket
        Of `listen`: requests are taken from now on, and answered soon.
    ready : callable, optional
        Is given the server.
    """
    server = Server(app)
    ready(server)
    server.run(sockets=[listening])
