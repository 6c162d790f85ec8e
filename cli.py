"""The commands, each a few lines; what takes long to import is imported inside them."""

import gc
import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from .classify.commands.annotate import annotate
from .classify.commands.audit import audit
from .classify.commands.build import build
from .classify.commands.suggest import suggest
from .data.commands.look import data_app
from .errors import SaysoError
from .train.commands.check import check
from .train.commands.compare import compare
from .train.commands.evaluate import evaluate
from .train.commands.train import model_app, train


class Commands(TyperGroup):
    """Show our own errors as one line, without a traceback, and leave quietly when nobody reads on."""

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
        except BrokenPipeError as error:  # `| head` has seen enough
            _drop_output()
            raise typer.Exit(0) from error
        except OSError as error:
            _drop_output()
            where = f"{error.filename}: " if error.filename else ""
            typer.echo(f"Error: {where}{error.strerror or error}.", err=True)
            raise typer.Exit(1) from error
        return result


def collect_seldom() -> None:
    """Look for garbage less often: word lists and models are many objects, which live as long as the command."""
    gc.set_threshold(50_000)


def _drop_output() -> None:
    """Send what is left in the buffer nowhere, so that Python's own last flush cannot fail again."""
    try:
        sys.stdout.flush()
    except (OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


app = typer.Typer(
    cls=Commands,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    help="Tell, sentence by sentence, on whose say-so a reader takes what a news article says.",
)
app.command()(annotate)
app.command()(audit)
for command in (build, check, suggest):  # of data, but with options that ask models
    data_app.command()(command)
app.add_typer(data_app, name="data")
app.command()(train)
app.command()(evaluate)
app.command()(compare)
app.add_typer(model_app, name="model")


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
