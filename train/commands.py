"""The commands that train models, score them and show what a model file says."""

from pathlib import Path
from typing import Annotated

import typer

from ..errors import SaysoError


def train(
    task: Annotated[
        str,
        typer.Argument(
            metavar="TASK",
            help="kind, source_type, attribution, a label column of yours, or: defaults.",
            show_default=False,
        ),
    ],
    data: Annotated[
        Path | None, typer.Option("--data", "-d", help="Dataset folder or labelled file.", show_default=False)
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", help="Model file to write (defaults: folder).", show_default=False),
    ] = None,
    polnear: Annotated[
        Path | None,
        typer.Option(help="For defaults: PolNeAR/data, to learn from as well.", show_default=False),
    ] = None,
    seed: Annotated[int, typer.Option(min=0, help="Seed of folds and models.")] = 0,
) -> None:
    """Train a model.

    \b
    Example: sayso train kind --data my-data --out kind.sayso
    """
    if task == "defaults":
        _train_defaults(polnear, out, seed, data)
        return
    raise SaysoError(f"{task!r}: only defaults can be trained yet.")


def _train_defaults(polnear: Path | None, out: Path | None, seed: int, data: Path | None) -> None:
    if data is not None:
        raise SaysoError("the default models have data of their own; leave --data out.")
    from importlib.resources import as_file, files

    from ..data.corpus import own_corpus
    from .defaults import fit_defaults, read_polnear_articles

    other = read_polnear_articles(polnear, _tell) if polnear else []
    models = fit_defaults(own_corpus(), other, seed=seed, notice=_tell)
    if out is not None:
        paths = models.save(out)
    else:
        with as_file(files("sayso") / "classify" / "models") as folder:
            paths = models.save(folder)
    for name, scores in models.about["scores"].items():
        typer.echo("\t".join([name, *(f"{what} {figure:.3f}" for what, figure in scores.items())]))
    for path in paths:
        _tell(f"Written to {path}, {path.stat().st_size:,} bytes.")


def _tell(line: str) -> None:
    typer.echo(line, err=True)
