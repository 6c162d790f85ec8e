"""What the pages ask for and send, as JSON."""

import json
import tempfile
from collections.abc import Awaitable, Callable
from functools import wraps
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from ...data.project.project import ConflictError
from ...errors import SaysoError
from .desk import Desk
from .uploads import Taken, from_file, from_text, safe_name, suffix_of_upload
from .views import article_view, change_of, recorded_view

Handler = Callable[[Request], Awaitable[Response]]


def _told(handler: Callable[[Request], Awaitable[Any]]) -> Handler:
    """Answer with what a handler gives; with one line where it cannot."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        try:
            return JSONResponse(await handler(request))
        except ConflictError as error:
            return JSONResponse({"error": str(error), "sentence": error.state}, 409)
        except KeyError:
            return JSONResponse({"error": "There is no such article in this project."}, 404)
        except SaysoError as error:
            return JSONResponse({"error": str(error)}, 400)

    return answer


async def _values(request: Request) -> dict[str, Any]:
    """Read the object of a request."""
    body = await request.body()
    try:
        values = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise SaysoError("The request holds no JSON.") from error
    if not isinstance(values, dict):
        raise SaysoError("The request holds no JSON object.")
    return values


def _desk(request: Request) -> Desk:
    desk: Desk = request.app.state.desk
    return desk


@_told
async def article(request: Request) -> Any:
    """Give an article with all that is known of its sentences."""
    return await run_in_threadpool(article_view, _desk(request), request.path_params["key"])


@_told
async def change(request: Request) -> Any:
    """Take a change; the answer comes when it is on disk."""
    desk, values = _desk(request), await _values(request)

    def recorded() -> Any:
        made, base = change_of(desk, values)
        return recorded_view(desk, desk.project.change(made, base=base))

    return await run_in_threadpool(recorded)


@_told
async def undo(request: Request) -> Any:
    """Take the last change back."""
    desk = _desk(request)
    recorded = await run_in_threadpool(desk.project.undo)
    return recorded_view(desk, recorded) if recorded else {"nothing": True}


@_told
async def redo(request: Request) -> Any:
    """Make the change again that was taken back last."""
    desk = _desk(request)
    recorded = await run_in_threadpool(desk.project.redo)
    return recorded_view(desk, recorded) if recorded else {"nothing": True}


@_told
async def changes(request: Request) -> Any:
    """Give the changes after a number, for the other tabs."""
    desk, since = _desk(request), request.query_params.get("since", "0")
    if not since.isdecimal() or len(since) > 15:
        raise SaysoError("since: a number is needed.")
    found = await run_in_threadpool(desk.project.since, int(since))
    return {"last": found[-1].number if found else int(since), "changes": [recorded_view(desk, one) for one in found]}


@_told
async def paste(request: Request) -> Any:
    """Take an article that was pasted."""
    desk, values = _desk(request), await _values(request)
    return await run_in_threadpool(_added, desk, lambda: from_text(values))


@_told
async def upload(request: Request) -> Any:
    """Take a file: its bytes are the body, and its name is in the header ``X-Sayso-Name``, with % for what is not ASCII."""
    desk, name = _desk(request), safe_name(unquote(request.headers.get("x-sayso-name", "")))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"upload{suffix_of_upload(name)}"
        with path.open("wb") as file:
            async for part in request.stream():
                await run_in_threadpool(file.write, part)
        return await run_in_threadpool(_added, desk, lambda: from_file(path, name))


def _added(desk: Desk, read: Callable[[], Taken]) -> Any:
    taken = read()
    keys = desk.project.add(taken.articles) if taken.articles else []
    if not keys:
        raise SaysoError(" ".join(taken.notices) or "There is no article in it.")
    return {"added": keys, "notices": taken.notices}
