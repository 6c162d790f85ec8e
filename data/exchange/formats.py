"""The table of exchange formats; writing and reading by it."""

import os
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from ...errors import SaysoError
from ..articles.notices import Say, tell_left_out
from ..articles.reader import suffix_of
from ..atomic_write import check_folder_name, check_not_there, together
from ..codebook.codebook import Codebook
from ..datasets.folder import files_below, split_of
from ..packed.compression import SUFFIXES
from ..records import LabelledArticle
from ..rows.files import TABLES
from ..rows.places import Row, record_of
from ..writing.leftovers import clear_leftovers
from . import brat, conll, conllu, label_studio, prodigy, tables, web_annotation
from .exports.registry import EXPORTS
from .format import Format

FORMATS: dict[str, Format] = {
    "label-studio": label_studio.FORMAT,
    "prodigy": prodigy.FORMAT,
    "brat": brat.FORMAT,
    "conll": conll.FORMAT,
    "conllu": conllu.FORMAT,
    "web-annotation": web_annotation.FORMAT,
    "csv": tables.CSV,
    "parquet": tables.PARQUET,
    "jsonl": tables.JSON_LINES,
}


def format_rows() -> list[tuple[str, ...]]:
    """Give the table of formats."""
    return [(name, f.tool, f.suffix or "(folder)", f.holds) for name, f in FORMATS.items()]


def kinds_of_labels() -> list[tuple[str, ...]]:
    """Give the table of what holds labelled sentences: tables of ours or of anybody, and what tools write."""
    tables = ("Tables: one row per sentence", " ".join(sorted(TABLES)), "")
    written = [f for f in FORMATS.values() if f.read or f.read_rows]
    tools = [(f.tool, " ".join(f.suffixes), f.needs) for f in (*written, *EXPORTS.values())]
    return [tables, *tools, ("Any of these, compressed or in an archive", " ".join((*SUFFIXES, ".zip", ".tar")), "")]


def exchange_suffixes() -> frozenset[str]:
    """Give the suffixes of all files that formats are read from."""
    return frozenset(suffix for f in (*FORMATS.values(), *EXPORTS.values()) for suffix in f.suffixes)


def write_exchange(
    articles: Sequence[LabelledArticle],
    path: Path,
    name: str,
    *,
    excel: bool = False,
    force: bool = False,
    codebook: Codebook | None = None,
) -> list[Path]:
    """Write articles for another tool.

    Parameters
    ----------
    articles : sequence of LabelledArticle
    path : Path
        A file, for brat a folder.
    name : str
        A key of `FORMATS`.
    excel : bool, default=False
        Of CSV: safe to open in spreadsheets.
    force : bool, default=False
        Replace what stands there.
    codebook : Codebook, optional
        What is asked and what labels mean; left out where the format cannot hold it.

    Returns
    -------
    list of Path
        What was written.

    Raises
    ------
    SaysoError
        If there is no such format, something stands there, or it cannot be written.
    """
    if name not in FORMATS:
        raise SaysoError(f"unknown format {name!r}; the formats are {', '.join(FORMATS)}.")
    chosen = FORMATS[name]
    write = chosen.write_excel if excel else chosen.write
    if write is None:
        raise SaysoError(f"--excel works only with --format {' or '.join(n for n, f in FORMATS.items() if f.write_excel)}.")
    if chosen.is_folder:
        check_folder_name(path)
    elif path.suffix.lower() not in chosen.written_suffixes:
        raise SaysoError(f"{path}: {name} is written to a {chosen.suffix} file; name it {path.stem}{chosen.suffix}.")
    if not path.parent.is_dir():
        raise SaysoError(f"{path.parent}: no such folder; create it first.")
    paths = [path, path.with_suffix(chosen.beside)] if chosen.beside else [path]
    for one in paths:
        _check_free(one, chosen, force)
    with together():
        if codebook is not None and chosen.write_by:
            chosen.write_by(articles, path, codebook)
        else:
            write(articles, path)
    return paths


def _check_free(path: Path, chosen: Format, force: bool) -> None:
    if path.exists() and path.is_dir() != chosen.is_folder:
        raise SaysoError(f"{path} is a {'folder' if path.is_dir() else 'file'}; choose another name.")
    clear_leftovers(Path(os.path.realpath(path)))
    if chosen.foreign_file and (name := chosen.foreign_file(path)):
        raise SaysoError(f"{path} contains {name!r}, which sayso did not write; choose another folder.")
    check_not_there(path, force=force)


def format_of(path: Path) -> Format | None:
    """Tell which tool's format a file or folder has; None for anything else, tables of labelled sentences included."""
    is_folder, suffix = path.is_dir(), path.suffix.lower()
    readable = (f for f in (*FORMATS.values(), *EXPORTS.values()) if f.read or f.read_rows)
    possible = (f for f in readable if f.is_folder == is_folder and (is_folder or suffix in f.suffixes))
    return next((f for f in possible if f.knows(path)), None)


ONE_FILE = "to compare two annotators, use sayso data agree; for two articles, give each its own id."
"""What to do where two files of a folder hold one article."""
_LOOKED_AT = 20  # files of a folder by which exports are told


def exports_in(folder: Path) -> list[Path]:
    """Give the files of a folder that other tools wrote; none where its first files are none of theirs."""
    files = files_below(folder)
    if any(p.suffix.lower() == ".parquet" for p in files) or not any(map(format_of, files[:_LOOKED_AT])):
        return []
    return [p for p in files if format_of(p)]


def read_exchange(
    path: Path, notice: Say = lambda _: None, beside: Collection[Path] = ()
) -> Iterator[tuple[str, Row]] | None:
    """Give the rows of a file or folder of another tool; None where it is none of those.

    Tables (CSV, Parquet, JSON lines of ours) are none of those: `read_rows` reads them. ``notice`` is told, with counts,
    what is not used, such as the other files of a folder but for those ``beside``, which the caller reads.
    """
    found = format_of(path)
    if found:
        return found.rows(path, notice)
    files = exports_in(path) if path.is_dir() else []
    return _rows_of_folder(path, files, beside, notice) if files else None


def _rows_of_folder(folder: Path, files: Sequence[Path], beside: Collection[Path], notice: Say) -> Iterator[tuple[str, Row]]:
    file_by_article: dict[str, Path] = {}
    for path in files:
        for where, row in read_exchange(path, notice) or ():
            earlier = file_by_article.setdefault(str(row.get("article")), path)
            if earlier != path:
                raise SaysoError(
                    f"{record_of(where)}: article {row.get('article')!r} is already given in {earlier.name}; {ONE_FILE}"
                )
            yield where, {"split": split_of(path, folder), **row}
    left = (p for p in files_below(folder) if p not in files and p not in beside)
    tell_left_out(str(folder), Counter(suffix_of(p.name) for p in left), notice)
