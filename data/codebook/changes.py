"""What changed from one codebook to another, and labels that a codebook does not have."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..display import counted
from ..records import LABEL_COLUMNS, LabelledArticle, label_of
from ..rows.suggestions import own_labels
from .codebook import Codebook, Column, Label
from .given import VersionCounts, versions_told


def changes(old: Codebook, new: Codebook) -> list[str]:
    """Tell what changed, a line for each column and sort of change; none where both say the same."""
    lines = [f"name: {new.name!r}, previously {old.name!r}"] if new.name != old.name else []
    lines += [f"column {c.name} was removed" for c in old.columns if not new.column(c.name)]
    for column in new.columns:
        before = old.column(column.name)
        lines += _column_changes(before, column) if before else [f"column {column.name} is new: {_names(column.labels)}"]
    shared = [c.name for c in old.columns if new.column(c.name)]
    if shared != [c.name for c in new.columns if old.column(c.name)]:
        lines.append("the order of columns changed")
    return lines


def renamed(old: Column, new: Column) -> dict[str, str]:
    """Give the labels that were renamed: old name to new one.

    A label that is gone and one that is new are the same where they have the same text, or where they are the only
    ones and stand at the same place.
    """
    gone = [label for label in old.labels if not new.label(label.name)]
    added = [label for label in new.labels if not old.label(label.name)]
    same_text = {(x.text, x.examples): x.name for x in added if x.text}
    found = {x.name: same_text[x.text, x.examples] for x in gone if (x.text, x.examples) in same_text}
    if not found and len(gone) == len(added) == 1 and old.labels.index(gone[0]) == new.labels.index(added[0]):
        found = {gone[0].name: added[0].name}
    return found


def _column_changes(old: Column, new: Column) -> Iterator[str]:
    names = renamed(old, new)
    gone = [x for x in old.labels if not new.label(x.name) and x.name not in names]
    added = [x for x in new.labels if not old.label(x.name) and x.name not in names.values()]
    kept = [(x, new.label(names.get(x.name, x.name))) for x in old.labels if x not in gone]
    pairs = [(x, y) for x, y in kept if y]
    same = [(x, y) for x, y in pairs if x.name == y.name and old.asked == new.asked]  # others may well have another key
    said = [
        ("renamed", [f"{x} to {y}" for x, y in names.items()]),
        ("removed", [x.name for x in gone]),
        ("added", [x.name for x in added]),
        ("text changed", [y.name for x, y in pairs if _texts(x) != _texts(y)]),
        ("key changed", [f"{y.name} ({x.key or 'none'} to {y.key or 'none'})" for x, y in same if x.key != y.key]),
        ("another order", [""] if [y for _, y in pairs] != [y for y in new.labels if y not in added] else []),
        ("changed", [what for what in ("question", "text") if getattr(old, what) != getattr(new, what)]),
    ]
    yield from (f"{new.name}: {what} {', '.join(names)}".rstrip() for what, names in said if names)
    if old.asked != new.asked:
        yield f"{new.name}: {'asked again' if new.asked else 'no longer asked'}"


def _texts(label: Label) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return label.text, label.examples, label.not_examples


def _names(labels: Sequence[Label]) -> str:
    return ", ".join(label.name for label in labels) or "free text"


def counts_by_label(articles: Iterable[LabelledArticle]) -> dict[str, Counter[str]]:
    """Count the labels of each column, ours and the user's own; a stance counts once a target, suggestions do not."""
    counts: dict[str, Counter[str]] = {}
    for s in (s for labelled in articles for s in labelled.sentences):
        for column in (*LABEL_COLUMNS, *own_labels(s)):
            if label := label_of(s, column):
                counts.setdefault(column, Counter())[label] += 1
        if s.stance:
            counts.setdefault("stance", Counter()).update(s.stance.values())
    return counts


def labels_not_in(
    codebook: Codebook,
    counts: Mapping[str, Mapping[str, int]],
    older: Sequence[Codebook] = (),
    given: VersionCounts | None = None,
) -> list[str]:
    """Tell the labels of sentences that a codebook does not have.

    Parameters
    ----------
    codebook : Codebook
    counts : mapping of str to mapping of str to int
        Of each column, how many sentences carry each label.
    older : sequence of Codebook
        VersionCounts before it, the oldest first: what became of a label is told.
    given : mapping, optional
        Under which versions labels were given, see `versions_by_label`.
    """
    lines, given = [], given or {}
    for name, count_by_label in counts.items():
        column = codebook.column(name)
        if column is None:
            n = sum(count_by_label.values())
            lines.append(f"{name}: not a column of the codebook; {counted(n, 'sentence')} with a label in it.")
        elif column.labels:
            lines += [
                f"{name}: {label!r} is not a label of the codebook{_fate(label, column, older)}; "
                f"{counted(n, 'sentence')} with it{versions_told(given.get(name, {}).get(label, {}))}."
                for label, n in count_by_label.items()
                if not column.label(label)
            ]
    return lines


def _fate(label: str, column: Column, older: Sequence[Codebook]) -> str:
    """Say which version had a label last, and what it was renamed to; nothing of a label that none had."""
    had = [(book.version, old) for book in older if (old := book.column(column.name)) and old.label(label)]
    if not had:
        return ""
    version, old = had[-1]
    name = renamed(old, column).get(label)
    return f" (version {version} had it{f'; now named {name!r}' if name else ''})"
