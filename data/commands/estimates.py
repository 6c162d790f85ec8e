"""The commands that correct machine labels by a random sample that people labelled."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...errors import SaysoError
from .console import AsJson, print_results, tell

if TYPE_CHECKING:
    from ..estimates.report import Group
    from ..estimates.sample import Names, Sample

    Model = str
else:
    Model = StrEnum("Model", {"LINEAR": "linear", "LOGISTIC": "logistic"})  # by an enumeration Typer knows the choices

Machine = Annotated[
    Path,
    typer.Argument(
        metavar="MACHINE",
        help="All sentences as the machine labelled them: a table, or what sayso annotate wrote.",
        show_default=False,
    ),
]
Gold = Annotated[
    Path | None, typer.Option("--gold", help="The random sample of them that people labelled.", show_default=False)
]
GoldColumn = Annotated[
    str | None,
    typer.Option(
        "--gold-column",
        metavar="NAME",
        help="Column of people's labels, where these stand in MACHINE itself.",
        show_default=False,
    ),
]
MachineColumn = Annotated[
    str | None,
    typer.Option(
        "--machine-column", metavar="NAME", help="Column of the machine's labels, if called otherwise.", show_default=False
    ),
]
Pi = Annotated[
    str | None,
    typer.Option(
        "--pi-column",
        metavar="NAME",
        help="Column with the probability that a sentence was drawn; else pi, or a simple random sample.",
        show_default=False,
    ),
]
Id = Annotated[
    str | None,
    typer.Option("--id-column", metavar="NAME", help="Column of both files that tells sentences apart.", show_default=False),
]
Text = Annotated[
    str | None, typer.Option("--text-column", metavar="NAME", help="Column of the sentence.", show_default=False)
]
ArticleColumn = Annotated[
    str | None,
    typer.Option("--article-column", metavar="NAME", help="Column of the sentence's article.", show_default=False),
]
Articles = Annotated[
    Path | None,
    typer.Option(
        "--articles",
        help="The articles that were annotated: their outlet, date and other columns count too.",
        show_default=False,
    ),
]
OutFile = Annotated[Path | None, typer.Option("--out", "-o", help="Write it to FILE.csv or FILE.json.", show_default=False)]
Replace = Annotated[bool, typer.Option("--force", help="Replace the file.")]


def shares(
    machine: Machine,
    gold: Gold = None,
    column: Annotated[
        list[str] | None,
        typer.Option(show_default=False, help="Only this label column; repeatable. Default: all that both have."),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(show_default=False, help="Also for each outlet, month, year, or value of any column; repeatable."),
    ] = None,
    gold_column: GoldColumn = None,
    machine_column: MachineColumn = None,
    pi_column: Pi = None,
    id_column: Id = None,
    text_column: Text = None,
    article_column: ArticleColumn = None,
    articles: Articles = None,
    out: OutFile = None,
    force: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Count a machine's labels, corrected by a random sample that people labelled, with 95 % intervals.

    \b
    Example: sayso shares llm.csv --gold gold.csv
             sayso shares annotations.jsonl --gold gold.csv --column kind --articles news.csv --by outlet
             sayso shares all.csv --column topic_llm --gold-column topic_ann
    """
    from ..estimates.report import check_out, plain_shares, share_notes, share_tables, write_shares
    from ..estimates.sample import Names

    if out is not None:
        check_out(out, force=force)
    names = Names(id_column, text_column, article_column, pi_column, machine_column)
    sample, columns = _sample((machine, gold, articles), column or (), gold_column, names, by or ())
    groups = [group for name in columns for group in _groups(sample, name, by or ())]
    if out is not None:
        write_shares(out, groups)
    print_results(plain_shares(groups), share_tables(groups), as_json)
    _tell_all(share_notes(groups), out)


def effects(
    machine: Machine,
    on: Annotated[
        list[str],
        typer.Option(
            help="Predictors: outlet,year. outlet=Post sets the baseline, C(year) takes numbers for groups; repeatable."
        ),
    ],
    gold: Gold = None,
    column: Annotated[
        str | None, typer.Option(show_default=False, help="The label column. Default: the one that both have.")
    ] = None,
    label: Annotated[
        list[str] | None,
        typer.Option(
            show_default=False, help="Whether a sentence has this label is the outcome; repeatable. Default: each."
        ),
    ] = None,
    outcome: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", show_default=False, help="Another column is the outcome, and the labels are a predictor."
        ),
    ] = None,
    model: Annotated[Model, typer.Option(help="Differences of shares, or of log odds.")] = "linear",
    gold_column: GoldColumn = None,
    machine_column: MachineColumn = None,
    pi_column: Pi = None,
    id_column: Id = None,
    text_column: Text = None,
    article_column: ArticleColumn = None,
    articles: Articles = None,
    out: OutFile = None,
    force: Replace = False,
    as_json: AsJson = False,
) -> None:
    """Tell how a label depends on outlet, year and so on: a regression on machine labels, corrected by a random sample.

    \b
    Example: sayso effects llm.csv --gold gold.csv --column claim --label yes --on outlet,year
             sayso effects llm.csv --gold gold.csv --column claim --on claim,outlet --outcome shares_on_facebook
    """
    from ..estimates.design import parse_predictors
    from ..estimates.effects import Question, measure_effects
    from ..estimates.report import check_out, effect_notes, effect_tables, plain_effects, write_effects
    from ..estimates.sample import Names

    if out is not None:
        check_out(out, force=force)
    predictors = parse_predictors(on)
    names = Names(id_column, text_column, article_column, pi_column, machine_column)
    asked = [outcome] if outcome else [p.name for p in predictors]
    sample, columns = _sample((machine, gold, articles), [column] if column else [], gold_column, names, asked)
    if len(columns) > 1:
        raise SaysoError(f"both files have labels in {', '.join(columns)}; choose one with --column.")
    found = measure_effects(sample, Question(columns[0], predictors, label or (), outcome, str(model)))
    if out is not None:
        write_effects(out, found)
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
    out: Annotated[Path, typer.Option("--out", "-o", help="Table for people to fill in: FILE.csv.", show_default=False)],
    n: Annotated[int, typer.Option("--n", min=1, help="Sentences to draw.")] = 200,
    column: Annotated[
        list[str] | None,
        typer.Option(show_default=False, help="Label column to fill in; repeatable. Default: those of MACHINE."),
    ] = None,
    balance: Annotated[
        str | None,
        typer.Option(
            metavar="COLUMN", show_default=False, help="Draw as many of each value of this column, such as rare labels."
        ),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Of the draw.")] = 0,
    force: Replace = False,
) -> None:
    """Draw a random sample of machine-labelled sentences for people to label, with the probability of each draw.

    The machine's labels are not shown, so that they sway nobody. Filled in, it is what sayso shares, sayso effects and
    sayso data agree --as-machine take.

    \b
    Example: sayso data sample llm.csv --n 300 --out gold.csv
             sayso data sample llm.csv --n 300 --balance claim --out gold.csv
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
    machine = with_articles(read_table(machine_path, kept, notices), articles, notices)
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
