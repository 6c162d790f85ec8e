"""The card of a dataset that is being labelled: its counts are those of the last time that the project was closed."""

from collections import Counter
from typing import TYPE_CHECKING

from ...atomic_write import replace_file
from ...codebook.versions import versions_around
from ...datasets.card import dataset_card
from ...datasets.tally import Tally
from ...rows.columns import COLUMNS
from ...rows.places import ABOUT_ARTICLE
from ...rows.suggestions import is_label_column
from .shards import CARD, Shards
from .tables import columns_with

if TYPE_CHECKING:
    import pyarrow as pa


def write_card(shards: Shards, title: str) -> None:
    """Count what is in a dataset and write its ``README.md``."""
    tally = Tally()
    for shard in shards.shards:
        tally.articles[shard.split] += shard.n_articles
        tally.sentences[shard.split] += shard.n_rows
        _count(shards.read_columns(shard, [*_SCHEME, "stance"]), tally)
    tally.own.update(name for name in shards.own if is_label_column(name) and not name.startswith(ABOUT_ARTICLE))
    versions = versions_around([shards.folder])
    codebook = (
        versions.current() if versions and versions.numbers() else None
    )  # an edit is not in force yet, and may be broken
    card = dataset_card(tally, title, columns_with(shards.own), None, codebook=codebook, is_open=True)
    path = shards.folder / CARD
    if not path.is_file() or path.read_bytes() != card.encode():
        with replace_file(path) as file:
            file.write(card.encode())


_SCHEME = {name: labels for name, labels in COLUMNS.items() if isinstance(labels, tuple)}


def _count(table: "pa.Table", tally: Tally) -> None:
    """Count the labels of a shard."""
    import pyarrow.compute as pc

    for name, labels in _SCHEME.items():
        numbers = Counter({v["values"]: v["counts"] for v in pc.value_counts(table.column(name)).to_pylist()})
        tally.labels[name].update({label: numbers[i] for i, label in enumerate(labels) if numbers[i]})
    stances = pc.struct_field(pc.list_flatten(table.column("stance")), "label")
    tally.labels["stance"].update({v["values"]: v["counts"] for v in pc.value_counts(stances).to_pylist() if v["values"]})
