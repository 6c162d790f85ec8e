"""What the estimators share that can learn from the wording: the text classifier's options, rows and fitting."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Self

from ...classify.api.in_python import python_names
from ...classify.attribution.extractor import Candidate
from ...classify.linear.composed import BIAS
from ...classify.model_files.shipped_words import may_learn_from_default
from ...classify.wording.encoders import Encoder, check_encoder, load_encoder
from ...classify.wording.model import TextModel
from ...classify.wording.recipe import Recipe, Setup, recipe_for
from ...data.arrays import Strings
from ...data.articles.metadata.article_language import other_language
from ...data.articles.notices import Say
from ...data.records import LabelledArticle, label_of
from ..sentences.fit_bias import words_marked
from ..tasks.outputs import Outputs, deviations, label_chances, likeliest, weights_of
from ..wording.fit import TextFitter
from ..wording.recipe_search import Tried, search, widest
from ..wording.rows import TextRows, text_rows
from .base import SentenceEstimator
from .sentence_in import DataError

_loaded = lru_cache(maxsize=2)(load_encoder)  # its weights are read once, not with every call


class WordingEstimator(SentenceEstimator):
    """An estimator that has a text classifier, always or where that suits the data."""

    encoder: Encoder | str | Path | None
    also: Sequence[str]
    recipe: Recipe | None
    search: bool
    C: float | None

    @property
    def task_name(self) -> str:
        """What the model calls itself."""
        return self.column

    @property
    def loaded_encoder(self) -> Encoder | None:
        """The encoder, which may be given by its name."""
        return _loaded(str(self.encoder)) if isinstance(self.encoder, str | Path) else self.encoder

    @property
    def used_recipe(self) -> Recipe:
        """How the text classifier is put together."""
        recipe = self.recipe or Recipe()
        return recipe if self.C is None else replace(recipe, C=self.C)

    @property
    def settings(self) -> Mapping[str, Any]:
        """Recipe and encoder; see `SentenceEstimator`."""
        encoder = self.loaded_encoder
        recipe = {"recipe": self.used_recipe.as_json(), "encoder": encoder.as_json() if encoder else None}
        return {"way": type(self).__name__, **(recipe if self.by_wording else {})}

    def having_setup(self, setup: Setup) -> Self:
        """Give a copy with what is asked of the text classifier."""
        return self.having(encoder=setup.encoder, also=setup.also, recipe=setup.recipe, search=setup.search)

    @property
    def is_asked(self) -> bool:
        """Whether an option is given that only the text classifier has."""
        return bool(self.encoder or self.also or self.search)

    def with_recipe(self, articles: Sequence[LabelledArticle]) -> Self:
        """Choose the recipe by the data where none is given, and check that the columns to learn along are there.

        Raises
        ------
        ValueError
            If such a column has no label.
        """
        for other in self.also:
            if not any(label_of(s, other) for a in articles for s in a.sentences):
                raise DataError(f"--also {other}: no sentence has a label in this column.")
        if self.recipe is not None:
            return self
        recipe = recipe_for(articles, self.column, self.also)
        usable = may_learn_from_default(a.article for a in articles) and not other_language([a.article for a in articles])
        marked = self.column != BIAS or words_marked(articles)  # marked words tell more than ours do
        return self.having(recipe=replace(recipe, default=usable and not marked, judged=usable and recipe.judged))

    def text_rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> TextRows:
        """Describe the labelled sentences for the text classifier."""
        recipe = widest(self.used_recipe) if self.search else self.used_recipe
        return text_rows(articles, candidates, self.items, recipe, self.loaded_encoder)

    def asked_text_rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> TextRows:
        """Describe sentences for a fitted text classifier."""
        encoder = self.loaded_encoder
        if self.model_.encoder and encoder is None:
            raise DataError(
                f"this model needs the encoder {self.model_.encoder['name']!r}; set encoder to its name or folder."
            )
        with python_names():  # the commands have checked the file's encoder before
            check_encoder(self.model_.encoder, encoder, type(self).__name__)
        return text_rows(articles, candidates, self.items, self.model_.recipe, encoder)

    def fit_text(self, rows: Any, labels: Sequence[str], notice: Say) -> TextModel:
        """Fit the classifier, and the models whose answers it looks at."""
        encoder = self.loaded_encoder
        recipe, tried = self._searched(rows, labels, notice)
        model = TextFitter(self.task_name, labels, recipe, self.seed, self.calibrate, notice).fit(rows)
        model = replace(model, encoder=encoder.as_json() if encoder else None)
        if not tried:
            return model
        # the recipe tells what the rows hold, and the weights which runs of words and characters were chosen
        return replace(model, recipe=widest(recipe), tried=tuple((one.recipe.told(), one.score) for one in tried))

    def _searched(self, rows: Any, labels: Sequence[str], notice: Say) -> tuple[Recipe, Sequence[Tried]]:
        """Choose the settings inside the training articles where that is asked for; give all that were tried."""
        if not self.search:
            return self.used_recipe, ()
        notice("search")
        tried = search(rows, self.task_name, labels, self.used_recipe, self.seed)
        for one in tried:
            notice(f"{one.score:.3f}  {one.recipe.told()}")
        return tried[0].recipe, tried

    def text_outputs(self, rows: Any) -> Outputs:
        """Score the features, those that the earlier models say among them."""
        model = self.model_
        last, laid = model.sentences, model.describe(rows)
        logits = model.logits(laid, rows)
        scores = logits * last.scale + last.shift
        chances, raw = (label_chances(self.label_names, model.labels, given) for given in (scores, logits))
        spread = dict(zip(laid.names, deviations(laid.matrix), strict=True))
        return Outputs(likeliest(model.labels, scores), chances, raw, weights_of(last, spread))

    def text_names(self, rows: Any) -> Strings:
        """Label rows."""
        return likeliest(self.model_.labels, self.model_.outputs(rows))
