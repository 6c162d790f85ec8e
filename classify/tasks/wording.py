"""Text classifiers: any column of labels, from the wording first of all."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from ...errors import SaysoError
from ..model_files.container import ModelFile
from ..model_files.wording import KEY, pack_earlier, unpack_text
from ..model_files.wording_reader import TextReader
from ..wording.encoders import Encoder
from ..wording.model import TextModel
from .protocol import AppliedTask, Packed
from .sentence import SENTENCE
from .weights import pack_words, unpack_words


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
        about, earlier, names = pack_earlier(model)
        words = {} if model.words is None else pack_words(model.words, model.word_threshold)
        return {**head, **about}, {**arrays, **earlier, **words}, {**texts, **names}

    def unpack(self, file: ModelFile) -> TextModel:
        """Read and check; see `AppliedTask`."""
        if "last_line" in file.arrays:
            raise SaysoError("a model with a last stage, which only older versions of sayso can read; train it again.")
        model = unpack_text(SENTENCE.unpack(file), file.manifest[KEY], file.arrays, file.texts)
        if "words_scale" not in file.arrays:
            return model
        words, threshold = unpack_words(file.arrays)
        return replace(model, words=words, word_threshold=threshold)

    def reader(self, model: TextModel, encoder: Encoder | None = None) -> TextReader:
        """Give what labels the sentences of articles; it takes every part: column, loaded words, stances."""
        return TextReader(model, encoder if model.encoder else None)

    def encoder(self, model: TextModel) -> Mapping[str, Any] | None:
        """Give the encoder that the model was trained with."""
        return model.encoder


WORDING = WordingTask()
