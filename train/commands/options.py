"""The options that training, evaluating and comparing share, and what they ask for."""

import os
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...data.commands.console import tell
from ...data.commands.help import MODELS, SCORES, WORK
from ...data.progress import Mark, clear, draw, is_shown, rest
from ...data.rows.places import RESERVED
from ...data.rows.recognition.names import RowNames
from ...data.scheme import LABELS_OF
from ...errors import SaysoError

if TYPE_CHECKING:
    from ...classify.wording.recipe import Setup
    from ...data.records import LabelledArticle

_MOST_BYTES = 2_000_000_000  # of all folds that are worked on at once, where nobody says how many
_LEAST_BYTES = 250_000_000  # of a process: libraries and word lists
_READ = ("attribution", "kind", "source_type")  # with a reader, if one is given
_BYTES_A_CHARACTER = dict.fromkeys(_READ, 325)  # of the text; measured on PolNeAR
_BYTES_OF_READS = 200  # of the text as well, with a reader: 890 bytes a word, which each step looks up
_BYTES_OF_COLUMNS = 75  # the same for label columns; measured on sentences of 110 characters

DataOrOwn = Annotated[
    Path | None,
    typer.Option(
        "--data", "-d", metavar="DATA", help="Dataset folder or labelled file.", show_default="the built-in corpus"
    ),
]
Label = Annotated[
    str | None,
    typer.Option(metavar="COLUMN", help="Label column to learn, if it is not called like the task."),
]
Folds = Annotated[
    int, typer.Option(min=2, metavar="N", help="Number of folds: the articles of each fold are held out in turn.")
]
GroupSimilar = Annotated[
    bool,
    typer.Option(
        "--group-similar",
        rich_help_panel=SCORES,
        help="Keep similar sentences in one fold: near-duplicates, and sentences that share rare words.",
    ),
]
Repeats = Annotated[int, typer.Option(min=1, metavar="N", help="Number of times to divide the articles into folds anew.")]
Seed = Annotated[int, typer.Option(min=0, metavar="N", help="Seed of the folds and the models.")]
Jobs = Annotated[
    int | None,
    typer.Option(
        min=1,
        metavar="N",
        rich_help_panel=WORK,
        help="Number of folds to work on at once.",
        show_default="one per processor, within 2 GB of memory",
    ),
]
Encode = Annotated[
    str | None,
    typer.Option(
        "--encoder",
        metavar="NAME",
        rich_help_panel=MODELS,
        help="Also learn from sentence vectors: wordllama, a folder, or a name on the Hugging Face hub.",
    ),
]
Read = Annotated[
    str | None,
    typer.Option(
        "--reader",
        metavar="NAME",
        rich_help_panel=MODELS,
        help="Read articles with a small transformer too: minilm, or the folder of a reader. Slower, finds more. For kind, "
        "source_type and attribution.",
    ),
]
ReadModels = Annotated[
    str | None,
    typer.Option(
        "--reader",
        metavar="NAME",
        rich_help_panel=MODELS,
        help="Reader that a model file was trained with: minilm, or the folder of a reader.",
    ),
]
Also = Annotated[
    list[str] | None,
    typer.Option(
        "--also",
        metavar="COLUMN",
        rich_help_panel=MODELS,
        help="Another label column whose labels help to predict this one.",
    ),
]
Search = Annotated[
    bool,
    typer.Option("--search", rich_help_panel=MODELS, help="Choose the model's settings on the training articles. Slower."),
]
Adapt = Annotated[
    str | None,
    typer.Option(
        metavar="FILE|package",
        rich_help_panel=MODELS,
        help="Start from this model file, or from the built-in model (package), and adapt it to the labels.",
    ),
]
Dask = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", rich_help_panel=WORK, help="Address of a Dask scheduler whose cluster does the work."),
]


def reader_with_effect(reader: str | None, task: str, *, instead: bool = False) -> str | None:
    """Leave out a reader that a settings file gives to all commands, where it has no effect; one that is typed stays.

    Parameters
    ----------
    reader : str or None
    task : str
    instead : bool
        Whether a model is asked or adapted that reads without one.
    """
    from ...data.settings.taken import is_taken

    return None if reader and is_taken("reader") and (instead or task not in _READ) else reader


def setup_of(encoder: str | None, also: list[str] | None, search: bool = False, reader: str | None = None) -> "Setup":
    """Give what is asked of the text classifier, and the word reader."""
    from ...classify.wording.encoders import load_encoder
    from ...classify.wording.recipe import Setup

    opened = None
    if reader:
        from ..given_reader import open_reader

        opened = open_reader(reader)
    return Setup(load_encoder(encoder) if encoder else None, tuple(also or ()), search=search, reader=opened)


def asking(names: RowNames, *columns: str | None) -> RowNames:
    """Add the label columns that a command is asked for: they are read under their own names, whatever they hold."""
    own = (column for column in columns if column and column not in RESERVED)
    return replace(names, asked=tuple(dict.fromkeys(own)))


def check_label_name(task: str, label: str | None) -> None:
    """Refuse a label column whose name belongs to sayso, before its values are read as something else.

    Raises
    ------
    SaysoError
        The message says how such a column is read.
    """
    column = label or task
    from ...classify.linear.composed import STANCE  # numpy would make --help three times as slow

    if column in RESERVED and column not in (*LABELS_OF, STANCE):
        named = f"give --label-column {column} and --label {column}_label"
        if not label:
            named = f"give --label-column {column}, and {column}_label as the task"
        raise SaysoError(
            f"{column!r} is a name that sayso gives a meaning of its own, so no label column can have it. To learn labels "
            f"in a column of this name, {named}."
        )


def memory_needed(task: str, articles: "Sequence[LabelledArticle]", *, read: bool = False) -> int:
    """Give about how many bytes a process needs to fit a task, and say so where this machine has fewer.

    Parameters
    ----------
    task : str
        One of ours, for which attributions are fitted as well, or a label column.
    articles : sequence of LabelledArticle
        What is learned from.
    read : bool
        Whether a reader reads them.
    """
    characters = sum(len(a.article.text) for a in articles)
    needed = _LEAST_BYTES + characters * (_BYTES_A_CHARACTER.get(task, _BYTES_OF_COLUMNS) + _BYTES_OF_READS * read)
    there = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") if hasattr(os, "sysconf") else needed
    if needed > there:
        tell(
            f"{sum(len(a.sentences) for a in articles):,} sentences need about {needed / 1e9:.1f} GB of "
            f"memory, and this machine has {there / 1e9:.1f} GB; if memory runs out, train on a random part of the rows."
        )
    return needed


def workers(jobs: int | None, needed: int = 0) -> int:
    """Tell how many folds to work on at once: where nobody says, as many as there are processors and memory allows.

    Parameters
    ----------
    jobs : int or None
        What the user asks for.
    needed : int
        Bytes of a process: see `memory_needed`.
    """
    from joblib import cpu_count

    from ...classify.bulk.jobs import check_most

    if jobs:
        check_most(jobs)
        return jobs
    n_processors, n_fitting = int(cpu_count()), max(1, _MOST_BYTES // max(needed, 1))
    if n_fitting < n_processors:
        tell(f"Folds in parallel: {n_fitting}, about {needed / 1e9:.1f} GB each; for more, give --jobs N.")
    return min(n_processors, n_fitting)


def on_cluster(address: str | None) -> AbstractContextManager[Any]:
    """Let joblib's work be done by a Dask cluster while the context lasts; here, without an address."""
    from ..folds.dask import use_dask

    return nullcontext() if address is None else use_dask(address)


def watch(results: Iterable[Any], n: int) -> Iterator[Any]:
    """Say which folds are done; on a terminal in one line, with how long the rest takes."""
    start, shown = Mark(time.monotonic(), 0, 0.0), is_shown()
    for number, result in enumerate(results, 1):
        line = f"fold {number} of {n}"
        if shown:
            draw(line + rest(start, Mark(time.monotonic(), number, number / n)), at_once=True)
        else:
            tell(line)
        yield result
    clear()
