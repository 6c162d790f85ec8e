"""What the pages ask for and send, as JSON."""

import asyncio
import contextlib
import errno
import json
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from functools import partial, wraps
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote, unquote

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from ...data.project.records import ConflictError, ElsewhereError, Recorded
from ...errors import SaysoError
from .contents.blind import check_sees
from .desk import Desk, in_background
from .downloads import Download, Wanted, is_small, write, write_beside
from .uploads import from_file, from_text, safe_name, suffix_of_upload
from .views import NotFoundError, article_view, change_of, changes_view, opened, place_view, recorded_view, step_view

T = TypeVar("T")
Handler = Callable[[Request], Awaitable[Response]]
_LONGEST_NUMBER = 15
_LONGEST_LINE = 20.0  # seconds that a download waits for those before it
_FULL = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
_REFUSED = frozenset({errno.EROFS, errno.EIO, errno.EACCES, errno.EPERM, errno.EBUSY, errno.EMFILE, errno.EFBIG})
_WHY: Mapping[type[OSError], str] = {
    FileExistsError: "there is a file where a folder must be created",
    NotADirectoryError: "there is a file where a folder must be",
    IsADirectoryError: "there is a folder where a file must be",
    FileNotFoundError: "the file or its folder no longer exists",
    PermissionError: "permission to write or read is missing",
}
"""What the errors of the system mean here."""
_FILE_NAME = re.compile(r"[/\\]|\.\S")
_QUOTED = re.compile(r"'[^']*'")
_OF_FOLDERS = re.compile(r"; leave (?:it|this entry|the file) out(, or)?")  # advice that fits a folder which somebody named


def told(handler: Callable[[Request], Awaitable[Any]]) -> Handler:
    """Answer with what a handler gives, as JSON; with one line where it cannot."""

    @wraps(handler)
    async def answer(request: Request) -> Response:
        try:
            given = await handler(request)
        except ConflictError as error:
            stands = await to_thread.run_sync(place_view, desk_of(request), error.article, error.n)
            return JSONResponse({"error": _line(error), "change": error.present["change"], **stands}, 409)
        except NotFoundError as error:
            return JSONResponse({"error": _line(error)}, 404)
        except SaysoError as error:
            return JSONResponse({"error": _line(error)}, _status_for(error.__cause__, 400))
        except OSError as error:
            return JSONResponse({"error": _line_of_system(error)}, _status_for(error, 500))
        return given if isinstance(given, Response) else JSONResponse(given)

    return answer


def _line(error: SaysoError) -> str:
    return as_sentence(" ".join(str(error).encode("utf-8", "replace").decode().split()))


def as_sentence(words: str) -> str:
    """Begin with a capital, unless what stands first is the name of a file or a path, which is another one then.

    >>> as_sentence("the article is empty."), as_sentence("my notes.txt: no text."), as_sentence("p4/codebook.toml is gone.")
    ('The article is empty.', 'my notes.txt: no text.', 'p4/codebook.toml is gone.')
    """
    first, colon, _ = words.partition(": ")
    named = first if colon else first.partition(" ")[0]
    return words if _FILE_NAME.search(_QUOTED.sub("", named)) else words[:1].upper() + words[1:]


def _status_for(error: BaseException | None, otherwise: int) -> int:
    """Give the status that an error of the system has: what the disk refuses now may go through later."""
    number = error.errno if isinstance(error, OSError) else None
    return 507 if number in _FULL else 500 if number in _REFUSED else otherwise


def _line_of_system(error: OSError) -> str:
    """Say what the system could not do, with which file, and what to look at."""
    at = f"{error.filename}: " if error.filename else ""
    if error.errno in _FULL:
        return f"{at}the disk is full; free some space and try again."
    why = _WHY.get(type(error), (error.strerror or type(error).__name__).lower())
    return f"{at}{why}. The request was not completed; fix this and try again."


async def values_of(request: Request) -> dict[str, Any]:
    """Read the object of a request.

    Raises
    ------
    SaysoError
        If it holds none.
    """
    try:
        values = json.loads(await request.body())
    except (ValueError, RecursionError) as error:
        raise SaysoError("the request is not valid JSON.") from error
    if not isinstance(values, dict):
        raise SaysoError("the request is not a JSON object.")
    return values


def desk_of(request: Request) -> Desk:
    """Give the desk that the application was made for."""
    desk: Desk = request.app.state.desk
    return desk


async def in_thread(work: Callable[..., T], *given: Any) -> T:
    """Do what takes a moment beside the answers to others."""
    return await to_thread.run_sync(partial(work, *given))


async def _changing(request: Request, work: Callable[..., T], *given: Any) -> T:
    return await to_thread.run_sync(partial(work, *given), limiter=request.app.state.rooms.changes)


@told
async def article(request: Request) -> Any:
    """Give an article with all that is known of its sentences."""
    return await in_thread(article_view, desk_of(request), request.path_params["key"])


@told
async def change(request: Request) -> Any:
    """Take a change; the answer comes when it is on disk."""
    desk, values = desk_of(request), await values_of(request)

    def changed() -> Any:
        made, base = change_of(desk, values)
        return recorded_view(desk, desk.project.change(made, base=base))

    return await _changing(request, changed)


@told
async def undo(request: Request) -> Any:
    """Take the last change back; in the article ``key`` only, if the request names one."""
    return await _back(request, desk_of(request).project.undo)


@told
async def redo(request: Request) -> Any:
    """Make the change again that was taken back last; in the article ``key`` only, if the request names one."""
    return await _back(request, desk_of(request).project.redo)


async def _back(request: Request, act: Callable[..., Recorded | None]) -> Any:
    """Undo or redo; of a change in another article than the one asked for, it is only told where and what it is."""
    desk, key = desk_of(request), (await values_of(request)).get("key") if await request.body() else None

    def stepped() -> Any:
        within = opened(desk, str(key))[0].article.id if key is not None else None
        try:
            recorded = act(within=within)
        except ElsewhereError as error:
            return {"elsewhere": step_view(desk, error.recorded)}
        if recorded is None:
            return {"nothing": True}
        return {**recorded_view(desk, recorded), **step_view(desk, recorded)}

    return await _changing(request, stepped)


@told
async def changes(request: Request) -> Any:
    """Give the changes after a number, for the other tabs, and how reading the sources goes on."""
    since = request.query_params.get("since", "0")
    if not (since.isascii() and since.isdigit()) or len(since) > _LONGEST_NUMBER:
        raise SaysoError("since must be a number.")
    desk = desk_of(request)
    found = await in_thread(changes_view, desk, int(since))
    codebook = {"version": desk.project.codebook, "error": desk.codebook_error}
    teach = await in_thread(request.app.state.team.teaching.brief)
    return {**found, "codebook": codebook, "sources": request.app.state.sources.view(), "teach": teach}


@told
async def paste(request: Request) -> Any:
    """Take an article that was pasted."""
    desk, values = desk_of(request), await values_of(request)
    async with request.app.state.rooms.pastes:
        return await asyncio.wrap_future(in_background(lambda: from_text(desk, values).view()))


@told
async def upload(request: Request) -> Any:
    """Take a file: its bytes are the body, and its name is in the header ``X-Sayso-Name``, with % for what is not ASCII."""
    desk, name = desk_of(request), safe_name(unquote(request.headers.get("x-sayso-name", "")))
    suffix = suffix_of_upload(name)
    with tempfile.TemporaryDirectory(prefix="sayso-") as folder:
        path = Path(folder) / f"upload{suffix}"
        with path.open("wb") as file:
            async for part in request.stream():
                await in_thread(file.write, part)
        async with request.app.state.rooms.uploads:
            return await asyncio.wrap_future(in_background(lambda: _sent(desk, path, name)))


def _sent(desk: Desk, path: Path, name: str) -> Any:
    """Take in a file; what cannot be read is not to be left out of a folder here."""
    try:
        return from_file(desk, path, name).view()
    except SaysoError as error:
        raise SaysoError(_OF_FOLDERS.sub(lambda found: ";" if found[1] else "", str(error))) from error


@told
async def export(request: Request) -> Any:
    """Give the labels as a file of another tool: ``format``, and if wished ``annotator`` and ``excel``."""
    asked, desk = request.query_params, desk_of(request)
    if asked.get("annotator") not in (None, "", desk.project.annotator):
        check_sees(desk)
    wanted = await in_thread(Wanted.of, desk, asked)
    folder = await in_thread(tempfile.mkdtemp, None, "sayso-")
    try:
        async with _next_download(request):
            in_turn = in_thread(write, wanted, Path(folder)) if is_small(desk) else write_beside(wanted, Path(folder))
            return _Sent(folder, await in_turn)
    except TimeoutError:
        shutil.rmtree(folder, ignore_errors=True)
        return JSONResponse({"error": "Another download is being prepared; try again when it is finished."}, 503)
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise


@contextlib.asynccontextmanager
async def _next_download(request: Request) -> AsyncIterator[None]:
    """Wait in line: downloads of a large project take much memory, so that one is made at a time.

    Raises
    ------
    TimeoutError
        If it takes too long until it is one's turn.
    """
    room: asyncio.Semaphore = request.app.state.rooms.downloads
    await asyncio.wait_for(room.acquire(), _LONGEST_LINE)
    try:
        yield
    finally:
        room.release()


class _Sent(FileResponse):
    """A download, which is gone once it was sent, or nobody wants it any more."""

    def __init__(self, folder: str, download: Download) -> None:
        named = f"attachment; filename*=UTF-8''{quote(download.name, safe='')}"
        super().__init__(download.path, headers={"Content-Disposition": named}, media_type="application/octet-stream")
        self._folder = folder

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        try:
            await super().__call__(scope, receive, send)
        finally:
            await in_thread(shutil.rmtree, self._folder, True)


ROUTES = [
    Route("/api/article/{key}", article),
    Route("/api/change", change, methods=["POST"]),
    Route("/api/undo", undo, methods=["POST"]),
    Route("/api/redo", redo, methods=["POST"]),
    Route("/api/changes", changes),
    Route("/api/paste", paste, methods=["POST"]),
    Route("/api/upload", upload, methods=["POST"]),
    Route("/api/export", export),
]
"""The addresses of these answers."""
