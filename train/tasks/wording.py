"""Any column of labels, from the wording first of all."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, ClassVar

from ...classify.attribution.extractor import Candidate
from ...classify.stance_bias.stance import stances
from ...classify.wording.model import TextModel
from ...classify.wording.recipe import Recipe, Setup
from ...data.arrays import Strings
from ...data.articles.notices import Say
from ...data.records import LabelledArticle
from ..sentences.rows import Rows
from ..wording.fit import TextFitter
from ..wording.recipe_search import Tried, search, widest
from ..wording.rows import Item, TextRows, text_rows
from .outputs import Outputs, deviations, label_chances, likeliest, weights_of
from .task import Task

_MOST_TARGETS = 100  # that a model file names


@dataclass(frozen=True, slots=True)
class WordingTask(Task[TextRows, TextModel]):
    """Learn one column of sentences.

    Parameters
    ----------
    setup : Setup
        What is asked of the text classifier.
    """

    setup: Setup = field(default_factory=Setup)
    rows_class: ClassVar[type[Rows]] = TextRows

    def suited(self, articles: Sequence[LabelledArticle], setup: Setup) -> "WordingTask":
        """Learn the labels that the data has, as is asked; see `Task`."""
        return replace(self, labels=tuple(sorted(self.labels_in(articles))), setup=setup)

    @property
    def recipe(self) -> Recipe:
        """How the classifier is put together."""
        return self.setup.recipe or Recipe()

    @property
    def recipe_line(self) -> str | None:
        """How the classifier is put together, in a line."""
        return self.recipe.told()

    @property
    def settings(self) -> Mapping[str, Any]:
        """Recipe and encoder; see `Task`."""
        encoder = self.setup.encoder.as_json() if self.setup.encoder else None
        return {"way": type(self).__name__, "recipe": self.recipe.as_json(), "encoder": encoder}

    def answers(self, labelled: LabelledArticle) -> list[str]:
        """List what is learned of an article; see `Task`."""
        return [label for *_, label in self._items(labelled)]

    def _items(self, labelled: LabelledArticle) -> list[Item]:
        """List what is labelled in an article: sentence, target (empty without), label."""
        return [(n, "", answer) for n, s in enumerate(labelled.sentences) if (answer := self.answer(s))]

    def rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> TextRows:
        """Collect what is labelled; see `Task`."""
        recipe = widest(self.recipe) if self.setup.search else self.recipe
        return text_rows(articles, candidates, self._items, recipe, self.setup.encoder)

    def fit(self, rows: TextRows, seed: int = 0, *, calibrated: bool = True, notice: Say = lambda _: None) -> TextModel:
        """Fit the classifier, and the models whose answers it looks at; see `Task`."""
        encoder = self.setup.encoder.as_json() if self.setup.encoder else None
        recipe, tried = self._searched(rows, seed, notice)
        model = TextFitter(self.name, self.labels, recipe, seed, calibrated, notice).fit(rows)
        model = replace(model, encoder=encoder)
        if not tried:
            return model
        # the recipe tells what the rows hold, and the weights which runs of words and characters were chosen
        return replace(model, recipe=widest(recipe), tried=tuple((one.recipe.told(), one.score) for one in tried))

    def _searched(self, rows: TextRows, seed: int, notice: Say) -> tuple[Recipe, Sequence[Tried]]:
        """Choose the settings inside the training articles where that is asked for; give all that were tried."""
        if not self.setup.search:
            return self.recipe, ()
        notice("search")
        tried = search(rows, self.name, self.labels, self.recipe, seed)
        for one in tried:
            notice(f"{one.score:.3f}  {one.recipe.told()}")
        return tried[0].recipe, tried

    def outputs(self, model: TextModel, rows: TextRows) -> Outputs:
        """Score the features, those that the earlier models say among them; see `Task`."""
        last, laid = model.sentences, model.describe(rows)
        logits = model.logits(laid, rows)
        scores = logits * last.scale + last.shift
        chances, raw = (label_chances(self.labels, model.labels, given) for given in (scores, logits))
        spread = dict(zip(laid.names, deviations(laid.matrix), strict=True))
        return Outputs(likeliest(model.labels, scores), chances, raw, weights_of(last, spread))

    def predict(self, model: TextModel, rows: TextRows) -> Strings:
        """Label rows; see `Task`."""
        return likeliest(model.labels, model.outputs(rows))

    def choices(self, model: TextModel) -> tuple[str, ...]:
        """Say how much targets' own models count; see `Task`."""
        return model.chosen


@dataclass(frozen=True, slots=True)
class StanceWordingTask(WordingTask):
    """Learn stances from the wording: of sentences that stand alone, towards targets that are known."""

    def _items(self, labelled: LabelledArticle) -> list[Item]:
        return stances(labelled)

    def completed(self, model: TextModel, articles: Sequence[LabelledArticle]) -> TextModel:
        """Add the targets that most sentences are about, with all of their other names."""
        counts = Counter(target for a in articles for _, target, _ in stances(a))
        names: dict[str, dict[str, None]] = {target: {} for target, _ in counts.most_common(_MOST_TARGETS)}
        for target, aliases in (pair for a in articles for pair in a.targets.items() if pair[0] in names):
            names[target] |= dict.fromkeys(aliases)
        return replace(model, targets={target: tuple(aliases) for target, aliases in names.items()})
