"""Estimators of models that were fitted before: those in files, and those that a task has fitted."""

from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any

from ...classify.attribution.extractor import AttributionModel
from ...classify.kinds.word_features import reads_words
from ...classify.linear.composed import BIAS, STANCE, BiasModel, StanceModel
from ...classify.linear.label_pairs import PAIRED, VOICE
from ...classify.linear.named import SentenceModel
from ...classify.model_files.container import read_model
from ...classify.model_files.files import load, sort_of
from ...classify.wording.encoders import Encoder, load_encoder
from ...classify.wording.model import TextModel
from ...errors import SaysoError
from ..given_reader import Given, reader_for
from .attribution import AttributionExtractor
from .base import Saved
from .bias import BiasClassifier
from .kind import KindClassifier
from .stance import StanceClassifier
from .text import TextClassifier

_RESERVED = ("errors", "text")
"""What a manifest says of the model itself, besides what its sort packs."""


def load_model(
    path: str | Path | Traversable,
    *,
    column: str | None = None,
    encoder: Encoder | str | Path | None = None,
    reader: Given | None = None,
) -> Any:
    """Load a model file as a fitted estimator.

    Parameters
    ----------
    path : str or Path
        A file of `save`, of ``sayso train``, of the local page, or a built-in model.
    column : {"kind", "source_type"}, optional
        Which of the two to predict, if the model predicts both. Default: kind.
    encoder : Encoder, str or Path, optional
        The one that the model was trained with.
    reader : WordReader, str or Path, optional
        The one that the model was trained with: ``minilm``, or the folder of a reader.

    Returns
    -------
    KindClassifier, TextClassifier, StanceClassifier, BiasClassifier or AttributionExtractor
        Depends on the model.

    Raises
    ------
    SaysoError
        If the file is no model, the model has no such column, or the reader is not the one that it was trained with.
    TypeError
        If ``path`` is no path.

    Examples
    --------
    >>> from pathlib import Path
    >>> from tempfile import TemporaryDirectory
    >>> import sayso
    >>> X = ["Soup was dear.", "Bread ran out.", "Cheese and bread sold well.", "Shares fell.", "Bonds fell too.",
    ...      "Shares and bonds rose."]
    >>> y = ["food", "food", "food", "money", "money", "money"]
    >>> with TemporaryDirectory() as folder:
    ...     sayso.TextClassifier(column="topic").fit(X, y).save(Path(folder) / "topic.sayso")
    ...     classifier = sayso.load_model(Path(folder) / "topic.sayso")
    >>> classifier.predict(["Bonds rose.", "The bread was good."]).tolist()
    ['money', 'food']
    """
    if not isinstance(path, str | Path | Traversable):
        raise TypeError(f"load_model() takes the path of a model file (NAME.sayso), not {type(path).__name__}.")
    file = path if isinstance(path, Traversable) else Path(path)
    model = load(file)
    own = "kind" if model.task == VOICE else model.task
    if column is not None and column != own and not (model.task == VOICE and column in PAIRED):
        raise SaysoError(f"{path}: this model predicts {own!r}, not {column!r}; leave out column.")
    if reader is not None:
        reader_for(getattr(model, "reader", None), reader, str(path))  # what is wrong with it is said now
        if isinstance(model, AttributionModel) and not model.reader:
            raise SaysoError(f"{path}: this model was trained without a reader; leave out reader.")
    loaded = load_encoder(str(encoder)) if isinstance(encoder, str | Path) else encoder
    estimator = estimator_for(model, column or own, loaded, reader)
    manifest = read_model(file).manifest
    head = sort_of(model).pack(model)[0]
    estimator.about_ = {key: value for key, value in manifest.items() if key not in (*head, *_RESERVED)}
    if model.task == VOICE:
        estimator.together = None  # fitted anew, it learns both again
    if isinstance(manifest.get("seed"), int):
        estimator.seed = manifest["seed"]
    return estimator


def estimator_for(model: Any, column: str, encoder: Encoder | None = None, reader: Given | None = None) -> Any:
    """Give the fitted estimator of a model.

    Parameters
    ----------
    model : LabelModel or AttributionModel
    column : str
        That it predicts.
    encoder : Encoder, optional
        The one that it was trained with.
    reader : WordReader, str or Path, optional
        The one that it was trained with.
    """
    if isinstance(model, AttributionModel):
        return AttributionExtractor(reader=reader).of(model)
    if isinstance(model, TextModel):
        asked: dict[str, Any] = {"encoder": encoder, "recipe": model.recipe}
        if column in (STANCE, BIAS):
            of_column = StanceClassifier if column == STANCE else BiasClassifier
            return of_column(wording=True, **asked).of(model)
        return TextClassifier(column=column, labels=model.labels, **asked).of(model)
    if isinstance(model, StanceModel):
        return StanceClassifier(wording=False).of(model)
    if isinstance(model, BiasModel):
        return BiasClassifier(wording=False).of(model)
    if isinstance(model, SentenceModel):
        labels = None if column in PAIRED else model.labels
        words = reads_words(model.features)
        return KindClassifier(column=column, labels=labels, together=False, words=words, reader=reader).of(model)
    return OtherModel().of(model)


class OtherModel(Saved):
    """Keeps a model of a sort that was registered from outside: it can be saved."""

    def __init__(self, *, seed: int = 0) -> None:
        self.seed = seed

    def of(self, model: Any) -> "OtherModel":
        """Make it fitted."""
        self.model_, self.about_ = model, {}
        return self
