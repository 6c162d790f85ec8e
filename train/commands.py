"""The commands that train models, score them, and show what a model file says."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..data.console import labelled_articles, print_table, tell
from ..errors import SaysoError

if TYPE_CHECKING:
    from ..data.records import LabelledArticle
    from .evaluate import Evaluation
    from .evaluate_attribution import AttributionEvaluation
    from .recipe import Setup

OWN = "sayso corpus"
Data = Annotated[
    Path | None,
    typer.Option("--data", "-d", help="Dataset folder or labelled file.", show_default=False),
]
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

model_app = typer.Typer(
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Look at model files.",
)


@model_app.callback()
def model() -> None:
    """Look at model files."""


def train(
    task: Annotated[
        str,
        typer.Argument(
            metavar="TASK",
            help="kind, source_type, attribution, a label column of yours, or: defaults.",
            show_default=False,
        ),
    ],
    data: Data = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Model file to write; of defaults: the folder.", show_default=False),
    ] = None,
    label: Label = None,
    encoder: Encode = None,
    also: Also = None,
    search: Search = False,
    soft: Soft = False,
    polnear: Annotated[
        Path | None,
        typer.Option(help="Of defaults: PolNeAR/data, to learn from as well.", show_default=False),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(help="Of defaults: attribution (with voice), stance, bias; repeatable.", show_default=False),
    ] = None,
    folds: Folds = 5,
    seed: Seed = 0,
    jobs: Jobs = None,
    force: Annotated[bool, typer.Option("--force", help="Replace the model file.")] = False,
) -> None:
    """Train a model, and print its scores on held-out articles.

    "defaults" builds the models that come with the package, from its own corpus.

    \b
    Example: sayso train kind --data my-data --out kind.sayso
    """
    if task == "defaults":
        if data is not None or label is not None:
            raise SaysoError("the default models have data of their own; leave out --data and --label.")
        if encoder or also or search or soft:
            raise SaysoError("the default models have settings of their own; leave out --encoder, --also, --search, --soft.")
        _train_defaults(polnear, out, seed, only or _DEFAULTS)
        return
    if only:
        raise SaysoError("--only is for sayso train defaults.")
    if polnear is not None:
        raise SaysoError("--polnear is for sayso train defaults; give your own data with --data.")
    if data is None or out is None:
        raise SaysoError(f"training needs data and a file to write: sayso train {task} --data … --out ….")
    if out.is_dir() or (out.exists() and not force):
        raise SaysoError(f"{out} exists; choose another --out, or add --force to replace a model file.")
    if not out.parent.is_dir():
        raise SaysoError(f"{out.parent}: no such folder.")
    setup = _setup(encoder, also, search, soft)
    _train_task(task, data, out, label, setup, {"n_folds": folds, "seed": seed, "n_jobs": _workers(jobs)})


def _setup(encoder: str | None, also: list[str] | None, search: bool, soft: bool) -> "Setup":
    from .encoders import load_encoder
    from .recipe import Setup

    return Setup(load_encoder(encoder) if encoder else None, tuple(also or ()), search=search, soft=soft)


def _train_task(task: str, data: Path, out: Path, label: str | None, setup: "Setup", how: dict[str, Any]) -> None:
    from .about import about_model
    from .fit_task import fit_attribution_task, fit_task
    from .models import ATTRIBUTION, save

    articles, seed = labelled_articles(data), how["seed"]
    name = data.resolve().name
    if task == ATTRIBUTION:
        fitted, scores = fit_attribution_task(articles, seed=seed, notice=tell)
        about = about_model({name: articles}, seed, {ATTRIBUTION: scores})
        typer.echo("\t".join(f"{key} {value:.3f}" for key, value in scores.items()))
        save(fitted.model, out, **about)
    else:
        found = _cross_validate(task, articles, name, label, setup, how)
        _print_report(found)
        sentences = fit_task(task, articles, label=label, setup=setup, seed=seed, notice=tell)
        save(sentences, out, **about_model({name: articles}, seed, {task: found.summary()}))
    tell(f"Written to {out}, {out.stat().st_size:,} bytes.")


_DEFAULTS = ("attribution", "stance", "bias")


def _train_defaults(polnear: Path | None, out: Path | None, seed: int, only: Sequence[str]) -> None:
    from importlib.resources import as_file, files

    from ..data.corpus import own_corpus
    from .default_labels import fit_default_labels
    from .defaults import fit_defaults, read_polnear_articles

    if wrong := set(only) - set(_DEFAULTS):
        raise SaysoError(f"--only {min(wrong)}: no such default model; give {', '.join(_DEFAULTS)}.")
    other = read_polnear_articles(polnear, tell) if polnear else []
    with as_file(files("sayso") / "classify" / "models") as ours:
        folder, paths = out or ours, []
        if "attribution" in only:
            models = fit_defaults(own_corpus(), other, seed=seed, notice=tell)
            paths += models.save(folder)
            _print_scores(models.about)
        if labels := set(only) - {"attribution"}:
            found = fit_default_labels(own_corpus(), labels, seed=seed, notice=tell)
            paths += found.save(folder)
            for about in found.about.values():
                _print_scores(about)
    for path in paths:
        tell(f"Written to {path}, {path.stat().st_size:,} bytes.")


def _print_scores(about: Mapping[str, Any]) -> None:
    for name, scores in about["scores"].items():
        typer.echo("\t".join([name, *(f"{what} {figure:.3f}" for what, figure in scores.items())]))


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
    seed: Seed = 0,
    jobs: Jobs = None,
    unseen_targets: Annotated[
        bool, typer.Option("--unseen-targets", help="Of stance: hold targets out, not only articles.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Everything, as JSON.")] = False,
) -> None:
    """Score a task on articles that training has not seen.

    \b
    Example: sayso evaluate kind --data my-data
    """
    from .evaluate import evaluate_model
    from .models import ATTRIBUTION, STANCE

    if unseen_targets and (task != STANCE or model is not None):
        raise SaysoError("--unseen-targets is for sayso evaluate stance, without --model.")
    articles = labelled_articles(data)
    name = data.resolve().name if data else OWN
    how: dict[str, Any] = {"n_folds": folds, "seed": seed, "n_jobs": _workers(jobs)}
    setup = _setup(encoder, also, search, soft)
    found: Evaluation | AttributionEvaluation
    if task == ATTRIBUTION:
        found = _evaluate_attribution(model, articles, name, label, how)
    elif model is not None:
        found = evaluate_model(model, label or task, articles, data_name=name, encoder=setup.encoder)
    else:
        how["unseen_targets"] = unseen_targets
        found = _cross_validate(task, articles, name, label, setup, how)
    if as_json:
        typer.echo(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
    else:
        _print_report(found)


@model_app.command("show")
def show_model(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Model file.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="The manifest, as JSON.")] = False,
) -> None:
    """Show what a model file says of itself: task, labels, data, seed, scores.

    \b
    Example: sayso model show kind.sayso
    """
    from .model_file import read_model
    from .report import manifest_lines

    manifest = read_model(path).manifest
    if as_json:
        typer.echo(json.dumps(manifest, ensure_ascii=False, indent=1))
    else:
        print_table(str(path), (("", ""), list(manifest_lines(manifest))))


def _cross_validate(
    task: str, articles: "list[LabelledArticle]", name: str, label: str | None, setup: "Setup", how: dict[str, Any]
) -> "Evaluation":
    from .evaluate import cross_validate

    return cross_validate(task, articles, data_name=name, label=label, setup=setup, **how, watch=_watch, notice=tell)


def _evaluate_attribution(
    model: Path | None, articles: "list[LabelledArticle]", name: str, label: str | None, how: dict[str, Any]
) -> "AttributionEvaluation":
    from .evaluate_attribution import cross_validate_attribution, evaluate_attribution_model

    if model is not None:
        return evaluate_attribution_model(model, articles, data_name=name, label=label)
    return cross_validate_attribution(articles, data_name=name, label=label, **how, watch=_watch, notice=tell)


def _workers(jobs: int | None) -> int:
    from joblib import cpu_count

    return jobs or int(cpu_count())


def _watch(results: Iterable[Any], n: int) -> Iterator[Any]:
    """Say which folds are done."""
    for number, result in enumerate(results, 1):
        tell(f"fold {number} of {n}")
        yield result


def _print_report(found: "Evaluation | AttributionEvaluation") -> None:
    from .report import as_tables, remarks

    for title, table in as_tables(found):
        print_table(title, table)
    for remark in remarks(found):
        typer.echo(remark)
