"""Models in files: saved, loaded, and known by their sort."""

import json
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar, cast

import numpy as np

from ...data.atomic_write import replace_file
from ...errors import SaysoError
from ..attribution.extractor import AttributionModel
from ..linear.composed import ATTRIBUTION, BIAS, STANCE, BiasModel, StanceModel
from ..linear.named import SentenceModel
from ..tasks.attribution import ATTRIBUTIONS
from ..tasks.bias import LOADED
from ..tasks.protocol import AppliedTask
from ..tasks.sentence import SENTENCE
from ..tasks.stance import STANCES
from ..tasks.wording import WORDING
from ..word_reader.reader import WordReader
from ..wording.encoders import Encoder
from ..wording.model import TextModel
from .container import JSON, ModelFile, Readable, model_bytes, read_model

__all__ = [
    "ATTRIBUTION",
    "BIAS",
    "SORTS",
    "STANCE",
    "BiasModel",
    "LabelModel",
    "Model",
    "SentenceModel",
    "StanceModel",
    "as_saved",
    "load",
    "reader_of",
    "save",
    "sort_of",
]
LabelModel = SentenceModel | BiasModel | StanceModel | TextModel
"""A model that labels sentences."""
Model = LabelModel | AttributionModel
SORTS: list[AppliedTask[Any]] = [ATTRIBUTIONS, WORDING, LOADED, STANCES]
"""The sorts of model; a file is of the first that knows it, and of named features where none does."""


def sort_of(model: Model) -> AppliedTask[Any]:
    """Give the sort that a model is of."""
    return next((sort for sort in SORTS if sort.model is type(model)), SENTENCE)


def reader_of(model: Model, encoder: Encoder | None = None, word_reader: WordReader | None = None) -> Any:
    """Give what reads articles with a model.

    Raises
    ------
    SaysoError
        If the model was trained with a word reader, and it is not the one that is given.
    """
    sort = sort_of(model)
    return sort.read_with(model, word_reader) if sort.word_reader(model) else sort.reader(model, encoder)


def save(model: Model, path: str | Path, **about: JSON) -> None:
    """Write a model file.

    Parameters
    ----------
    model : SentenceModel, BiasModel, StanceModel, TextModel or AttributionModel
    path : str or Path
    **about
        What the manifest shall say besides: scores, data digest, versions, seed, time.

    Raises
    ------
    SaysoError
        If the file could not be loaded again; nothing is written then.
    """
    head, arrays, texts = sort_of(model).pack(model)
    if wrong := [key for key in about if key in (*head, "errors", "text")]:
        raise ValueError(f"{wrong[0]!r} is a key that the model itself sets.")
    raw = model_bytes({**head, **about}, arrays, texts)
    load(_Unwritten(raw, f"{path} is not written"))
    with replace_file(path) as stream:
        stream.write(raw)


M = TypeVar("M")


def as_saved(model: M) -> M:
    """Give a model as its file would hold it, with the weights rounded as they are there.

    What no file can hold comes back as it is: `save` says what is wrong with it.
    """
    sort: AppliedTask[Any] = sort_of(cast(Model, model))
    head, arrays, texts = sort.pack(model)
    if not all(np.isfinite(array).all() for array in arrays.values()):
        return model
    head, texts = json.loads(json.dumps([head, texts]))
    try:
        saved = sort.unpack(ModelFile(head, arrays, texts, ""))
    except (SaysoError, KeyError, TypeError, ValueError, IndexError):
        return model
    if isinstance(model, StanceModel) and model.second and saved.second:
        # a file has the figures of the second model's errors, which loading leaves out
        saved = replace(saved, second=replace(saved.second, errors=model.second.errors))
    return cast(M, saved)


@dataclass(frozen=True, slots=True)
class _Unwritten:
    """A model file that is not on disk yet; ``name`` begins what is said of it."""

    raw: bytes
    name: str

    def read_bytes(self) -> bytes:
        return self.raw

    def __str__(self) -> str:
        return self.name


def load(path: str | Path | Readable) -> Model:
    """Read a model file.

    Raises
    ------
    SaysoError
        One line: which file, what is wrong, what to do.
    """
    file = read_model(path)
    try:
        sort = next((sort for sort in SORTS if sort.knows(file.manifest)), SENTENCE)
        model: Model = sort.unpack(file)
    except SaysoError as error:
        raise SaysoError(f"{path}: {error}") from error
    except (KeyError, TypeError, ValueError, IndexError) as error:  # of a sort that was registered from outside
        raise SaysoError(f"{path}: the parts of this model file do not fit together; train the model again.") from error
    return model
