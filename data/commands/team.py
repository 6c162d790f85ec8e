"""The commands of ``sayso data`` for a team that labels: split, agree, merge, rules."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...errors import SaysoError
from .console import labelled_articles, print_results, tell

if TYPE_CHECKING:
    from ..agreement.annotators import Annotator, Unit
    from ..splits.split import Placed, Rule

Paths = Annotated[
    list[Path],
    typer.Argument(metavar="A B ...", help="A labelled file or dataset folder of each annotator.", show_default=False),
]
Out = Annotated[Path, typer.Option("--out", "-o", help="Folder to write.", show_default=False)]
Force = Annotated[bool, typer.Option("--force", help="Replace the dataset in the folder.")]
AsJson = Annotated[bool, typer.Option("--json", help="Everything, as JSON.")]


def split(
    path: Annotated[Path, typer.Argument(help="Dataset folder or labelled file.", show_default=False)],
    out: Out,
    by: Annotated[str, typer.Option(help="article, outlet (none on two sides) or date (train is oldest).")] = "article",
    shares: Annotated[str, typer.Option(help="Of train/validation/test, or train/test.")] = "80/10/10",
    seed: Annotated[int, typer.Option(min=0, help="Of the hash that places an article by its id.")] = 0,
    stratify: Annotated[
        str | None, typer.Option(metavar="COLUMN", help="Choose the seed that makes the sides alike in these labels.")
    ] = None,
    keep: Annotated[
        Path | None, typer.Option(metavar="DIR", help="An earlier split: its rule, and what stands in it stays.")
    ] = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Part a dataset into train, validation and test; near-duplicates stay together, more articles move none.

    \b
    Example: sayso data split my-data --out my-split --stratify kind
    """
    from ..datasets.build import check_buildable
    from ..datasets.folder import check_free, write_dataset
    from ..splits.report import check_no_leaks, describe_split, find_leaks, label_columns, seed_chooser, split_tables
    from ..splits.split import split_articles

    check_free(out, force=force)
    rule, kept = _rule(by, shares, seed, stratify, keep)
    articles = labelled_articles(path)
    check_buildable(articles)
    placed = split_articles(articles, rule, kept, seed_chooser(articles, stratify) if stratify else None)
    leaks = find_leaks(placed.articles)
    check_no_leaks(leaks)
    write_dataset(placed.articles, out, force=force)
    found = describe_split(placed, leaks, label_columns(articles))
    print_results(found, split_tables(found), as_json)
    _tell_split(placed, kept, out)


def _rule(by: str, shares: str, seed: int, stratify: str | None, keep: Path | None) -> "tuple[Rule, dict[str, str]]":
    """Give the rule that is asked for, and the articles that have their place already."""
    from ..splits.split import BY, Rule, parse_shares

    if by not in BY:
        raise typer.BadParameter(f"--by {by!r} is not one of {', '.join(BY)}.")
    if stratify is not None and (seed or by == "date"):
        raise typer.BadParameter("--stratify chooses the seed of the hash: no --seed and no --by date beside it.")
    rule = Rule(by, parse_shares(shares), seed)
    if keep is None:
        return rule, {}
    if (by, shares, seed, stratify) != ("article", "80/10/10", 0, None):
        raise typer.BadParameter("--keep takes the rule of the earlier split: leave --by, --shares, --seed, --stratify out.")
    return _earlier(keep)


def _earlier(folder: Path) -> "tuple[Rule, dict[str, str]]":
    """Read the rule and the sides of an earlier split."""
    from ..splits.split import RULE, parse_rule

    sides: dict[str, str] = {}
    rules: set[str] = set()
    for labelled in labelled_articles(folder):
        side = labelled.split
        if sides.setdefault(labelled.article.id, side) != side:
            raise SaysoError(f"{folder}: article {labelled.article.id!r} stands on two sides; split anew.")
        rules.add(labelled.meta.get(RULE, ""))
    found = parse_rule(rules.pop()) if len(rules) == 1 else None
    if found is None:
        raise SaysoError(f"{folder}: its column article_{RULE} does not tell one rule; was it written by sayso data split?")
    return found, sides


def _tell_split(placed: "Placed", kept: dict[str, str], out: Path) -> None:
    """Say what a person must know of a split besides its tables."""
    from ..display import counted

    names = {a.article.id for a in placed.articles}
    if kept:
        there = len(names & kept.keys())
        tell(f"{counted(there, 'article')} stay where they were, {len(names) - there:,} new.")
    if gone := len(kept.keys() - names):
        tell(f"{counted(gone, 'article')} of the earlier split are not in the data, and not in this split.")
    if placed.left_out:
        shown = ", ".join(placed.left_out[:5])
        tell(f"Left out, being like articles of two sides: {len(placed.left_out):,} ({shown}).")
    if 2 * placed.largest > len(names) > 2:
        tell(f"{placed.largest:,} of {len(names):,} articles hang together (copies): sides cannot be even.")
    tell(f"Written to {out}.")


def agree(
    paths: Paths,
    column: Annotated[
        list[str] | None, typer.Option(show_default=False, help="Only this column, task or span; repeatable.")
    ] = None,
    most: Annotated[int, typer.Option(min=0, metavar="N", help="So many disputes are shown.")] = 20,
    disputes: Annotated[
        Path | None, typer.Option(show_default=False, help="Write all disputes, for decisions: .csv or .jsonl.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Measure how well annotators agree, and list what they dispute, worst first.

    \b
    Example: sayso data agree anna.jsonl ben.jsonl --disputes disputes.csv
    """
    from ..agreement.annotators import match_units, measure_agreement
    from ..agreement.disputes import check_names, find_disputes, write_disputes
    from ..agreement.report import agreement_tables, describe_agreement

    annotators = _annotators(paths)
    names = [annotator.name for annotator in annotators]
    check_names(names)
    units = match_units(annotators)
    measured = measure_agreement(annotators, units, column or ())
    disputed = find_disputes(annotators, units, column or ())
    if disputes is not None:
        write_disputes(disputed, names, disputes)
    print_results(describe_agreement(measured, disputed), agreement_tables(measured, disputed, most), as_json)
    _tell_unmatched(annotators, units)
    if disputes is not None:
        tell(f"Written to {disputes}: {len(disputed):,} disputes; fill in the column decision.")


def merge(
    paths: Paths,
    out: Out,
    adjudicate: Annotated[
        Path | None, typer.Option(show_default=False, help="The disputes, with decisions filled in.")
    ] = None,
    undecided: Annotated[str, typer.Option(help="Disputes without a decision: refuse, unlabelled or majority.")] = "refuse",
    force: Force = False,
) -> None:
    """Make one dataset of several annotators' labels: what they agree on, and what was decided.

    \b
    Example: sayso data merge anna.jsonl ben.jsonl --adjudicate disputes.csv --out gold
    """
    from ..agreement.disputes import read_decisions
    from ..agreement.merge import UNDECIDED, merge_articles
    from ..datasets.build import summary
    from ..datasets.folder import check_free, write_dataset

    if undecided not in UNDECIDED:
        raise typer.BadParameter(f"--undecided {undecided!r} is not one of {', '.join(UNDECIDED)}.")
    check_free(out, force=force)
    annotators = _annotators(paths)
    found = merge_articles(annotators, read_decisions(adjudicate) if adjudicate else {}, undecided)
    write_dataset(found.articles, out, force=force)
    tell(
        f"Labels: {found.agreed:,} agreed, {found.alone:,} by one annotator alone, {found.decided:,} decided, "
        f"{found.by_majority:,} by majority, {len(found.open):,} left open."
    )
    for article, n, name in found.open[:10]:
        tell(f"open: {article}:{n} {name}")
    if len(found.open) > 10:
        tell(f"open: and {len(found.open) - 10:,} more")
    tell(f"{summary(found.articles)}\nWritten to {out}.")


def _annotators(paths: Sequence[Path]) -> "list[Annotator]":
    """Read what each person labelled; a person is called as the file, or by the path where files are called alike."""
    from ..agreement.annotators import annotator_of

    if len(paths) < 2:
        raise typer.BadParameter("two annotators or more are needed: a file or folder of each.")
    stems = [path.stem for path in paths]
    names = stems if len(set(stems)) == len(stems) else list(map(str, paths))
    if len(set(names)) < len(names):
        raise SaysoError(f"{next(name for name in names if names.count(name) > 1)}: given twice; name each annotator once.")
    return [annotator_of(name, labelled_articles(path)) for name, path in zip(names, paths, strict=True)]


def _tell_unmatched(annotators: "Sequence[Annotator]", units: "Sequence[Unit]") -> None:
    """Say how many sentences nobody else has."""
    matched = {(unit.article, unit.n): unit for unit in units}
    for number, annotator in enumerate(annotators):
        places = [(name, s.n) for name, labelled in annotator.articles.items() for s in labelled.sentences]
        alone = sum(1 for place in places if place not in matched or matched[place].sentences[number] is None)
        if alone:
            tell(f"{annotator.name}: {alone:,} of {len(places):,} sentences nobody else has; they count nothing.")
