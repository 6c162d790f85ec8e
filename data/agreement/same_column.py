"""One column of labels that annotators call differently, as ``gold`` and ``gpt``."""

from collections.abc import Sequence
from dataclasses import replace

from ..articles.notices import Say
from ..records import LABEL_COLUMNS, LabelledArticle, Sentence
from ..rows.suggestions import is_suggestion
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
    labels = [_labels(annotator) for annotator in annotators]
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
    say(f"columns {told} are taken for one, {names[0]!r}: they hold the same labels.")
    return [_renamed(annotator, name, names[0]) for annotator, name in zip(annotators, names, strict=True)]


def _labels(annotator: Annotator) -> dict[str, set[str]]:
    """Give the labels of each column of an annotator."""
    found: dict[str, set[str]] = {}
    for labelled in annotator.articles.values():
        for s in labelled.sentences:
            of_scheme = {name: label for name in LABEL_COLUMNS if (label := getattr(s, name))}
            own = {name: label for name, label in s.extra.items() if label and not is_suggestion(name)}
            for name, label in (of_scheme | own).items():
                found.setdefault(name, set()).add(label)
    return found


def _renamed(annotator: Annotator, name: str, new: str) -> Annotator:
    if name == new:
        return annotator

    def of_sentence(s: Sentence) -> Sentence:
        return replace(s, extra={new if key == name else key: label for key, label in s.extra.items()})

    def of_article(labelled: LabelledArticle) -> LabelledArticle:
        return replace(labelled, sentences=tuple(map(of_sentence, labelled.sentences)))

    return Annotator(annotator.name, {key: of_article(labelled) for key, labelled in annotator.articles.items()})
