"""Where each command stands; it is loaded when it is called for."""

import atexit
import gc
import sys
from collections import UserDict
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from .data.commands.console import drop_output
from .errors import SaysoError

_PLAIN: dict[str, Any] = {"rich_markup_mode": None, "pretty_exceptions_enable": False}
_WITHIN: dict[str, Any] = {**_PLAIN, "add_completion": False}  # completion is for the program, not for each command
COMMANDS = {
    "annotate": "classify.commands.annotate:annotate",
    "audit": "classify.commands.audit:audit",
    "train": "train.commands.train:train",
    "evaluate": "train.commands.evaluate:evaluate",
    "compare": "train.commands.compare:compare",
    "shares": "data.commands.estimates:shares",
    "effects": "data.commands.estimates:effects",
    "files": "data.commands.files:files",
    "data": "cli:data_app",
    "model": "train.commands.model:model_app",
    "cite": "train.commands.cite:cite",
    "serve": "train.commands.serve:serve",
}
DATA_COMMANDS = {
    "build": "classify.commands.build:build",
    "import": "data.commands.corpora:import_",
    "export": "data.commands.export:export",
    "split": "data.commands.team:split",
    "sample": "data.commands.estimates:sample",
    "agree": "data.commands.team:agree",
    "merge": "data.commands.team:merge",
    "rules": "data.commands.rules:rules",
    "codebook": "data.commands.codebook:codebook",
    "show": "data.commands.look:show",
    "check": "train.commands.check:check",
    "suggest": "classify.commands.suggest:suggest",
}
"""Where each command stands. It is loaded when it is called for: nobody who annotates loads a module that trains."""


class Places(UserDict[str, Any]):
    """The commands of a group by name, each loaded when it is first asked for."""

    def __getitem__(self, name: str) -> Any:
        if isinstance(self.data[name], str):
            self.data[name] = _load(name, self.data[name])
        return self.data[name]


def _load(name: str, place: str) -> Any:
    """Make the command of a function, or of a group's Typer."""
    module, _, attribute = place.partition(":")
    made = getattr(import_module(f".{module}", __package__), attribute)
    if isinstance(made, typer.Typer):
        return typer.main.get_command(made)
    alone = typer.Typer(**_WITHIN)
    alone.command(name)(made)
    return typer.main.get_command(alone)


class DataCommands(TyperGroup):
    """The commands of ``sayso data``."""

    def __init__(self, **about: Any) -> None:
        super().__init__(**about)
        self.commands = Places(DATA_COMMANDS)


class Commands(TyperGroup):
    """Show our own errors as one line, without a traceback, and leave quietly when nobody reads on."""

    def __init__(self, **about: Any) -> None:
        super().__init__(**about)
        self.commands = Places(COMMANDS)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        collect_seldom()
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()  # a closed pipe or a full disk shows here, not when Python has said goodbye
        except SaysoError as error:
            typer.echo(f"Error: {error}", err=True)
            raise typer.Exit(1) from error
        except KeyboardInterrupt as error:
            typer.echo("Interrupted.", err=True)
            raise typer.Exit(130) from error
        except MemoryError as error:
            typer.echo("Error: there is not enough memory; give it smaller files, or fewer --jobs.", err=True)
            raise typer.Exit(1) from error
        except BrokenPipeError as error:  # `| head` has seen enough
            drop_output(sys.stdout)
            raise typer.Exit(0) from error
        except OSError as error:
            drop_output(sys.stdout)
            where = f"{error.filename}: " if error.filename else ""
            typer.echo(f"Error: {where}{error.strerror or error}.", err=True)
            raise typer.Exit(1) from error
        return result


def collect_seldom() -> None:
    """Look for garbage less often: word lists, models and caches are many objects, which live as long as the command."""
    gc.set_threshold(500_000, 50)
    atexit.register(gc.freeze)  # nor does it pay to look through them once more at the end


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    help="Tell, sentence by sentence, on whose say-so a reader takes what a news article says.",
    **_PLAIN,
)
data_app = typer.Typer(
    cls=DataCommands, no_args_is_help=True, help="Build, label, compare, check and split datasets.", **_WITHIN
)


@data_app.callback()
def data() -> None:
    """Build, label, compare, check and split datasets."""


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"sayso {version('sayso')}")
        raise typer.Exit


@app.callback()
def sayso(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Hold the options that stand before a command."""
