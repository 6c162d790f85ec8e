"""The command that scores a task or a model."""

from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ...data.commands.console import AsJson, labelled_articles, print_results, print_table, show, tell, unread_is_no_error
from ...data.commands.help import OUTPUT, SAFE_CELLS, SCORES
from ...data.commands.row_options import names_columns
from ...data.display import counted
from ...data.progress import waiting
from ...data.rows.recognition.names import RowNames
from ...errors import SaysoError
from .options import (
    Adapt,
    Also,
    Dask,
    DataOrOwn,
    Encode,
    Folds,
    GroupSimilar,
    Jobs,
    Label,
    Read,
    Repeats,
    Search,
    Seed,
    asking,
    check_label_name,
    memory_needed,
    on_cluster,
    reader_with_effect,
    setup_of,
    watch,
    workers,
)

if TYPE_CHECKING:
    from ...data.records import LabelledArticle
    from ..evaluation.attribution import AttributionEvaluation
    from ..evaluation.plan import ExternalSet, Plan
    from ..evaluation.result import Evaluation
    from ..report.sections.section import AnyResult
    from ..report.used import Used


@names_columns
def evaluate(
    task: Annotated[
        str,
        typer.Argument(metavar="TASK", help="kind, source_type, attribution, bias, stance, or the name of a label column."),
    ],
    data: DataOrOwn = None,
    model: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Score this model file. Without it, a model is trained for each fold."),
    ] = None,
    external: Annotated[
        Path | None,
        typer.Option(
            metavar="DATA", help="External test set: also train on all of --data, and score that model on these articles."
        ),
    ] = None,
    label: Label = None,
    folds: Folds = 5,
    repeats: Repeats = 1,
    seed: Seed = 0,
    encoder: Encode = None,
    reader: Read = None,
    also: Also = None,
    search: Search = False,
    adapt: Adapt = None,
    group: Annotated[
        str | None,
        typer.Option(
            metavar="COLUMN",
            rich_help_panel=SCORES,
            help="Also hold out whole groups, such as outlet: how well do the models do on an outlet that is new to them?",
        ),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COLUMN", rich_help_panel=SCORES, help="Also score the sentences of each value of this column."
        ),
    ] = None,
    second: Annotated[
        str | None,
        typer.Option(
            metavar="COLUMN",
            rich_help_panel=SCORES,
            help="Column with a second person's labels, to compare the model with people.",
            show_default="second_ and the task's column",
        ),
    ] = None,
    group_similar: GroupSimilar = False,
    unseen_targets: Annotated[
        bool,
        typer.Option("--unseen-targets", rich_help_panel=SCORES, help="With stance: hold out targets as well as articles."),
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            rich_help_panel=OUTPUT,
            help="Write a report to a new folder: a page, its figures (PDF, SVG, PNG), its tables (LaTeX, CSV), a methods "
            "text and the references. With FILE.html: the page, with its data and the predictions beside it. "
            f"{SAFE_CELLS}",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", rich_help_panel=OUTPUT, help="Overwrite an existing report.")] = False,
    jobs: Jobs = None,
    dask: Dask = None,
    as_json: AsJson = False,
    *,
    row_names: RowNames,
) -> None:
    """Score a task by cross-validation, or a model on your data.

    All scores are on articles that the model has not seen. If a run with --report is stopped, the same command continues
    after the folds that were finished.

    \b
    Examples:
      sayso evaluate kind --data my-data
      sayso evaluate kind --data my-data --external other-news --report kind-report
      sayso evaluate kind --model kind.sayso --data my-data

    Docs: sayso docs evaluation
    """
    from ..evaluation.plan import Plan
    from ..folds.cache import forget_folds

    reader = reader_with_effect(reader, task, instead=adapt is not None or _reads_alone(task, model))
    row_names = asking(row_names, task, label, group, second, *(by or ()), *(also or ()))
    request = _Request(task, data, row_names, model, external, label, encoder, report, adapt, reader)
    plan = Plan(
        n_folds=folds,
        repeats=repeats,
        seed=seed,
        curve=report is not None,
        group=group,
        second=second,
        by=tuple(by or ()),
        unseen_targets=unseen_targets,
        similar=group_similar,
        watch=watch,
        notice=tell,
        cache=fold_cache(report) if report else None,
    )
    request.check(plan, force=force)
    check_label_name(task, label)
    articles = labelled_articles(data, row_names)
    n_jobs = workers(jobs, 0 if dask or model else memory_needed(task, articles, read=reader is not None))
    plan = replace(plan, n_jobs=n_jobs, setup=setup_of(encoder, also, search, reader), external=request.external_set())
    if model is None:
        articles, plan = request.held_from_reader(articles, plan)
    with on_cluster(dask), waiting("scoring the model") if model else nullcontext():
        evaluation = request.evaluate(articles, plan)
    if report is None:
        _print(evaluation, articles, as_json=as_json)
        return
    with unread_is_no_error("the scores"):
        _print(evaluation, articles, as_json=as_json)
    write_and_tell(report, evaluation, articles, request.command(plan), request.used())
    forget_folds(plan.cache)


def _reads_alone(task: str, model: Path | None) -> bool:
    """Tell whether a given model has no use for a reader: one of attributions that was trained without."""
    from ...classify.model_files.container import read_model
    from ...classify.model_files.files import ATTRIBUTION

    return model is not None and model.is_file() and task == ATTRIBUTION and not read_model(model).manifest.get("reader")


def fold_cache(report: Path) -> Path:
    """Name the folder beside a report that keeps finished folds until it is written."""
    path = report.absolute()
    return path.parent / f".{path.name}.folds"


@dataclass(frozen=True, slots=True)
class _Request:
    """What is to be scored, on what, and where the report goes."""

    task: str
    data: Path | None
    row_names: RowNames
    model: Path | None
    external: Path | None
    label: str | None
    encoder: str | None
    report: Path | None
    adapt: str | None = None
    reader: str | None = None

    def check(self, plan: "Plan", *, force: bool) -> None:
        """Refuse what does not go together, before the long work."""
        from ...classify.model_files.files import ATTRIBUTION, STANCE
        from ..report.files import check_report

        if self.report is not None:
            check_report(self.report, force=force)
        if plan.unseen_targets and (self.task != STANCE or self.model is not None):
            raise SaysoError("--unseen-targets works only with sayso evaluate stance, and without --model.")
        if self.model is not None and (plan.group is not None or plan.repeats > 1 or plan.similar):
            raise SaysoError(
                "--group, --group-similar and --repeats work only with folds; with --model, no model is trained."
            )
        if self.adapt and (self.model or self.external or self.task == ATTRIBUTION):
            raise SaysoError("--adapt works only with folds over sentence labels; leave out --model and --external.")
        if self.adapt and self.reader:
            raise SaysoError(
                "--reader has no effect with --adapt, which keeps the features of the adapted model; leave it out."
            )
        if self.model is not None and self.external is not None:
            raise SaysoError("--external works only with folds; to score a model on those articles, give them with --data.")

    def external_set(self) -> "ExternalSet | None":
        """Read the external test set."""
        from ..evaluation.plan import ExternalSet

        if self.external is None:
            return None
        return ExternalSet(self.external.resolve().name, labelled_articles(self.external, self.row_names))

    def held_from_reader(self, articles: "list[LabelledArticle]", plan: "Plan") -> "tuple[list[LabelledArticle], Plan]":
        """Leave out what the reader has learned from."""
        from ..evaluation.plan import task_held_from_reader

        if self.reader is None:
            return articles, plan
        held, plan = task_held_from_reader(self.task, articles, self.label, plan)
        return list(held), plan

    def used(self) -> "Used":
        """Say what datasets and model files have used, to be cited."""
        from ..report.used import used_by_files, used_by_reader

        of_files = used_by_files((self.data, self.external), (self.model, self.adapt), self.label or self.task)
        return of_files + used_by_reader(self.reader)

    def evaluate(self, articles: "list[LabelledArticle]", plan: "Plan") -> "Evaluation | AttributionEvaluation":
        """Score the task, or the given model."""
        from ...classify.model_files.files import ATTRIBUTION
        from ..evaluation.evaluate import cross_validate, evaluate_model
        from ..evaluation.result import OWN_DATA
        from ..tasks.adapted import adapted_from

        name = self.data.resolve().name if self.data else OWN_DATA
        if self.task == ATTRIBUTION:
            return self._evaluate_attribution(articles, name, plan)
        if self.model is None:
            instead = adapted_from(self.adapt, self.task) if self.adapt else None
            return cross_validate(self.task, articles, plan, data_name=name, label=self.label, instead=instead)
        column = self.label or self.task
        return evaluate_model(self.model, column, articles, plan, data_name=name)

    def _evaluate_attribution(self, articles: "list[LabelledArticle]", name: str, plan: "Plan") -> "AttributionEvaluation":
        from ..evaluation.attribution import cross_validate_attribution, evaluate_attribution_model

        if plan.group or plan.second or plan.by or plan.repeats > 1 or plan.similar:
            raise SaysoError(
                "--group, --group-similar, --by, --second and --repeats work only for sentence labels, not for attribution."
            )
        if self.model is not None:
            return evaluate_attribution_model(self.model, articles, plan, data_name=name, label=self.label)
        return cross_validate_attribution(articles, plan, data_name=name, label=self.label)

    def command(self, plan: "Plan") -> str:
        """Give the command that repeats this."""
        import shlex

        words = list(self._switches(plan))
        for option, value in self._options(plan):
            if value is not None:
                words += [option, str(value)]
        return shlex.join(["sayso", "evaluate", self.task, *words])

    def _switches(self, plan: "Plan") -> Iterator[str]:
        if plan.setup and plan.setup.search:
            yield "--search"
        if plan.unseen_targets:
            yield "--unseen-targets"
        if plan.similar:
            yield "--group-similar"

    def _options(self, plan: "Plan") -> Iterator[tuple[str, object]]:
        yield from (("--data", self.data), ("--model", self.model), ("--external", self.external))
        yield from (("--label", self.label), ("--encoder", self.encoder), ("--reader", self.reader))
        yield "--adapt", self.adapt
        yield from self.row_names.options()
        yield from (("--also", column) for column in (plan.setup.also if plan.setup else ()))
        if self.model is None:
            yield from (("--folds", plan.n_folds), ("--seed", plan.seed))
            yield from (("--repeats", plan.repeats if plan.repeats > 1 else None), ("--group", plan.group))
        yield from (("--by", column) for column in plan.by)
        yield from (("--second", plan.second), ("--report", self.report.name if self.report else None))


def write_and_tell(
    path: Path, result: "AnyResult", articles: "Sequence[LabelledArticle]", command: str, used: "Used"
) -> None:
    """Write a report, and say where it is: of a folder in a line, of a page and what is beside it in a line each."""
    from ..report.files import is_page, write_report

    tell("Writing the report.")
    written = write_report(path, result, articles, command, used, tell)
    if is_page(path):
        for file in written:
            tell(f"Written to {file}, {file.stat().st_size:,} bytes.")
    else:
        tell(f"Written to {path}, {counted(len(written), 'file')}; open {written[0]}.")


def _print(evaluation: "Evaluation | AttributionEvaluation", articles: "list[LabelledArticle]", *, as_json: bool) -> None:
    if as_json:
        from ..report.tables import as_json as figures_of

        print_results(figures_of(evaluation, articles), (), as_json=True)
    else:
        print_report(evaluation, articles)


def print_report(evaluation: "Evaluation | AttributionEvaluation", articles: "list[LabelledArticle]") -> None:
    """Print an evaluation as tables and remarks."""
    from ..report.tables import as_tables, caution_line

    if caution := caution_line(evaluation, articles):
        show(caution)
        show()
    tables, remarks = as_tables(evaluation, articles)
    for title, table in tables:
        print_table(title, table)
    for remark in remarks:
        show(remark)
