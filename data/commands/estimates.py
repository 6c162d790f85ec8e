"""The commands that correct machine labels by a random sample that people labelled."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...errors import SaysoError
from .console import AsJson, DateOrder, Excel, print_results, tell, wants_excel
from .help import INPUT, OUTPUT, SAFE_CELLS

if TYPE_CHECKING:
    from ..estimates.report import Group
    from ..estimates.sample import Names, Sample

    Model = str
else:
    Model = StrEnum("Model", {"LINEAR": "linear", "LOGISTIC": "logistic"})  # by an enumeration Typer knows the choices

Machine = Annotated[
    Path,
    typer.Argument(
        metavar="MACHINE", help="All sentences with the machine's labels: a table, or what sayso annotate wrote."
    ),
]
Gold = Annotated[
    Path | None, typer.Option("--gold", metavar="FILE", help="The random sample of the sentences that people labelled.")
]
Columns = Annotated[
    list[str] | None,
    typer.Option("--column", metavar="NAME", help="Label column to use.", show_default="all that both files have"),
]
GoldColumn = Annotated[
    str | None,
    typer.Option(
        "--gold-column",
        metavar="NAME",
        rich_help_panel=INPUT,
        help="Column with people's labels, if its name differs, or if it is in MACHINE itself.",
    ),
]
MachineColumn = Annotated[
    str | None,
    typer.Option(
        "--machine-column",
        metavar="NAME",
        rich_help_panel=INPUT,
        help="Column with the machine's labels, if its name differs.",
    ),
]
Pi = Annotated[
    str | None,
    typer.Option(
        "--pi-column",
        metavar="NAME",
        rich_help_panel=INPUT,
        help="Column with the probability that a sentence was drawn.",
        show_default="pi, else a simple random sample",
    ),
]
Id = Annotated[
    str | None,
    typer.Option(
        "--id-column", metavar="NAME", rich_help_panel=INPUT, help="Column in both files that identifies a sentence."
    ),
]
Text = Annotated[
    str | None,
    typer.Option("--text-column", metavar="NAME", rich_help_panel=INPUT, help="Column with the sentence."),
]
ArticleColumn = Annotated[
    str | None,
    typer.Option(
        "--article-column", metavar="NAME", rich_help_panel=INPUT, help="Column with the id of the sentence's article."
    ),
]
Articles = Annotated[
    Path | None,
    typer.Option(
        "--articles",
        metavar="PATH",
        help="The articles that were annotated, so that their outlet, date and other columns can be used too.",
    ),
]
OutFile = Annotated[
    Path | None,
    typer.Option(
        "--out",
        "-o",
        metavar="FILE",
        rich_help_panel=OUTPUT,
        help=f"Also write the results to FILE.csv or FILE.json. {SAFE_CELLS}",
    ),
]
Replace = Annotated[bool, typer.Option("--force", rich_help_panel=OUTPUT, help="Overwrite an existing file.")]


def shares(
    machine: Machine,
    gold: Gold = None,
    column: Columns = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN", help="Also estimate the shares for each outlet, month, year, or value of any column."
        ),
    ] = None,
    articles: Articles = None,
    out: OutFile = None,
    excel: Excel = False,
    force: Replace = False,
    as_json: AsJson = False,
    gold_column: GoldColumn = None,
    machine_column: MachineColumn = None,
    pi_column: Pi = None,
    id_column: Id = None,
    text_column: Text = None,
    article_column: ArticleColumn = None,
    date_order: DateOrder = None,
) -> None:
    """Estimate the share of each label from machine labels and a sample.

    The machine's labels of all sentences are corrected by a random sample of them that people labelled (see sayso data
    sample). Each share has a 95 % interval.

    \b
    Examples:
      sayso shares llm.csv --gold gold.csv
      sayso shares annotations.jsonl --gold gold.csv --column kind --articles news.csv --by outlet
      sayso shares all.csv --column topic_llm --gold-column topic_ann

    Docs: sayso docs shares
    """
    from ..estimates.report import check_out, plain_shares, share_notes, share_tables, write_shares
    from ..estimates.sample import Names

    excel = wants_excel(excel, out)
    if out is not None:
        check_out(out, force=force)
    names = Names(id_column, text_column, article_column, pi_column, machine_column, date_order)
    sample, columns = _sample((machine, gold, articles), column or (), gold_column, names, by or ())
    groups = [group for name in columns for group in _groups(sample, name, by or ())]
    if out is not None:
        write_shares(out, groups, excel=excel)
    print_results(plain_shares(groups), share_tables(groups), as_json)
    _tell_all(share_notes(groups), out)


def effects(
    machine: Machine,
    on: Annotated[
        list[str],
        typer.Option(
            metavar="COLUMNS",
            help="Predictors, such as outlet,year. outlet=Post makes Post the baseline; C(year) treats numbers as "
            "categories.",
        ),
    ],
    gold: Gold = None,
    column: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Label column to use.", show_default="the one that both files have"),
    ] = None,
    label: Annotated[
        list[str] | None,
        typer.Option(
            metavar="LABEL", help="The outcome: whether a sentence has this label.", show_default="each label in turn"
        ),
    ] = None,
    outcome: Annotated[
        str | None,
        typer.Option(metavar="NAME", help="Use this column as the outcome, and the label as a predictor."),
    ] = None,
    model: Annotated[
        Model,
        typer.Option(metavar="KIND", help="linear for differences of shares, logistic for differences of log odds."),
    ] = "linear",
    articles: Articles = None,
    out: OutFile = None,
    excel: Excel = False,
    force: Replace = False,
    as_json: AsJson = False,
    gold_column: GoldColumn = None,
    machine_column: MachineColumn = None,
    pi_column: Pi = None,
    id_column: Id = None,
    text_column: Text = None,
    article_column: ArticleColumn = None,
    date_order: DateOrder = None,
) -> None:
    """Estimate how a label depends on outlet, year and other columns.

    A regression on machine labels of all sentences, corrected by a random sample of them that people labelled.

    \b
    Examples:
      sayso effects llm.csv --gold gold.csv --column claim --label yes --on outlet,year
      sayso effects llm.csv --gold gold.csv --column claim --on claim,outlet --outcome shares_on_facebook

    Docs: sayso docs shares
    """
    from ..estimates.design import parse_predictors
    from ..estimates.effects import Question, measure_effects
    from ..estimates.report import check_out, effect_notes, effect_tables, plain_effects, write_effects
    from ..estimates.sample import Names

    excel = wants_excel(excel, out)
    if out is not None:
        check_out(out, force=force)
    predictors = parse_predictors(on)
    names = Names(id_column, text_column, article_column, pi_column, machine_column, date_order)
    asked = [outcome] if outcome else [p.name for p in predictors]
    sample, columns = _sample((machine, gold, articles), [column] if column else [], gold_column, names, asked)
    if len(columns) > 1:
        raise SaysoError(f"both files have labels in {', '.join(columns)}; choose one with --column.")
    found = measure_effects(sample, Question(columns[0], predictors, label or (), outcome, str(model)))
    if out is not None:
        write_effects(out, found, excel=excel)
    print_results(plain_effects(found), effect_tables(found), as_json)
    _tell_all(effect_notes(found), out)


def _tell_all(notes: Iterable[str], out: Path | None) -> None:
    """Say what is to be known of the figures, and where they were written."""
    for line in notes:
        tell(line)
    if out is not None:
        tell(f"Written to {out}.")


def sample(
    machine: Machine,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            rich_help_panel=OUTPUT,
            help=f"Table for people to fill in: FILE.csv. {SAFE_CELLS}",
        ),
    ],
    n: Annotated[int, typer.Option("--n", "-n", min=1, metavar="N", help="Number of sentences to draw.")] = 200,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="NAME", help="Label column to fill in.", show_default="those of MACHINE"),
    ] = None,
    balance: Annotated[
        str | None,
        typer.Option(
            metavar="COLUMN", help="Draw equal numbers of each value of this column, so that rare labels are in the sample."
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, metavar="N", help="Seed of the random draw.")] = 0,
    force: Replace = False,
) -> None:
    """Draw a random sample of sentences for people to label.

    The sentences come from MACHINE. Its labels are left out, so that they influence nobody. Each row has the probability
    with which it was drawn. Use the labelled sample with sayso shares, sayso effects or sayso data agree --as-machine.

    \b
    Examples:
      sayso data sample llm.csv --n 300 --out gold.csv
      sayso data sample llm.csv --n 300 --balance claim --out gold.csv

    Docs: sayso docs shares
    """
    from ..articles.notices import Notices
    from ..atomic_write import check_not_there
    from ..estimates.draw import columns_to_fill, draw_rows, write_sample
    from ..estimates.tables import read_table

    if out.suffix.lower() != ".csv":
        raise SaysoError(f"{out}: the sample is written as .csv; choose a name that ends in .csv.")
    check_not_there(out, force=force)
    table = read_table(machine, [name for name in (*(column or ()), balance) if name], Notices(tell))
    rows, probability = draw_rows(table, n, seed, balance)
    columns = column or columns_to_fill(table)
    write_sample(table, rows, probability, columns, out)
    tell(f"Written to {out}: {n:,} of {len(table):,} sentences; fill in {', '.join(columns) or 'a column of labels'}.")


def _sample(
    paths: tuple[Path, Path | None, Path | None],
    columns: Sequence[str],
    gold_column: str | None,
    names: "Names",
    about: Sequence[str],
) -> "tuple[Sample, list[str]]":
    """Read labels by machine and people, and say what is taken for granted of the sample."""
    from ..articles.notices import Notices
    from ..estimates.sample import doubt_sample, find_sample, told_of_sample
    from ..estimates.tables import read_table, with_articles

    machine_path, gold_path, articles = paths
    if (gold_path is None) == (gold_column is None) and gold_path is None:
        raise typer.BadParameter(
            "give the labels by people: --gold FILE, or --gold-column NAME if they are in the same file."
        )
    notices = Notices(tell)
    named = names.id, names.text, names.article, names.probability, names.machine, gold_column
    kept = [name for name in (*columns, *about, *named) if name]
    machine = with_articles(read_table(machine_path, kept, notices), articles, notices, names.date_order)
    if gold_path is None:
        if len(columns) != 1:
            raise typer.BadParameter("--gold-column NAME needs exactly one --column, the machine's labels.")
        sample = find_sample(machine, machine, replace(names, machine=columns[0]))
        found = [str(gold_column)]
    else:
        sample = find_sample(machine, read_table(gold_path, kept, notices), names)
        found = [gold_column] if gold_column else list(columns) or sample.columns(about)
    if not found:
        sample, found = _only_columns(sample, about)
    labels = sample.labels(found[0])
    for line in told_of_sample(labels, sample.by_article):
        tell(line)
    if doubt := doubt_sample(labels, [(name, machine.values(name)) for name in about if name not in found]):
        tell(doubt)
    return sample, found


def _only_columns(sample: "Sample", about: Sequence[str]) -> "tuple[Sample, list[str]]":
    """Take the only label column of each file for one, if they hold the same labels."""
    from ..estimates.draw import columns_to_fill
    from ..rows.recognition.names import listed

    tables = sample.machine, sample.people
    machine, people = ([name for name in columns_to_fill(table) if name not in about] for table in tables)
    if len(machine) == 1 == len(people) and {*tables[0].cells(machine[0])} & {*tables[1].cells(people[0])} - {""}:
        tell(
            f"columns {machine[0]!r} of {tables[0].name} and {people[0]!r} of {tables[1].name} are "
            "treated as the same column."
        )
        return replace(sample, names=replace(sample.names, machine=machine[0])), people
    raise SaysoError(
        f"no label column is in both files: {tables[0].name} has {listed(machine)}, {tables[1].name} has "
        f"{listed(people)}. Name the people's column with --column and the machine's with --machine-column."
    )


def _groups(sample: "Sample", column: str, by: Sequence[str]) -> "list[Group]":
    """Give the shares in all sentences, and for each value of each column that was asked for."""
    import numpy as np

    from ..estimates.report import Group
    from ..estimates.shares import corrected_shares

    labels = sample.labels(column)
    groups = [Group(column, "", "", corrected_shares(labels))]
    for name in by:
        values = np.array(sample.machine.values(name))
        for value in sorted(set(values.tolist()), key=lambda value: (value == "", value)):
            groups.append(Group(column, name, value, corrected_shares(labels.where(np.flatnonzero(values == value)))))
    return groups
