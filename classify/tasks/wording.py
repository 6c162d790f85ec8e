"""Text classifiers: any column of labels, from the wording first of all."""

from collections.abc import Mapping
from dataclasses import fields, replace
from typing import Any

from ...data.scheme import BIASES
from ...errors import SaysoError
from ..linear.composed import ATTRIBUTION, BIAS
from ..linear.label_pairs import PAIRED, VOICE
from ..linear.named import SentenceModel
from ..model_files.container import ModelFile
from ..model_files.declared import (
    FRACTION,
    MANIFEST,
    MOST_LABELS,
    Flag,
    Keys,
    ListOf,
    MapOf,
    Number,
    OrNull,
    Row,
    Text,
    read_parts,
    wrong,
)
from ..model_files.manifest import NAME
from ..wording.encoders import Encoder
from ..wording.model import TextModel
from ..wording.reader import TextReader
from ..wording.recipe import Recipe
from .protocol import AppliedTask, Packed
from .sentence import SENTENCE, check_without_reader
from .several_models import pack_models, unpack_models
from .weights import WORDS, pack_words, unpack_words

KEY = "text"
"""What the manifest calls the settings of a text classifier."""


class WordingTask(AppliedTask[TextModel]):
    """A model of sentences, and the models whose answers it looks at."""

    model = TextModel
    any_column = True

    def knows(self, manifest: Mapping[str, Any]) -> bool:
        """Go by the key that holds how the classifier is put together."""
        return KEY in manifest

    def pack(self, model: TextModel) -> Packed:
        """Give all of the models; see `AppliedTask`."""
        head, arrays, texts = SENTENCE.pack(model.sentences)
        about, earlier, names = _pack_earlier(model)
        words = {} if model.words is None else pack_words(model.words, model.word_threshold)
        return {**head, **about}, {**arrays, **earlier, **words}, {**texts, **names}

    def unpack(self, file: ModelFile) -> TextModel:
        """Read and check; see `AppliedTask`."""
        if "last_line" in file.arrays:
            raise SaysoError(
                "this model was trained with an older version of sayso (last stage) and can "
                "no longer be read; train it again."
            )
        sentences, about = SENTENCE.unpack(file), file.manifest[KEY]
        _TEXT.check(about, f"{MANIFEST}{KEY}")
        model = _built(sentences, about, file)
        if "words_scale" not in file.arrays:
            return model
        words, threshold = unpack_words(read_parts(file, WORDS, {}))
        return replace(model, words=words, word_threshold=threshold)

    def reader(self, model: TextModel, encoder: Encoder | None = None) -> TextReader:
        """Give what labels the sentences of articles; it takes every part: column, loaded words, stances."""
        return TextReader(model, encoder if model.encoder else None)

    def looks_at(self, model: TextModel) -> tuple[str, ...]:
        """Go by the recipe; see `AppliedTask`."""
        recipe = model.recipe
        attributions = (ATTRIBUTION,) if recipe.article or recipe.seen or recipe.loaded or recipe.known else ()
        loaded = (BIAS,) if recipe.default or recipe.judged else ()
        return (*attributions, *loaded, *((VOICE,) if recipe.judged else ()))

    def encoder(self, model: TextModel) -> Mapping[str, Any] | None:
        """Give the encoder that the model was trained with."""
        return model.encoder


WORDING = WordingTask()


def _pack_earlier(model: TextModel) -> Packed:
    """Give what a model file keeps of a text classifier beside its last model.

    Returns
    -------
    about, arrays, texts
    """
    earlier = [*model.also, *([model.before] if model.before else []), *model.own.values()]
    about = {
        "recipe": model.recipe.as_json(),
        "also": [{"column": part.task, "labels": list(part.labels)} for part in model.also],
        "again": model.before is not None,
        "own": {"targets": list(model.own), "share": model.share},
        "blend": dict(model.blend),
        "targets": {target: list(aliases) for target, aliases in model.targets.items()},
        "encoder": dict(model.encoder) if model.encoder else None,
        "tried": [[told, round(score, 4)] for told, score in model.tried],
        "told_from": [round(chance, 4) for chance in model.told_from],
    }
    return {KEY: about}, *pack_models(earlier)


_RUNS = ListOf(Number(0, 9, whole=True), 2, 2)
_FLAGS = dict.fromkeys((f.name for f in fields(Recipe) if isinstance(f.default, bool)), Flag())
_WEIGHTS = dict.fromkeys(("C", "balance", "around", "vectors"), Number(0, 1e9))
_RECIPE = Keys({"words": _RUNS, "chars": _RUNS, "also": ListOf(Text(1000)), **_WEIGHTS}, _FLAGS)
_TEXT = Keys(
    {
        "recipe": _RECIPE,
        "also": ListOf(Keys({"column": Text(1000), "labels": ListOf(Text(1000), MOST_LABELS, 1)})),
        "again": Flag(),
        "own": Keys({"targets": ListOf(Text(2000), 10_000, distinct=True), "share": FRACTION}),
        "targets": MapOf(ListOf(Text(2000), 10_000), 100_000),
        "encoder": OrNull(Keys({"name": NAME, "digest": NAME})),
        "tried": ListOf(Row((Text(), FRACTION)), 10_000),
    },
    {"blend": MapOf(FRACTION), "told_from": ListOf(Number(0, 1e6), MOST_LABELS)},  # older files lack these
)
"""What the manifest says of a text classifier: see `_pack_earlier`."""


def _built(sentences: SentenceModel, about: Mapping[str, Any], file: ModelFile) -> TextModel:
    """Build what `_pack_earlier` gave, from keys that were checked."""
    check_without_reader(file)
    if sentences.task in (VOICE, *PAIRED):
        raise wrong(f"{MANIFEST}task", "a column that a text classifier can label", sentences.task)
    if sentences.task == BIAS and not {*BIASES} <= {*sentences.labels}:
        raise wrong(f"{MANIFEST}labels", f"labels among which are {' and '.join(BIASES)}", list(sentences.labels))
    told_from = tuple(map(float, about.get("told_from", ())))
    if told_from and len(told_from) != len(sentences.labels):
        raise wrong(f"{MANIFEST}{KEY}.told_from", f"a list of {len(sentences.labels):,} numbers or none", about["told_from"])
    targets = about["own"]["targets"]
    named = [(of["column"], of["labels"]) for of in about["also"]]
    named += [(sentences.task, sentences.labels)] * (about["again"] + len(targets))
    earlier = unpack_models(named, file)
    n_also = len(about["also"])
    return TextModel(
        sentences,
        _recipe(about["recipe"]),
        tuple(earlier[:n_also]),
        earlier[n_also] if about["again"] else None,
        encoder=about["encoder"],
        tried=tuple((told, float(score)) for told, score in about["tried"]),
        own=dict(zip(targets, earlier[n_also + about["again"] :], strict=True)),
        share=float(about["own"]["share"]),
        targets={target: tuple(aliases) for target, aliases in about["targets"].items()},
        told_from=told_from,
        blend={name: float(share) for name, share in about.get("blend", {}).items()},
    )


def _recipe(settings: Mapping[str, Any]) -> Recipe:
    try:
        return Recipe.of_json(settings)
    except ValueError as error:  # one is missing, unknown, or of another type
        raise wrong(f"{MANIFEST}{KEY}.recipe", f"the settings of a text classifier ({error})") from error
