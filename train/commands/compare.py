"""The command that compares two models, or two ways of learning."""

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...data.commands.console import labelled_articles, print_table, tell
from .evaluate import Dask, Folds, Jobs, Label, Seed, on_cluster, watch, workers

if TYPE_CHECKING:
    from ...data.records import LabelledArticle
    from ..evaluation.compare import Comparison, Flip

Side = Annotated[
    str,
    typer.Argument(
        metavar="A|B",
        help="Model file, report or predictions of sayso evaluate, or a way: own, plain, rule, stratified, most_frequent.",
        show_default=False,
    ),
]


def compare(
    a: Side,
    b: Side,
    data: Annotated[
        Path | None,
        typer.Option("--data", "-d", help="Dataset folder or labelled file; default: the corpus that comes along."),
    ] = None,
    task: Annotated[
        str | None, typer.Option(help="What is compared; default: the model's task.", show_default=False)
    ] = None,
    label: Label = None,
    folds: Folds = 5,
    repeats: Annotated[int, typer.Option(min=1, help="How often the articles are parted anew.")] = 1,
    seed: Seed = 0,
    flips: Annotated[int, typer.Option(min=0, help="Sentences to show that the two label differently.")] = 20,
    jobs: Jobs = None,
    dask: Dask = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
) -> None:
    """Compare two models, or two ways of learning, on the same articles.

    A way is cross-validated on the data: own is the task as it is trained, plain a logistic regression of its column.

    \b
    Example: sayso compare rule own --task kind --data my-data
    Example: sayso compare old.sayso new.sayso --data my-data
    Example: sayso compare old/report.html new/report.html
    """
    from ..evaluation.compare import compare as compare_predictions
    from ..evaluation.plan import Plan
    from ..evaluation.sides import sides, with_texts

    @cache
    def articles() -> "list[LabelledArticle]":
        return labelled_articles(data)

    plan = Plan(n_folds=folds, repeats=repeats, seed=seed, n_jobs=workers(jobs), watch=watch, notice=tell)
    with on_cluster(dask):
        one, two = sides((a, b), articles, task, label, plan)
    found = compare_predictions(one, two, *_names(a, b))
    if data is not None or articles.cache_info().currsize:
        found = with_texts(found, articles())
    if as_json:
        import json

        typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        _print(found, flips)


def _names(a: str, b: str) -> tuple[str, str]:
    """Give the sides names that tell them apart, as short as may be."""
    short = Path(a).name, Path(b).name
    return short if short[0] != short[1] else (a, b) if a != b else ("A", "B")


def _print(found: "Comparison", most: int) -> None:
    rows = []
    for name, of in ((found.a_name, found.a), (found.b_name, found.b)):
        low, high = of.interval
        rows.append((name, f"{of.macro_f1:.3f}", f"{low:.3f} to {high:.3f}", f"{of.accuracy:.3f}"))
    title = f"{found.sentences:,} sentences in {found.articles:,} articles"
    print_table(title, (("", "macro F1", "95 % of it", "accuracy"), list(rows)))
    if found.folds:
        names = ("repeat", "fold", found.a_name, found.b_name, "difference")
        lines = [(str(f.repeat + 1), str(f.fold + 1), f"{f.a:.3f}", f"{f.b:.3f}", f"{f.b - f.a:+.3f}") for f in found.folds]
        print_table("by fold: macro F1", (names, list(lines)))
    flipped = [*found.mended, *found.broken, *found.other]
    if flipped[:most]:
        title = (
            f"labelled differently: {len(found.mended):,} wrong in {found.a_name} and right in {found.b_name}, "
            f"{len(found.broken):,} the other way, {len(found.other):,} wrong in both"
        )
        print_table(title, (("where", "label", found.a_name, found.b_name, ""), _flip_rows(found, most)))
    typer.echo(
        f"{found.b_name} has more sentences right in {found.b_better:,} articles, {found.a_name} in {found.a_better:,}, "
        f"as many in {found.even:,}."
    )
    typer.echo(f"Permutation test over articles: p = {found.permutation_p:.4f}.")
    if found.resampled:
        typer.echo(f"Corrected resampled t-test over folds: t = {found.resampled.t:.2f}, p = {found.resampled.p:.4f}.")
    for note in found.notes:
        typer.echo(note)
    typer.echo(found.verdict)


def _flip_rows(found: "Comparison", most: int) -> list[tuple[str, ...]]:
    """Show mended and broken sentences in turn, so that both are seen."""
    turns: list[Flip] = []
    for k in range(max(len(found.mended), len(found.broken))):
        turns += [*found.mended[k : k + 1], *found.broken[k : k + 1]]
    shown = [*turns, *found.other][:most]
    return [(f"{f.article} {f.n}", f.truth, f.a, f.b, f.text) for f in shown]
