"""The page of a source audit: who speaks, of what type, when and where."""

from collections.abc import Sequence
from typing import Any, NamedTuple

from ...data.scheme import SOURCE_TYPES
from ..linear.quantification import FEW_ARTICLES, Estimate, Shares
from ..pages.html import render
from ..speakers.share_counts import is_thin
from .audit import Audit
from .roster import OUTSIDE, STAKE, Group
from .roster_file import added_counts

_MOST_SPEAKERS, _MOST_VALUES = 40, 30
_OTHERS = ("media", "individual", "unnamed")
SIDES = (("stake", "with a stake", STAKE), ("outside", "from outside", OUTSIDE), ("others", "others", _OTHERS))
"""Name, what people read, and the source types that belong to it."""
_COLUMN, _HEIGHT = 12, 100


class Bar(NamedTuple):
    """A piece of a stacked column: whose, where it begins from above, and how high it is, in hundredths."""

    side: str
    y: float
    height: float


class Column(NamedTuple):
    """A month of the chart."""

    value: str
    x: int
    bars: list[Bar]


def audit_page(audit: Audit) -> str:
    """Give the page of a source audit: one file, nothing loaded, text from outside only as text."""
    roster = audit.roster
    total, months = roster.total, roster.groups.get("month", {})
    dated = sorted(value for value in months if value)
    return render(
        "audit.html.j2",
        styles=("audit.css",),
        total=total,
        said=total.said,
        sources=roster.named()[:_MOST_SPEAKERS],
        n_sources=len(roster.named()),
        unnamed=[s for s in roster.ranked() if s.sort == "unnamed" and s.attributions],
        n_absent=sum(1 for s in roster.sources.values() if not s.attributions),
        source_types=[(label, total.by_type[label]) for label in SOURCE_TYPES[:-1]],
        sides=[(name, label, types, total.of(types)) for name, label, types in SIDES],
        columns=columns_of([(value, months[value]) for value in dated]),
        months=[(value, months[value]) for value in dated],
        width=_COLUMN * max(len(dated), 1),
        height=_HEIGHT,
        groups=[(by, *_shown(groups)) for by, groups in roster.groups.items() if by != "month"],
        shares=[_shares(shares) for by, _, shares in audit.rows_of_shares() if not by],
        few=FEW_ARTICLES,
        added=[(column, added_counts(roster, column)[:_MOST_VALUES]) for column in audit.counted],
    )


def columns_of(months: Sequence[tuple[str, Group]]) -> list[Column]:
    """Stack each month's words as shares of all its words, those with a stake below."""
    columns = []
    for k, (value, group) in enumerate(months):
        y, bars = float(_HEIGHT), []
        for side, _, types in SIDES:
            height = _HEIGHT * group.of(types).all / max(group.words, 1)
            y -= height
            bars.append(Bar(side, round(y, 2), round(height, 2)))
        columns.append(Column(value, k * _COLUMN, bars))
    return columns


def _shown(groups: dict[str, Group]) -> tuple[list[tuple[str, Group]], int]:
    """Give the values with most words, and how many more there are."""
    ranked = sorted(groups.items(), key=lambda item: (-item[1].words, item[0]))
    return ranked[:_MOST_VALUES], max(len(ranked) - _MOST_VALUES, 0)


def _shares(shares: Shares) -> dict[str, Any]:
    rows = [
        (
            label,
            int(shares.counts[k]),
            float(shares.raw[k]),
            _share(shares.probabilistic, k),
            _interval(shares.probabilistic, k),
        )
        for k, label in enumerate(shares.labels)
    ]
    return {"column": shares.column, "rows": rows, "note": shares.note, "thin": bool(shares.adjusted) and is_thin(shares)}


def _share(estimate: Estimate | None, k: int) -> float | None:
    return None if estimate is None else float(estimate.shares[k])


def _interval(estimate: Estimate | None, k: int) -> tuple[float, float] | None:
    if estimate is None or estimate.low is None or estimate.high is None:
        return None
    return float(estimate.low[k]), float(estimate.high[k])
