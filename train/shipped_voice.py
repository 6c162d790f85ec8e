"""The models that the package ships, from the project's own corpus and PolNeAR."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.metrics import f1_score
from threadpoolctl import threadpool_limits

from ..classify.linear.label_pairs import VOICE, combine, kind_and_type
from ..classify.model_files.error_arrays import voice_errors
from ..classify.model_files.files import ATTRIBUTION, Model
from ..classify.word_reader.reader import WordReader
from ..data.arrays import Floats64
from ..data.articles.notices import Say
from ..data.corpora.polnear.corpus import read_polnear
from ..data.corpora.polnear.kinds import label_article
from ..data.records import LabelledArticle
from ..data.scheme import KINDS, SOURCE_TYPES
from ..errors import SaysoError
from .attribution.fit import fit_attribution
from .digests import digests
from .manifest import about_model
from .probe import probes
from .sentences.fit_voice import fit_voice_held_out
from .sentences.rows import Rows, voice_rows
from .shipped_labels import Defaults

POLNEAR_WEIGHT = 0.3  # of a sentence whose kind comes from a table, beside one that a person labelled
_OWN, _POLNEAR = "sayso corpus", "PolNeAR 1.0"
_CORRECTED_BY = {"kind": _OWN, "source_type": _POLNEAR}
"""Kinds are mistaken alike in the written corpus and in real news; source types are not (``docs/shares.md``)."""


def read_polnear_articles(folder: Path, notice: Say) -> list[LabelledArticle]:
    """Read PolNeAR's training part, whether its folder or the one above is given.

    Raises
    ------
    SaysoError
        If there is neither.
    """
    parts = [folder, folder / "train", folder / "data" / "train"]
    part = next((p for p in parts if (p / "text").is_dir()), None)
    if part is None:
        raise SaysoError(
            f"{folder}: neither this folder nor its train folder has a text folder; give PolNeAR/data or PolNeAR/data/train."
        )
    return list(read_polnear(part, notice))


def fit_defaults(
    own: Sequence[LabelledArticle],
    polnear: Sequence[LabelledArticle] = (),
    *,
    seed: int = 0,
    notice: Say = lambda _: None,
    reader: WordReader | None = None,
) -> Defaults:
    """Fit the models that ship.

    How sure kinds and source types may be is learned from held-out articles of PolNeAR alone, where it is given: the
    corpus was written for the models, and sentences of it are easier (``docs/decisions/default-models.md``).

    Parameters
    ----------
    own : sequence of LabelledArticle
        The project's corpus: kinds, source types and attributions.
    polnear : sequence of LabelledArticle
        Attributions; kinds and source types come from `corpora.polnear.kinds`.
    seed : int
    notice : callable of str
        Told what is being done.
    reader : WordReader, optional
        One that learned from none of these articles: the models are those on top of it.
    """
    n = len(own)
    with threadpool_limits(1):  # the same sums on every machine
        found = fit_attribution([*own, *polnear], seed=seed, notice=lambda s: notice(f"attribution: {s}"), reader=reader)
        notice("features")
        rows = voice_rows(own, found.out_of_fold[:n], reader=reader)
        n_own = len(rows.labels)
        if polnear:
            labelled = [label_article(a) for a in polnear]
            rows += voice_rows(labelled, found.out_of_fold[n:], weight=POLNEAR_WEIGHT, reader=reader)
        real = np.arange(len(rows.labels)) >= n_own if polnear else None
        voice, outputs = fit_voice_held_out(rows, seed=seed, calibrate_on=real, notice=lambda s: notice(f"voice: {s}"))
    data = {_OWN: own, **({_POLNEAR: polnear} if polnear else {})}
    parts = dict(zip(data, _parts(n_own, rows), strict=False))
    scores = {name: _scores(rows, outputs, part) for name, part in parts.items()}
    errors = [
        e for name, part in parts.items() for e in voice_errors(name, rows.labels[part], outputs[part], rows.groups[part])
    ]
    voice = replace(
        voice,
        errors=tuple(sorted(errors, key=lambda e: e.data != _CORRECTED_BY[e.column])),
        reader=reader.as_json() if reader else None,
    )
    about = {**about_model(data, seed, scores), "polnear_weight": POLNEAR_WEIGHT}
    made_of, seen = digests(), probes(found.model)
    models: dict[str, Model] = {ATTRIBUTION: found.model, VOICE: voice}
    return Defaults(models, {name: {**about, "digests": {**made_of, "probe": seen[name]}} for name in models})


def _parts(n_own: int, rows: Rows) -> list[slice]:
    return [slice(0, n_own), slice(n_own, len(rows.labels))]


def _scores(rows: Rows, outputs: Floats64, part: slice) -> dict[str, float]:
    """Score held-out outputs: macro F1 over the labels that occur."""
    kinds, types = kind_and_type(combine(outputs[part]))
    truth = np.array([label.split("/") for label in rows.labels[part]])
    given = np.array(KINDS)[kinds], np.array(SOURCE_TYPES)[types]
    scores = {}
    for i, task in enumerate(("kind", "source_type")):
        labels = np.unique(truth[:, i])
        macro = f1_score(truth[:, i], given[i], labels=labels, average="macro", zero_division=0.0)
        scores[f"{task} macro F1"] = round(float(macro), 4)
    return scores
