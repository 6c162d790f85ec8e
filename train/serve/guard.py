"""Who is let in: the browser of this person, on this machine, and pages of ours; everybody else is refused.

A page of another site can send requests to 127.0.0.1, and a name of its own can be made to lead there (DNS rebinding). So
the host that a request names, the page it comes from and a token that only the printed address holds are always checked.
"""

import asyncio
import contextlib
import hmac
import ipaddress
import math
import secrets
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import escape
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ...errors import SaysoError, described

TOKEN = "token"
"""The part of the printed address that lets a browser in."""
OURS = "x-sayso"
"""Every request that changes something has this header: a form of another site cannot send it."""
TOKEN_HEADER = "x-sayso-token"
"""Programs that are no browser send the token in it."""
UPLOAD = "/api/upload"
_READS = frozenset({"GET", "HEAD"})
_METHODS = _READS | {"POST"}
_MOST_JSON = 1_000_000  # bytes; what people change or paste at once is far less
_MOST_DRAINED = 500_000_000  # bytes of a body that is refused: a program that sends first and then reads gets its answer
_PATIENCE = 30.0  # seconds without a byte of a body, or in which nothing of an answer is read
_FOR_ONCE = 120.0  # seconds in which a browser that is opened asks for the page
_SLOWEST = 10_000  # bytes a second of a body that takes longer than that
_LONGEST_SHOWN = 200  # characters of a path
_FROM_OURSELVES = frozenset({"same-origin", "none"})
_CLOSED = "Access denied: {why}. Open the address that sayso serve printed when it started."
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
"""Of every answer."""


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
        Of a file that is sent.
    """

    port: int
    host: str = "127.0.0.1"
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    most_bytes: int = 64_000_000
    _passes: dict[str, float] = field(default_factory=dict, repr=False)

    @property
    def address(self) -> str:
        """What to open in a browser of this machine; it holds the token."""
        return self.address_at("127.0.0.1" if is_any(self.host) else self.host)

    def address_at(self, host: str) -> str:
        """Give the address by one of the names of this machine."""
        return self._address(host, self.token)

    def address_for_once(self) -> str:
        """Give an address that lets one browser in, once and soon.

        It is for the command that opens a browser, which all users of this machine see in the list of processes.
        """
        self._passes[token := secrets.token_urlsafe(24)] = time.monotonic() + _FOR_ONCE
        return self._address("127.0.0.1" if is_any(self.host) else self.host, token)

    def _address(self, host: str, token: str) -> str:
        return f"http://{_written(host)}:{self.port}/?{urlencode({TOKEN: token})}"

    @property
    def cookie(self) -> str:
        """The name of the cookie: browsers share cookies between the ports of a host."""
        return f"sayso-{self.port}"

    def names(self, host: str) -> bool:
        """Tell whether a request's ``Host`` is a name of this place."""
        name, colon, port = host.lower().rpartition(":")
        if not colon or port.endswith("]"):
            name, port = host.lower(), "80"  # browsers leave out the usual port
        if port != str(self.port):
            return False
        bare = name[1:-1] if name.startswith("[") and name.endswith("]") else name
        if is_loopback(self.host):
            return bare in ("127.0.0.1", "localhost", "::1", self.host.lower())
        return bare == self.host.lower() or _is_address(bare)  # no name that somebody else can point here

    def opens(self, token: str) -> bool:
        """Compare a token without telling by the time it takes how much of it is right."""
        return hmac.compare_digest(token.encode("utf-8", "replace"), self.token.encode())

    def admits_once(self, token: str) -> bool:
        """Tell whether a token is one of `address_for_once`, which it is only once."""
        found = next(
            (one for one in self._passes if hmac.compare_digest(token.encode("utf-8", "replace"), one.encode())), ""
        )
        return time.monotonic() <= self._passes.pop(found, -math.inf)


def is_loopback(host: str) -> bool:
    """Tell whether only this machine can reach an address."""
    return host.lower() == "localhost" or (_is_address(host) and ipaddress.ip_address(host).is_loopback)


def is_any(host: str) -> bool:
    """Tell whether it stands for all addresses of this machine."""
    return _is_address(host) and ipaddress.ip_address(host).is_unspecified


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
    failed : callable of str
        Is told of an error of ours, in a line and its trace.
    """

    def __init__(self, app: ASGIApp, door: Door, failed: Callable[[str, str], None]) -> None:
        self._app, self._door, self._failed = app, door, failed

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            return  # nothing of ours is a web socket
        answer = _Answer(send)
        body = _Body(receive, self._most(scope))
        try:
            refusal = self._refusal(scope, Headers(scope=scope))
            if refusal is None:
                await self._app(scope, body.receive, answer.send)
            else:
                await refusal(scope, receive, answer.send)
        except BodyError as error:
            await self._refuse(scope, receive, answer, error)
        except (ClientDisconnect, _UnreadError):
            pass  # whoever asked has gone, or does not listen
        except SaysoError as error:  # such as a file of the project that cannot be read any more
            if not answer.is_begun:
                await _told(scope, 503, str(error).rstrip("."))(scope, receive, answer.send)
        except Exception as error:  # of ours: one answer is lost, and nothing else
            said, trace = described(error)
            self._failed(f"{scope['method']} {_shown(scope['path'])}: {said}", trace)
            if not answer.is_begun:
                await _told(scope, 500, f"an internal error of sayso ({said}); please report it")(
                    scope, receive, answer.send
                )

    async def _refuse(self, scope: Scope, receive: Receive, answer: "_Answer", error: "BodyError") -> None:
        if answer.is_begun:
            return
        if Headers(scope=scope).get("connection", "").lower() == "close":
            await _drain(receive)  # else closing would cut the answer off
        await _told(scope, error.status, error.reason)(scope, receive, answer.send)

    def _most(self, scope: Scope) -> int:
        return self._door.most_bytes if scope["path"] == UPLOAD else min(_MOST_JSON, self._door.most_bytes)

    def _refusal(self, scope: Scope, headers: Headers) -> Response | None:
        """Say why a request is not let through; None where it is."""
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._door.names(hosts[0]) or not scope["path"].startswith("/"):
            return _told(scope, 421, "the request names another host")
        if scope["method"] not in _METHODS:
            return _told(scope, 405, "the request is neither GET nor POST", {"Allow": "GET, HEAD, POST"})
        reads = scope["method"] in _READS
        if reads and (entered := self._entered(scope, headers)):
            return entered
        if headers.get("sec-fetch-site", "none") not in _FROM_OURSELVES:
            return _told(scope, 403, "the request comes from another site")
        origins = headers.getlist("origin")
        if origins and [origin.lower() for origin in origins] != [f"http://{hosts[0].lower()}"]:
            return _told(scope, 403, "the request comes from a page of another site")
        if not self._has_token(headers):
            return _told(scope, 403, "the token is missing or from an earlier start of the server")
        return None if reads else self._refused_change(scope, headers)

    def _refused_change(self, scope: Scope, headers: Headers) -> Response | None:
        """Say why a request that changes something is not let through."""
        if "origin" not in headers and TOKEN_HEADER not in headers:
            return _told(scope, 403, "the request comes from a page of another site")
        if OURS not in headers:
            return _told(scope, 403, f"the header {OURS} is missing")
        if not _is_short(headers.get("content-length"), self._most(scope)):
            raise BodyError(413, _too_long(self._most(scope)))
        return None

    def _has_token(self, headers: Headers) -> bool:
        return any(map(self._door.opens, (*headers.getlist(TOKEN_HEADER), *_cookies(headers, self._door.cookie))))

    def _entered(self, scope: Scope, headers: Headers) -> Response | None:
        """Take the token out of the address into a cookie, so that it stays in no history and no heading."""
        query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
        token = next((value for name, value in query if name == TOKEN), None)
        if token is None:
            return None
        is_right = self._door.opens(token) or (scope["method"] == "GET" and self._door.admits_once(token))
        if not is_right and not self._has_token(headers):
            return _told(scope, 403, "the token is wrong, was already used or is from an earlier start of the server")
        rest = urlencode([(name, value) for name, value in query if name != TOKEN])
        answer = _sent_on(_local_path(scope["path"]) + (f"?{rest}" if rest else ""), headers)
        if is_right:
            answer.set_cookie(self._door.cookie, self._door.token, httponly=True, samesite="strict", path="/")
        return answer


def _sent_on(address: str, headers: Headers) -> Response:
    """Send a browser on to an address of ours.

    A browser that follows a link of another page, such as a terminal's in a notebook, counts what it is redirected to
    as asked for by that page, and sends no strict cookie; what a page of ours sends it on to it does not.
    """
    answer = RedirectResponse(address, 303)
    if headers.get("sec-fetch-site", "none") in _FROM_OURSELVES:
        return answer
    there = escape(answer.headers["location"])
    return HTMLResponse(
        f'<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={there}">'
        f'<title>sayso</title><p><a href="{there}">Go on</a>'
    )


def _shown(path: str) -> str:
    """Give a path for a line on a terminal."""
    return path[:_LONGEST_SHOWN].encode("unicode_escape").decode("ascii")


def _local_path(path: str) -> str:
    """Give a path that leads to no other host, whatever it begins with."""
    return "/" + path.lstrip("/\\")


def _cookies(headers: Headers, name: str) -> list[str]:
    """Give the values of a cookie; other cookies of this host, however odd, are passed over."""
    pairs = (pair.partition("=") for line in headers.getlist("cookie") for pair in line.split(";"))
    return [value.strip().strip('"') for key, _, value in pairs if key.strip() == name]


def _is_short(length: str | None, most: int) -> bool:
    return length is None or (length.isascii() and length.isdigit() and len(length) < 16 and int(length) <= most)


def _told(scope: Scope, status: int, why: str, headers: Mapping[str, str] | None = None) -> Response:
    """Say in a line why there is no other answer."""
    line = _CLOSED.format(why=why) if status in (403, 421) else f"{why[:1].upper()}{why[1:]}."
    if scope["path"].startswith("/api/"):
        return JSONResponse({"error": line}, status, headers)
    return PlainTextResponse(f"{line}\n", status, headers)


def _too_long(most: int) -> str:
    hint = (
        "for a file of this size, use sayso data build, or give it to sayso serve on the command line"
        if most > _MOST_JSON
        else "send less of it"
    )
    return f"more than {most / 1_000_000:,.3g} MB at once; {hint}"


class BodyError(Exception):
    """A body that is too long, or does not come."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


class _UnreadError(Exception):
    """Nobody reads the answer."""


class _Body:
    """Passes a body on, and stops one that grows too long, stands still or comes too slowly."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive, self._most, self._n, self._is_whole = receive, most, 0, False
        self._waited = 0.0  # seconds

    async def receive(self) -> Message:
        """Give the next message."""
        if self._is_whole:  # what comes now is that the browser has gone, which may take for ever
            return await self._receive()
        left, begun = _PATIENCE + self._n / _SLOWEST - self._waited, time.monotonic()
        try:
            message = await asyncio.wait_for(self._receive(), min(max(left, 0), _PATIENCE))
        except TimeoutError as error:
            raise BodyError(408, "the request was incomplete; send it again") from error
        self._waited += time.monotonic() - begun
        self._n += len(message.get("body", b""))
        if self._n > self._most:
            raise BodyError(413, _too_long(self._most))
        self._is_whole = not message.get("more_body", False)
        return message


async def _drain(receive: Receive) -> None:
    """Let the rest of a body go by, for a while."""
    n_bytes, more = 0, True
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_PATIENCE):
            while more and n_bytes < _MOST_DRAINED:
                message = await receive()
                n_bytes, more = n_bytes + len(message.get("body", b"")), message.get("more_body", False)


class _Answer:
    """Sends an answer with the headers that all have, and gives up where nobody reads it."""

    def __init__(self, send: Send) -> None:
        self._send, self.is_begun = send, False

    async def send(self, message: Message) -> None:
        """Send a part of it."""
        if message["type"] == "http.response.start":
            self.is_begun = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        try:
            await asyncio.wait_for(self._send(message), _PATIENCE)
        except TimeoutError as error:
            raise _UnreadError from error
