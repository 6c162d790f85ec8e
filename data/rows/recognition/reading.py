"""Which column of a user's table is what: part of a labelled sentence, a label of the user's own, or neither.

It is decided on the whole table, and what is not used is told.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from ....errors import SaysoError
from ...articles.notices import Notices
from ...scheme import BIASES, KINDS, LABELS_OF, SOURCE_TYPES, STANCES
from ...tabular.column_names import ANY_LABEL, OF_SENTENCES, find_column, is_administration, plain
from ..label_values import are_of_scheme, label_list, scheme_label, single
from ..places import ABOUT_ARTICLE, MACHINE, RESERVED, Row, is_absent
from ..suggestions import PREFIX
from .names import USUAL, RowNames, listed
from .survey import Column, Survey, survey

Rows = Iterator[tuple[str, Row]]
_OURS = frozenset(("article", "n", "start", "end", "text"))
_SURE = "_confidence"
_OF_ANNOTATORS = ("_by_", "_p_")  # docs/dataset-format.md: one annotator's label, the probability of a label
_SCHEME = (("kind", KINDS), ("source_type", SOURCE_TYPES), ("stance", STANCES), ("bias", BIASES))
_LEAST_IN_TEXT = 0.9  # of the cells of a column source: then it is who says the sentence, else it is the outlet
_TASKS = frozenset(("kind", "source_type", "attribution", "stance", "bias"))
_ARTICLE_TEXT = frozenset(map(plain, ("article_text", "article_body", "text_of_article")))
_FIRST = 1000  # rows by which a table is judged that can be read only once


@dataclass(slots=True)
class Reading:
    """What is read from which column of a table.

    Parameters
    ----------
    parts : mapping of str to list of str
        Part of a labelled sentence to the columns that hold it; the first that is filled counts.
    own : mapping of str to str
        Column of the user's own to the name that it gets.
    unused : mapping of str to str
        Column that is not read to why not.
    is_ours : bool
        All columns are read as they are, since sayso wrote them.
    """

    parts: dict[str, list[str]] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    unused: dict[str, str] = field(default_factory=dict)
    is_ours: bool = False

    def row(self, values: Row, where: str, notices: Notices | None = None) -> Row:
        """Give a row under the names that `places` and `labels` know.

        Parameters
        ----------
        values : mapping
        where : str
        notices : Notices, optional
            Is told of cells that are read otherwise than they stand.
        """
        if self.is_ours:
            return values
        cells = {str(name).strip(): value for name, value in values.items() if not is_absent(value)}
        row: dict[str, Any] = {}
        for part, columns in self.parts.items():
            value = next((cells[column] for column in columns if column in cells), None)
            if value is not None:
                row[part] = value
        for column, name in self.own.items():
            if column in cells and (label := _own_label(cells[column], column, where, notices)) is not None:
                row[name] = label
        if "article" in self.parts and "article" not in row and notices:
            notices.count("a row without an article is an article of its own", where)
        _settle_source(row)
        _settle_stance(row, where, notices)
        return row


def _own_label(value: Any, column: str, where: str, notices: Notices | None) -> Any:
    label = single(value)
    if label_list(label) is not None or isinstance(label, Mapping | bytes):
        if notices:
            notices.count(f"several labels or an object in column {column!r}, of which none is read", where)
        return None
    return label.strip() if isinstance(label, str) else label


def _settle_source(row: dict[str, Any]) -> None:
    """Leave out words that name no source in their sentence, where only a source is given."""
    if "cue" in row or "attributions" in row or "source" not in row:
        return
    if str(row["source"]) not in str(row.get("text", "")):
        del row["source"]


def _settle_stance(row: dict[str, Any], where: str, notices: Notices | None) -> None:
    """Make one mapping of the columns of target and stance."""
    target = row.pop("target", None)
    stance = single(row.get("stance"))
    if target is None or not isinstance(stance, str) or stance.strip().startswith(("[", "{")):
        return
    label = scheme_label(stance, STANCES)
    if label and label != stance and notices:
        notices.count(f"stance {stance!r} is read as {label}", where)
    row["stance"] = {str(target): label or stance}


def named_rows(
    table: Callable[[], Rows], where: str, notices: Notices, names: RowNames = USUAL
) -> Callable[[Notices | None], Rows]:
    """Read a table through once, and give what reads its rows under our names, again and again.

    Parameters
    ----------
    table : callable
        Gives its rows anew.
    where : str
        What messages call it.
    notices : Notices
        Is told which columns are not used, and what was guessed.
    names : RowNames, optional
        The columns that the user named.

    Returns
    -------
    callable of Notices or None
        Gives the rows, each with its place; is told of cells that are read otherwise than they stand.

    Raises
    ------
    SaysoError
        If a named column is missing.
    """
    reading = _reading(table(), where, notices, names)
    return lambda of_cells: ((place, reading.row(row, place, of_cells)) for place, row in table())


def named_once(rows: Rows, where: str, notices: Notices, names: RowNames = USUAL) -> Rows:
    """Give the rows of a table that can be read only once under our names; its first rows tell what its columns are."""
    first = list(islice(rows, _FIRST))
    reading = _reading(iter(first), where, notices, names)
    return ((place, reading.row(row, place, notices)) for place, row in chain(first, rows))


def _reading(rows: Rows, where: str, notices: Notices, names: RowNames) -> Reading:
    first = list(islice(rows, 1))
    if first and not names.of_parts() and is_ours(first[0][1]):
        names.check([str(name) for name in first[0][1]], where)
        return Reading(is_ours=True)
    seen = survey(chain(first, rows))
    return reading_of(seen, where, notices, names)


def is_ours(row: Row) -> bool:
    """Tell whether a row has the columns that every row has that sayso wrote."""
    return _OURS <= set(row)


def reading_of(seen: Survey, where: str, notices: Notices, names: RowNames = USUAL) -> Reading:
    """Decide what each column of a table is.

    Raises
    ------
    SaysoError
        If a named column is missing, or any column of text.
    """
    names.check(list(seen.names), where)
    chooser = _Chooser(seen, names)
    chooser.choose_parts()
    if "text" not in chooser.reading.parts:
        raise SaysoError(
            f"{where}: no column of text (sentence, text, …); it has {listed(seen.filled())}. Name it with --text-column."
        )
    chooser.choose_own()
    for line in chooser.remarks:
        notices.say(f"{where}: {line}")
    if "article" not in chooser.reading.parts and seen.n_rows > 1:
        notices.say(
            f"{where}: no column names the article, so every sentence is an article of its own and no score can be by "
            "article; --article-column names it."
        )
    if chooser.reading.unused:
        told = ", ".join(f"{column} ({_counted(seen, column)}{why})" for column, why in chooser.reading.unused.items())
        notices.say(f"{where}: not used: {told}.")
    return chooser.reading


def _counted(seen: Survey, column: str) -> str:
    n = seen.columns[column].n_cells
    return f"{n:,} row" if n == 1 else f"{n:,} rows"


class _Chooser:
    """Decides what each column of a table is."""

    def __init__(self, seen: Survey, names: RowNames) -> None:
        self._seen, self._names = seen, names
        self._free = seen.filled()
        self.reading = Reading()
        self.remarks: list[str] = []

    def choose_parts(self) -> None:
        """Find the columns that hold a part of a labelled sentence."""
        kept = {*self._names.labels, *self._names.asked}
        for part, named in self._names.of_parts().items():
            self._take(part, named)
        self._choose_text(kept)
        for part, usual in OF_SENTENCES.items():
            column = find_column([c for c in self._free if c not in kept], usual)
            if part not in self.reading.parts and part != "text" and column is not None and self._fits(part, column):
                self._take(part, column)
        self._choose_source()
        self._choose_article()
        self._choose_any_label(kept)
        self._choose_stance(kept)

    def _choose_text(self, kept: set[str]) -> None:
        """Take the likeliest name whose cells are sentences; a column that is called claim may hold yes and no."""
        usual = [name for name in OF_SENTENCES["text"] if find_column(self._free, (name,)) not in (None, *kept)]
        found = [found_column for name in usual if (found_column := find_column(self._free, (name,)))]
        if "text" not in self.reading.parts and found:
            self._take("text", next((column for column in found if self._seen.columns[column].holds_sentences), found[0]))

    def _take(self, part: str, column: str) -> None:
        """Read a part from a column, and from others that are called the same but for case and hyphens."""
        same = [name for name in self._free if plain(name) == plain(column) and name != column]
        self.reading.parts[part] = [column, *same]
        taken = {column, *same}
        self._free = [name for name in self._free if name not in taken]

    def _drop(self, column: str, why: str) -> None:
        self._free.remove(column)
        self.reading.unused[column] = f"; {why}" if why else ""

    def _column(self, part: str) -> Column | None:
        columns = self.reading.parts.get(part)
        return self._seen.columns.get(columns[0]) if columns else None

    def _fits(self, part: str, column: str) -> bool:
        """Tell whether a column holds what its name says, where others use the name for something else."""
        seen = self._seen.columns[column]
        if part == "n" and plain(column) != "n":
            return "article" in self.reading.parts and all(value.isdigit() for value in seen.values)
        if part == "complete":
            return bool(seen.n_nested) or all(value in _TASKS or value.startswith("[") for value in seen.values)
        return part not in ("start", "end") or not any(":" in value or "-" in value[1:] for value in seen.values)

    def _choose_source(self) -> None:
        """Take a column source for who says the sentence, where its words stand there; else for the outlet."""
        source = self._column("source")
        if source is None or "cue" in self.reading.parts or "attributions" in self.reading.parts:
            return
        if source.n_in_text >= _LEAST_IN_TEXT * source.n_cells:
            return
        columns = self.reading.parts.pop("source")
        if "outlet" not in self.reading.parts:
            self.reading.parts["outlet"] = columns
            self.remarks.append(f"column {columns[0]!r} is read as the outlet, since its words are not in the sentences.")
        else:
            self.reading.unused[columns[0]] = "; neither an outlet nor words of the sentence"

    def _choose_article(self) -> None:
        """Without a column of the article take the page's address, or an id that several rows have."""
        if "article" in self.reading.parts:
            return
        url = self.reading.parts.get("url")
        if url is not None and self._repeats(url[0]):
            self.reading.parts["article"] = url
            self.remarks.append(f"rows with one {url[0]!r} are read as one article; --article-column names another.")
            return
        column = find_column(self._free, ("id",))
        if column is not None and self._repeats(column) and column not in self._names.labels:
            self._take("article", column)
            self.remarks.append(f"column {column!r} is read as the article, since several rows have one value of it.")

    def _repeats(self, column: str) -> bool:
        seen = self._seen.columns[column]
        return 1 < seen.n_different < seen.n_cells

    def _choose_any_label(self, kept: set[str]) -> None:
        """Read a column that is called just label as labels of our scheme, if it holds nothing else."""
        column = find_column(self._free, ANY_LABEL)
        asked = [name for name in self._names.labels if name in self._seen.columns]
        if column is None and len(asked) == 1:
            column = asked[0]
        if column is None or (column in self._names.asked):
            return
        seen = self._seen.columns[column]
        if not seen.values or not seen.all_values_known or seen.n_nested:
            return
        for part, labels in _SCHEME:
            if part in self.reading.parts or (part == "stance" and not self._has_target()):
                continue
            if are_of_scheme(seen.values, labels) and not _says_too_little(part, seen):
                self.remarks.append(f"column {column!r} is read as {part}, since it holds nothing else.")
                self.reading.parts[part] = [column]
                if column not in kept:
                    self._free.remove(column)
                return

    def _has_target(self) -> bool:
        return "target" in self.reading.parts or find_column(self._free, ("topic",)) is not None

    def _choose_stance(self, kept: set[str]) -> None:
        """See whether stance and target belong together; without a target each is a column of the user's own."""
        stance, target = self._column("stance"), self.reading.parts.get("target")
        flat = stance is not None and not stance.n_nested and not all(v.startswith(("[", "{")) for v in stance.values)
        if flat and target is None and (topic := find_column([c for c in self._free if c not in kept], ("topic",))):
            self._take("target", topic)
        elif flat and target is None:
            columns = self.reading.parts.pop("stance")
            self.reading.own[columns[0]] = f"{columns[0]}_label"
            self.remarks.append(
                f"column {columns[0]!r} has no target beside it, and is read as a label column of your own, "
                f"{columns[0]}_label; --target-column names the target."
            )
        elif stance is None and target is not None:
            self.reading.parts.pop("target")
            self._free += target

    def choose_own(self) -> None:
        """Sort what is left into label columns of the user's own, what is known of articles, and what is not used."""
        for column in [*self._free]:
            if column in self._names.labels:
                self._keep(column)
            elif column in self._names.asked:
                self._keep(column)
            else:
                self._judge(column)

    def _keep(self, column: str) -> None:
        name = column
        if column in RESERVED or column.startswith(ABOUT_ARTICLE):
            name = f"{column.removeprefix(ABOUT_ARTICLE)}_label"
            self.remarks.append(f"label column {column!r} is called {name}, since {column} is a column of ours.")
        self.reading.own[column] = name

    def _judge(self, column: str) -> None:
        seen = self._seen.columns[column]
        is_text = plain(column) in _ARTICLE_TEXT
        if (column.startswith((PREFIX, ABOUT_ARTICLE)) and not is_text) or any(sign in column for sign in _OF_ANNOTATORS):
            self.reading.own[column] = column
        elif column in MACHINE or (column.endswith(_SURE) and self._is_sureness(column)):
            self._drop(column, "a model's")
        elif is_administration(column):
            self._drop(column, "")
        elif other := self._other_name(column):
            self._drop(column, other)
        elif column in RESERVED:
            self._drop(column, "a name of ours, without what belongs to it")
        elif why := seen.why_no_labels():
            self._drop(column, why if seen.n_nested else f"{why}; --label-column reads it as labels")
        else:
            self.reading.own[column] = column

    def _other_name(self, column: str) -> str | None:
        """Say for what a column is another name, where that stands elsewhere."""
        if plain(column) in _ARTICLE_TEXT:
            return "the article's text; a row is a sentence"
        for part, usual in OF_SENTENCES.items():
            is_label = part in LABELS_OF or (part == "text" and not self._seen.columns[column].holds_sentences)
            if not is_label and part in self.reading.parts and find_column([column], usual):
                return f"the {'sentence' if part == 'text' else part} is in {self.reading.parts[part][0]!r}"
        return None

    def _is_sureness(self, column: str) -> bool:
        return "kind_confidence" in self._seen.columns and column.removesuffix(_SURE) in self._seen.columns


def _says_too_little(part: str, seen: Column) -> bool:
    """Tell whether the values are words that do not show which scheme they are of."""
    return part in ("source_type", "bias") and {value.casefold() for value in seen.values} <= {"none", "neutral"}
