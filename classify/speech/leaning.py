"""What a form of text says for or against a label."""

from typing import NamedTuple


class Leaning(NamedTuple):
    """How far a form speaks for or against: log odds added to the model's.

    Parameters
    ----------
    quote, attributed : float
    source_type : str
        The type of whoever speaks in such a form; empty where it may be any.
    """

    quote: float = 0.0
    attributed: float = 0.0
    source_type: str = ""
