"""The command ``sayso data suggest``: it stands with the data, but asks a model."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...data.commands.console import CodebookFile, print_table, tell
from ...data.commands.help import MODELS, OUTPUT, SAFE_CELLS
from ...data.commands.row_options import names_columns
from ...data.progress import watched
from ...data.rows.recognition.names import RowNames
from ...errors import SaysoError
from .article_options import AnyLanguage, MendEncoding, WithReader

if TYPE_CHECKING:
    from ...data.codebook.codebook import Codebook
    from ...data.records import LabelledArticle
    from ..queue.asker import Asker, Said
    from ..queue.queue import Queued


_AT_ONCE = 16  # articles that are asked about between two looks at how far that is


@names_columns
def suggest(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="SOURCE…", help="Dataset folder, labelled file, or articles to choose sentences from."),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            rich_help_panel=OUTPUT,
            help=f"Table to fill in: .csv, .jsonl, or what --format writes. {SAFE_CELLS}",
        ),
    ],
    n: Annotated[int, typer.Option("--n", "-n", min=1, metavar="N", help="Number of sentences to choose.")] = 100,
    column: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="Label column to fill in.", show_default="the column that the model predicts"),
    ] = None,
    called: Annotated[
        str | None,
        typer.Option(metavar="LABEL", help="Only sentences for which the model predicts LABEL."),
    ] = None,
    per_article: Annotated[int, typer.Option(min=1, metavar="N", help="Most sentences from one article.")] = 3,
    seed: Annotated[
        int, typer.Option(min=0, metavar="N", help=("Seed for choosing sentences that differ from each other."))
    ] = 0,
    model: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            rich_help_panel=MODELS,
            help="Model file that makes the suggestions.",
            show_default="the built-in model of kind and source type",
        ),
    ] = None,
    reader: WithReader = None,
    format_: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            rich_help_panel=OUTPUT,
            help="Write for another labelling tool; sayso data export --list lists the formats.",
        ),
    ] = None,
    codebook: CodebookFile = None,
    force: Annotated[bool, typer.Option("--force", rich_help_panel=OUTPUT, help="Overwrite an existing file.")] = False,
    mend_encoding: MendEncoding = False,
    any_language: AnyLanguage = False,
    *,
    row_names: RowNames,
) -> None:
    """Choose the sentences that are most worth labelling next.

    They are the sentences that the model is least sure of, different from each other, and from many articles. For a
    label column that no model predicts yet, they are sentences that differ from each other.

    \b
    Examples:
      sayso data suggest my-data --model kind.sayso --n 50 --out queue.csv
      sayso data suggest my-data --column kind --called official_claim --out queue.csv

    Docs: sayso docs label
    """
    from ..model_files.shipped import beside_others
    from ..queue.asker import load_asker
    from ..queue.pool import read_pool
    from ..queue.queue import Wanted, check_called, suggest_sentences
    from ..queue.queue_file import write_queue
    from ..word_reader.reader import word_reader

    _check_output(out, format_, force=force)
    meanings = _codebook(paths, format_, codebook)
    found = word_reader(reader)
    asker = load_asker(model, column, reader=found)
    wanted = Wanted(n, called, per_article, seed)
    asked = asker.column if asker else column or "kind"
    check_called(asker, asked, wanted)
    for note in beside_others([model] if model else [], found):
        tell(note)
    refused: list[SaysoError] = []
    articles = read_pool(paths, refused.append, tell, row_names, mend_encoding=mend_encoding, any_language=any_language)
    for error in refused:
        tell(f"Error: {error}")

    def report(error: SaysoError) -> None:
        refused.append(error)
        tell(f"Error: {error}")

    queue = suggest_sentences(articles, _Watched(asker) if asker else None, asked, wanted, report)
    write_queue(queue, asked, out, format_, force=force, codebook=meanings)
    _show_guesses(queue, asked)
    if len(queue) < n:
        which = "unlabelled sentences" if called is None else f"sentences that the model labels {called}"
        tell(f"Only {len(queue):,} of the {n:,} requested: limited by --per-article {per_article} or the number of {which}.")
    tell(f"Written to {out}; fill in the column {asked}.")
    if refused:
        raise typer.Exit(1)


@dataclass(frozen=True)
class _Watched:
    """Asks some articles at a time, and shows how far that is."""

    asker: "Asker"

    @property
    def column(self) -> str:
        return self.asker.column

    @property
    def labels(self) -> Sequence[str]:
        return self.asker.labels

    def ask(self, articles: "Sequence[LabelledArticle]") -> "list[Said]":
        starts = range(0, len(articles), _AT_ONCE)
        said = (self.asker.ask(articles[start : start + _AT_ONCE]) for start in starts)
        return list(watched((of for some in said for of in some), "article", total=len(articles)))


def _check_output(out: Path, format_: str | None, *, force: bool) -> None:
    """Refuse what cannot be written, before models are loaded."""
    from ...data.atomic_write import check_not_there
    from ...data.exchange.formats import FORMATS

    if format_ is None and out.suffix.lower() not in (".jsonl", ".ndjson", ".csv"):
        raise typer.BadParameter(f"--out {out}: a queue is written as .jsonl or .csv; for other tools, give --format.")
    if format_ is not None and format_ not in FORMATS:
        raise typer.BadParameter(f"--format {format_!r} is not one of {', '.join(FORMATS)}.")
    check_not_there(out, force=force)


def _codebook(paths: Sequence[Path], format_: str | None, file: Path | None) -> "Codebook | None":
    """Give the codebook that a tool's configuration is written by, as ``sayso data export`` does."""
    from ...data.codebook.versions import codebook_around
    from ...data.exchange.formats import FORMATS

    if format_ is not None and FORMATS[format_].write_by:
        return codebook_around(paths, file, tell)
    if file is not None:
        raise typer.BadParameter(
            f"--codebook works only with --format {', '.join(n for n, f in FORMATS.items() if f.write_by)}."
        )
    return None


def _show_guesses(queue: "Sequence[Queued]", column: str) -> None:
    """Count what the model takes the chosen sentences for."""
    from ...data.display import counted

    places = counted(len({queued.labelled.article.id for queued in queue}), "article")
    chosen = f"{counted(len(queue), 'sentence')} of {places}"
    counts = Counter(queued.guess.label for queued in queue if queued.guess)
    if not counts:
        tell(f"There is no model for {column!r} yet, so {chosen} were chosen that differ from each other.")
        return
    print_table(
        f"{chosen}; with the model's predictions", (("label", "n"), [(label, f"{n:,}") for label, n in counts.most_common()])
    )
