"""The models of stance and bias that the package ships: from the project's own corpus, and of stance from NewsMTSC."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.metrics import f1_score
from threadpoolctl import threadpool_limits

from ..classify.model_files.files import BIAS, STANCE, Model, save
from ..data.articles.notices import Say
from ..data.corpora.newsmtsc import CORPUS as NEWSMTSC
from ..data.corpora.newsmtsc import TRAINING
from ..data.corpora.registry import import_corpus
from ..data.records import LabelledArticle
from .digests import digests
from .folds.grouped import grouped_folds
from .held_out_attributions import fitted_candidates
from .manifest import about_model
from .probe import probes
from .sentences.fit_stance import StanceRows
from .sentences.rows import Rows
from .shipped_stance import fit_shipped_stance, groups_of, rows_of_both, stance_scores
from .tasks.registry import TASKS
from .tasks.task import AnyTask

LABELS = (STANCE, BIAS)
_OWN = "sayso corpus"
_NEWSMTSC = "NewsMTSC"
_FOLDS = 5


@dataclass(frozen=True, slots=True)
class Defaults:
    """The models by their task, and what the file of each says about its making."""

    models: Mapping[str, Model]
    about: Mapping[str, Mapping[str, Any]]

    def save(self, folder: Path) -> list[Path]:
        """Write the model files; give their paths."""
        folder.mkdir(parents=True, exist_ok=True)
        paths = []
        for task, model in self.models.items():
            paths.append(folder / f"{task}.sayso")
            save(model, paths[-1], **self.about[task])
        return paths


def read_newsmtsc(path: Path, notice: Say) -> list[LabelledArticle]:
    """Read the training part of NewsMTSC: never what others score themselves on."""
    return [a for a in import_corpus("newsmtsc", path, notice=notice) if a.meta["split"] == TRAINING]


def fit_default_labels(
    own: Sequence[LabelledArticle],
    only: Collection[str] = LABELS,
    newsmtsc: Sequence[LabelledArticle] = (),
    *,
    seed: int = 0,
    notice: Say = lambda _: None,
) -> Defaults:
    """Fit the models that ship.

    Parameters
    ----------
    own : sequence of LabelledArticle
        The project's corpus.
    only : collection of str
        Which of `LABELS`.
    newsmtsc : sequence of LabelledArticle
        The training part of NewsMTSC, from which stance learns as well.
    seed : int
    notice : callable of str
        Told what is being done.
    """
    models: dict[str, Model] = {}
    about: dict[str, dict[str, Any]] = {}
    with threadpool_limits(1):  # the same sums on every machine
        notice("attributions, as features")
        found, _ = fitted_candidates(own, seed=seed)
        made_of, probe_of = digests(), probes()
        for task in (TASKS[name] for name in LABELS if name in only):
            notice(f"{task.name}: folds")
            data = {_OWN: own}
            if task.name == STANCE:
                data |= {_NEWSMTSC: newsmtsc} if newsmtsc else {}
                both = rows_of_both(own, found, newsmtsc)
                rows: Rows = both
                scores = stance_scores(both, groups_of(data.values()), list(data), seed)
            else:
                rows = task.rows(own, found)
                scores = {_OWN: {f"{task.name} macro F1": held_out_score(task, rows, seed)}}
            notice(f"{task.name}: all articles")
            if isinstance(rows, StanceRows):
                models[task.name] = fit_shipped_stance(rows, seed, notice)
            else:
                models[task.name] = task.fit(rows, seed, notice=notice)
            about[task.name] = {
                **about_model(data, seed, scores),
                "digests": {**made_of, "probe": probe_of[task.name]},
                **({"licences": {_NEWSMTSC: NEWSMTSC.licence}} if _NEWSMTSC in data else {}),
            }
    return Defaults(models, about)


def held_out_score(task: AnyTask, rows: Rows, seed: int) -> float:
    """Give macro F1 over folds of articles."""
    predicted = np.empty(len(rows.labels), dtype=object)
    for train, test in grouped_folds(rows.labels, rows.groups, min(_FOLDS, rows.n_articles), seed):
        predicted[test] = task.predict(task.fit(rows.take(train), calibrated=False), rows.take(test))
    return round(float(f1_score(rows.labels, predicted.astype(np.str_), average="macro", zero_division=0.0)), 4)
