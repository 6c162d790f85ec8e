"""A source audit: the roster, the prevalence of labels, and the newsroom's columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..linear.quantification import Shares
from ..speakers.prevalence import PrevalenceCounts
from ..speakers.prevalence_tables import prevalence_dict
from .made_with import MADE_WITH
from .roster import SAME_AS, Roster, Words
from .roster_file import added_counts, group_rows, roster_rows


@dataclass(slots=True)
class Audit:
    """A source audit.

    Parameters
    ----------
    roster : Roster
    prevalence : PrevalenceCounts
    added : tuple of str
        The newsroom's columns.
    made_with : mapping
        Models, corpora and versions; see `made_with`.
    """

    roster: Roster
    prevalence: PrevalenceCounts
    added: tuple[str, ...] = ()
    made_with: Mapping[str, Any] = field(default_factory=dict)
    _rows: list[tuple[str, str, Shares]] = field(default_factory=list)

    @property
    def counted(self) -> list[str]:
        """The newsroom's columns that sources are counted by."""
        return [column for column in self.added if column != SAME_AS]

    def drop_unknown(self, wanted: Sequence[str]) -> list[str]:
        """Leave columns out that no article has; name those that were asked for."""
        unknown = [by for by, groups in self.roster.groups.items() if set(groups) <= {""}]
        for by in unknown:
            del self.roster.groups[by]
        return [by for by in wanted if by in unknown]

    def as_json(self) -> dict[str, Any]:
        """Give everything as plain values."""
        return {
            MADE_WITH: dict(self.made_with),
            "groups": group_rows(self.roster),
            "shares": [prevalence_dict(*row) for row in self.prevalence_rows()],
            "roster": list(roster_rows(self.roster, self.added)),
            "added": {column: [_added(*row) for row in added_counts(self.roster, column)] for column in self.counted},
        }

    def prevalence_rows(self) -> list[tuple[str, str, Shares]]:
        """Give the prevalence in all articles and by every column that articles have, worked out once."""
        if not self._rows:
            self._rows = [row for row in self.prevalence.estimates() if row[0] in {"", *self.roster.groups}]
        return self._rows


def _added(value: str, speakers: int, words: Words) -> dict[str, Any]:
    return {"value": value, "speakers": speakers, "words_quoted": words.quoted, "words_paraphrased": words.paraphrased}
