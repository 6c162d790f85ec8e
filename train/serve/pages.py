"""The pages, filled on the server: what is read comes with the first answer."""

from functools import cache
from importlib.resources import files
from typing import Any

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from ...classify.pages.html import templates_of, with_names
from .contents.article import article_after, in_order, kinds_beside, label_name, legend, page_values
from .contents.columns import codebook_of, counted
from .contents.listing import DOWNLOADS, SORTS, Wanted, list_articles, useful_commands
from .contents.names import names_of
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

    environment: Any = with_names(templates_of(read, keep_trailing_newline=True))
    environment.globals["heights"] = {**environment.globals["heights"], "": _NOT_LABELLED}
    environment.globals.update(legend=legend, label_name=label_name, kinds_beside=kinds_beside, in_order=in_order)
    return environment


def compile_template(name: str) -> None:
    """Make a template ready before somebody waits for a page."""
    _environment().get_template(name)


def fill(template: str, **about: Any) -> str:
    """Fill a template of the local page; everything that it prints is escaped."""
    page: str = _environment().get_template(template).render(**about)
    return page


def page_of(request: Request, template: str, *, here: str = "", status: int = 200, **about: Any) -> Response:
    """Answer with a page in its frame; ``here`` is its place in the navigation."""
    project = request.app.state.desk.project
    teach = request.app.state.team.teaching.brief()
    frame = {"places": PLACES, "here": here, "annotator": project.annotator, "last": project.last, "teach": teach}
    frame["blind"] = request.app.state.desk.settings.blind
    return HTMLResponse(fill(template, **frame, **about), status)


async def articles(request: Request) -> Response:
    """Show the list of articles, and where to paste or drop one; what the other pages need is loaded after it."""
    desk, wanted = request.app.state.desk, Wanted.of(request.query_params)
    project = desk.project

    def about() -> dict[str, Any]:
        listing, codebook = list_articles(project.entries(), wanted), codebook_of(project)
        shown = [line.entry for line in listing.lines if not line.table]
        folder = project.labels_folder()
        return {
            "listing": listing,
            "columns": counted(codebook, listing.labelled, has_targets=bool(desk.settings.targets)),
            "names": names_of(project, [*shown, *([listing.go_on] if listing.go_on else [])]),
            "folder": folder,
            "commands": useful_commands(folder, codebook, listing),
        }

    page = page_of(
        request,
        "articles.html.j2",
        here="/",
        sorts=SORTS,
        downloads=DOWNLOADS,
        sources=request.app.state.sources.view(),
        most_bytes=request.app.state.door.most_bytes,
        **await run_in_threadpool(about),
    )
    page.background = BackgroundTask(desk.first_shown.set)
    return page


async def article(request: Request) -> Response:
    """Show an article to be read and put right."""
    desk, key = request.app.state.desk, request.path_params["key"]

    def values() -> dict[str, Any]:
        labelled, _ = opened(desk, key)
        view = desk.model_view(key, labelled)
        about = page_values(labelled, view.annotated)
        after = article_after(desk.project.entries(), key)
        codebook = codebook_of(desk.project)
        everywhere = [target.name for target in desk.settings.targets]
        version = desk.project.codebook
        about |= {"codebook": codebook, "codebook_version": version, "no_model": view.why_not, "everywhere": everywhere}
        return {"page_key": key, "after": after, **about}

    try:
        about = await run_in_threadpool(values)
    except NotFoundError:
        return page_of(request, "missing.html.j2", status=404)
    return page_of(request, "article.html.j2", **about)
