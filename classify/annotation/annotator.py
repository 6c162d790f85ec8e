"""Annotating articles: sentences, whose voice they are, and who is behind it."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import numpy as np

from ...data.arrays import Floats32, Floats64, softmax
from ...data.articles.sentences import find_sentences
from ...data.records import Article, Span
from ...data.scheme import BIASES, KINDS, SOURCE_TYPES, STANCES
from ...data.settings.taken import is_taken
from ...errors import OF_THE_RUN, OwnError, SaysoError
from ..attribution.extractor import Candidate, Extractor
from ..attribution.source_ends import with_descriptions
from ..kinds.decisions import confirmed, decided
from ..kinds.features import describe
from ..kinds.reading import Reading
from ..language.article_tokens import View, view
from ..language.word_forms import ONE_AT_A_TIME
from ..linear.feature_matrix import Described
from ..linear.label_pairs import MAY, OUTPUTS, VOICE, combine, kind_and_type
from ..model_files.files import ATTRIBUTION, BIAS, STANCE, Model, SentenceModel, load, reader_of, sort_of
from ..speech.corrections import corrected
from ..speech.leanings import BY_FORM
from ..stance_bias.targets import Target
from ..tasks.protocol import BiasReader, ColumnReader, StanceReader
from ..word_reader.reader import WordReader, check_word_reader
from ..wording.encoders import Encoder, check_encoder
from .annotation import Annotation
from .arguments import Targets, articles_given, check_article, check_why, named_targets
from .attributions import Main, attributions_by_sentence, main_words
from .labels import bias_labels, own_labels, stance_labels
from .reasons import Evidence, Reasons, decisions
from .records import RESERVED, AnnotatedSentence, BiasLabel, ReadOnly

SHIPPED = (ATTRIBUTION, VOICE)
_LABELS: Mapping[str, tuple[str, ...]] = {
    ATTRIBUTION: (),
    VOICE: OUTPUTS,
    "kind": KINDS,
    "source_type": SOURCE_TYPES,
    BIAS: BIASES,
    STANCE: STANCES,
}
_TINY = 1e-30  # instead of a chance of 0, by which nothing can be divided
_AT_ONCE = (
    60_000  # characters of articles worked on together: with 130,000 some 8 % quicker, and over 10 MB more at the peak
)
T = TypeVar("T")
_TOO_FEW = "Give a voice model, or a kind and a source_type model."


class _Scored(NamedTuple):
    """The features of an article's sentences for a model, and its outputs, shape (n_sentences, n_outputs).

    ``decided`` are the outputs with what forms and speakers tell: see `decisions.decided`.
    """

    features: Described
    outputs: Floats32
    decided: Floats32

    @classmethod
    def by(cls, model: SentenceModel, reading: Reading, reader: WordReader | None) -> "_Scored":
        """Let a model score the sentences; ``reader`` is the one that it was trained with."""
        read = reader.read(reading.view) if reader and model.reader else None
        features = describe(reading.view, reading.guesses, reading.spoken, model.vocabulary, read)
        outputs = model.outputs(features)
        return cls(features, outputs, decided(reading, outputs) if model.task == VOICE else outputs)


_NOBODY = Main(None, None)


class _Labels(NamedTuple):
    """Kind and source type of a sentence, and the calibrated chances of all, in the order of `AnnotatedSentence`."""

    kind: str
    source_type: str
    kind_scores: Mapping[str, float]
    source_type_scores: Mapping[str, float]


@dataclass(frozen=True, slots=True, repr=False)
class Annotator:
    """Loaded models that annotate articles, made by `load_annotator`.

    Several threads may use one; they take turns.

    Parameters
    ----------
    voice : SentenceModel or None
        Gives kind and source type together; its labels are `label_pairs.OUTPUTS`. Without it ``kind`` and ``source_type``
        are needed.
    kind, source_type : SentenceModel or None
        If given, they are used instead of ``voice``.
    extractor : Extractor or None
        Without it no attributions are found; hand-written rules then give sources and cues.
    bias : BiasReader or None
        Without it no loaded wording is found.
    stance : StanceReader or None
        Needed for targets.
    own : mapping of str to ColumnReader
        Models of your own label columns.
    reader : WordReader or None
        Needed by models that were trained with it.
    """

    voice: SentenceModel | None = None
    kind: SentenceModel | None = None
    source_type: SentenceModel | None = None
    extractor: Extractor | None = None
    bias: BiasReader | None = None
    stance: StanceReader | None = None
    own: Mapping[str, ColumnReader] = field(default_factory=dict)
    reader: WordReader | None = None

    def __repr__(self) -> str:
        """Name the models, which are too large to be shown."""
        named = ("voice", "kind", "source_type", "extractor", "bias", "stance", "reader")
        return f"Annotator({', '.join([*(name for name in named if getattr(self, name) is not None), *self.own])})"

    def __post_init__(self) -> None:
        """Check that both labels can be given, by models with the reader that they need."""
        if self.voice is None and (self.kind is None or self.source_type is None):
            raise ValueError(_TOO_FEW)
        for task, model in self._models().items():
            check_word_reader(model.reader, self.reader, task)

    def annotate(self, article: Article, n_why: int = 0, targets: Targets = ()) -> Annotation:
        """Annotate the sentences of an article.

        Parameters
        ----------
        article : Article
        n_why : int
            Number of reasons to give for each label, besides the rest and the constant.
        targets : str, sequence of str, or mapping of str to sequence of str
            Targets of the stance of each sentence: ``"NAME"``, ``"NAME=ALIAS,ALIAS"``, or names with their
            aliases. They need a stance model: ``load_annotator(stance=True)``.

        Returns
        -------
        Annotation
            Empty where the article has no sentence.

        Raises
        ------
        ValueError
            If targets are given and no stance model is loaded, or ``n_why`` is no number.
        TypeError
            If ``article`` is something else, or holds something else than text.
        """
        check_article(article)
        return next(self.annotate_all([article], n_why, targets))

    def annotate_all(
        self,
        articles: Iterable[Article],
        n_why: int = 0,
        targets: Targets = (),
        on_error: Callable[[SaysoError], object] | None = None,
    ) -> Iterator[Annotation]:
        """Annotate many articles: the same as one by one, but faster, because it works on several articles together.

        Parameters
        ----------
        articles : iterable of Article
            Read one by one, when they are needed.
        n_why, targets
            As `annotate` takes them.
        on_error : callable, optional
            Is given the error of each article on which a bug of sayso comes up; its annotation is empty, and the others
            are annotated. Without it the error is raised, which ends the iterator.

        Returns
        -------
        iterator of Annotation
            In the order of the articles.

        Raises
        ------
        ValueError, TypeError
            See `annotate`; what is no article is refused when its turn comes.
        """
        check_why(n_why)
        groups, named = grouped(articles_given(articles)), self.targets_of(targets)
        if on_error is None:
            return chain.from_iterable(self._together(group, n_why, named) for group in groups)
        return chain.from_iterable(self._one_by_one(group, n_why, named, on_error) for group in groups)

    def annotate_sentences(
        self, article: Article, sentences: Sequence[Span], n_why: int = 0, targets: Targets = ()
    ) -> Annotation:
        """Annotate an article that is already divided into sentences, such as one of a dataset.

        Parameters
        ----------
        article : Article
        sentences : sequence of Span
            In reading order, without overlap.
        n_why, targets
            As `annotate` takes them.
        """
        return next(self._of_group([(article, sentences)], n_why, self.targets_of(targets)))

    def targets_of(self, targets: Targets) -> list[Target]:
        """Give the targets that were named.

        Raises
        ------
        ValueError
            If there are any and no stance model is loaded.
        TypeError, SaysoError
            See `arguments.named_targets`.
        """
        named = named_targets(targets)
        if named and self.stance is None:
            raise ValueError("Targets need a stance model; load the models with load_annotator(stance=True).")
        return named

    def pair_chances(self, articles: Iterable[tuple[Article, Sequence[Span]]]) -> Iterator[Floats64]:
        """Give the chances that `annotate_sentences` tells kinds and source types by, for less than annotating costs.

        Parameters
        ----------
        articles : iterable of (Article, sequence of Span)
            Articles and their sentences, several of which are worked on together.

        Yields
        ------
        ndarray of shape (n_sentences, n_kinds, n_types)
            In the order of `scheme.KINDS` and `scheme.SOURCE_TYPES`: ``kind_scores`` are sums over the last axis,
            ``source_type_scores`` over the one before; `label_pairs.kind_and_type` gives the labels.
        """
        for group in _grouped(articles, lambda pair: pair[0]):
            with ONE_AT_A_TIME:
                chances = [
                    self._labelled(viewed, candidates)[2] if viewed.spans else np.zeros((0, *MAY.shape))
                    for viewed, candidates in self._found(group)
                ]
            yield from chances

    def _together(self, group: Sequence[Article], n_why: int, targets: Sequence[Target]) -> Iterator[Annotation]:
        """Annotate some articles at once."""
        with ONE_AT_A_TIME:
            in_sentences = [(article, find_sentences(article.text)) for article in group]
        yield from self._of_group(in_sentences, n_why, targets)

    def _one_by_one(
        self, group: Sequence[Article], n_why: int, targets: Sequence[Target], on_error: Callable[[SaysoError], object]
    ) -> Iterator[Annotation]:
        """Annotate some articles at once, or one by one after an error of ours."""
        try:
            annotations = [*self._together(group, n_why, targets)]
        except OF_THE_RUN:
            raise
        except Exception as error:
            failure = OwnError.of(group[0].id, error)
        else:
            yield from annotations
            return
        if len(group) == 1:
            on_error(failure)
            yield Annotation(group[0], ())
        else:
            yield from chain.from_iterable(self._one_by_one([article], n_why, targets, on_error) for article in group)

    def _of_group(
        self, group: Sequence[tuple[Article, Sequence[Span]]], n_why: int, targets: Sequence[Target]
    ) -> Iterator[Annotation]:
        """Annotate the sentences of several articles; between two of them another thread may come in."""
        with ONE_AT_A_TIME:
            found = self._found(group)
            views, candidates = [viewed for viewed, _ in found], [its_own for _, its_own in found]
            biases = bias_labels(self.bias, views, [article.title for article, _ in group], candidates)
        for (article, _), viewed, its_candidates, bias in zip(group, views, candidates, biases, strict=True):
            with ONE_AT_A_TIME:
                sentences = self._annotated(viewed, article.title, its_candidates, bias, n_why, targets)
            yield Annotation(article, tuple(sentences))

    def _found(self, group: Sequence[tuple[Article, Sequence[Span]]]) -> list[tuple[View, list[Candidate]]]:
        """Find the attributions of several articles."""
        views = [view(article.text, sentences) for article, sentences in group]
        found = self.extractor.extract_all(views) if self.extractor else [[] for _ in views]
        return [(viewed, corrected(viewed, its_own)) for viewed, its_own in zip(views, found, strict=True)]

    def _labelled(self, viewed: View, candidates: list[Candidate]) -> tuple[Reading, dict[str, _Scored], Floats64]:
        """Read the sentences, let the models score them, and give the chance of each pair of kind and source type."""
        reading = Reading.of(viewed, candidates)
        scored = {task: _Scored.by(model, reading, self.reader) for task, model in self._models().items()}
        return reading, scored, self._chances({task: scores.decided for task, scores in scored.items()})

    def _annotated(
        self,
        viewed: View,
        title: str | None,
        candidates: list[Candidate],
        bias: Sequence[BiasLabel | None],
        n_why: int,
        targets: Sequence[Target],
    ) -> list[AnnotatedSentence]:
        """Label the sentences of an article in which attributions have been found."""
        if not viewed.spans:
            return []
        reading, scored, chances = self._labelled(viewed, candidates)
        labels = _labels_of(chances)
        sure = with_descriptions(viewed, self._told(viewed, candidates, labels))
        types = [label.source_type for label in labels]
        attributions = attributions_by_sentence(viewed, sure, reading.resolved, reading.spoken, types)
        mains = [self._main(reading, n) if t != "none" else _NOBODY for n, t in enumerate(types)]
        whys = self._whys(scored, [main.cue for main in mains], labels, n_why)
        stance = stance_labels(self.stance, viewed, title, candidates, reading.spoken, targets)
        own = own_labels(self.own, viewed, title, candidates)
        deciding = self.kind or self.voice
        least = deciding.threshold if deciding else 0.0
        return [
            AnnotatedSentence(
                n,
                span,
                span.of(viewed.text),
                *label,
                max(label.kind_scores.values()) < least,
                *mains[n],
                tuple(attributions.get(n, ())),
                ReadOnly(whys[n]),
                ReadOnly(stance[n]),
                bias[n],
                ReadOnly(own[n]),
            )
            for n, (span, label) in enumerate(zip(viewed.spans, labels, strict=True))
        ]

    def _told(self, viewed: View, candidates: Sequence[Candidate], labels: Sequence[_Labels]) -> list[Candidate]:
        """Give the attributions that are told."""
        if self.extractor is None:
            return []
        nobody = [label.source_type_scores["none"] for label in labels]
        return confirmed(viewed, self.extractor.likely(candidates), self.extractor.threshold, nobody)

    def _models(self) -> dict[str, SentenceModel]:
        """Give the models that are there, by their tasks."""
        every = {VOICE: self.voice, "kind": self.kind, "source_type": self.source_type}
        return {task: model for task, model in every.items() if model}

    def _main(self, reading: Reading, n: int) -> Main:
        """Give source and cue by the model where it is sure of them, else by the rule, else as the model may see them."""
        viewed, voice, guess = reading.view, reading.spoken[n], reading.guesses[n]
        main, c = main_words(viewed, n, voice), voice.candidate
        if c is not None and c.form in BY_FORM:  # it has no cue, and the rule's would be that of something else
            return main
        if main.cue is not None and (self._is_told(c) or not (guess.source or guess.cue)):
            return main
        return Main(*[viewed.span(*words).of(viewed.text) if words else None for words in (guess.source, guess.cue)])

    def _is_told(self, candidate: Candidate | None) -> bool:
        return bool(self.extractor and candidate and self.extractor.likely([candidate]))

    def _chances(self, outputs: Mapping[str, Floats32]) -> Floats64:
        """Give the chance of each pair, shape (n_sentences, n_kinds, n_types); a sentence's sum to 1."""
        kinds, types = [
            np.maximum(softmax(outputs[task]).astype(np.float64), _TINY) if task in outputs else None
            for task in ("kind", "source_type")
        ]
        if kinds is not None and types is not None:
            pairs = kinds[:, :, None] * types[:, None, :] * MAY
        elif self.voice is None:
            raise ValueError(_TOO_FEW)
        else:
            pairs = combine(outputs[VOICE])
            if kinds is not None:  # its kinds, and for each kind the voice model's types
                pairs *= (kinds / np.maximum(pairs.sum(axis=2), _TINY))[:, :, None]
            if types is not None:
                pairs *= (types / np.maximum(pairs.sum(axis=1), _TINY))[:, None, :]
        return np.asarray(pairs / pairs.sum(axis=(1, 2), keepdims=True))

    def _whys(
        self, scored: Mapping[str, _Scored], cues: Sequence[str | None], labels: Sequence[_Labels], n: int
    ) -> list[dict[str, Reasons]]:
        """Give at most ``n`` reasons of every sentence for its kind and for its source type."""
        whys: list[dict[str, Reasons]] = [{} for _ in labels]
        if not n:
            return whys
        evidence = {task: Evidence.of(model, *scored[task], cues) for task, model in self._models().items()}
        pairs = [(label.kind, label.source_type) for label in labels]
        decided = {pair: decisions(self.voice, self.kind, self.source_type, *pair) for pair in dict.fromkeys(pairs)}
        for task in next(iter(decided.values())):
            decisive = [decided[pair][task] for pair in pairs]
            for why, reasons in zip(whys, evidence[decisive[0].model.task].explain(decisive, n), strict=True):
                why[task] = reasons
        return whys


def _labels_of(chances: Floats64) -> list[_Labels]:
    """Give the labels of sentences by the chance of each pair, shape (n_sentences, n_kinds, n_types)."""
    kinds, types = kind_and_type(chances)
    rows = zip(kinds.tolist(), types.tolist(), chances.sum(axis=2).tolist(), chances.sum(axis=1).tolist(), strict=True)
    return [
        _Labels(
            KINDS[kind],
            SOURCE_TYPES[source_type],
            ReadOnly(zip(KINDS, kind_scores, strict=True)),
            ReadOnly(zip(SOURCE_TYPES, type_scores, strict=True)),
        )
        for kind, source_type, kind_scores, type_scores in rows
    ]


def grouped(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Put articles together until there is enough text to work on at once."""
    return _grouped(articles, lambda article: article)


def _grouped(items: Iterable[T], article_of: Callable[[T], Article]) -> Iterator[list[T]]:
    group: list[T] = []
    size = 0
    for item in items:
        group.append(item)
        size += len(article_of(item).text)
        if size >= _AT_ONCE:
            yield group
            group, size = [], 0
    if group:
        yield group


def load_annotator(
    paths: Iterable[str] = (),
    shipped: Traversable | None = None,
    *,
    stance: bool = False,
    bias: bool = True,
    encoder: Encoder | None = None,
    reader: WordReader | None = None,
) -> Annotator:
    """Load the models to annotate with.

    Parameters
    ----------
    paths : iterable of str
        Model files that take the place of those of the package with the same task.
    shipped : Traversable, optional
        Folder of the package's own model files.
    stance : bool
        Load the package's stance model too, which only those need who ask about targets.
    bias : bool
        Load the package's model of loaded wording, which only those need who are told of it.
    encoder : Encoder, optional
        The one that a model was trained with.
    reader : WordReader, optional
        Its models take the place of those of the package, where none of the same task is given.

    Raises
    ------
    SaysoError
        If a file is missing, damaged, or of no use here, or the encoder or the reader is another one.
    """
    chosen = _load_given(list(paths), encoder, reader)
    folder = shipped or files("sayso.classify") / "models"
    for task in SHIPPED:
        if task not in chosen and not (task == VOICE and {"kind", "source_type"} <= chosen.keys()):
            chosen[task] = _load_of_reader(task, reader) if reader else _load_shipped(task, folder)
    if reader and not any(sort_of(model).word_reader(model) for model in chosen.values()):
        if not is_taken("reader"):  # a settings file asks all commands for it
            raise SaysoError("no model in use was trained with a reader; leave out --reader.")
        reader = None
    for task in [task for task, wanted in ((BIAS, bias), (STANCE, stance)) if wanted]:
        if task not in chosen and (task == STANCE or (folder / f"{task}.sayso").is_file()):
            chosen[task] = _load_shipped(task, folder)
    kinds_and_types: Any = {task: chosen.pop(task) for task in (VOICE, "kind", "source_type") if task in chosen}
    readers = {task: reader_of(model, encoder, reader) for task, model in chosen.items()}
    return Annotator(
        **kinds_and_types,
        extractor=readers.pop(ATTRIBUTION),
        bias=readers.pop(BIAS, None),
        stance=readers.pop(STANCE, None),
        own=readers,
        reader=reader,
    )


def _load_given(paths: Sequence[str], encoder: Encoder | None, reader: WordReader | None) -> dict[str, Model]:
    """Load the files that were given, by their tasks."""
    chosen: dict[str, Model] = {}
    asked_for = [path for path in paths if _load_one(path, chosen, encoder, reader)]
    if encoder is not None and not asked_for:
        raise SaysoError("no model given here was trained with an encoder; leave out --encoder.")
    return chosen


def _load_one(path: str, chosen: dict[str, Model], encoder: Encoder | None, reader: WordReader | None) -> bool:
    """Add a model to those of other tasks; tell whether it was trained with an encoder."""
    model = load(path)
    _check(path, model)
    if model.task in chosen:
        raise SaysoError(f"{path}: a second model of the task {model.task!r}; give one --model a task.")
    chosen[model.task] = model
    check_word_reader(sort_of(model).word_reader(model), reader, path)
    expected = sort_of(model).encoder(model)
    if expected:
        check_encoder(expected, encoder, path)
    return expected is not None


def _check(path: str, model: Model) -> None:
    """Refuse a model that annotating has no use for."""
    task = model.task
    if task not in _LABELS and sort_of(model).any_column:
        if {task, f"{task}_confidence"} & RESERVED:
            raise SaysoError(f"{path}: {task!r} is the name of something else in annotations; train it by another name.")
        return
    if task not in _LABELS:
        raise SaysoError(f"{path}: a model of the task {task!r}; annotating uses models of {', '.join(_LABELS)}.")
    if model.labels != _LABELS[task]:
        raise SaysoError(
            f"{path}: its labels are {', '.join(model.labels)}; a {task} model needs "
            f"{', '.join(_LABELS[task])}, in this order. Train it again."
        )


def _load_shipped(task: str, folder: Traversable) -> Model:
    path = folder / f"{task}.sayso"
    if not path.is_file():
        raise SaysoError(f"{path}: the model file that comes with the package is missing: reinstall sayso.")
    try:
        return _load_of_task(task, path)
    except SaysoError as error:
        raise SaysoError(f"{error} This model file comes with the package: reinstall sayso to mend it.") from error


def _load_of_reader(task: str, reader: WordReader) -> Model:
    path = reader.model(task)
    if not path.is_file():
        raise SaysoError(f"{path}: this model file of the reader is missing; install the reader again.")
    try:
        model = _load_of_task(task, path)
        if not (expected := sort_of(model).word_reader(model)):
            raise SaysoError(f"{path}: this model was trained without the reader.")
        check_word_reader(expected, reader, str(path))
    except SaysoError as error:
        raise SaysoError(f"{error} This model file comes with the reader: install the reader again.") from error
    return model


def _load_of_task(task: str, path: Traversable | Path) -> Model:
    model = load(path)
    if task != model.task:
        raise SaysoError(f"{path}: this is a model of another task.")
    _check(str(path), model)
    return model
