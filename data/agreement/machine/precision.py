"""How sure the figures are with these sentences, and how many settle them at which precision."""

import math
from dataclasses import dataclass

from ...estimates.clusters import Proportion
from ..coefficients import Figure
from .agreement import Coefficient, LabelQuality

TARGETS = (0.05, 0.03, 0.02)
"""Half widths of 95 % intervals."""


@dataclass(frozen=True, slots=True)
class Precision:
    """How sure a figure is.

    Parameters
    ----------
    figure : str
    half_width : float
        Of its 95 % interval.
    needed : tuple of int
        Sentences by people for each of `TARGETS`, in articles of the same size.
    design : float or None
        How many times as many these are as sentences that each come from another article.
    """

    figure: str
    half_width: float
    needed: tuple[int, ...]
    design: float | None


def precisions(
    n: int, right: Proportion, of_pairs: tuple[Coefficient, ...], labels: tuple[LabelQuality, ...]
) -> tuple[Precision, ...]:
    """Tell of accuracy, alpha, and recall and precision of each label how sure they are.

    Parameters
    ----------
    n : int
        Sentences by people.
    right : Proportion
    of_pairs : tuple of Coefficient
    labels : tuple of LabelQuality
    """
    alpha = next(of.machine for of in of_pairs if of.name == "alpha")
    figures: list[tuple[str, Proportion | Figure]] = [("accuracy", right), ("alpha with people", alpha)]
    for of in labels:
        figures += [(f"{of.label}: recall", of.recall), (f"{of.label}: precision", of.precision)]
    return tuple(found for name, figure in figures if (found := _precision(name, figure, n)))


def _precision(name: str, figure: Proportion | Figure, n: int) -> Precision | None:
    if figure.low is None or figure.high is None:
        return None
    half = (figure.high - figure.low) / 2
    needed = tuple(rounded_up(n * (half / target) ** 2) for target in TARGETS)
    return Precision(name, half, needed, figure.design if isinstance(figure, Proportion) else None)


def rounded_up(number: float) -> int:
    """Round up to two digits.

    >>> rounded_up(1234.5), rounded_up(88.1)
    (1300, 89)
    """
    if number <= 0:
        return 0
    unit = int(10 ** max(math.floor(math.log10(number)) - 1, 0))
    return math.ceil(round(number / unit, 9)) * unit
