"""The command that compares two models, or two ways of learning."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...data.commands.console import AsJson, labelled_articles, print_results, print_table, show, tell, unread_is_no_error
from ...data.commands.help import OUTPUT, SAFE_CELLS
from ...data.commands.row_options import names_columns
from ...data.display import counted
from ...data.rows.recognition.names import RowNames
from ...errors import SaysoError
from .evaluate import write_and_tell
from .options import (
    Dask,
    DataOrOwn,
    Folds,
    GroupSimilar,
    Jobs,
    Label,
    ReadModels,
    Repeats,
    Seed,
    asking,
    on_cluster,
    reader_with_effect,
    setup_of,
    watch,
    workers,
)

if TYPE_CHECKING:
    from ...data.records import LabelledArticle
    from ..evaluation.compare import Comparison, Flip, FoldDifference
    from ..evaluation.plan import Plan
    from ..measures.scores import Score

_SIDE = (
    "Model file; report or predictions of sayso evaluate; or a way of learning: own, plain, rule, stratified, "
    "most_frequent, adapted, package."
)


@names_columns
def compare(
    a: Annotated[str, typer.Argument(metavar="A", help=_SIDE)],
    b: Annotated[str, typer.Argument(metavar="B", help="The same, to compare with A.")],
    data: DataOrOwn = None,
    task: Annotated[
        str | None,
        typer.Option(
            metavar="TASK",
            help="kind, source_type, attribution, bias, stance, or the name of a label column.",
            show_default="the model's task",
        ),
    ] = None,
    label: Label = None,
    folds: Folds = 5,
    repeats: Repeats = 1,
    seed: Seed = 0,
    reader: ReadModels = None,
    group_similar: GroupSimilar = False,
    flips: Annotated[
        int, typer.Option(min=0, metavar="N", help="Number of sentences to show that the two label differently.")
    ] = 20,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            rich_help_panel=OUTPUT,
            help="Write a report to a new folder: a page, its figures (PDF, SVG, PNG), its tables (LaTeX, CSV), a methods "
            f"text and the references. With FILE.html: the page, with its data beside it. {SAFE_CELLS}",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", rich_help_panel=OUTPUT, help="Overwrite an existing report.")] = False,
    jobs: Jobs = None,
    dask: Dask = None,
    as_json: AsJson = False,
    *,
    row_names: RowNames,
) -> None:
    """Compare two models, or two ways of learning, on the same articles.

    Ways of learning are cross-validated on the data. own is the task's own model, adapted is the built-in model (package)
    adapted to the labels, plain is a logistic regression of the words, rule, stratified and most_frequent are baselines.

    \b
    Examples:
      sayso compare rule own --task kind --data my-data
      sayso compare old.sayso new.sayso --data my-data
      sayso compare old-report new-report --report compared

    Docs: sayso docs evaluation
    """
    from ..evaluation.compare import compare as compare_predictions
    from ..evaluation.plan import Plan
    from ..evaluation.sides import WAYS, is_model, sides, with_texts
    from ..folds.similar import similar_groups
    from ..report.files import check_report

    if report is not None:
        check_report(report, force=force)
    if a == b or (not {a, b} & set(WAYS) and Path(a).resolve() == Path(b).resolve()):
        raise SaysoError(f"A and B are the same, {a}; give two models, reports or ways of learning that differ.")
    if group_similar and not {a, b} & set(WAYS):
        raise SaysoError(f"--group-similar works only for methods trained on folds: {', '.join(WAYS)}.")
    reader = reader_with_effect(reader, "kind", instead=not any(map(is_model, (a, b))))
    if reader is not None and not any(map(is_model, (a, b))):
        raise SaysoError("--reader works only with model files that were trained with a reader; leave it out.")

    @cache
    def articles() -> "list[LabelledArticle]":
        return labelled_articles(data, asking(row_names, task, label))

    plan = Plan(
        n_folds=folds,
        repeats=repeats,
        seed=seed,
        n_jobs=workers(jobs),
        similar=group_similar,
        setup=setup_of(None, None, reader=reader),
        watch=watch,
        notice=tell,
    )
    with on_cluster(dask):
        one, two, known = sides((a, b), articles, task, label, plan)
    comparison = compare_predictions(one, two, *_names(a, b))
    comparison = replace(comparison, notes=(*known, *comparison.notes))
    if group_similar:
        comparison = replace(comparison, notes=(*comparison.notes, similar_groups(articles())[1].note))
    if data is not None or articles.cache_info().currsize:
        comparison = with_texts(comparison, articles())
    with unread_is_no_error("the scores"):
        if as_json:
            print_results(comparison.as_json(), (), as_json=True)
        else:
            _print(comparison, flips)
    if report is not None:
        request = _Request((a, b), data, row_names, task, label, report, reader)
        _report(request, comparison, articles() if articles.cache_info().currsize else [], plan)


@dataclass(frozen=True, slots=True)
class _Request:
    """What is compared, on what, and where the report goes."""

    names: tuple[str, str]
    data: Path | None
    row_names: RowNames
    task: str | None
    label: str | None
    report: Path
    reader: str | None = None

    def command(self, plan: "Plan", *, is_learned: bool) -> str:
        """Give the command that repeats this."""
        import shlex

        words = ["sayso", "compare", *self.names, *(["--group-similar"] if plan.similar else [])]
        folds = (("--folds", plan.n_folds), ("--seed", plan.seed), ("--repeats", plan.repeats)) if is_learned else ()
        about = (("--task", self.task), ("--data", self.data), ("--label", self.label), ("--reader", self.reader))
        for option, value in (*about, ("--report", self.report.name), *self.row_names.options(), *folds):
            if value is not None:
                words += [option, str(value)]
        return shlex.join(words)


def _report(request: _Request, comparison: "Comparison", articles: "list[LabelledArticle]", plan: "Plan") -> None:
    """Write the report of a comparison."""
    from ..evaluation.result import OWN_DATA
    from ..evaluation.sides import WAYS, task_named
    from ..manifest import about_data
    from ..report.compared import Compared
    from ..report.kept import side_of
    from ..report.used import used_by_comparison, used_by_files

    named = task_named(request.names, request.task) if {*request.names} & {*WAYS} else request.task
    sides = [side_of(name, request.label or request.task, articles, named) for name in request.names]
    is_learned = any(name in WAYS for name in request.names)
    data = next((side.data for side in sides if side.data), None)
    if articles:
        name = request.data.resolve().name if request.data else OWN_DATA
        data = about_data(name, articles)
    known = data or {"name": "of both sides", "articles": comparison.articles, "sentences": comparison.sentences}
    folds, repeats, seed = (plan.n_folds, plan.repeats, plan.seed) if is_learned else (None, None, None)
    task = request.task or next((side.task for side in sides if side.task), "labels")
    ways, made = (sides[0].way, sides[1].way), (sides[0].made, sides[1].made)
    compared = Compared(comparison, task, known, ways, folds, repeats, seed, made)
    used = used_by_comparison(comparison) + used_by_files((request.data,), (), task)
    used += sides[0].used + sides[1].used
    write_and_tell(request.report, compared, articles, request.command(plan, is_learned=is_learned), used)


def _names(a: str, b: str) -> tuple[str, str]:
    """Give the sides names that tell them apart, as short as may be."""
    short = Path(a).name, Path(b).name
    return short if short[0] != short[1] else (a, b)


def _print(of: "Comparison", most: int) -> None:
    title = f"{of.sentences:,} sentences in {of.articles:,} articles"
    scored = [(of.a_name, of.a), (of.b_name, of.b), (of.usual_name, of.usual_score)]
    print_table(title, (("", "macro F1", "95 % interval", "accuracy"), [_score_row(*row) for row in scored]))
    if of.folds:
        names = ("repeat", "fold", of.a_name, of.b_name, of.difference_name)
        print_table("macro F1 by fold", (names, [_fold_row(of, fold) for fold in of.folds]))
    if flips := _flip_rows(of, most):
        title = (
            f"labelled differently: {len(of.mended):,} sentences that only {of.b_name} has correct, "
            f"{len(of.broken):,} that only {of.a_name} has correct, {len(of.other):,} wrong in both"
        )
        print_table(title, (("sentence", "label", of.a_name, of.b_name, "text"), flips))
    for line in _conclusions(of):
        show(line)


def _score_row(name: str, score: "Score") -> tuple[str, ...]:
    low, high = score.interval
    return name, f"{score.macro_f1:.3f}", f"{low:.3f} to {high:.3f}", f"{score.accuracy:.3f}"


def _fold_row(of: "Comparison", fold: "FoldDifference") -> tuple[str, ...]:
    """Give the scores of a fold, and their difference with the sign that it has in the verdict."""
    difference = of.sign * (fold.b - fold.a)
    return str(fold.repeat + 1), str(fold.fold + 1), f"{fold.a:.3f}", f"{fold.b:.3f}", f"{difference:+z.3f}"


def _conclusions(of: "Comparison") -> Iterator[str]:
    """Say in sentences what the comparison comes to; the verdict last."""
    yield (
        f"More sentences correct: {of.b_name} in {counted(of.b_better, 'article')}, {of.a_name} in {of.a_better:,}; "
        f"equally many in {of.even:,}."
    )
    yield f"Permutation test over articles: p = {of.permutation_p:.4f}."
    if of.resampled:
        yield f"Corrected resampled t-test over folds: t = {of.sign * of.resampled.t:z.2f}, p = {of.resampled.p:.4f}."
    yield from of.notes
    yield from of.cautions
    yield of.verdict


def _flip_rows(of: "Comparison", most: int) -> list[tuple[str, ...]]:
    """Show mended and broken sentences in turn, so that both are seen."""
    turns: list[Flip] = []
    for k in range(max(len(of.mended), len(of.broken))):
        turns += [*of.mended[k : k + 1], *of.broken[k : k + 1]]
    shown = [*turns, *of.other][:most]
    return [(f"{f.article} {f.n}", f.truth, f.a, f.b, f.text) for f in shown]
