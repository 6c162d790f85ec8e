"""The commands of ``sayso data`` for a team that labels: split, agree, merge, rules."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import SaysoError
from .console import labelled_articles, print_table

if TYPE_CHECKING:
    from .show import Table
    from .split import Placed, Rule

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
    from .build import check_buildable
    from .dataset import check_free, write_dataset
    from .split import split_articles
    from .split_report import check_no_leaks, describe_split, find_leaks, label_columns, seed_chooser, split_tables

    check_free(out, force=force)
    rule, kept = _rule(by, shares, seed, stratify, keep)
    articles = labelled_articles(path)
    check_buildable(articles)
    placed = split_articles(articles, rule, kept, seed_chooser(articles, stratify) if stratify else None)
    leaks = find_leaks(placed.articles)
    check_no_leaks(leaks)
    write_dataset(placed.articles, out, force=force)
    found = describe_split(placed, leaks, label_columns(articles))
    _show(found, split_tables(found), as_json)
    _tell_split(placed, kept, out)


def _rule(by: str, shares: str, seed: int, stratify: str | None, keep: Path | None) -> "tuple[Rule, dict[str, str]]":
    """Give the rule that is asked for, and the articles that have their place already."""
    from .split import BY, Rule, parse_shares

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
    from .split import RULE, parse_rule

    sides: dict[str, str] = {}
    rules: set[str] = set()
    for labelled in labelled_articles(folder):
        side = labelled.meta.get("split", "train")
        if sides.setdefault(labelled.article.id, side) != side:
            raise SaysoError(f"{folder}: article {labelled.article.id!r} stands on two sides; split anew.")
        rules.add(labelled.meta.get(RULE, ""))
    found = parse_rule(rules.pop()) if len(rules) == 1 else None
    if found is None:
        raise SaysoError(f"{folder}: its column article_{RULE} does not tell one rule; was it written by sayso data split?")
    return found, sides


def _tell_split(placed: "Placed", kept: dict[str, str], out: Path) -> None:
    """Say what a person must know of a split besides its tables."""
    from .build import counted

    names = {a.article.id for a in placed.articles}
    if kept:
        there = len(names & kept.keys())
        typer.echo(f"{counted(there, 'article')} stay where they were, {len(names) - there:,} new.", err=True)
    if gone := len(kept.keys() - names):
        typer.echo(f"{counted(gone, 'article')} of the earlier split are not in the data, and not in this split.", err=True)
    if placed.left_out:
        shown = ", ".join(placed.left_out[:5])
        typer.echo(f"Left out, being like articles of two sides: {len(placed.left_out):,} ({shown}).", err=True)
    if 2 * placed.largest > len(names) > 2:
        typer.echo(f"{placed.largest:,} of {len(names):,} articles hang together (copies): sides cannot be even.", err=True)
    typer.echo(f"Written to {out}.", err=True)


def _show(found: dict[str, Any], tables: "Iterable[tuple[str, Table]]", as_json: bool) -> None:
    """Print results: tables, or all of it as JSON."""
    if as_json:
        import json

        typer.echo(json.dumps(found, ensure_ascii=False, indent=1))
        return
    for title, table in tables:
        print_table(title, table)
