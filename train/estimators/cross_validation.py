"""Cross-validation as a notebook asks for it: of a task by its name, or of an estimator."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sklearn.base import clone

from ...classify.api.in_python import python_names
from ...classify.api.reading import labelled_articles, row_names
from ...classify.api.warned import warn
from ...classify.wording.recipe import Setup
from ...data.articles.notices import Say
from ...data.corpora.reader import GROUP
from ...data.records import LabelledArticle
from ...data.rows.places import RESERVED
from ...data.rows.recognition.names import RowNames
from ..evaluation import evaluate
from ..evaluation.attribution import AttributionEvaluation, cross_validate_attribution
from ..evaluation.plan import Plan
from ..evaluation.result import Evaluation
from ..folds.cross_validation import joined
from ..given_reader import loaded_reader
from ..tasks.labels import LabelTask
from ..tasks.registry import TASKS
from .attribution import AttributionExtractor
from .base import SentenceEstimator
from .parameters import check_parameters


def cross_validate(
    task: str | SentenceEstimator | AttributionExtractor,
    data: Any,
    y: Any = None,
    *,
    groups: Any = None,
    label: str | None = None,
    n_folds: int = 5,
    repeats: int = 1,
    seed: int = 0,
    n_jobs: int = 1,
    similar: bool = False,
    text: str | None = None,
    article: str | None = None,
    target: str | None = None,
    stance: str | None = None,
    labels: str | Iterable[str] = (),
    notice: Say = lambda _: None,
) -> Evaluation | AttributionEvaluation:
    """Score a task or an estimator on articles that it has not seen, as ``sayso evaluate`` does.

    Parameters
    ----------
    task : str or estimator
        ``kind``, ``source_type``, ``stance``, ``bias``, ``attribution``, a label column of the data, or an estimator with
        its settings, which need not be fitted.
    data : str, Path, sequence of LabelledArticle, or X
        A dataset folder or a labelled file; articles of `sayso.load_dataset`; with an estimator also its ``X``.
    y : sequence, optional
        With an estimator and its ``X``: the labels.
    groups : sequence, optional
        With ``X``: items of one group are never in different folds. Default: the article of a
        SentenceIn, else each text by itself. Articles are
        never divided.
    label : str, optional
        The label column, if it differs from the task's name.
    n_folds, repeats, seed : int
        Each repeat uses the next seed, for the folds and for the models.
    n_jobs : int
        Number of folds to work on at once. It does not change the figures.
    similar : bool
        Keep similar sentences in one fold.
    text, article, target, stance, labels
        Names of a table's columns, where ``data`` is its path; see `sayso.load_dataset`.
    notice : callable of str
        Told what is being done.

    Returns
    -------
    Evaluation or AttributionEvaluation
        ``to_dict()`` and ``to_pandas()`` give its figures and predictions.

    Raises
    ------
    SaysoError
        If the data has too few articles, or only one label.
    ValueError
        If X and y do not fit together.

    Examples
    --------
    >>> import sayso
    >>> X = ["Soup was dear.", "Bread ran out.", "Cheese and bread sold well.", "Shares fell.", "Bonds fell too.",
    ...      "Shares and bonds rose."]
    >>> y = ["food", "food", "food", "money", "money", "money"]
    >>> found = sayso.cross_validate(sayso.TextClassifier(column="topic"), X, y, n_folds=3)
    >>> found.sentences, found.folds, found.to_pandas().shape[0]
    (6, 3, 6)
    """
    if isinstance(task, SentenceEstimator | AttributionExtractor):
        check_parameters(task.get_params(deep=False))
    if isinstance(task, SentenceEstimator):
        task = clone(task)
    check_parameters({"n_folds": n_folds, "repeats": repeats, "seed": seed, "n_jobs": n_jobs, "similar": similar})
    plan = Plan(n_folds=n_folds, repeats=repeats, seed=seed, n_jobs=n_jobs, similar=similar, notice=notice)
    names = row_names(text=text, article=article, target=target, stance=stance, labels=labels)
    if names != RowNames() and not isinstance(data, str | Path):
        raise ValueError("columns belong to a table; give its path as data, or leave out text, article and the like.")
    with python_names():
        name, articles = _read(task, data, y, groups, label, names)
        return _evaluated(task, name, articles, plan, label)


def _evaluated(
    task: str | SentenceEstimator | AttributionExtractor,
    name: str,
    articles: Sequence[LabelledArticle],
    plan: Plan,
    label: str | None,
) -> Evaluation | AttributionEvaluation:
    """Score what was asked for."""
    if isinstance(task, AttributionExtractor):
        plan = replace(plan, setup=Setup(reader=loaded_reader(task.reader)))
    if task == "attribution" or isinstance(task, AttributionExtractor):
        return cross_validate_attribution(articles, plan, data_name=name, label=label)
    if isinstance(task, str):
        return evaluate.cross_validate(task, articles, plan, data_name=name, label=label)
    if label is not None:
        raise ValueError(
            f"label works only with the name of a task; give the column to the estimator: {type(task).__name__}(column=…)."
        )
    learner = task.suited(articles)
    return evaluate.cross_validate(learner.column, articles, plan, data_name=name, instead=LabelTask.by(learner))


def _read(
    task: Any, data: Any, y: Any, groups: Any, label: str | None, table: RowNames
) -> tuple[str, Sequence[LabelledArticle]]:
    """Give the name of the data, and its labelled articles."""
    if not isinstance(task, str | SentenceEstimator | AttributionExtractor):
        raise ValueError(f"{task!r} is not a task; give {', '.join(TASKS)}, the name of a label column, or an estimator.")
    if isinstance(data, str | Path):
        if y is not None or groups is not None:
            raise ValueError("a dataset has its own labels and articles; leave out y and groups.")
        columns = (task, label) if isinstance(task, str) else (getattr(task, "column", None),)
        asked = tuple(column for column in columns if column and column not in RESERVED)
        return Path(data).resolve().name, labelled_articles(data, replace(table, asked=asked), warn)
    if isinstance(task, str):
        given = list(data) if isinstance(data, Iterable) else [data]
        if y is not None or groups is not None or not all(isinstance(a, LabelledArticle) for a in given):
            raise ValueError("a task needs labelled articles or a dataset; for X and y, give an estimator.")
        return "data", given
    if isinstance(task, AttributionExtractor):
        if groups is not None:
            raise ValueError("an extractor takes no groups: its folds hold out whole articles; leave out groups.")
        return "data", task.labelled_articles(data, y)
    articles, names = task.labelled_articles(data, y, groups)
    task.check_labels(task.labels_in(articles))
    return "data", articles if names is None else _held_together(articles, names)


def _held_together(articles: Sequence[LabelledArticle], names: Sequence[Sequence[str]]) -> list[LabelledArticle]:
    """Mark articles that share a group as belonging together; ``names`` are the groups in each."""
    numbers = joined(names)
    return [replace(a, meta={**a.meta, GROUP: f"groups {n}"}) for a, n in zip(articles, numbers, strict=True)]
