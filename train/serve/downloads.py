"""Labels as a file for another tool, as `sayso data export` writes it."""

import io
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

from ...data.exchange.formats import FORMATS, write_exchange
from ...data.rows.suggestions import without_suggestions
from ...errors import SaysoError
from .desk import Desk
from .uploads import safe_name


@dataclass(frozen=True, slots=True)
class Download:
    """A file to be kept by the browser: its name and its bytes."""

    name: str
    content: bytes


def exported(desk: Desk, form: str, annotator: str | None = None, *, excel: bool = False) -> Download:
    """Write an annotator's labels in a format of `sayso data export`; several files come in a zip archive.

    Parameters
    ----------
    desk : Desk
    form : str
        A key of `FORMATS`.
    annotator : str, optional
        Whose labels; this person's without it.
    excel : bool, default=False
        Of CSV: no cell is run as a formula.

    Raises
    ------
    SaysoError
        If there is no such format or annotator, or nothing to write.
    """
    if form not in FORMATS:
        raise SaysoError(f"no format {form[:40]!r}; formats are {', '.join(FORMATS)}.")
    project = desk.project
    articles = project.labels_of(annotator or project.annotator) if annotator or project.entries() else []
    if not articles:
        raise SaysoError("There are no articles yet.")
    if desk.settings.blind:
        articles = [without_suggestions(labelled) for labelled in articles]
    name = safe_name(f"{project.layout.root.resolve().name}-{annotator or project.annotator}")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"labels{FORMATS[form].suffix}"
        written = write_exchange(articles, path, form, excel=excel)
        if written == [path] and path.is_file():
            return Download(f"{name}{path.suffix}", path.read_bytes())
        return Download(f"{name}-{form}.zip", _zipped(written, name))


def _zipped(written: list[Path], name: str) -> bytes:
    """Put files and the files of folders into one archive."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in written:
            for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
                inside = file.relative_to(path) if path.is_dir() else f"{name}{file.suffix}"
                archive.write(file, str(inside))
    return packed.getvalue()
