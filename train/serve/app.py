"""The web application: which address leads where."""

from collections.abc import Mapping
from functools import partial
from importlib.resources import files
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from anyio import to_thread
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from . import actions, api, other_pages, pages
from .desk import Desk, Say, in_background
from .guard import Door, Guard
from .uploads import Sources
from .work.team import Team

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

_FOLDERS = {"static": ("sayso.train.serve", "static"), "shared": ("sayso.classify", "templates")}
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
    routes = [
        Route("/article/{key}", pages.article),
        Route("/api/article/{key}", api.article),
        Route("/api/change", api.change, methods=["POST"]),
        Route("/api/undo", api.undo, methods=["POST"]),
        Route("/api/redo", api.redo, methods=["POST"]),
        Route("/api/changes", api.changes),
        Route("/api/paste", api.paste, methods=["POST"]),
        Route("/api/upload", api.upload, methods=["POST"]),
        Route("/api/export", api.export),
        *other_pages.ROUTES,
        *actions.ROUTES,
        Route("/{folder}/{name}", static),
    ]
    failed = partial(_tell_error, desk.tell, debug)
    before = [Middleware(Guard, door=door, failed=failed), Middleware(_KeepUp, desk=desk)]
    app = Starlette(routes=routes, middleware=before)
    app.router.redirect_slashes = False  # an address is right or wrong
    app.state.desk, app.state.door, app.state.rooms = desk, door, api.Rooms()
    app.state.sources, app.state.team = sources or Sources(desk, ()), team or Team(desk)
    in_background(lambda: pages.compile_templates("articles.html.j2", "article.html.j2"))
    return app


class _KeepUp:
    """Sees to it that a codebook which somebody has edited is in force before a request is answered."""

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app, self._desk = app, desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self._desk.codebook_is_new():
            await to_thread.run_sync(self._desk.keep_up)
        await self._app(scope, receive, send)


def _tell_error(tell: Say, debug: bool, line: str, trace: str) -> None:
    tell(f"Error: {line}; an error of sayso's own, please report it{'' if debug else ' (--debug shows where)'}.")
    if debug:
        tell(trace)


def _static_files(folder: str) -> "Mapping[str, Traversable]":
    """Give the files that pages load, by name: what a browser asks for is looked up here, and is never a path."""
    if folder not in _FOLDERS:
        return {}
    package, inside = _FOLDERS[folder]
    return {path.name: path for path in (files(package) / inside).iterdir() if PurePosixPath(path.name).suffix in _MEDIA}


async def static(request: Request) -> Response:
    """Give a script or a style sheet."""
    name = request.path_params["name"]
    path = _static_files(request.path_params["folder"]).get(name)
    if path is None:
        return PlainTextResponse("There is nothing at this address.\n", 404)
    return Response(path.read_bytes(), media_type=_MEDIA[PurePosixPath(name).suffix])
