"""The command that says how to cite the tool, and what a result has used."""

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...data.commands.console import show_lines, tell
from ...data.system.whole_file import whole_file
from ...errors import SaysoError

if TYPE_CHECKING:
    from ..report.used import Used

_FORMATS = ("bibtex", "text")
BUILT_IN = "built-in"
"""Stands for the built-in models in place of a path."""
_SAY_WHAT = (
    "nothing here says what was used; give a report of sayso evaluate or compare, a model file, a dataset folder, the "
    "output folder of sayso annotate or audit, or the JSON of sayso shares, effects or data agree. For what the built-in "
    f"models labelled, type: sayso cite {BUILT_IN}."
)
_OF_ANNOTATIONS = (
    f"annotations in one file do not record their models; type: sayso cite {BUILT_IN} (and add your own model files, if you "
    "gave some with --model)."
)
_LABEL = re.compile(rb"kind[_-]confidence")
_FIRST_BYTES = 100_000  # in which an output of sayso annotate names its labels


def cite(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH…", help=f"Reports, audits, model files, datasets or runs whose sources to add, or {BUILT_IN}."
        ),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="bibtex, or text: a line for each reference.")
    ] = "bibtex",
) -> None:
    """Print how to cite sayso, and what your results have used.

    That is, the corpora that a model was trained or scored on, and the methods behind its figures.
    A PATH is a report (folder, page or JSON) of sayso evaluate or compare, a model file, a dataset folder, an output folder
    of sayso annotate or audit, or the JSON of sayso shares, effects or data agree. The word built-in names the built-in
    models.

    \b
    Examples:
      sayso cite > sayso.bib
      sayso cite kind-report kind.sayso > references.bib
      sayso cite audit/
      sayso cite built-in

    Docs: sayso docs evaluation
    """
    from ...data.citing.reference import as_text, bibtex
    from ...data.citing.tool import tool_reference

    if form not in _FORMATS:
        raise SaysoError(f"--format {form}: no such format; give {' or '.join(_FORMATS)}.")
    references = [tool_reference()]
    for path in paths or ():
        references += _used_by(path).references()
    show_lines((bibtex if form == "bibtex" else as_text)(references))


def _used_by(path: Path) -> "Used":
    """Say what a path has used, by what stands there.

    Raises
    ------
    SaysoError
        If there is nothing, or nothing says what was used.
    """
    from ...classify.model_files.container import read_model
    from ..report.used import used_by_built_in, used_by_model

    if str(path) == BUILT_IN:
        return used_by_built_in()
    if not path.exists():
        raise SaysoError(f"{path}: no such file or folder.")
    if path.is_dir():
        return _used_by_folder(path)
    if not path.is_file():
        raise SaysoError(f"{path}: this is not a file; {_SAY_WHAT}")
    if path.suffix.lower() == ".sayso":
        return used_by_model(read_model(path).manifest)
    return _used_by_figures(path)


def _used_by_folder(path: Path) -> "Used":
    """Tell a report's folder, a run over an archive and a dataset apart by the file that each has."""
    from ...classify.archives.inputs import read_run
    from ...classify.audit.sources import AUDIT
    from ...data.citing.sources import corpora_of_dataset, is_dataset
    from ..report.files import files_of
    from ..report.used import Used, used_by_run

    if (path / AUDIT).is_file():
        return _used_by_figures(path / AUDIT)
    if files_of(path)["json"].is_file():
        return _used_by_figures(files_of(path)["json"])
    if run := read_run(str(path)):
        return used_by_run(run)
    if not is_dataset(path):
        raise SaysoError(f"{path}: {_SAY_WHAT}")
    corpora = corpora_of_dataset(path)
    if not corpora:
        tell(f"{path}: the dataset's card names no public corpus.")
    return Used(tuple(corpora))


def _holds_annotations(path: Path) -> bool:
    """Tell an output of ``sayso annotate``, which all formats but brat's name by a confidence."""
    with path.open("rb") as file:
        return path.suffix == ".parquet" or bool(_LABEL.search(file.read(_FIRST_BYTES)))


def _used_by_figures(path: Path) -> "Used":
    """Read what a report or another command has kept as JSON; a page stands for the JSON beside it."""
    from ...classify.audit.sources import AUDIT
    from ..report.files import is_page, kept_files
    from ..report.folder import MOST_BYTES
    from ..report.used import used_by_figures

    file = kept_files(path)["json"] if is_page(path) else path
    if is_page(path) and (path.parent / AUDIT).is_file() and not file.is_file():
        file = path.parent / AUDIT
    if (file == path or not file.is_file()) and _holds_annotations(path):
        raise SaysoError(f"{path}: {_OF_ANNOTATIONS}")
    try:
        used = used_by_figures(json.loads(whole_file(file, most=MOST_BYTES, what="a file of figures")))
    except (ValueError, OSError, RecursionError) as error:
        raise SaysoError(f"{path}: {_SAY_WHAT}") from error
    if used is None:
        raise SaysoError(f"{path}: {_SAY_WHAT}")
    return used
