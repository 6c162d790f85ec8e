"""What can be compared: model files, predictions that an evaluation kept, and ways of learning on the same folds."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from ...classify.linear.label_pairs import VOICE
from ...classify.model_files.container import read_model
from ...data.records import LabelledArticle
from ...errors import SaysoError
from ..estimators.kind import KindClassifier
from ..folds.unseen import READ_WITH, TOO_GOOD
from ..report.files import kept_files
from ..tasks.adapted import PACKAGE, adapted_from, base_file
from ..tasks.labels import LabelTask
from ..tasks.registry import task_of
from ..tasks.task import AnyTask
from .compare import Comparison, Flip
from .evaluate import cross_validate, evaluate_model
from .plan import Plan
from .predictions import Predictions, read_predictions

WAYS: Mapping[str, str] = {
    "own": "the task as sayso train learns it",
    "plain": "logistic regression on the words, for this column alone",
    "rule": "the hand-written rules",
    "stratified": "random labels, with the shares that they have in training",
    "most_frequent": "always the most frequent label of the training articles",
    "adapted": "the built-in model for the column, adapted to the labels",
    "package": "the built-in model for the column, unchanged",
}
"""Names that stand for a way of labelling instead of a file."""
_LEARNED = ("plain", "adapted", "package")
"""Ways besides the task's own that have predictions of their own; the others are baselines beside those."""
_NOT_NEW = "So this comparison does not say which is better on articles that neither has seen."
_REPORTS = (".html", ".htm", ".json")


def is_model(name: str) -> bool:
    """Tell whether a side is a model file by its name."""
    path = Path(name)
    return name not in WAYS and path.suffix.lower() not in (*_REPORTS, ".parquet") and not path.is_dir()


def task_named(names: Sequence[str], task: str | None) -> str:
    """Find the task of a comparison: as asked for, or that of the model files.

    Raises
    ------
    SaysoError
        If neither tells.
    """
    if task is not None:
        return task
    tasks = {str(read_model(Path(name)).manifest["task"]) for name in names if is_model(name)}
    if len(tasks) > 1:
        raise SaysoError(
            f"models of different tasks, {' and '.join(sorted(tasks))}, cannot be compared; "
            "if both can do one task, give --task."
        )
    if not tasks:
        raise SaysoError("give the task to compare with --task, such as --task kind.")
    found = tasks.pop()
    return "kind" if found == VOICE else found


def kept_predictions(name: str) -> Predictions:
    """Read the predictions of an evaluation; see `predictions_file`."""
    return read_predictions(predictions_file(name))[0]


def predictions_file(name: str) -> Path:
    """Find the predictions of an evaluation: the Parquet file, or that of a report's folder, page or figures.

    Raises
    ------
    SaysoError
        If there is no such file.
    """
    path = Path(name)
    if path.is_dir() or path.suffix.lower() in _REPORTS:
        path = kept_files(path)["predictions"]
    if not path.is_file():
        raise SaysoError(f"{path}: no such file; create it with sayso evaluate TASK --report.")
    return path


def sides(
    names: tuple[str, str],
    articles: Callable[[], Sequence[LabelledArticle]],
    task: str | None,
    label: str | None,
    plan: Plan,
) -> tuple[Predictions, Predictions, tuple[str, ...]]:
    """Get the predictions of both sides, and what to know of them: articles that a model has seen, and the reader.

    Parameters
    ----------
    names : (str, str)
        Each a model file, a file that an evaluation kept, or one of `WAYS`.
    articles : callable
        Reads the labelled articles, if they are needed.
    task, label : str, optional
        What is compared.
    plan : Plan
        How ways are cross-validated.
    """
    fresh: dict[str, Predictions] = {}
    found: list[Predictions] = []
    notes: list[str] = []
    for name in names:
        if name in WAYS:
            own = name if name in _LEARNED else "own"
            if own not in fresh:
                fresh[own] = _cross_validated(own, articles(), task_named(names, task), label, plan)
            found.append(fresh[own] if name == own else _baseline(fresh[own], name))
        elif is_model(name):
            column = label or task_named(names, task)
            evaluated = evaluate_model(Path(name), column, articles(), _for_model(name, plan))
            notes += [note for note in evaluated.notes if note.endswith(TOO_GOOD) or note.startswith(READ_WITH)]
            found.append(evaluated._predictions)
        else:
            found.append(kept_predictions(name))
    caveat = [_NOT_NEW] if any(note.endswith(TOO_GOOD) for note in notes) else []
    return found[0], found[1], (*dict.fromkeys(notes), *caveat)


def _for_model(name: str, plan: Plan) -> Plan | None:
    """Give the plan's reader to a model that was trained with one; the other one is asked as it was trained."""
    return plan if read_model(Path(name)).manifest.get("reader") else None


def _cross_validated(way: str, articles: Sequence[LabelledArticle], task: str, label: str | None, plan: Plan) -> Predictions:
    plan.notice(f"{way}: {WAYS[way]}")
    if way == "package":
        return evaluate_model(base_file(PACKAGE, task), task, articles, instead=adapted_from(PACKAGE, task))._predictions
    entry = task_of(task, articles, label)
    ways: Mapping[str, Callable[[], AnyTask]] = {
        "plain": lambda: LabelTask.by(
            KindClassifier(column=entry.column, labels=entry.labels, together=False, words=True), entry.name
        ),
        "adapted": lambda: adapted_from(PACKAGE, task),
    }
    instead = ways[way]() if way in ways else None
    return cross_validate(task, articles, plan, label=label, instead=instead)._predictions


def _baseline(found: Predictions, name: str) -> Predictions:
    if name not in found.others:
        raise SaysoError(f"{name}: there are no hand-written rules for this column.")
    predicted = found.others[name]
    sure = np.array([[float(label == given) for label in found.labels] for given in predicted])
    return replace(found, predicted=predicted, chances=sure, raw=sure)


def with_texts(found: Comparison, articles: Sequence[LabelledArticle]) -> Comparison:
    """Add the sentences that were labelled differently."""
    texts = {(a.article.id, s.n): " ".join(s.span.of(a.article.text).split()) for a in articles for s in a.sentences}

    def told(flips: Sequence[Flip]) -> tuple[Flip, ...]:
        return tuple(replace(f, text=texts.get((f.article, f.n), "")) for f in flips)

    return replace(found, mended=told(found.mended), broken=told(found.broken), other=told(found.other))
