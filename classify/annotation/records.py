"""What annotating gives: one record a sentence; ``docs/annotation-format.md`` shows it written out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from ...data.records import Span
from ...data.scheme import UNDECIDED

_NONE: Mapping[str, Any] = {}  # nobody changes it; a proxy that forbids it could not be pickled


class FoundAttribution(NamedTuple):
    """An attribution that was found.

    Parameters
    ----------
    source, cue : Span or None
    content : tuple of Span
    speaker : str or None
        Whom the source stands for, in full; None where that is not known.
    tone : str
        One of `scheme.TONES`.
    quoted : bool
        Half or more of the content stands inside quotation marks.
    source_type : str
        One of `scheme.SOURCE_TYPES`.
    nested : tuple of FoundAttribution
        What is reported within its content: *the mayor said that police had denied it*.
    via : Span or None
        The outlet that passes it on: *Interfax quoted the minister as saying …*.
    introduced : tuple of str
        Tokens of all that the article says of whom the source stands for; no output format writes them.
    """

    source: Span | None
    cue: Span | None
    content: tuple[Span, ...]
    speaker: str | None = None
    tone: str = "neutral"
    quoted: bool = False
    source_type: str = "none"
    nested: tuple["FoundAttribution", ...] = ()
    via: Span | None = None
    introduced: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StanceLabel:
    """A sentence's stance towards a target.

    Parameters
    ----------
    label : str
        One of `scheme.STANCES`, or `scheme.UNDECIDED` where none is likely enough to be told.
    confidence : float
        The calibrated chance of the label; of the likeliest one where none is told.
    scores : mapping of str to float
        The chance of every label; they sum to 1.
    named : bool
        The sentence speaks of the target: by a name, a pronoun, or a noun that stands for it.
    """

    label: str
    confidence: float
    scores: Mapping[str, float] = field(default_factory=dict)
    named: bool = True

    @property
    def told(self) -> bool:
        """Tell whether it has a label."""
        return self.label != UNDECIDED


@dataclass(frozen=True, slots=True)
class OwnLabel:
    """A label in a column of the user's own, and its calibrated chance."""

    label: str
    confidence: float


class BiasLabel(NamedTuple):
    """Whether a sentence is worded with a slant: one of `scheme.BIASES`, its chance, and the loaded words."""

    label: str
    confidence: float
    words: tuple[Span, ...] = ()


class Annotated(NamedTuple):
    """One annotated sentence.

    Parameters
    ----------
    n : int
    span : Span
    kind, source_type : str
    kind_scores, source_type_scores : mapping of str to float
        Calibrated chances; they sum to 1.
    abstain : bool
        The kind's chance is below the threshold.
    source, cue : str or None
        Of the main attribution, as printed.
    attributions : tuple of FoundAttribution
    why : mapping of str to list of (str, float)
        For each task the features that weighed most for the label, signed.
    stance : mapping of str to StanceLabel
        For each target that was asked for; empty without any.
    bias : BiasLabel or None
        None where it was not asked for.
    own : mapping of str to OwnLabel
        For each model of a column of the user's own.
    """

    n: int
    span: Span
    kind: str
    source_type: str
    kind_scores: Mapping[str, float]
    source_type_scores: Mapping[str, float]
    abstain: bool
    source: str | None
    cue: str | None
    attributions: tuple[FoundAttribution, ...] = ()
    why: Mapping[str, list[tuple[str, float]]] = _NONE
    stance: Mapping[str, StanceLabel] = _NONE
    bias: BiasLabel | None = None
    own: Mapping[str, OwnLabel] = _NONE


RESERVED = frozenset(
    "article n start end text kind kind_confidence kind_scores abstain source_type source_type_confidence source cue "
    "attributions stance bias bias_confidence loaded why".split()
)
"""Keys and columns that no label of the user's own may be called by."""
