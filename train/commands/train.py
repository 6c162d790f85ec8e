"""The commands that train models and show what a model file says."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from ...data.atomic_write import check_not_there, together
from ...data.commands.console import labelled_articles, show_lines, tell, unread_is_no_error
from ...data.commands.help import OUTPUT
from ...data.commands.row_options import names_columns
from ...data.progress import waiting
from ...data.rows.recognition.names import RowNames
from ...errors import SaysoError
from .evaluate import print_report
from .options import (
    Adapt,
    Also,
    Encode,
    Folds,
    GroupSimilar,
    Jobs,
    Label,
    Read,
    Search,
    Seed,
    asking,
    check_label_name,
    memory_needed,
    reader_with_effect,
    setup_of,
    watch,
    workers,
)
from .reader import check_reader_options, print_scores, train_reader

if TYPE_CHECKING:
    from ...classify.wording.recipe import Setup
    from ...data.records import LabelledArticle
    from ..tasks.task import AnyTask

DEFAULTS, READER = "With the task defaults", "With the task reader"
Data = Annotated[
    Path | None,
    typer.Option("--data", "-d", metavar="DATA", help="Dataset folder or labelled file to learn from."),
]


@names_columns
def train(
    task: Annotated[
        str,
        typer.Argument(
            metavar="TASK",
            help="kind, source_type, attribution, bias, stance, the name of a label column, defaults, or reader.",
        ),
    ],
    data: Data = None,
    out: Annotated[
        Path | None,
        typer.Option(
            "--out",
            "-o",
            metavar="FILE",
            rich_help_panel=OUTPUT,
            help="Model file to write; with defaults and reader, a folder.",
        ),
    ] = None,
    label: Label = None,
    folds: Folds = 5,
    seed: Seed = 0,
    no_scores: Annotated[
        bool, typer.Option("--no-scores", help="Train without cross-validation. Faster, but the model file has no scores.")
    ] = False,
    group_similar: GroupSimilar = False,
    encoder: Encode = None,
    reader: Read = None,
    also: Also = None,
    search: Search = False,
    adapt: Adapt = None,
    polnear: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR",
            rich_help_panel=DEFAULTS,
            help="Folder of the corpus PolNeAR (its data), to learn from as well; with reader too.",
        ),
    ] = None,
    newsmtsc: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", rich_help_panel=DEFAULTS, help="Folder of the corpus NewsMTSC, for stance to learn from as well."
        ),
    ] = None,
    only: Annotated[
        list[str] | None,
        typer.Option(
            metavar="NAME",
            rich_help_panel=DEFAULTS,
            help="Build this model only: attribution (with kind and source type), stance, or bias.",
        ),
    ] = None,
    weights: Annotated[
        Path | None,
        typer.Option(
            metavar="DIR", rich_help_panel=READER, help="Folder of the transformer all-MiniLM-L6-v2, to start from."
        ),
    ] = None,
    jobs: Jobs = None,
    force: Annotated[
        bool, typer.Option("--force", rich_help_panel=OUTPUT, help="Overwrite an existing model file.")
    ] = False,
    *,
    row_names: RowNames,
) -> None:
    """Train a model on labelled sentences, and score it.

    The scores are on articles that were held out from training. The task defaults builds the built-in models anew, from
    the built-in corpus. The task reader trains a word reader, for --reader; its --jobs is
    the number of processors.

    \b
    Examples:
      sayso train kind --data my-data --out kind.sayso
      sayso train frame --data coded.xlsx --text-column sentence --out frame.sayso

    Docs: sayso docs train
    """
    reader = reader_with_effect(reader, task, instead=adapt is not None)
    if task == "defaults":
        if data is not None or label is not None:
            raise SaysoError("sayso train defaults uses its own data; leave out --data and --label.")
        if encoder or also or search or adapt or reader:
            raise SaysoError(
                "sayso train defaults uses its own settings; leave out --encoder, --reader, --also, --search and --adapt."
            )
        if no_scores or group_similar:
            wrong = "--no-scores" if no_scores else "--group-similar"
            raise SaysoError(f"sayso train defaults always computes scores; leave out {wrong}.")
        if out is not None:
            for path in (*out.glob("*.sayso"), *([] if out.is_dir() else [out])):
                check_not_there(path, force=force)
        _train_defaults(_Corpora(polnear, newsmtsc), out, seed, only or _DEFAULTS)
        return
    if task == "reader":
        check_reader_options(
            {
                "--data": data,
                "--label": label,
                "--encoder": encoder,
                "--reader": reader,
                "--also": also,
                "--search": search,
                "--adapt": adapt,
                "--only": only,
                "--newsmtsc": newsmtsc,
                "--no-scores": no_scores,
                "--group-similar": group_similar,
            }
        )
        train_reader(polnear, weights, out, seed, jobs, force=force)
        return
    if weights is not None:
        raise SaysoError("--weights works only with sayso train reader; leave it out.")
    if only or polnear is not None or newsmtsc is not None:
        option, instead = ("--only", "") if only else ("--polnear", "; give your own data with --data")
        option = "--newsmtsc" if not only and polnear is None else option
        raise SaysoError(f"{option} works only with sayso train defaults{instead}.")
    if data is None or out is None:
        raise SaysoError(f"give the data and the model file to write: sayso train {task} --data DATA --out FILE.sayso")
    from ...data.citing.sources import corpora_of_dataset

    _check_file(out, force=force)
    check_label_name(task, label)
    _check_similar(task, group_similar=group_similar, no_scores=no_scores)
    setup = setup_of(encoder, also, search, reader)
    articles = labelled_articles(data, asking(row_names, task, label, *(also or ())))
    n_jobs = workers(1 if no_scores else jobs, memory_needed(task, articles, read=reader is not None))
    how = _How(None if no_scores else folds, seed, n_jobs, setup, adapt, tuple(corpora_of_dataset(data)), group_similar)
    _train_task(task, articles, data.resolve().name, out, label, how)


def _check_file(out: Path, *, force: bool) -> None:
    """Refuse a place where no model file can be written, before the long work."""
    if out.suffix.lower() not in ("", ".sayso"):
        raise SaysoError(f"{out}: the name of a model file ends in .sayso; give {out.stem}.sayso.")
    if out.is_dir():
        raise SaysoError(f"{out}: this is a folder; give a model file with --out.")
    check_not_there(out, force=force)
    if not out.parent.is_dir():
        raise SaysoError(f"{out.parent}: no such folder; create it first.")


def _check_similar(task: str, *, group_similar: bool, no_scores: bool) -> None:
    """Refuse ``--group-similar`` where there are no folds over sentence labels."""
    if group_similar and no_scores:
        raise SaysoError("--group-similar changes only the scores; leave it out, or leave out --no-scores.")
    if group_similar and task == "attribution":
        raise SaysoError("--group-similar works only for sentence labels, not for attribution.")


@dataclass(frozen=True, slots=True)
class _How:
    """How a task is to be trained; without folds it is not scored. The public corpora in the data are kept for `cite`."""

    n_folds: int | None
    seed: int
    n_jobs: int
    setup: "Setup"
    adapt: str | None = None
    corpora: tuple[str, ...] = ()
    similar: bool = False

    def instead(self, task: str) -> "AnyTask | None":
        """Give the way of learning that is asked for instead of the task's own."""
        from ..tasks.adapted import adapted_from

        asked = self.setup.asked or ("--reader" if self.setup.reader else "")
        if self.adapt and asked:
            raise SaysoError(
                f"{asked} has no effect with --adapt, which keeps the features of the adapted model; leave it out."
            )
        return adapted_from(self.adapt, task) if self.adapt else None


def _train_task(task: str, articles: "list[LabelledArticle]", name: str, out: Path, label: str | None, how: _How) -> None:
    from ...classify.linear.composed import ATTRIBUTION
    from ...data.citing.sources import OF_MANIFEST
    from ..tasks.adapted import about_base
    from ..tasks.registry import ATTRIBUTIONS, fit_task, language_notes, task_of

    of_spans = task == ATTRIBUTION
    instead, scores = how.instead(task) or (ATTRIBUTIONS.by(how.setup) if of_spans else None), {}
    articles = _held_from_reader(task, articles, label, how)
    if how.n_folds is not None and not of_spans:
        scores = {task: _scores(task, articles, name, label, how.n_folds, how)}
    elif instead is None and not of_spans:
        for note in language_notes(task_of(task, articles, label, how.setup), articles):
            tell(note)
    with waiting("training on all articles"):
        estimator = fit_task(task, articles, label=label, setup=how.setup, seed=how.seed, notice=tell, instead=instead)
    if how.n_folds is not None and of_spans:
        scores = {ATTRIBUTION: estimator.scores_}
        with unread_is_no_error("the scores"):
            show_lines("\t".join(f"{key} {value:.3f}" for key, value in estimator.scores_.items()))
    about = about_base(how.adapt, task, articles) if how.adapt else {}
    corpora = sorted({*how.corpora, *estimator.about_.get(OF_MANIFEST, ())})
    about |= {OF_MANIFEST: corpora} if corpora else {}
    estimator.save(out, overwrite=True, data_name=name, scores=scores, **about)
    tell(f"Written to {out}, {out.stat().st_size:,} bytes.")


def _held_from_reader(task: str, articles: "list[LabelledArticle]", label: str | None, how: _How) -> "list[LabelledArticle]":
    """Leave out what the reader has learned from, and say so; all articles without a reader."""
    from ..evaluation.plan import Plan, task_held_from_reader

    held, plan = task_held_from_reader(task, articles, label, Plan(setup=how.setup))
    for note in plan.notes:
        tell(note)
    return list(held)


def _scores(
    task: str, articles: "list[LabelledArticle]", name: str, label: str | None, n_folds: int, how: _How
) -> dict[str, Any]:
    """Cross-validate a task, print what comes out, and give what the manifest says of it."""
    from ..evaluation.evaluate import cross_validate
    from ..evaluation.plan import Plan

    plan = Plan(
        n_folds=n_folds,
        seed=how.seed,
        n_jobs=how.n_jobs,
        setup=how.setup,
        similar=how.similar,
        watch=watch,
        notice=tell,
    )
    found = cross_validate(task, articles, plan, data_name=name, label=label, instead=how.instead(task))
    with unread_is_no_error("the scores"):
        print_report(found, articles)
    return found.summary()


_DEFAULTS = ("attribution", "stance", "bias")


class _Corpora(NamedTuple):
    """Where the public corpora stand that default models learn from; None for those that they do not."""

    polnear: Path | None
    newsmtsc: Path | None


def _train_defaults(corpora: _Corpora, out: Path | None, seed: int, only: Sequence[str]) -> None:
    from importlib.resources import as_file, files

    from ...data.corpora.own import own_corpus
    from ..shipped_labels import fit_default_labels, read_newsmtsc
    from ..shipped_voice import fit_defaults, read_polnear_articles

    if wrong := set(only) - set(_DEFAULTS):
        raise SaysoError(f"--only {min(wrong)}: no such model; give {', '.join(_DEFAULTS)}.")
    other = read_polnear_articles(corpora.polnear, tell) if corpora.polnear else []
    mentions = read_newsmtsc(corpora.newsmtsc, tell) if corpora.newsmtsc else []
    with as_file(files("sayso") / "classify" / "models") as ours, together():
        folder, paths = out or ours, []
        if "attribution" in only:
            models = fit_defaults(own_corpus(), other, seed=seed, notice=tell)
            paths += models.save(folder)
            print_scores(models.about["attribution"])
        if labels := set(only) - {"attribution"}:
            found = fit_default_labels(own_corpus(), labels, mentions, seed=seed, notice=tell)
            paths += found.save(folder)
            for about in found.about.values():
                print_scores(about)
    for path in paths:
        tell(f"Written to {path}, {path.stat().st_size:,} bytes.")
