"""Articles out of what a project is begun with: datasets of ours as they are, anything else some articles at a time."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from ..articles.notices import Say
from ..datasets.stream import Sources
from ..records import LabelledArticle, Sentence
from ..rows.places import RowError
from ..rows.refused import FewOfEach
from .disk.index import runs_of
from .disk.intake import whole_tables, without_labels, without_versions
from .disk.shared import read_shared
from .disk.tables import articles_in, as_schema, joined_by_split, text_of
from .folder import dataset_in
from .present import Present

if TYPE_CHECKING:
    import pyarrow as pa

Part = tuple[str, "pa.Table"]


Taken = tuple[list[str], int]
"""The ids of what is new, and how many articles were there already."""
Portion = Callable[[Present], Taken]
"""Takes some of a source in that was read before."""
_AT_ONCE = 80  # articles: others can read and change labels in between


def read_source(source: str, tell: Say) -> list[Portion]:
    """Read what ``sayso data build`` takes; nothing of it is in the project before the portions are taken.

    Parameters
    ----------
    source : str
    tell : callable of str

    Raises
    ------
    SaysoError
        If it cannot be read.
    """
    folder = dataset_in(Path(source))
    tables = whole_tables(folder) if (folder / "data").is_dir() else None
    if tables is not None:
        return [partial(_take_tables, tables=list(without_versions(tables)))]
    articles = _articles(source, tell)
    return [partial(_take_articles, articles=articles[at : at + _AT_ONCE]) for at in range(0, len(articles), _AT_ONCE)]


def read_unlabelled(folder: Path) -> list[Portion]:
    """Read the articles of another annotator's dataset, without anybody's labels."""
    tables = whole_tables(folder)
    if tables is not None:
        return [partial(_take_tables, tables=list(without_labels(tables)))]
    return [partial(_take_articles, articles=list(map(_unlabelled, read_shared(folder))))]


def _unlabelled(labelled: LabelledArticle) -> LabelledArticle:
    sentences = tuple(Sentence(s.n, s.span) for s in labelled.sentences)
    return replace(labelled, sentences=sentences, complete=frozenset())


def _take_tables(present: Present, tables: Sequence[Part]) -> Taken:
    """Take rows of new articles in as they are."""
    present.shards.widen(tables[0][1].schema.names)
    new, n_known, others = _parted(present, tables)
    ids = present.take(new)
    renamed, n_more = _take_articles(present, others)
    return ids + renamed, n_known + n_more


def _take_articles(present: Present, articles: Sequence[LabelledArticle]) -> Taken:
    """Take new articles in."""
    new = [labelled for labelled in articles if not _is_known(present, labelled)]
    return present.add(new), len(articles) - len(new)


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


def _articles(source: str, tell: Say) -> list[LabelledArticle]:
    with FewOfEach(lambda line: tell(f"left out: {line}")) as left_out:
        read = Sources([source], "auto", None, lambda where, reason: left_out.add(RowError(where, reason)), tell)
        return list(read.articles())


def _is_known(present: Present, labelled: LabelledArticle) -> bool:
    """Tell whether an article is there, also under a name that was given to it there."""
    name, number = labelled.article.id, 2
    while name in present.articles:
        if text_of(present.shards.rows(present.articles[name].place)) == labelled.article.text:
            return True
        name, number = f"{labelled.article.id} ({number})", number + 1
    return False
