"""What an audit was made with, as ``audit.json`` keeps it: models, corpora that they learned from, versions."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ...data.citing.sources import corpora_of_manifest
from ...errors import SaysoError
from ..archives.settings import digest_of_file, digests_of, model_files, reader_of_run, versions_of_libraries
from ..files.annotate_files import Labelling
from ..linear.label_pairs import VOICE
from ..model_files.container import read_model
from ..model_files.files import ATTRIBUTION
from ..model_files.shipped import shipped_model
from ..word_reader.reader import MODELS, PACKAGES, load_word_reader

MADE_WITH = "made_with"
"""What ``audit.json`` calls it."""
_NEEDED = (ATTRIBUTION, VOICE, "kind", "source_type")


def made_with(models: Sequence[str], reader: str | None = None) -> dict[str, Any]:
    """Say what an audit of articles is made with.

    Parameters
    ----------
    models : sequence of str
        Model files in place of built-in ones.
    reader : str, optional
        Name or folder of a word reader.
    """
    labelling = Labelling(models, bias=False, reader=reader)
    paths = model_files(labelling).values()
    corpora = [corpora_of_manifest(read_model(path).manifest) for path in paths]
    versions = versions_of_libraries(reader=reader is not None)
    return _record(digests_of(labelling), versions, corpora, reader_of_run(labelling))


def made_with_run(run: Mapping[str, Any]) -> dict[str, Any]:
    """Say what an audit of outputs is made with: what the run recorded in its ``run.json``."""
    models = run.get("models")
    versions = {**_mapping(run.get("run")), **_mapping(run.get("versions"))}
    used = {name: versions[name] for name in versions_of_libraries(reader=True) if name in versions}
    options = run.get("options")
    reader = _mapping(options.get("reader")) if isinstance(options, Mapping) else {}
    paths = {digest_of_file(path): path for path in _models_of(reader)}
    known = [paths[digest] for digest in _mapping(models).values() if digest in paths]
    return _record(_mapping(models), used, [corpora_of_manifest(read_model(path).manifest) for path in known], reader)


def _models_of(reader: Mapping[str, str]) -> list[Path]:
    """Give the models of a reader that is installed; none of another, or of one that is a folder somewhere."""
    if (name := reader.get("name")) not in PACKAGES:
        return []
    try:
        found = load_word_reader(name)
    except SaysoError:
        return []
    return [found.model(task) for task in MODELS]


def _record(
    digests: Mapping[str, str],
    versions: Mapping[str, str],
    corpora: Sequence[Sequence[str]],
    reader: Mapping[str, str] | None,
) -> dict[str, Any]:
    used = {task: digests[task] for task in _NEEDED if task in digests}
    built_in = digests_of(Labelling(bias=False))
    paths = [shipped_model(task) for task, digest in used.items() if built_in.get(task) == digest]
    known = [corpora_of_manifest(read_model(path).manifest) for path in paths if path]
    return {
        "models": used,
        "built_in": [task for task, digest in used.items() if built_in.get(task) == digest],
        "corpora": sorted({key for keys in (*known, *corpora) for key in keys}),
        "versions": dict(versions),
        **({"reader": dict(reader)} if reader else {}),
    }


def _mapping(value: object) -> dict[str, str]:
    return {str(name): str(text) for name, text in value.items()} if isinstance(value, Mapping) else {}
