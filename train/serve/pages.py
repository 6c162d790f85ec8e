"""The pages, filled on the server: what is read comes with the first answer."""

from functools import cache
from importlib.resources import files
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ...classify.annotation.article_name import name_of_article
from ...classify.pages.html import templates_of
from .views import NotFoundError, article_view


@cache
def _environment() -> Any:
    def read(name: str) -> str:
        return (files("sayso.train.serve") / "templates" / name).read_text(encoding="utf-8")

    return templates_of(read, keep_trailing_newline=True)


def fill(template: str, **about: Any) -> str:
    """Fill a template of the local page; everything that it prints is escaped."""
    page: str = _environment().get_template(template).render(**about)
    return page


async def articles(request: Request) -> Response:
    """Show the list of articles, and where to paste or drop one."""
    desk = request.app.state.desk
    entries = await run_in_threadpool(desk.project.entries)
    return HTMLResponse(fill("articles.html.j2", entries=entries, sources=request.app.state.sources.view()))


async def article(request: Request) -> Response:
    """Show an article to be read and put right."""
    desk, key = request.app.state.desk, request.path_params["key"]
    try:
        view = await run_in_threadpool(article_view, desk, key)
    except NotFoundError:
        return HTMLResponse(fill("missing.html.j2"), 404)
    title = name_of_article(desk.project.article(key).article)
    return HTMLResponse(fill("article.html.j2", view=view, title=title))
