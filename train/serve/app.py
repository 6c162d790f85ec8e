"""The web application: which address leads where."""

from importlib.resources import files

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from . import actions, api, pages
from .desk import Desk
from .guard import Door, Guard


def make_app(desk: Desk, door: Door) -> Starlette:
    """Put the application together.

    Parameters
    ----------
    desk : Desk
    door : Door
    """
    routes = [
        Route("/", pages.articles),
        Route("/article/{key}", pages.article),
        Route("/api/article/{key}", api.article),
        Route("/api/change", api.change, methods=["POST"]),
        Route("/api/undo", api.undo, methods=["POST"]),
        Route("/api/redo", api.redo, methods=["POST"]),
        Route("/api/changes", api.changes),
        Route("/api/paste", api.paste, methods=["POST"]),
        Route("/api/upload", api.upload, methods=["POST"]),
        *actions.ROUTES,
        Mount("/shared", StaticFiles(packages=[("sayso.classify", "templates")])),
        Mount("/static", StaticFiles(directory=str(files("sayso.train.serve") / "static"))),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(Guard, door=door)])
    app.state.desk, app.state.door = desk, door
    return app
