"""The page of a source audit: who speaks, of what type, when and where."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ...data.scheme import SOURCE_TYPES
from ..linear.quantification import FEW_ARTICLES, Shares
from ..pages.html import render
from ..speakers.aliases import UNNAMED
from ..speakers.prevalence import is_thin
from ..speakers.prevalence_tables import figures
from .audit import Audit
from .roster import OUTSIDE, STAKE, Group, Roster
from .roster_file import added_counts

_MOST_SPEAKERS, _MOST_VALUES = 40, 30  # on the page; the tables beside it hold all
_OTHERS = ("media", "individual", "unnamed")
SIDES = (("stake", "with a stake", STAKE), ("outside", "from outside", OUTSIDE), ("others", "others", _OTHERS))
"""Name, what people read, and the source types that belong to it."""
_COLUMN, _HEIGHT = 12, 100  # of the chart, in units of its own: a month is so wide, all words are so high


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
    return render(
        "audit.html.j2",
        styles=("audit.css",),
        **_speakers(audit.roster),
        **_totals(audit.roster.total),
        **_over_time(audit.roster.groups.get("month", {})),
        groups=[(by, *_most_words(groups)) for by, groups in audit.roster.groups.items() if by != "month"],
        added=[(column, added_counts(audit.roster, column)[:_MOST_VALUES]) for column in audit.counted],
        shares=[_label_table(prevalence) for by, _, prevalence in audit.prevalence_rows() if not by],
        few=FEW_ARTICLES,
    )


def _speakers(roster: Roster) -> dict[str, Any]:
    """Give who speaks most, who is not named, and how many are in the roster only."""
    named = roster.named()
    return {
        "sources": named[:_MOST_SPEAKERS],
        "n_sources": len(named),
        "unnamed": [source for source in roster.ranked() if source.sort == UNNAMED and source.attributions],
        "n_absent": sum(1 for source in roster.sources.values() if not source.attributions),
    }


def _totals(total: Group) -> dict[str, Any]:
    """Give what is said in all articles, by source type and by side."""
    return {
        "total": total,
        "said": total.said,
        "source_types": [(label, total.by_type[label]) for label in SOURCE_TYPES[:-1]],
        "sides": [(name, label, types, total.of(types)) for name, label, types in SIDES],
    }


def _over_time(groups: Mapping[str, Group]) -> dict[str, Any]:
    """Give the months that are known, and their chart."""
    months = [(month, groups[month]) for month in sorted(groups) if month]
    return {
        "months": months,
        "columns": columns_of(months),
        "width": _COLUMN * max(len(months), 1),
        "height": _HEIGHT,
    }


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


def _most_words(groups: Mapping[str, Group]) -> tuple[list[tuple[str, Group]], int]:
    """Give the values with most words, and how many more there are."""
    ranked = sorted(groups.items(), key=lambda item: (-item[1].words, item[0]))
    return ranked[:_MOST_VALUES], max(len(ranked) - _MOST_VALUES, 0)


def _label_table(prevalence: Shares) -> dict[str, Any]:
    corrected = prevalence.probabilistic
    rows = [
        (label, int(n), float(raw), *(figures(corrected, k) if corrected else (None, None)))
        for k, (label, n, raw) in enumerate(zip(prevalence.labels, prevalence.counts, prevalence.raw, strict=True))
    ]
    is_uncertain = bool(prevalence.adjusted) and is_thin(prevalence)
    return {"column": prevalence.column, "rows": rows, "note": prevalence.note, "thin": is_uncertain}
