"""The pages beside those of the list and of an article, filled on the server: they can be read without a script."""

import asyncio
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from .actions import team_of
from .api import desk_of, in_thread
from .contents.blind import MODELS, OTHERS, closed_line, closed_page
from .contents.book import codebook_page
from .contents.disputed import disputes_page
from .contents.noted import list_notes
from .contents.queued import queue_page, request_of, told_sentences, with_totals
from .contents.taught import count_labels, learning_of, teach_page
from .pages import page_of

_PATIENCE = 1.5  # seconds that the page of the queue waits for its sentences; after that it comes without, and asks again


async def queue(request: Request) -> Response:
    """Show what to label next, and how far everything is."""
    desk, team = desk_of(request), team_of(request)
    sees = not desk.settings.blind
    wanted = await in_thread(request_of, desk, request.query_params)
    found = None
    if wanted is not None:
        asking = asyncio.ensure_future(in_thread(told_sentences, desk, team, wanted))
        done, _ = await asyncio.wait([asking], timeout=_PATIENCE)
        found = asking.result() if done else None

    def about() -> dict[str, Any]:
        progress = team.progress.now()
        return {
            "queue": queue_page(desk, wanted, found),
            "progress": progress,
            "days": with_totals(progress["days"]),
            "lacking": count_labels(desk.project.entries(), wanted.column.name)["lacking"] if wanted else "",
            "agreement": team.agreement.now() if sees else {"line": closed_line(), "warnings": [], "columns": {}},
            "learning": learning_of(team.teaching, wanted.column.name) if wanted and sees else None,
        }

    return page_of(request, "queue.html.j2", here="/queue", **await in_thread(about))


async def disputes(request: Request) -> Response:
    """Show what annotators dispute."""
    desk, team, query = desk_of(request), team_of(request), request.query_params
    if desk.settings.blind:
        return page_of(request, "closed.html.j2", here="/disputes", **closed_page(desk, "Disputes", OTHERS))
    about = await in_thread(disputes_page, desk.project, team.disputes, team.agreement, query)
    return page_of(request, "disputes.html.j2", here="/disputes", **about)


async def notes(request: Request) -> Response:
    """Show the notes on hard cases."""
    noted = await in_thread(list_notes, desk_of(request), request.query_params)
    return page_of(request, "notes.html.j2", here="/notes", noted=noted)


async def codebook(request: Request) -> Response:
    """Show the label scheme with its texts."""
    about = await in_thread(codebook_page, desk_of(request))
    return page_of(request, "codebook.html.j2", here="/codebook", **about)


async def teach(request: Request) -> Response:
    """Show what can be taught, and what came of it."""
    desk = desk_of(request)
    if desk.settings.blind:
        return page_of(request, "closed.html.j2", here="/teach", **closed_page(desk, "Teach", MODELS))
    about = await in_thread(teach_page, desk, team_of(request).teaching, request.query_params)
    return page_of(request, "teach.html.j2", here="/teach", **about)


ROUTES = [
    Route("/queue", queue),
    Route("/disputes", disputes),
    Route("/notes", notes),
    Route("/codebook", codebook),
    Route("/teach", teach),
]
"""The addresses of these pages."""
