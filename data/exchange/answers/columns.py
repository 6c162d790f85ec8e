"""To which column the labels of another tool belong: one of ours, where they are ours in any spelling, or one of its own."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ....errors import SaysoError
from ...rows.label_values import plain_name, scheme_label
from ...rows.places import ABOUT_ARTICLE, RESERVED
from ...rows.suggestions import is_label_column
from ...scheme import BIASES, KINDS, LABELS_OF, SOURCE_TYPES, STANCES
from ...tabular.column_names import OF_SENTENCES, plain
from ..passages import ROLES

STANCE, ROLE = "stance", "role"
_OURS: Mapping[str, tuple[str, ...]] = {**LABELS_OF, STANCE: STANCES}
_TELLING = {
    "kind": frozenset(KINDS),
    "source_type": frozenset(SOURCE_TYPES) - {"none", "unnamed"},
    "bias": frozenset(BIASES) - {"neutral"},
    STANCE: frozenset(STANCES) - {"neutral"},
}
"""Labels that show by themselves of which column they are: *neutral* is in two, and *none* answers any question."""

_COLUMN_OF = {label: column for column in LABELS_OF for label in _TELLING[column]} | {"none": "source_type"}
_ONLY_OURS = frozenset(("official_claim", "independent_assessment"))
"""Labels that only our guide knows."""

_GENERAL = frozenset(
    "label labels choice choices class classes category categories classification cats accept annotation annotations "
    "answer value values sentence span spans tag tags type text_label span_label ner textcat custom sentence_label".split()
)
"""Names of questions that do not say what is asked."""


@dataclass(slots=True)
class Control:
    """A question of another tool, and where its answers go.

    Parameters
    ----------
    name : str
        As the tool has it.
    own : str
        The column of what is none of ours.
    places : dict of str to (str, str)
        Label to column and value, for those that are ours.
    is_yes_or_no : bool
        Several labels were chosen at once: each gets a column of its own, with yes and no.
    labels : tuple of str
        All of them that occur and are not ours.
    """

    name: str
    own: str
    places: dict[str, tuple[str, str]] = field(default_factory=dict)
    is_yes_or_no: bool = False
    labels: tuple[str, ...] = ()

    def place(self, label: str) -> tuple[str, str]:
        """Return the column and the value of a label."""
        return self.places.get(label) or (self.own, label.strip())

    def own_columns(self, chosen: list[str]) -> list[tuple[str, str]]:
        """Return the columns of labels that are not in our scheme, each with its value."""
        own = [label for label in chosen if label not in self.places]
        if not self.is_yes_or_no:
            return [(self.own, label.strip()) for label in own]
        return [(f"{self.own}_{plain_name(label) or label}", "yes" if label in own else "no") for label in self.labels]


def control_of(name: str, counts: Counter[str], *, has_several: bool, are_spans: bool, has_targets: bool) -> Control:
    """Decide where the answers to a question go.

    Parameters
    ----------
    name : str
    counts : Counter of str
        Its labels in the whole file.
    has_several : bool
        Whether anybody chose several of its labels for one text.
    are_spans : bool
        Whether they are labels of stretches, which may be roles: source, cue, content, loaded words.
    has_targets : bool
        Whether records name a target, towards which a stance could be.

    Notes
    -----
    A question with the name of one of our columns is that column, and labels that it does not have are left for the
    reading of rows to refuse; if it has none of ours, it is a question of the user's own. Any other is one of our columns
    if all of its labels are; if some are, one that only our guide knows must be among them.
    """
    roles = {label: (ROLE, plain_name(label)) for label in counts if are_spans and plain_name(label) in ROLES}
    rest = [label for label in counts if label not in roles]
    control = Control(name, _own_name(name), roles)
    column = next((c for c in _OURS if plain(name) in map(plain, OF_SENTENCES[c])), None)
    known = _of_column(column, rest) if column else _by_labels(plain_name(name), rest, has_targets)
    control.places |= known
    control.labels = tuple(sorted(label for label in rest if label not in known))
    control.is_yes_or_no = has_several and len(control.labels) > 1
    return control


def _of_column(column: str, labels: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return the labels of a question with the name of a column of ours; none if all are of another scheme."""
    ours = {label: scheme_label(label, _OURS[column]) for label in labels}
    return {label: (column, value or label) for label, value in ours.items()} if any(ours.values()) else {}


def _by_labels(name: str, labels: Sequence[str], has_targets: bool) -> dict[str, tuple[str, str]]:
    """Find labels of ours in a question whose name does not say which column it is."""
    for column, ours in _OURS.items():
        values = {label: value for label in labels if (value := scheme_label(label, ours))}
        is_telling = not _TELLING[column].isdisjoint(values.values()) and (column != STANCE or has_targets)
        if len(values) == len(labels) and is_telling and _may_ask(name, column):
            return {label: (column, value) for label, value in values.items()}
    return _of_guide(labels) if not name or name in _GENERAL else {}


def _may_ask(name: str, column: str) -> bool:
    """Tell whether a question of this name may be about a column of ours."""
    says_nothing = not name or name in _GENERAL
    return says_nothing or column in ("kind", "bias") or column.partition("_")[0] in name


def _of_guide(labels: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Return the labels that are ours, of any column, if at least one of them occurs in our guide only."""
    values = {label: plain_name(label) for label in labels}
    known = {label: (_COLUMN_OF[value], value) for label, value in values.items() if value in _COLUMN_OF}
    return known if not _ONLY_OURS.isdisjoint(values.values()) else {}


def _own_name(name: str) -> str:
    """Name the column of a question: as it is called, or ``label`` where it has no name."""
    own = re.sub(r"\s+", " ", name).strip() or "label"
    is_taken = own.lower() in RESERVED or own.lower().startswith(ABOUT_ARTICLE) or not is_label_column(own)
    return f"{own}_label" if is_taken else own


def with_target(values: dict[str, str], target: object, where: str) -> dict[str, object]:
    """Put a stance beside its target.

    Raises
    ------
    SaysoError
        If there is a stance and no target.
    """
    labels: dict[str, object] = dict(values)
    if STANCE in labels:
        if not target:
            raise SaysoError(f"{where}: a stance without a target; add a field named target to each task.")
        labels[STANCE] = {str(target): values[STANCE]}
    return labels
