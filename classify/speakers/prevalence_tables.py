"""The prevalence of labels written out: as text, as JSON, as CSV."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from ...data.atomic_write import replace_file
from ...data.display import clean, counted
from ...data.tabular.spreadsheets import BOM, csv_text, quoted
from ...errors import SaysoError
from ..linear.quantification import FEW_ARTICLES, Estimate, Shares
from .prevalence import PrevalenceCounts, is_thin

COLUMNS = (
    *("by", "value", "articles", "sentences", "column", "label", "n", "raw"),
    *("corrected", "low", "high", "adjusted_count", "adjusted_low", "adjusted_high"),
)
SUFFIXES = (".json", ".csv")
_DIGITS = 4  # of proportions in CSV
_NO_VALUE = "(not given)"
Rows = list[tuple[str, str, Shares]]


def check_prevalence_path(path: str) -> None:
    """Refuse a file that prevalence cannot be written to."""
    if path != "-" and Path(path).suffix.lower() not in SUFFIXES:
        raise SaysoError(f"{path}: shares can be written only to .json or .csv files; - prints them as text.")
    if path != "-" and not Path(path).absolute().parent.is_dir():
        raise SaysoError(f"{path}: no such folder; create it first.")


def write_prevalence(path: str, counts: PrevalenceCounts, *, excel: bool = False) -> None:
    """Write prevalence to a file, ``.json`` or ``.csv``; the latter for Excel if wished."""
    rows = list(counts.estimates())
    is_json = Path(path).suffix.lower() == ".json"
    text = prevalence_json(rows) if is_json else (BOM if excel else "") + prevalence_csv(rows)
    with replace_file(path) as stream:
        stream.write(text.encode())


def prevalence_json(rows: Rows) -> str:
    """Give prevalence as JSON: an array of objects."""
    return json.dumps([prevalence_dict(*row) for row in rows], ensure_ascii=False, indent=1) + "\n"


def prevalence_dict(by: str, value: str, prevalence: Shares) -> dict[str, Any]:
    """Give the prevalence in one group as plain values."""
    return {"by": by or None, "value": value or None, **prevalence.as_json(), "few_articles": is_thin(prevalence)}


def prevalence_csv(rows: Rows) -> str:
    """Give prevalence as a table, a row a label; ``corrected`` is the probabilistic adjusted count."""
    cells: list[Sequence[Any]] = [COLUMNS]
    for by, value, prevalence in rows:
        for k, label in enumerate(prevalence.labels):
            about = quoted(by), quoted(value), prevalence.articles, int(prevalence.counts.sum())
            named = quoted(prevalence.column), quoted(label)
            estimates = (*_cells(prevalence.probabilistic, k), *_cells(prevalence.adjusted, k))
            figures = int(prevalence.counts[k]), f"{prevalence.raw[k]:.{_DIGITS}f}"
            cells.append((*about, *named, *figures, *estimates))
    return csv_text(cells, safe=False)


def figures(estimate: Estimate, k: int) -> tuple[float, tuple[float, float] | None]:
    """Give the prevalence of label ``k``, and its interval where that is known."""
    return float(estimate.shares[k]), estimate.interval(k)


def _cells(estimate: Estimate | None, k: int) -> list[str]:
    if estimate is None:
        return ["", "", ""]
    prevalence, interval = figures(estimate, k)
    return [f"{figure:.{_DIGITS}f}" for figure in (prevalence, *(interval or ()))] + ([] if interval else ["", ""])


def prevalence_text(rows: Rows) -> str:
    """Give prevalence for reading, in per cent: counted, corrected with its interval, and corrected by counts alone."""
    blocks = [_block(*row) for row in rows]
    notes = list(dict.fromkeys(prevalence.note for _, _, prevalence in rows))
    if any(is_thin(prevalence) for _, _, prevalence in rows):
        notes.append(f"* Fewer than {FEW_ARTICLES} articles; for rare labels the interval may be too narrow.")
    return "\n\n".join([*blocks, "\n".join(notes)]) + "\n"


def _block(by: str, value: str, prevalence: Shares) -> str:
    group = f"{clean(by)} {clean(value) or _NO_VALUE}: " if by else ""
    thin = "*" if is_thin(prevalence) else ""
    n = counted(int(prevalence.counts.sum()), "sentence")
    title = f"{group}{clean(prevalence.column)}, {n} in {counted(prevalence.articles, 'article')}{thin}"
    header: tuple[str, ...] = ("", "counted", "%", "corrected", "95 %", "adjusted", "95 %")
    lines = [header] if prevalence.adjusted else [header[:3]]
    for k, label in enumerate(prevalence.labels):
        line: tuple[str, ...] = (clean(label), f"{int(prevalence.counts[k]):,}", f"{100 * prevalence.raw[k]:.1f}")
        if prevalence.adjusted and prevalence.probabilistic:
            line = (*line, *_percents(prevalence.probabilistic, k), *_percents(prevalence.adjusted, k))
        lines.append(line)
    return "\n".join([title, *_aligned(lines)])


def _percents(estimate: Estimate, k: int) -> tuple[str, str]:
    prevalence, interval = figures(estimate, k)
    return f"{100 * prevalence:.1f}", f"{100 * interval[0]:.1f} to {100 * interval[1]:.1f}" if interval else "-"


def _aligned(lines: Sequence[tuple[str, ...]]) -> list[str]:
    widths = [max(len(line[k]) for line in lines) for k in range(len(lines[0]))]
    return [
        "  ".join(
            [line[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(line[1:], widths[1:], strict=True))]
        ).rstrip()
        for line in lines
    ]
