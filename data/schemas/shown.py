"""Values and their places, as messages name them."""

import json
from collections.abc import Sequence

_SHOWN = 60  # characters


def key_of(loc: Sequence[int | str]) -> str:
    """Write the place of a value in an object down.

    >>> key_of(("attributions", 0, "cue", "start"))
    'attributions[0].cue.start'
    """
    written = "".join(f"[{step}]" if isinstance(step, int) else f".{step[:_SHOWN]}" for step in loc)
    return written.removeprefix(".")


def shown(value: object) -> str:
    """Give a value for a message, cut where it is long: text in quotation marks, anything else as JSON has it.

    >>> shown("Łódź"), shown(True), shown({"a": [1]})
    ("'Łódź'", 'true', '{"a": [1]}')
    """
    try:
        if isinstance(value, str):
            words = repr(value[:_SHOWN]) if value.isprintable() else ascii(value[:_SHOWN])
        else:
            words = json.dumps(value, default=repr)
    except (ValueError, RecursionError):  # a number or a list beyond what Python writes down
        words = f"a very large {type(value).__name__}"
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1] + "…"
