"""What the model goes by."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from ....data.display import Rows
from ....data.records import LabelledArticle
from ...evaluation.result import Evaluation
from ...measures.top_features import Heavy, heaviest
from .section import Section, f3


@dataclass(frozen=True)
class Features(Section[Evaluation]):
    """The features with the largest effect on each output of the model, over so many models."""

    name = "features"
    title = "Features"
    heading = "What the model goes by"
    macro = "features"

    heaviest: Mapping[str, Sequence[Heavy]]
    models: int

    @classmethod
    def compute(cls, evaluation: Evaluation, articles: Sequence[LabelledArticle]) -> Self:
        """Compare the weights of the folds' models."""
        return cls(evaluation, heaviest(evaluation._weights), sum(w is not None for w in evaluation._weights))

    def rows(self, output: str) -> Rows:
        """Give the features of an output of the model."""
        return [(h.feature, f3(h.effect), f3(h.weight), f3(h.deviation), str(h.folds)) for h in self.heaviest[output]]
