"""Text classifiers: any column of labels, from the wording first of all."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from numpy.typing import NDArray

from ...errors import SaysoError
from ..linear.composed import ATTRIBUTION, BIAS
from ..linear.label_pairs import VOICE
from ..linear.named import SentenceModel
from ..model_files.container import ModelFile
from ..wording.encoders import Encoder
from ..wording.model import TextModel
from ..wording.reader import TextReader
from ..wording.recipe import Recipe
from .protocol import AppliedTask, Packed
from .sentence import SENTENCE
from .several_models import pack_models, unpack_models
from .weights import fraction, pack_words, unpack_words

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
        model = _unpack(SENTENCE.unpack(file), file.manifest[KEY], file.arrays, file.texts)
        if "words_scale" not in file.arrays:
            return model
        words, threshold = unpack_words(file.arrays)
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


def _unpack(
    sentences: SentenceModel, about: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], texts: Mapping[str, Any]
) -> TextModel:
    """Read what `_pack_earlier` gave.

    Raises
    ------
    KeyError, TypeError, ValueError
        If it does not fit together.
    """
    encoder = about["encoder"]
    if not (encoder is None or _is_encoder(encoder)):
        raise ValueError(KEY)
    targets, share = about["own"]["targets"], fraction(about["own"]["share"])
    named = [(of["column"], of["labels"]) for of in about["also"]]
    named += [(sentences.task, sentences.labels)] * (bool(about["again"]) + len(targets))
    earlier = unpack_models(named, arrays, texts)
    also = tuple(earlier[: len(about["also"])])
    before = earlier[len(also)] if about["again"] else None
    own = {str(target): model for target, model in zip(targets, earlier[len(earlier) - len(targets) :], strict=True)}
    names = {str(target): tuple(map(str, aliases)) for target, aliases in about["targets"].items()}
    blend = {str(name): fraction(counts) for name, counts in about.get("blend", {}).items()}  # older files have none
    tried = tuple((str(told), float(score)) for told, score in about["tried"])
    told_from = tuple(map(float, about.get("told_from", ())))
    if told_from and len(told_from) != len(sentences.labels):
        raise ValueError("told_from")
    found = TextModel(sentences, Recipe.of_json(about["recipe"]), also, before, encoder=encoder, tried=tried)
    return replace(found, own=own, share=share, targets=names, told_from=told_from, blend=blend)


def _is_encoder(about: Any) -> bool:
    return set(about) == {"name", "digest"} and all(isinstance(x, str) and x.isprintable() for x in about.values())
