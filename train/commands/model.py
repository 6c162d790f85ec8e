"""``sayso model``: what a model file says of itself."""

from pathlib import Path
from typing import Annotated

import typer

from ...data.commands.console import print_table

model_app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Look at model files.",
)


@model_app.callback()
def model() -> None:
    """Look at model files."""


@model_app.command("show")
def show_model(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Model file.", show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help="The manifest, as JSON.")] = False,
) -> None:
    """Show what a model file says of itself: task, labels, data, seed, scores.

    \b
    Example: sayso model show kind.sayso
    """
    from ...classify.model_files.container import read_model
    from ..report.tables import manifest_lines

    manifest = read_model(path).manifest
    if as_json:
        import json

        typer.echo(json.dumps(manifest, ensure_ascii=False, indent=1))
    else:
        print_table(str(path), (("", ""), list(manifest_lines(manifest))))
