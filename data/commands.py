"""The commands of ``sayso data``."""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from ..errors import SaysoError

if TYPE_CHECKING:
    from .check import Problem
    from .records import LabelledArticle
    from .row_place import RowError
    from .show import Table

T = TypeVar("T")

data_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Build, look at and check labelled datasets.",
)


@data_app.callback()
def data() -> None:
    """Build, look at and check labelled datasets."""


@data_app.command()
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
    articles = read_labelled(sources, watch=_progress)
    check_buildable(articles)
    write_dataset(articles, out, name=name, licence=licence, force=force)
    typer.echo(f"{summary(articles)}\nWritten to {out}.", err=True)


@data_app.command("import")
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
        _print_table("corpora", (("corpus", "its label", "becomes"), as_rows()))
        return
    if corpus is None or path is None or out is None:
        raise typer.BadParameter("a corpus, its folder and --out are needed; --list shows the corpora.")
    title = corpus_named(corpus).title
    check_free(out, force=force)
    articles = import_corpus(corpus, path, kinds=kinds, notice=lambda line: typer.echo(line, err=True))
    check_buildable(articles)
    write_dataset(articles, out, name=title, force=force)
    typer.echo(f"{summary(articles)}\nWritten to {out}.", err=True)


@data_app.command()
def show(
    path: Annotated[
        Path | None,
        typer.Argument(help="Dataset folder or labelled file; without it the corpus that comes along."),
    ] = None,
    examples: Annotated[int, typer.Option(min=0, help="Sentences to show for each label.")] = 0,
    rates: Annotated[bool, typer.Option("--rates", help="How often things happen in it.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
) -> None:
    """Count labels and articles, and show examples.

    \b
    Example: sayso data show my-data --examples 3
    """
    import json

    from .show import as_tables, describe

    found = describe(_labelled(path), examples, with_rates=rates)
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for title, table in as_tables(found):
        _print_table(title, table)


@data_app.command()
def check(
    path: Annotated[
        Path | None,
        typer.Argument(help="Dataset folder or labelled file; without it the corpus that comes along."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="A JSON line for each problem.")] = False,
    unlikely: Annotated[
        int, typer.Option(min=0, metavar="N", help="Also the N labels of each column that models find unlikeliest.")
    ] = 0,
) -> None:
    """Tell everything that is wrong (error) or odd (warning) with labelled sentences; exit 1 on errors.

    \b
    Example: sayso data check my-data
    """
    import json
    from dataclasses import asdict

    from .build import counted
    from .check import check_articles, of_row

    refused: list[RowError] = []
    articles = _labelled(path, refused)
    problems = [*(of_row(error) for error in refused), *check_articles(articles, _doubter(unlikely))]
    for problem in problems:
        typer.echo(json.dumps(asdict(problem), ensure_ascii=False) if as_json else problem.line())
    n_errors = sum(p.level == "error" for p in problems)
    n_sentences = sum(len(a.sentences) for a in articles)
    typer.echo(
        f"{counted(n_sentences, 'sentence')} in {counted(len(articles), 'article')}: "
        f"{counted(n_errors, 'error')}, {counted(len(problems) - n_errors, 'warning')}.",
        err=True,
    )
    if n_errors:
        raise typer.Exit(1)


def _doubter(most: int) -> "Callable[[Sequence[LabelledArticle]], Iterable[Problem]] | None":
    """Give what finds unlikely labels; commands may reach for what trains, the modules of data never do."""
    if not most:
        return None
    from ..train.unlikely import unlikely_labels

    return lambda articles: unlikely_labels(articles, most=most)


def _labelled(path: Path | None, refused: "list[RowError] | None" = None) -> "list[LabelledArticle]":
    if path is None:
        from .corpus import own_corpus

        return own_corpus()
    from .build import read_labelled

    articles = read_labelled([path], refused.append if refused is not None else None, _progress)
    if not articles and not refused:
        raise SaysoError(f"{path}: no labelled sentences.")
    return articles


def _progress(rows: Iterator[T]) -> Iterable[T]:
    """Show on a terminal how many rows have been read."""
    if not sys.stderr.isatty():
        return rows
    from rich.console import Console
    from rich.progress import MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    bar = Progress(
        SpinnerColumn(),
        TextColumn("rows"),
        MofNCompleteColumn(),
        console=Console(stderr=True),
        transient=True,
    )

    def watched() -> Iterator[T]:
        with bar:
            yield from bar.track(rows, total=None)

    return watched()


def _print_table(title: str, table: "Table") -> None:
    """Print a table: framed on a terminal, tab-separated otherwise."""
    from .show import printable

    header, rows = table[0], [tuple(map(printable, row)) for row in table[1]]
    if not sys.stdout.isatty():
        typer.echo("\n".join([f"# {title}", "\t".join(header), *("\t".join(row) for row in rows), ""]))
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.table import Table as Framed

    framed = Framed(title=escape(title), title_justify="left")
    for name, cell in zip(header, rows[0] if rows else header, strict=True):
        is_number = cell.replace(",", "").rstrip("%").replace(".", "").isdigit()
        framed.add_column(name, justify="right" if is_number else "left", overflow="fold")
    for row in rows:
        framed.add_row(*(escape(cell) for cell in row))
    Console().print(framed)
