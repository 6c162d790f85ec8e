"""Attributions: spans of source, cue and content, instead of labels of sentences."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from ...classify.attribution.extractor import AttributionModel
from ...classify.linear.composed import ATTRIBUTION
from ...classify.word_reader.reader import WordReader
from ...classify.wording.recipe import Setup
from ...data.articles.notices import Say
from ...data.records import LabelledArticle
from ...errors import SaysoError
from ..estimators.attribution import AttributionExtractor
from ..sentences.rows import Rows
from .task import Task


@dataclass(frozen=True, slots=True)
class AttributionTask(Task[Rows, AttributionModel]):
    """Learn attributions from articles in which all of them are marked.

    Parameters
    ----------
    word_reader : WordReader or None
        That articles are read with.
    """

    metric: ClassVar[str] = "F1"
    of_spans: ClassVar[bool] = True
    word_reader: WordReader | None = None

    def suited(self, articles: Sequence[LabelledArticle], setup: Setup) -> Task[Any, Any]:
        """Check that there is something to learn; see `Task`."""
        if not any(ATTRIBUTION in a.complete for a in articles):
            raise SaysoError(
                "no article has all its attributions marked; mark them in some articles first (docs/dataset-format.md)."
            )
        return self.by(setup)

    def by(self, setup: Setup) -> "AttributionTask":
        """Learn it with the reader that is asked for; the estimator says whether enough is marked."""
        self.check_asked(setup)
        return replace(self, word_reader=setup.reader)

    def learned(self, articles: Sequence[LabelledArticle], seed: int, notice: Say) -> AttributionExtractor:
        """Fit on the articles in which all are marked; see `Task`."""
        return AttributionExtractor(seed=seed, reader=self.word_reader).fit(articles, notice=notice)
