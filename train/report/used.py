"""What a result has used of other people's: public corpora and methods, to be cited with it."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...classify.audit.made_with import MADE_WITH
from ...classify.linear.composed import ATTRIBUTION, BIAS, STANCE
from ...classify.linear.label_pairs import VOICE
from ...classify.model_files.container import read_model
from ...classify.model_files.shipped import BESIDE, shipped_model
from ...classify.word_reader.reader import PACKAGES
from ...data.citing.methods import METHODS
from ...data.citing.reference import Reference
from ...data.citing.sources import corpora_of_dataset, corpora_of_manifest, corpus_of
from ...data.citing.tool import tool_reference
from ...data.records import LabelledArticle
from ...errors import SaysoError
from ..estimators.wording import WordingEstimator
from ..evaluation.attribution import AttributionEvaluation
from ..evaluation.compare import Comparison
from ..evaluation.result import Evaluation
from ..given_reader import corpora_of_reader, open_reader
from ..held_out_attributions import SHIPPED, choose_source
from ..tasks.adapted import ADAPTED_FROM, OF_PACKAGE, PACKAGE
from ..tasks.labels import LabelTask
from ..tasks.registry import task_of
from ..tasks.task import AnyTask

LEARN, SPLIT = "scikit-learn", "nupunkt"
PLATT, TEMPERATURE = "platt scaling", "temperature scaling, expected calibration error"
BOOTSTRAP, KAPPA = "bootstrap over articles", "cohen's kappa"
TOGETHER, WORDING = "kind and source type together", "wording"
PPI = "prediction-powered inference"
READER = ("minilm", "biaffine links")
QUANTIFICATION = ("adjusted count", "probabilistic adjusted count")
T_TEST, PERMUTATION = "corrected resampled t-test", "permutation test"
_OF_REPORT = (LEARN, BOOTSTRAP, TEMPERATURE, "brier score", "risk and coverage", "confident learning")
_OF_FIGURES: Sequence[tuple[set[str], tuple[str, ...]]] = (
    ({"column", "labels", "without_machine_label"}, ("design-based supervised learning", "power tuning", PPI)),
    ({"outcome", "terms", "trust"}, ("design-based supervised learning", "power tuning", PPI)),
    ({"annotators", "columns"}, (KAPPA, "gwet's ac1", "krippendorff's alpha")),
)
"""Keys by which the JSON of other commands is known, and what those have used."""


@dataclass(frozen=True, slots=True)
class Used:
    """Public corpora and methods, by their keys in `CORPORA` and `METHODS`."""

    corpora: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()

    def __add__(self, other: "Used") -> "Used":
        """Join what two results have used; each name once."""
        return Used(*(tuple(sorted({*a, *b})) for a, b in ((self.corpora, other.corpora), (self.methods, other.methods))))

    def as_json(self) -> dict[str, list[str]]:
        """Give the names, as a report keeps them."""
        return {"corpora": list(self.corpora), "methods": list(self.methods)}

    def references(self) -> list[Reference]:
        """Give what to cite: the tool, the corpora and the methods; names of another version are left out."""
        known = (corpus_of(key) for key in self.corpora)
        papers = [paper for corpus in known if corpus for paper in corpus.cited]
        return [tool_reference(), *papers, *(METHODS[name] for name in self.methods if name in METHODS)]


def used_by(result: Evaluation | AttributionEvaluation, articles: Sequence[LabelledArticle]) -> Used:
    """Say what an evaluation has used, apart from what its datasets and model files have.

    Parameters
    ----------
    result : Evaluation or AttributionEvaluation
    articles : sequence of LabelledArticle
        Those that were evaluated.
    """
    if isinstance(result, AttributionEvaluation):
        return Used(methods=(LEARN, BOOTSTRAP))
    kappa = (KAPPA,) if result.human and result.human.kappa is not None else ()
    return Used(methods=(*_OF_REPORT, *kappa)) + _of_way(result, articles)


def used_by_files(datasets: Iterable[Path | None], models: Iterable[Path | str | None], column: str) -> Used:
    """Say what datasets and models have used.

    Parameters
    ----------
    datasets : iterable of Path or None
        Their cards are read.
    models : iterable of Path, str or None
        Model files; ``package`` stands for the built-in model of the column.
    column : str
        That is labelled.
    """
    found = sum((Used(corpora=tuple(corpora_of_dataset(path))) for path in datasets if path), Used())
    for model in models:
        if model == PACKAGE:
            found += built_in(OF_PACKAGE.get(column, column))
        elif model is not None:
            found += used_by_model(read_model(Path(model)).manifest)
    return found


def used_by_reader(name: str | None) -> Used:
    """Say what a word reader has used: the corpora that it learned from, and the methods of its network.

    Parameters
    ----------
    name : str or None
        Name or folder; nothing without one.
    """
    return Used(tuple(corpora_of_reader(open_reader(name))), tuple(sorted(READER))) if name else Used()


def way_of(task: AnyTask) -> str:
    """Name the way of learning of a task: `TOGETHER`, the class of its estimator, or `WORDING`; empty where none fits."""
    if not isinstance(task, LabelTask):
        return ""
    if task.learner.by_wording:
        return WORDING
    return TOGETHER if task.learner.settings.get("together") else type(task.learner).__name__


def _of_way(result: Evaluation, articles: Sequence[LabelledArticle]) -> Used:
    """Say what the models of the folds have used."""
    if result.folds is None:
        return built_in(ATTRIBUTION)
    task = task_of(result.task, articles, result.column)
    found = Used(methods=(PLATT,) if way_of(task) == TOGETHER else ())
    found += used_for_features(articles)
    if isinstance(task, LabelTask) and isinstance(task.learner, WordingEstimator) and task.learner.by_wording:
        recipe = task.learner.used_recipe
        asked = [VOICE] * recipe.judged + [BIAS] * (recipe.judged or recipe.default)
        found = sum((built_in(name) for name in asked), found)
    return found


def used_for_features(articles: Sequence[LabelledArticle]) -> Used:
    """Say what the attributions have used that are features of sentences, where the built-in model finds them."""
    return built_in(ATTRIBUTION) if choose_source(articles).way == SHIPPED else Used()


def used_by_model(manifest: Mapping[str, Any]) -> Used:
    """Say what a model file has used, by its manifest."""
    versions = manifest.get("versions")
    methods = {LEARN, *({SPLIT} & {*versions} if isinstance(versions, Mapping) else ())}
    if manifest.get("task") != ATTRIBUTION:
        methods |= {TEMPERATURE, *([PLATT] if manifest.get("task") == VOICE else [])}
    if manifest.get("reader"):
        methods |= {*READER}
    found = Used(tuple(corpora_of_manifest(manifest)), tuple(methods)) + Used()
    beside, base = manifest.get(BESIDE), manifest.get(ADAPTED_FROM)
    names = [str(name) for name in beside] if isinstance(beside, Mapping) else []
    names = [name for name in names if name != ATTRIBUTION or not manifest.get("reader")]
    names += _built_in_with(base.get("digest")) if isinstance(base, Mapping) else []
    return sum((built_in(name) for name in names), found)


def _built_in_with(digest: object) -> list[str]:
    """Name the built-in model that has a digest."""
    paths = {name: shipped_model(name) for name in (VOICE, BIAS, STANCE)}
    return [name for name, path in paths.items() if path and read_model(path).digest == digest]


def built_in(name: str) -> Used:
    """Say what a built-in model has used; nothing where there is none of that name."""
    path = shipped_model(name)
    return used_by_model(read_model(path).manifest) if path else Used()


def used_by_built_in() -> Used:
    """Say what all built-in models have used."""
    return sum((built_in(name) for name in (ATTRIBUTION, VOICE, BIAS, STANCE)), Used())


def used_by_figures(figures: Any) -> Used | None:
    """Say what a file of figures has used: of a report, an audit, ``shares``, ``effects`` or ``data agree``; else None."""
    if isinstance(figures, Mapping) and isinstance(kept := figures.get("references"), Mapping):
        return Used(_texts(kept.get("corpora")), _texts(kept.get("methods")))
    if isinstance(figures, Mapping) and isinstance(run := figures.get(MADE_WITH), Mapping):
        return used_by_run(run) + Used(_texts(run.get("corpora")), QUANTIFICATION)
    first = figures[0] if isinstance(figures, list) and figures else figures
    found = [methods for keys, methods in _OF_FIGURES if isinstance(first, Mapping) and keys <= {*first}]
    return Used(methods=found[0]) if found else None


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(str, value)) if isinstance(value, list) else ()


def used_by_run(run: Mapping[str, Any]) -> Used:
    """Say what a run of ``sayso annotate`` over an archive has used, by its ``run.json``: built-in models and splitter.

    Raises
    ------
    SaysoError
        If it is no such file.
    """
    models = run.get("models")
    if not isinstance(models, Mapping):
        raise SaysoError("run.json: not a run of sayso annotate; it names no models.")
    names = [name for name, digest in models.items() if _isbuilt_in(str(name), str(digest))]
    options = run.get("options")
    reader = run.get("reader") or (options.get("reader") if isinstance(options, Mapping) else None)
    found = Used(methods=(SPLIT,)) + (_used_by_named_reader(reader) if isinstance(reader, Mapping) else Used())
    return sum((built_in(str(name)) for name in names), found)


def _used_by_named_reader(named: Mapping[str, Any]) -> Used:
    """Say what a reader has used that a run names; what it learned from is known where the same one is installed."""
    name, reader = str(named.get("name")), None
    if name in PACKAGES:
        with suppress(SaysoError):  # it is not installed, or broken: the methods are known all the same
            reader = open_reader(name)
    corpora = corpora_of_reader(reader) if reader and reader.as_json() == dict(named) else []
    return Used(tuple(corpora), tuple(sorted(READER)))


def _isbuilt_in(name: str, digest: str) -> bool:
    path = shipped_model(name)
    return path is not None and hashlib.sha256(path.read_bytes()).hexdigest() == digest


def used_by_comparison(of: Comparison) -> Used:
    """Say which methods a comparison has used."""
    return Used(methods=(BOOTSTRAP, LEARN, PERMUTATION, *([T_TEST] if of.resampled else [])))
