"""Making datasets: from articles and labelled sentences, and from public corpora."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..atomic_write import replace_file
from .console import print_table, progress, tell

if TYPE_CHECKING:
    from ..records import LabelledArticle

_SHOWN = 5


Suggester = Callable[["LabelledArticle"], "LabelledArticle"]


def make_dataset(
    sources: Sequence[str],
    out: Path,
    *,
    name: str | None,
    licence: str | None,
    rows: str,
    suggest: Suggester | None,
    drop: bool,
    force: bool,
) -> None:
    """Write a dataset folder, and tell what is in it and what was left out; see ``sayso data build``.

    ``suggest`` adds what models say of an article, apart from labels.
    """
    from ..datasets.folder import check_free, write_dataset
    from ..datasets.stream import ROWS, Sources
    from ..datasets.tally import summary_of

    if rows not in ROWS:
        raise typer.BadParameter(f"--rows {rows!r} is not one of {', '.join(ROWS)}.")
    check_free(out, force=force)
    log = _Log(out.with_name(f"{out.name}.dropped.jsonl"))
    found = Sources(sources, rows, licence, log.add, (lambda e: log.add(e.where, e.reason)) if drop else None)
    articles = map(suggest, found.articles()) if suggest else found.articles()
    tally = write_dataset(
        progress(iter(articles), "articles"), out, name=name, licence=licence, force=force, sources=lambda: found.given
    )
    log.write()
    tell(f"{summary_of(tally)}\nWritten to {out}.")


class _Log:
    """Keeps what is left out, and why."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines: list[str] = []

    def add(self, where: str, reason: str) -> None:
        """Note something; the first few are told at once."""
        if len(self._lines) < _SHOWN:
            tell(f"left out: {where}: {reason}")
        self._lines.append(json.dumps({"where": where, "reason": reason}, ensure_ascii=False) + "\n")

    def write(self) -> None:
        """Write all of it beside the dataset; without anything left out an earlier log goes."""
        if not self._lines:
            self._path.unlink(missing_ok=True)
            return
        with replace_file(self._path) as file:
            file.write("".join(self._lines).encode())
        tell(f"Left out: {len(self._lines):,}; {self._path} says which and why.")


def import_(
    corpus: Annotated[
        str | None, typer.Argument(help="Name of a public corpus, such as polnear.", show_default=False)
    ] = None,
    path: Annotated[
        Path | None, typer.Argument(help="Its folder as its authors publish it, or one part of it.", show_default=False)
    ] = None,
    out: Annotated[Path | None, typer.Option("--out", "-o", help="Folder to write.", show_default=False)] = None,
    kinds: Annotated[bool, typer.Option(help="Add kinds and source types by our table.")] = True,
    force: Annotated[bool, typer.Option("--force", help="Replace the dataset in the folder.")] = False,
    wanted: Annotated[bool, typer.Option("--list", help="Show the corpora and what becomes of their labels.")] = False,
) -> None:
    """Make a dataset folder of a public corpus; what is skipped is counted.

    \b
    Example: sayso data import polnear PolNeAR --out polnear
    """
    from ..corpora.registry import as_rows, corpus_named, import_corpus
    from ..datasets.card import Provenance
    from ..datasets.folder import check_free, write_dataset
    from ..datasets.tally import summary_of

    if wanted:
        print_table("corpora", (("corpus", "its label", "becomes"), as_rows()))
        return
    if corpus is None or path is None or out is None:
        raise typer.BadParameter("a corpus, its folder and --out are needed; --list shows the corpora.")
    known = corpus_named(corpus)
    check_free(out, force=force)
    articles = import_corpus(corpus, path, kinds=kinds, notice=tell)
    n_sentences = sum(len(a.sentences) for a in articles)
    given = Provenance(f"{known.title}, {known.home}", known.licence, len(articles), n_sentences)
    tally = write_dataset(articles, out, name=known.title, licence=known.licence, force=force, sources=lambda: [given])
    tell(f"{summary_of(tally, by_article=False)}\nWritten to {out}.")
