"""What annotating gives: one record a sentence; ``docs/annotation-format.md`` shows it written out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NoReturn, TypeVar

from ...data.records import Span
from ...data.scheme import UNDECIDED

K = TypeVar("K")
V = TypeVar("V")


class ReadOnly(dict[K, V]):
    """A dictionary that stays as it was made; ``dict(values)`` gives a copy to change.

    A subclass of dict, because `types.MappingProxyType` can neither be pickled nor written as JSON.

    Examples
    --------
    >>> scores = ReadOnly(quote=0.9, narrative=0.1)
    >>> scores["quote"], scores == {"quote": 0.9, "narrative": 0.1}
    (0.9, True)
    >>> scores["quote"] = 1.0
    Traceback (most recent call last):
    TypeError: Annotations do not change; dict(values) gives a copy to change.
    """

    __slots__ = ()

    def _refuse(self, *_: Any, **__: Any) -> NoReturn:
        raise TypeError("Annotations do not change; dict(values) gives a copy to change.")

    __setitem__ = __delitem__ = __ior__ = _refuse
    clear = pop = popitem = setdefault = update = _refuse

    def __reduce__(self) -> tuple[Any, ...]:
        """Pickle and copy it as a whole: they would set one value after the other."""
        return type(self), (dict(self),)


@dataclass(frozen=True, slots=True)
class FoundAttribution:
    """An attribution that was found: ``span.of(article.text)`` gives the words of each of its spans.

    Parameters
    ----------
    source, cue : Span or None
    content : tuple of Span
    speaker : str or None
        The full name of the source, if the article gives it anywhere; None if it is unknown.
    tone : str
        Of the cue: ``neutral``, ``endorsing`` or ``distancing``.
    quoted : bool
        At least half of the content is inside quotation marks.
    source_type : str
        ``state``, ``political``, ``organisation``, ``expert``, ``monitor``, ``media``, ``individual``, ``unnamed`` or
        ``none``.
    nested : tuple of FoundAttribution
        What is reported within its content: *the mayor said that police had denied it*.
    via : Span or None
        The outlet that reports it second-hand: *Interfax quoted the minister as saying …*.
    introduced : tuple of str
        Words with which the article introduces the source; no output format writes them.
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
        ``favor``, ``against`` or ``neutral``; ``?`` where none is likely enough.
    confidence : float
        The calibrated probability of the label; for ``?``, of the most probable one.
    scores : mapping of str to float
        The probability of every label; they sum to 1.
    named : bool
        The sentence speaks of the target: by a name, a pronoun, or a noun that stands for it.
    """

    label: str
    confidence: float
    scores: Mapping[str, float] = field(default_factory=ReadOnly)
    named: bool = True

    def __hash__(self) -> int:
        """Hash what needs no mapping; equal labels have equal hashes."""
        return hash((self.label, self.confidence, self.named))

    @property
    def told(self) -> bool:
        """Whether it has a label other than ``?``."""
        return self.label != UNDECIDED


@dataclass(frozen=True, slots=True)
class OwnLabel:
    """A label in your own label column.

    Parameters
    ----------
    label : str
    confidence : float
        The calibrated probability of the label.
    """

    label: str
    confidence: float


@dataclass(frozen=True, slots=True)
class BiasLabel:
    """Whether the wording of a sentence is slanted.

    Parameters
    ----------
    label : str
        ``biased`` or ``neutral``.
    confidence : float
        The calibrated probability of the label.
    words : tuple of Span
        The loaded words, where they stand in the article's text.
    """

    label: str
    confidence: float
    words: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class AnnotatedSentence:
    """One annotated sentence.

    Parameters
    ----------
    n : int
        Order within the article, from 0.
    span : Span
        Where it stands in the article's text.
    text : str
        Its words, as they stand there.
    kind : str
        ``quote``, ``official_claim``, ``independent_assessment`` or ``narrative``.
    source_type : str
        As an attribution's; ``none`` where the sentence is not attributed.
    kind_scores, source_type_scores : mapping of str to float
        Calibrated probabilities; they sum to 1.
    abstain : bool
        The probability of the kind is below the threshold.
    source, cue : str or None
        Of the main attribution, as printed.
    attributions : tuple of FoundAttribution
        Those whose cue stands in the sentence (without a cue: whose content begins here), in text order. Their spans may
        reach into other sentences.
    why : mapping of str to list of (str, float)
        For ``kind`` and ``source_type`` the features that weighed most, above 0 for the label and below 0 against it;
        empty unless reasons are asked for.
    stance : mapping of str to StanceLabel
        For each target that was asked for; empty without any.
    bias : BiasLabel or None
        None where it was not asked for.
    own : mapping of str to OwnLabel
        For each model of your own label columns.
    """

    n: int
    span: Span
    text: str
    kind: str
    source_type: str
    kind_scores: Mapping[str, float]
    source_type_scores: Mapping[str, float]
    abstain: bool
    source: str | None
    cue: str | None
    attributions: tuple[FoundAttribution, ...] = ()
    why: Mapping[str, list[tuple[str, float]]] = field(default_factory=ReadOnly)
    stance: Mapping[str, StanceLabel] = field(default_factory=ReadOnly)
    bias: BiasLabel | None = None
    own: Mapping[str, OwnLabel] = field(default_factory=ReadOnly)

    def __hash__(self) -> int:
        """Hash what needs no mapping; equal sentences have equal hashes."""
        return hash((self.n, self.span, self.text, self.kind, self.source_type))

    @property
    def start(self) -> int:
        """Offset of its first character in the article's text."""
        return self.span.start

    @property
    def end(self) -> int:
        """Offset behind its last character."""
        return self.span.end

    @property
    def kind_confidence(self) -> float:
        """The calibrated probability of its kind."""
        return self.kind_scores[self.kind]

    @property
    def source_type_confidence(self) -> float:
        """The calibrated probability of its source type."""
        return self.source_type_scores[self.source_type]


RESERVED = frozenset(
    "article n start end text language is_headline kind kind_confidence kind_scores abstain source_type "
    "source_type_confidence source speaker cue attributions stance bias bias_confidence loaded why".split()
)
"""Keys and columns that no label of the user's own may be called by."""
