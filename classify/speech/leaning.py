"""What a form of text says for or against a label."""

from typing import NamedTuple


class Leaning(NamedTuple):
    """How far a form speaks for or against: log odds added to the model's."""

    quote: float = 0.0
    attributed: float = 0.0
