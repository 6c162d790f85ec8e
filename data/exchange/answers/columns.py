"""To which column the labels of another tool belong: one of ours, where they are ours in any spelling, or one of its own."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from ....errors import SaysoError
from ...rows.places import ABOUT_ARTICLE, RESERVED
from ...rows.suggestions import is_suggestion
from ...scheme import BIASES, KINDS, LABELS_OF, SOURCE_TYPES, STANCES
from ..passages import ROLES
from .record import plain_name

STANCE, ROLE = "stance", "role"
_SPELLINGS = {
    "favour": "favor",
    "in_favor": "favor",
    "in_favour": "favor",
    "unbiased": "neutral",
    "non_biased": "neutral",
    "not_biased": "neutral",
}
"""What other schemes call labels of ours."""

_OURS: Mapping[str, tuple[str, ...]] = {**LABELS_OF, STANCE: STANCES}
_TELLING = {
    "kind": frozenset(KINDS),
    "source_type": frozenset(SOURCE_TYPES) - {"none", "unnamed"},
    "bias": frozenset(BIASES) - {"neutral"},
    STANCE: frozenset(STANCES) - {"neutral"},
}
"""Labels that tell a column by themselves: *neutral* is one of two, and *none* an answer to anything."""

_GENERAL = frozenset(
    "label labels choice choices class classes category categories classification cats accept annotation annotations "
    "answer value values sentence span spans tag tags type text_label span_label ner textcat custom sentence_label".split()
)
"""Names of questions that say nothing of what is asked."""


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
        """Give the column and the value of a label."""
        return self.places.get(label) or (self.own, label.strip())

    def own_columns(self, chosen: list[str]) -> dict[str, str]:
        """Give the columns of labels that are none of ours."""
        own = [label for label in chosen if label not in self.places]
        if not own:
            return {}
        if not self.is_yes_or_no:
            return {self.own: own[0].strip()}
        return {f"{self.own}_{plain_name(label) or label}": "yes" if label in own else "no" for label in self.labels}


def control_of(name: str, counts: Counter[str], *, has_several: bool, are_spans: bool) -> Control:
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

    Notes
    -----
    A question with the name of one of our columns is that column, and labels that it does not have are left for the
    reading of rows to refuse. Any other is one of our columns if all of its labels are; if some are, those that the
    guide alone knows must be among them.
    """
    spelled = {label: _spelled(label) for label in counts}
    roles = {label: (ROLE, plain) for label, plain in spelled.items() if are_spans and plain in ROLES}
    rest = {label: plain for label, plain in spelled.items() if label not in roles}
    control = Control(name, _own_name(name), roles, labels=())
    plain = plain_name(name)
    column = next((c for c in _OURS if plain in (c, c.replace("_", ""))), None)
    if column:
        known = {label: (column, value if value in _OURS[column] else label) for label, value in rest.items()}
    else:
        known = _by_labels(plain, rest)
    control.places |= known
    control.labels = tuple(sorted(label for label in rest if label not in known))
    control.is_yes_or_no = has_several and len(control.labels) > 1
    return control


def _by_labels(name: str, labels: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Find ours among the labels of a question whose name says nothing of it."""
    values = set(labels.values())
    for column, ours in _OURS.items():
        asks = name in _GENERAL or not name or column in ("kind", "bias") or column.partition("_")[0] in name
        if values and values <= set(ours) and values & _TELLING[column] and asks:
            return {label: (column, value) for label, value in labels.items()}
    if name and name not in _GENERAL:
        return {}
    column_of = {value: column for column in LABELS_OF for value in _TELLING[column]} | {"none": "source_type"}
    found = {label: (column_of[value], value) for label, value in labels.items() if value in column_of}
    telling = {value for _, value in found.values()} & {"official_claim", "independent_assessment"}
    return found if telling else {}


def _spelled(label: str) -> str:
    plain = plain_name(label)
    return _SPELLINGS.get(plain, plain)


def _own_name(name: str) -> str:
    """Name the column of a question: as it is called, or ``label`` where it has no name."""
    own = re.sub(r"\s+", " ", name).strip() or "label"
    is_taken = own.lower() in RESERVED or own.lower().startswith(ABOUT_ARTICLE) or is_suggestion(own)
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
            raise SaysoError(f"{where}: a stance without a target; give each task a field called target.")
        labels[STANCE] = {str(target): values[STANCE]}
    return labels
