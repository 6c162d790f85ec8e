"""The options of the running command that a settings file gave: errors that name one say so."""

import re
from collections.abc import Mapping
from typing import Any

_taken: dict[str, Any] = {}
_file: list[str] = [""]
_COLUMN = "-column"  # errors quote the names of columns, often without the option


def keep_taken(options: Mapping[str, Any], file: str) -> None:
    """Keep which options have their value from a settings file, for the errors of the command that begins.

    Parameters
    ----------
    options : mapping of str to value
        By their long names, without dashes.
    file : str
        What messages call the settings file.
    """
    _taken.clear()
    _taken.update(options)
    _file[:] = [file]


def is_taken(option: str) -> bool:
    """Tell whether an option of the running command has its value from a settings file; the long name, without dashes."""
    return option in _taken


def origin_in(message: str) -> str:
    """Give the end of an error that names an option of the settings file: a sentence that says so, or nothing.

    >>> keep_taken({"text-column": "Body", "jobs": 4}, "sayso.toml")
    >>> origin_in("own.csv: no column 'Body' for the text; it has 'Text'.")
    ' text-column is set in sayso.toml.'
    >>> origin_in("--jobs 4: too many."), origin_in("--jobs-of: too many.")
    (' jobs is set in sayso.toml.', '')
    >>> keep_taken({}, "")
    """
    named = [name for name, value in _taken.items() if _names(message, name, value)]
    if not named:
        return ""
    return f" {' and '.join(named)} {'is' if len(named) == 1 else 'are'} set in {_file[0]}."


def _names(message: str, option: str, value: Any) -> bool:
    if re.search(rf"(?<![\w-])--{re.escape(option)}(?![\w-])", message):
        return True
    values = value if isinstance(value, list | tuple) else [value]
    return option.endswith(_COLUMN) and any(f"no column {one!r}" in message for one in values)


def with_origin(line: str) -> str:
    """Give a line, with where the option comes from that it names if it is an error."""
    return f"{line}{origin_in(line)}" if line.startswith("Error: ") else line
