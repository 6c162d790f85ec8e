"""What the model uses."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from ....classify.linear.label_pairs import PAIRED
from ....data.display import Rows
from ....data.records import LabelledArticle
from ...evaluation.result import Evaluation
from ...measures.feature_phrases import phrases
from ...measures.top_features import Heavy, heaviest
from ..printed import COUNT, SCORE, TEXT, PrintedTable, slug
from .section import Section, f3


@dataclass(frozen=True)
class Features(Section[Evaluation]):
    """The features with the largest effect on each output of the model, over so many models."""

    name = "features"
    title = "Features"
    heading = "What the model uses"
    macro = "features"

    heaviest: Mapping[str, Sequence[Heavy]]
    models: int

    @classmethod
    def compute(cls, evaluation: Evaluation, articles: Sequence[LabelledArticle]) -> Self:
        """Compare the weights of the folds' models."""
        return cls(evaluation, heaviest(evaluation._weights), sum(w is not None for w in evaluation._weights))

    @property
    def is_empty(self) -> bool:
        """Tell that no model has weights to show."""
        return not any(self.heaviest.values())

    def printed_tables(self) -> Iterator[PrintedTable]:
        """Give a table an output of the model."""
        columns = [("feature", TEXT), *((name, SCORE) for name in ("effect", "weight", "deviation")), ("agree", COUNT)]
        for n, (output, rows) in enumerate(self.heaviest.items(), 1):
            values = [
                (phrase, h.effect, h.weight, h.deviation, h.folds)
                for phrase, h in zip(self._phrases(rows), rows, strict=True)
            ]
            caption = (
                f"Features with the largest effect on {output}. Effect: weight times the spread of the feature. "
                "Deviation: of "
                f"the weight, over the models of the folds ({self.models}). Agree: in how many of them it has this sign."
            )
            yield PrintedTable(f"features-{n}-{slug(output)}", caption, columns, values)

    def rows(self, output: str) -> Rows:
        """Give the features of an output of the model."""
        rows = self.heaviest[output]
        return [
            (phrase, f3(h.effect), f3(h.weight), f3(h.deviation), str(h.folds))
            for phrase, h in zip(self._phrases(rows), rows, strict=True)
        ]

    def _phrases(self, rows: Sequence[Heavy]) -> list[str]:
        """Put the names of features into words; `report.json` keeps the names."""
        return phrases([h.feature for h in rows], of_kinds=self._evaluation.column in PAIRED)
