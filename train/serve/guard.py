"""Who is let in: the browser of this person, on this machine, and pages of ours; everybody else is refused.

A page of another site can send requests to 127.0.0.1, and a name of its own can be made to lead there (DNS rebinding). So
the host that a request names, the page it comes from and a token that only the printed address holds are always checked.
"""

import asyncio
import hmac
import ipaddress
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

TOKEN = "token"
"""The part of the printed address that lets a browser in."""
OURS = "x-sayso"
"""Every request that changes something has this header: a form of another site cannot send it."""
_READS = frozenset({"GET", "HEAD"})
_PATIENCE = 30  # seconds without a byte of a body
_FROM_OURSELVES = frozenset({"same-origin", "none"})
_CLOSED = "Not let in: {why}. Open the address that sayso serve printed when it started."
_HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Door:
    """Where the page stands, and what opens it.

    Parameters
    ----------
    port : int
    host : str
        The address that is listened on.
    token : str
        Made anew with each start.
    most_bytes : int
        Of the body of a request.
    """

    port: int
    host: str = "127.0.0.1"
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    most_bytes: int = 64_000_000

    @property
    def address(self) -> str:
        """What to open in a browser; it holds the token."""
        return f"http://{_written(self.host)}:{self.port}/?{urlencode({TOKEN: self.token})}"

    @property
    def cookie(self) -> str:
        """The name of the cookie: browsers share cookies between the ports of a host."""
        return f"sayso-{self.port}"

    @property
    def is_beyond(self) -> bool:
        """Tell whether other machines can reach it."""
        return not is_loopback(self.host)

    def names(self, host: str | None) -> bool:
        """Tell whether a request's ``Host`` is a name of this place."""
        name, _, port = (host or "").rpartition(":")
        if port != str(self.port):
            return False
        if not self.is_beyond:
            return name in ("127.0.0.1", "localhost", "[::1]")
        return name.lower() == self.host.lower() or _is_address(
            name.strip("[]")
        )  # no name that somebody else can point here

    def opens(self, token: str | None) -> bool:
        """Compare a token without telling by the time it takes how much of it is right."""
        return token is not None and hmac.compare_digest(token.encode(), self.token.encode())


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach an address."""
    return host == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True


def _written(host: str) -> str:
    return f"[{host}]" if ":" in host else host


class Guard:
    """Lets requests through that come from the page itself, and limits their bodies.

    Parameters
    ----------
    app : ASGI application
    door : Door
    """

    def __init__(self, app: ASGIApp, door: Door) -> None:
        self._app, self._door = app, door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return  # nothing of ours is a web socket
        headers = Headers(scope=scope)
        refusal = self._refusal(scope, headers)
        if refusal is not None:
            await refusal(scope, receive, _with_headers(send))
        else:
            body = _Body(receive, self._door.most_bytes)
            try:
                await self._app(scope, body.receive, _with_headers(send))
            except BodyError as error:
                await _answer(error.status, error.reason)(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """Say why a request is not let through; None where it is."""
        door = self._door
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not door.names(hosts[0]):
            return _answer(421, "the request names another host")
        if headers.get("sec-fetch-site", "none") not in _FROM_OURSELVES:
            return _answer(403, "the request comes from another site")
        reads = scope["method"] in _READS
        if reads and (entered := self._entered(scope)):
            return entered
        if not door.opens(headers.get("x-sayso-token") or _cookie(headers, door.cookie)):
            return _answer(403, "the token is missing or is of an earlier start")
        if reads:
            return None
        origins = headers.getlist("origin")
        if origins != [f"http://{hosts[0]}"] and (origins or "x-sayso-token" not in headers):
            return _answer(403, "the request comes from a page of another site")
        if OURS not in headers:
            return _answer(403, f"the header {OURS} is missing")
        if not _is_short(headers.get("content-length"), door.most_bytes):
            return _answer(
                413, f"more than {door.most_bytes // 1_000_000} MB at once; read such a file with sayso data build"
            )
        return None

    def _entered(self, scope: Scope) -> Response | None:
        """Take the token out of the address into a cookie, so that it stays in no history and no heading."""
        query = parse_qsl(scope["query_string"].decode("latin-1"))
        token = next((value for name, value in query if name == TOKEN), None)
        if token is None:
            return None
        if not self._door.opens(token):
            return _answer(403, "the token is wrong or of an earlier start")
        rest = urlencode([(name, value) for name, value in query if name != TOKEN])
        answer = RedirectResponse(_local_path(scope["path"]) + (f"?{rest}" if rest else ""), 303)
        answer.set_cookie(self._door.cookie, self._door.token, httponly=True, samesite="strict", path="/")
        return answer


def _local_path(path: str) -> str:
    """Give a path that leads to no other host, whatever it begins with."""
    return "/" + path.lstrip("/\\")


def _cookie(headers: Headers, name: str) -> str | None:
    cookies = SimpleCookie[str]()
    try:
        cookies.load(headers.get("cookie", ""))
    except CookieError:
        return None
    return cookies[name].value if name in cookies else None


def _is_short(length: str | None, most: int) -> bool:
    return length is None or (length.isascii() and length.isdigit() and len(length) < 16 and int(length) <= most)


def _answer(status: int, why: str) -> Response:
    closed = status in (403, 421)
    return PlainTextResponse((_CLOSED.format(why=why) if closed else why[:1].upper() + why[1:] + ".") + "\n", status)


class BodyError(Exception):
    """A body that is too long, or does not come."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


class _Body:
    """Passes a body on, and stops one that grows too long or stands still."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most, self._n, self._is_whole = receive, most, 0, False

    async def receive(self) -> Message:
        """Give the next message."""
        if self._is_whole:  # what comes now is that the browser has gone, which may take for ever
            return await self._receive()
        try:
            message = await asyncio.wait_for(self._receive(), _PATIENCE)
        except TimeoutError as error:
            raise BodyError(408, "the rest of the request did not come; send it again") from error
        self._n += len(message.get("body", b""))
        if self._n > self._most:
            raise BodyError(413, f"more than {self._most // 1_000_000} MB at once; read such a file with sayso data build")
        self._is_whole = not message.get("more_body", False)
        return message


def _with_headers(send: Send) -> Send:
    async def answer(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers: Any = MutableHeaders(scope=message)
            for name, value in _HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return answer
