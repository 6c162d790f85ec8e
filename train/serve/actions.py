"""What the pages beside that of an article ask for: files to download, the codebook read again."""

import shutil
import tempfile
from pathlib import Path
from typing import Any

from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from ...errors import SaysoError
from . import pages
from .api import desk_of, told
from .contents.downloads import DOWNLOADS, written
from .desk import Desk


async def download(request: Request) -> Response:
    """Give the labels as a file."""
    name, project = request.path_params["name"], desk_of(request).project
    if name not in DOWNLOADS:
        return PlainTextResponse("There is no such download.\n", 404)
    folder = Path(tempfile.mkdtemp())
    try:
        path = await run_in_threadpool(written, project, name, folder)
    except SaysoError as error:
        shutil.rmtree(folder, ignore_errors=True)
        return PlainTextResponse(f"Nothing to download: {error}\n", 409)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    gone = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
    return FileResponse(path, filename=f"{project.annotator}-{name}", background=gone)


@told
async def codebook(request: Request) -> Any:
    """Read the codebook again after it was edited."""
    return await run_in_threadpool(_take_up, desk_of(request))


def _take_up(desk: Desk) -> Any:
    taken = desk.take_up()
    return {"version": taken.codebook.version, "changes": taken.changes}


ROUTES = [
    Route("/notes", pages.notes),
    Route("/codebook", pages.codebook),
    Route("/download/{name}", download),
    Route("/api/codebook", codebook, methods=["POST"]),
]
