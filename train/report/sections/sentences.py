"""Sentences to look at."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

from ....data.records import LabelledArticle
from ...evaluation.result import Evaluation
from ...measures.examples import Example, close_calls, examples, likely_wrong, sure_errors
from .section import Section, first_repeat


@dataclass(frozen=True)
class Sentences(Section[Evaluation]):
    """The surest errors, the closest calls, and the labels that are likely wrong."""

    name = "sentences"
    title = "Sentences"
    heading = "Sentences to look at"
    macro = "sentences"

    sure_errors: Sequence[Example]
    close_calls: Sequence[Example]
    likely_wrong: Sequence[Example]

    @classmethod
    def compute(cls, evaluation: Evaluation, articles: Sequence[LabelledArticle]) -> Self:
        """Find the sentences, and show each between its neighbours."""
        predictions = first_repeat(evaluation)
        chosen = (find(predictions) for find in (sure_errors, close_calls, likely_wrong))
        return cls(evaluation, *(examples(predictions, rows, articles, evaluation._units) for rows in chosen))

    @property
    def is_empty(self) -> bool:
        """Tell that there is no sentence to look at."""
        return not (self.sure_errors or self.close_calls or self.likely_wrong)
