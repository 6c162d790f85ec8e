"""The command ``sayso data import``."""

from pathlib import Path
from typing import Annotated

import typer

from .console import Force, print_table, tell, tell_lines
from .help import OUTPUT


def import_(
    corpus: Annotated[str | None, typer.Argument(metavar="CORPUS", help="Name of a public corpus, such as polnear.")] = None,
    path: Annotated[
        Path | None, typer.Argument(metavar="PATH", help="Its folder as its authors publish it, or one part of it.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="DIR", rich_help_panel=OUTPUT, help="Dataset folder to write.")
    ] = None,
    kinds: Annotated[
        bool,
        typer.Option(
            "--kinds/--no-kinds", help="Derive kinds and source types from the corpus's own labels. --list shows how."
        ),
    ] = True,
    force: Force = False,
    wanted: Annotated[bool, typer.Option("--list", help="List the corpora and what their labels become, and exit.")] = False,
) -> None:
    """Make a dataset folder from a public corpus.

    Labels that cannot be converted are counted and reported.

    \b
    Examples:
      sayso data import --list
      sayso data import polnear PolNeAR --out polnear

    Docs: sayso docs corpora
    """
    from ..corpora.registry import as_rows, corpus_named, import_corpus
    from ..datasets.card import Provenance
    from ..datasets.folder import check_free, write_dataset
    from ..datasets.tally import summary_of

    if wanted:
        print_table("corpora", (("corpus", "its label", "becomes"), as_rows()))
        return
    if corpus is None or path is None or out is None:
        raise typer.BadParameter("give a corpus, its folder and --out; list the corpora with --list.")
    known = corpus_named(corpus)
    check_free(out, force=force)
    articles = import_corpus(corpus, path, kinds=kinds, notice=tell)
    n_sentences = sum(len(a.sentences) for a in articles)
    provenance = Provenance(f"{known.title}, {known.home}", known.licence, len(articles), n_sentences)
    tally = write_dataset(articles, out, name=known.title, licence=known.licence, force=force, sources=lambda: [provenance])
    tell_lines(summary_of(tally))
    tell(f"Written to {out}.")
