"""``sayso model``: what a model file says of itself."""

from pathlib import Path
from typing import Annotated, Any

import typer

from ...data.commands.console import print_table, show_json
from ...data.commands.help import OUTPUT, WITHIN, Command, Group


class ModelCommands(Group):
    """The commands of ``sayso model``; a file by itself is shown."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Take a file where a command is expected for ``show FILE``."""
        first = Path(args[0]) if args else None
        if first is not None and args[0] not in self.commands and (first.suffix == ".sayso" or first.is_file()):
            args = ["show", *args]
        return super().resolve_command(ctx, args)


model_app = typer.Typer(cls=ModelCommands, no_args_is_help=True, **WITHIN)


@model_app.callback()
def model() -> None:
    """Show what a model file says about itself.

    \b
    Example:
      sayso model show kind.sayso

    Docs: sayso docs models
    """


@model_app.command("show", cls=Command)
def show_model(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Model file.")],
    as_json: Annotated[
        bool, typer.Option("--json", rich_help_panel=OUTPUT, help="Print the whole manifest as JSON.")
    ] = False,
) -> None:
    """Show a model's task, labels, training data, scores and needs.

    The settings, the counts behind --shares and all digests are in the manifest, which --json prints. `sayso model FILE`
    does the same.

    \b
    Example:
      sayso model show kind.sayso

    Docs: sayso docs models
    """
    from ...classify.model_files.container import read_model
    from ..report.tables import manifest_lines

    manifest = read_model(path).manifest
    if as_json:
        show_json(manifest)
    else:
        print_table(str(path), (("", ""), list(manifest_lines(manifest))))
