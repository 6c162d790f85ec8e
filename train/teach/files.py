"""What a run of teaching writes into its folder, and how it is read."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...data.atomic_write import replace_file
from ...data.system.whole_file import whole_file
from ...errors import SaysoError

_MOST_BYTES = 100_000_000

SETTINGS, STATE, RESULT, LOG, LOCK = "settings.json", "state.json", "result.json", "log.txt", "lock"
MODELS = "models"
"""The folder of a project that holds the accepted models."""
BASE = ".base.sayso"
"""Ends the name of the copy, beside an accepted model, of a user's own model that learning began with."""


def write_json(path: Path, value: Mapping[str, Any]) -> None:
    """Write plain values; nobody ever reads half of them."""
    with replace_file(path) as file:
        file.write(json.dumps(value, ensure_ascii=False, indent=1).encode())


def read_json(path: Path) -> dict[str, Any] | None:
    """Read plain values; None where the file is not there.

    Raises
    ------
    SaysoError
        If it is damaged.
    """
    try:
        value = json.loads(whole_file(path, most=_MOST_BYTES, what="a file of a run"))
    except FileNotFoundError:
        return None
    except (ValueError, RecursionError) as error:
        raise SaysoError(f"{path}: cannot be read; delete the folder of this run and teach again.") from error
    return value if isinstance(value, dict) else None


def digest_of(path: Path) -> str | None:
    """Give the SHA-256 of a file; None where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None
