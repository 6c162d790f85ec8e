"""What a run over an archive is bound to: models, options and versions, kept in ``run.json``."""

import hashlib
import json
import platform
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import PackageNotFoundError, version
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import numpy as np

from ...data.articles.tables import Columns
from ...data.atomic_write import replace_file
from ...errors import SaysoError
from ..files.annotate_files import Labelling
from ..linear.known_errors import Errors
from ..linear.label_pairs import VOICE
from ..model_files.container import read_model
from ..model_files.error_arrays import pack_errors, unpack_errors
from ..model_files.files import ATTRIBUTION, BIAS, STANCE
from ..model_files.shipped import shipped_model
from ..word_reader.reader import MODELS as OF_READER
from ..word_reader.reader import word_reader
from .inputs import OURS, RUN

_LIBRARIES = ("numpy", "nupunkt", "lxml", "trafilatura")
"""Those that change which text is read, where sentences end, or how numbers are rounded."""
OF_READERS = ("onnxruntime", "tokenizers")
"""Those that change what a word reader makes of a text."""
_OF_FORMATS = ("pyarrow",)  # only some formats need it: where the format differs, that says it all
_MOST = 3  # differences that a line names


@dataclass(frozen=True, slots=True)
class Settings:
    """What is done with every file of an archive, the same wherever that is.

    Parameters
    ----------
    labelling : Labelling
    columns : Columns
    form : str
        Name of the format.
    n_why : int
        Reasons for each label.
    folders : tuple of (str, str)
        The columns in the names of folders, and their types; see `inputs.folder_types`.
    """

    labelling: Labelling
    columns: Columns
    form: str
    n_why: int
    folders: tuple[tuple[str, str], ...]

    def as_json(self) -> dict[str, dict[str, Any]]:
        """Give all that makes a difference for what comes out."""
        labelling = self.labelling
        libraries = [
            *_LIBRARIES,
            *(["pyarrow"] if self.form == "parquet" else []),
            *(OF_READERS if labelling.reader is not None else ()),
        ]
        return {
            "run": {"sayso": version("sayso"), "format": self.form},
            "models": digests_of(labelling),
            "options": {
                "targets": list(labelling.targets),
                "encoder": labelling.encoder,
                "reader": reader_of_run(labelling),
                "bias": labelling.bias,
                "any_language": labelling.any_language,
                "why": self.n_why,
                "columns": {name: value for name, value in asdict(self.columns).items() if value},
            },
            "folders": dict(self.folders),
            "versions": {"python": ".".join(platform.python_version_tuple()[:2])} | _versions(libraries),
        }


def reader_of_run(labelling: Labelling) -> dict[str, str] | None:
    """Give name and digest of the word reader."""
    reader = word_reader(labelling.reader)
    return reader.as_json() if reader else None


def versions_of_libraries(*, reader: bool = False) -> dict[str, str]:
    """Give the versions of sayso and of the libraries that change what comes out."""
    return _versions(["sayso", *_LIBRARIES, *(OF_READERS if reader else ())])


def _versions(names: Iterable[str]) -> dict[str, str]:
    found = {}
    for name in names:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found


def digests_of(labelling: Labelling) -> dict[str, str]:
    """Give the SHA-256 of each model file that takes part, by its task."""
    return {task: digest_of_file(path) for task, path in sorted(model_files(labelling).items())}


def digest_of_file(path: Path | Traversable) -> str:
    """Give the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def model_files(labelling: Labelling) -> dict[str, Path | Traversable]:
    """Give each model file that takes part, by its task."""
    given = {str(read_model(path).manifest.get("task", path)): Path(path) for path in labelling.models}
    wanted = [ATTRIBUTION, *([BIAS] if labelling.bias else []), *([STANCE] if labelling.targets else [])]
    if not {"kind", "source_type"} <= given.keys():
        wanted.append(VOICE)
    reader = word_reader(labelling.reader)
    of_reader = {task: reader.model(task) for task in OF_READER if task in wanted} if reader else {}
    shipped = {task: path for task in wanted if (path := shipped_model(task))}
    return {**shipped, **of_reader, **given}


def write_run(out: str, run: Mapping[str, Any]) -> None:
    """Write ``run.json``."""
    with replace_file(Path(out, RUN)) as file:
        file.write(f"{json.dumps(run, ensure_ascii=False, indent=1)}\n".encode())


def check_same_run(out: str, there: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Refuse to go on with a run that was made otherwise.

    Raises
    ------
    SaysoError
        It names what differs.
    """
    differences = list(_differences(there, now))
    if not differences:
        return
    more = f" and {len(differences) - _MOST} more" if len(differences) > _MOST else ""
    listed = ", ".join(differences[:_MOST]) + more
    raise SaysoError(
        f"{out}: {RUN} in this folder belongs to another run: {listed}; choose another folder, or start again with --force."
    )


def _differences(there: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    for part in dict.fromkeys((*now, *there)):
        old, new = _part_of(there, part), _part_of(now, part)
        for name in dict.fromkeys((*new, *old)):
            before, after = old.get(name), new.get(name)
            if before == after or (name in _OF_FORMATS and None in (before, after)):
                continue
            what = {"models": f"model {name!r}", "folders": f"column {name!r} of folders"}.get(part, name)
            yield f"{what} ({_change(before, after, is_model=part == 'models')})"


def _change(before: Any, after: Any, *, is_model: bool) -> str:
    if is_model:
        return "no longer used" if after is None else "not used before" if before is None else "another file"
    return f"{_shown(before)}, now {_shown(after)}"


def _part_of(run: Mapping[str, Any], part: str) -> Mapping[str, Any]:
    found = run.get(part)
    return found if isinstance(found, Mapping) else {}


def _shown(value: Any) -> str:
    if isinstance(value, dict) and value.keys() == {"name", "digest"}:
        return f"{value['name']} {value['digest']}"
    return "none" if value in (None, [], {}) else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def keep_errors_of_models(out: str, errors: Mapping[str, Errors | str]) -> None:
    """Keep what the models know of their errors, so that shares can be corrected where the models are gone."""
    if _errors_path(out).exists():
        return
    known = {column: e for column, e in errors.items() if isinstance(e, Errors)}
    unknown = {column: e for column, e in errors.items() if isinstance(e, str)}
    about, arrays = pack_errors(list(known.values()))
    kept: dict[str, Any] = {**arrays, "about": np.array(json.dumps({"known": about, "unknown": unknown}))}
    with replace_file(_errors_path(out)) as file:
        np.savez_compressed(file, **kept)


def read_errors_of_models(out: str) -> dict[str, Errors | str]:
    """Read what `keep_errors_of_models` kept.

    Raises
    ------
    SaysoError
        If it is missing or broken.
    """
    try:
        with np.load(_errors_path(out), allow_pickle=False) as arrays:
            told = json.loads(str(arrays["about"]))
            return {**{e.column: e for e in unpack_errors(told["known"], arrays)}, **told["unknown"]}
    except (OSError, ValueError, KeyError, TypeError, BadZipFile, SaysoError) as error:
        raise SaysoError(f"{_errors_path(out)}: missing or damaged; run sayso annotate on {out} again.") from error


def _errors_path(out: str) -> Path:
    return Path(out, OURS, "errors-of-models.npz")
