"""Teaching as its page shows it: what can be taught, how the last run stands, and what it gave."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from ....classify.linear.label_pairs import PAIRED
from ....data.project.names import DECIDED
from ....data.project.records import Entry
from ....data.system.file_systems import quoted
from ...teach.runs import ACCEPTED, DISCARDED, DONE, Run
from ..desk import Desk
from ..work.curve import Point, draw_curves, learning_curves
from ..work.teaching import Teaching
from .charts import Figure, whiskers
from .columns import codebook_of, shown_model, taught_columns

LEAST_ARTICLES, LEAST_SENTENCES = 5, 30
"""What `teach.teaching` needs; it is not loaded here, for it brings the libraries that fit models."""
MARKS = {"good": "good", "doubtful": "doubtful", "bad": "bad", "unknown": "not known"}
_SCORES = {"macro F1": ("macro_f1", "interval"), "accuracy": ("accuracy", "accuracy_interval")}
"""What is drawn, and where a side of the result has it and its interval."""
_BECAME = {ACCEPTED: "taken", DISCARDED: "not taken", None: "to be decided"}


def teach_page(desk: Desk, teaching: Teaching, query: Mapping[str, str]) -> dict[str, Any]:
    """Give what the template speaks of; ``run`` in the address names an earlier run."""
    found = teaching.runs()
    states = [teaching.state(run) for run in found]
    at = next((i for i, run in enumerate(found) if run.name == query.get("run")), len(found) - 1)
    if any(state["status"] == "running" for state in states[-1:]):
        at = len(found) - 1  # what is under way goes first
    columns = teachable(desk)
    able = [c["name"] for c in columns if not c["lacking"]]
    wanted = query.get("column") or (states[at]["column"] if found else "")
    return {
        "run": states[at] if found else None,
        "drawn": _drawn(teaching, found[at], states[at]) if found and states[at]["result"] else None,
        "labels_shown": MARKS,
        "columns": columns,
        "chosen": wanted if wanted in able else next(iter(able), ""),
        "has_decided": (desk.project.labels_folder(DECIDED) / "data").is_dir(),
        "history": [_past(teaching, run, state) for run, state in zip(found, states, strict=True)][::-1],
        "commands": _commands(desk, columns),
    }


def teachable(desk: Desk) -> list[dict[str, Any]]:
    """List the columns that can be taught: how many labels there are, how many more are needed, which model is in use."""
    entries, models = desk.project.entries(), desk.models()
    return [
        {"name": c.name, **count_labels(entries, c.name), "in_use": shown_model(c.name, models, desk.settings.models)}
        for c in taught_columns(codebook_of(desk.project))
    ]


def count_labels(entries: Sequence[Entry], column: str) -> dict[str, Any]:
    """Count labelled sentences and articles, and say how many are lacking.

    Returns
    -------
    dict
        ``sentences``, ``articles``, and ``lacking``: what to label first, empty if there is enough.
    """
    counts = [n for entry in entries if (n := entry.labelled.get(column, 0))]
    wanted = ((LEAST_SENTENCES - sum(counts), "sentence"), (LEAST_ARTICLES - len(counts), "article"))
    lacking = [f"{n} more {what}{'s' if n > 1 else ''}" for n, what in wanted if n > 0]
    if len(lacking) == 2:
        lacking = [" in ".join(lacking)]
    return {"sentences": sum(counts), "articles": len(counts), "lacking": "".join(lacking)}


def learning_of(teaching: Teaching, column: str) -> dict[str, Any] | None:
    """Give the learning curve of a column as runs of teaching drew it; None where it was never taught."""
    found = learning_curves([run.state() for run in teaching.runs() if run.column == column])
    return next(iter(found), None)


def _steps_drawn(column: str, steps: Sequence[Mapping[str, Any]]) -> str:
    """Draw the curve inside a run; empty where there were too few articles for one."""
    points = [Point(s["sentences"], s["macro_f1"], (s["interval"][0], s["interval"][1])) for s in steps]
    return draw_curves(column, [], points) if points else ""


def _drawn(teaching: Teaching, run: Run, state: Mapping[str, Any]) -> dict[str, Any]:
    result = state["result"]
    before, after = ([_figure(result[side], *of) for of in _SCORES.values()] for side in ("before", "after"))
    return {
        "sides": whiskers(list(zip(_SCORES, before, after, strict=True))),
        "curve": _steps_drawn(run.column, result["curve"]),
        "is_in_use": teaching.is_in_use(run),
        "verdict": verdict_of(result),
        "folder": run.folder,
    }


class Verdict(NamedTuple):
    """What came of teaching: in words, whether the new model is better beyond doubt, and whether there was an old one."""

    words: str
    is_better: bool
    has_old: bool


def verdict_of(result: Mapping[str, Any]) -> Verdict:
    """Say which model is better; that none is, where the difference may be chance.

    >>> before = {"name": "the built-in model"}
    >>> verdict_of({"before": before, "difference": -0.005, "interval": (-0.02, 0.01), "settled": False}).words
    'No clear difference: the new model scores 0.5 points of macro F1 lower, and that may be chance (95 %: −2.0 to +1.0).'
    """
    has_old = not result["before"]["name"].startswith("no model")
    old = "the old one" if has_old else "always giving the most frequent label"
    difference, (low, high) = result["difference"], result["interval"]
    range_ = f"95 %: {_points(low)} to {_points(high)}"
    points = f"{abs(100 * difference):.1f} points of macro F1"
    if result["settled"] and difference:
        words = f"The new model is {'better' if difference > 0 else 'worse'} than {old}, by {points} ({range_})."
        return Verdict(words, difference > 0, has_old)
    if points.startswith("0.0 "):
        return Verdict(f"No clear difference: both score the same ({range_}).", False, has_old)
    side = f"scores {points} {'higher' if difference > 0 else 'lower'}"
    against = "" if has_old else f" than {old}"
    why = "which may be due to chance" if low <= 0 <= high else "but not every test confirms it"
    words = f"No clear difference: the new model {side}{against}, {why} ({range_})."
    return Verdict(words, False, has_old)


def _points(part: float) -> str:
    return f"{100 * part:+z.1f}".replace("-", "−")


def _figure(side: Mapping[str, Any], score: str, interval: str) -> Figure:
    return Figure(side[score], *side[interval])


def _past(teaching: Teaching, run: Run, state: Mapping[str, Any]) -> dict[str, Any]:
    result, started = state["result"], state["started"]
    became = state["status"]
    if became == DONE:
        became = "in use" if teaching.is_in_use(run) else _BECAME.get(state["decision"], "to be decided")
    scores = {side: _shown(result[side]) if result else "" for side in ("before", "after")}
    when = datetime.fromisoformat(started).astimezone().strftime("%Y-%m-%d %H:%M") if started else ""
    return {**{k: state[k] for k in ("run", "column", "started")}, "when": when, "became": became, **scores,
            "has_result": bool(result)}  # fmt: skip


def _shown(side: Mapping[str, Any]) -> str:
    low, high = side["interval"]
    return f"{side['macro_f1']:.2f} ({low:.2f} to {high:.2f})"


def _commands(desk: Desk, columns: Sequence[Mapping[str, Any]]) -> list[str]:
    """Give commands that do the same: comparing before and after, training, annotating with the models in use."""
    column = max(columns, key=lambda c: c["sentences"])["name"] if columns else "kind"
    folder = quoted(str(desk.project.labels_folder()))
    models = "".join(f" --model {quoted(str(path))}" for path in desk.models())
    name, annotate = quoted(column), f"sayso annotate ARTICLE{models}"
    if column not in PAIRED:
        return [f"sayso train {name} --data {folder} --out {name}.sayso", annotate]
    compare = f"sayso compare package adapted --task {name} --data {folder}"
    return [compare, f"sayso train {name} --data {folder} --adapt package --out {name}.sayso", annotate]
