"""The command ``sayso config``."""

from typing import Annotated

import typer

from .console import AsJson, print_results, tell


def config(
    ctx: typer.Context,
    command: Annotated[
        list[str] | None,
        typer.Argument(metavar="COMMAND…", help="Show every option of this command, such as annotate, or data build."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show the settings that commands take from sayso.toml.

    sayso.toml, or [tool.sayso] in pyproject.toml, holds your own defaults for options. The first file found counts, from
    the working folder upward to your home folder. SAYSO_CONFIG=FILE names another file; SAYSO_CONFIG= switches it off.
    What you give on the command line always wins.

    \b
    Examples:
      sayso config
      sayso config annotate

    Docs: sayso docs cli
    """
    from ..settings.options import options_of
    from ..settings.reading import settings_in_force
    from ..settings.report import command_table, describe_command, describe_settings, settings_table

    settings = settings_in_force(ctx)
    described = describe_settings(settings)
    tables = [(str(settings.file), settings_table(settings))] if settings else []
    if command:
        words, known = " ".join(command), options_of(ctx.find_root().command)
        if words not in known:
            raise typer.BadParameter(f"{words!r} is not one of {', '.join(known)}.")
        own, file = settings.of(words) if settings else {}, settings.file if settings else None
        described["options"] = describe_command(known[words], own, file)
        tables = [(f"sayso {words}", command_table(known[words], own, file))]
    print_results(described, tables, as_json)
    if settings is None:
        tell(_why_none())


def _why_none() -> str:
    import os

    from ..settings.place import NAME, VARIABLE, folders_upward

    if os.environ.get(VARIABLE) == "":
        return f"No settings file: {VARIABLE} is empty. All options have their defaults."
    folders = list(folders_upward())
    between = f" in {folders[0]} or in a folder above it" if folders else ""
    return f"No {NAME}{between}. All options have their defaults."
