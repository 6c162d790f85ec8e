"""Stances towards targets: of sentences in articles by who speaks and what stands around, of single ones by the wording."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Self

import numpy as np

from ...classify.attribution.extractor import Candidate
from ...classify.linear.composed import STANCE, StanceModel
from ...classify.stance_bias.stance import decide, own_targets, stances
from ...classify.wording.encoders import Encoder
from ...classify.wording.model import TextModel
from ...classify.wording.recipe import Recipe, stand_alone
from ...data.arrays import Floats32, Strings
from ...data.articles.notices import Say
from ...data.records import LabelledArticle
from ...data.scheme import STANCES
from ..sentences.fit_stance import StanceRows, fit_stance, stance_chances, stance_rows
from ..sentences.rows import Rows
from ..tasks.outputs import Outputs, in_order, label_chances, spread_of, weights_of
from ..wording.rows import TextRows
from .base import Item
from .sentence_in import SentenceIn
from .wording import WordingEstimator

_MOST_TARGETS = 100  # that a model file names


class StanceClassifier(WordingEstimator):
    """Predict whether a sentence favours a target, is against it, or is neutral.

    Parameters
    ----------
    wording : bool, optional
        Learn from the wording, towards targets that are known, as suits single sentences; without it from who speaks of
        the target and what stands around, as suits whole articles. Default: chosen by the data.
    aliases : mapping of str to sequence of str, optional
        Other names of targets. Labelled articles hold theirs.
    encoder, also, recipe, search, C
        With ``wording``: see `TextClassifier`.
    labels : sequence of str, optional
        The order of ``classes_``. Default: ``favor``, ``against``, ``neutral``.
    calibrate : bool
        Calibrate the probabilities on held-out sentences. Without it they are less reliable.
    seed : int
        Of the folds of the calibration.

    Attributes
    ----------
    model_ : StanceModel or TextModel
    classes_ : ndarray of shape (n_classes,)
    about_ : dict
        What a model file says about how the model was made.

    Notes
    -----
    In whole articles a rare label counts as much as a frequent one, so `predict` does not always give the most
    probable label.

    Examples
    --------
    >>> import sayso
    >>> X = [("The union is right.", "the union"), ("The union did well.", "the union"), ("Well done, union.", "the union"),
    ...      ("The union lied.", "the union"), ("The union failed us.", "the union"), ("Shame on the union.", "the union")]
    >>> y = ["favor"] * 3 + ["against"] * 3
    >>> classifier = sayso.StanceClassifier().fit(X, y)
    >>> classifier.predict([("The union lied again.", "the union")]).tolist()
    ['against']
    """

    column = STANCE
    needs_target = True

    def __init__(
        self,
        *,
        wording: bool | None = None,
        aliases: Mapping[str, Sequence[str]] | None = None,
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
        self.aliases = aliases
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
        return TextRows if self.wording else StanceRows

    @property
    def _scheme(self) -> tuple[str, ...]:
        return STANCES

    def items(self, labelled: LabelledArticle) -> list[Item]:
        """List the stances of an article, target by target; see `SentenceEstimator`."""
        return stances(labelled)

    def asked_items(self, labelled: LabelledArticle) -> list[tuple[int, str]]:
        """List number and target of what is asked; see `SentenceEstimator`."""
        return [(n, target) for n, target, _ in stances(labelled)]

    def labels_in(self, articles: Iterable[LabelledArticle]) -> Counter[str]:
        """Count the stances; see `SentenceEstimator`."""
        return Counter(label for a in articles for _, _, label in stances(a))

    def suited(self, articles: Sequence[LabelledArticle]) -> Self:
        """Learn from the wording where sentences stand alone; see `SentenceEstimator`."""
        wording = stand_alone(articles) if self.wording is None else self.wording
        return self.having(wording=True).with_recipe(articles) if wording else self.having(wording=False)

    def rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> Rows:
        """Describe the sentences as their targets see them; see `SentenceEstimator`."""
        return self.text_rows(articles, candidates) if self.wording else stance_rows(articles, candidates)

    def asked_rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> Rows:
        """Describe what the model is asked; see `SentenceEstimator`."""
        if isinstance(self.model_, TextModel):
            return self.asked_text_rows(articles, candidates)
        return stance_rows(articles, candidates, known=own_targets(self.model_.first.features))

    def fit_rows(self, rows: Any, notice: Say) -> StanceModel | TextModel:
        """Fit sentences by themselves, then among the others; or the text classifier; see `SentenceEstimator`."""
        if isinstance(rows, StanceRows):
            return fit_stance(rows, self.label_names, seed=self.seed, calibrated=self.calibrate, notice=notice)
        return self.fit_text(rows, self.label_names, notice)

    def completed(self, model: Any, articles: Sequence[LabelledArticle]) -> Any:
        """Add the targets that most sentences are about, with all of their other names; see `SentenceEstimator`."""
        if not isinstance(model, TextModel):
            return model
        counts = Counter(target for a in articles for _, target, _ in stances(a))
        names: dict[str, dict[str, None]] = {target: {} for target, _ in counts.most_common(_MOST_TARGETS)}
        for target, aliases in (pair for a in articles for pair in a.targets.items() if pair[0] in names):
            names[target] |= dict.fromkeys(aliases)
        return replace(model, targets={target: tuple(aliases) for target, aliases in names.items()})

    @property
    def _names_of_targets(self) -> Mapping[str, Sequence[str]] | None:
        """The other names that were given, before those that the model knows."""
        known = self.model_.targets if isinstance(self.model_, TextModel) else {}
        return {**known, **(self.aliases or {})}

    def _sentences_of(self, labelled: LabelledArticle) -> list[SentenceIn]:
        return [SentenceIn(labelled.article, s.span, target) for target in labelled.targets for s in labelled.sentences]

    def outputs(self, rows: Any) -> Outputs:
        """Score the rows, and the rows around them; see `SentenceEstimator`."""
        if isinstance(rows, TextRows):
            return self.text_outputs(rows)
        model, labels = self.model_, self.label_names
        chances = stance_chances(model, rows)
        raw = label_chances(labels, model.labels, model.first.logits(rows.features))
        weights = weights_of(model.first, spread_of(rows.features))
        return Outputs(_decided(model, chances), in_order(labels, model.labels, chances), raw, weights)

    def names(self, rows: Any) -> Strings:
        """Label rows; see `SentenceEstimator`."""
        if isinstance(rows, TextRows):
            return self.text_names(rows)
        return _decided(self.model_, stance_chances(self.model_, rows))


def _decided(model: StanceModel, chances: Floats32) -> Strings:
    """Name the label of each row that the model's decision takes."""
    return np.array(model.labels, dtype=np.str_)[decide(model, chances)]
