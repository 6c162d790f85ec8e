"""The page of a source audit: who speaks, how they are told of, of what type, when and where."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from ...data.scheme import SOURCE_TYPES
from ..linear.quantification import FEW_ARTICLES, Shares
from ..pages.html import render
from ..speakers.aliases import UNNAMED
from ..speakers.intervals import ShareOf, shares_of_sources, shares_of_words
from ..speakers.justification import JUSTIFICATIONS, NAMINGS
from ..speakers.prevalence import is_thin
from ..speakers.prevalence_tables import figures
from ..speakers.pronouns import PRONOUN_GROUPS
from .audit import Audit
from .proposals import leads_anyway, open_proposals
from .roster import OUTSIDE, STAKE, Group, Roster, Source
from .roster_file import added_counts, pronouns_shown

_MOST_SPEAKERS, _MOST_VALUES = 10_000, 30  # on the page; the tables beside it hold all
_MOST_MONTHS = 600  # of the chart; over more years only months with articles are shown
_OTHERS = ("media", "individual", "unnamed")
SIDES = (("stake", "with a stake", STAKE), ("outside", "from outside", OUTSIDE), ("others", "others", _OTHERS))
"""Name, what people read, and the source types that belong to it."""
_COLUMN, _HEIGHT, _BELOW = 12, 100, 30  # of the chart, in units of its own: a month, all words, most articles
_JUSTIFIED = {
    "title": "an office, a job or a role: minister, spokesman, baker",
    "body": "the body that speaks or is spoken for: the ministry, Ana Roe of the union",
    "expertise": "what somebody has studied: professor, analyst, doctor",
    "document": "something written: a report, a letter, a court filing",
    "witness": "having been there: resident, survivor, who saw it",
    "nothing": "only a name, or not even a description",
}
_NAMED = {
    "named": "Ana Roe, the Interior Ministry",
    "described": "a senior official, residents",
    "unnamed": "sources, they, or nobody at all",
}
_PRONOUNS = {"other": "another pronoun", "several": "two equally often", "none": "none printed"}


class Row(NamedTuple):
    """A source on the page, and where its sentences are; empty where they were not kept."""

    source: Source
    href: str
    pronouns: str
    justified: str


class Bar(NamedTuple):
    """A piece of a stacked column: whose, where it begins from above, and how high it is, in hundredths."""

    side: str
    y: float
    height: float


class Column(NamedTuple):
    """A month of the chart: its name, place, pieces, articles, and how high the bar of its articles is."""

    value: str
    x: int
    bars: list[Bar]
    articles: int
    below: float


def audit_page(audit: Audit, links: Mapping[str, str]) -> str:
    """Give the page of a source audit, which loads nothing; text from outside stands in it only as text.

    Parameters
    ----------
    audit : Audit
    links : mapping of str to str
        Where the sentences of each source are, by key; empty where they were not kept.
    """
    roster = audit.roster
    return render(
        "audit.html.j2",
        styles=("audit.css",),
        script="audit.js",
        **_speakers(roster, links),
        **_totals(roster.total),
        **_over_time(roster.groups.get("month", {})),
        **_told(roster),
        pronouns=_pronoun_table(roster),
        proposed=_proposed(roster, links),
        has_sentences=bool(links),
        groups=[(by, *_most_words(groups)) for by, groups in roster.groups.items() if by != "month"],
        added=[(column, added_counts(roster, column)[:_MOST_VALUES]) for column in audit.counted],
        shares=[_label_table(prevalence) for by, _, prevalence in audit.prevalence_rows() if not by],
        few=FEW_ARTICLES,
    )


def _speakers(roster: Roster, links: Mapping[str, str]) -> dict[str, Any]:
    """Give who speaks, who is not named, and how many are in the roster only."""
    rows = [
        Row(source, links.get(key, ""), pronouns_shown(source), _most_justified(source))
        for key, source in roster.keyed()
        if source.attributions
    ]
    named = [row for row in rows if row.source.sort != UNNAMED]
    return {
        "sources": named[:_MOST_SPEAKERS],
        "n_sources": len(named),
        "first": leads_anyway(roster, open_proposals(roster)),
        "unnamed": [row for row in rows if row.source.sort == UNNAMED],
        "n_joined": len(roster.joined()),
        "n_absent": sum(1 for s in roster.sources.values() if not s.attributions) - len(roster.joined()),
    }


def _most_justified(source: Source) -> str:
    """Give what justifies a source most often, the first of equals in the order of the scheme."""
    return max(JUSTIFICATIONS, key=lambda label: source.justifications[label])


def _totals(total: Group) -> dict[str, Any]:
    """Give what is said in all articles, by source type and by side."""
    return {
        "total": total,
        "said": total.said,
        "source_types": [(label, words) for label in SOURCE_TYPES[:-1] if (words := total.by_type[label]).all],
        "sides": [(name, label, types, total.of(types)) for name, label, types in SIDES],
    }


def _told(roster: Roster) -> dict[str, Any]:
    """Give how sources are named and justified: attributions, words, and shares of words with their intervals."""
    sources = roster.sources.values()
    return {
        "namings": [
            (label, _NAMED[label], sum(s.namings[label] for s in sources), share)
            for label, share in zip(NAMINGS, shares_of_words(roster.rows(NAMINGS)), strict=True)
        ],
        "justifications": [
            (label, _JUSTIFIED[label], sum(s.justifications[label] for s in sources), share)
            for label, share in zip(JUSTIFICATIONS, shares_of_words(roster.rows(JUSTIFICATIONS)), strict=True)
        ],
    }


def _pronoun_table(roster: Roster) -> list[tuple[str, ShareOf, ShareOf, int]]:
    """Give for each group of pronouns its persons, their words, and how often they are printed; empty without persons."""
    people = [source for _, source in roster.people()]
    numbers = {label: k for k, label in enumerate(PRONOUN_GROUPS)}
    rows = [[0] * len(numbers) for _ in range(roster.total.articles)]
    n_sources, printed = [0] * len(numbers), [0] * len(numbers)
    for source in people:
        k = numbers[source.pronoun_group]
        n_sources[k] += 1
        printed[k] += source.pronouns.total()
        for article, n_words in zip(source.seen, source.words_seen, strict=True):
            rows[article][k] += n_words
    if not people:
        return []
    table = zip(PRONOUN_GROUPS, shares_of_sources(n_sources), shares_of_words(rows), printed, strict=True)
    wanted = {*PRONOUN_GROUPS[:3], *(label for label, n in zip(PRONOUN_GROUPS, n_sources, strict=True) if n)}
    return [
        (_PRONOUNS.get(label, label), by_source, by_word, n) for label, by_source, by_word, n in table if label in wanted
    ]


def _proposed(roster: Roster, links: Mapping[str, str]) -> list[tuple[Source, str, str, str]]:
    """Give the rows that may be another's: the row, where its sentences are, whose it may be, and why."""
    return [(roster.sources[key], links.get(key, ""), *found) for key, found in open_proposals(roster).items()]


def _over_time(groups: Mapping[str, Group]) -> dict[str, Any]:
    """Give all months from the first that is known to the last, and their chart."""
    months = [(month, groups.get(month)) for month in months_between([month for month in groups if month])]
    return {
        "months": months,
        "columns": columns_of(months),
        "most_articles": max([group.articles for _, group in months if group], default=0),
        "n_undated": groups[""].articles if "" in groups else 0,
        "width": _COLUMN * max(len(months), 1),
        "height": _HEIGHT,
        "below": _BELOW,
    }


def months_between(months: Sequence[str]) -> list[str]:
    """Give all months from the first to the last, those without articles too, unless they are very many.

    >>> months_between(["2024-02", "2023-12"])
    ['2023-12', '2024-01', '2024-02']
    """
    if not months:
        return []
    first, last = (12 * int(month[:4]) + int(month[5:7]) - 1 for month in (min(months), max(months)))
    if last - first > _MOST_MONTHS:  # a mistaken date, or an archive of a century
        return sorted(months)
    return [f"{month // 12:04}-{month % 12 + 1:02}" for month in range(first, last + 1)]


def columns_of(months: Sequence[tuple[str, Group | None]]) -> list[Column]:
    """Stack each month's words as shares of all its words, those with a stake below; a month without articles is empty."""
    most = max([group.articles for _, group in months if group], default=1)
    columns = []
    for k, (value, group) in enumerate(months):
        y, bars = float(_HEIGHT), []
        for side, _, types in SIDES if group else ():
            height = _HEIGHT * group.of(types).all / max(group.words, 1) if group else 0.0
            y -= height
            bars.append(Bar(side, round(y, 2), round(height, 2)))
        n_articles = group.articles if group else 0
        columns.append(Column(value, k * _COLUMN, bars, n_articles, round(_BELOW * n_articles / most, 2)))
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
