"""A random sample of the sentences that a machine labelled, for people to label, with the probability of each draw."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from ...errors import SaysoError
from ..arrays import Floats64, Ints
from ..atomic_write import replace_file
from ..rows.tables import spreadsheet
from ..tabular.column_names import find_column
from .tables import PROBABILITIES, Table

_PLACE = ("article", "n", "text", "target")
_IDS = ("sentence_id", "sent_id", "item_id", "id", "uuid", "uid")


def draw_rows(table: Table, n: int, seed: int, balance: str | None) -> tuple[Ints, Floats64]:
    """Draw sentences at random, all alike or as many of each label by machine.

    Parameters
    ----------
    table : Table
    n : int
    seed : int
    balance : str or None
        A column: as many sentences of each of its values are drawn, or all where there are fewer.

    Returns
    -------
    rows : ndarray of int, shape (n_drawn,)
        In random order.
    probability : ndarray of shape (n_drawn,)
        That each was drawn.

    Raises
    ------
    SaysoError
        If there are fewer sentences, or the column is missing.
    """
    if n > len(table):
        raise SaysoError(f"{table.name}: {n:,} sentences requested, but there are only {len(table):,}.")
    rng = np.random.default_rng(seed)
    values = np.array(table.values(balance)) if balance else np.zeros(len(table))
    groups = [np.flatnonzero(values == value) for value in np.unique(values)]
    rows, probability = [], []
    for group, size in zip(groups, _sizes([len(group) for group in groups], n), strict=True):
        rows.append(rng.choice(group, size, replace=False))
        probability.append(np.full(size, size / len(group)))
    order = rng.permutation(n)
    return np.concatenate(rows)[order], np.concatenate(probability)[order]


def _sizes(there: Sequence[int], n: int) -> list[int]:
    """Share a sample out among groups as evenly as their sizes allow.

    >>> _sizes([100, 3, 50], 30)
    [14, 3, 13]
    """
    sizes = [0] * len(there)
    for _ in range(n):
        smallest = min((i for i in range(len(there)) if sizes[i] < there[i]), key=lambda i: (sizes[i], i))
        sizes[smallest] += 1
    return sizes


def columns_to_fill(table: Table) -> list[str]:
    """Name the label columns: those of which an article has several values; what all of its sentences share is none."""
    article, columns = table.part("article"), table.label_columns()
    if article is None:
        return columns
    articles = table.cells(article)
    differ = [name for name in columns if len(set(zip(articles, table.cells(name), strict=True))) > len(set(articles))]
    return differ or columns


def write_sample(table: Table, rows: Ints, probability: Floats64, columns: Sequence[str], path: Path) -> None:
    """Write a table for people to fill in: what tells the sentence, empty columns for its labels, and the probability."""
    named = {part: column for part in _PLACE if (column := table.part(part)) is not None}
    of_id = find_column(table.columns, _IDS)
    names = [*([of_id] if of_id else []), *named, *columns, PROBABILITIES[0]]
    with replace_file(path) as stream:
        stream.write(spreadsheet(names, _filled(table, rows, probability, (named, of_id))).encode())


def _filled(
    table: Table, rows: Ints, probability: Floats64, parts: tuple[dict[str, str], str | None]
) -> Iterator[dict[str, Any]]:
    named, of_id = parts
    for row, chance in zip(rows.tolist(), probability.tolist(), strict=True):
        cells = table.rows[row]
        found = {part: cells.get(column) for part, column in named.items()}
        yield {**found, **({of_id: cells.get(of_id)} if of_id else {}), PROBABILITIES[0]: f"{chance:.10g}"}
