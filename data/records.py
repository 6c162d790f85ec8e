"""The records that travel from articles to datasets, models and annotations.

Every offset counts Unicode code points of the article's text, end exclusive.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from .scheme import LABELS_OF


class Span(NamedTuple):
    """A stretch of an article's text: ``text[start:end]``.

    Parameters
    ----------
    start, end : int
        Offsets in characters, the end not included.
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """Give back the words."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """Say whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Article:
    r"""One news article; ``text`` never changes after reading, its line ends are ``\n``.

    Parameters
    ----------
    id : str
        Its id, or the path of its file.
    text : str
        The text, with its headline if that is part of it.
    title, outlet, date, url : str, optional
        What is known of it.
    language : str, optional
        A code of ISO 639, such as ``en``.
    extra : mapping of str to str
        Further columns of its table, such as topic or byline.
    """

    id: str
    text: str
    title: str | None = None
    outlet: str | None = None
    date: str | None = None
    url: str | None = None
    language: str | None = None
    extra: Mapping[str, str] = field(default_factory=dict)

    def __hash__(self) -> int:
        """Hash id and text; equal articles have equal hashes."""
        return hash((self.id, self.text))


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody's words or view: who says it, the words that mark it, and what is said.

    Parameters
    ----------
    source : Span or None
        The words that name the source; None where the text names nobody.
    cue : Span or None
        The words that mark the attribution (``said``, ``according to``).
    content : tuple of Span
        What is said, in text order; several spans where it is interrupted.
    speaker : str or None
        Full name of the person or body meant by a pronoun, surname, short form or role.
    source_type : str or None
        One of `scheme.SOURCE_TYPES`.
    """

    source: Span | None = None
    cue: Span | None = None
    content: tuple[Span, ...] = ()
    speaker: str | None = None
    source_type: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article, with its known labels.

    Parameters
    ----------
    n : int
        Order within the article, from 0.
    span : Span
        Where it stands in the article's text.
    kind, source_type, bias : str or None
        Labels of `scheme`; None if not labelled.
    stance : mapping of str to str
        Target's name to stance.
    mentions : mapping of str to tuple of Span
        Where the sentence mentions a stance target; the mention that was labelled comes first. Targets without an
        entry are found by their names.
    loaded : tuple of Span
        Loaded words of the article's own wording.
    attributions : tuple of Attribution
        Those whose cue stands in this sentence (without a cue: whose content begins here), outermost first.
        Their spans may reach into other sentences.
    extra : mapping of str to str
        Your own label columns.
    """

    n: int
    span: Span
    kind: str | None = None
    source_type: str | None = None
    bias: str | None = None
    stance: Mapping[str, str] = field(default_factory=dict)
    mentions: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    loaded: tuple[Span, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    extra: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LabelledArticle:
    """An article with its labelled sentences in reading order.

    Parameters
    ----------
    article : Article
    sentences : tuple of Sentence
    targets : mapping of str to tuple of str
        Name of each stance target to its aliases.
    complete : frozenset of str
        What is labelled completely here (``kind``, ``source_type``, ``attribution``, ``stance``, ``bias``):
        a missing attribution means something only where ``attribution`` is in it.
    meta : mapping of str to str
        Whatever else is known (voice, country, topic).
    """

    article: Article
    sentences: tuple[Sentence, ...]
    targets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    complete: frozenset[str] = frozenset()
    meta: Mapping[str, str] = field(default_factory=dict)

    @property
    def split(self) -> str:
        """The split that it belongs to: ``train`` unless ``meta`` names another."""
        return self.meta.get("split", "train")


LABEL_COLUMNS = tuple(LABELS_OF)
"""The label columns that every sentence may have; others are in `Sentence.extra`."""


def label_of(s: Sentence, column: str) -> str | None:
    """Give a sentence's label in a column, ours or the user's own."""
    label: str | None = getattr(s, column) if column in LABEL_COLUMNS else s.extra.get(column)
    return label or None
