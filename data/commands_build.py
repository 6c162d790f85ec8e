"""The commands that make datasets: from articles and labelled sentences, and from public corpora."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from .console import print_table, progress, tell

if TYPE_CHECKING:
    from .records import LabelledArticle

_SHOWN = 5


def build(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Articles or labelled sentences: files, folders, what other tools wrote, - or hf:OWNER/NAME.",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder to write.", show_default=False)],
    name: Annotated[str | None, typer.Option(help="Name on the dataset card; default: the folder's.")] = None,
    licence: Annotated[str | None, typer.Option(help="Licence on the card, such as cc-by-4.0.")] = None,
    rows: Annotated[str, typer.Option(help="What rows of tables are: sentences, articles, or auto.")] = "auto",
    prelabel: Annotated[bool, typer.Option("--prelabel", help="Add what models suggest, apart from labels.")] = False,
    model: Annotated[
        list[str] | None,
        typer.Option(help="Of --prelabel: model file instead of the package's; repeatable.", show_default=False),
    ] = None,
    drop: Annotated[bool, typer.Option("--drop", help="Leave labels and rows out that are wrong, and log them.")] = False,
    push: Annotated[
        str | None, typer.Option(metavar="OWNER/NAME", help="Also send it to the hub, with your token.", show_default=False)
    ] = None,
    public: Annotated[bool, typer.Option("--public", help="Of --push: a new one is for everybody to see.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace the dataset in the folder.")] = False,
) -> None:
    """Make a dataset folder of sentences out of articles and labelled sentences.

    What is wrong with labels is told, and nothing is written (unless with --drop). Articles that cannot be read, or
    stand twice, are left out; OUT.dropped.jsonl, beside the folder, says which and why.

    \b
    Example: sayso data build articles/ --prelabel --out to-label
    """
    from .dataset import check_free, write_dataset
    from .stream import ROWS, Sources
    from .tally import summary_of

    if rows not in ROWS:
        raise typer.BadParameter(f"--rows {rows!r} is not one of {', '.join(ROWS)}.")
    check_free(out, force=force)
    log = _Log(out.with_name(f"{out.name}.dropped.jsonl"))
    found = Sources(sources, rows, licence, log.add, (lambda e: log.add(e.where, e.reason)) if drop else None)
    articles = _suggested(found.articles(), model or []) if prelabel else found.articles()
    watched = progress(iter(articles), "articles")
    tally = write_dataset(watched, out, name=name, licence=licence, force=force, sources=lambda: found.given)
    log.write()
    tell(f"{summary_of(tally)}\nWritten to {out}.")
    if push:
        from .hub import push as send

        tell(f"Sent to {send(out, push, public=public)}.")


def _suggested(articles: "Iterator[LabelledArticle]", models: list[str]) -> "Iterable[LabelledArticle]":
    """Add suggestions; commands may reach for what classifies, the modules of data never do."""
    from ..classify.prelabel import suggester

    return map(suggester(models), articles)


class _Log:
    """Keeps what is left out, and why."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lines: list[str] = []

    def add(self, where: str, reason: str) -> None:
        """Note something; the first few are told at once."""
        if len(self._lines) < _SHOWN:
            tell(f"left out: {where}: {reason}")
        import json

        self._lines.append(json.dumps({"where": where, "reason": reason}, ensure_ascii=False) + "\n")

    def write(self) -> None:
        """Write all of it beside the dataset; without anything left out an earlier log goes."""
        from .write import replace_file

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
    from .card import Provenance
    from .dataset import check_free, write_dataset
    from .imports import as_rows, corpus_named, import_corpus
    from .tally import summary_of

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
