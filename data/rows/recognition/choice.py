"""Choosing what each column of a table is, by its name and by what it holds."""

from dataclasses import dataclass, field

from ...display import counted
from ...scheme import BIASES, KINDS, LABELS_OF, SOURCE_TYPES, STANCES
from ...tabular.column_names import ANY_LABEL, OF_SENTENCES, find_column, is_administration, plain
from ..label_values import are_of_scheme
from ..places import ABOUT_ARTICLE, RESERVED, is_of_machine
from ..suggestions import CODEBOOK, PREFIX
from .flat_stances import PLACES, WEAK_STANCES, WEAK_TARGETS, are_flat_stances
from .label_lists import LabelColumns, label_columns
from .names import RowNames
from .survey import Column, Survey

_OF_ANNOTATORS = ("_by_", "_p_")  # docs/dataset-format.md: one annotator's label, the probability of a label
_SCHEME = (("kind", KINDS), ("source_type", SOURCE_TYPES), ("stance", STANCES), ("bias", BIASES))
_LEAST_IN_TEXT = 0.9  # of the cells of a column source: then it is who says the sentence, else it is the outlet
_SHOWN = 4  # columns that a message names
_TASKS = frozenset(("kind", "source_type", "attribution", "stance", "bias"))
_ARTICLE_TEXT = frozenset(map(plain, ("article_text", "article_body", "text_of_article")))


@dataclass(slots=True)
class Choice:
    """What is read from which column of a table.

    Parameters
    ----------
    parts : mapping of str to list of str
        Part of a labelled sentence to the columns that hold it; the first that is filled counts.
    own : mapping of str to str
        Column of the user's own to the name that it gets.
    listed : mapping of str to LabelColumns
        Column of several labels to the columns that it becomes.
    unused : mapping of str to str
        Column that is not read to why not.
    remarks : list of str
        What was guessed.
    by_text : bool
        Rows of one text are one article: no column names it, and texts stand in several rows.
    """

    parts: dict[str, list[str]] = field(default_factory=dict)
    own: dict[str, str] = field(default_factory=dict)
    listed: dict[str, LabelColumns] = field(default_factory=dict)
    unused: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    by_text: bool = False


def choose_columns(seen: Survey, names: RowNames) -> Choice:
    """Decide what each column of a table is; without a column of text there is no part ``text``."""
    chooser = _Chooser(seen, names)
    chooser.choose_parts()
    if "text" in chooser.choice.parts:
        chooser.choose_own()
    return chooser.choice


class _Chooser:
    """Decides what each column of a table is."""

    def __init__(self, seen: Survey, names: RowNames) -> None:
        self._seen, self._names = seen, names
        self._free = seen.filled()
        self.choice = Choice()

    def _remark(self, line: str) -> None:
        self.choice.remarks.append(line)

    def choose_parts(self) -> None:
        """Find the columns that hold a part of a labelled sentence."""
        kept = {*self._names.labels, *self._names.asked}
        for part, named in self._names.of_parts().items():
            self._take(part, named)
        self._choose_text(kept)
        for part, usual in OF_SENTENCES.items():
            column = find_column([c for c in self._free if c not in kept], usual)
            if part not in self.choice.parts and part != "text" and column is not None and self._fits(part, column):
                self._take(part, column)
        self._choose_source()
        self._choose_article()
        self._choose_any_label(kept)
        self._choose_stance(kept)

    def _choose_text(self, kept: set[str]) -> None:
        """Take the likeliest name whose cells are sentences; a column that is called claim may hold yes and no."""
        usual = [name for name in OF_SENTENCES["text"] if find_column(self._free, (name,)) not in (None, *kept)]
        columns = [column for name in usual if (column := find_column(self._free, (name,)))]
        if "text" not in self.choice.parts and columns:
            self._take(
                "text", next((column for column in columns if self._seen.columns[column].holds_sentences), columns[0])
            )

    def _take(self, part: str, column: str) -> None:
        """Read a part from a column, and from others that are called the same but for case and hyphens."""
        same = [name for name in self._free if plain(name) == plain(column) and name != column]
        self.choice.parts[part] = [column, *same]
        taken = {column, *same}
        self._free = [name for name in self._free if name not in taken]

    def _drop(self, column: str, why: str) -> None:
        self._free.remove(column)
        self.choice.unused[column] = f"; {why}" if why else ""

    def _column(self, part: str) -> Column | None:
        columns = self.choice.parts.get(part)
        return self._seen.columns.get(columns[0]) if columns else None

    def _fits(self, part: str, column: str) -> bool:
        """Tell whether a column holds what its name says, where others use the name for something else."""
        cells = self._seen.columns[column]
        if part == "n" and plain(column) != "n":
            return "article" in self.choice.parts and all(value.isdigit() for value in cells.values)
        if part == "complete":
            return bool(cells.n_nested) or all(value in _TASKS or value.startswith("[") for value in cells.values)
        return part not in ("start", "end") or not any(":" in value or "-" in value[1:] for value in cells.values)

    def _choose_source(self) -> None:
        """Take a column source for who says the sentence, where its words stand there; else for the outlet."""
        source = self._column("source")
        if source is None or "cue" in self.choice.parts or "attributions" in self.choice.parts:
            return
        if source.n_in_text >= _LEAST_IN_TEXT * source.n_cells:
            return
        columns = self.choice.parts.pop("source")
        if "outlet" not in self.choice.parts:
            self.choice.parts["outlet"] = columns
            self._remark(f"column {columns[0]!r} is read as the outlet, because its words do not occur in the sentences.")
        else:
            self.choice.unused[columns[0]] = "; neither an outlet nor words from the sentence"

    def _choose_article(self) -> None:
        """Without a column of the article take the page's address, or an id that several rows have."""
        if "article" in self.choice.parts:
            return
        url = self.choice.parts.get("url")
        if url is not None and self._repeats(url[0]):
            self.choice.parts["article"] = url
            self._remark(
                f"rows with the same {url[0]!r} are read as one article; to use another column, give --article-column."
            )
            return
        column = find_column(self._free, ("id",))
        if column is not None and self._repeats(column) and column not in self._names.labels:
            self._take("article", column)
            self._remark(f"column {column!r} is read as the article, because several rows share a value in it.")
            return
        text = self._column("text")
        n_again = text.n_again if text is not None else 0
        self.choice.by_text = self._names.by_text or n_again > 0
        if n_again:
            self._remark(
                f"{counted(n_again, 'row')} with the sentence of another row, as of several annotators or targets: rows of "
                "one sentence are read as one article."
            )

    def _repeats(self, column: str) -> bool:
        cells = self._seen.columns[column]
        return 1 < cells.n_different < cells.n_cells

    def _choose_any_label(self, kept: set[str]) -> None:
        """Read a column that is called just label as labels of our scheme, if it holds nothing else."""
        column = self._any_label()
        part = self._part_of(self._seen.columns[column]) if column is not None else None
        if column is None or part is None:
            return
        self._remark(f"column {column!r} is read as {part}, because all its values fit.")
        self.choice.parts[part] = [column]
        if column not in kept:
            self._free.remove(column)

    def _any_label(self) -> str | None:
        """Return the column that is called just label, or the only one that was named as one of labels."""
        named = [name for name in self._names.labels if name in self._seen.columns]
        column = find_column(self._free, ANY_LABEL) or (named[0] if len(named) == 1 else None)
        return None if column in self._names.asked else column

    def _part_of(self, column: Column) -> str | None:
        """Return the first part that is still free whose labels are all that a column holds."""
        if not column.values or not column.all_values_known or column.n_nested:
            return None
        for part, labels in _SCHEME:
            is_free = part not in self.choice.parts and (part != "stance" or self._has_target())
            is_stance = part == "stance" and self._has_sure_target() and are_flat_stances(column.values)
            if is_free and (is_stance or are_of_scheme(column.values, labels)) and not _says_too_little(part, column):
                return part
        return None

    def _has_target(self) -> bool:
        return self._has_sure_target() or find_column(self._free, ("topic",)) is not None

    def _has_sure_target(self) -> bool:
        return "target" in self.choice.parts or find_column(self._free, WEAK_TARGETS) is not None

    def _choose_stance(self, kept: set[str]) -> None:
        """See whether stance and target belong together; without a target each is a column of the user's own."""
        self._choose_weak_stance(kept)
        stance, target = self._column("stance"), self.choice.parts.get("target")
        flat = stance is not None and not stance.n_nested and not all(v.startswith(("[", "{")) for v in stance.values)
        if flat and target is not None:
            self._choose_places(kept)
        elif flat and (topic := find_column([c for c in self._free if c not in kept], (*WEAK_TARGETS, "topic"))):
            self._take("target", topic)
            if plain(topic) == "topic":
                self._remark(
                    f"column {topic!r} is read as the target of the stance; to read it as labels, "
                    f"give --label-column {topic}."
                )
            self._choose_places(kept)
        elif flat and target is None:
            columns = self.choice.parts.pop("stance")
            self.choice.own[columns[0]] = f"{columns[0]}_label"
            self._remark(
                f"column {columns[0]!r} has no target column next to it, so it is read as a label column of your own, "
                f"{columns[0]}_label; to name the target, give --target-column."
            )
        elif stance is None and target is not None:
            self.choice.parts.pop("target")
            self._free += target

    def _choose_weak_stance(self, kept: set[str]) -> None:
        """Take a column such as polarity for stances where a target is beside it and it holds nothing else."""
        column = find_column([c for c in self._free if c not in kept], WEAK_STANCES)
        if column is None or "stance" in self.choice.parts or not self._has_sure_target():
            return
        cells = self._seen.columns[column]
        if cells.values and cells.all_values_known and not cells.n_nested and are_flat_stances(cells.values):
            self._take("stance", column)
            self._remark(
                f"column {column!r} is read as the stance towards the target in the next column; to read "
                "it as labels, give --label-column."
            )

    def _choose_places(self, kept: set[str]) -> None:
        """Take the two columns of whole numbers that tell where the target stands."""
        free = [c for c in self._free if c not in kept and all(v.isdigit() for v in self._seen.columns[c].values)]
        places = {name: column for name, usual in PLACES.items() if (column := find_column(free, usual))}
        if len(places) == len(PLACES):
            for name, column in places.items():
                self._take(name, column)

    def choose_own(self) -> None:
        """Sort what is left into label columns of the user's own, what is known of articles, and what is not used."""
        for column in [*self._free]:
            if column in (*self._names.labels, *self._names.asked):
                if not self._spread(column, asked=True):
                    self._keep(column)
            else:
                self._judge(column)

    def _keep(self, column: str) -> None:
        name = column
        if column in RESERVED or column.startswith(ABOUT_ARTICLE) or column == CODEBOOK:
            name = f"{column.removeprefix(ABOUT_ARTICLE)}_label"
            self._remark(f"label column {column!r} is renamed {name}, because {column} is the name of a sayso column.")
        self.choice.own[column] = name

    def _spread(self, column: str, *, asked: bool = False) -> bool:
        """Make a column of each label, where cells hold several; tell whether they do."""
        columns = label_columns(column, self._seen.columns[column].listed, asked=asked)
        if columns is None:
            return False
        self.choice.listed[column] = columns
        parted = f"separated by {columns.sign!r}" if columns.sign else "as a list"
        shown = ", ".join([*columns.names.values()][:_SHOWN]) + (", …" if len(columns.names) > _SHOWN else "")
        self._remark(
            f"column {column!r} has several labels in one cell, {parted}: each label becomes a column of its own, yes or no "
            f"({shown})."
        )
        return True

    def _judge(self, column: str) -> None:
        cells = self._seen.columns[column]
        if _is_of_ours(column):
            self.choice.own[column] = column
        elif is_of_machine(column, self._seen.columns):
            self._drop(column, "a model's")
        elif is_administration(column) or _is_of_somebody(column):
            self._drop(column, "")
        elif other := self._other_name(column):
            self._drop(column, other)
        elif column in RESERVED:
            self._drop(column, "the name of a sayso column, but the columns that belong to it are missing")
        elif self._spread(column):
            return
        elif why := cells.why_no_labels():
            self._drop(column, why if cells.n_nested else f"{why}; to read it as labels, give --label-column")
        else:
            self._keep(column)
            self._tell_of_capitals(column)

    def _tell_of_capitals(self, column: str) -> None:
        """Say where two labels are one but for capitals."""
        spellings: dict[str, list[str]] = {}
        for value in self._seen.columns[column].values:
            spellings.setdefault(value.casefold(), []).append(value)
        twice = [" and ".join(map(repr, same)) for same in spellings.values() if len(same) > 1]
        if twice:
            self._remark(f"column {column!r} has labels that differ only in capital letters: {', '.join(twice[:3])}.")

    def _other_name(self, column: str) -> str | None:
        """Say for what a column is another name, where that stands elsewhere."""
        if plain(column) in _ARTICLE_TEXT:
            return "the article's text, while each row is a sentence"
        for part, usual in OF_SENTENCES.items():
            is_label = part in LABELS_OF or (part == "text" and not self._seen.columns[column].holds_sentences)
            if not is_label and part in self.choice.parts and find_column([column], usual):
                return f"the {'sentence' if part == 'text' else part} is in {self.choice.parts[part][0]!r}"
        return None


def _is_of_ours(column: str) -> bool:
    """Tell whether a name has the form of columns that sayso writes beside its own."""
    if column.startswith((PREFIX, ABOUT_ARTICLE)):
        return plain(column) not in _ARTICLE_TEXT
    return any(sign in column for sign in _OF_ANNOTATORS) and not _is_of_somebody(column)


def _is_of_somebody(column: str) -> bool:
    """Tell whether a column says who did something, as ``created_by_id`` does."""
    deed, by, _ = column.partition("_by_")
    return bool(by) and is_administration(f"{deed}_by")


def _says_too_little(part: str, seen: Column) -> bool:
    """Tell whether the values are words that do not show which scheme they are of."""
    return part in ("source_type", "bias") and {value.casefold() for value in seen.values} <= {"none", "neutral"}
