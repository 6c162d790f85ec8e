"""Where each command stands; it is loaded when it is called for."""

import atexit
import errno
import gc
import sys
from collections import UserDict
from importlib import import_module
from typing import Annotated, Any

import typer

from .data.commands.console import USAGE_ERRORS, drop_output, show, show_lines, tell, tell_usage
from .data.commands.help import BEFORE, HELP_NAMES, PLAIN, WITHIN, Command, Group
from .data.system.terminal import lost_characters, prepare
from .data.writing.ending import StoppedError, ended_by_signals, nobody_reads, open_streams, shortage
from .data.writing.leftovers import say_by
from .errors import SaysoError

COMMANDS = {
    "annotate": "classify.commands.annotate:annotate",
    "audit": "classify.commands.audit:audit",
    "files": "data.commands.files:files",
    "serve": "train.commands.serve:serve",
    "data": "cli:data_app",
    "train": "train.commands.train:train",
    "evaluate": "train.commands.evaluate:evaluate",
    "compare": "train.commands.compare:compare",
    "model": "train.commands.model:model_app",
    "shares": "data.commands.estimates:shares",
    "effects": "data.commands.estimates:effects",
    "cite": "train.commands.cite:cite",
    "config": "data.commands.config:config",
    "docs": "data.commands.files:docs",
}
_HEADINGS = {
    "annotate": "Annotate articles",
    "serve": "Label sentences",
    "train": "Train and evaluate models",
    "shares": "Report results",
    "config": "Settings and help",
}
DATA_COMMANDS = {
    "build": "classify.commands.build:build",
    "import": "data.commands.corpora:import_",
    "show": "data.commands.look:show",
    "check": "train.commands.check:check",
    "codebook": "data.commands.codebook:codebook",
    "suggest": "classify.commands.suggest:suggest",
    "rules": "data.commands.rules:rules",
    "agree": "data.commands.team:agree",
    "merge": "data.commands.team:merge",
    "split": "data.commands.team:split",
    "export": "data.commands.export:export",
    "sample": "data.commands.estimates:sample",
}
_DATA_HEADINGS = {
    "build": "Make a dataset",
    "codebook": "Label",
    "agree": "Work as a team",
    "split": "Use a dataset elsewhere",
}
"""Where each command stands, in the order of work. Each is loaded when it is called for: annotating loads no training."""

_NOT_LIGHT = {
    **{name: name for name in ("datasets", "joblib", "matplotlib", "pandas", "pyarrow", "threadpoolctl")},
    "huggingface_hub": "huggingface-hub",
    "sklearn": "scikit-learn",
}
"""Packages that neither `annotate` nor `audit` needs, by the names that they are imported by."""


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
    alone = typer.Typer(**WITHIN)
    alone.command(name, cls=Command)(made)
    return typer.main.get_command(alone)


class DataCommands(Group):
    """The commands of ``sayso data``."""

    headings = _DATA_HEADINGS

    def __init__(self, **about: Any) -> None:
        super().__init__(**about)
        self.commands = Places(DATA_COMMANDS)


class Commands(Group):
    """Show our own errors as one line, without a traceback, and leave quietly when nobody reads on."""

    headings = _HEADINGS

    def __init__(self, **about: Any) -> None:
        super().__init__(**about)
        self.commands = Places(COMMANDS)

    def main(self, *args: Any, **how: Any) -> Any:
        """Run the program; whatever text from outside it prints steers no terminal, and no encoding stops it."""
        open_streams()
        prepare()
        if not how.get("standalone_mode", True):
            return super().main(*args, **how)
        try:
            code = super().main(*args, **{**how, "standalone_mode": False})
        except USAGE_ERRORS as error:
            tell_usage(error)
            sys.exit(2)
        except typer.Abort:
            tell("Aborted.")
            sys.exit(1)
        except OSError as error:  # what it says of itself (``--help``) may have nowhere to go
            sys.exit(_tell_of_system(error))
        if line := lost_characters():
            tell(line)
        sys.exit(code)

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the options before a command; a shell may be named behind those of completion."""
        if (
            len(args) == 2 and args[0] in _COMPLETION
        ):  # typer itself would take the name for nothing, and look which shell it is
            if args[1] not in _SHELLS:
                raise typer.BadParameter(f"{args[1]!r} is not one of {', '.join(_SHELLS)}.", ctx, param_hint=args[0])
            _COMPLETION[args[0]](args[1])
            raise typer.Exit
        return super().parse_args(ctx, args)

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was asked for."""
        collect_seldom()
        try:
            with ended_by_signals():
                return self._invoked(ctx)
        except StoppedError as error:
            tell(str(error))
            raise typer.Exit(128 + error.number) from error
        except KeyboardInterrupt as error:
            tell("Interrupted.")
            raise typer.Exit(130) from error

    def _invoked(self, ctx: Any) -> Any:
        try:
            say_by(tell)
            _take_settings(ctx)
            result = super().invoke(ctx)
            sys.stdout.flush()  # a closed pipe or a full disk shows here, not when Python has said goodbye
        except SaysoError as error:
            tell(f"Error: {error}")
            raise typer.Exit(1) from error
        except ModuleNotFoundError as error:
            if (package := _NOT_LIGHT.get((error.name or "").partition(".")[0])) is None:
                raise
            tell(f"Error: this needs {package}, which a light install leaves out; install it with: pip install {package}")
            raise typer.Exit(1) from error
        except Exception as error:  # what the system refused to a library, too
            raise typer.Exit(_tell_of_system(error)) from error
        return result


_OF_OUTPUT = (errno.EBADF, errno.EIO, errno.ENOSPC)
"""What goes wrong where results are printed: it is closed, its terminal is gone, the disk behind it is full."""


def _tell_of_system(error: Exception) -> int:
    """Say what the system refused, and give the exit code; an error of ours goes on."""
    if isinstance(error, OSError) and nobody_reads(error):  # `| head` has seen enough
        drop_output(sys.stdout)
        return 0
    lacking = shortage(error)
    if lacking is None and not isinstance(error, OSError):
        raise error
    drop_output(sys.stdout)
    if lacking is not None:
        tell(f"Error: {lacking}")
    elif isinstance(error, OSError):
        unnamed = "standard output: " if error.errno in _OF_OUTPUT else ""  # files are named where they are written
        reason = "it is closed" if error.errno == errno.EBADF else error.strerror or error
        tell(f"Error: {f'{error.filename}: ' if error.filename else unnamed}{reason}.")
    return 1


def _show_completion(shell: str) -> None:
    from typer._completion_shared import get_completion_script

    show_lines(get_completion_script(prog_name="sayso", complete_var="_SAYSO_COMPLETE", shell=shell))


def _install_completion(shell: str) -> None:
    from typer._completion_shared import install

    _, path = install(shell=shell, prog_name="sayso", complete_var="_SAYSO_COMPLETE")
    show(f"Completion for {shell} is set up in {path}; open a new terminal to use it.")


_COMPLETION = {"--show-completion": _show_completion, "--install-completion": _install_completion}
_SHELLS = ("bash", "zsh", "fish")


def _take_settings(ctx: Any) -> None:
    """Give commands the values of the settings file that is in force; who asks for help gets it whatever the file holds."""
    if not {*HELP_NAMES["help_option_names"]}.isdisjoint(ctx.args):
        return
    from .data.settings.reading import settings_in_force
    from .data.settings.taken import keep_taken

    keep_taken({}, "")
    if (settings := settings_in_force(ctx)) is None:
        return

    def say(command: Any) -> None:
        keep_taken(settings.taken(command), settings.file.name)
        if line := settings.notice(command):
            tell(line)

    ctx.default_map, ctx.meta[BEFORE] = settings.default_map(), say


def collect_seldom() -> None:
    """Look for garbage less often: word lists, models and caches are many objects, which live as long as the command."""
    gc.set_threshold(500_000, 50)
    atexit.register(gc.freeze)  # nor does it pay to look through them once more at the end


app = typer.Typer(cls=Commands, no_args_is_help=True, **PLAIN)
data_app = typer.Typer(cls=DataCommands, no_args_is_help=True, **WITHIN)


@data_app.callback()
def data() -> None:
    """Build, check, label, compare and split datasets.

    \b
    Examples:
      sayso data build articles/ --prelabel --out to-label
      sayso data check to-label

    Options of a command: sayso data COMMAND --help

    Docs: sayso docs dataset-format
    """


def _show_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        show(f"sayso {version('sayso')}")
        raise typer.Exit


@app.callback()
def sayso(
    version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    """Find out, sentence by sentence, on whose say-so a reader takes what a news article says.

    \b
    To begin:
      sayso annotate article.txt          label an article and read the result here
      sayso annotate articles/ --out annotations.csv
      sayso audit articles/ --out audit   list who is quoted, and how often

    Options of a command: sayso COMMAND --help

    Docs: sayso docs
    """
