"""Shares and effects as tables, as plain values for JSON, and as rows of CSV."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..atomic_write import check_not_there, replace_file
from ..display import Rows, Table, counted, significant
from ..tabular.spreadsheets import BOM, csv_text, quoted
from .effects import LINEAR, Effects, Term
from .shares import FEW, Share, Shares

_DIGITS = 4
_SMALL = 0.01  # figures below would keep fewer than three significant digits
_NO_VALUE = "(not given)"
SUFFIXES = (".json", ".csv")
SHARE_COLUMNS = tuple(
    "by value sentences articles sample column label n counted n_sample sample_share corrected low high error trust".split()
)
EFFECT_COLUMNS = tuple("outcome model term n_sample naive naive_low naive_high corrected error low high trust".split())


@dataclass(frozen=True, slots=True)
class Group:
    """The shares of a column in some sentences: ``by`` and ``value`` are empty where they are all."""

    column: str
    by: str
    value: str
    shares: Shares


def share_tables(groups: Sequence[Group]) -> Iterator[tuple[str, Table]]:
    """Give the shares for reading, in per cent."""
    header = ("", "by machine", "%", "in the sample", "%", "corrected", "95 %")
    for group in groups:
        of = group.shares
        about = f"{group.by} {group.value or _NO_VALUE}: " if group.by else ""
        size = f"{counted(of.sentences, 'sentence')} in {counted(of.articles, 'article')}, {of.sample:,} in the sample"
        rows: Rows = [_share_row(share) for share in of.shares]
        yield f"{about}{group.column}, {size}", (header, rows)


def _share_row(of: Share) -> tuple[str, ...]:
    corrected = ("-", "-")
    if of.corrected is not None and of.low is not None and of.high is not None:
        mark = "*" if of.is_rare else ""
        corrected = (f"{100 * of.corrected:.1f}", f"{100 * of.low:.1f} to {100 * of.high:.1f}{mark}")
    return (
        of.label,
        f"{of.n_machine:,}",
        f"{100 * of.counted:.1f}",
        f"{of.n_people:,}",
        f"{100 * of.sample:.1f}",
        *corrected,
    )


def share_notes(groups: Sequence[Group]) -> Iterator[str]:
    """Say what the marks mean, and what was not corrected."""
    for group in groups:
        if group.shares.note:
            about = f"{group.by} {group.value or _NO_VALUE}, {group.column}" if group.by else group.column
            yield f"{about}: {group.shares.note}."
    if any(share.is_rare and share.corrected is not None for group in groups for share in group.shares.shares):
        yield f"* Fewer than {FEW} sentences in the sample have this label; the interval may be too narrow or too wide."


def plain_shares(groups: Sequence[Group]) -> list[dict[str, Any]]:
    """Give the shares as plain values, from 0 to 1."""
    return [
        {
            "by": group.by or None,
            "value": group.value or None,
            "column": group.column,
            "sentences": group.shares.sentences,
            "articles": group.shares.articles,
            "sample": group.shares.sample,
            "without_machine_label": group.shares.unlabelled,
            "labels": {share.label: _plain_share(share) for share in group.shares.shares},
            "note": group.shares.note or None,
        }
        for group in groups
    ]


def _plain_share(of: Share) -> dict[str, Any]:
    return {
        "n": of.n_machine,
        "counted": of.counted,
        "n_sample": of.n_people,
        "sample_share": of.sample,
        "corrected": of.corrected,
        "interval": None if of.low is None else [of.low, of.high],
        "error": of.error,
        "trust": of.trust,
        "rare": of.is_rare,
    }


def share_rows(groups: Sequence[Group]) -> Iterator[dict[str, Any]]:
    """Give a row for each label of each group."""
    for group in groups:
        of = group.shares
        about = {
            "by": group.by,
            "value": group.value,
            "sentences": of.sentences,
            "articles": of.articles,
            "sample": of.sample,
        }
        for share in of.shares:
            yield {
                **about,
                "column": group.column,
                "label": share.label,
                "n": share.n_machine,
                "counted": share.counted,
                "n_sample": share.n_people,
                "sample_share": share.sample,
                "corrected": share.corrected,
                "low": share.low,
                "high": share.high,
                "error": share.error,
                "trust": share.trust,
            }


def effect_tables(effects: Sequence[Effects]) -> Iterator[tuple[str, Table]]:
    """Give regressions for reading: naive beside corrected coefficients."""
    header = ("", "by machine", "95 %", "corrected", "error", "95 %")
    for of in effects:
        size = f"{counted(of.sentences, 'sentence')} in {counted(of.articles, 'article')}, {of.sample:,} in the sample"
        rows: Rows = [_effect_row(term) for term in of.terms]
        yield f"{of.outcome}, {of.model} regression: {size}", (header, rows)


def _effect_row(of: Term) -> tuple[str, ...]:
    mark = "*" if of.is_thin else ""
    return (
        of.name,
        significant(of.naive),
        f"{significant(of.naive_low)} to {significant(of.naive_high)}",
        significant(of.value),
        significant(of.error),
        f"{significant(of.low)} to {significant(of.high)}{mark}",
    )


def effect_notes(effects: Sequence[Effects]) -> Iterator[str]:
    """Say what the coefficients are compared with, and what the marks mean."""
    first = effects[0]
    if first.baselines:
        yield "Compared with: " + ", ".join(f"{name} {value}" for name, value in first.baselines.items()) + "."
    if first.model == LINEAR:
        yield (
            "Coefficients are differences between shares, on a scale from 0 to 1."
            if " = " in first.outcome
            else "Coefficients are in units of the outcome."
        )
    else:
        yield "Coefficients are differences in log odds."
    yield from dict.fromkeys(note for of in effects for note in of.notes)
    if any(term.is_thin for of in effects for term in of.terms):
        yield f"* Fewer than {FEW} sentences in the sample are in this group; the interval may be too narrow."


def plain_effects(effects: Sequence[Effects]) -> list[dict[str, Any]]:
    """Give regressions as plain values."""
    return [
        {
            "outcome": of.outcome,
            "model": of.model,
            "sentences": of.sentences,
            "articles": of.articles,
            "sample": of.sample,
            "baselines": dict(of.baselines),
            "trust": of.trust,
            "terms": {term.name: _plain_term(term) for term in of.terms},
            "notes": list(of.notes),
        }
        for of in effects
    ]


def _plain_term(of: Term) -> dict[str, Any]:
    return {
        "n_sample": of.n_people,
        "naive": of.naive,
        "naive_interval": [of.naive_low, of.naive_high],
        "corrected": of.value,
        "error": of.error,
        "interval": [of.low, of.high],
    }


def effect_rows(effects: Sequence[Effects]) -> Iterator[dict[str, Any]]:
    """Give a row for each coefficient."""
    for of in effects:
        for term in of.terms:
            yield {
                "outcome": of.outcome,
                "model": of.model,
                "term": term.name,
                "n_sample": term.n_people,
                "naive": term.naive,
                "naive_low": term.naive_low,
                "naive_high": term.naive_high,
                "corrected": term.value,
                "error": term.error,
                "low": term.low,
                "high": term.high,
                "trust": of.trust,
            }


def check_out(path: Path, *, force: bool) -> None:
    """Refuse a file that results cannot be written to."""
    if path.suffix.lower() not in SUFFIXES:
        raise SaysoError(f"{path}: results can be written only to .json or .csv files.")
    check_not_there(path, force=force)


def write_shares(path: Path, groups: Sequence[Group], *, excel: bool = False) -> None:
    """Write shares as JSON, or as a table with `SHARE_COLUMNS`, by what the file is called; for Excel if wished."""
    table = share_rows(groups), SHARE_COLUMNS
    _write(path, plain_shares(groups), table, excel=excel)


def write_effects(path: Path, effects: Sequence[Effects], *, excel: bool = False) -> None:
    """Write regressions as JSON, or as a table with `EFFECT_COLUMNS`, by what the file is called; for Excel if wished."""
    table = effect_rows(effects), EFFECT_COLUMNS
    _write(path, plain_effects(effects), table, excel=excel)


def _write(
    path: Path, described: Sequence[Any], table: tuple[Iterator[dict[str, Any]], Sequence[str]], *, excel: bool
) -> None:
    is_json = path.suffix.lower() == ".json"
    text = json.dumps(described, ensure_ascii=False, indent=1) + "\n" if is_json else (BOM if excel else "") + _csv(*table)
    with replace_file(path) as stream:
        stream.write(text.encode())


def _csv(rows: Iterator[dict[str, Any]], names: Sequence[str]) -> str:
    return csv_text([names, *([_cell(row[name]) for name in names] for row in rows)], safe=False)


def _cell(value: Any) -> Any:
    if not isinstance(value, float):
        return quoted(value) if isinstance(value, str) else value
    return significant(value) if 0 < abs(value) < _SMALL else f"{value:.{_DIGITS}f}"
