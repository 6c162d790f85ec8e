"""What a command would say on standard error is a warning here."""

import re
import sys
import warnings

_DATE_ORDER = re.compile(r"--date-order (\S+-first)")


def warn(text: str) -> None:
    """Warn, as if from the line of the caller's that called sayso; options are named as arguments of Python."""
    text = _DATE_ORDER.sub(r'date_order="\1"', text)
    frame, level = sys._getframe(1), 2
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] == "sayso":
        frame, level = frame.f_back, level + 1
    warnings.warn(text, UserWarning, stacklevel=level)
