"""The files of a report: the page, its figures as JSON beside it, and the predictions as Parquet."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from ...data.atomic_write import replace_file
from ...data.records import LabelledArticle
from ...errors import SaysoError
from ..evaluation.predictions import write_predictions
from ..folds.cache import code_digest, settings_digest
from ..manifest import versions
from .contents import all_figures, compute_sections, left_out
from .page import report_page
from .sections.section import AnyEvaluation


def files_of(path: Path) -> dict[str, Path]:
    """Name the files of a report: ``report.html`` has ``report.json`` and ``predictions.parquet`` beside it.

    >>> files_of(Path("kind.html"))["predictions"].name
    'kind.predictions.parquet'
    """
    name = "predictions.parquet" if path.stem == "report" else f"{path.stem}.predictions.parquet"
    return {"html": path, "json": path.with_suffix(".json"), "predictions": path.with_name(name)}


def check_report(path: Path, *, force: bool) -> None:
    """Refuse a report that cannot be written, before the long work.

    Raises
    ------
    SaysoError
        If its folder is missing, its name is no page's, or files would be replaced without ``force``.
    """
    if path.suffix.lower() not in (".html", ".htm"):
        raise SaysoError(f"--report {path}: a report is a page; give a name that ends in .html.")
    if not path.parent.is_dir():
        raise SaysoError(f"--report {path}: {path.parent} is no folder.")
    for file in files_of(path).values():
        if file.is_dir() or (file.exists() and not force):
            raise SaysoError(f"{file} exists; choose another --report, or add --force to replace a report.")


def keep_figures(path: Path, evaluation: AnyEvaluation, command: str) -> None:
    """Keep figures and predictions of an evaluation before anything is drawn; `write_report` puts the whole report there.

    Parameters
    ----------
    path : Path
        Of the page.
    evaluation : Evaluation or AttributionEvaluation
    command : str
        That repeats it.
    """
    paths = _files_with(path, evaluation)
    _write_predictions(evaluation, paths)
    _write_figures(paths, {**_about(evaluation, command, paths), **evaluation.as_json()})


def write_report(path: Path, evaluation: AnyEvaluation, articles: Sequence[LabelledArticle], command: str) -> list[Path]:
    """Write the report of an evaluation; each file takes its place once it is whole.

    Parameters
    ----------
    path : Path
        Of the page.
    evaluation : Evaluation or AttributionEvaluation
    articles : sequence of LabelledArticle
        Those that were evaluated.
    command : str
        That repeats it.

    Returns
    -------
    list of Path
        What was written.
    """
    paths = _files_with(path, evaluation)
    about = _about(evaluation, command, paths)
    sections = compute_sections(evaluation, articles)
    page = report_page(evaluation, sections, about)
    figures = {**all_figures(evaluation, sections), **about}
    if evaluation._predictions is not None:
        figures["left_out"] = left_out(evaluation)
    _write_predictions(evaluation, paths)
    _write_figures(paths, figures)
    _write(paths["html"], page)
    return list(paths.values())


def _files_with(path: Path, evaluation: AnyEvaluation) -> dict[str, Path]:
    """Name the files that the report of an evaluation has: predictions only of labels."""
    return {
        name: file for name, file in files_of(path).items() if name != "predictions" or evaluation._predictions is not None
    }


def _about(evaluation: AnyEvaluation, command: str, paths: Mapping[str, Path]) -> dict[str, Any]:
    return {
        "command": command,
        "versions": versions(),
        "settings": settings_digest(evaluation.settings),
        "code": code_digest(),
        "files": {name: paths[name].name if name in paths else None for name in ("json", "predictions")},
    }


def _write_predictions(evaluation: AnyEvaluation, paths: Mapping[str, Path]) -> None:
    if evaluation._predictions is not None:
        about = {"task": evaluation.task, "column": evaluation.column}
        write_predictions(evaluation._predictions, paths["predictions"], about)


def _write_figures(paths: Mapping[str, Path], figures: Mapping[str, Any]) -> None:
    _write(paths["json"], json.dumps(figures, ensure_ascii=False, indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    with replace_file(path) as file:
        file.write(text.encode())
