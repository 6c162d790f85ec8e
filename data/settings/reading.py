"""Read a settings file, and give each command its values."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ...errors import SaysoError
from ..codebook.toml_errors import in_words
from ..display import printable
from ..system.whole_file import whole_file
from .options import ALIKE, REFUSED, Option, nearest, options_of, table_name
from .place import NAME, find_file

GENERAL = "general"
_MOST_BYTES = 1_000_000
Options = Mapping[str, Mapping[str, Option]]


@dataclass(frozen=True, slots=True)
class Setting:
    """A value for an option of a command, and the table of the file that it stands in."""

    option: Option
    value: Any
    table: str


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of a file. A command's own table goes before the general one."""

    file: Path
    settings: tuple[Setting, ...]

    def default_map(self) -> dict[str, Any]:
        """Give the values as the library that reads command lines takes them: nested by the words of commands."""
        nested: dict[str, Any] = {}
        for setting in self.settings:
            at = nested
            for word in setting.option.command.split():
                at = at.setdefault(word, {})
            at[setting.option.parameter.name] = setting.value
        return nested

    def taken(self, ctx: Any) -> dict[str, Any]:
        """Give the options of a command that have their value from the file, and not from the command line."""
        sources = {p: getattr(ctx.get_parameter_source(p.name), "name", "") for p in ctx.command.params}
        found = [p for p, source in sources.items() if source == "DEFAULT_MAP"]
        return {max(p.opts, key=len).lstrip("-"): ctx.params.get(p.name) for p in found}

    def notice(self, ctx: Any) -> str | None:
        """Say which options of a command the file gives; those of the command line are none."""
        taken = self.taken(ctx)
        return f"Settings from {printable(str(self.file))}: {', '.join(taken)}." if taken else None

    def of(self, command: str) -> dict[str, Setting]:
        """Give the settings of a command by the names of their options."""
        return {s.option.name: s for s in self.settings if s.option.command == command}


def settings_in_force(ctx: Any) -> Settings | None:
    """Read the settings file that is in force, if there is one.

    Parameters
    ----------
    ctx : click.Context
        Of the program: it knows the commands.

    Raises
    ------
    SaysoError
        If anything in the file is wrong.
    """
    path = find_file()
    if path is None:
        return None
    try:
        return _settings_of(path, ctx)
    except SaysoError as error:  # a file from elsewhere must not steer the terminal
        raise SaysoError(printable(str(error))) from error


def _settings_of(path: Path, ctx: Any) -> Settings:
    options = options_of(ctx.find_root().command)
    found: dict[tuple[str, str], Setting] = {}
    for name, table in _tables(_read(path), options, path):
        for setting in _settings(name, table, options, path, ctx):
            found[setting.option.command, setting.option.name] = setting
    return Settings(path, tuple(found.values()))


def _read(path: Path) -> dict[str, Any]:
    try:
        text = whole_file(path, most=_MOST_BYTES, what="a settings file").decode("utf-8-sig")
        table = tomllib.loads(text)
    except OSError as error:
        raise SaysoError(f"{path}: {error.strerror or error}; check the file, or set SAYSO_CONFIG to another.") from error
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise SaysoError(f"{path}: line {line}: not UTF-8; save the file as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise SaysoError(
            f"{path}: {in_words(error, text)}; correct the line, or set SAYSO_CONFIG to another file."
        ) from error
    except ValueError as error:  # a number of more digits than Python reads
        raise SaysoError(f"{path}: not valid TOML: {error}; correct the number.") from error
    except RecursionError as error:
        raise SaysoError(f"{path}: nested too deeply; correct the file.") from error
    if path.name == NAME or "tool" not in table:
        return table
    own = table["tool"].get("sayso", {}) if isinstance(table["tool"], dict) else {}
    if not isinstance(own, dict):
        raise SaysoError(f"{path}: tool.sayso is a table of settings; begin it with [tool.sayso].")
    return own


def _tables(table: Mapping[str, Any], options: Options, path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give the general table, then those of commands."""
    yield GENERAL, {key: value for key, value in table.items() if not isinstance(value, dict)}
    for name, of in table.items():
        if isinstance(of, dict):
            yield from _tables_of(name, of, options, path)


def _tables_of(
    words: str, table: Mapping[str, Any], options: Options, path: Path
) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Give the table of a command, or those that stand within that of a group: ``[data.build]``."""
    if words in options:
        yield words, table
        return
    if not any(command.startswith(f"{words} ") for command in options):
        known = [table_name(command) for command in options]
        raise SaysoError(f"{path}: {table_name(words)}: there is no such command{nearest(table_name(words), known)}")
    for key, value in table.items():
        if not isinstance(value, dict):
            raise SaysoError(f"{path}: [{words}] {key}: name the command in the table, such as {_named(words, options)}.")
        yield from _tables_of(f"{words} {key}", value, options, path)


def _named(words: str, options: Options) -> str:
    return next(table_name(command) for command in options if command.startswith(f"{words} "))


def _settings(name: str, table: Mapping[str, Any], options: Options, path: Path, ctx: Any) -> Iterator[Setting]:
    seen: dict[str, str] = {}
    for key, given in table.items():
        option = key.replace("_", "-")
        where = f"{path}: {'' if name == GENERAL else f'{table_name(name)} '}{key}"
        if option in seen:
            raise SaysoError(f"{where}: the same as {seen[option]}; write it once.")
        seen[option] = key
        for one in _meant(option, name, options, where):
            try:
                yield Setting(one, one.value(given, path.resolve().parent, ctx), name)
            except ValueError as error:
                for_whom = f" (for sayso {one.command})" if name == GENERAL else ""
                raise SaysoError(f"{where} = {_shown(given)}: {error}{for_whom}.") from error


def _meant(option: str, name: str, options: Options, where: str) -> Sequence[Option]:
    """Find the options that a key sets: one of a command, or in the general table those of all commands that have it."""
    if option in REFUSED:
        raise SaysoError(f"{where}: not taken from a settings file; remove it, and give --{option} on the command line.")
    if name != GENERAL:
        if option not in options[name]:
            end = nearest(option, list(options[name])) or f"; sayso {name} --help lists them."
            raise SaysoError(f"{where}: no option of sayso {name}{end}")
        return [options[name][option]]
    having = [of[option] for of in options.values() if option in of]
    if not having:
        end = nearest(option, [known for of in options.values() for known in of])
        raise SaysoError(f"{where}: no option of any command{end or '; sayso COMMAND --help lists them.'}")
    if len(having) > 1 and option not in ALIKE:
        tables = ", ".join(table_name(one.command) for one in having)
        raise SaysoError(f"{where}: each command has its own; write it in the table of a command: {tables}.")
    return [one for one in having if one.command not in ALIKE.get(option, ())]


def _shown(value: Any) -> str:
    """Give a value as it stands in the file, or nearly so."""
    import json

    return json.dumps(value, ensure_ascii=False, default=str)
