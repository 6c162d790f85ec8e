"""Articles out of what a project is begun with: datasets of ours as they are, anything else article by article."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from ..articles.notices import Say
from ..datasets.stream import Sources
from ..records import LabelledArticle
from .disk.index import runs_of
from .disk.intake import whole_tables, without_versions
from .disk.tables import articles_in, as_schema, joined_by_split, text_of
from .folder import dataset_in
from .present import Present

if TYPE_CHECKING:
    import pyarrow as pa

Part = tuple[str, "pa.Table"]


def take_sources(present: Present, sources: Sequence[str], tell: Say) -> list[str]:
    """Take in what is new; what is there with the same text is left out, and counted.

    Parameters
    ----------
    present : Present
    sources : sequence of str
    tell : callable of str

    Returns
    -------
    list of str
        The ids of what is new.
    """
    before = {*present.articles}
    n_known = 0
    for source in sources:
        folder = dataset_in(Path(source))
        tables = whole_tables(folder) if (folder / "data").is_dir() else None
        if tables is None:
            articles = list(_articles(source, tell))
        else:
            present.shards.widen(tables[0][1].schema.names)
            new, known, articles = _parted(present, without_versions(tables))
            present.take(new)
            n_known += known
        others = [labelled for labelled in articles if not _is_known(present, labelled)]
        n_known += len(articles) - len(others)
        present.add(others)
    if n_known:
        tell(f"{n_known:,} of the articles are in the project already; their labels there stay as they are.")
    return [name for name in present.articles if name not in before]


def _parted(present: Present, tables: Iterable[Part]) -> tuple[list[Part], int, list[LabelledArticle]]:
    """Part rows into those of new articles, and articles of an id that is there with another text; count the rest."""
    new: list[Part] = []
    n_known, others = 0, []
    for split, table in tables:
        ids = table.column("article").to_pylist()
        starts = [*runs_of(ids), len(ids)]
        rows = as_schema(table, present.shards.schema)
        if present.articles.keys().isdisjoint(ids):
            new.append((split, rows))
            continue
        for start, end in pairwise(starts):
            part, found = rows.slice(start, end - start), present.articles.get(ids[start])
            if found is None:
                new.append((split, part))
            elif text_of(part) == text_of(present.shards.rows(found.place)):
                n_known += 1
            else:
                others += articles_in(part, split)
    return joined_by_split(new, present.shards.schema), n_known, others


def _articles(source: str, tell: Say) -> Iterator[LabelledArticle]:
    yield from Sources([source], "auto", None, lambda where, reason: tell(f"left out: {where}: {reason}"), tell).articles()


def _is_known(present: Present, labelled: LabelledArticle) -> bool:
    """Tell whether an article is there, also under a name that was given to it there."""
    name, number = labelled.article.id, 2
    while name in present.articles:
        if text_of(present.shards.rows(present.articles[name].place)) == labelled.article.text:
            return True
        name, number = f"{labelled.article.id} ({number})", number + 1
    return False
