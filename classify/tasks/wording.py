"""Text classifiers: any column of labels, from the wording first of all."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ...errors import SaysoError
from ..linear.composed import ATTRIBUTION, BIAS
from ..linear.named import SentenceModel
from ..model_files.container import JSON, ModelFile
from ..wording.encoders import Encoder
from ..wording.model import TextModel
from ..wording.reader import TextReader
from ..wording.recipe import Recipe
from .protocol import AppliedTask, Arrays, Packed
from .sentence import SENTENCE
from .weights import fraction, names_of, pack_words, unpack_words

KEY = "text"
"""What the manifest calls the settings of a text classifier."""
_MOST_ALSO = 8


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
            raise SaysoError("a model with a last stage, which only older versions of sayso can read; train it again.")
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
        attributions = (ATTRIBUTION,) if recipe.article or recipe.seen or recipe.loaded else ()
        return (*attributions, BIAS) if recipe.default else attributions

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
    arrays: Arrays = {}
    texts: dict[str, JSON] = {}
    for number, part in enumerate(earlier):
        arrays[f"earlier_{number}_weights"] = part.weights.astype(np.float16)
        arrays[f"earlier_{number}_bias"] = part.bias.astype(np.float32)
        texts[f"earlier_{number}_features"] = list(part.features)
    about = {
        "recipe": model.recipe.as_json(),
        "also": [{"column": part.task, "labels": list(part.labels)} for part in model.also],
        "again": model.before is not None,
        "own": {"targets": list(model.own), "share": model.share},
        "targets": {target: list(aliases) for target, aliases in model.targets.items()},
        "encoder": dict(model.encoder) if model.encoder else None,
        "tried": [[told, round(score, 4)] for told, score in model.tried],
    }
    return {KEY: about}, arrays, texts


def _unpack(
    sentences: SentenceModel, about: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]], texts: Mapping[str, Any]
) -> TextModel:
    """Read what `_pack_earlier` gave.

    Raises
    ------
    KeyError, TypeError, ValueError
        If it does not fit together.
    """
    columns, encoder = about["also"], about["encoder"]
    if len(columns) > _MOST_ALSO or not (encoder is None or _is_encoder(encoder)):
        raise ValueError(KEY)
    also = tuple(_part(i, of["column"], of["labels"], arrays, texts) for i, of in enumerate(columns))
    before = _part(len(also), sentences.task, sentences.labels, arrays, texts) if about["again"] else None
    first = len(also) + (before is not None)
    targets, share = about["own"]["targets"], fraction(about["own"]["share"])
    own = {str(t): _part(first + i, sentences.task, sentences.labels, arrays, texts) for i, t in enumerate(targets)}
    names = {str(target): tuple(map(str, aliases)) for target, aliases in about["targets"].items()}
    tried = tuple((str(told), float(score)) for told, score in about["tried"])
    found = TextModel(sentences, Recipe.of_json(about["recipe"]), also, before, encoder=encoder, tried=tried)
    return replace(found, own=own, share=share, targets=names)


def _is_encoder(about: Any) -> bool:
    return set(about) == {"name", "digest"} and all(isinstance(x, str) and x.isprintable() for x in about.values())


def _part(
    number: int, task: str, labels: Sequence[str], arrays: Mapping[str, NDArray[Any]], texts: Mapping[str, Any]
) -> SentenceModel:
    names_of([task, *labels])
    names = names_of(texts[f"earlier_{number}_features"])
    weights, bias = (arrays[f"earlier_{number}_{name}"].astype(np.float32) for name in ("weights", "bias"))
    return SentenceModel(task, tuple(labels), names, weights, bias)
