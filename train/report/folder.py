"""What a report's folder holds for a paper, and which files in a folder are a report's."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from ...data.system.file_names import is_left_by_system
from ...data.system.whole_file import whole_file
from ...errors import SaysoError
from .sections.section import Section

MOST_BYTES = 100_000_000
"""What a file of figures or of methods may have."""

FOLDER = "folder"
"""What the figures of a report call the list of its files."""
_NAMED = 3  # files that a line names


def paper_files(sections: Sequence[Section[Any]], about: str) -> dict[str, bytes]:
    """Draw each chart and write each table of a report; the content by the file's place in the folder.

    Parameters
    ----------
    sections : sequence of Section
    about : str
        Begins the labels of the tables: the task.
    """
    found: dict[str, bytes] = {}
    for name, content in _files(sections, about):
        if name in found:
            raise ValueError(f"two sections have a file called {name!r}; name one of the charts or tables otherwise.")
        found[name] = content
    return found


def _files(sections: Sequence[Section[Any]], about: str) -> Iterator[tuple[str, bytes]]:
    for section in sections:
        if section.is_empty:
            continue
        for name, chart in section.charts().items():
            for form, drawn in chart.printed().items():
                yield f"figures/{name}.{form}", drawn
        for table in section.printed_tables():
            yield f"tables/{table.name}.tex", table.tex(about).encode()
            yield f"tables/{table.name}.csv", table.csv().encode()


def check_foreign(folder: Path, figures: str) -> None:
    """Refuse a folder that holds files which no report of ours has written.

    Parameters
    ----------
    folder : Path
    figures : str
        Name of the file in which a report lists its files.

    Raises
    ------
    SaysoError
        It names some of them.
    """
    listed = _listed(folder / figures)
    there = sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if not p.is_dir() or p.is_symlink())
    foreign = [name for name in there if name not in listed and not is_left_by_system(Path(name).name)]
    if foreign:
        more = ", …" if len(foreign) > _NAMED else ""
        raise SaysoError(
            f"{folder} holds files that are no part of a report ({', '.join(foreign[:_NAMED])}{more}); they would be lost. "
            "Choose another --report."
        )


def _listed(path: Path) -> frozenset[str]:
    """Give the files that a report lists as its own; none where there is no report."""
    try:
        found = json.loads(whole_file(path, most=MOST_BYTES, what="a file of figures"))
        return frozenset(map(str, found[FOLDER]))
    except (OSError, SaysoError, ValueError, KeyError, TypeError):
        return frozenset()
