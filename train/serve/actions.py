"""What the pages beside that of an article ask for, as JSON, and their addresses."""

from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.routing import Route

from ...errors import SaysoError
from .api import desk_of, in_thread, told, values_of
from .contents.blind import MODELS, check_sees
from .contents.book import changed_since
from .contents.queued import next_sentences, request_of
from .desk import Desk
from .views import OF_SCHEME
from .work.team import Team

_LONGEST_NAME = 500


def team_of(request: Request) -> Team:
    """Give what the application works out of all annotators' labels."""
    team: Team = request.app.state.team
    return team


@told
async def codebook(request: Request) -> Any:
    """Read the codebook again after it was edited."""
    values = await values_of(request)
    return await in_thread(_take_up, desk_of(request), values.get("version"))


def _take_up(desk: Desk, shown: object) -> Any:
    """Put the file into force as it is now, and say what changed since the version that the page shows."""
    desk.take_up()
    return {"version": desk.project.codebook, "changes": changed_since(desk.project, shown)}


@told
async def queue(request: Request) -> Any:
    """Give the sentences to label next."""
    desk, team = desk_of(request), team_of(request)

    def found() -> Any:
        wanted = request_of(desk, request.query_params)
        if wanted is None:
            raise SaysoError("the codebook has no column in which each sentence gets one label.")
        return next_sentences(desk, team, wanted)

    return await in_thread(found)


@told
async def progress(request: Request) -> Any:
    """Tell how far everybody is, and how well they agree; when blind only how far one is oneself."""
    desk, team = desk_of(request), team_of(request)

    def far() -> Any:
        now = team.progress.now()
        if desk.settings.blind:
            asked = {*OF_SCHEME, *desk.project.columns}
            me = now["annotators"][0]
            me = {**me, "columns": {column: n for column, n in me["columns"].items() if column in asked}}
            columns = [of for of in now["columns"] if of["column"] in asked]
            return {**now, "columns": columns, "annotators": [me], "agreement": None}
        return {**now, "agreement": team.agreement.now()}

    return await in_thread(far)


@told
async def disputes(request: Request) -> Any:
    """Give what annotators dispute."""
    check_sees(desk_of(request))
    return await in_thread(team_of(request).disputes.now, request.query_params.get("column"))


@told
async def decide(request: Request) -> Any:
    """Take a decision; it is on disk when the answer comes."""
    check_sees(desk_of(request))
    values = await values_of(request)
    key, n, column, decision = (values.get(name) for name in ("key", "n", "column", "decision"))
    if not isinstance(key, str) or not isinstance(column, str) or type(n) is not int:
        raise SaysoError("a decision must have key, n and column.")
    if not isinstance(decision, str | None) or len(decision or "") > _LONGEST_NAME:
        raise SaysoError("decision: give a label, the name of an annotator, or nothing.")
    return {"decisions": await in_thread(team_of(request).disputes.decide, key, n, {column: decision or None})}


@told
async def decided(request: Request) -> Any:
    """Write what is agreed and decided as a dataset."""
    check_sees(desk_of(request))
    return await in_thread(team_of(request).disputes.write_decided)


@told
async def teach_state(request: Request) -> Any:
    """Tell how the last run of teaching stands."""
    check_sees(desk_of(request), MODELS)
    return await in_thread(team_of(request).teaching.now) or {"status": None}


@told
async def teach(request: Request) -> Any:
    """Start to teach."""
    check_sees(desk_of(request), MODELS)
    return await in_thread(team_of(request).teaching.start, await values_of(request))


def _with_run(act: Callable[[Team, object], Any]) -> Any:
    @told
    async def answer(request: Request) -> Any:
        check_sees(desk_of(request), MODELS)
        values = await values_of(request)
        return await in_thread(act, team_of(request), values.get("run"))

    return answer


ROUTES = [
    Route("/api/codebook", codebook, methods=["POST"]),
    Route("/api/queue", queue),
    Route("/api/progress", progress),
    Route("/api/disputes", disputes),
    Route("/api/decide", decide, methods=["POST"]),
    Route("/api/decided", decided, methods=["POST"]),
    Route("/api/teach", teach_state, methods=["GET"]),
    Route("/api/teach", teach, methods=["POST"]),
    Route("/api/teach/stop", _with_run(lambda team, run: team.teaching.stop(run)), methods=["POST"]),
    Route("/api/teach/accept", _with_run(lambda team, run: team.teaching.accept(run)), methods=["POST"]),
    Route("/api/teach/discard", _with_run(lambda team, run: team.teaching.discard(run)), methods=["POST"]),
    Route("/api/teach/restore", _with_run(lambda team, run: team.teaching.restore(run)), methods=["POST"]),
]
"""The addresses of these answers."""
