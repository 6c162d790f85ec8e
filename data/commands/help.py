"""How the help of every command is laid out: one layout, headings for options, and values named as people write them."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from ..writing.leftovers import finish_interrupted

INPUT = "Input"
MACHINES = "Labels by a machine"
MODELS = "Models"
NETWORK = "Network"
OUTPUT = "Output"
SCORES = "Scores"
WORK = "Performance"
HELP_NAMES: dict[str, Any] = {"help_option_names": ["--help", "-h"]}
"""Context settings of each command and group: the first name is the one that messages show."""
PLAIN: dict[str, Any] = {"rich_markup_mode": None, "pretty_exceptions_enable": False, "context_settings": HELP_NAMES}
WITHIN: dict[str, Any] = {**PLAIN, "add_completion": False}  # completion is for the program, not for each command
RAW_CELLS = "Cells of a CSV file can hold formulas that a spreadsheet would run; add --excel for one that is safe to open."
SAFE_CELLS = "In CSV, an apostrophe stands before cells that a spreadsheet would run as a formula."
"""What the help of a command says of the CSV that it writes: texts as they are, or as `--excel` has them."""
BEFORE = "sayso.before"
"""What is called with a command's context before the command, in the context of the program."""
_FIRST = "Options"
_OF_TYPER = {  # options that Typer adds to each command, or to the program
    "help": "Show this help and exit.",
    "install_completion": "Set up completion with the Tab key for your shell, and exit.",
    "show_completion": "Print the completion script for your shell, and exit.",
}
_NAME_PATHS = frozenset(("FILE", "FILE|package", "DIR", "PATH", "DATA", "SOURCE", "MACHINE", "A", "B"))
"""What stands for the name of a file or folder in the help."""
_NAME_WIDTH = 34  # of an option and its value, beside what it does; longer ones stand on a line of their own


class Command(TyperCommand):
    """A command whose help names values as people write them, and groups options under their headings."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Give the words of the usage line: ``[OPTIONS] PATH…``."""
        arguments = (p for p in self.get_params(ctx) if p.param_type_name == "argument")
        return ["[OPTIONS]", *(_value_of(p) if p.required else f"[{_value_of(p)}]" for p in arguments)]

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Read the command line; what is wrong with a value is said in plain words."""
        try:
            return super().parse_args(ctx, args)
        except typer.BadParameter as error:
            from ..settings.messages import plain_message

            error.message = plain_message(error.message or "")
            raise

    def invoke(self, ctx: Any) -> Any:
        """Do the work, and before it what the program wants done (say which options come from a settings file)."""
        if BEFORE in ctx.meta:
            ctx.meta[BEFORE](ctx)
        finish_interrupted(self._paths(ctx))
        try:
            return super().invoke(ctx)
        except typer.BadParameter as error:
            from ..settings.taken import origin_in

            error.message = f"{error.message}{origin_in(error.message or '')}"
            raise

    def _paths(self, ctx: Any) -> Iterator[str | Path]:
        """Give the files and folders that the command line or the settings name."""
        for parameter in self.get_params(ctx):
            if (parameter.metavar or "").rstrip("…") in _NAME_PATHS and (value := ctx.params.get(parameter.name)):
                yield from value if isinstance(value, list | tuple) else (value,)

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, then the options under their headings."""
        write_parameters(self.get_params(ctx), formatter)


class Group(TyperGroup):
    """A group whose help lists each command with its whole first sentence, under the headings of `headings`."""

    headings: Mapping[str, str] = {}
    """The heading that stands before a command; without any there is one heading for all."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Give the words of the usage line."""
        return ["COMMAND", "[OPTIONS]", "…"]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the commands, then the options."""
        self.format_commands(ctx, formatter)
        write_parameters(self.get_params(ctx), formatter)

    def format_commands(self, ctx: Any, formatter: Any) -> None:
        """Write the commands in the order of work."""
        heading, sections = "Commands", dict[str, list[tuple[str, str]]]()
        widest = max(map(len, self.list_commands(ctx)))
        for name in self.list_commands(ctx):
            heading = self.headings.get(name, heading)
            command = self.get_command(ctx, name)
            if command is not None and not command.hidden:
                sections.setdefault(heading, []).append((name.ljust(widest), first_sentence(command.help or "")))
        for title, rows in sections.items():
            with formatter.section(title):
                formatter.write_dl(rows)


def write_parameters(parameters: Iterable[Any], formatter: Any) -> None:
    """Write arguments and options, each under its heading."""
    sections: dict[str, list[tuple[str, str]]] = {"Arguments": [], _FIRST: []}
    for parameter in parameters:
        if not getattr(parameter, "hidden", False):
            of = "Arguments" if parameter.param_type_name == "argument" else heading_of(parameter)
            sections.setdefault(of, []).append((names_of(parameter), about(parameter)))
    for title, rows in sections.items():
        if rows:
            with formatter.section(title):
                formatter.write_dl(rows, col_max=_NAME_WIDTH)


def heading_of(option: Any) -> str:
    """Give the heading that an option stands under."""
    heading = getattr(option, "rich_help_panel", None)
    return heading if isinstance(heading, str) else _FIRST


def names_of(parameter: Any) -> str:
    """Give the names of an option with its value, the short name first: ``-o, --out FILE``; the value of an argument."""
    if parameter.param_type_name == "argument":
        return _value_of(parameter)
    value = "" if getattr(parameter, "is_flag", False) else f" {_value_of(parameter)}"
    without = f" / {', '.join(parameter.secondary_opts)}" if parameter.secondary_opts else ""
    return ", ".join(sorted(parameter.opts, key=len)) + without + value


def _value_of(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())


def about(parameter: Any) -> str:
    """Give what a parameter is for, and in brackets its default and how often it is given."""
    words = _OF_TYPER.get(parameter.name, parameter.help or "")
    notes = [*_default(parameter)]
    if getattr(parameter, "multiple", False):
        notes.append("can be repeated")
    if parameter.required and parameter.param_type_name == "option":
        notes.append("required")
    return f"{words} [{'; '.join(notes)}]" if notes else words


def _default(parameter: Any) -> Iterator[str]:
    """Give the program's own default, whatever a settings file says: the same help in every folder."""
    shown, default = getattr(parameter, "show_default", False), parameter.default
    if isinstance(shown, str):
        yield f"default: {shown}"
    elif shown and default is not None and not callable(default):
        if getattr(parameter, "is_flag", False):
            if parameter.secondary_opts:
                yield f"default: {(parameter.opts if default else parameter.secondary_opts)[0]}"
        elif default not in ([], ()):
            yield f"default: {getattr(default, 'value', default)}"


def first_sentence(text: str) -> str:
    """Give the first sentence of a help text.

    >>> first_sentence("List the kinds of files. They are many.")
    'List the kinds of files.'
    """
    paragraph = " ".join(text.strip().split("\n\n")[0].split())
    return paragraph.split(". ")[0].rstrip(".") + "."
