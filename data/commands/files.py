"""``sayso files``: every kind of file that is read."""

from .console import print_table


def files() -> None:
    """List the kinds of files that sayso reads.

    \b
    Example:
      sayso files

    Docs: docs/formats.md
    """
    from ..articles.kinds import kinds_of_articles
    from ..exchange.formats import kinds_of_labels

    print_table(
        "articles: sayso annotate, audit, data build, data suggest", (("kind", "files", "needs"), kinds_of_articles())
    )
    print_table("labelled sentences: sayso data build, train, evaluate", (("kind", "files", "needs"), kinds_of_labels()))
