"""The command that says how to cite the tool, and what a result has used."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...data.commands.console import tell
from ...errors import SaysoError

if TYPE_CHECKING:
    from ..report.used import Used

_FORMATS = ("bibtex", "text")
_SAY_WHAT = (
    "nothing here says what was used; give a report of sayso evaluate or compare, a model file, a dataset folder, the "
    "output folder of sayso annotate, or the JSON of sayso shares, effects or data agree."
)


def cite(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH…", help="Reports, model files, datasets or runs whose sources to add."),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="bibtex, or text: a line for each reference.")
    ] = "bibtex",
) -> None:
    """Print how to cite sayso, and what your results have used.

    That is, the corpora that a model was trained or scored on, and the methods behind its figures.
    A PATH is a report (folder, page or JSON) of sayso evaluate or compare, a model file, a dataset folder, the output folder
    of sayso annotate, or the JSON of sayso shares, effects or data agree.

    \b
    Examples:
      sayso cite > sayso.bib
      sayso cite kind-report kind.sayso > references.bib

    Docs: sayso docs evaluation
    """
    from ...data.citing.reference import as_text, bibtex
    from ...data.citing.tool import tool_reference

    if form not in _FORMATS:
        raise SaysoError(f"--format {form}: no such format; give {' or '.join(_FORMATS)}.")
    references = [tool_reference()]
    for path in paths or ():
        references += _used_by(path).references()
    typer.echo((bibtex if form == "bibtex" else as_text)(references), nl=False)


def _used_by(path: Path) -> "Used":
    """Say what a path has used, by what stands there.

    Raises
    ------
    SaysoError
        If there is nothing, or nothing says what was used.
    """
    from ...classify.model_files.container import read_model
    from ..report.used import used_by_model

    if not path.exists():
        raise SaysoError(f"{path}: no such file or folder.")
    if path.is_dir():
        return _used_by_folder(path)
    if path.suffix.lower() == ".sayso":
        return used_by_model(read_model(path).manifest)
    return _used_by_figures(path)


def _used_by_folder(path: Path) -> "Used":
    """Tell a report's folder, a run over an archive and a dataset apart by the file that each has."""
    from ...classify.archives.inputs import read_run
    from ...data.citing.sources import corpora_of_dataset, is_dataset
    from ..report.files import files_of
    from ..report.used import Used, used_by_run

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


def _used_by_figures(path: Path) -> "Used":
    """Read what a report or another command has kept as JSON; a page stands for the JSON beside it."""
    from ..report.files import is_page, kept_files
    from ..report.used import used_by_figures

    file = kept_files(path)["json"] if is_page(path) else path
    try:
        used = used_by_figures(json.loads(file.read_bytes()))
    except (ValueError, OSError) as error:
        raise SaysoError(f"{path}: {_SAY_WHAT}") from error
    if used is None:
        raise SaysoError(f"{path}: {_SAY_WHAT}")
    return used
