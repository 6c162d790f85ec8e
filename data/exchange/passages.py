"""What leaves for other labelling tools and comes back: a text, marks on it, and which marks belong together.

Each exchange format writes and reads passages; `rows_of_passage` makes rows of them, whose reading judges
everything: labels, offsets, and the words of every span.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...errors import SaysoError
from ..articles.sentences import find_sentences
from ..records import Attribution, LabelledArticle, Span
from ..rows.labelled_rows import articles_of
from ..rows.places import ABOUT, ABOUT_ARTICLE, Row, is_absent, is_word
from ..rows.suggestions import suggestion_columns
from ..schemas.shown import shown
from ..scheme import LABELS_OF
from .standoff import with_plain_ends

MAX_OFFSET = 2**31 - 1
SENTENCE, SOURCE, CUE, CONTENT, LOADED = ROLES = ("sentence", "source", "cue", "content", "loaded")


@dataclass(slots=True)
class Mark:
    """A stretch of the text with a role.

    Parameters
    ----------
    role : str
        One of `ROLES`.
    start, end : int
        Characters of the text, end exclusive.
    words : str or None
        What stands there, as the file has it; it must agree with the text.
    values : dict
        Of a sentence: labels, ``stance`` (target to label), ``extra`` (columns of the user's own), ``n``.
    """

    role: str
    start: int
    end: int
    words: str | None = None
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class MarkedAttribution:
    """Marks that make one attribution.

    Parameters
    ----------
    marks : list of Mark
        Sources, cues and content.
    values : dict
        ``speaker`` and ``source_type``.
    """

    marks: list[Mark] = field(default_factory=list)
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Passage:
    """An article as other tools see it.

    Parameters
    ----------
    id, text : str
    where : str
        File and record, for messages.
    about : dict
        Title, outlet and so on, ``article_…`` columns, ``split``, ``targets``, ``complete``.
    sentences, loaded : list of Mark
    attributions : list of MarkedAttribution
        In the order of their sentences.
    """

    id: str
    text: str
    where: str = ""
    about: dict[str, Any] = field(default_factory=dict)
    sentences: list[Mark] = field(default_factory=list)
    loaded: list[Mark] = field(default_factory=list)
    attributions: list[MarkedAttribution] = field(default_factory=list)


def passage_of(labelled: LabelledArticle) -> Passage:
    """Make a passage of an article."""
    article = labelled.article
    passage = Passage(article.id, article.text, article.id, about(labelled))
    for s in labelled.sentences:
        values: dict[str, Any] = {name: getattr(s, name) for name in LABELS_OF if getattr(s, name)}
        values |= {"n": s.n, "stance": dict(s.stance), "extra": dict(s.extra)}
        passage.sentences.append(_mark(SENTENCE, s.span, article.text, values))
        passage.loaded += [_mark(LOADED, span, article.text) for span in s.loaded]
        passage.attributions += [_marked(x, article.text) for x in s.attributions]
    return passage


def about(labelled: LabelledArticle) -> dict[str, Any]:
    """Give what is known of an article besides its text, as columns of a row."""
    columns: dict[str, Any] = {name: getattr(labelled.article, name) for name in ABOUT}
    columns = {name: value for name, value in columns.items() if value is not None}
    columns |= {key if key == "split" else ABOUT_ARTICLE + key: value for key, value in labelled.meta.items()}
    columns["targets"] = [{"name": name, "aliases": list(also)} for name, also in labelled.targets.items()]
    columns["complete"] = sorted(labelled.complete)
    return columns


def _marked(x: Attribution, text: str) -> MarkedAttribution:
    spans = [(SOURCE, x.source), (CUE, x.cue), *((CONTENT, part) for part in x.content)]
    values = {"speaker": x.speaker, "source_type": x.source_type}
    return MarkedAttribution(
        [_mark(role, span, text) for role, span in spans if span], {key: value for key, value in values.items() if value}
    )


def _mark(role: str, span: Span, text: str, values: dict[str, Any] | None = None) -> Mark:
    return Mark(role, span.start, span.end, span.of(text), values or {})


def rows_of_passage(passage: Passage) -> Iterator[tuple[str, Row]]:
    """Give a row for each sentence; a passage without sentences is cut into them.

    Raises
    ------
    SaysoError
        If a sentence lies outside the text, or an attribution has two sources or two cues.
    """
    text = passage.text
    sentences = sorted(passage.sentences, key=lambda mark: (mark.start, mark.end))
    sentences = sentences or [_mark(SENTENCE, span, text) for span in find_sentences(text)]
    if not sentences:
        raise SaysoError(f"{passage.where}: this text has no sentence.")
    ends = [mark.end for mark in sentences]
    homes: dict[int, list[dict[str, Any]]] = {}
    for marked in passage.attributions:
        attribution, anchor = _attribution(marked, passage.where)
        homes.setdefault(_home(anchor, ends), []).append(attribution)
    loaded: dict[int, list[dict[str, Any]]] = {}
    for mark in passage.loaded:
        loaded.setdefault(_home(mark.start, ends), []).append(_span(mark))
    at = 0
    for n, mark in enumerate(sentences):
        _check_sentence(mark, passage)
        labels = {key: value for key, value in mark.values.items() if key not in ("extra", "n")}
        row = {**mapping(mark.values.get("extra", {}), passage.where, "extra"), **labels, **passage.about}
        row |= {"article": passage.id, "n": mark.values.get("n", n), "start": mark.start, "end": mark.end}
        row |= {"before": text[at : mark.start], "text": text[mark.start : mark.end]}
        row["after"] = text[mark.end :] if n == len(sentences) - 1 else ""
        row["loaded"] = loaded.get(n, [])
        if n in homes or passage.attributions or "attribution" in passage.about.get("complete", ()):
            row["attributions"] = homes.get(n, [])
        yield f"{passage.where}, sentence at {mark.start}", row
        at = mark.end


def _check_sentence(mark: Mark, passage: Passage) -> None:
    """Say of a sentence's place what the reading of rows cannot: a row holds the text of its own."""
    there = passage.text[mark.start : mark.end]
    if not 0 <= mark.start < mark.end <= len(passage.text):
        raise SaysoError(
            f"{passage.where}: a sentence is {mark.start} to {mark.end}, outside the text's {len(passage.text)} characters."
        )
    if mark.words is not None and mark.words != there:
        raise SaysoError(f"{passage.where}: a sentence at {mark.start} is {there[:40]!r}, not {mark.words[:40]!r}.")


def _home(anchor: int, ends: Sequence[int]) -> int:
    return next((n for n, end in enumerate(ends) if anchor < end), len(ends) - 1)


def _attribution(marked: MarkedAttribution, where: str) -> tuple[dict[str, Any], int]:
    """Give an attribution as a row has it, and where it is anchored: at its cue, content or source."""
    of = {role: [mark for mark in marked.marks if mark.role == role] for role in (SOURCE, CUE, CONTENT)}
    for role in (SOURCE, CUE):
        if len(of[role]) > 1:
            words = " and ".join(repr((mark.words or "?")[:30]) for mark in of[role])
            raise SaysoError(f"{where}: an attribution has {len(of[role])} {role}s, {words}; it may have only one.")
    anchors = [*of[CUE], *sorted(of[CONTENT], key=lambda mark: mark.start), *of[SOURCE]]
    if not anchors:
        raise SaysoError(f"{where}: an attribution with neither source, cue nor content.")
    ends = {role: _span(of[role][0]) if of[role] else None for role in (SOURCE, CUE)}
    content = sorted(of[CONTENT], key=lambda mark: mark.start)
    return {**ends, CONTENT: [_span(mark) for mark in content], **marked.values}, anchors[0].start


def _span(mark: Mark) -> dict[str, Any]:
    words = {} if mark.words is None else {"text": mark.words}
    return {"start": mark.start, "end": mark.end, **words}


Judged = tuple[Passage, Passage | None]
"""What people say of an article, and what a model does."""


def rows_of_judged(judged: Iterable[Judged]) -> Iterator[tuple[str, Row]]:
    """Give the rows of passages, each article once, with what is suggested in columns of its own.

    Raises
    ------
    SaysoError
        If an article stands twice; the message says whether its texts differ.
    """
    places: dict[str, tuple[int, str]] = {}
    for passage, model in judged:
        if passage.id in places:
            text, where = places[passage.id]
            reason = (
                "with another text."
                if text != hash(passage.text)
                else "possibly by another annotator; save each annotator's labels as a file of their own."
            )
            raise SaysoError(f"{passage.where}: article {passage.id!r} is already given at {where}, {reason}")
        places[passage.id] = hash(passage.text), passage.where
        suggestions = _suggestions(_with_plain_ends(model)) if model else {}
        passage = _with_plain_ends(passage)
        if model and not passage.sentences:
            passage.sentences = [Mark(SENTENCE, start, end) for start, end in suggestions]
        for where, row in rows_of_passage(passage):
            yield where, {**row, **suggestions.get(Span(row["start"], row["end"]), {})}


def _suggestions(model: Passage) -> dict[Span, dict[str, str]]:
    """Judge what a model says as if it were labels, and give it as columns of suggestions."""
    (labelled,) = articles_of(rows_of_passage(model))
    return {s.span: suggestion_columns(s, labelled) for s in labelled.sentences}


def _with_plain_ends(passage: Passage) -> Passage:
    r"""Set line ends to ``\n``, and move the marks along."""
    if "\r" in passage.text:
        passage.text, moved = with_plain_ends(passage.text)
        of_attributions = (mark for attribution in passage.attributions for mark in attribution.marks)
        for mark in (*passage.sentences, *passage.loaded, *of_attributions):
            mark.start, mark.end = moved(mark.start), moved(mark.end)
            mark.words = mark.words and with_plain_ends(mark.words)[0]
    return passage


def settled(text: str, start: Any, end: Any, words: Any, where: str) -> tuple[int, int]:
    """Give a span in characters: as it is where its words stand there, else counted in UTF-16 units, if that fits.

    JavaScript counts UTF-16 units, two for an emoji; some tools do so too. Words that fit neither way are left
    as they are, for the reading of rows to refuse.
    """
    start, end = (whole(value, key, where) for key, value in (("start", start), ("end", end)))
    if words is not None:
        words = text_of(words, where, "text")
    if words is not None and 0 <= start < len(text) < end and text[start:] == words:
        return start, len(text)  # Label Studio takes an end behind the text's for the text's
    if words is None or text[max(start, 0) : max(end, 0)] == words or text.isascii():
        return start, end
    units = text.encode("utf-16-le", "surrogatepass")
    if units[2 * start : 2 * end] == words.encode("utf-16-le", "surrogatepass") and 0 <= start <= end:
        begin = len(units[: 2 * start].decode("utf-16-le", "surrogatepass"))
        return begin, begin + len(words)
    return start, end


def as_line(value: Any) -> str:
    """Give a value as JSON on one line."""
    return json.dumps(value, ensure_ascii=False)


def mapping(value: Any, where: str, what: str) -> Mapping[str, Any]:
    """Give an object, or refuse what is none."""
    if not isinstance(value, Mapping):
        raise SaysoError(f"{where}: {what} is {shown(value)}; it must be an object.")
    return value


def objects_of(value: Any, where: str, what: str) -> list[Mapping[str, Any]]:
    """Give a list of objects, or refuse what is none by its place in the list; nothing is an empty one."""
    return [mapping(one, where, f"{what}[{at}]") for at, one in enumerate(listed(value, where, what))]


def about_of(value: Any, where: str, what: str) -> dict[str, Any]:
    """Give what is known of an article, of which each column has its type; nothing is an empty object."""
    from ..schemas.row import sifted

    columns = mapping({} if value is None else value, where, what)
    about, wrong = sifted({name: cell for name, cell in columns.items() if not is_absent(cell)})
    if wrong:
        raise SaysoError(f"{where}: {what}: {wrong[0]}")
    return about


def text_of(value: Any, where: str, what: str) -> str:
    """Give a text, or refuse what is none."""
    if not isinstance(value, str):
        raise SaysoError(f"{where}: {what} is {shown(value)}; it must be text.")
    return value


def name_of(value: Any, where: str, what: str) -> str:
    """Give a name, which may be a number, or refuse what is none."""
    if not is_word(value):
        raise SaysoError(f"{where}: {what} is {shown(value)}; it must be text or a number.")
    return str(value)


def whole(value: Any, key: str, where: str) -> int:
    """Give an offset, or refuse what is none; tools in JavaScript may write 3 as 3.0."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if type(value) is not int or not 0 <= value <= MAX_OFFSET:
        raise SaysoError(f"{where}: {key} is {shown(value)}; it must be a whole number, 0 or more.")
    return value


def listed(value: Any, where: str, what: str) -> list[Any]:
    """Give a list, or refuse what is none; nothing is an empty one."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise SaysoError(f"{where}: {what} is {shown(value)}; it must be a list.")
    return value
