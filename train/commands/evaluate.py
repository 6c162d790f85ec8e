"""The command that scores a task or a model, and what it shares with training."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ...data.commands.console import labelled_articles, print_table, tell
from ...errors import SaysoError

if TYPE_CHECKING:
    from ...classify.wording.recipe import Setup
    from ...data.records import LabelledArticle
    from ..evaluation.attribution import AttributionEvaluation
    from ..evaluation.plan import Plan
    from ..evaluation.result import Evaluation

OWN = "sayso corpus"
Label = Annotated[str | None, typer.Option(help="Column to learn; default: the task's name.", show_default=False)]
Folds = Annotated[int, typer.Option(min=2, help="Parts of the articles, each held out in turn.")]
Seed = Annotated[int, typer.Option(min=0, help="Seed of folds and models.")]
Jobs = Annotated[
    int | None,
    typer.Option(min=1, help="Folds at once; default: one for each processor.", show_default=False),
]
Encode = Annotated[
    str | None,
    typer.Option(
        "--encoder",
        help="Sentence vectors beside the words: wordllama, a folder, or a name on the hub.",
        show_default=False,
    ),
]
Also = Annotated[
    list[str] | None,
    typer.Option("--also", help="Label column to learn along, as a help; again for more.", show_default=False),
]
Search = Annotated[bool, typer.Option("--search", help="Choose the settings inside the training articles; slower.")]
Soft = Annotated[bool, typer.Option("--soft", help="Count a sentence for every label by its probability or its annotators.")]
Dask = Annotated[
    str | None,
    typer.Option(metavar="ADDRESS", help="Scheduler of a Dask cluster that does the work.", show_default=False),
]


def evaluate(
    task: Annotated[
        str,
        typer.Argument(metavar="TASK", help="kind, source_type, attribution, or a label column.", show_default=False),
    ],
    data: Annotated[
        Path | None,
        typer.Option("--data", "-d", help="Dataset folder or labelled file; default: the corpus that comes along."),
    ] = None,
    model: Annotated[
        Path | None,
        typer.Option(help="Score this model file instead of training on folds.", show_default=False),
    ] = None,
    label: Label = None,
    encoder: Encode = None,
    also: Also = None,
    search: Search = False,
    soft: Soft = False,
    folds: Folds = 5,
    repeats: Annotated[int, typer.Option(min=1, help="How often the articles are parted anew.")] = 1,
    seed: Seed = 0,
    group: Annotated[
        str | None,
        typer.Option(metavar="COLUMN", help="Also hold whole groups out, such as outlet.", show_default=False),
    ] = None,
    by: Annotated[
        list[str] | None,
        typer.Option(metavar="COLUMN", help="Score slices by this column too; may be repeated.", show_default=False),
    ] = None,
    second: Annotated[
        str | None,
        typer.Option(
            metavar="COLUMN", help="A second person's labels; default: second_ and the task's column.", show_default=False
        ),
    ] = None,
    unseen_targets: Annotated[
        bool, typer.Option("--unseen-targets", help="Of stance: hold targets out, not only articles.")
    ] = False,
    report: Annotated[
        Path | None,
        typer.Option(help="Write a report (.html), its figures and the predictions beside it.", show_default=False),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace a report.")] = False,
    jobs: Jobs = None,
    dask: Dask = None,
    as_json: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
) -> None:
    """Score a task on articles that training has not seen.

    A report that was stopped goes on from the folds that were done.

    \b
    Example: sayso evaluate kind --data my-data --report report.html
    """
    from ...classify.model_files.files import ATTRIBUTION, STANCE
    from ..evaluation.plan import Plan
    from ..folds.cache import forget_folds
    from ..report.files import check_report

    if report is not None:
        check_report(report, force=force)
    if unseen_targets and (task != STANCE or model is not None):
        raise SaysoError("--unseen-targets is for sayso evaluate stance, without --model.")
    if model is not None and (group is not None or repeats > 1):
        raise SaysoError("--group and --repeats are for folds; a given model is not fitted again.")
    articles = labelled_articles(data)
    name = data.resolve().name if data else OWN
    plan = Plan(
        n_folds=folds,
        repeats=repeats,
        seed=seed,
        n_jobs=workers(jobs),
        curve=report is not None,
        group=group,
        second=second,
        by=tuple(by or ()),
        setup=setup_of(encoder, also, search, soft),
        unseen_targets=unseen_targets,
        watch=watch,
        notice=tell,
        cache=report.with_name(f".{report.name}.folds") if report else None,
    )
    found: Evaluation | AttributionEvaluation
    with on_cluster(dask):
        if task == ATTRIBUTION:
            found = _evaluate_attribution(model, articles, name, label, plan)
        else:
            found = _evaluate_sentences(task, model, articles, name, label, plan)
    if report is not None:
        _write_report(report, found, articles, _command(task, data, model, label, encoder, plan, report))
        forget_folds(plan.cache)
    if as_json:
        import json

        typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        print_report(found, articles)


def _evaluate_sentences(
    task: str, model: Path | None, articles: "list[LabelledArticle]", name: str, label: str | None, plan: "Plan"
) -> "Evaluation":
    from ..evaluation.evaluate import cross_validate, evaluate_model

    if model is not None:
        return evaluate_model(
            model, label or task, articles, data_name=name, second=plan.second, by=plan.by, setup=plan.setup
        )
    return cross_validate(task, articles, plan, data_name=name, label=label)


def _evaluate_attribution(
    model: Path | None, articles: "list[LabelledArticle]", name: str, label: str | None, plan: "Plan"
) -> "AttributionEvaluation":
    from ..evaluation.attribution import cross_validate_attribution, evaluate_attribution_model

    if plan.group or plan.second or plan.by or plan.repeats > 1:
        raise SaysoError("--group, --by, --second and --repeats are for labels of sentences, not for attribution.")
    if model is not None:
        return evaluate_attribution_model(model, articles, data_name=name, label=label)
    how = {"n_folds": plan.n_folds, "seed": plan.seed, "n_jobs": plan.n_jobs}
    return cross_validate_attribution(articles, data_name=name, label=label, **how, watch=watch, notice=tell)


def _write_report(
    path: Path, found: "Evaluation | AttributionEvaluation", articles: "list[LabelledArticle]", command: str
) -> None:
    from ..report.files import write_report

    tell("report")
    for written in write_report(path, found, articles, command):
        tell(f"Written to {written}, {written.stat().st_size:,} bytes.")


def _command(
    task: str, data: Path | None, model: Path | None, label: str | None, encoder: str | None, plan: "Plan", report: Path
) -> str:
    """Give the command that repeats this."""
    words: list[tuple[str, object]] = [("--data", data), ("--model", model), ("--label", label)]
    words += [("--encoder", encoder), *(("--also", column) for column in (plan.setup.also if plan.setup else ()))]
    if model is None:
        words += [("--folds", plan.n_folds), ("--seed", plan.seed)]
        words += [("--repeats", plan.repeats if plan.repeats > 1 else None), ("--group", plan.group)]
    words += [("--by", column) for column in plan.by] + [("--second", plan.second), ("--report", report.name)]
    switches = {"--search": plan.setup and plan.setup.search, "--soft": plan.setup and plan.setup.soft}
    switches["--unseen-targets"] = plan.unseen_targets
    given = [flag for flag, is_on in switches.items() if is_on]
    given += [str(part) for flag, value in words if value is not None for part in (flag, value)]
    import shlex

    return shlex.join(["sayso", "evaluate", task, *given])


def setup_of(encoder: str | None, also: list[str] | None, search: bool = False, soft: bool = False) -> "Setup":
    """Give what is asked of the text classifier."""
    from ...classify.wording.encoders import load_encoder
    from ...classify.wording.recipe import Setup

    return Setup(load_encoder(encoder) if encoder else None, tuple(also or ()), search=search, soft=soft)


def workers(jobs: int | None) -> int:
    """Tell how many folds to work on at once."""
    from joblib import cpu_count

    return jobs or int(cpu_count())


def on_cluster(address: str | None) -> AbstractContextManager[Any]:
    """Let joblib's work be done by a Dask cluster while the context lasts; here, without an address."""
    from ..folds.dask import here, use_dask

    return here() if address is None else use_dask(address)


def watch(results: Iterable[Any], n: int) -> Iterator[Any]:
    """Say which folds are done."""
    for number, result in enumerate(results, 1):
        tell(f"fold {number} of {n}")
        yield result


def print_report(evaluation: "Evaluation | AttributionEvaluation", articles: "list[LabelledArticle]") -> None:
    """Print an evaluation as tables and remarks."""
    from ..report.tables import as_tables

    tables, remarks = as_tables(evaluation, articles)
    for title, table in tables:
        print_table(title, table)
    for remark in remarks:
        typer.echo(remark)
