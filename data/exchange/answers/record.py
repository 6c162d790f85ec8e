"""A text and what people said of it in another tool, before it is known to which columns their labels belong."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...records import Span
from ...rows.places import ABOUT_ARTICLE
from ...schemas.shown import shown
from ...tabular.column_names import OF_SENTENCES, is_administration, plain
from ..passages import name_of, settled
from ..standoff import with_plain_ends


@dataclass(slots=True)
class SpanLabel:
    """A label of a stretch of the text.

    Parameters
    ----------
    control : str
        Name of the question that it answers; empty where the tool has none.
    label : str
    start, end : int
        Characters of the text, end exclusive.
    key : str
        By which relations name it.
    """

    control: str
    label: str
    start: int
    end: int
    key: str = ""


@dataclass(slots=True)
class Answers:
    """What one person, or a model, said of a text.

    Parameters
    ----------
    whole : list of (str, str)
        Name of the question and label of the whole text.
    spans : list of SpanLabel
    relations : list of (str, str)
        Keys of spans that belong together.
    asked : set of str
        Questions that were answered, also where nothing was chosen.
    """

    whole: list[tuple[str, str]] = field(default_factory=list)
    spans: list[SpanLabel] = field(default_factory=list)
    relations: list[tuple[str, str]] = field(default_factory=list)
    asked: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        """Tell whether anything was said."""
        return bool(self.whole or self.spans or self.asked)


@dataclass(slots=True)
class Record:
    """A text of another tool with the answers to it.

    Parameters
    ----------
    where : str
        File and record, for messages.
    text : str
    id : str or None
        The tool's name of it.
    about : dict
        Columns of ours that the record tells: ``article``, ``title``, ``outlet`` and so on.
    answers : Answers
    suggested : Answers or None
        What a model said.
    person : str
        Who answered; empty where it is not told.
    task : str or None
        The same in records that hold several answers to one task; None where a record has its task for itself.
    sentences : list of Span
        Where the tool knows the sentences.
    by_person : dict of str to dict of str to list of str
        Where several people answered: person to question to labels of the whole text.
    """

    where: str
    text: str
    id: str | None = None
    about: dict[str, Any] = field(default_factory=dict)
    answers: Answers = field(default_factory=Answers)
    suggested: Answers | None = None
    person: str = ""
    task: str | None = None
    sentences: list[Span] = field(default_factory=list)
    by_person: dict[str, dict[str, list[str]]] = field(default_factory=dict)


def span_label(record: Record, control: str, label: object, place: tuple[Any, Any], words: object = None) -> SpanLabel:
    """Make a label of a span, counted in characters; ``place`` is where it begins and ends, as the tool has it.

    Raises
    ------
    SaysoError
        If the place is no two numbers, or lies outside the text.
    """
    name = name_of(label, record.where, "a span's label")
    start, end = settled(
        record.text, *place, words if isinstance(words, str) else None, f"{record.where}: span {shown(name)}"
    )
    return SpanLabel(control, name, start, end)


def with_plain_line_ends(record: Record) -> Record:
    r"""Set line ends to ``\n``, and move the spans along."""
    if "\r" not in record.text:
        return record
    record.text, moved = with_plain_ends(record.text)
    for answers in (record.answers, record.suggested):
        for span in answers.spans if answers else ():
            span.start, span.end = moved(span.start), moved(span.end)
    record.sentences = [Span(moved(a), moved(b)) for a, b in record.sentences]
    return record


_PARTS = ("article", "n", "title", "outlet", "date", "url", "language", "split", "target")
_PART_OF = {plain(name): part for part in reversed(_PARTS) for name in OF_SENTENCES[part]}


def _flat(fields: Iterable[tuple[str, Any]], depth: int = 2) -> Iterator[tuple[str, Any]]:
    """Yield the fields of nested objects beside the others; the ``id`` of an article that is an object is its name."""
    for name, value in fields:
        if not (isinstance(value, Mapping) and value and depth):
            yield name, value
            continue
        is_article = _PART_OF.get(plain(name)) == "article"
        inner = ((name if is_article and key in ("id", "name") else str(key), one) for key, one in value.items())
        yield from _flat(inner, depth - 1)


def read_about(fields: Iterable[tuple[str, Any]]) -> tuple[dict[str, Any], list[str]]:
    """Return what the fields of a record say about its article, and the names of the fields that are not used.

    Fields that tell how labelling went, such as ``lead_time``, are neither.
    """
    about: dict[str, Any] = {}
    unused: list[str] = []
    for name, value in _flat(fields):
        part = _PART_OF.get(plain(name))
        if value is None or value in ("", [], {}) or (not part and is_administration(name)):
            continue
        if isinstance(value, Mapping | list):
            unused.append(name)
        elif part and part not in about:
            about[part] = str(value) if part != "n" else value
        elif name.startswith(ABOUT_ARTICLE) and not part:
            about[name] = str(value)
        else:
            unused.append(name)
    return about, unused
