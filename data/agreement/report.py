"""The agreement of annotators as plain values and as tables."""

from collections.abc import Iterator, Sequence
from typing import Any

from ..display import Rows, Table
from .annotators import Agreement, Coefficients
from .coefficients import Figure
from .disputes import Dispute, count_pairs, dispute_row

_FIGURES = ("same", "kappa", "alpha", "ac1")


def describe_agreement(agreement: Agreement, disputes: Sequence[Dispute]) -> dict[str, Any]:
    """Give everything as plain values; figures that are not defined are null."""
    return {
        "annotators": list(agreement.annotators),
        "articles": agreement.articles,
        "sentences": agreement.sentences,
        "columns": {
            of.column: {
                "units": of.units,
                **plain_coefficients(of.overall),
                "labels": {label: {"n": n, **plain_coefficients(figures)} for label, (n, figures) in of.labels.items()},
            }
            for of in agreement.columns
        },
        "spans": {
            of.role: {
                "articles": of.articles,
                "spans": dict(zip(agreement.annotators, of.spans, strict=True)),
                "exact_f1": plain_figure(of.exact),
                "overlap_f1": plain_figure(of.overlap),
            }
            for of in agreement.spans
        },
        "disputes": [{**dispute_row(d, agreement.annotators), "weight": round(d.weight, 4)} for d in disputes],
    }


def plain_coefficients(figures: Coefficients) -> dict[str, Any]:
    """Give the figures of a column or a label as plain values."""
    return {name: plain_figure(getattr(figures, name)) for name in _FIGURES}


def plain_figure(figure: Figure) -> dict[str, Any]:
    """Give a figure with its interval as plain values, null where it has none."""
    return {"value": figure.value, "interval": None if figure.low is None else [figure.low, figure.high]}


def agreement_tables(agreement: Agreement, disputes: Sequence[Dispute], most: int) -> Iterator[tuple[str, Table]]:
    """Give the figures, then the worst disputes, as tables with their titles.

    Parameters
    ----------
    agreement : Agreement
    disputes : sequence of Dispute
        Worst first.
    most : int
        So many are shown.
    """
    header = ("column", "label", "n", "same", "kappa (95 %)", "alpha (95 %)", "AC1 (95 %)")
    rows: Rows = []
    for of in agreement.columns:
        rows.append((of.column, "all", f"{of.units:,}", *_cells(of.overall)))
        rows += [(of.column, label, f"{n:,}", *_cells(figures)) for label, (n, figures) in of.labels.items()]
    names = ", ".join(agreement.annotators)
    if rows:
        yield f"{names}: {agreement.sentences:,} sentences in {agreement.articles:,} articles", (header, rows)
    spans: Rows = [
        (of.role, ", ".join(f"{n:,}" for n in of.spans), f"{of.articles:,}", of.exact.shown(), of.overlap.shown())
        for of in agreement.spans
    ]
    if spans:
        yield "spans", (("span", "marked", "articles", "exact F1 (95 %)", "half overlap F1 (95 %)"), spans)
    pairs: Rows = [(column, labels, f"{n:,}") for column, labels, n in count_pairs(disputes)[:most]]
    if pairs:
        yield "disputed labels", (("column", "labels", "n"), pairs)
    worst: Rows = [_row(dispute) for dispute in disputes[:most]]
    if worst:
        title = f"the {len(worst)} worst disputes of {len(disputes):,}" if len(disputes) > most else "disputes, worst first"
        yield title, (("article", "n", "column", *agreement.annotators, "the [sentence] in its context"), worst)


def _row(dispute: Dispute) -> tuple[str, ...]:
    unit = dispute.unit
    context = f"{unit.before} [{unit.text}] {unit.after}"
    return (unit.article, str(unit.n), dispute.column, *(x or "-" for x in dispute.answers), context)


def _cells(figures: Coefficients) -> tuple[str, ...]:
    share = figures.same.value
    return ("-" if share is None else f"{share:.1%}", *(getattr(figures, name).shown() for name in _FIGURES[1:]))
