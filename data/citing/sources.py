"""Which public corpora a dataset holds, as far as its card says so."""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from ..corpora.reader import Corpus
from ..corpora.registry import CORPORA
from ..datasets.card import SIGN
from ..display import markdown_text
from ..system.whole_file import begins_with, whole_file

_MOST_BYTES = 10_000_000

OF_MANIFEST = "corpora"
"""What the manifest of a model calls the public corpora in the data that it learned from."""


def is_dataset(folder: Path) -> bool:
    """Tell a dataset folder of ours by its card."""
    return begins_with(folder / "README.md", SIGN)


def corpora_of_dataset(path: Path) -> list[str]:
    """Name the public corpora in the dataset folder that a path is, or lies in; keys of `CORPORA`.

    The card of a dataset (``README.md``) names the home of each corpus that was imported. A folder without a card, and
    a corpus that is not one of `CORPORA`, give nothing.
    """
    card = (path if path.is_dir() else path.parent) / "README.md"
    if not card.is_file():
        return []
    text = whole_file(card, most=_MOST_BYTES, what="a dataset card").decode("utf-8", "replace")
    rows = [line for line in text.splitlines() if line.startswith("| ")]
    homes = {key: markdown_text(f"{corpus.title}, {corpus.home}") for key, corpus in CORPORA.items()}
    named = {key for key, home in homes.items() for row in rows if f"{home} |" in row}
    return sorted(named)


def corpora_by_title(titles: Iterable[str]) -> list[str]:
    """Name the public corpora that have these titles; the manifests of the built-in models name theirs so.

    >>> corpora_by_title(["sayso corpus", "PolNeAR 1.0"])
    ['polnear']
    """
    by_title: dict[str, str] = {corpus.title: key for key, corpus in CORPORA.items()}
    return sorted(by_title[title] for title in titles if title in by_title)


def corpora_of_manifest(manifest: Mapping[str, Any]) -> list[str]:
    """Name the public corpora that a model learned from, by the manifest of its file."""
    data, keys = manifest.get("data"), manifest.get(OF_MANIFEST)
    titles = [str(of["name"]) for of in data if isinstance(of, Mapping)] if isinstance(data, list) else []
    return sorted({*corpora_by_title(titles), *(map(str, keys) if isinstance(keys, list) else ())})


def corpus_of(key: str) -> Corpus | None:
    """Give a corpus by its key; None where there is none, as in a file of another version."""
    return CORPORA.get(key)
