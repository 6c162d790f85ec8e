"""What a command would say on standard error is a warning here."""

import sys
import warnings

from ...data.display import clean
from .in_python import in_python


def warn(text: str, of: str = "") -> None:
    """Warn, as if from the line of the caller's that called sayso; options are named as arguments of Python.

    Parameters
    ----------
    text : str
    of : str
        The function that has these arguments, where it is not the one that was called.
    """
    frame, level = sys._getframe(1), 2
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] == "sayso":
        frame, level = frame.f_back, level + 1
    warnings.warn(clean(in_python(text, of)), UserWarning, stacklevel=level)
