"""Whether an evaluation can be trusted, in words."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Self

from ....data.display import Table
from ....data.records import LabelledArticle
from ...trust.checks import judge, summed_up
from ...trust.elsewhere import Caution, caution
from ...trust.verdict import Verdict
from ..printed import PrintedTable
from .section import AnyEvaluation, Section


@dataclass(frozen=True)
class Trust(Section[AnyEvaluation]):
    """What speaks for the scores and what against them, each with its figure."""

    name = "trust"
    title = "Can this be trusted?"
    macro = "trust"
    terminal = 2

    caution: Caution | None
    trust: Sequence[Verdict]

    @classmethod
    def compute(cls, evaluation: AnyEvaluation, articles: Sequence[LabelledArticle]) -> Self:
        """Judge what was measured."""
        return cls(evaluation, caution(evaluation, articles), judge(evaluation, articles))

    @property
    def summary(self) -> str:
        """How many checks came out how."""
        return summed_up(self.trust)

    def tables(self) -> Iterator[tuple[str, Table]]:
        """Give one table, a row a check."""
        yield f"can this be trusted? {self.summary}", (("", "check", "result"), self.rows())

    def rows(self) -> list[tuple[str, ...]]:
        """Give mark, name and sentence of every check."""
        return [(verdict.sign, verdict.check, verdict.verdict) for verdict in self.trust]

    def printed_tables(self) -> Iterable[PrintedTable]:
        """Give none: these are sentences to read, not figures to print."""
        return ()
