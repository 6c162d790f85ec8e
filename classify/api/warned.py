"""What a command would say on standard error is a warning here."""

import sys
import warnings
from pathlib import Path

from .in_python import in_python

_ROOT = str(Path(__file__).parents[2])


def warn(text: str) -> None:
    """Warn, as if from the line of the caller's that called sayso."""
    frame, level = sys._getframe(1), 2
    while frame.f_back is not None and frame.f_code.co_filename.startswith(_ROOT):
        frame, level = frame.f_back, level + 1
    warnings.warn(in_python(text), UserWarning, stacklevel=level)
