"""A labelled dataset on disk: a folder in the layout of the Hugging Face hub.

``datasets.load_dataset(folder)`` opens it without a script; ``docs/dataset-format.md`` describes the columns.
"""

import hashlib
import re
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

from ...errors import SaysoError
from ..articles.notices import Notices, tell_left_out
from ..articles.reader import ABOUT_FOLDER, suffix_of
from ..atomic_write import check_folder_name, check_not_there, replace_file, replace_folder
from ..codebook.codebook import Codebook
from ..records import LabelledArticle
from ..rows.columns import COLUMNS, Feature
from ..rows.files import TABLES, read_rows
from ..rows.labelled_rows import rows_of
from ..rows.places import SPLITS, Row, is_absent, split_named
from ..rows.recognition.names import USUAL, RowNames
from ..rows.recognition.sort_of_rows import tells_sentences
from ..system.file_names import visible
from ..system.whole_file import begins_with
from ..tabular.column_names import find_column
from .card import SIGN, Provenance, dataset_card
from .parquet_spool import Spool
from .tally import Tally, add_to_digest

_ABOUT_DATASETS = frozenset(("dataset_infos.json", "dataset_info.json", "state.json", "dataset_dict.json"))
_SPLIT_IN_NAME = re.compile(r"(?:^|[^a-z])(train|validation|valid|val|dev|test)(?:[^a-z]|$)")


class NothingToWriteError(SaysoError):
    """There is no article with a sentence."""


def write_dataset(
    articles: Iterable[LabelledArticle],
    folder: Path,
    *,
    name: str | None = None,
    licence: str | None = None,
    force: bool = False,
    sources: Callable[[], Sequence[Provenance]] = tuple,
    codebook: Codebook | None = None,
) -> Tally:
    """Write labelled articles as a dataset folder, as they come; the same articles give the same bytes.

    Parameters
    ----------
    articles : iterable of LabelledArticle
        ``meta["split"]`` says where an article goes, ``train`` without it.
        Those without sentences are left out.
    folder : Path
    name : str, optional
        What the dataset card calls it; the folder's name without it.
    licence : str, optional
        An identifier of the hub, such as ``cc-by-4.0``.
    force : bool, default=False
        Replace a dataset that stands there. Never replaces a folder with anything else in it.
    sources : callable, optional
        Asked at the end where the sentences came from.
    codebook : Codebook, optional
        What the labels mean, for the card.

    Returns
    -------
    Tally
        What was written.

    Raises
    ------
    SaysoError
        If the folder exists, there is nothing to write, or an id stands twice.
    """
    check_free(folder, force=force)
    folder.resolve().parent.mkdir(parents=True, exist_ok=True)
    tally = Tally()
    with replace_folder(folder) as beside, tempfile.TemporaryDirectory(dir=beside.parent) as scratch:
        spools: dict[str, Spool] = {}
        for article in articles:
            if not article.sentences:
                continue
            tally.add(article)
            split = article.split
            if split not in spools:
                spools[split] = Spool(Path(scratch) / split)
            for row in rows_of(article):
                spools[split].add(row)
        if not spools:
            raise NothingToWriteError(f"{folder}: no sentences to write.")
        (beside / "data").mkdir()
        columns = columns_of(tally)
        for split, spool in spools.items():
            spool.close()
            spool.write(beside / "data" / f"{split}-00000-of-00001.parquet", columns)
        card = dataset_card(tally, name or folder.resolve().name, columns, licence, sources(), codebook)
        (beside / "README.md").write_text(card, encoding="utf-8", newline="")
    return tally


def check_free(folder: Path, *, force: bool) -> None:
    """Refuse to write where something stands that is not to be replaced."""
    check_folder_name(folder)
    if not folder.is_dir():
        if folder.exists():
            raise SaysoError(f"{folder} is a file; choose another name.")
        return
    data = folder / "data"
    tables = visible(data, "*")
    others = [p for p in visible(folder, "*") if p != data or not p.is_dir()]
    for path in others + [p for p in tables if p.suffix != ".parquet"]:
        if path.name != "README.md":
            raise SaysoError(f"{folder} contains {path.name!r}, which is not part of a dataset; choose another folder.")
    if (others or tables) and not _is_ours(folder):
        raise SaysoError(f"{folder} contains a dataset that sayso did not write; choose another folder.")
    check_not_there(folder, force=force)


def _is_ours(folder: Path) -> bool:
    """Tell by its card whether we built the dataset in a folder."""
    return begins_with(folder / "README.md", SIGN)


def digest(articles: Iterable[LabelledArticle]) -> str:
    """Return the SHA-256 of everything that articles say, whatever file they came from."""
    total = hashlib.sha256()
    for article in articles:
        add_to_digest(total, article)
    return total.hexdigest()


def dataset_tables(folder: Path, notices: Notices | None = None) -> list[tuple[str, Path]]:
    """Give the tables of a folder, each with the split that its name tells; ``notices`` is told what is left out."""
    tables = tables_of([p for p in files_below(folder) if p.suffix.lower() in TABLES])
    if not tables:
        if brat := next((p for p in files_below(folder) if p.suffix.lower() == ".ann"), None):
            raise SaysoError(f"{brat}: brat annotations are read together with their texts; give the folder {brat.parent}.")
        raise SaysoError(f"{folder}: not a dataset; a dataset folder has files such as data/train-00000-of-00001.parquet.")
    if notices is not None:
        _tell_left_out(folder, set(tables), notices)
    return with_splits(tables, folder)


def with_splits(files: Iterable[Path], folder: Path) -> list[tuple[str, Path]]:
    """Give files of a folder, each with its split, those of one split together."""
    return sorted(((split_of(path, folder), path) for path in files), key=lambda file: (SPLITS.index(file[0]), file[1]))


def rows_of_tables(
    tables: Iterable[tuple[str, Path]], notices: Notices | None = None, names: RowNames = USUAL
) -> Iterator[tuple[str, Row]]:
    """Yield the rows of tables, with the split of each table where a row has none of its own."""
    for split, path in tables:
        for where, row in read_rows(path, notices, names):
            own = find_column([str(name) for name in row], ("split",))
            yield where, row if own and not is_absent(row[own]) else {**row, own or "split": split}


def tables_of(files: Sequence[Path]) -> Sequence[Path]:
    """Give the Parquet files alone where these hold labelled sentences: the others tell about the dataset, or repeat it."""
    parquet = [p for p in files if p.suffix.lower() == ".parquet"]
    if any(map(_tells_sentences, parquet)):
        return parquet
    return [p for p in files if p.name not in _ABOUT_DATASETS]


def _tells_sentences(path: Path) -> bool:
    try:
        _, first = next(read_rows(path))
    except SaysoError:
        return True  # reading it tells what is wrong
    return tells_sentences(map(str, first))


def files_below(folder: Path) -> list[Path]:
    """Give the files of a folder and of those in it, sorted; what is hidden is left out."""
    inside = (p for p in visible(folder, "**/*") if p.is_file())
    return [p for p in inside if not any(part.startswith(".") for part in p.relative_to(folder).parts)]


def _tell_left_out(folder: Path, tables: set[Path], notices: Notices) -> None:
    """Say which files of a folder are not read, but for those that describe it."""
    inside = (p for p in files_below(folder) if p not in tables and p.name not in _ABOUT_DATASETS)
    others = Counter(suffix_of(p.name) for p in inside if not ABOUT_FOLDER.fullmatch(p.name))
    tell_left_out(str(folder), others, notices.say)


def split_of(path: Path, folder: Path) -> str:
    """Tell a file's split by the last part of its path within a folder that names one."""
    parts = reversed(path.relative_to(folder).with_suffix("").parts)
    match = next((m for part in parts if (m := _SPLIT_IN_NAME.search(part.lower()))), None)
    return split_named(match[1]) if match else "train"


def columns_of(tally: Tally) -> dict[str, Feature]:
    """Return the columns of a dataset: ours, and those of the user's own as text."""
    return {**COLUMNS, **dict.fromkeys(sorted({*tally.own, *tally.suggested}) + sorted(tally.about), "string")}


def write_table(articles: Iterable[LabelledArticle], path: Path) -> None:
    """Write all sentences as one Parquet file; a column tells the split."""
    tally = Tally()
    with tempfile.TemporaryDirectory(dir=path.resolve().parent) as scratch, replace_file(path) as file:
        spool = Spool(Path(scratch) / "rows")
        for article in articles:
            tally.add(article)
            for row in rows_of(article):
                spool.add({**row, "split": article.split})
        spool.close()
        spool.write(file, {**columns_of(tally), "split": "string"})
