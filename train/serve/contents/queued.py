"""The queue as its page shows it: what is asked, the sentences, and how far everything is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any
from urllib.parse import urlencode

from ....classify.queue.queue import Wanted
from ....data.codebook.codebook import Column, Label
from ....errors import SaysoError
from ...teach.accepted import model_of
from ..desk import Desk
from ..work.queue import CALLED, UNSURE, Asked
from ..work.team import Team
from .article import label_name
from .columns import codebook_of, models_beside, queued_columns
from .names import names_of

SIZES = (10, 20, 50)
_MOST = 200


@dataclass(frozen=True, slots=True)
class Request:
    """What of the queue is asked for.

    Parameters
    ----------
    column : Column
    label : str or None
        Only sentences that the model calls so.
    n : int
        How many.
    """

    column: Column
    label: str | None
    n: int

    @property
    def mode(self) -> str:
        """How sentences are chosen."""
        return UNSURE if self.label is None else CALLED

    @property
    def address(self) -> str:
        """Where the page with it is."""
        mode = UNSURE if self.label is None else f"{CALLED}:{self.label}"
        return "/queue?" + urlencode({"column": self.column.name, "mode": mode, "n": self.n})


def request_of(desk: Desk, query: Mapping[str, str]) -> Request | None:
    """Read what is asked for from an address; None where the codebook has no column for a queue.

    ``mode`` is ``unsure``, ``called`` with ``label`` beside it, or ``called:LABEL``.
    """
    columns = queued_columns(codebook_of(desk.project))
    if not columns:
        return None
    column = next((c for c in columns if c.name == query.get("column")), columns[0])
    mode, _, label = query.get("mode", UNSURE).partition(":")
    label = label or query.get("label", "")
    is_called = mode == CALLED and column.label(label) is not None and not desk.settings.blind
    n = query.get("n", "")
    number = int(n) if n.isascii() and n.isdigit() and len(n) < 5 else SIZES[1]
    return Request(column, label if is_called else None, min(max(number, 1), _MOST))


def next_sentences(desk: Desk, team: Team, request: Request) -> dict[str, Any]:
    """Ask the queue; see `work.queue.LabelQueue.next_to_label`."""
    column, models = request.column.name, desk.models()
    asked = Asked(column, model_of(column, models), models_beside(column, models))
    wanted = Wanted(request.n, request.label)
    return team.queue.next_to_label(asked, wanted, mode=request.mode, blind=desk.settings.blind)


def told_sentences(desk: Desk, team: Team, request: Request) -> dict[str, Any]:
    """Ask the queue; where it cannot choose, its line says why."""
    try:
        return next_sentences(desk, team, request)
    except SaysoError as error:
        return {"sentences": [], "line": str(error)}


def queue_page(desk: Desk, request: Request | None, found: Mapping[str, Any] | None) -> dict[str, Any]:
    """Give what the template speaks of; ``found`` is what the queue gave, None while it is not there yet."""
    if request is None:
        return {"columns": [], "items": [], "lines": [], "is_pending": False, "column": "", "asked": "", "labels": []}
    columns = queued_columns(codebook_of(desk.project))
    sentences = found["sentences"] if found else []
    states = {key: desk.project.state(key) for key in {s["key"] for s in sentences}}
    names = names_of(desk.project, [desk.project.entry(key) for key in states])
    return {
        "columns": [c.name for c in columns],
        "asked": request.column.name,
        "column": request.column.name,
        "question": request.column.question,
        "is_own": not request.column.builtin,
        "labels": [_label(request.column.name, x) for x in request.column.labels],
        "mode": request.mode,
        "label": request.label,
        "is_blind": desk.settings.blind,
        "n": request.n,
        "sizes": sorted({*SIZES, request.n}),
        "items": [_item(request.column.name, s, states[s["key"]], names[s["key"]]) for s in sentences],
        "lines": [found["line"]] if found else [],
        "again": request.address,
        "is_pending": found is None,
    }


def _label(column: str, label: Label) -> dict[str, Any]:
    return {"name": label.name, "key": label.key, "shown": label_name(column, label.name), "text": label.text}


def _item(column: str, sentence: Mapping[str, Any], state: Mapping[str, Any], name: str) -> dict[str, Any]:
    guess = sentence["guess"]
    return {
        **{name: sentence[name] for name in ("key", "n", "text", "before", "after")},
        "title": name,
        "change": state["changes"].get(sentence["n"], 0),
        "note": state["notes"].get(sentence["n"], ""),
        "guess": None if guess is None else label_name(column, guess),
        "chance": sentence["chance"],
    }


def with_totals(days: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Give days with the labels that there were in all at their end.

    >>> with_totals([{"day": "2026-03-04", "labels": 3}, {"day": "2026-03-06", "labels": 2}])[-1]
    {'day': '2026-03-06', 'labels': 2, 'total': 5}
    """
    totals = accumulate(day["labels"] for day in days)
    return [{**day, "total": total} for day, total in zip(days, totals, strict=True)]
