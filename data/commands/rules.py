"""The command ``sayso data rules``."""

from pathlib import Path
from typing import Annotated

import typer

from ..rows.recognition.names import RowNames
from .console import AsJson, Force, labelled_articles, print_results, tell
from .row_options import names_columns


@names_columns
def rules(
    path: Annotated[Path, typer.Argument(help="Dataset folder or file of sentences.", show_default=False)],
    file: Annotated[Path, typer.Option("--rules", help="The rules, TOML.", show_default=False)],
    vote: Annotated[str, typer.Option(help="How rules that meet become one label: majority or dawid-skene.")] = "majority",
    at_least: Annotated[float, typer.Option(min=0, max=1, help="Least share of the votes, or chance, for a label.")] = 0.0,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Folder to write, with weak labels.", show_default=False)
    ] = None,
    force: Force = False,
    as_json: AsJson = False,
    *,
    row_names: RowNames,
) -> None:
    """Label sentences by patterns, weakly: in columns weak_…, with coverage, conflicts and accuracy of each rule.

    \b
    Example: sayso data rules my-data --rules rules.toml --out my-weak-data
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
