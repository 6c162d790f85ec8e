"""What is in force, from which file, and where each setting came from."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..display import Table
from .options import Option, table_name
from .reading import GENERAL, Setting, Settings

Groups = list[tuple[Setting, list[str]]]


def settings_table(settings: Settings) -> Table:
    """Give each setting with the commands that it is for."""
    rows: list[tuple[str, ...]] = [
        (s.option.name, shown(s.value), ", ".join(commands), table_of(s)) for s, commands in grouped(settings)
    ]
    return ("setting", "value", "for", "from"), rows


def describe_settings(settings: Settings | None) -> dict[str, Any]:
    """Give the same as JSON holds it."""
    found = grouped(settings) if settings else []
    return {
        "file": str(settings.file.resolve()) if settings else None,
        "settings": [
            {"option": s.option.name, "value": s.value, "commands": commands, "table": s.table} for s, commands in found
        ],
    }


def grouped(settings: Settings) -> Groups:
    """Put together what is the same for several commands."""
    groups: dict[tuple[str, str, str], tuple[Setting, list[str]]] = {}
    for s in settings.settings:
        groups.setdefault((s.option.name, s.table, shown(s.value)), (s, []))[1].append(s.option.command)
    return list(groups.values())


def command_table(options: dict[str, Option], own: dict[str, Setting], file: Path | None) -> Table:
    """Give every option of a command: its value, and whether that is the default or comes from the file."""
    return ("option", "value", "from"), [(name, shown(value), origin) for name, value, origin in _values(options, own, file)]


def describe_command(options: dict[str, Option], own: dict[str, Setting], file: Path | None) -> list[dict[str, Any]]:
    """Give the same as JSON holds it."""
    return [{"option": name, "value": value, "from": origin} for name, value, origin in _values(options, own, file)]


def _values(options: dict[str, Option], own: dict[str, Setting], file: Path | None) -> Iterator[tuple[str, Any, str]]:
    for name, option in options.items():
        if name in own:
            yield name, own[name].value, f"{table_of(own[name])} of {file}"
        else:
            default = option.parameter.default
            yield name, getattr(default, "value", None if callable(default) else default), "default"


def table_of(setting: Setting) -> str:
    """Give the table that a setting stands in, as it is written in the file."""
    return GENERAL if setting.table == GENERAL else table_name(setting.table)


def shown(value: Any) -> str:
    """Give a value as it is written in the file; a dash for none."""
    return "-" if value is None else json.dumps(value, ensure_ascii=False, default=str)
