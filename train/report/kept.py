"""What a side of a comparison was, as far as its name and the files that it names say."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...classify.model_files.container import read_model
from ...data.records import LabelledArticle
from ...data.system.whole_file import whole_file
from ..evaluation.predictions import read_predictions
from ..evaluation.sides import WAYS, is_model, predictions_file
from ..tasks.adapted import OF_PACKAGE
from .files import kept_files
from .folder import MOST_BYTES
from .methods import kept_text, manifest_text, way_text
from .used import LEARN, TEMPERATURE, Used, built_in, used_by_figures, used_by_model, used_for_features

_OF_BUILT_IN = ("adapted", "package")
_NOT_LEARNED = ("rule", "stratified", "most_frequent", "package")


@dataclass(frozen=True, slots=True)
class Side:
    """A side of a comparison.

    Parameters
    ----------
    way : str
        How it labels, in words.
    used : Used
    task : str
        Empty where nothing tells.
    data : mapping or None
        Name, sizes and digest of the data, where an evaluation has kept them.
    made : str
        How its model was made, in sentences; empty where there is none, or nothing says it.
    """

    way: str
    used: Used
    task: str = ""
    data: Mapping[str, Any] | None = None
    made: str = ""


def side_of(name: str, column: str | None, articles: Sequence[LabelledArticle], task: str | None = None) -> Side:
    """Say what a side was.

    Parameters
    ----------
    name : str
        A way, a model file, or what an evaluation has kept.
    column : str or None
        That is labelled, where it was named.
    articles : sequence of LabelledArticle
        What ways learn from.
    task : str, optional
        That is compared, where it is not the column.
    """
    if name in WAYS:
        used = Used() if name in _NOT_LEARNED else Used(methods=(LEARN, TEMPERATURE)) + used_for_features(articles)
        model = OF_PACKAGE.get(column or "") if name in _OF_BUILT_IN else None
        of = task or column
        made = way_text(name, of, articles, column) if of else ""
        return Side(WAYS[name], used + (built_in(model) if model else Used()), made=made)
    path = Path(name)
    if is_model(name):
        manifest = read_model(path).manifest
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        said = f"a model file, SHA-256 {digest[:12]}…"
        return Side(said, used_by_model(manifest), str(manifest.get("task", "")), made=manifest_text(manifest))
    return _kept(path, name)


def _kept(path: Path, name: str) -> Side:
    """Read what an evaluation says of itself: its figures where they are named, or else its predictions."""
    figures = None if path.suffix.lower() == ".parquet" else kept_files(path)["json"]
    if figures is None or not figures.is_file():
        about = read_predictions(predictions_file(name))[1]
        return Side("predictions that an evaluation kept", Used(), str(about.get("task", "")))
    found = json.loads(whole_file(figures, most=MOST_BYTES, what="a file of figures"))
    folds = f"{found['folds']}-fold cross-validation, seed {found['seed']}" if found.get("folds") else "a given model"
    said, used = f"an evaluation of {folds}", used_by_figures(found) or Used()
    methods = figures.with_name("methods.txt")  # of a folder; a page has none
    made = kept_text(whole_file(methods, most=MOST_BYTES, what="a text").decode("utf-8")) if methods.is_file() else ""
    return Side(said, used, str(found.get("task", "")), found.get("data"), made)
