"""The commands of ``sayso data`` for a team that labels: split, agree and merge."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..progress import waiting
from ..rows.recognition.names import RowNames
from .console import AsJson, DateOrder, Force, Out, labelled_articles, print_results, show, tell, tell_lines
from .help import INPUT, MACHINES, OUTPUT, SAFE_CELLS
from .row_options import names_columns

if TYPE_CHECKING:
    from ..agreement.annotators import Annotator, Unit
    from ..agreement.machine.measure import Asked
    from ..records import LabelledArticle
    from ..splits.split import Rule

Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="DATA…",
        help="A labelled file or dataset folder of each annotator, one table with all of them, or a project folder.",
    ),
]
_MOST_OPEN = 10  # disputes without a decision that are named; data agree lists all of them


@names_columns
def split(
    path: Annotated[Path, typer.Argument(metavar="DATA", help="Dataset folder or labelled file.")],
    out: Out,
    by: Annotated[
        str,
        typer.Option(
            metavar="WHAT",
            help="article, outlet (all articles of an outlet go to one split), or date (the oldest articles are train).",
        ),
    ] = "article",
    shares: Annotated[
        str, typer.Option(metavar="N/N/N", help="Percentages of train/validation/test, or of train/test.")
    ] = "80/10/10",
    seed: Annotated[
        int, typer.Option(min=0, metavar="N", help="Seed. The same seed puts an article in the same split again.")
    ] = 0,
    stratify: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="Choose the seed for which the labels of COLUMN are shared out most evenly."),
    ] = None,
    keep: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="An earlier split to extend: its articles stay where they are, by the same rule."),
    ] = None,
    date_order: DateOrder = None,
    force: Force = False,
    as_json: AsJson = False,
    *,
    row_names: RowNames,
) -> None:
    """Split a dataset into train, validation and test.

    Near-duplicate articles stay in the same split. Adding articles to the dataset later does not move the others.

    \b
    Examples:
      sayso data split my-data --out my-split --stratify kind
      sayso data split more-data --out new-split --keep my-split

    Docs: sayso docs dataset-format
    """
    from ..datasets.build import check_buildable
    from ..datasets.folder import check_free, write_dataset
    from ..splits.report import notes_on_split, split_and_describe, split_tables

    check_free(out, force=force)
    rule, kept = _rule(by, shares, seed, stratify, keep)
    articles = _dated(labelled_articles(path, row_names), date_order)
    check_buildable(articles)
    placed, described = split_and_describe(articles, rule, kept, stratify)
    write_dataset(placed.articles, out, force=force)
    print_results(described, split_tables(described), as_json)
    for line in notes_on_split(placed, kept):
        tell(line)
    tell(f"Written to {out}.")


def _dated(articles: "list[LabelledArticle]", date_order: str | None) -> "list[LabelledArticle]":
    """Give articles with dates as the user reads them, where the order of their numbers was given."""
    from ..articles.metadata.date_columns import labelled_with_iso_dates
    from ..articles.metadata.dates import ORDERS
    from ..articles.notices import Notices

    if date_order is None:
        return articles
    notices = Notices(tell)
    dated = list(labelled_with_iso_dates(articles, notices, ORDERS[date_order]))
    notices.tell_counts()
    return dated


def _rule(by: str, shares: str, seed: int, stratify: str | None, keep: Path | None) -> "tuple[Rule, dict[str, str]]":
    """Give the rule that is asked for, and the articles that have their place already."""
    from ..splits.split import BY, Rule, earlier_split, parse_shares

    if by not in BY:
        raise typer.BadParameter(f"--by {by!r} is not one of {', '.join(BY)}.")
    if stratify is not None and (seed or by == "date"):
        raise typer.BadParameter("--stratify chooses the seed itself; it cannot be combined with --seed or --by date.")
    rule = Rule(by, parse_shares(shares), seed)
    if keep is None:
        return rule, {}
    if (by, shares, seed, stratify) != ("article", "80/10/10", 0, None):
        raise typer.BadParameter(
            "--keep uses the rule of the earlier split; it cannot be combined with --by, --shares, --seed or --stratify."
        )
    return earlier_split(labelled_articles(keep), keep)


@names_columns
def agree(
    paths: Paths,
    column: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="Only this label column, task or type of span.", show_default="all"),
    ] = None,
    most: Annotated[int, typer.Option(min=0, metavar="N", help="Number of disputes to show.")] = 20,
    disputes: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            rich_help_panel=OUTPUT,
            help=f"Write all disputes to FILE.csv or FILE.jsonl, to fill in decisions. {SAFE_CELLS}",
        ),
    ] = None,
    as_machine: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            rich_help_panel=MACHINES,
            help="Annotator NAME is a machine: test whether its labels can be used in place of people's.",
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN",
            rich_help_panel=MACHINES,
            help="With --as-machine: test for biases by this column.",
            show_default="outlet, year and other columns that are there",
        ),
    ] = None,
    epsilon: Annotated[
        float | None,
        typer.Option(
            min=0,
            max=1,
            metavar="X",
            rich_help_panel=MACHINES,
            show_default="0.15",
            help="With --as-machine and three people or more: how far the machine may fall short of a person, 0 to 1.",
        ),
    ] = None,
    annotator_column: Annotated[
        str | None,
        typer.Option(metavar="NAME", rich_help_panel=INPUT, help="In one table of all: column with the annotator's name."),
    ] = None,
    as_json: AsJson = False,
    force: Annotated[
        bool, typer.Option("--force", rich_help_panel=OUTPUT, help="Overwrite an existing file of disputes.")
    ] = False,
    *,
    row_names: RowNames,
) -> None:
    """Measure how well annotators agree, and list what they dispute.

    \b
    Examples:
      sayso data agree anna.jsonl ben.jsonl --disputes disputes.csv
      sayso data agree gold.csv llm.csv --as-machine llm

    Docs: sayso docs label
    """
    from ..agreement.annotators import count_unmatched, match_units, measure_agreement
    from ..agreement.disputes import check_disputes_path, check_names, find_disputes, write_disputes
    from ..agreement.machine.agreement import EPSILON
    from ..agreement.machine.measure import Asked
    from ..agreement.report import agreement_tables, describe_agreement
    from ..agreement.same_column import same_labels

    if disputes is not None:
        check_disputes_path(disputes, force=force)
    if (by or epsilon is not None) and not as_machine:
        raise typer.BadParameter("--by and --epsilon work only with --as-machine NAME.")
    annotators = same_labels(_annotators_alike(_of_projects(paths), row_names, annotator_column), tell)
    names = [annotator.name for annotator in annotators]
    check_names(names)
    units = match_units(annotators)
    with waiting("measuring agreement"):
        measured = measure_agreement(annotators, units, column or ())
        disputed = find_disputes(annotators, units, column or ())
    if disputes is not None:
        write_disputes(disputed, names, disputes)
    described = describe_agreement(measured, disputed)
    if as_machine:
        _print_machines(
            annotators,
            units,
            Asked(as_machine, column or (), by or (), EPSILON if epsilon is None else epsilon),
            described if as_json else None,
        )
    else:
        print_results(described, agreement_tables(measured, disputed, most), as_json)
    for name, n_alone, n_sentences in count_unmatched(annotators, units):
        tell(f"{name}: {n_alone:,} of {n_sentences:,} sentences were labelled by nobody else and are not counted.")
    if disputes is not None:
        tell(f"Written to {disputes}: {len(disputed):,} disputes; fill in the column decision.")


def _print_machines(
    annotators: "Sequence[Annotator]", units: "Sequence[Unit]", asked: "Asked", described: dict[str, Any] | None
) -> None:
    """Print what is said of machines; with what is described of all annotators as JSON, where that is given."""
    from ..agreement.machine.measure import measure_machines
    from ..agreement.machine.report import describe_machine, machine_tables, verdict_lines

    with waiting("measuring what replacing people would change"):
        reports = measure_machines(annotators, units, asked)
    if described is not None:
        print_results({**described, "machines": [describe_machine(of) for of in reports]}, (), as_json=True)
        return
    for of in reports:
        print_results(None, machine_tables(of), as_json=False)
        for line in verdict_lines(of):
            show(line)
        show()


@names_columns
def merge(
    paths: Paths,
    out: Out,
    adjudicate: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="File of disputes, from sayso data agree, with the decisions filled in."),
    ] = None,
    undecided: Annotated[
        str,
        typer.Option(
            metavar="HOW",
            help="What to do with disputes that nobody decided: refuse (write nothing), unlabelled, or majority.",
        ),
    ] = "refuse",
    force: Force = False,
    *,
    row_names: RowNames,
) -> None:
    """Merge the labels of several annotators into one dataset.

    Labels that they agree on are kept; disputes get the label that was decided.

    \b
    Example:
      sayso data merge anna.jsonl ben.jsonl --adjudicate disputes.csv --out gold

    Docs: sayso docs label
    """
    from ..agreement.disputes import read_decisions
    from ..agreement.merge import UNDECIDED, merge_articles
    from ..agreement.same_column import same_labels
    from ..datasets.build import summary
    from ..datasets.folder import check_free, write_dataset

    if undecided not in UNDECIDED:
        raise typer.BadParameter(f"--undecided {undecided!r} is not one of {', '.join(UNDECIDED)}.")
    check_free(out, force=force)
    annotators = same_labels(_annotators(_of_projects(paths), row_names), tell)
    merged = merge_articles(annotators, read_decisions(adjudicate) if adjudicate else {}, undecided)
    write_dataset(merged.articles, out, force=force)
    tell(
        f"Labels: {merged.agreed:,} agreed, {merged.alone:,} by one annotator only, {merged.decided:,} decided, "
        f"{merged.by_majority:,} by majority, {len(merged.open):,} left open."
    )
    for article, n, column in merged.open[:_MOST_OPEN]:
        tell(f"open: {article}:{n} {column}")
    if len(merged.open) > _MOST_OPEN:
        tell(f"open: and {len(merged.open) - _MOST_OPEN:,} more")
    tell_lines(summary(merged.articles))
    tell(f"Written to {out}.")


def _of_projects(paths: Sequence[Path]) -> list[Path]:
    """Put the datasets of all annotators in the place of the folder of a labelling project."""
    from ..project.folder import annotators_in

    return [folder for path in paths for folder in annotators_in(path) or [path]]


def _annotators_alike(paths: Sequence[Path], row_names: RowNames, column: str | None) -> "list[Annotator]":
    """Read what annotators labelled, in a file each or in one table of all, with sentences numbered alike."""
    from ..agreement.by_words import placed_by_words
    from ..agreement.same_column import same_column

    if len(paths) > 1 and column is None:
        return same_column(placed_by_words(_annotators(paths, row_names)), tell)
    from ..agreement.one_file import OneAnnotatorError, annotators_of_table, annotators_of_tables
    from ..articles.notices import Notices

    if column is None or len(paths) == 1:
        try:
            return placed_by_words(annotators_of_table(paths[0], row_names, column, Notices(tell)))
        except OneAnnotatorError as error:
            raise typer.BadParameter(str(error)) from error
    others = [path for path in paths if not annotators_of_tables([path], row_names, column, Notices())]
    rest = _annotators_of_files(others, row_names)
    return placed_by_words([*annotators_of_tables(paths, row_names, column, Notices(tell)), *rest])


def _annotators(paths: Sequence[Path], row_names: RowNames) -> "list[Annotator]":
    """Read what each person labelled."""
    if len(paths) < 2:
        raise typer.BadParameter("at least two annotators are needed: give a file or folder for each.")
    return _annotators_of_files(paths, row_names)


def _annotators_of_files(paths: Sequence[Path], row_names: RowNames) -> "list[Annotator]":
    from ..agreement.annotators import annotator_of, names_of

    row_names = replace(row_names, by_text=True)  # so that sentences without an article meet in the files of all
    return [
        annotator_of(name, labelled_articles(path, row_names)) for name, path in zip(names_of(paths), paths, strict=True)
    ]
