"""Labelled sentences as rows of a table, and rows as labelled articles.

A row is a sentence; ``docs/dataset-format.md`` describes its columns.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from ...errors import SaysoError
from ..records import Article, LabelledArticle, Sentence, Span
from ..schemas.shown import shown
from .labels import as_json, labels_of
from .places import (
    ABOUT,
    ABOUT_ARTICLE,
    OURS,
    RESERVED,
    Placed,
    Row,
    RowError,
    file_of,
    is_of_machine,
    place,
    row_key,
    value_shown,
    whole,
)

_NOT_OWN = OURS | {"cue", "source"}
_NO_LABELS = (Mapping, list, bytes)


def rows_of(labelled: LabelledArticle) -> Iterator[dict[str, Any]]:
    """Give a row for each sentence of an article; together they hold all of its text.

    Raises
    ------
    SaysoError
        If sentences overlap, or a column name of the user's own is one of ours.
    """
    text, at = labelled.article.text, 0
    last = len(labelled.sentences) - 1
    for i, s in enumerate(labelled.sentences):
        if s.span.start < at:
            raise SaysoError(f"{labelled.article.id}: sentence {s.n} begins before the previous sentence ends.")
        own = {
            **{ABOUT_ARTICLE + key: value for key, value in labelled.meta.items() if key != "split"},
            **s.extra,
        }
        taken = next((name for name in s.extra if name in RESERVED or name.startswith(ABOUT_ARTICLE)), None)
        if taken is not None:
            raise SaysoError(
                f"{labelled.article.id}: {taken!r} is the name of a sayso column; give your column another name."
            )
        yield {
            "article": labelled.article.id,
            "n": s.n,
            "start": s.span.start,
            "end": s.span.end,
            "before": text[at : s.span.start],
            "text": s.span.of(text),
            "after": text[s.span.end :] if i == last else "",
            **as_json(s, labelled),
            **{name: getattr(labelled.article, name) for name in ABOUT},
            "targets": [{"name": name, "aliases": list(also)} for name, also in labelled.targets.items()],
            "complete": sorted(labelled.complete),
            **own,
        }
        at = s.span.end


def articles_of(rows: Iterable[tuple[str, Row]], refuse: Callable[[RowError], None] | None = None) -> list[LabelledArticle]:
    """Put rows together to articles, in the order in which these first appear.

    Parameters
    ----------
    rows : iterable of (str, Row)
        Where each row stands (``file:number``), and the row. Rows of one article need not be neighbours.
    refuse : callable, optional
        Is given everything that is wrong, and the row is read without it. Without it the first is raised.

    Notes
    -----
    Without offsets the sentences of an article are joined by a space, in order. A row without an article
    is an article of its own. Characters that no row holds are spaces and empty lines.
    """
    return list(stream_articles(rows, refuse))


def stream_articles(
    rows: Iterable[tuple[str, Row]],
    refuse: Callable[[RowError], None] | None = None,
    sizes: Mapping[int, int] | None = None,
) -> Iterator[LabelledArticle]:
    """Put rows together to articles, each given as soon as it and all before it are whole.

    Parameters
    ----------
    rows, refuse
        As for `articles_of`.
    sizes : mapping of int to int, optional
        How many rows each article has, of `count_rows`. Without it all wait for the last row.
    """
    refuse = refuse or _raise
    waiting: dict[tuple[str, str], list[Placed]] = {}
    numbers_of: dict[tuple[str, str], dict[int, str]] = {}
    n_read: dict[tuple[str, str], int] = {}
    for where, values in rows:
        row = _placed(where, values, numbers_of, refuse)
        key = row_key(values, where)
        if row is not None:
            waiting.setdefault((row.article, row.split), []).append(row)
        n_read[key] = n_read.get(key, 0) + 1
        while sizes is not None and waiting:
            first = next(iter(waiting))
            if n_read.get(first, 0) < sizes.get(hash(first), 1):
                break
            n_read.pop(first, None)
            numbers_of.pop(first, None)
            yield _assemble(waiting.pop(first), refuse)
    for group in waiting.values():
        yield _assemble(group, refuse)


def _placed(
    where: str, values: Row, numbers_of: dict[tuple[str, str], dict[int, str]], refuse: Callable[[RowError], None]
) -> Placed | None:
    """Find which sentence a row is, and take the values that its cells can have; None where it is refused."""
    from ..schemas.row import sifted

    try:
        row = place(where, values)
        numbers = numbers_of.setdefault((row.article, row.split), {})
        if row.n is not None and row.n in numbers:
            raise _twice(row, numbers[row.n])
        if row.n is not None:
            numbers[row.n] = where
    except RowError as error:
        refuse(error)
        return None
    row.values, wrong = sifted(row.values)
    for reason in wrong:
        refuse(row.bad(reason))
    return row


def _twice(row: Placed, where: str) -> RowError:
    """Say where a sentence stands already; in another file it may be labelled by somebody else."""
    two = "to compare two annotators, use sayso data agree; for two sentences, give each its own n."
    what_to_do = "give it its own n." if file_of(where) == file_of(row.where) else two
    return row.bad(f"sentence {row.n} of {row.article!r} is already given at {where}; {what_to_do}", where)


def count_rows(rows: Iterable[tuple[str, Row]]) -> dict[int, int]:
    """Count the rows of each article that has several, for `stream_articles`; articles are told by a hash."""
    counts: dict[int, int] = {}
    for where, values in rows:
        key = hash(row_key(values, where))
        counts[key] = counts.get(key, 0) + 1
    return counts


def _raise(error: RowError) -> None:
    raise error


def _assemble(rows: list[Placed], refuse: Callable[[RowError], None]) -> LabelledArticle:
    """Lay the sentences out as a text, then read the labels, whose spans count in it."""
    rows, numbers = _in_order(rows, refuse)
    first = rows[0]
    text, is_placed = _lay_out(rows, refuse)
    targets = {x["name"]: tuple(x.get("aliases") or ()) for x in first.values.get("targets") or ()}
    sentences = []
    for row, n in zip(rows, numbers, strict=True):
        labels, wrong = labels_of(row.values, row.span, text if is_placed else None)
        for reason in wrong:
            refuse(row.bad(reason))
        sentences.append(Sentence(n=n, span=row.span, extra=_extra(row.values), **labels))
    targets |= {name: () for s in sentences for name in s.stance if name not in targets}
    about = _about(rows, refuse)
    known: dict[str, Any] = {name: about.pop(name, None) for name in ABOUT}
    meta = {key.removeprefix(ABOUT_ARTICLE): value for key, value in about.items() if value is not None}
    if first.split != "train":
        meta["split"] = first.split
    article = Article(id=first.article, text=text, **known)
    return LabelledArticle(article, tuple(sentences), targets, _complete(rows, sentences, targets), meta)


def _in_order(rows: list[Placed], refuse: Callable[[RowError], None]) -> tuple[list[Placed], list[int]]:
    """Sort the rows by their numbers, if all have one; else they stay as they are and are counted from 0."""
    numbers = [row.n for row in rows if row.n is not None]
    if len(numbers) == len(rows):
        return sorted(rows, key=lambda row: row.n or 0), sorted(numbers)
    if numbers:
        refuse(next(row for row in rows if row.n is None).bad("no n, although other rows of the same article have one."))
    return rows, list(range(len(rows)))


def _lay_out(rows: list[Placed], refuse: Callable[[RowError], None]) -> tuple[str, bool]:
    """Put the article's text together, and tell each row its place; False where offsets of a row were wrong."""
    text, is_placed = "", True
    for row in rows:
        try:
            gap = _gap(row, len(text), is_first=row is rows[0])
        except ValueError as error:
            refuse(row.bad(str(error)))
            gap, is_placed = " " if text else "", False
        start = len(text) + len(gap)
        row.span = Span(start, start + len(row.text))
        text += gap + row.text
    return text + rows[-1].values.get("after", ""), is_placed


def _gap(row: Placed, at: int, is_first: bool) -> str:
    """Return what stands between the sentence before, which ends at ``at``, and this one."""
    before = row.values.get("before")
    before = before.replace("\r\n", "\n").replace("\r", "\n") if before is not None else None
    if "start" not in row.values:
        return before if before is not None else "" if is_first else " "
    start = whole(row.values["start"], "start")
    if start < at:
        raise ValueError(f"start is {start}, but the previous sentence ends at {at}.")
    if before is not None and at + len(before) != start:
        raise ValueError(f"start is {start}, but the text before it ends at {at + len(before)}.")
    end = whole(row.values["end"], "end") if "end" in row.values else start + len(row.text)
    if end - start != len(row.text):
        raise ValueError(
            f"start {start} to end {end} are {end - start} characters, but the text has {len(row.text)}; "
            "correct the offsets, which count characters of the article, or leave start and end empty."
        )
    n_missing = start - at
    return before if before is not None else " " * n_missing if n_missing < 2 else "\n" * n_missing


def _extra(values: Row) -> dict[str, str]:
    """Return the label columns of the user's own; lists and objects are none, nor is how sure a model was of a label."""
    return {
        name: value_shown(value)
        for name, value in values.items()
        if name
        and name not in _NOT_OWN
        and not is_of_machine(name, values)
        and not name.startswith(ABOUT_ARTICLE)
        and (type(value) is str or not isinstance(value, _NO_LABELS))
    }


def _about(rows: Sequence[Placed], refuse: Callable[[RowError], None]) -> dict[str, str | None]:
    """Return what the rows tell of their article; they must agree."""
    about: dict[str, str | None] = {}
    for row in rows:
        for name, value in row.values.items():
            if name not in ABOUT and not name.startswith(ABOUT_ARTICLE):
                continue
            if about.setdefault(name, value) != value:
                refuse(row.bad(f"{name} is {shown(value)}, but {shown(about[name])} in an earlier row of the same article."))
    return about


def _complete(rows: Sequence[Placed], sentences: Sequence[Sentence], targets: Mapping[str, object]) -> frozenset[str]:
    """Return what is labelled throughout: what the first row says, otherwise what every row has."""
    declared = rows[0].values.get("complete")
    if declared is not None:
        return frozenset(declared)
    tests = {
        "kind": all(s.kind for s in sentences),
        "source_type": all(s.source_type for s in sentences),
        "bias": all(s.bias for s in sentences),
        "stance": bool(targets) and all(len(s.stance) == len(targets) for s in sentences),
        "attribution": all("attributions" in row.values for row in rows),
    }
    return frozenset(task for task, is_complete in tests.items() if is_complete)
