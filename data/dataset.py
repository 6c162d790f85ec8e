"""A labelled dataset on disk: a folder in the layout of the Hugging Face hub.

``datasets.load_dataset(folder)`` opens it without a script; ``docs/dataset-format.md`` describes the columns.
"""

import hashlib
import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from ..errors import SaysoError
from .card import dataset_card
from .features import COLUMNS, Feature, arrow_type, json_features
from .read_rows import TABLES, read_rows
from .records import LabelledArticle
from .row_place import ABOUT_ARTICLE, SPLITS, Row, RowError, split_named
from .rows import articles_of, rows_of
from .write import replace_file, replace_folder

if TYPE_CHECKING:
    import pyarrow as pa

_SPLIT_IN_NAME = re.compile(r"(?:^|[^a-z])(train|validation|valid|val|dev|test)(?:[^a-z]|$)")


def write_dataset(
    articles: Iterable[LabelledArticle],
    folder: Path,
    *,
    name: str | None = None,
    licence: str | None = None,
    force: bool = False,
) -> None:
    """Write labelled articles as a dataset folder; the same articles give the same bytes.

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

    Raises
    ------
    SaysoError
        If the folder exists, or there is nothing to write.
    """
    check_free(folder, force=force)
    kept = [article for article in articles if article.sentences]
    if not kept:
        raise SaysoError(f"{folder}: no sentences to write.")
    columns = _columns(kept)
    folder.resolve().parent.mkdir(parents=True, exist_ok=True)
    with replace_folder(folder) as beside:
        (beside / "data").mkdir()
        for split, members in by_split(kept).items():
            _write_parquet(members, columns, beside / "data" / f"{split}-00000-of-00001.parquet")
        card = dataset_card(kept, name or folder.resolve().name, columns, digest(kept), licence)
        (beside / "README.md").write_text(card, encoding="utf-8", newline="")


def check_free(folder: Path, *, force: bool) -> None:
    """Refuse to write where something stands that is not to be replaced."""
    if folder.is_dir():
        inside = [p for p in sorted(folder.iterdir()) if p.name != "data" or not p.is_dir()]
        tables = sorted((folder / "data").iterdir()) if (folder / "data").is_dir() else []
        for path in [*inside, *tables]:
            if path.name != "README.md" and not (path in tables and path.suffix == ".parquet"):
                raise SaysoError(f"{folder} holds {path.name!r}, which is no part of a dataset; choose another folder.")
        if (inside or tables) and not force:
            raise SaysoError(f"{folder} exists; choose another folder, or add --force to replace it.")
    elif folder.exists():
        raise SaysoError(f"{folder} is a file; choose another name.")


def by_split(articles: Iterable[LabelledArticle]) -> dict[str, list[LabelledArticle]]:
    """Sort articles into their splits; those without articles are left out."""
    found: dict[str, list[LabelledArticle]] = {split: [] for split in SPLITS}
    for article in articles:
        split = article.meta.get("split", "train")
        if split not in found:
            raise SaysoError(f"{article.article.id}: split {split!r} is not one of {', '.join(SPLITS)}.")
        found[split].append(article)
    return {split: members for split, members in found.items() if members}


def digest(articles: Iterable[LabelledArticle]) -> str:
    """Return the SHA-256 of everything that articles say, whatever file they came from."""
    total = hashlib.sha256()
    for article in articles:
        for row in rows_of(article):
            row["split"] = article.meta.get("split", "train")
            total.update(json.dumps(row, sort_keys=True, ensure_ascii=True).encode() + b"\n")
    return total.hexdigest()


def read_dataset(folder: Path, refuse: Callable[[RowError], None] | None = None) -> list[LabelledArticle]:
    """Read a dataset folder, ours or anybody's with a text column.

    Parameters
    ----------
    folder : Path
    refuse : callable, optional
        Is given each row or label that is wrong; without it the first is raised.

    Returns
    -------
    list of LabelledArticle
        Splits in the order train, validation, test; ``meta["split"]`` names any but train.
    """
    return articles_of(dataset_rows(folder), refuse)


def dataset_rows(folder: Path) -> Iterator[tuple[str, Row]]:
    """Yield the rows of all files, with their split, which the files' names tell."""
    files = [p for p in sorted(folder.rglob("*")) if p.suffix.lower() in TABLES and p.is_file()]
    files = [p for p in files if not any(part.startswith(".") for part in p.relative_to(folder).parts)]
    parquet = [p for p in files if p.suffix.lower() == ".parquet"]
    if not files:
        raise SaysoError(f"{folder}: no dataset; it needs files such as data/train-00000-of-00001.parquet.")
    for split, path in sorted(((_split_of(p, folder), p) for p in parquet or files), key=_order):
        for where, row in read_rows(path):
            yield where, {**row, "split": row.get("split") or split}


def _order(found: tuple[str, Path]) -> tuple[int, Path]:
    return SPLITS.index(found[0]), found[1]


def _split_of(path: Path, folder: Path) -> str:
    parts = reversed(path.relative_to(folder).with_suffix("").parts)
    match = next((m for part in parts if (m := _SPLIT_IN_NAME.search(part.lower()))), None)
    return split_named(match[1]) if match else "train"


def _columns(articles: Sequence[LabelledArticle]) -> dict[str, Feature]:
    """Return the columns of a dataset: ours, and those of the user's own as text."""
    about = {ABOUT_ARTICLE + key for a in articles for key in a.meta if key != "split"}
    extra = {name for a in articles for s in a.sentences for name in s.extra}
    return {**COLUMNS, **dict.fromkeys(sorted(extra) + sorted(about), "string")}


def write_table(articles: Sequence[LabelledArticle], path: Path) -> None:
    """Write all sentences as one Parquet file; a column tells the split."""
    columns = {**_columns(articles), "split": "string"}
    with replace_file(path) as file:
        _write_parquet(articles, columns, file)


def _write_parquet(articles: Iterable[LabelledArticle], columns: dict[str, Feature], path: Path | BinaryIO) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    metadata = {"huggingface": json.dumps({"info": {"features": json_features(columns)}})}
    schema = pa.schema([(name, arrow_type(feature)) for name, feature in columns.items()], metadata=metadata)
    pq.write_table(_table(articles, columns, schema), path)


def _table(articles: Iterable[LabelledArticle], columns: dict[str, Feature], schema: "pa.Schema") -> "pa.Table":
    import pyarrow as pa

    numbers = {name: {label: i for i, label in enumerate(f)} for name, f in columns.items() if isinstance(f, tuple)}
    rows: list[dict[str, Any]] = []
    for article in articles:
        for row in rows_of(article):
            for name, of in numbers.items():
                row[name] = None if row[name] is None else _number(of, row[name], name, article)
            row["split"] = article.meta.get("split", "train")
            rows.append({name: row.get(name) for name in columns})
    return pa.Table.from_pylist(rows, schema=schema)


def _number(of: dict[str, int], label: str, column: str, article: LabelledArticle) -> int:
    if label not in of:
        raise SaysoError(f"{article.article.id}: {column} {label!r} is not one of {', '.join(of)}.")
    return of[label]
