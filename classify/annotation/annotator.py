"""Annotating articles: sentences, whose voice they are, and who is behind it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any, NamedTuple

import numpy as np

from ...data.arrays import Floats32, Floats64, softmax
from ...data.articles.sentences import find_sentences
from ...data.records import Article
from ...data.scheme import BIASES, KINDS, SOURCE_TYPES, SOURCE_TYPES_OF, STANCES
from ...errors import SaysoError
from ..attribution.extractor import Candidate, Extractor
from ..attribution.source_ends import with_descriptions
from ..kinds.features import Voice, describe, resolve_sources, voices
from ..language.article_tokens import View, view
from ..language.kind_rule import Guess, apply_rule
from ..language.mentions import introductions
from ..linear.label_pairs import OUTPUTS, VOICE, combine, kind_and_type
from ..model_files.files import ATTRIBUTION, BIAS, STANCE, Model, SentenceModel, load, sort_of
from ..stance_bias.targets import Target
from ..tasks.protocol import BiasReader, ColumnReader, StanceReader
from ..wording.encoders import Encoder, check_encoder
from .attributions import Main, attributions_by_sentence, main_words
from .labels import bias_labels, own_labels, stance_labels
from .reasons import Evidence, Reasons, decisions
from .records import RESERVED, Annotated, BiasLabel

SHIPPED = (ATTRIBUTION, VOICE)
_LABELS: Mapping[str, tuple[str, ...]] = {
    ATTRIBUTION: (),
    VOICE: OUTPUTS,
    "kind": KINDS,
    "source_type": SOURCE_TYPES,
    BIAS: BIASES,
    STANCE: STANCES,
}
_MAY = np.array([[t in SOURCE_TYPES_OF[kind] for t in SOURCE_TYPES] for kind in KINDS])
_TINY = 1e-30
_AT_ONCE = 130_000  # characters of articles worked on together: some 25,000 tokens
_TOO_FEW = "Give a voice model, or a kind and a source_type model."


class _Seen(NamedTuple):
    """What is known of an article before the sentence models speak."""

    view: View
    guesses: list[Guess]
    spoken: list[Voice]


@dataclass(frozen=True, slots=True)
class Annotator:
    """Annotates articles; it needs a voice model, or one of kind and one of source type.

    Parameters
    ----------
    voice : SentenceModel or None
        Its labels are `pairs.OUTPUTS`; it gives kind and source type together.
    kind, source_type : SentenceModel or None
        Where given, they decide instead of ``voice``.
    extractor : Extractor or None
        Without it no attributions are found; sources and cues are then the rule's.
    bias : BiasReader or None
        Without it nothing is said of loaded wording.
    stance : StanceReader or None
        Needed where targets are asked about.
    own : mapping of str to ColumnReader
        Models of columns of the user's own.
    """

    voice: SentenceModel | None = None
    kind: SentenceModel | None = None
    source_type: SentenceModel | None = None
    extractor: Extractor | None = None
    bias: BiasReader | None = None
    stance: StanceReader | None = None
    own: Mapping[str, ColumnReader] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check that both labels can be given."""
        if self.voice is None and (self.kind is None or self.source_type is None):
            raise ValueError(_TOO_FEW)

    def annotate(self, article: Article, n_why: int = 0, targets: Sequence[Target] = ()) -> list[Annotated]:
        """Annotate the sentences of an article, in order.

        Parameters
        ----------
        article : Article
        n_why : int
            How many reasons to give for each label, besides the rest and the constant.
        targets : sequence of Target
            Towards whom each sentence's stance is asked for.

        Returns
        -------
        list of Annotated
            Empty where the article has no sentence.
        """
        return next(self.annotate_all([article], n_why, targets))[1]

    def annotate_all(
        self, articles: Iterable[Article], n_why: int = 0, targets: Sequence[Target] = ()
    ) -> Iterator[tuple[Article, list[Annotated]]]:
        """Annotate one article after the other: the same as one by one, and faster, as several are worked on together."""
        for group in _grouped(articles):
            views = [view(article.text, find_sentences(article.text)) for article in group]
            found = self.extractor.extract_all(views) if self.extractor else [[] for _ in views]
            judged = bias_labels(self.bias, views, [article.title for article in group], found)
            for article, viewed, candidates, bias in zip(group, views, found, judged, strict=True):
                yield article, self._annotated(viewed, article.title, candidates, bias, n_why, targets)

    def _annotated(
        self,
        viewed: View,
        title: str | None,
        candidates: list[Candidate],
        bias: Sequence[BiasLabel | None],
        n_why: int,
        targets: Sequence[Target],
    ) -> list[Annotated]:
        """Label the sentences of an article in which attributions have been found."""
        if not viewed.spans:
            return []
        named = introductions(viewed)
        resolved = resolve_sources(viewed, candidates, named)
        seen = _Seen(viewed, apply_rule(viewed, named), voices(viewed, candidates, resolved))
        described = {task: describe(*seen, model.vocabulary) for task, model in self._models().items()}
        outputs = {task: model.outputs(described[task]) for task, model in self._models().items()}
        chances = self._chances(outputs)
        kinds, types = kind_and_type(chances)
        labels = [(KINDS[k], SOURCE_TYPES[t]) for k, t in zip(kinds.tolist(), types.tolist(), strict=True)]
        told = with_descriptions(viewed, self.extractor.likely(candidates)) if self.extractor else []
        found = attributions_by_sentence(viewed, told, resolved, seen.spoken, [t for _, t in labels])
        kind_scores, type_scores = chances.sum(axis=2).tolist(), chances.sum(axis=1).tolist()
        mains = [self._main(seen, n) if t != "none" else Main(None, None) for n, (_, t) in enumerate(labels)]
        evidence = {
            task: Evidence.of(model, described[task], outputs[task], [main.cue for main in mains])
            for task, model in self._models().items()
            if n_why
        }
        whys = self._whys(evidence, labels, n_why)
        stance = stance_labels(self.stance, viewed, title, candidates, seen.spoken, targets)
        own = own_labels(self.own, viewed, title, candidates)
        deciding = self.kind or self.voice
        threshold = deciding.threshold if deciding else 0.0
        return [
            Annotated(
                n=n,
                span=span,
                kind=labels[n][0],
                source_type=labels[n][1],
                kind_scores=dict(zip(KINDS, kind_scores[n], strict=True)),
                source_type_scores=dict(zip(SOURCE_TYPES, type_scores[n], strict=True)),
                abstain=max(kind_scores[n]) < threshold,
                source=mains[n].source,
                cue=mains[n].cue,
                attributions=tuple(found.get(n, ())),
                why=whys[n],
                stance=stance[n],
                bias=bias[n],
                own=own[n],
            )
            for n, span in enumerate(viewed.spans)
        ]

    def _models(self) -> dict[str, SentenceModel]:
        """Give the models that are there, by their tasks."""
        every = {VOICE: self.voice, "kind": self.kind, "source_type": self.source_type}
        return {task: model for task, model in every.items() if model}

    def _main(self, seen: _Seen, n: int) -> Main:
        """Give source and cue by the model where it is sure of them, else by the rule, else as the model may see them."""
        voice, guess, text = seen.spoken[n], seen.guesses[n], seen.view.text
        main = main_words(seen.view, n, voice)
        sure = bool(self.extractor and voice.candidate and self.extractor.likely([voice.candidate]))
        if main.cue is not None and (sure or not (guess.source or guess.cue)):
            return main
        return Main(*(seen.view.span(*words).of(text) if words else None for words in (guess.source, guess.cue)))

    def _chances(self, outputs: Mapping[str, Floats32]) -> Floats64:
        """Give the chance of each pair, shape (n_sentences, n_kinds, n_types); a sentence's sum to 1."""
        kinds, types = [
            np.maximum(softmax(outputs[task]).astype(np.float64), _TINY) if task in outputs else None
            for task in ("kind", "source_type")
        ]
        if kinds is not None and types is not None:
            pairs = kinds[:, :, None] * types[:, None, :] * _MAY
        elif self.voice is None:
            raise ValueError(_TOO_FEW)
        else:
            pairs = combine(outputs[VOICE])
            if kinds is not None:  # its kinds, and for each kind the voice model's types
                pairs *= (kinds / np.maximum(pairs.sum(axis=2), _TINY))[:, :, None]
            if types is not None:
                pairs *= (types / np.maximum(pairs.sum(axis=1), _TINY))[:, None, :]
        return np.asarray(pairs / pairs.sum(axis=(1, 2), keepdims=True))

    def _whys(self, evidence: Mapping[str, Evidence], labels: Sequence[tuple[str, str]], n: int) -> list[dict[str, Reasons]]:
        """Give the reasons of every sentence for its kind and for its source type; none where there is no evidence."""
        found: list[dict[str, Reasons]] = [{} for _ in labels]
        if not evidence:
            return found
        decided = {pair: decisions(self.voice, self.kind, self.source_type, *pair) for pair in dict.fromkeys(labels)}
        for task in next(iter(decided.values())):
            of = [decided[pair][task] for pair in labels]
            for why, reasons in zip(found, evidence[of[0].model.task].explain(of, n), strict=True):
                why[task] = reasons
        return found


def _grouped(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """Put articles together until there is enough text."""
    group: list[Article] = []
    size = 0
    for article in articles:
        group.append(article)
        size += len(article.text)
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

    Raises
    ------
    SaysoError
        If a file is missing, damaged, or of no use here, or the encoder is another one.
    """
    chosen = _load_given(list(paths), encoder)
    folder = shipped or files("sayso.classify") / "models"
    for task in SHIPPED:
        if task not in chosen and not (task == VOICE and {"kind", "source_type"} <= chosen.keys()):
            chosen[task] = _load_shipped(task, folder)
    for task in [task for task, wanted in ((BIAS, bias), (STANCE, stance)) if wanted]:
        if task not in chosen and (task == STANCE or (folder / f"{task}.sayso").is_file()):
            chosen[task] = _load_shipped(task, folder)
    kinds_and_types: Any = {task: chosen.pop(task) for task in (VOICE, "kind", "source_type") if task in chosen}
    readers = {task: sort_of(model).reader(model, encoder) for task, model in chosen.items()}
    return Annotator(
        **kinds_and_types,
        extractor=readers.pop(ATTRIBUTION),
        bias=readers.pop(BIAS, None),
        stance=readers.pop(STANCE, None),
        own=readers,
    )


def _load_given(paths: Sequence[str], encoder: Encoder | None) -> dict[str, Model]:
    """Load the files that were given, by their tasks."""
    chosen: dict[str, Model] = {}
    asked_for = [path for path in paths if _load_one(path, chosen, encoder)]
    if encoder is not None and not asked_for:
        raise SaysoError("no model given here was trained with an encoder; leave out --encoder.")
    return chosen


def _load_one(path: str, chosen: dict[str, Model], encoder: Encoder | None) -> bool:
    """Add a model to those of other tasks; tell whether it was trained with an encoder."""
    model = load(path)
    _check(path, model)
    if model.task in chosen:
        raise SaysoError(f"{path}: a second model of the task {model.task!r}; give one --model a task.")
    chosen[model.task] = model
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
        model = load(path)
        if task != model.task:
            raise SaysoError(f"{path}: this is a model of another task.")
        _check(str(path), model)
    except SaysoError as error:
        raise SaysoError(f"{error} This model file comes with the package: reinstall sayso to mend it.") from error
    return model
