"""Tables with a stance a row: a column of the target, one of the stance, and maybe its place in the sentence."""

from collections.abc import Iterable, Mapping
from typing import Any

from ...scheme import STANCES
from ..label_values import scheme_label

WEAK_STANCES = ("polarity", "sentiment")
"""Names of a column of stances where a target stands beside it; without one it is a label column of the user's own."""
WEAK_TARGETS = ("mention", "entity")
"""Names of a column of targets where stances stand beside it."""
PLACES: Mapping[str, tuple[str, ...]] = {
    "from": ("from", "target_from", "mention_from", "target_start", "mention_start"),
    "to": ("to", "target_to", "mention_to", "target_end", "mention_end"),
}
"""Names of the columns that tell where the target stands in its sentence: first character, and the one after the last."""

_WORDS = {
    "favor": "pro for support supports supported supporting agree agrees positive approve approves + 1 +1",
    "against": "con anti oppose opposes opposed opposing disagree disagrees negative deny denies undermine undermines "
    "refute refutes - -1 −1",
    "neutral": "0 neutral",
}
_STANCES = {word: label for label, words in _WORDS.items() for word in words.split()}


def flat_stance(value: Any) -> str | None:
    """Give the stance towards the target beside it that a cell means; None where it means none.

    >>> flat_stance("CON"), flat_stance(1), flat_stance("-1.0"), flat_stance("in favour"), flat_stance("often")
    ('against', 'favor', 'against', 'favor', None)
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    word = str(value).strip().casefold().removesuffix(".0")
    return scheme_label(word, STANCES) or _STANCES.get(word)


def are_flat_stances(values: Iterable[str]) -> bool:
    """Tell whether all values of a column are stances."""
    return all(flat_stance(value) for value in values)


def stance_of(target: Any, label: Any, places: Mapping[str, Any]) -> dict[str, Any]:
    """Give the one stance of a row, with the place of its target where the row has it, as `labels_of` reads it."""
    return {str(target): {"label": label, **places} if len(places) == len(PLACES) else label}
