"""The labels as a file to download, in formats that other tools read; the dataset itself stays where it is."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from ....data.project.project import Project
from ....errors import SaysoError


class Download(NamedTuple):
    """A format on offer: what it is called, for what it is, and the name of the format."""

    called: str
    what: str
    format: str
    is_excel: bool = False


DOWNLOADS: Mapping[str, Download] = {
    "labels.csv": Download("table (CSV)", "for Excel, R, SPSS", "csv", True),
    "labels.jsonl": Download("JSON lines", "for programs", "jsonl"),
    "labels.parquet": Download("Parquet", "for pandas", "parquet"),
    "label-studio.json": Download("Label Studio", "to go on there", "label-studio"),
}
"""What can be downloaded, by the name of the file."""


def written(project: Project, name: str, folder: Path) -> Path:
    """Write a download.

    Parameters
    ----------
    project : Project
    name : str
        A key of `DOWNLOADS`.
    folder : Path
        Where the file goes.

    Raises
    ------
    SaysoError
        If there is no such download, or nothing to be written.
    """
    from ....data.exchange.formats import write_exchange

    if name not in DOWNLOADS:
        raise SaysoError(f"there is no download of this name; there are {', '.join(DOWNLOADS)}.")
    articles = project.labels_of(project.annotator) if project.entries() else []
    if not articles:
        raise SaysoError("there is no article yet; add one first.")
    offered = DOWNLOADS[name]
    with tempfile.TemporaryDirectory(dir=folder) as scratch:  # formats may write a second file beside the first
        path = Path(scratch) / name
        write_exchange(articles, path, offered.format, excel=offered.is_excel)
        return path.rename(folder / name)
