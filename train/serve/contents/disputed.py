"""Disputes of two annotators side by side, as their page shows them."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from ....data.codebook.codebook import Codebook
from ....data.project.names import DECIDED
from ....data.project.project import Project
from ....data.system.file_systems import quoted
from ..work.agreement import AgreementSoFar
from ..work.decisions import FILE
from ..work.disputes import CHANGED, SETTLED, Disputes
from .article import label_name
from .columns import codebook_of
from .names import names_of

_SHOWN = 60  # disputes on a page
_MOST = 100_000  # so many are looked through for those of two annotators
_SIDE_KEYS = frozenset("120")  # left, right, take back: no label has them here
Item = dict[str, Any]


def disputes_page(
    project: Project, disputes: Disputes, agreement: AgreementSoFar, query: Mapping[str, str]
) -> dict[str, Any]:
    """Give what the template speaks of; without a second annotator ``sides`` is None."""
    now = disputes.now(most=_MOST)
    names = now["annotators"]
    if len(names) < 2:
        root = quoted(str(project.layout.root))
        second = f"sayso serve --project {root} --annotator NAME --port 8011"
        return {"sides": None, "line": now["line"], "second": second}
    sides = side_by_side(now, query, codebook_of(project))
    here = {entry.key: entry for entry in project.entries()}
    called = names_of(project, [here[key] for key in {item["key"] for item in sides["items"]} if key in here])
    for item in sides["items"]:
        item["title"] = called.get(item["key"], item["title"])
    return {
        "sides": sides,
        "line": now["line"],
        "annotators": names,
        "columns": now["columns"],
        "agreement": agreement.now(),
        "merge": merge_command(project, names),
    }


def merge_command(project: Project, names: Sequence[str]) -> str:
    """Give the command that writes what the button writes."""
    folders = " ".join(quoted(str(project.labels_folder(name))) for name in names)
    decided = quoted(str(project.labels_folder(DECIDED)))
    path = quoted(str(project.layout.root / FILE))
    return f"sayso data merge {folders} --adjudicate {path} --undecided unlabelled --out {decided} --force"


def side_by_side(now: Mapping[str, Any], query: Mapping[str, str], codebook: Codebook) -> dict[str, Any]:
    """Choose the disputes of two annotators, worst first.

    Parameters
    ----------
    now : mapping
        Of `work.disputes.Disputes.now`.
    query : mapping of str to str
        ``left``, ``right`` (by default the first two annotators), ``column``, ``open`` (``1``: only open ones).
    codebook : Codebook
        For the keys of labels.
    """
    left, right = _chosen(now["annotators"], query)
    column, is_open = query.get("column", ""), query.get("open") == "1"
    both = [item for d in now["disputes"] if (item := _item(d, left, right, codebook))]
    of_column = [item for item in both if column in ("", item["column"])]
    fitting = [item for item in of_column if not (is_open and item["decision"])]
    return {
        "left": left,
        "right": right,
        "column": column,
        "is_open": is_open,
        "items": fitting[:_SHOWN],
        "n_all": len(of_column),
        "n_open": sum(not item["decision"] for item in of_column),
    }


def _chosen(names: Sequence[str], query: Mapping[str, str]) -> tuple[str, str]:
    left = query.get("left", "")
    left = left if left in names else names[0]
    right = query.get("right", "")
    others = [name for name in names if name != left]
    return left, right if right in others else others[0]


def _item(dispute: Mapping[str, Any], left: str, right: str, codebook: Codebook) -> Item | None:
    """Give a dispute as it is shown; None where these two do not differ in it."""
    answers = {answer["annotator"]: answer["label"] for answer in dispute["answers"]}
    said = [answers.get(name) for name in (left, right)]
    if None in said or said[0] == said[1]:
        return None
    decided, state = dispute["decision"], dispute["state"]
    stands = decided["decision"] if decided and state == SETTLED else ""
    shown = _names(dispute, codebook)
    sides = [{"annotator": name, "shown": shown(str(answers[name]))} for name in (left, right)]
    return {
        **{name: dispute[name] for name in ("key", "n", "column", "text", "before", "after")},
        "title": dispute["title"] or dispute["article"],
        "left": sides[0],
        "right": sides[1],
        "others": _others(dispute, codebook, shown),
        "decision": stands,
        "by": decided["by"] if stands else "",
        "has_changed": state == CHANGED,
        "earlier": shown(decided["decision"]) if decided else "",
    }


def _names(dispute: Mapping[str, Any], codebook: Codebook) -> Callable[[str], str]:
    """Give what says how a label is called on a page; the words of spans and the names of annotators stay what they are."""
    name = dispute["column"].partition(":")[0]
    column = codebook.column(name)

    def shown(label: str) -> str:
        is_label = label in dispute["labels"] or (column is not None and column.label(label) is not None)
        return label_name(name, label) if is_label else label

    return shown


def _others(dispute: Mapping[str, Any], codebook: Codebook, shown: Callable[[str], str]) -> list[Item]:
    """Give the labels by which a dispute may be decided, those of the two among them: a key means the same everywhere."""
    column = codebook.column(dispute["column"].partition(":")[0])
    labels = [(name, column.label(name) if column else None) for name in dispute["labels"]]
    keys = {name: label.key for name, label in labels if label and label.key not in _SIDE_KEYS}
    return [{"name": name, "key": keys.get(name), "shown": shown(name)} for name, _ in labels]
