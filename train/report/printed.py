"""Tables of a report for a paper: LaTeX in the manner of booktabs, and CSV of the same."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ...data.citing.tex import escaped
from ...data.display import Rows, Table
from ...data.system.file_names import ascii_stem
from ...data.tabular.spreadsheets import csv_text, quoted

Cell = Any
"""A cell's value, or None where there is none."""
NO_VALUE = "–"
_DIGITS = 6  # decimals in CSV; JSON has them all
_LONG, _PIECE = 30, 12  # letters of a cell that takes a column of a fixed width; of a word that is not broken there
_PARAGRAPH, _NARROW = r"p{0.35\linewidth}", r"p{0.15\linewidth}"
_LATIN, _KNOWN_TO_LATEX = 0x17F, frozenset("‘’‚“”„‹›–—…•†‡€™")  # pdflatex sets these with the fonts it begins with
_NAMED = 8  # characters that a comment names


@dataclass(frozen=True, slots=True)
class Sort:
    """How the values of a column are written.

    Parameters
    ----------
    shown : callable
        Writes a value as it stands on the page.
    parts : tuple of str
        What CSV adds to the column's name: one column each.
    """

    shown: Callable[[Cell], str]
    parts: tuple[str, ...] = ("",)
    is_number: bool = True


TEXT = Sort(str, is_number=False)
NUMBER = Sort(str)
COUNT = Sort(lambda n: f"{n:,}")
SCORE = Sort(lambda x: f"{x:.3f}")
EXACT = Sort(lambda x: f"{x:.4f}")
SHARE = Sort(lambda x: f"{100 * x:.1f}\N{NARROW NO-BREAK SPACE}%")
INTERVAL = Sort(lambda ends: f"{ends[0]:.3f} to {ends[1]:.3f}", (", low", ", high"))


@dataclass(frozen=True, slots=True)
class PrintedTable:
    """A table for a paper.

    Parameters
    ----------
    name : str
        Of its files, without a suffix; letters of ASCII, digits and hyphens.
    caption : str
        In plain text.
    columns : sequence of (str, Sort)
        Names of the columns, the first one that of the rows, and how their values are written.
    rows : sequence of sequence
        Values; None where there is none.
    """

    name: str
    caption: str
    columns: Sequence[tuple[str, Sort]]
    rows: Sequence[Sequence[Cell]]

    def shown(self) -> Table:
        """Give the table as text."""
        sorts = [sort for _, sort in self.columns]
        rows: Rows = [
            tuple(NO_VALUE if cell is None else sort.shown(cell) for sort, cell in zip(sorts, row, strict=True))
            for row in self.rows
        ]
        return tuple(name for name, _ in self.columns), rows

    def tex(self, about: str) -> str:
        r"""Write the table as LaTeX that ``\input`` takes in; numbers are aligned to the right, by their last digits.

        Parameters
        ----------
        about : str
            Begins the label: ``tab:ABOUT-NAME``.
        """
        names, rows = self.shown()
        is_long = [
            not sort.is_number and max((len(row[at]) for row in rows), default=0) > _LONG
            for at, (_, sort) in enumerate(self.columns)
        ]
        shape = "".join(
            _PARAGRAPH if long else "r" if sort.is_number else "l"
            for long, (_, sort) in zip(is_long, self.columns, strict=True)
        )
        body = [
            " & ".join((_breakable if long else escaped)(cell) for long, cell in zip(is_long, row, strict=True)) + r" \\"
            for row in rows
        ]
        heads = [
            rf"\multicolumn{{1}}{{{_NARROW}}}{{{_breakable(name)}}}" if len(name) > _LONG and not long else escaped(name)
            for long, name in zip(is_long, names, strict=True)
        ]
        lines = [
            *_needs("\n".join([self.caption, *names, *(cell for row in rows for cell in row)])),
            r"\begin{table}[tbp]",
            r"  \centering",
            rf"  \caption{{{escaped(self.caption)}}}",
            rf"  \label{{tab:{slug(about)}-{self.name}}}",
            rf"  \begin{{tabular}}{{{shape}}}",
            r"    \toprule",
            f"    {' & '.join(heads)} \\\\",
            r"    \midrule",
            *(f"    {line}" for line in body),
            r"    \bottomrule",
            r"  \end{tabular}",
            r"\end{table}",
        ]
        return "\n".join(lines) + "\n"

    def csv(self) -> str:
        """Write the table as CSV: plain numbers, shares from 0 to 1, both ends of an interval in columns of their own."""
        names = [quoted(f"{name}{part}") for name, sort in self.columns for part in sort.parts]
        rows = (
            [
                _plain(part, is_number=sort.is_number)
                for (_, sort), cell in zip(self.columns, row, strict=True)
                for part in (cell if cell is not None and len(sort.parts) > 1 else [cell] * len(sort.parts))
            ]
            for row in self.rows
        )
        return csv_text([names, *rows], safe=False, end="\n")


def _needs(text: str) -> list[str]:
    """Say in comments what LaTeX needs for a table that has this text."""
    needs = [r"% Needs \usepackage{booktabs}."]
    foreign = sorted({sign for sign in escaped(text) if ord(sign) > _LATIN and sign not in _KNOWN_TO_LATEX})
    if foreign:
        some = " ".join(foreign[:_NAMED]) + (" …" if len(foreign) > _NAMED else "")
        needs += [
            f"% Has characters that pdflatex does not set as it is ({some}): run xelatex or lualatex,",
            r"% with \usepackage{fontspec} and \setmainfont{a font that has them, such as a Noto font}.",
        ]
    return needs


def _breakable(text: str) -> str:
    """Escape a text so that LaTeX can break its words anywhere if they are longer than a line of the column."""
    words = [[word[at : at + _PIECE] for at in range(0, len(word), _PIECE)] for word in text.split()]
    return " ".join(r"\allowbreak{}".join(map(escaped, pieces)) for pieces in words)


def _plain(cell: Cell, *, is_number: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and abs(cell) >= 1e-4:
        return f"{round(cell, _DIGITS):g}"
    return str(cell) if is_number else quoted(str(cell))  # a difference such as -0.3 is no formula that can do harm


def slug(text: str) -> str:
    """Make a name for files and labels of any text.

    >>> slug("By 50 % of Køn"), slug("声")
    ('by-50-of-k-n', 'x')
    """
    return ascii_stem(text.lower()) or "x"


def printed_as_shown(name: str, tables: Iterable[tuple[str, Table]]) -> Iterable[PrintedTable]:
    """Print tables that are text already, as the terminal has them; the first column is text, the others numbers."""
    for n, (caption, (names, rows)) in enumerate(tables, 1):
        columns = [(head, NUMBER if at else TEXT) for at, head in enumerate(names)]
        yield PrintedTable(name if n == 1 else f"{name}-{n}", caption, columns, rows)
