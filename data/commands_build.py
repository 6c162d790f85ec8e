"""The commands that make datasets: from labelled sentences, and from public corpora."""

from pathlib import Path
from typing import Annotated

import typer

from .console import print_table, progress, tell


def build(
    sources: Annotated[
        list[Path],
        typer.Argument(
            metavar="SOURCE...",
            help="Labelled sentences: JSON lines, JSON, CSV, TSV, Parquet, dataset folder, corpus format.",
            show_default=False,
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="Folder to write.", show_default=False)],
    name: Annotated[str | None, typer.Option(help="Name on the dataset card; default: the folder's.")] = None,
    licence: Annotated[str | None, typer.Option(help="Licence on the card, such as cc-by-4.0.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the dataset in the folder.")] = False,
) -> None:
    """Make a dataset folder of labelled sentences; what is wrong with them is told, and nothing is written.

    \b
    Example: sayso data build labelled.jsonl --out my-data
    """
    from .build import check_buildable, read_labelled, summary
    from .dataset import check_free, write_dataset

    check_free(out, force=force)
    articles = read_labelled(sources, watch=progress)
    check_buildable(articles)
    write_dataset(articles, out, name=name, licence=licence, force=force)
    tell(f"{summary(articles)}\nWritten to {out}.")


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
    from .build import check_buildable, summary
    from .dataset import check_free, write_dataset
    from .imports import as_rows, corpus_named, import_corpus

    if wanted:
        print_table("corpora", (("corpus", "its label", "becomes"), as_rows()))
        return
    if corpus is None or path is None or out is None:
        raise typer.BadParameter("a corpus, its folder and --out are needed; --list shows the corpora.")
    title = corpus_named(corpus).title
    check_free(out, force=force)
    articles = import_corpus(corpus, path, kinds=kinds, notice=tell)
    check_buildable(articles)
    write_dataset(articles, out, name=title, force=force)
    tell(f"{summary(articles)}\nWritten to {out}.")
