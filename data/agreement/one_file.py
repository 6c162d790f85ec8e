"""Several annotators in one table: a column names who labelled each row, or each has a column of labels."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..articles.notices import Notices
from ..datasets.as_file import AsFile, as_file
from ..rows.files import holds_table, read_rows
from ..rows.labelled_rows import articles_of
from ..rows.places import Row, is_absent, value_shown
from ..rows.recognition.names import RowNames, listed
from ..rows.recognition.reading import BY_TEXT, named_rows, parted, texts_of_several
from ..tabular.column_names import find_column, named_column
from .annotators import Annotator, annotator_of

WHO = tuple(
    "annotator annotator_name annotator_id annotated_by labelled_by labeled_by coded_by coder coder_name coder_id rater "
    "rater_id labeller labeler worker worker_id user username".split()
)
"""Usual names of a column that says who labelled a row."""
_BY = "_by_"  # docs/dataset-format.md: COLUMN_by_NAME is one annotator's label
Rows = list[tuple[str, Row]]


class OneAnnotatorError(SaysoError):
    """There are not two annotators to be compared."""


def annotators_of_table(path: Path, names: RowNames, column: str | None, notices: Notices) -> list[Annotator]:
    """Read a table with the labels of several annotators.

    Parameters
    ----------
    path : Path
    names : RowNames
        The columns that the user named.
    column : str or None
        That says who labelled each row; without it one of the usual names. Where none has, ``topic_by_ann`` is ann's topic.
    notices : Notices

    Raises
    ------
    OneAnnotatorError
        If there are not two annotators in it.
    SaysoError
        If it is no table, or lacks the column.
    """
    who, rows = _rows_by_annotator(path, names, column, notices)
    annotators = [annotator_of(name, articles_of(theirs)) for name, theirs in rows.items()]
    if len(annotators) < 2:
        found = f"column {who!r} has only one, {annotators[0].name!r}" if annotators else "no column says who labelled a row"
        raise OneAnnotatorError(
            f"{path}: at least two annotators are needed, but {found}. Give one file per annotator, name "
            "the column with --annotator-column, or name the label columns LABEL_by_NAME."
        )
    return annotators


def annotators_of_tables(paths: Sequence[Path], names: RowNames, column: str, notices: Notices) -> list[Annotator]:
    """Read the annotators of all tables that have a column which says who labelled each row.

    Raises
    ------
    SaysoError
        If one annotator stands in two of them.
    """
    found: dict[str, Annotator] = {}
    for path in paths:
        if not path.is_file() or column not in _columns(path):
            continue
        _, rows = _rows_by_annotator(path, names, column, notices)
        for name, theirs in rows.items():
            if name in found:
                raise SaysoError(f"{path}: annotator {name!r} is also in another file; join these files into one table.")
            found[name] = annotator_of(name, articles_of(theirs))
    return list(found.values())


def _columns(path: Path) -> list[str]:
    with as_file(path, lambda line: None) as file:
        return _columns_of(file.path) if file.path.is_file() and holds_table(file.path) else []


def _columns_of(table: Path) -> list[str]:
    return list(dict.fromkeys(str(name).strip() for _, row in read_rows(table) for name in row))


def _rows_by_annotator(
    path: Path, names: RowNames, column: str | None, notices: Notices
) -> tuple[str | None, dict[str, Rows]]:
    """Give the column that names the annotators, if one does, and the rows of each."""
    with as_file(path, notices.say) as file:
        if not (file.path.is_file() and holds_table(file.path)):
            raise OneAnnotatorError(
                f"{path}: at least two annotators are needed: give a file or folder for each, or one table with all of them."
            )
        columns = _columns_of(file.path)
        named = None if column is None else named_column(columns, column)
        if column is not None and named is None:
            raise SaysoError(f"{path}: no column {column!r} (--annotator-column); it has {listed(columns)}.")
        who = named or find_column(columns, WHO)
        return who, _long(file, who, names, notices) if who else _wide(file, columns, names, notices)


def _long(file: AsFile, who: str, names: RowNames, notices: Notices) -> dict[str, Rows]:
    """Part the rows by who labelled them; sentences of an article without numbers are numbered as they first stand there."""
    found: dict[str, Rows] = {}
    numbers: dict[str, dict[str, int]] = {}
    table = partial(_only, file, {}, {who})
    asked = replace(names, by_text=True, by_annotator=True)
    named = _by_article(list(named_rows(table, file.name, notices, asked)(notices)), file, who, notices)
    for (where, values), (_, row) in zip(read_rows(file.path), named, strict=True):
        if is_absent(values.get(who)):
            raise SaysoError(f"{file.shown(where)}: {who} is empty; fill in who labelled the row.")
        kept = dict(row)
        if "article" in kept and "n" not in kept:
            of_article = numbers.setdefault(str(kept["article"]), {})
            kept["n"] = of_article.setdefault(str(kept.get("text")), len(of_article))
        found.setdefault(value_shown(values[who]).strip(), []).append((file.shown(where), kept))
    return found


def _by_article(named: Rows, file: AsFile, who: str, notices: Notices) -> Rows:
    """Tell sentences of the same words apart where one annotator has them in rows of different outlets, days and so on."""
    if not all(str(row.get("article", "")).startswith(BY_TEXT) for _, row in named):
        return named
    names = [value_shown(values.get(who)).strip() for _, values in read_rows(file.path)]
    several = texts_of_several(zip(names, (row for _, row in named), strict=True), notices, file.name)
    return list(parted(iter(named), several))


def _wide(file: AsFile, columns: list[str], names: RowNames, notices: Notices) -> dict[str, Rows]:
    """Give each annotator the columns that are called ``COLUMN_by_NAME``."""
    by_name: dict[str, dict[str, str]] = {}
    for column in columns:
        label, by, name = column.partition(_BY)
        if label and by and name:
            by_name.setdefault(name, {})[column] = label
    several = {name: own for name, own in by_name.items() if len(by_name) > 1}
    theirs = {column for own in several.values() for column in own}
    found = {}
    for name, own in several.items():
        asked = replace(names, by_text=True, labels=(*names.labels, *own.values()))
        rows = named_rows(partial(_only, file, own, theirs), file.name, notices, asked)(None)
        found[name] = [(file.shown(where), row) for where, row in rows]
    return found


def _only(file: AsFile, own: Mapping[str, str], left_out: set[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the rows without some columns; one annotator's labels stand under the names of their columns."""
    for where, row in read_rows(file.path):
        labels = {label: row.get(column) for column, label in own.items()}
        yield where, {key: value for key, value in row.items() if key not in left_out} | labels
