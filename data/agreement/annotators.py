"""Several annotators' labels of the same sentences: matched, and their agreement measured."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import NamedTuple
from unicodedata import normalize

from ...errors import SaysoError
from ..records import LABEL_COLUMNS, LabelledArticle, Sentence, label_of
from ..rows.given import STANCE_TOWARDS
from ..rows.suggestions import own_labels
from .coefficients import Figure, Ratings, cohen_kappa, gwet_ac1, krippendorff_alpha, ratings_of, same
from .spans import SpanAgreement, span_agreement

STANCE = "stance"
"""The columns of stances begin so; the target follows."""
_LOOKED_AT = 1000  # sentences by which a message tells what annotators labelled
_PLAIN = str.maketrans(dict.fromkeys("“”„‟", '"') | dict.fromkeys("‘’‚‛", "'") | dict.fromkeys("\u00ad\u200b\ufeff", ""))
Labels = tuple[str | None, ...]
"""What each annotator says; None of one who says nothing."""


class Annotator(NamedTuple):
    """What one person labelled: a name, and the articles by their ids."""

    name: str
    articles: Mapping[str, LabelledArticle]


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence that two annotators or more have.

    Parameters
    ----------
    article : str
    n : int
    text, before, after : str
        The sentence, and those beside it.
    sentences : tuple of Sentence or None
        Each annotator's; None where one does not have it.
    """

    article: str
    n: int
    text: str
    before: str
    after: str
    sentences: tuple[Sentence | None, ...]


@dataclass(frozen=True, slots=True)
class Coefficients:
    """Agreement on one column, or on one label against all others; every figure with its 95 % interval."""

    same: Figure
    kappa: Figure
    alpha: Figure
    ac1: Figure


@dataclass(frozen=True, slots=True)
class ColumnAgreement:
    """How well annotators agree on a column.

    Parameters
    ----------
    column : str
    units : int
        Sentences (for stance: sentences and targets) that two annotators or more labelled.
    overall : Coefficients
    labels : mapping of str to (int, Coefficients)
        How often each label was given, and the agreement on it against all others.
    """

    column: str
    units: int
    overall: Coefficients
    labels: Mapping[str, tuple[int, Coefficients]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How well annotators agree.

    Parameters
    ----------
    annotators : tuple of str
    articles, sentences : int
        That two annotators or more have.
    columns : tuple of ColumnAgreement
    spans : tuple of SpanAgreement
    """

    annotators: tuple[str, ...]
    articles: int
    sentences: int
    columns: tuple[ColumnAgreement, ...]
    spans: tuple[SpanAgreement, ...]


def annotator_of(name: str, articles: Sequence[LabelledArticle]) -> Annotator:
    """Take what one person labelled.

    Raises
    ------
    SaysoError
        If an id, or a sentence of an article, stands in it twice.
    """
    by_id: dict[str, LabelledArticle] = {}
    for labelled in articles:
        if by_id.setdefault(labelled.article.id, labelled) is not labelled:
            raise SaysoError(f"{name}: two articles have the id {labelled.article.id!r}; give each its own id.")
        numbers = [s.n for s in labelled.sentences]
        if len(set(numbers)) < len(numbers):
            raise SaysoError(f"{name}: article {labelled.article.id!r} has two sentences with the same number.")
    return Annotator(name, by_id)


def names_of(paths: Sequence[Path]) -> list[str]:
    """Call annotators as their files, or by the paths where two files are called alike.

    Raises
    ------
    SaysoError
        If a path stands twice.
    """
    stems = [path.stem for path in paths]
    names = stems if len(set(stems)) == len(stems) else list(map(str, paths))
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise SaysoError(f"{twice}: given twice; give each annotator once.")
    return names


def match_units(annotators: Sequence[Annotator]) -> list[Unit]:
    """Match sentences by the article's id and their number.

    Raises
    ------
    SaysoError
        If annotators have different words under one id and number, or nothing in common. White space and the style of
        quotation marks may differ.
    """
    ids = list(dict.fromkeys(name for annotator in annotators for name in annotator.articles))
    units = [unit for name in ids for unit in _match(name, annotators)]
    if not units:
        names = " and ".join(a.name for a in annotators)
        raise SaysoError(f"{names}: no sentences in common; sentences are matched by article and n.")
    return units


def _match(name: str, annotators: Sequence[Annotator]) -> Iterator[Unit]:
    """Match the sentences of one article."""
    theirs = [annotator.articles.get(name) for annotator in annotators]
    by_n = by_number(theirs)
    texts: dict[int, str] = {}
    for annotator, labelled, sentences in zip(annotators, theirs, by_n, strict=True):
        for n, s in sentences.items():
            words = s.span.of(labelled.article.text) if labelled else ""
            if plain_words(texts.setdefault(n, words)) != plain_words(words):
                first = next(a.name for a, there in zip(annotators, by_n, strict=True) if n in there)
                raise SaysoError(
                    f"{annotator.name}: article {name!r}, sentence {n} is {_cut(words)}, but "
                    f"{_cut(texts[n])} in {first}; all annotators must label the same text."
                )
    for n in sorted(texts):
        sentences_of_n = tuple(sentences.get(n) for sentences in by_n)
        if n_given(sentences_of_n) > 1:
            yield Unit(name, n, texts[n], texts.get(n - 1, ""), texts.get(n + 1, ""), sentences_of_n)


def count_unmatched(annotators: Sequence[Annotator], units: Sequence[Unit]) -> Iterator[tuple[str, int, int]]:
    """Count the sentences that nobody else has.

    Yields
    ------
    str, int, int
        An annotator who has some, how many they are, and all sentences of the annotator.
    """
    sentences = {(unit.article, unit.n): unit.sentences for unit in units}
    for number, annotator in enumerate(annotators):
        places = [(name, s.n) for name, labelled in annotator.articles.items() for s in labelled.sentences]
        n_alone = sum(place not in sentences or sentences[place][number] is None for place in places)
        if n_alone:
            yield annotator.name, n_alone, len(places)


def by_number(theirs: Sequence[LabelledArticle | None]) -> list[dict[int, Sentence]]:
    """Give each annotator's sentences of an article by their numbers; none of one who does not have it."""
    return [{s.n: s for s in labelled.sentences} if labelled else {} for labelled in theirs]


def plain_words(words: str) -> str:
    """Give a sentence without what programs change in it: white space, marks that nobody sees, curly quotation marks.

    >>> plain_words("The  mayor’s car")
    "The mayor's car"
    """
    return " ".join(normalize("NFC", words).translate(_PLAIN).split())


def _cut(words: str) -> str:
    return repr(words if len(words) <= 60 else words[:59] + "…")


def labels_by_column(unit: Unit) -> dict[str, Labels]:
    """Give each annotator's label of a sentence, by column; a stance's column is ``stance: TARGET``.

    Columns that nobody labelled are left out.
    """
    by_column: dict[str, Labels] = {}
    for labels_of in (_scheme_labels, _stances, _own_labels):
        by_annotator = [labels_of(s) if s else {} for s in unit.sentences]
        for column in dict.fromkeys(chain.from_iterable(by_annotator)):
            by_column[column] = tuple(labels.get(column) for labels in by_annotator)
    return {column: labels for column, labels in by_column.items() if any(labels)}


def _scheme_labels(s: Sentence) -> dict[str, str | None]:
    return {column: label_of(s, column) for column in LABEL_COLUMNS}


def _stances(s: Sentence) -> dict[str, str | None]:
    return {STANCE_TOWARDS + target: label for target, label in s.stance.items()}


def _own_labels(s: Sentence) -> dict[str, str | None]:
    return {**own_labels(s)}


def task_of_column(column: str) -> str:
    """Name the task of a column: stances towards all targets are one."""
    return STANCE if column.startswith(STANCE_TOWARDS) else column


def labelled_units(units: Sequence[Unit]) -> dict[str, list[tuple[Unit, Labels]]]:
    """Collect the sentences of each column that two annotators or more labelled, with their labels."""
    by_task: dict[str, list[tuple[Unit, Labels]]] = {}
    for unit in units:
        for column, labels in labels_by_column(unit).items():
            by_task.setdefault(task_of_column(column), []).append((unit, labels))
    paired = [task for task, rows in by_task.items() if any(n_given(labels) > 1 for _, labels in rows)]
    order = {task: i for i, task in enumerate((*LABEL_COLUMNS, STANCE))}
    return {task: by_task[task] for task in sorted(paired, key=lambda task: (order.get(task, len(order)), task))}


def column_ratings(units: Sequence[Unit]) -> dict[str, Ratings]:
    """Collect the labels of each column that two annotators or more labelled."""
    numbers = {article: i for i, article in enumerate(dict.fromkeys(unit.article for unit in units))}
    return {
        task: ratings_of([labels for _, labels in rows], [numbers[unit.article] for unit, _ in rows])
        for task, rows in labelled_units(units).items()
    }


def n_given(values: Iterable[object | None]) -> int:
    """Count those who say something."""
    return sum(value is not None for value in values)


def columns_by_annotator(annotators: Sequence[Annotator], units: Sequence[Unit]) -> str:
    """Say which columns each annotator labelled, for a message where these are not the same."""
    found: dict[str, list[str]] = {annotator.name: [] for annotator in annotators}
    for unit in units[:_LOOKED_AT]:
        for column, labels in labels_by_column(unit).items():
            for annotator, label in zip(annotators, labels, strict=True):
                if label and column not in found[annotator.name]:
                    found[annotator.name].append(column)
    return "; ".join(f"{name} has {', '.join(columns) or 'none'}" for name, columns in found.items()) + "."


def measure_agreement(annotators: Sequence[Annotator], units: Sequence[Unit], columns: Sequence[str] = ()) -> Agreement:
    """Measure the agreement on every column and every sort of span.

    Parameters
    ----------
    annotators : sequence of Annotator
    units : sequence of Unit
    columns : sequence of str
        Only these; all without them.

    Raises
    ------
    SaysoError
        If a column that is asked for was not labelled by two annotators.
    """
    ratings = column_ratings(units)
    spans = {of.role: of for of in span_agreement([a.articles for a in annotators])}
    if not columns and not ratings and not spans:
        raise SaysoError(f"no column was labelled by two annotators: {columns_by_annotator(annotators, units)}")
    wanted = _wanted(columns, [*ratings, *spans])
    return Agreement(
        tuple(a.name for a in annotators),
        len({unit.article for unit in units}),
        len(units),
        tuple(column_agreement(column, of_column) for column, of_column in ratings.items() if column in wanted),
        tuple(of_role for role, of_role in spans.items() if role in wanted),
    )


def _wanted(asked: Sequence[str], labelled: Sequence[str]) -> Sequence[str]:
    """Give what is asked for, or else everything that two annotators or more labelled."""
    missing = [column for column in asked if column not in labelled]
    if missing:
        known = ", ".join(labelled) or "none"
        raise SaysoError(f"no sentence has {missing[0]!r} from two annotators; columns with labels from two: {known}.")
    return asked or labelled


def column_agreement(column: str, ratings: Ratings) -> ColumnAgreement:
    """Measure the agreement on one column."""
    codes = ratings.codes
    labels = {label: (int((codes == k).sum()), coefficients(ratings.of_label(k))) for k, label in enumerate(ratings.labels)}
    return ColumnAgreement(column, int(((codes >= 0).sum(axis=1) > 1).sum()), coefficients(ratings), labels)


def coefficients(ratings: Ratings) -> Coefficients:
    """Compute all coefficients."""
    return Coefficients(same(ratings), cohen_kappa(ratings), krippendorff_alpha(ratings), gwet_ac1(ratings))
