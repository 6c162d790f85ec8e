"""The pages, filled on the server: what is read comes with the first answer."""

from functools import cache
from importlib.resources import files
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ...classify.pages.html import templates_of, with_names
from ...data.articles.kinds import article_suffixes
from .contents.article import in_order, kinds_beside, label_name, legend, page_values
from .contents.book import codebook_page
from .contents.columns import codebook_of, counted
from .contents.downloads import DOWNLOADS
from .contents.listing import SORTS, Wanted, list_articles, useful_commands
from .contents.noted import list_notes
from .views import NotFoundError, opened

PLACES = (
    ("/", "Articles"),
    ("/queue", "Queue"),
    ("/disputes", "Disputes"),
    ("/notes", "Notes"),
    ("/codebook", "Codebook"),
    ("/teach", "Teach"),
)
"""The navigation: addresses and names."""
_NOT_LABELLED = 3  # the height of a sentence without a label in the strip, of 40


@cache
def _environment() -> Any:
    def read(name: str) -> str:
        own = files("sayso.train.serve") / "templates" / name
        return (own if own.is_file() else files("sayso.classify") / "templates" / name).read_text(encoding="utf-8")

    environment = with_names(templates_of(read, keep_trailing_newline=True))
    environment.globals["heights"] = {**environment.globals["heights"], "": _NOT_LABELLED}
    environment.globals.update(legend=legend, label_name=label_name, kinds_beside=kinds_beside, in_order=in_order)
    return environment


def fill(template: str, **about: Any) -> str:
    """Fill a template of the local page; everything that it prints is escaped."""
    page: str = _environment().get_template(template).render(**about)
    return page


def page_of(request: Request, template: str, *, here: str = "", status: int = 200, **about: Any) -> Response:
    """Answer with a page in its frame; ``here`` is its place in the navigation."""
    project = request.app.state.desk.project
    frame = {"places": PLACES, "here": here, "annotator": project.annotator, "last": project.last}
    return HTMLResponse(fill(template, **frame, **about), status)


async def articles(request: Request) -> Response:
    """Show the list of articles, and where to paste or drop one."""
    project, wanted = request.app.state.desk.project, Wanted.of(request.query_params)
    listing = await run_in_threadpool(lambda: list_articles(project.entries(), wanted))
    codebook = await run_in_threadpool(codebook_of, project)
    folder = project.labels_folder()
    return page_of(
        request,
        "articles.html.j2",
        here="/",
        listing=listing,
        columns=counted(codebook),
        sorts=SORTS,
        most_bytes=request.app.state.door.most_bytes,
        suffixes=sorted(article_suffixes()),
        folder=folder,
        downloads=DOWNLOADS,
        commands=useful_commands(folder, codebook, listing),
    )


async def notes(request: Request) -> Response:
    """Show the notes on hard cases."""
    project = request.app.state.desk.project
    noted = await run_in_threadpool(list_notes, project, request.query_params)
    return page_of(request, "notes.html.j2", here="/notes", noted=noted)


async def codebook(request: Request) -> Response:
    """Show the label scheme with its texts."""
    about = await run_in_threadpool(codebook_page, request.app.state.desk.project)
    return page_of(request, "codebook.html.j2", here="/codebook", **about)


async def article(request: Request) -> Response:
    """Show an article to be read and put right."""
    desk, key = request.app.state.desk, request.path_params["key"]

    def values() -> dict[str, Any]:
        labelled, _ = opened(desk, key)
        view = desk.model_view(key, labelled)
        about = page_values(labelled, view.annotated)
        return {"page_key": key, "codebook": codebook_of(desk.project), "no_model": view.why_not, **about}

    try:
        about = await run_in_threadpool(values)
    except NotFoundError:
        return page_of(request, "missing.html.j2", status=404)
    return page_of(request, "article.html.j2", **about)
