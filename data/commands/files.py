"""What can be looked up: the kinds of files that are read (``sayso files``), and the documentation (``sayso docs``)."""

import sys
from typing import Annotated

import typer

from .console import print_table, show, show_lines


def files() -> None:
    """List the kinds of files that sayso reads.

    \b
    Example:
      sayso files

    Docs: sayso docs formats
    """
    from ..articles.kinds import kinds_of_articles
    from ..exchange.formats import kinds_of_labels

    print_table(
        "articles: sayso annotate, audit, data build, data suggest", (("kind", "files", "needs"), kinds_of_articles())
    )
    print_table("labelled sentences: sayso data build, train, evaluate", (("kind", "files", "needs"), kinds_of_labels()))


def docs(
    name: Annotated[
        str | None, typer.Argument(metavar="PAGE", help="Page to print, such as annotate. Without it, the pages are listed.")
    ] = None,
    path: Annotated[bool, typer.Option("--path", help="Print the folder that holds the pages as Markdown files.")] = False,
) -> None:
    """List the pages of the documentation, or print one.

    \b
    Examples:
      sayso docs
      sayso docs labels
      sayso docs annotate > annotate.md

    Docs: sayso docs cli
    """
    from ..manual import folder, page, sections

    if path:
        show(str(folder()))
    elif name is None:
        for heading, rows in sections():
            print_table(heading, (("page", "about"), rows))
    elif sys.stdout.isatty():
        from rich.console import Console
        from rich.markdown import Markdown

        Console().print(Markdown(page(name)))
    else:
        show_lines(page(name))
