"""Any column of labels, from the wording first of all."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Self

from ...classify.attribution.extractor import Candidate
from ...classify.wording.encoders import Encoder
from ...classify.wording.model import TextModel
from ...classify.wording.recipe import Recipe
from ...data.arrays import Strings
from ...data.articles.notices import Say
from ...data.records import LabelledArticle
from ..sentences.rows import Rows
from ..tasks.outputs import Outputs
from ..wording.rows import TextRows
from .parameters import check_model_name
from .wording import WordingEstimator


class TextClassifier(WordingEstimator):
    """Predict the labels of your own label column.

    Parameters
    ----------
    column : str
        Name of the label column: what ``sayso annotate --model`` calls it in its output, so no name that annotations
        have for something else, such as ``kind`` or ``text``.
    name : str, optional
        Name of the model, if it differs from the column.
    encoder : Encoder, str or Path, optional
        Sentence vectors beside the words: ``wordllama``, a folder, or a name on the hub.
    also : sequence of str
        Further label columns of labelled articles whose labels help to predict this one.
    recipe : Recipe, optional
        Which features to use. Default: chosen by the data.
    search : bool
        Choose the settings on the training articles. Slow.
    C : float, optional
        Inverse strength of the penalty. Default: the recipe's.
    labels : sequence of str, optional
        The order of ``classes_``. Default: sorted.
    calibrate : bool
        Calibrate the probabilities on held-out sentences. Without it they are less reliable.
    seed : int
        Of the folds of the calibration.

    Attributes
    ----------
    model_ : TextModel
    classes_ : ndarray of shape (n_classes,)
        With the types of ``y``: numbers stay numbers. A model file holds words.
    about_ : dict
        What a model file says about how the model was made.

    Examples
    --------
    >>> import sayso
    >>> X = ["Soup was dear.", "Bread ran out.", "Cheese and bread sold well.", "Shares fell.", "Bonds fell too.",
    ...      "Shares and bonds rose."]
    >>> y = ["food", "food", "food", "money", "money", "money"]
    >>> classifier = sayso.TextClassifier(column="topic").fit(X, y)
    >>> classifier.predict(["Bonds rose.", "The bread was good."]).tolist()
    ['money', 'food']
    """

    def __init__(
        self,
        *,
        column: str = "label",
        name: str | None = None,
        encoder: Encoder | str | Path | None = None,
        also: Sequence[str] = (),
        recipe: Recipe | None = None,
        search: bool = False,
        C: float | None = None,
        labels: Sequence[str] | None = None,
        calibrate: bool = True,
        seed: int = 0,
    ) -> None:
        self.column = column
        self.name = name
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
        """Always; see `SentenceEstimator`."""
        return True

    @property
    def task_name(self) -> str:
        """What the model calls itself; see `WordingEstimator`."""
        return self.name or self.column

    def check_name(self) -> None:
        """Refuse a name that annotations have for something else; see `SentenceEstimator`."""
        check_model_name(self.task_name)

    @property
    def rows_class(self) -> type[Rows]:
        """The class of the rows; see `SentenceEstimator`."""
        return TextRows

    def suited(self, articles: Sequence[LabelledArticle]) -> Self:
        """Learn the labels that the data has; see `SentenceEstimator`."""
        labels = self.labels if self.labels is not None else tuple(sorted(self.labels_in(articles)))
        return self.with_recipe(articles).having(labels=labels)

    def rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> Rows:
        """Describe the labelled sentences; see `SentenceEstimator`."""
        return self.text_rows(articles, candidates)

    def asked_rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> Rows:
        """Describe what the model is asked; see `SentenceEstimator`."""
        return self.asked_text_rows(articles, candidates)

    def fit_rows(self, rows: Any, notice: Say) -> TextModel:
        """Fit the text classifier; see `SentenceEstimator`."""
        labels = self.label_names if self.labels is not None else sorted(set(rows.labels.tolist()))
        return self.fit_text(rows, labels, notice)

    def outputs(self, rows: Any) -> Outputs:
        """Score the rows; see `SentenceEstimator`."""
        return self.text_outputs(rows)

    def names(self, rows: Any) -> Strings:
        """Label rows; see `SentenceEstimator`."""
        return self.text_names(rows)
