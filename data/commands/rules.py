"""The command ``sayso data rules``."""

from pathlib import Path
from typing import Annotated

import typer

from ..rows.recognition.names import RowNames
from .console import AsJson, Force, labelled_articles, print_results, tell
from .help import OUTPUT
from .row_options import names_columns


@names_columns
def rules(
    path: Annotated[Path, typer.Argument(metavar="DATA", help="Dataset folder, or file of sentences.")],
    file: Annotated[Path, typer.Option("--rules", metavar="FILE", help="File with the rules (TOML).")],
    vote: Annotated[
        str, typer.Option(metavar="HOW", help="How several rules become one label: majority or dawid-skene.")
    ] = "majority",
    at_least: Annotated[
        float,
        typer.Option(min=0, max=1, metavar="X", help="Least share of the votes, or probability, for a label: 0 to 1."),
    ] = 0.0,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out", "-o", metavar="DIR", rich_help_panel=OUTPUT, help="Dataset folder to write, with the weak labels."
        ),
    ] = None,
    force: Force = False,
    as_json: AsJson = False,
    *,
    row_names: RowNames,
) -> None:
    """Label sentences by patterns that you write (weak labels).

    Reports the coverage, conflicts and accuracy of each rule. With --out, the labels go into columns weak_….

    \b
    Example:
      sayso data rules my-data --rules rules.toml --out my-weak-data

    Docs: sayso docs label
    """
    from ..checks.rules import WEAK, read_label_rules
    from ..checks.rules_report import WAYS, describe_rules, rules_tables, weak_labels
    from ..datasets.folder import check_free, write_dataset

    if vote not in WAYS:
        raise typer.BadParameter(f"--vote {vote!r} is not one of {', '.join(WAYS)}.")
    if out is not None:
        check_free(out, force=force)
    label_rules = read_label_rules(file)
    articles = labelled_articles(path, row_names)
    weak, reports = weak_labels(label_rules, articles, vote, at_least)
    if out is not None:
        write_dataset(weak, out, force=force)
    print_results(describe_rules(reports), rules_tables(reports), as_json)
    marked = any(s.attributions for a in articles for s in a.sentences)
    for rule in label_rules:
        if rule.where != "text" and not marked:
            tell(f"Rule {rule.name!r} looks at {rule.where}s, but {path} has none marked.")
    if out is not None:
        columns = ", ".join(dict.fromkeys(WEAK + rule.column for rule in label_rules))
        tell(f"Written to {out}; the weak labels are in {columns}.")
