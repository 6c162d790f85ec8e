"""The web application: which address leads where."""

import asyncio
from collections.abc import Mapping
from functools import cache, partial
from importlib.resources import files
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from anyio import CapacityLimiter, to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, Router
from starlette.types import ASGIApp, Receive, Scope, Send

from . import pages
from .desk import QUIET, Desk, Say, in_background
from .guard import Door, Guard
from .uploads import Sources
from .work.team import Team

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_FOLDERS = {"static": ("sayso.train.serve", "static"), "shared": ("sayso.classify", "templates")}
_UPLOADS_AT_ONCE = 2  # each may take the memory of a long article many times over
_PASTES_AT_ONCE = 2  # they are short, and wait for no upload
_DOWNLOADS_AT_ONCE = 1  # each may take the memory of the whole project
_CHANGES_AT_ONCE = (
    16  # threads of their own: whatever else goes on, a change is written; those that wait are written together
)
_MEDIA = {".js": "text/javascript", ".css": "text/css"}


def make_app(
    desk: Desk, door: Door, sources: Sources | None = None, team: Team | None = None, *, debug: bool = False
) -> Starlette:
    """Put the application together.

    Parameters
    ----------
    desk : Desk
    door : Door
    sources : Sources, optional
        What is read meanwhile.
    team : Team, optional
        What is worked out of all annotators' labels; who gives it closes it.
    debug : bool, default=False
        Tell where in the code an error of ours came up.
    """
    static_files = [Route(f"/{folder}/{{name}}", partial(static, folder)) for folder in _FOLDERS]
    failed = partial(_tell_error, desk.tell, debug)
    before = [Middleware(Guard, door=door, failed=failed), Middleware(_KeepUp, desk=desk)]
    app = Starlette(routes=[Route("/", pages.articles), *static_files], middleware=before)
    app.router.default = _rest
    app.router.redirect_slashes = False  # an address is right or wrong
    app.state.desk, app.state.door, app.state.rooms = desk, door, Rooms()
    app.state.sources, app.state.team = sources or Sources(desk, ()), team or Team(desk)
    in_background(partial(_prepare, desk))
    return app


def _prepare(desk: Desk) -> None:
    desk.first_shown.wait(QUIET)
    _router()
    pages.compile_template("article.html.j2")


@cache
def _router() -> Router:
    """Load all that is not needed for the list of articles."""
    from . import actions, api, other_pages

    return Router(
        [Route("/article/{key}", pages.article), *api.ROUTES, *other_pages.ROUTES, *actions.ROUTES], redirect_slashes=False
    )


async def _rest(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer at all addresses but those of the list of articles."""
    router = await to_thread.run_sync(_router)
    await router(scope, receive, send)


class Rooms:
    """How many things of a kind are done at once, so that none keeps the others from being done."""

    def __init__(self) -> None:
        self.changes = CapacityLimiter(_CHANGES_AT_ONCE)
        self.uploads = asyncio.Semaphore(_UPLOADS_AT_ONCE)
        self.pastes = asyncio.Semaphore(_PASTES_AT_ONCE)
        self.downloads = asyncio.Semaphore(_DOWNLOADS_AT_ONCE)


class _KeepUp:
    """Sees to it that a codebook which somebody has edited is in force before a request is answered."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._desk.codebook_is_new():
            await to_thread.run_sync(self._desk.keep_up)
        await self._app(scope, receive, send)


def _tell_error(tell: Say, debug: bool, line: str, trace: str) -> None:
    tell(
        f"Error: {line}; an internal error of sayso, please report "
        f"it{'' if debug else ' (add --debug to see where it happened)'}."
    )
    if debug:
        tell(trace)


def _static_files(folder: str) -> "Mapping[str, Traversable]":
    """Give the files that pages load, by name: what a browser asks for is looked up here, and is never a path."""
    package, inside = _FOLDERS[folder]
    return {path.name: path for path in (files(package) / inside).iterdir() if PurePosixPath(path.name).suffix in _MEDIA}


async def static(folder: str, request: Request) -> Response:
    """Give a script or a style sheet."""
    name = request.path_params["name"]
    path = _static_files(folder).get(name)
    if path is None:
        return PlainTextResponse("There is no page at this address.\n", 404)
    return Response(path.read_bytes(), media_type=_MEDIA[PurePosixPath(name).suffix])
