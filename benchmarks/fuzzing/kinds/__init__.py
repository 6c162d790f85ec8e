"""The kinds of input: a module each, with ``make`` and ``run``, and the table of them."""

import random
from collections.abc import Callable
from typing import NamedTuple

from ..case import Case
from . import article_files, articles, exchange, model_files, options, pages, projects, settings, tables


class Kind(NamedTuple):
    """A kind of input.

    Parameters
    ----------
    make : callable
        Gives an input by chance; the same chance gives the same input.
    run : callable
        Does the work, and gives bytes that have to be the same the second time.
    share : int
        How many of the inputs are of this kind, in proportion.
    """

    make: Callable[[random.Random], Case]
    run: Callable[[Case], bytes]
    share: int


KINDS: dict[str, Kind] = {
    "articles": Kind(articles.make, articles.run, 15),
    "article-files": Kind(article_files.make, article_files.run, 20),
    "tables": Kind(tables.make, tables.run, 18),
    "exchange": Kind(exchange.make, exchange.run, 18),
    "pages": Kind(pages.make, pages.run, 6),
    "model-files": Kind(model_files.make, model_files.run, 12),
    "projects": Kind(projects.make, projects.run, 5),
    "settings": Kind(settings.make, settings.run, 8),
    "options": Kind(options.make, options.run, 8),
}


def case_of(seed: int, number: int) -> Case:
    """Give input number ``number`` of a seed: always the same."""
    draw = random.Random(f"{seed}-{number}")
    return KINDS[kind_of(seed, number)].make(draw)


def kind_of(seed: int, number: int) -> str:
    """Tell of which kind an input is, without making it."""
    draw = random.Random(f"kind-{seed}-{number}")
    return draw.choices(list(KINDS), [kind.share for kind in KINDS.values()])[0]
