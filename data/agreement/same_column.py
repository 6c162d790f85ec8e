"""One column, or one label, that annotators write differently: ``gold`` and ``gpt``, ``economy`` and ``Economy``."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from ..articles.notices import Say
from ..display import counted
from ..records import LABEL_COLUMNS, LabelledArticle, Sentence
from ..rows.label_values import folded, written_alike
from ..rows.suggestions import own_labels
from .annotators import Annotator

_MOST_LABELS = 50  # different values; a column with more holds no labels


def same_column(annotators: Sequence[Annotator], say: Say) -> list[Annotator]:
    """Give annotators one name for their column of labels, where each has one of a name that no other has.

    Parameters
    ----------
    annotators : sequence of Annotator
    say : callable of str
        Is told which columns are taken for one.
    """
    labels = [_folded(_labels(annotator)) for annotator in annotators]
    shared = {name for of in labels for name in of if sum(name in other for other in labels) > 1}
    own = [[name for name in of if name not in shared] for of in labels]
    if not all(len(names) == 1 for names in own) or not shared.isdisjoint(LABEL_COLUMNS):
        return list(annotators)
    if any(names[0] in LABEL_COLUMNS for names in own):
        return list(annotators)
    first, *others = (of[names[0]] for of, names in zip(labels, own, strict=True))
    if not all(first & other and len(first | other) <= _MOST_LABELS for other in others):
        return list(annotators)
    names = [of[0] for of in own]
    told = ", ".join(f"{name!r} of {annotator.name}" for name, annotator in zip(names, annotators, strict=True))
    say(f"columns {told} are treated as one column, {names[0]!r}, because they hold the same labels.")
    return [_renamed(annotator, name, names[0]) for annotator, name in zip(annotators, names, strict=True)]


def same_labels(annotators: Sequence[Annotator], say: Say) -> list[Annotator]:
    """Write a label of the user's own as most annotators do, where it differs in capitals and blanks around only.

    Labels that two annotators or more tell apart by their capitals stay apart.

    Parameters
    ----------
    annotators : sequence of Annotator
    say : callable of str
        Is told which labels are taken for one, and how many sentences of whom have them.
    """
    labels = [_labels(annotator) for annotator in annotators]
    columns = dict.fromkeys(column for of in labels for column in of if column not in LABEL_COLUMNS)
    kept = {column: _spellings([of.get(column, set()) for of in labels]) for column in columns}
    found = []
    for annotator, of in zip(annotators, labels, strict=True):
        new: dict[tuple[str, str], str] = {}
        for column in kept.keys() & of.keys():
            own = sorted(of[column])
            alike = zip(own, written_alike(own, kept[column]), strict=True)
            new |= {(column, label): other for label, other in alike if label != other}
        found.append(_relabelled(annotator, new, say))
    return found


def _spellings(labels: Sequence[set[str]]) -> list[str]:
    """Choose how each label of a column is written; labels are those of each annotator."""
    by_label: dict[str, list[list[str]]] = {}
    for of in labels:
        own: dict[str, list[str]] = {}
        for label in sorted(of):
            own.setdefault(folded(label), []).append(label)
        for label, spellings in own.items():
            by_label.setdefault(label, []).append(spellings)
    kept = []
    for each in by_label.values():
        n_using = Counter(spelling for spellings in each for spelling in spellings)
        n_telling_apart = sum(len(spellings) > 1 for spellings in each)
        stay = len(each) < 2 or n_telling_apart > 1
        kept += [*n_using] if stay else [spelling for spelling, _ in n_using.most_common(1)]
    return kept


def _relabelled(annotator: Annotator, new: Mapping[tuple[str, str], str], say: Say) -> Annotator:
    """Write labels of columns otherwise, and say how many sentences had them."""
    if not new:
        return annotator
    n_found: Counter[tuple[str, str]] = Counter()

    def of_sentence(s: Sentence) -> Sentence:
        n_found.update(cell for cell in s.extra.items() if cell in new)
        return replace(s, extra={column: new.get((column, label), label) for column, label in s.extra.items()})

    changed = _changed(annotator, of_sentence)
    for (column, label), n in sorted(n_found.items()):
        say(
            f"{annotator.name}: label {label!r} in column {column!r} is read as {new[column, label]!r}, "
            f"which differs only in capital letters or spaces: {counted(n, 'sentence')}."
        )
    return changed


def _folded(labels: Mapping[str, set[str]]) -> dict[str, set[str]]:
    return {column: {folded(label) for label in of} for column, of in labels.items()}


def _labels(annotator: Annotator) -> dict[str, set[str]]:
    """Give the labels of each column of an annotator."""
    found: dict[str, set[str]] = {}
    for labelled in annotator.articles.values():
        for s in labelled.sentences:
            of_scheme = {name: label for name in LABEL_COLUMNS if (label := getattr(s, name))}
            own = {name: label for name, label in own_labels(s).items() if label}
            for name, label in (of_scheme | own).items():
                found.setdefault(name, set()).add(label)
    return found


def _renamed(annotator: Annotator, name: str, new: str) -> Annotator:
    if name == new:
        return annotator

    def of_sentence(s: Sentence) -> Sentence:
        return replace(s, extra={new if key == name else key: label for key, label in s.extra.items()})

    return _changed(annotator, of_sentence)


def _changed(annotator: Annotator, of_sentence: Callable[[Sentence], Sentence]) -> Annotator:
    def of_article(labelled: LabelledArticle) -> LabelledArticle:
        return replace(labelled, sentences=tuple(map(of_sentence, labelled.sentences)))

    return Annotator(annotator.name, {key: of_article(labelled) for key, labelled in annotator.articles.items()})
