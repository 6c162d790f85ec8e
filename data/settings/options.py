"""The options that settings can give a value: all that commands have, but for those that only a person may give."""

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import typer

from .messages import plain_message

REFUSED = frozenset(("force", "host", "beyond-this-machine", "push", "public", "dask"))
"""What overwrites files, or sends articles elsewhere: a file that lies in some folder above cannot ask for it."""
ALIKE: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(("text-column", "id-column", "title-column", "outlet-column"), ()),
    **dict.fromkeys(("date-column", "date-order"), ()),
    **dict.fromkeys(("label-column", "article-column", "target-column", "stance-column"), ()),
    **dict.fromkeys(("target", "jobs", "codebook", "any-language", "mend-encoding", "json", "debug", "data", "excel"), ()),
    **dict.fromkeys(("folds", "repeats", "seed", "encoder", "reader", "also", "search", "adapt"), ()),
    "keep-duplicates": ("annotate",),  # where it is for --shares alone
    "model": ("evaluate", "effects", "data suggest"),
    "format": ("data export", "data suggest", "cite"),
}
"""Options that mean the same in all commands which have them, but for those commands that stand behind them."""
NAMED = frozenset(("wordllama", "minilm"))
"""Encoders and readers that have a name; all others are folders."""
_WRITES = frozenset(("out", "profile", "shares", "report"))
"""Options that name what is written: from a settings file, only below its folder."""
_PATHS = frozenset(("FILE", "DIR", "PATH", "DATA", "FILE|package"))
_ALIKE = 0.75  # of a name and the one that may be meant: at the usual 0.6, epsilon is proposed for version
_TEXT: tuple[tuple[type, ...], str] = (str,), "give text, in quotation marks"
_TYPES: Mapping[str, tuple[tuple[type, ...], str]] = {
    "flag": ((bool,), "give true or false, without quotation marks"),
    "N": ((int,), "give a whole number, without quotation marks"),
    "X": ((int, float), "give a number, without quotation marks"),
}


@dataclass(frozen=True, slots=True)
class Option:
    """An option of a command: its words (``data build``), the option's long name, and what the library knows of it."""

    command: str
    name: str
    parameter: Any

    def value(self, given: Any, folder: Path, ctx: Any) -> Any:
        """Check a value of a file in a folder, and give it as the command line would; paths are those of the folder.

        Raises
        ------
        ValueError
            If it does not fit the option.
        """
        values = given if isinstance(given, list) else [given]
        if isinstance(given, list) and not self.parameter.multiple:
            raise ValueError("give one value, not a list")
        for value in values:
            self._check_type(value)
            self._check_harmless(value, folder)
        found = [self._placed(value, folder) for value in values]
        ready = found if self.parameter.multiple else found[0]
        try:
            self.parameter.process_value(ctx, ready)
        except typer.BadParameter as error:
            raise ValueError(plain_message(error.message)) from error
        return ready

    def _check_type(self, value: Any) -> None:
        kind = "flag" if getattr(self.parameter, "is_flag", False) else self.parameter.metavar
        types, needed = _TYPES.get(kind, _TEXT)
        if not isinstance(value, types) or (isinstance(value, bool) and bool not in types):
            raise ValueError(needed)

    def _check_harmless(self, value: Any, folder: Path) -> None:
        """Refuse what a file that lies in some folder must not do: write elsewhere, or ask another machine."""
        if self.name in _WRITES and value != "-":
            place = Path(os.path.abspath(folder / Path(value).expanduser()))
            if not place.is_relative_to(os.path.abspath(folder)):
                raise ValueError("give a path below the folder of the settings file, or give the option on the command line")
        if self.name == "encoder" and value not in NAMED and not (folder / Path(value).expanduser()).exists():
            raise ValueError("give wordllama or a folder; a name on the hub can only be given on the command line")
        if str(value).startswith("hf:"):
            raise ValueError("a dataset on the hub can only be given on the command line")

    def _placed(self, value: Any, folder: Path) -> Any:
        is_path = self.parameter.metavar in _PATHS and value not in ("-", "package")
        may_be_folder = self.name in ("encoder", "reader") and value not in NAMED
        if not isinstance(value, str) or not (is_path or (may_be_folder and (folder / value).exists())):
            return value
        if folder == Path.cwd() and not value.startswith("~"):
            return value
        end = "/" if value.endswith("/") else ""  # an output that is a folder says so by it
        return f"{folder / Path(value).expanduser()}{end}"


def options_of(program: Any) -> dict[str, dict[str, Option]]:
    """Give the options of each command by its words, each by its long name."""
    return {words: dict(_long_names(words, command)) for words, command in _commands(program, ())}


def _commands(command: Any, words: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    under = getattr(command, "commands", None)
    if under is None:
        yield " ".join(words), command
        return
    for name in under:
        yield from _commands(under[name], (*words, name))


def _long_names(words: str, command: Any) -> Iterator[tuple[str, Option]]:
    for parameter in command.params:
        if parameter.param_type_name == "option":
            name = max(parameter.opts, key=len).lstrip("-")
            yield name, Option(words, name, parameter)


def table_name(command: str) -> str:
    """Give the head of a command's table: ``[data.build]``."""
    return f"[{command.replace(' ', '.')}]"


def nearest(name: str, known: "list[str]") -> str:
    """Give the end of a line about a name that is not known: what may have been meant.

    >>> nearest("text-colum", ["text-column", "jobs"])
    '; did you mean text-column?'
    """
    found = get_close_matches(name, known, 1, _ALIKE)
    return f"; did you mean {found[0]}?" if found else ""
