"""What a section of a report is, and how its figures are written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import ClassVar, Generic, Self, TypeVar

from ....data.display import Table
from ....data.records import LabelledArticle
from ...evaluation.attribution import AttributionEvaluation
from ...evaluation.predictions import Predictions
from ...evaluation.result import Evaluation
from ..compared import Compared
from ..drawing.chart import Chart
from ..printed import PrintedTable, printed_as_shown

AnyEvaluation = Evaluation | AttributionEvaluation
AnyResult = AnyEvaluation | Compared
Evaluated = TypeVar("Evaluated", bound=AnyResult)
GIVEN_MODEL = "an existing model was scored, but this needs models trained on parts of the data"


@dataclass(frozen=True)
class Section(Generic[Evaluated]):
    """A section of a report.

    What it adds to the figures of the evaluation are its fields; the report's JSON has them by their names. A section
    that adds none needs no `compute`.

    Attributes
    ----------
    name : str
        Its anchor on the page.
    title, heading : str
        In the list of sections, and over the section; without a heading the title stands there too.
    introduction : str
        What `macro` ``tables`` says before the tables.
    macro : str
        Of ``templates/sections.html.j2``, that puts the section on the page.
    terminal : int
        Place of its tables among those on the terminal, from 1; 0 where they stand on the page only.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    heading: ClassVar[str] = ""
    introduction: ClassVar[str] = ""
    macro: ClassVar[str] = "tables"
    terminal: ClassVar[int] = 0

    _evaluation: Evaluated

    @classmethod
    def applies(cls, evaluation: Evaluated) -> bool:
        """Tell whether the evaluation has what the section is about."""
        return True

    @classmethod
    def lacks(cls, evaluation: Evaluated) -> Mapping[str, str]:
        """Name what this evaluation cannot have of the section, and why."""
        return {}

    @classmethod
    def compute(cls, evaluation: Evaluated, articles: Sequence[LabelledArticle]) -> Self:
        """Work out the figures; called only where the section applies.

        Parameters
        ----------
        evaluation : Evaluation or AttributionEvaluation
        articles : sequence of LabelledArticle
            Those that were evaluated, for their sentences.
        """
        return cls(evaluation)

    @classmethod
    def figure_names(cls) -> list[str]:
        """Name the figures that the section adds."""
        return [f.name for f in fields(cls) if not f.name.startswith("_")]

    @property
    def is_empty(self) -> bool:
        """Tell that there is nothing to show: the page leaves such a section out."""
        return False

    def tables(self) -> Iterable[tuple[str, Table]]:
        """Give its tables with their titles, as text."""
        return ()

    def charts(self) -> Mapping[str, Chart]:
        """Give its charts by the names of their files."""
        return {}

    def printed_tables(self) -> Iterable[PrintedTable]:
        """Give its tables for a paper; those of the terminal, where a section has no others."""
        return printed_as_shown(self.name, self.tables())

    @property
    def remark(self) -> str:
        """What the terminal says below the tables."""
        return ""


def first_repeat(evaluation: Evaluation) -> Predictions:
    """Give the predictions that all but the scores are about."""
    return evaluation._predictions.first()


def f3(figure: float) -> str:
    """Write a figure with three decimals."""
    return f"{figure:.3f}"


def span(ends: tuple[float, float]) -> str:
    """Write an interval.

    >>> span((0.5, 0.6251))
    '0.500 to 0.625'
    """
    return f"{ends[0]:.3f} to {ends[1]:.3f}"


def count(n: int) -> str:
    """Write a number of things.

    >>> count(1234)
    '1,234'
    """
    return f"{n:,}"


def pct(part: float) -> str:
    """Write a part of 1 in per cent."""
    return f"{100 * part:.1f}\N{NARROW NO-BREAK SPACE}%"
