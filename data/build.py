"""Labelled articles from whatever holds them, and datasets from labelled articles."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TypeVar

from ..errors import SaysoError
from .corpus import parse_article
from .dataset import by_split, dataset_rows
from .exchange_formats import read_exchange
from .rates import label_counts
from .read_page import PAGES, page_rows, pages_of
from .read_rows import TABLES, read_rows
from .records import LabelledArticle
from .row_place import Row, RowError
from .rows import articles_of

T = TypeVar("T")
Watch = Callable[[Iterator[T]], Iterable[T]]


def read_labelled(
    paths: Sequence[Path],
    refuse: Callable[[RowError], None] | None = None,
    watch: Watch[tuple[str, Row]] = iter,
) -> list[LabelledArticle]:
    """Read labelled sentences.

    Parameters
    ----------
    paths : sequence of Path
        Dataset folders, tables of labelled sentences, folders or files (``.txt``) of our corpus format, and
        folders or files (``.html``) of annotated articles.
    refuse : callable, optional
        Is given everything that is wrong, which is then left out. Without it the first is raised.
    watch : callable, optional
        Rows are read through it, such as a progress bar.
    """
    texts: list[Path] = []
    rows: list[Iterator[tuple[str, Row]]] = []
    for path in paths:
        if not path.exists():
            raise SaysoError(f"{path}: no such file or folder.")
        exchanged = read_exchange(path)
        if exchanged is not None:
            rows.append(exchanged)
        elif path.is_dir() and not _holds_tables(path) and (found := sorted(path.glob("*.txt"))):
            texts += found
        elif path.is_dir() and not _holds_tables(path) and (found := pages_of(path)):
            rows += [page_rows(page) for page in found]
        elif path.is_dir():
            rows.append(dataset_rows(path))
        elif path.suffix.lower() == ".txt":
            texts.append(path)
        elif path.suffix.lower() in PAGES:
            rows.append(page_rows(path))
        else:
            rows.append(read_rows(path))
    written = [article for path in texts for article in _parse(path, refuse)]
    return written + articles_of(watch(chain.from_iterable(rows)), refuse)


def _holds_tables(folder: Path) -> bool:
    return any(p.suffix.lower() in TABLES for p in folder.rglob("*"))


def _parse(path: Path, refuse: Callable[[RowError], None] | None) -> Iterator[LabelledArticle]:
    """Read a file of our corpus format; what is wrong with it is told by line."""
    try:
        yield parse_article(path.read_text(encoding="utf-8"), str(path))
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        _tell(RowError(f"{path}:{line}", "not UTF-8; convert the file."), refuse)
    except SaysoError as error:
        where, _, reason = str(error).removeprefix(str(path)).partition(": ")
        _tell(RowError(f"{path}{where}", reason), refuse)


def _tell(error: RowError, refuse: Callable[[RowError], None] | None) -> None:
    if refuse is None:
        raise error
    refuse(error)


def check_buildable(articles: Sequence[LabelledArticle]) -> None:
    """Refuse articles that stand in two splits, or two of one name."""
    counts = Counter(a.article.id for a in articles)
    twice = next((name for name, n in counts.items() if n > 1), None)
    if twice is None:
        return
    splits = sorted({a.meta.get("split", "train") for a in articles if a.article.id == twice})
    if len(splits) > 1:
        raise SaysoError(f"article {twice!r} is in {' and '.join(splits)}; an article belongs to one split.")
    raise SaysoError(f"two articles are called {twice!r}; give each an id of its own.")


def counted(n: int, what: str) -> str:
    """Say how many of something there are.

    >>> counted(1, "error"), counted(1200, "error")
    ('1 error', '1,200 errors')
    """
    return f"{n:,} {what}{'' if n == 1 else 's'}"


def summary(articles: Sequence[LabelledArticle]) -> str:
    """Say in a few lines what was read."""
    n_sentences = sum(len(a.sentences) for a in articles)
    lines = [counted(n_sentences, "sentence") + " in " + counted(len(articles), "article")]
    splits = by_split(articles)
    if len(splits) > 1:
        lines[0] += " (" + ", ".join(f"{split} {len(found):,}" for split, found in splits.items()) + ")"
    for task, counts in label_counts(articles).items():
        if counts:
            lines.append(f"{task}: " + ", ".join(f"{label} {n:,}" for label, n in counts.items()))
    for name in sorted({name for a in articles for s in a.sentences for name in s.extra}):
        n = sum(name in s.extra for a in articles for s in a.sentences)
        lines.append(f"{name}: {counted(n, 'sentence')} (a label column of your own)")
    if n_sentences == len(articles) > 1:
        lines.append("Every sentence is an article of its own: without an article column, no score can be by article.")
    return "\n".join(lines)
