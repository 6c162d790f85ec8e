"""The files of a report: a page with its figures and predictions beside it, or a folder that a paper can take from."""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ...data.atomic_write import check_folder_name, replace_file, replace_folder, together
from ...data.citing.reference import bibtex
from ...data.display import clean_lines
from ...data.records import LabelledArticle
from ...errors import SaysoError
from ..evaluation.attribution import AttributionEvaluation
from ..evaluation.predictions import write_predictions
from ..folds.cache import code_digest, settings_digest
from ..manifest import versions
from .compared import Compared
from .contents import all_figures, compute_sections, left_out
from .drawing.chart import Trouble, missing_figures, noting_trouble
from .folder import FOLDER, check_foreign, paper_files
from .methods import methods_text, reader_of
from .page import report_page
from .sections.section import AnyResult, Section
from .used import Used, used_by

_PAGES = (".html", ".htm")
_NAMED = 5  # labels that a line names
_OF_PAGE = ("listed", "missing")
_PAGE, _FIGURES, _PREDICTIONS = "index.html", "report.json", "predictions.parquet"


def is_page(path: Path) -> bool:
    """Tell a report that is a page with two files beside it from one that is a folder."""
    return path.suffix.lower() in _PAGES


def files_of(path: Path) -> dict[str, Path]:
    """Name the main files of a report: ``report.html`` has ``report.json`` and ``predictions.parquet`` beside it.

    >>> files_of(Path("kind.html"))["predictions"].name
    'kind.predictions.parquet'
    >>> files_of(Path("kind-report"))["html"].as_posix()
    'kind-report/index.html'
    """
    if not is_page(path):
        return {"html": path / _PAGE, "json": path / _FIGURES, "predictions": path / _PREDICTIONS}
    name = _PREDICTIONS if path.stem == "report" else f"{path.stem}.{_PREDICTIONS}"
    return {"html": path, "json": path.with_suffix(".json"), "predictions": path.with_name(name)}


def kept_files(path: Path) -> dict[str, Path]:
    """Find the main files of a report that was written, by its folder, its page or its figures."""
    if path.is_dir():
        return files_of(path)
    if path.name == _PAGE and not path.with_suffix(".json").exists():
        return files_of(path.parent)
    return files_of(path.with_suffix(".html"))


def check_report(path: Path, *, force: bool) -> None:
    """Refuse a report that cannot be written, before the long work.

    Raises
    ------
    SaysoError
        If its folder is missing, its name is that of another kind of file, or files would be overwritten without ``force``;
        never is a folder overwritten that holds files of other origin.
    """
    if not path.resolve().name:
        raise SaysoError(f"--report {path}: this is no place for a report; name a new folder, such as --report report.")
    if not path.absolute().parent.is_dir():
        raise SaysoError(f"--report {path}: there is no folder {path.parent}.")
    if is_page(path):
        for file in files_of(path).values():
            if file.is_dir() or (file.exists() and not force):
                raise SaysoError(f"{file} exists; choose another --report, or add --force to overwrite a report.")
        return
    check_folder_name(path)
    if path.exists() and not path.is_dir():
        raise SaysoError(f"--report {path}: this is a file; name a folder, or a page that ends in .html.")
    if path.is_dir():
        _check_folder(path, force=force)


def _check_folder(path: Path, *, force: bool) -> None:
    if Path.cwd().is_relative_to(path.resolve()):
        raise SaysoError(f"--report {path}: you are in this folder; name another one, such as --report report.")
    if not any(path.iterdir()):
        return
    check_foreign(path, _FIGURES)
    if not force:
        raise SaysoError(f"{path} holds a report; choose another --report, or add --force to overwrite it.")


def write_report(
    path: Path,
    result: AnyResult,
    articles: Sequence[LabelledArticle],
    command: str,
    used: Used | None = None,
    notice: Callable[[str], None] = lambda _: None,
) -> list[Path]:
    """Write the report of an evaluation or a comparison: a page and what is beside it, or a folder.

    Parameters
    ----------
    path : Path
        Of the page, ending in ``.html``, or the folder.
    result : Evaluation, AttributionEvaluation or Compared
    articles : sequence of LabelledArticle
        Those that were evaluated.
    command : str
        That repeats it.
    used : Used, optional
        What datasets and model files have used, and all that a comparison has: to be cited.
    notice : callable, optional
        Is given a line for each figure that could not be drawn, and one for labels that no installed font has.

    Returns
    -------
    list of Path
        What was written.
    """
    used = (used or Used()) + (Used() if isinstance(result, Compared) else used_by(result, articles))
    sections = compute_sections(result, articles)
    with noting_trouble() as trouble:
        if is_page(path):
            written = _write_page(path, result, sections, command, used)
        else:
            written = _write_folder(path, result, sections, articles, command, used)
    for line in _lines_of(trouble, result):
        notice(line)
    return written


def _lines_of(trouble: Trouble, result: AnyResult) -> Iterator[str]:
    """Say which figures are missing, and which labels stand as boxes in those that are there."""
    for title, reason in trouble.failed.items():
        yield f"Figure missing: {title} could not be drawn ({reason}). The tables have its numbers."
    if trouble.boxes:
        named = [name for name in _names_in(result) if trouble.boxes & {*name}]
        more = f" and {len(named) - _NAMED} more" if len(named) > _NAMED else ""
        letters = " ".join(sorted(trouble.boxes))
        what = (
            f"the label{'s' if len(named) > 1 else ''} {', '.join(named[:_NAMED])}{more}"
            if named
            else f"the characters {letters}"
        )
        yield (
            f"No installed font can draw {what}: the files in figures/ show boxes in their place. The tables have them in "
            "full. Install a font that has these characters, such as Noto Sans, and repeat the command."
        )


def _names_in(result: AnyResult) -> list[str]:
    """Give the names that figures show: labels, or the two sides."""
    if isinstance(result, AttributionEvaluation):
        return []
    if isinstance(result, Compared):
        return [result.comparison.a_name, result.comparison.b_name, result.comparison.usual]
    return [x.label for x in result.score.labels]


def _write_page(path: Path, result: AnyResult, sections: Sequence[Section[Any]], command: str, used: Used) -> list[Path]:
    paths = _files_with(path, result)
    about = _about(result, command, paths) | {"listed": [file.name for file in paths.values()]}
    page = report_page(result, sections, about)
    with together():
        _write_predictions(result, paths)
        _write_figures(paths, _figures(result, sections, about, used))
        _write(paths["html"], page)
    return list(paths.values())


def _write_folder(
    path: Path,
    result: AnyResult,
    sections: Sequence[Section[Any]],
    articles: Sequence[LabelledArticle],
    command: str,
    used: Used,
) -> list[Path]:
    """Fill a folder of its own and put it in place when it is whole."""
    about = _about(result, command, _files_with(path, result))
    methods = result.methods(about["versions"]) if isinstance(result, Compared) else methods_text(result, articles, about)
    written: dict[str, bytes] = paper_files(sections, result.task)
    about["missing"] = missing_figures()
    written |= {"methods.txt": clean_lines(methods).encode(), "references.bib": bibtex(used.references()).encode()}
    main = [file.name for file in _files_with(path, result).values()]
    about["listed"] = [*main, *sorted(written)]
    with replace_folder(path) as new:
        paths = _files_with(new, result)
        for name, content in written.items():
            (new / name).parent.mkdir(exist_ok=True)
            (new / name).write_bytes(content)
        _write_predictions(result, paths)
        _write_figures(paths, _figures(result, sections, about, used))
        _write(paths["html"], report_page(result, sections, about))
    return [path / name for name in about["listed"]]


def _files_with(path: Path, result: AnyResult) -> dict[str, Path]:
    """Name the main files that a report has: predictions only of an evaluation of labels."""
    return {name: file for name, file in files_of(path).items() if name != "predictions" or result._predictions is not None}


def _about(result: AnyResult, command: str, paths: Mapping[str, Path]) -> dict[str, Any]:
    reader = reader_of(command)
    return {
        "command": command,
        "versions": versions(read=reader is not None),
        "settings": settings_digest({**result.settings, **({"reader": reader.as_json()} if reader else {})}),
        "code": code_digest(),
        "files": {name: paths[name].name if name in paths else None for name in ("json", "predictions")},
    }


def _figures(result: AnyResult, sections: Sequence[Section[Any]], about: dict[str, Any], used: Used) -> dict[str, Any]:
    """Put together what the JSON of a report says; what is listed is how a report's folder is known again."""
    listed = {FOLDER: about["listed"]}
    figures = {**all_figures(result, sections), **{name: about[name] for name in about if name not in _OF_PAGE}, **listed}
    if result._predictions is not None:
        figures["left_out"] = left_out(result)
    return {**figures, "references": used.as_json()}


def _write_predictions(result: AnyResult, paths: Mapping[str, Path]) -> None:
    if not isinstance(result, Compared) and result._predictions is not None:
        about = {"task": result.task, "column": result.column}
        write_predictions(result._predictions, paths["predictions"], about)


def _write_figures(paths: Mapping[str, Path], figures: Mapping[str, Any]) -> None:
    _write(paths["json"], json.dumps(figures, ensure_ascii=False, indent=1) + "\n")


def _write(path: Path, text: str) -> None:
    with replace_file(path) as file:
        file.write(text.encode())
