"""Under which versions of a codebook labels were given."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..display import counted
from ..records import LabelledArticle, Sentence
from ..rows.given import STANCE_TOWARDS, given_of, labels_there
from .codebook import Codebook, Column, Label

VersionCounts = Mapping[str, Mapping[str, Mapping[int, int]]]
"""Column to label to version to number of labels; a stance counts once a target."""
_STANCE = STANCE_TOWARDS.rstrip(": ")


def versions_by_label(articles: Iterable[LabelledArticle]) -> VersionCounts:
    """Count under which version of the codebook labels were given; those of which it is not known are left out."""
    counts: dict[str, dict[str, Counter[int]]] = {}
    for s in (s for labelled in articles for s in labelled.sentences):
        for column, label, version in _given(s):
            counts.setdefault(column, {}).setdefault(label, Counter())[version] += 1
    return counts


def _given(s: Sentence) -> Iterator[tuple[str, str, int]]:
    there = labels_there(s)
    for name, how in given_of(s).items():
        label = there[name]
        if how.version is not None and isinstance(label, str):
            yield _STANCE if name.startswith(STANCE_TOWARDS) else name, label, how.version


def versions_told(of: Mapping[int, int]) -> str:
    """Say under which versions a label was given.

    >>> versions_told({2: 1, 1: 3}), versions_told({4: 2}), versions_told({})
    (', given under version 1 (3), version 2 (1)', ', given under version 4', '')
    """
    if not of:
        return ""
    if len(of) == 1:
        return f", given under version {next(iter(of))}"
    return ", given under " + ", ".join(f"version {version} ({n:,})" for version, n in sorted(of.items()))


def given_before_changes(codebook: Codebook, given: VersionCounts, older: Sequence[Codebook]) -> list[str]:
    """Tell the labels that were given before their text changed, a line for each label and version.

    Parameters
    ----------
    codebook : Codebook
        Now in force.
    given : mapping
        See `versions_by_label`.
    older : sequence of Codebook
        VersionCounts before it.
    """
    books = {book.version: book for book in older}
    lines = []
    for column, label, version, n in _each(given):
        then, now = _found(books.get(version), column, label), _found(codebook, column, label)
        if then and now and _meaning(*then) != _meaning(*now):
            lines.append(
                f"{column}: {label!r} had another meaning in version {version}, under which it was given; "
                f"{counted(n, 'sentence')} to check again."
            )
    return lines


def _each(given: VersionCounts) -> Iterator[tuple[str, str, int, int]]:
    for column, labels in given.items():
        for label, versions in labels.items():
            for version, n in sorted(versions.items()):
                yield column, label, version, n


def _found(book: Codebook | None, column: str, label: str) -> tuple[Column, Label] | None:
    of = book.column(column) if book else None
    found = of.label(label) if of else None
    return (of, found) if of and found else None


def _meaning(column: Column, label: Label) -> tuple[str, str, str]:
    """Give what says what a label means; examples only show it."""
    return column.question, column.text, label.text
