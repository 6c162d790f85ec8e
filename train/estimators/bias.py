"""Biased sentences: in articles by their loaded words where these are marked, else by the wording."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from ...classify.attribution.extractor import Candidate
from ...classify.linear.composed import BIAS, BiasModel
from ...classify.wording.encoders import Encoder
from ...classify.wording.model import TextModel
from ...classify.wording.recipe import Recipe, stand_alone
from ...data.arrays import Strings
from ...data.articles.notices import Say
from ...data.records import LabelledArticle
from ...data.scheme import BIASES
from ..sentences.fit_bias import BiasRows, bias_rows, fit_bias, rows_for, words_marked
from ..sentences.rows import Rows
from ..tasks.outputs import Outputs, label_outputs, likeliest
from ..wording.rows import TextRows
from .wording import WordingEstimator


class BiasClassifier(WordingEstimator):
    """Predict which sentences are biased by loaded wording.

    Parameters
    ----------
    wording : bool, optional
        Learn from the whole wording; without it from marked loaded words, which labelled articles hold. Default: chosen by
        the data.
    encoder, also, recipe, search, C
        With ``wording``: see `TextClassifier`.
    labels : sequence of str, optional
        The order of ``classes_``. Default: ``biased``, ``neutral``.
    calibrate : bool
        Calibrate the probabilities on held-out sentences. Without it they are less reliable.
    seed : int
        Of the folds of the calibration.

    Attributes
    ----------
    model_ : BiasModel or TextModel
    classes_ : ndarray of shape (n_classes,)
    about_ : dict
        What a model file says about how the model was made.

    Examples
    --------
    >>> import sayso
    >>> X = ["The reckless council caved in.", "A reckless, shameful plan.", "The shameful council lied.",
    ...      "The council met on Monday.", "The plan costs two million.", "The council votes on Friday."]
    >>> y = ["biased"] * 3 + ["neutral"] * 3
    >>> classifier = sayso.BiasClassifier().fit(X, y)
    >>> classifier.predict(["A shameful, reckless vote.", "The council met on Friday."]).tolist()
    ['biased', 'neutral']
    """

    column = BIAS

    def __init__(
        self,
        *,
        wording: bool | None = None,
        encoder: Encoder | str | Path | None = None,
        also: Sequence[str] = (),
        recipe: Recipe | None = None,
        search: bool = False,
        C: float | None = None,
        labels: Sequence[str] | None = None,
        calibrate: bool = True,
        seed: int = 0,
    ) -> None:
        self.wording = wording
        self.encoder = encoder
        self.also = also
        self.recipe = recipe
        self.search = search
        self.C = C
        self.labels = labels
        self.calibrate = calibrate
        self.seed = seed

    @property
    def by_wording(self) -> bool:
        """Whether the text classifier does it; see `SentenceEstimator`."""
        return bool(self.wording)

    @property
    def rows_class(self) -> type[Rows]:
        """The class of the rows; see `SentenceEstimator`."""
        return TextRows if self.wording else BiasRows

    @property
    def _scheme(self) -> tuple[str, ...]:
        return BIASES

    def suited(self, articles: Sequence[LabelledArticle]) -> Self:
        """Learn from the wording where sentences stand alone, no words are marked, or that is asked for."""
        wording = self.wording
        if wording is None:
            wording = stand_alone(articles) or self.is_asked or not words_marked(articles)
        return self.having(wording=True).with_recipe(articles) if wording else self.having(wording=False)

    def rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> Rows:
        """Describe the sentences with their words; see `SentenceEstimator`."""
        return self.text_rows(articles, candidates) if self.wording else bias_rows(articles, candidates)

    def asked_rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> Rows:
        """Describe what the model is asked; see `SentenceEstimator`."""
        if isinstance(self.model_, TextModel):
            return self.asked_text_rows(articles, candidates)
        return bias_rows(articles, candidates)

    def fit_rows(self, rows: Any, notice: Say) -> BiasModel | TextModel:
        """Fit words, then sentences; or the text classifier; see `SentenceEstimator`."""
        if isinstance(rows, BiasRows):
            return fit_bias(rows, self.label_names, seed=self.seed, calibrated=self.calibrate, notice=notice)
        return self.fit_text(rows, self.label_names, notice)

    def outputs(self, rows: Any) -> Outputs:
        """Score the words, then the sentences; see `SentenceEstimator`."""
        if isinstance(rows, TextRows):
            return self.text_outputs(rows)
        return label_outputs(self.label_names, self.model_.sentences, rows_for(self.model_, rows).features)

    def names(self, rows: Any) -> Strings:
        """Label rows; see `SentenceEstimator`."""
        if isinstance(rows, TextRows):
            return self.text_names(rows)
        return likeliest(self.model_.labels, self.model_.sentences.outputs(rows_for(self.model_, rows).features))
