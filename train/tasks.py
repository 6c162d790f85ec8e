"""The tasks: what each one predicts, what it needs, how it is fitted and measured.

A label column of the user's own needs no entry: `task_of` makes its task from the data.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from ..classify.attribution.extractor import Candidate
from ..classify.kinds.features import Features
from ..classify.linear.label_pairs import VOICE, combine, kind_and_type
from ..classify.model_files.files import ATTRIBUTION, BIAS, STANCE, BiasModel, LabelModel, SentenceModel, StanceModel
from ..classify.model_files.shipped_words import may_learn_from_default
from ..classify.stance_bias.stance import stances
from ..classify.wording.model import TextModel
from ..classify.wording.recipe import Recipe, Setup, recipe_for, stand_alone
from ..data.records import LABEL_COLUMNS, LabelledArticle, Sentence, label_of
from ..data.scheme import BIASES, KINDS, SOURCE_TYPES, STANCES
from ..errors import SaysoError
from .sentences.fit_bias import BiasRows, bias_chances, bias_rows, fit_bias, words_marked
from .sentences.fit_stance import StanceRows, fit_stance, stance_labels, stance_rows
from .sentences.logistic import PLAIN, fit_plain, fit_plain_calibrated
from .sentences.rows import (
    Rows,
    fit_rows,
    fit_voice,
    make_rows,
    voice_label,
    voice_model,
)
from .wording.fit import fit_text
from .wording.recipe_search import CHARS, WORDS, search
from .wording.rows import Item, TextRows, text_rows

Notice = Callable[[str], None]
TEXT = "text"
_RESERVED = frozenset({"defaults", VOICE})
_MOSTLY = 0.5  # share of the labelled sentences that must have the other label too, to learn both together


@dataclass(frozen=True, slots=True)
class Task:
    """What to learn, and how.

    Parameters
    ----------
    name : str
    labels : tuple of str
        In the order of reports.
    columns : tuple of str
        What a sentence must have to be learned from; the first is what is predicted.
    estimator : str
        ``voice`` (kind and source type together), ``plain`` (logistic regression of what kind and source type look at),
        ``text`` (the wording first of all), ``stance`` (a row for each target of a sentence), ``bias`` (words, then
        sentences) or ``attribution``.
    words : bool
        The words themselves are features.
    metric : str
    setup : Setup
        Of the estimator ``text``.
    """

    name: str
    labels: tuple[str, ...]
    columns: tuple[str, ...]
    estimator: str
    words: bool = False
    metric: str = "macro F1"
    setup: Setup = field(default_factory=Setup)

    @property
    def column(self) -> str:
        """What is predicted."""
        return self.columns[0]

    def rows(self, articles: Sequence[LabelledArticle], candidates: Sequence[Sequence[Candidate]]) -> Rows:
        """Collect the sentences to learn from; for a stance, each with its target."""
        if self.estimator == TEXT:
            recipe = replace(self.recipe, words=WORDS, chars=CHARS) if self.setup.search else self.recipe
            return text_rows(articles, candidates, self._items, recipe, self.setup.encoder)
        if self.estimator == STANCE:
            return stance_rows(articles, candidates)
        if self.estimator == BIAS:
            return bias_rows(articles, candidates)
        return make_rows(articles, candidates, self.answer, words=self.words)

    @property
    def recipe(self) -> Recipe:
        """How the estimator ``text`` is put together."""
        return self.setup.recipe or Recipe()

    def _items(self, labelled: LabelledArticle) -> list[Item]:
        """List what is labelled in an article: sentence, target (empty without), label."""
        if self.column == STANCE:
            return stances(labelled)
        return [(n, "", answer) for n, s in enumerate(labelled.sentences) if (answer := self.answer(s))]

    def answer(self, s: Sentence) -> str | None:
        """Give what the estimator learns of a sentence; None where it cannot learn from it."""
        return voice_label(s) if self.estimator == VOICE else label_of(s, self.column)

    def answers(self, labelled: LabelledArticle) -> list[str]:
        """List what the estimator learns of an article, in the order of `rows`."""
        if self.column == STANCE:
            return [label for _, _, label in stances(labelled)]
        return [answer for s in labelled.sentences if (answer := self.answer(s))]

    def label(self, answer: str) -> str:
        """Give the predicted column's part of an answer."""
        return answer.split("/")[self.column == "source_type"] if self.estimator == VOICE else answer

    def fit(self, rows: Rows, seed: int, notice: Notice = lambda _: None) -> LabelModel:
        """Fit and calibrate."""
        if isinstance(rows, TextRows):
            return self._fit_text(rows, seed, True, notice)
        if isinstance(rows, BiasRows):
            return fit_bias(rows, self.labels, seed=seed, notice=notice)
        if isinstance(rows, StanceRows):
            return fit_stance(rows, self.labels, seed=seed, notice=notice)
        if self.estimator == VOICE:
            return fit_voice(rows, seed=seed, notice=notice)
        return fit_plain_calibrated(rows, self.name, self.labels, seed=seed, notice=notice)

    def fit_quickly(self, rows: Rows) -> LabelModel:
        """Fit without calibration, which changes chances and next to no label."""
        if isinstance(rows, TextRows):
            return self._fit_text(rows, 0, False, lambda _: None)
        if isinstance(rows, BiasRows):
            return fit_bias(rows, self.labels, calibrated=False)
        if isinstance(rows, StanceRows):
            return fit_stance(rows, self.labels, calibrated=False)
        return voice_model(fit_rows(rows)) if self.estimator == VOICE else fit_plain(rows, self.name, self.labels)

    def _fit_text(self, rows: TextRows, seed: int, calibrated: bool, notice: Notice) -> TextModel:
        encoder, recipe, tried = self.setup.encoder.as_json() if self.setup.encoder else None, self.recipe, []
        if self.setup.search:
            notice("search")
            tried = search(rows, self.name, self.labels, recipe, seed)
            recipe = tried[0].recipe
            for one in tried:
                notice(f"{one.score:.3f}  {one.recipe.told()}")
        model = fit_text(
            rows, self.name, self.labels, recipe, seed=seed, calibrated=calibrated, encoder=encoder, notice=notice
        )
        if not tried:
            return model
        wide = replace(recipe, words=WORDS, chars=CHARS)  # what the rows hold; the model knows only what was chosen
        return replace(model, recipe=wide, tried=tuple((one.recipe.told(), one.score) for one in tried))


TASKS: Mapping[str, Task] = {
    "kind": Task("kind", KINDS, ("kind", "source_type"), VOICE),
    "source_type": Task("source_type", SOURCE_TYPES, ("source_type", "kind"), VOICE),
    STANCE: Task(STANCE, STANCES, (STANCE,), STANCE, words=True),
    BIAS: Task(BIAS, BIASES, (BIAS,), BIAS),
    ATTRIBUTION: Task(ATTRIBUTION, (), (ATTRIBUTION,), ATTRIBUTION, metric="F1"),
}
"""The tasks that have an entry."""


def task_of(name: str, articles: Sequence[LabelledArticle], label: str | None = None, setup: Setup | None = None) -> Task:
    """Find the task by its name, or make one for a label column of the user's own.

    Parameters
    ----------
    name : str
    articles : sequence of LabelledArticle
        They tell the labels, and whether kind and source type can be learned together.
    label : str, optional
        The column to learn; the task's name without it.
    setup : Setup, optional
        What the user asks of the text classifier.

    Raises
    ------
    SaysoError
        If there is no such task and no such column, or nothing to tell apart in it.
    """
    entry = TASKS.get(name)
    if name in _RESERVED or not name.isprintable() or (entry and label not in (None, entry.column)):
        raise SaysoError(f"{name!r} cannot be the name of a task of yours; choose another.")
    if entry and entry.estimator == ATTRIBUTION:
        if not any(ATTRIBUTION in a.complete for a in articles):
            raise SaysoError("no article has all its attributions marked; attribution cannot be learned.")
        return entry
    column = label or name
    if entry and entry.estimator == STANCE:
        counts = Counter(found for a in articles for found in entry.answers(a))
    else:
        counts = Counter(found for a in articles for s in a.sentences if (found := label_of(s, column)))
    if not counts:
        raise SaysoError(_no_column(name, column, articles))
    if len(counts) == 1:
        raise SaysoError(f"{column} has one label only, {next(iter(counts))!r}; there is nothing to tell apart.")
    setup = _complete(setup or Setup(), articles, column)
    if entry is None:
        return Task(name, tuple(sorted(counts)), (column,), TEXT, setup=setup)
    of_wording = stand_alone(articles) or (entry.estimator == BIAS and (bool(setup.asked) or not words_marked(articles)))
    if entry.estimator in (STANCE, BIAS) and of_wording:
        return replace(entry, estimator=TEXT, setup=setup)
    if setup.asked:
        raise SaysoError(f"{setup.asked} is of no use to {name} in articles: it has features of its own.")
    if entry.estimator != VOICE:
        return entry
    both = sum(1 for a in articles for s in a.sentences if voice_label(s))
    if both >= _MOSTLY * counts.total():
        return entry
    return replace(entry, columns=(column,), estimator=PLAIN)


def _complete(setup: Setup, articles: Sequence[LabelledArticle], column: str) -> Setup:
    """Choose what the user left open, and check that the columns to learn along are there."""
    for other in setup.also:
        if not any(label_of(s, other) for a in articles for s in a.sentences):
            raise SaysoError(f"--also {other}: no sentence has such a label.")
    recipe = setup.recipe or recipe_for(articles, column, setup.also)
    if column == BIAS and setup.recipe is None and not words_marked(articles):  # marked ones tell more than ours do
        recipe = replace(recipe, default=may_learn_from_default(a.article for a in articles))
    return replace(setup, recipe=recipe)


def _no_column(name: str, column: str, articles: Sequence[LabelledArticle]) -> str:
    own = {key for a in articles for s in a.sentences for key in s.extra}
    ours = {key for key in LABEL_COLUMNS if any(label_of(s, key) for a in articles for s in a.sentences)}
    there = ", ".join(sorted(ours | own)) or "none"
    known = f"; tasks are {', '.join(TASKS)}, and any label column" if name not in TASKS else ""
    return f"no sentence has a {column!r}; label columns in the data: {there}{known}."


def predict_rows(model: LabelModel, rows: Rows, column: str) -> list[str]:
    """Label rows of sentences that a model has not seen; see `predict`."""
    if isinstance(model, TextModel) and isinstance(rows, TextRows):
        return [model.labels[i] for i in model.outputs(rows).argmax(axis=1)] if len(rows.labels) else []
    if isinstance(model, BiasModel) and isinstance(rows, BiasRows):
        return [model.labels[i] for i in bias_chances(model, rows).argmax(axis=1)]
    if isinstance(model, StanceModel) and isinstance(rows, StanceRows):
        return stance_labels(model, rows)
    if not isinstance(model, SentenceModel):
        raise TypeError(f"a model of {model.task} cannot look at these rows")
    return predict(model, rows.features, column)


def predict(model: SentenceModel, features: Sequence[Features], column: str) -> list[str]:
    """Label sentences by a model.

    Parameters
    ----------
    model : SentenceModel
    features : sequence of dict of str to float
    column : str
        Of a model of kind and source type: which of the two.
    """
    if not features:
        return []
    outputs = model.logits(features) * model.scale + model.shift
    if model.task != VOICE:
        return [model.labels[i] for i in outputs.argmax(axis=1)]
    kinds, types = kind_and_type(combine(outputs))
    return [SOURCE_TYPES[t] for t in types] if column == "source_type" else [KINDS[k] for k in kinds]
