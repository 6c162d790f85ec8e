"""``sayso data build``: it lives here because its ``--prelabel`` asks models."""

from functools import partial
from typing import Annotated

import typer

from ...data.commands.console import CodebookFile, DateOrder, Force, Out, tell, tell_lines
from ...data.commands.help import MODELS, OUTPUT
from ...data.commands.row_options import names_columns
from ...data.rows.recognition.names import RowNames
from ...errors import SaysoError
from .article_options import (
    AnyLanguage,
    DateColumn,
    IdColumn,
    MendEncoding,
    OutletColumn,
    TitleColumn,
    WithReader,
    columns_of,
)


@names_columns
def build(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE…",
            help="Articles or labelled sentences: files, folders, exports of other labelling tools, - for standard input, "
            "or hf:OWNER/NAME for a dataset on the Hugging Face hub.",
        ),
    ],
    out: Out,
    rows: Annotated[
        str, typer.Option(metavar="WHAT", help="What each row of a table is: sentences, articles, or auto to find out.")
    ] = "auto",
    drop: Annotated[
        bool, typer.Option("--drop", help="Leave out rows and labels that are wrong, and list them in a log.")
    ] = False,
    prelabel: Annotated[
        bool,
        typer.Option(
            "--prelabel", rich_help_panel=MODELS, help="Add the models' suggestions, in columns apart from labels."
        ),
    ] = False,
    model: Annotated[
        list[str] | None,
        typer.Option(
            metavar="FILE",
            rich_help_panel=MODELS,
            help="With --prelabel: use this model file in place of the built-in one.",
        ),
    ] = None,
    reader: WithReader = None,
    name: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", rich_help_panel=OUTPUT, help="Name on the dataset card.", show_default="the folder's name"
        ),
    ] = None,
    licence: Annotated[
        str | None,
        typer.Option(metavar="NAME", rich_help_panel=OUTPUT, help="Licence on the dataset card, such as cc-by-4.0."),
    ] = None,
    codebook: CodebookFile = None,
    push: Annotated[
        str | None,
        typer.Option(
            metavar="OWNER/NAME",
            rich_help_panel=OUTPUT,
            help="Also send the dataset to the Hugging Face hub, with your token.",
        ),
    ] = None,
    public: Annotated[
        bool,
        typer.Option(
            "--public",
            rich_help_panel=OUTPUT,
            help="With --push: make a new dataset public. Without it only you can see it.",
        ),
    ] = False,
    force: Force = False,
    id_column: IdColumn = None,
    title_column: TitleColumn = None,
    outlet_column: OutletColumn = None,
    date_column: DateColumn = None,
    date_order: DateOrder = None,
    mend_encoding: MendEncoding = False,
    any_language: AnyLanguage = False,
    *,
    row_names: RowNames,
) -> None:
    """Build a dataset folder from articles or labelled sentences.

    If a label is wrong, the problem is reported and nothing is written, unless you give --drop. Articles that cannot be
    read, and duplicates, are left out and listed in OUT.dropped.jsonl beside the folder.

    \b
    Examples:
      sayso data build articles/ --prelabel --out to-label
      sayso data build coded.xlsx --text-column sentence --label-column frame --out my-data
      sayso data build tasks.json --out my-data

    Docs: sayso docs dataset-format
    """
    from ...data.articles.amounts import total_bytes
    from ...data.codebook.versions import codebook_around
    from ...data.datasets.make import BuildOptions, make_dataset
    from ...data.datasets.stream import ROWS
    from ...data.datasets.tally import summary_of
    from ...data.progress import is_shown, watched
    from ...data.rows.refused import FewOfEach
    from ...data.settings.taken import is_taken
    from ..files.english import EnglishOnly

    if rows not in ROWS:
        raise typer.BadParameter(f"--rows {rows!r} is not one of {', '.join(ROWS)}.")
    if reader is not None and not prelabel and not is_taken("reader"):
        raise SaysoError("--reader is for the models' suggestions; add --prelabel, or leave out --reader.")
    suggest, english = None, EnglishOnly(any_language=any_language, then="without suggestions")
    failed: list[SaysoError] = []
    if prelabel:
        from ..model_files.shipped import beside_others
        from ..queue.prelabel import suggester  # models take a while to load
        from ..word_reader.reader import word_reader

        found = word_reader(reader)
        suggest = suggester(model or [], english, failed.append, found)
        for note in beside_others(model or [], found):
            tell(note)
    columns = columns_of(
        row_names, id_column, title_column, outlet_column, date_column, mend_encoding=mend_encoding, date_order=date_order
    )
    meanings = codebook_around((*sources, out), codebook, tell)
    options = BuildOptions(sources, rows, name, licence, drop, force, row_names, columns, meanings)
    total, read = total_bytes(sources) if is_shown() else None, options.amount
    watch = partial(
        watched, what="article", share=lambda: min(read.n_bytes / total, 1.0) if total and read.n_bytes else None
    )
    tally = make_dataset(options, out, tell, suggest, watch)
    english.tell(tell)
    with FewOfEach(lambda line: tell(f"Error: {line}")) as few:
        for error in failed:
            few.add(error)
    tell_lines(summary_of(tally))
    tell(f"Written to {out}.")
    if push:
        from ...data.datasets.hub import push as send

        tell(f"Uploaded to {send(out, push, public=public)}.")
    if failed or options.failed:
        raise typer.Exit(1)
