"""What evaluating and training need to know of a task."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar, Generic, TypeVar

import numpy as np

from ...classify.attribution.extractor import Candidate
from ...classify.word_reader.reader import WordReader
from ...classify.wording.recipe import Setup
from ...data.arrays import Strings
from ...data.articles.notices import Say
from ...data.records import LabelledArticle, Sentence, label_of
from ...errors import SaysoError
from ..estimators.base import Saved
from ..estimators.files import estimator_for
from ..given_reader import no_reader
from ..held_out_attributions import Source, candidates_of, choose_source
from ..manifest import about_features, about_model
from ..sentences.rows import Rows
from .outputs import Outputs

R = TypeVar("R", bound=Rows)
M = TypeVar("M")


@dataclass(frozen=True, slots=True)
class Task(Generic[R, M]):
    """What to learn, and how: a subclass for each way.

    Parameters
    ----------
    name : str
    labels : tuple of str
        In the order of reports.
    columns : tuple of str
        What a sentence must have to be learned from; the first is what is predicted.
    """

    name: str
    labels: tuple[str, ...]
    columns: tuple[str, ...]
    metric: ClassVar[str] = "macro F1"
    of_spans: ClassVar[bool] = False
    """What is predicted are spans, not labels of sentences."""
    needs_two: ClassVar[bool] = True
    """Nothing can be learned from rows that all have the same label."""

    @property
    def rows_class(self) -> type[Rows]:
        """The class of its rows."""
        return Rows

    @property
    def column(self) -> str:
        """What is predicted."""
        return self.columns[0]

    @property
    def settings(self) -> Mapping[str, Any]:
        """What folds depend on besides data, seed and columns."""
        return {"way": type(self).__name__}

    @property
    def word_reader(self) -> WordReader | None:
        """The reader that articles are read with; None without one."""
        return None

    @property
    def recipe_line(self) -> str | None:
        """How the model is put together, in a line; None where there is nothing to choose."""
        return None

    def labels_in(self, articles: Iterable[LabelledArticle]) -> Counter[str]:
        """Count the labels of the predicted column, of sentences too that nothing can be learned from."""
        return Counter(label for a in articles for s in a.sentences if (label := label_of(s, self.column)))

    def suited(self, articles: Sequence[LabelledArticle], setup: Setup) -> "Task[Any, Any]":
        """Give the way of learning this column that suits the data: this one, or another.

        Parameters
        ----------
        articles : sequence of LabelledArticle
        setup : Setup
            What the user asks of the text classifier; ``asked`` names an option that this way has no use for.

        Raises
        ------
        SaysoError
            If something is asked for that is of no use.
        """
        if setup.reader is not None:
            raise SaysoError(no_reader(self.name))
        self.check_asked(setup)
        return self

    def check_asked(self, setup: Setup) -> None:
        """Refuse what only the text classifier has."""
        if setup.asked:
            raise SaysoError(
                f"{setup.asked} has no effect on the task {self.name}, which has features of its own; leave it out."
            )

    def source(self, articles: Sequence[LabelledArticle]) -> Source:
        """Tell where the attributions come from that are features."""
        return choose_source(articles)

    def answer(self, s: Sentence) -> str | None:
        """Give what is learned of a sentence; None where nothing can be learned from it."""
        return label_of(s, self.column)

    def answers(self, labelled: LabelledArticle) -> list[str]:
        """List what is learned of an article, in the order of `rows`."""
        return [answer for s in labelled.sentences if (answer := self.answer(s))]

    def label(self, answer: str) -> str:
        """Give the predicted column's part of an answer."""
        return answer

    def truth(self, rows: Rows) -> Strings:
        """Give the labels of rows in the predicted column, shape (n_rows,)."""
        return np.array([self.label(str(answer)) for answer in rows.labels], dtype=np.str_)

    def rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> R:
        """Collect what is labelled, a row each.

        Parameters
        ----------
        articles : sequence of LabelledArticle
        candidates : sequence of sequence of Candidate, length n_articles
            Attributions that were found by models which had not seen the article.
        """
        raise NotImplementedError

    def fit(self, rows: R, seed: int = 0, *, calibrated: bool = True, notice: Say = lambda _: None) -> M:
        """Fit a model; without calibration chances are worth less, and next to no label changes."""
        raise NotImplementedError

    def outputs(self, model: M, rows: R) -> Outputs:
        """Ask a model about rows that it has not seen."""
        raise NotImplementedError

    def predict(self, model: M, rows: R) -> Strings:
        """Label rows that a model has not seen: `outputs` without the rest."""
        return self.outputs(model, rows).predicted

    def choices(self, model: M) -> tuple[str, ...]:
        """Say what the training articles decided besides the weights."""
        return ()

    def learned(self, articles: Sequence[LabelledArticle], seed: int, notice: Say) -> Saved:
        """Fit a model on all articles, and give the estimator that keeps it."""
        candidates = candidates_of(self.source(articles), articles, seed=seed, notice=notice)
        model: Any = self.fit(self.rows(articles, candidates), seed, notice=notice)
        estimator: Saved = estimator_for(model, self.column)
        estimator.about_ = about_model({"data": articles}, seed, {}) | about_features(model, articles)
        return estimator


AnyTask = Task[Any, Any]
