"""
Blocks of a page that show commands and what they print: found, run, compared and written anew.

Such a block is fenced as ``console``. A line ``$ sayso …`` is a command, the lines below it are what it prints. A line that
is only ``…`` stands for lines left out; ``…`` within a line stands for the rest of a word or of the line. Columns are
compared without regard to the width of the gaps between them, and empty lines do not count.
"""

import csv
import re
import shlex
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import groupby
from pathlib import Path

from typer.testing import CliRunner

from sayso import cli

ROOT = Path(__file__).parents[1]
GAP = "…"
_BLOCK = re.compile(r"^```console\n(.*?)^```$", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Shown:
    """A command of a page, and the lines that the page shows below it."""

    command: str
    lines: tuple[str, ...]


def pages_with_blocks() -> list[Path]:
    """Give the pages of the documentation that show a command with its output."""
    pages = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
    return [page for page in pages if _BLOCK.search(page.read_text(encoding="utf-8"))]


def commands_of(block: str) -> list[Shown]:
    """Divide the text of a block into commands and their lines."""
    head, *parts = re.split(r"^\$ ", block, flags=re.MULTILINE)
    assert not head.strip(), f"a block begins with a command: {head}"
    return [Shown(part.splitlines()[0], tuple(part.splitlines()[1:])) for part in parts]


def blocks_of(page: str) -> list[list[Shown]]:
    """Give the commands of each block of a page's text."""
    return [commands_of(block) for block in _BLOCK.findall(page)]


def prepare(folder: Path) -> None:
    """Copy the examples into a folder, as a user has them in the repository and beside the current folder."""
    for target in (folder, folder / "examples"):
        shutil.copytree(ROOT / "examples", target, dirs_exist_ok=True)


def printed_by(command: str) -> list[str]:
    """Run a command of a page in the current folder; give the lines that it prints, tables aligned."""
    program, *words = shlex.split(command)
    if program == "cat":
        return Path(words[0]).read_text(encoding="utf-8").splitlines()
    assert program == "sayso", f"this command is not known here: {command}"
    if "--adjudicate" in words:
        _decide(Path(words[words.index("--adjudicate") + 1]))
    result = CliRunner().invoke(cli.app, words, prog_name="sayso")
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    lines = _aligned(result.output.splitlines())
    assert result.exit_code == 0 or any(line.startswith("Error") for line in lines), lines
    return lines


def differs(shown: Sequence[str], printed: Sequence[str]) -> str | None:
    """
    Say which shown line is not printed where it should be, or None if all are.

    >>> differs(["a  b", "…", "z…"], ["a b", "c", "zebra"])
    >>> differs(["a", "c"], ["a", "b", "c"])
    'line 2: shown "c", printed "b"'
    >>> differs(["a"], ["a", "b"])
    'line 2: printed "b", and not shown'
    """
    place, any_place = 0, False
    for number, line in enumerate(shown, 1):
        if not line.strip():
            continue
        if line == GAP:
            any_place = True
            continue
        where = next((n for n in range(place, len(printed)) if _same(line, printed[n])), None) if any_place else place
        if where is None or where >= len(printed):
            return f'line {number}: "{line}" is not printed'
        if not _same(line, printed[where]):
            return f'line {number}: shown "{line}", printed "{printed[where]}"'
        place, any_place = where + 1, False
    if place < len(printed) and not any_place:
        return f'line {len(shown) + 1}: printed "{printed[place]}", and not shown'
    return None


def written_anew(shown: Sequence[str], printed: Sequence[str]) -> list[str]:
    """
    Give the lines to show of a new output, with gaps where they were.

    >>> written_anew(["n 1", "…", "the end 1"], ["n 2", "x", "y", "the end 2"])
    ['n 2', '…', 'the end 2']
    """
    if GAP not in shown:
        return [_shortened(line, printed[n]) if n < len(printed) else line for n, line in enumerate(_padded(shown, printed))]
    new: list[str] = []
    place = 0
    for is_gap, group in groupby(filter(str.strip, shown), key=lambda line: line == GAP):
        if is_gap:
            new.append(GAP)
            continue
        lines = list(group)
        at = _best_place(lines, printed, place) if new else 0
        new += [_shortened(line, now) for line, now in zip(lines, printed[at:], strict=False)]
        place = at + len(lines)
    if shown[-1] != GAP and len(printed) > place:
        new.append(GAP)
    return new


def write_anew(page: Path, printed: Iterator[list[str]]) -> None:
    """Put new outputs into the blocks of a page, in order."""

    def block(match: re.Match[str]) -> str:
        shown = commands_of(match.group(1))
        lines = [line for each in shown for line in (f"$ {each.command}", *written_anew(each.lines, next(printed)))]
        return "\n".join(["```console", *lines, "```"])

    page.write_text(_BLOCK.sub(block, page.read_text(encoding="utf-8")), encoding="utf-8")


def _decide(path: Path) -> None:
    """Fill in a file of disputes, as a reader of the page would: anna is right."""
    rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([rows[0], *([*row[:-1], row[-1] or "anna"] for row in rows[1:])])


def _aligned(lines: Sequence[str]) -> list[str]:
    """Align the columns of tab-separated tables, as a terminal shows them."""
    aligned: list[str] = []
    for n_tabs, group in groupby(lines, key=lambda line: line.count("\t")):
        rows = [line.split("\t") for line in group]
        widths = [max(map(len, column)) if n_tabs else 0 for column in zip(*rows, strict=True)]
        aligned += ["  ".join(map(str.ljust, row, widths)) for row in rows]
    return [line.rstrip() for line in aligned if line.strip()]


def _same(shown: str, printed: str) -> bool:
    """Compare two lines; ``…`` stands for any characters, and the width of gaps does not count."""
    words = [".*".join(map(re.escape, word.split(GAP))) for word in shown.split()]
    return re.fullmatch(r"\s*" + r"\s+".join(words) + r"\s*", printed, re.DOTALL) is not None


def _padded(shown: Sequence[str], printed: Sequence[str]) -> list[str]:
    """Give as many lines as are printed: those shown before, and empty ones."""
    return [*shown, *[""] * len(printed)][: len(printed)]


def _shortened(shown: str, now: str) -> str:
    """Cut a line where the line that was shown before is cut; leave a line that is still right."""
    if shown and _same(shown, now):
        return shown if GAP in shown else now
    return now[: len(shown) - 1] + GAP if shown.endswith(GAP) and len(now) > len(shown) else now


def _best_place(lines: Sequence[str], printed: Sequence[str], first: int) -> int:
    """Find where lines that stand together are most like those that were shown."""
    places = range(first, max(first, len(printed) - len(lines)) + 1)

    def likeness(place: int) -> float:
        pairs = zip(lines, printed[place:], strict=False)
        return sum(SequenceMatcher(None, line, now).ratio() for line, now in pairs)

    return max(places, key=likeness)
